"""The output file: it grows under another name, is resumed from there, and appears when complete.

For `-o OUT` the files are: `OUT.partial`, the rows so far; `OUT.errors.jsonl.partial`, the articles
that could not be used; `OUT.journal`, what of these can be relied on. At the end `OUT` and, where
there were any errors, `OUT.errors.jsonl` take their place.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from io import FileIO
from pathlib import Path

from stance.batch.encoders import Compressed, Encoder
from stance.batch.inputs import format_of
from stance.batch.journal import (
    Checkpoint,
    Fingerprint,
    Journal,
    Totals,
    advanced,
    read_journal,
    sound,
)
from stance.batch.scoring import ChunkResult, Failure
from stance.errors import OutputError

SYNC_SECONDS = 2.0
"""How often bytes are forced to the disk: what a power failure can cost. A kill costs nothing."""

NOTE = "user.stance.run"
"""The extended attribute in which an output keeps the fingerprint of its run."""

WRITABLE = ".jsonl, .csv (each also .gz or .zst) or .parquet"


def named(path: Path, ending: str) -> Path:
    """Return `path` with `ending` after its whole name."""
    return path.with_name(path.name + ending)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the rows are to go, and the names of the files along the way."""

    path: Path

    @property
    def target(self) -> Path:
        """The file itself, which a symbolic link at `path` points to."""
        return Path(os.path.realpath(self.path)) if self.path.is_symlink() else self.path

    @property
    def rows(self) -> Path:
        """The rows of a run that has not ended."""
        return named(self.target, ".partial")

    @property
    def errors(self) -> Path:
        """The list of what could not be used."""
        return named(self.target, ".errors.jsonl")

    @property
    def growing_errors(self) -> Path:
        """The same of a run that has not ended."""
        return named(self.errors, ".partial")

    @property
    def journal(self) -> Path:
        """The journal of a run that has not ended."""
        return named(self.target, ".journal")

    @property
    def draft(self) -> Path:
        """A Parquet file in the making."""
        return named(self.target, ".draft")

    @property
    def earlier(self) -> Path:
        """The output of an earlier run, where this one has none."""
        return named(self.target, ".earlier")

    def files(self) -> frozenset[Path]:
        """Return every path that the run may write, resolved."""
        errors = (self.errors, self.growing_errors)
        rows = (self.path, self.rows, self.journal, self.draft, self.earlier)
        return frozenset(path.resolve() for path in (*rows, *errors))

    def check(self) -> None:
        """Raise OutputError where nothing can be written, before any work is done."""
        folder = self.target.parent
        if not folder.is_dir():
            raise OutputError(f"{self.path}: no folder {folder}; create it first")
        if self.path.is_dir():
            raise OutputError(f"{self.path}: is a folder; give a file name")
        if self.path.exists() and not self.path.is_file():
            raise OutputError(f"{self.path}: is no regular file; '-' is standard output")
        if not os.access(folder, os.W_OK | os.X_OK):
            raise OutputError(f"{self.path}: no permission to write in {folder}")

    def made_by(self, fingerprint: Fingerprint) -> bool:
        """Tell whether the complete output is this run's; raises OutputError if it is another's.

        False where the file system keeps no note with a file, or a copy has lost it.
        """
        try:
            earlier = json.loads(os.getxattr(self.path, NOTE))
        except (OSError, ValueError, AttributeError):
            return False
        for part, value in fingerprint.items():
            if earlier.get(part) != value:
                raise OutputError(
                    f"{self.path} is complete, but the {part} changed since; "
                    "leave out --resume to score again"
                )
        return True

    def unfinished(self) -> bool:
        """Tell whether a run toward this output was broken off."""
        return self.rows.exists() and self.journal.exists()


def encoder_for(path: Path, rows: Callable[[str], Encoder]) -> Encoder:
    """Return the encoder for an output's name; `rows` makes the one of an uncompressed format.

    Raises OutputError for a name whose ending is none of those that can be written.
    """
    known = format_of(path.name)
    if known is None or known[0] not in ("jsonl", "csv", "parquet"):
        raise OutputError(f"{path}: cannot write this kind of file; give {WRITABLE}")
    kind, compression = known
    return Compressed(rows(kind), compression) if compression else rows(kind)


class OutputFile:
    """An output that grows by whole chunks.

    Begun afresh, or, with `resume`, at the last checkpoint of a run with the same `fingerprint`;
    `totals` tells how far that had come. Raises OutputError where this is impossible.
    """

    def __init__(
        self, destination: Destination, encoder: Encoder, fingerprint: Fingerprint, *, resume: bool
    ) -> None:
        self._destination = destination
        self._fingerprint = fingerprint
        with explained(destination):
            self._rows = locked(destination.rows)
            if resume and not destination.growing_errors.exists() and destination.errors.exists():
                destination.errors.replace(destination.growing_errors)
            self._errors = FileIO(destination.growing_errors, "a")
            kept = self._kept(fingerprint) if resume else []
            self._at = kept[-1] if kept else Checkpoint()
            self._rows.truncate(self._at.rows.length)
            self._errors.truncate(self._at.errors.length)
            self._journal = Journal(destination.journal, fingerprint, kept)
            if not kept:
                self._append(encoder.header(), b"", Totals())
        self._synced = time.monotonic()

    @property
    def totals(self) -> Totals:
        """What has been read and written so far."""
        return self._at.totals

    def write(self, result: ChunkResult) -> None:
        """Append a chunk's rows and failures; raises OutputError, losing nothing else."""
        errors = b"".join(error_line(one) for one in result.failures)
        totals = advanced(self.totals, result.items, len(result.failures), result.statements)
        with explained(self._destination):
            self._append(result.payload, errors, totals)
            if time.monotonic() - self._synced > SYNC_SECONDS:
                self._sync()

    def finish(self) -> None:
        """Put the complete output in its place."""
        place = self._destination
        with explained(place):
            self._sync()
            complete = place.rows
            if place.path.suffix.lower() == ".parquet":
                from stance.batch.transcode import to_parquet  # noqa: PLC0415 - Arrow is slow to import

                complete = place.draft
                to_parquet(place.rows, complete)
            note_run(complete, self._fingerprint)
            self._settle_errors()
            complete.replace(place.target)
            place.rows.unlink(missing_ok=True)
            self._journal.remove()
        self.close()

    def discard_rows(self) -> bool:
        """End a run that found nothing to score: leave the list of errors, and no output.

        Returns whether an earlier run's was there, which is now under another name.
        """
        place = self._destination
        with explained(place):
            self._settle_errors()
            replaced = place.target.exists()
            if replaced:
                place.target.replace(place.earlier)
            place.rows.unlink(missing_ok=True)
            self._journal.remove()
        self.close()
        return replaced

    def close(self) -> None:
        """Close the files and leave them as they are, to be resumed."""
        for file in (self._rows, self._errors, self._journal):
            file.close()

    def _append(self, rows: bytes, errors: bytes, totals: Totals) -> None:
        write_all(self._rows, rows)
        write_all(self._errors, errors)
        self._at = Checkpoint(totals, self._at.rows.after(rows), self._at.errors.after(errors))
        self._journal.append(self._at)

    def _sync(self) -> None:
        os.fsync(self._rows.fileno())
        os.fsync(self._errors.fileno())
        self._journal.sync()
        self._synced = time.monotonic()

    def _settle_errors(self) -> None:
        place = self._destination
        if self._at.errors.length:
            place.growing_errors.replace(place.errors)
        else:
            place.errors.unlink(missing_ok=True)
            place.growing_errors.unlink(missing_ok=True)

    def _kept(self, fingerprint: Fingerprint) -> list[Checkpoint]:
        """Return the checkpoints to go on from; raises OutputError when they are another run's."""
        place = self._destination
        found = read_journal(place.journal)
        if found is None:
            return []
        earlier, checkpoints = found
        for part, value in fingerprint.items():
            if earlier.get(part) != value:
                raise OutputError(
                    f"{place.rows}: cannot resume, the {part} changed since that run began; "
                    "run again as it was, or with --overwrite to start again"
                )
        return sound(checkpoints, place.rows, place.growing_errors)


def error_line(failure: Failure) -> bytes:
    """Return a failure as a line of the list; what no encoding can write is escaped as in JSON."""
    text = json.dumps(asdict(failure), ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def note_run(path: Path, fingerprint: Fingerprint) -> None:
    """Keep the fingerprint of a run with its output, where the file system can."""
    with suppress(OSError, AttributeError):
        os.setxattr(path, NOTE, json.dumps(dict(fingerprint)).encode())


def locked(path: Path) -> FileIO:
    """Open `path` for appending, as the only process that does."""
    file = FileIO(path, "a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise OutputError(
            f"{path}: another run is writing it; wait for its end or kill it"
        ) from None
    return file


def write_all(file: FileIO, data: bytes) -> None:
    """Write all of `data`; raises OSError when the disk takes only a part."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


@contextmanager
def explained(destination: Destination) -> Iterator[None]:
    """Turn an error of the operating system into one line that says what can be done."""
    try:
        yield
    except OSError as error:
        kept = destination.unfinished()
        hint = "; what is done is kept: make room, then add --resume" if kept else ""
        raise OutputError(
            f"{destination.path}: cannot write: {error.strerror or error}{hint}"
        ) from error
