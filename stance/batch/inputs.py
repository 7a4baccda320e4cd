"""Which files a command line means: files, folders, globs and standard input, in a fixed order."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from stance.errors import InputError

Format = Literal["txt", "html", "jsonl", "csv", "parquet", "stdin"]
Compression = Literal["gz", "zst"]

STDIN = "-"
FORMATS: dict[str, Format] = {
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
}
MAX_SHOWN = 80
"""Characters of an argument that cannot be a path, such as an article's text, that are shown."""

MAX_KINDS = 5
"""Kinds of files left out that are named, and `MAX_ENDING` the letters of each that are shown."""

MAX_ENDING = 12

COMPRESSIONS: dict[str, Compression] = {".gz": "gz", ".zst": "zst"}
READABLE = ".txt, .html, .jsonl, .csv, .parquet, or these (but .parquet) with .gz or .zst"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, or standard input.

    `label` is the path as messages show it; `name` the path inside the folder that was asked for
    (the file name for a file given directly), the id of an article that is a file of its own. Both
    are valid Unicode, which `path`, where the file is opened, need not be.
    `size` is in bytes, 0 where it is not known; `modified` in nanoseconds since the epoch.
    """

    label: str
    name: str
    path: Path
    format: Format
    compression: Compression | None = None
    size: int = 0
    modified: int = 0


@dataclass(frozen=True, slots=True)
class Survey:
    """What a walk over all sources found, without reading any of them.

    `size` is the sum of the files' bytes and `digest` changes when any file does. `formats` holds
    each format that occurs, `left_out` how many files of a folder or a glob cannot be read, by
    their ending.
    """

    files: int
    size: int
    digest: str
    formats: frozenset[Format]
    left_out: Counter[str]

    def note(self) -> str | None:
        """Return a line that tells what is left out, if anything is."""
        if not self.left_out:
            return None
        kinds = [f"{count:,} {kind}" for kind, count in self.left_out.most_common(MAX_KINDS)]
        kinds += ["others"] if len(self.left_out) > MAX_KINDS else []
        total = self.left_out.total()
        return f"{total:,} {'file' if total == 1 else 'files'} left out: {', '.join(kinds)}"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of one command, walked anew on every iteration so that no list is held.

    `excluded` are paths that a folder may hold but that are this run's own output.
    """

    arguments: tuple[str, ...]
    excluded: frozenset[Path] = field(default_factory=frozenset)

    def __iter__(self) -> Iterator[Source]:
        """Yield every source in order: arguments as given, folders and globs sorted by name.

        Raises InputError for an argument that names nothing readable.
        """
        return self._sources(Counter())

    def _sources(self, left_out: Counter[str]) -> Iterator[Source]:
        """Yield every source and count, in `left_out`, the files that are none."""
        for argument in self.arguments:
            if argument == STDIN:
                yield Source("standard input", "stdin", Path(STDIN), "stdin")
                continue
            try:
                yield from self._expand(argument, left_out)
            except OSError as error:
                shown = shown_name(argument[:MAX_SHOWN])
                raise InputError(f"{shown}: {error.strerror or error}") from error

    def survey(self) -> Survey:
        """Walk all sources once; raises InputError when there is none."""
        files, size, digest = 0, 0, hashlib.sha256()
        formats: set[Format] = set()
        left_out: Counter[str] = Counter()
        for source in self._sources(left_out):
            files += 1
            size += source.size
            formats.add(source.format)
            digest.update(
                f"{source.label}\0{source.size}\0{source.modified}\n".encode("utf-8", "replace")
            )
        if not files:
            raise InputError(
                f"nothing to read in {' '.join(self.arguments)}: looked for {READABLE}"
            )
        return Survey(files, size, digest.hexdigest(), frozenset(formats), left_out)

    def _expand(self, argument: str, left_out: Counter[str]) -> Iterator[Source]:
        path = Path(argument)
        if path.is_dir():
            yield from self._walk(path, "", left_out, set())
        elif path.exists():
            yield self._named(path)
        elif glob.has_magic(argument):
            matches = glob.glob(argument, recursive=True)  # noqa: PTH207 - absolute or not
            if not matches:
                raise InputError(f"{argument}: no file matches this pattern")
            yield from self._matched(matches, left_out)
        else:
            raise InputError(f"{argument}: no such file or folder")

    def _matched(self, matches: Sequence[str], left_out: Counter[str]) -> Iterator[Source]:
        """Yield the readable files among a glob's matches, sorted by name.

        Folders that match are not entered. A file is found once, by its shortest name: `**` goes
        round and round through a link to a folder above.
        """
        found: dict[Path, str] = {}
        for match in sorted(matches, key=len):
            found.setdefault(Path(match).resolve(), match)
        for match in sorted(one for path, one in found.items() if path not in self.excluded):
            source = classify(Path(match), Path(match).name)
            if source is not None:
                yield source
            elif not Path(match).is_dir():
                left_out[kind_left_out(match)] += 1

    def _named(self, path: Path) -> Source:
        """Return the source for a file that the user named, or say why it cannot be one."""
        if path.resolve() in self.excluded:
            raise InputError(f"{path}: is both input and output; choose another output")
        if not os.access(path, os.R_OK):
            raise InputError(f"{path}: no permission to read it")
        if not path.is_file():
            raise InputError(f"{path}: is no regular file; a pipe can be read as '-'")
        source = classify(path, path.name)
        if source is None:
            raise InputError(f"{path}: cannot read this kind of file; give {READABLE}")
        return source

    def _walk(
        self, folder: Path, prefix: str, left_out: Counter[str], entered: set[tuple[int, int]]
    ) -> Iterator[Source]:
        """Yield the readable files under `folder`, sorted by name, hidden ones aside.

        Links to folders are followed, but no folder is entered twice.
        """
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in entered:
                return
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as scan:
                entries = sorted((entry.name, entry.is_dir()) for entry in scan)
        except OSError as error:
            raise InputError(f"{folder}: {error.strerror}") from error
        for name, is_folder in entries:
            if name.startswith("."):
                continue
            if is_folder:
                yield from self._walk(folder / name, f"{prefix}{name}/", left_out, entered)
            elif not self._is_excluded(folder / name):
                source = classify(folder / name, prefix + name)
                if source is not None:
                    yield source
                else:
                    left_out[kind_left_out(name)] += 1

    def _is_excluded(self, path: Path) -> bool:
        return bool(self.excluded) and path.resolve() in self.excluded


def format_of(name: str) -> tuple[Format, Compression | None] | None:
    """Return the format and compression that a file name's ending tells, or None."""
    path = Path(name.lower())
    compression = COMPRESSIONS.get(path.suffix)
    kind = FORMATS.get(Path(path.stem).suffix if compression else path.suffix)
    if kind is None or (kind == "parquet" and compression is not None):
        return None
    return kind, compression


def classify(path: Path, name: str) -> Source | None:
    """Return `path` as a source called `name`, or None when it is no file of a known format.

    A pipe, which would have a run wait for ever, is no file.
    """
    known = format_of(path.name)
    if known is None:
        return None
    label, name = shown_name(str(path)), shown_name(name)
    try:
        status = path.stat()
    except OSError:
        return Source(label, name, path, *known)
    if not stat.S_ISREG(status.st_mode):
        return None
    size, modified = status.st_size, status.st_mtime_ns
    return Source(label, name, path, *known, size=size, modified=modified)


def kind_left_out(name: str) -> str:
    """Return what kind of file one that cannot be read is, by the ending of its name."""
    if format_of(name) is not None:
        return "no regular file"
    return shown_name(Path(name.lower()).suffix)[:MAX_ENDING] or "without an ending"


def shown_name(name: str) -> str:
    """Return a file name as valid Unicode, other bytes in it as escapes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
