"""The journal of an unfinished output: what has been done and which bytes hold it.

The first line fingerprints the run; each later line is a checkpoint: counters, and for both files
(rows, errors) their length and checksum. A checkpoint counts only while the files still begin with
the bytes that it vouches for, so neither a kill nor a power failure can make a resumed run skip
what was lost.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

BLOCK = 2**20


@dataclass(frozen=True, slots=True)
class Totals:
    """Counters of a run: items read (`failed` of them unusable) and statements found in them."""

    items: int = 0
    failed: int = 0
    statements: int = 0

    @property
    def scored(self) -> int:
        """Items that could be used."""
        return self.items - self.failed


@dataclass(frozen=True, slots=True)
class Mark:
    """A position in a file that grows: its length in bytes and the CRC-32 of all before it."""

    length: int = 0
    checksum: int = 0

    def after(self, data: bytes) -> Mark:
        """Return the mark after appending `data`."""
        return Mark(self.length + len(data), zlib.crc32(data, self.checksum))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A state to resume from."""

    totals: Totals = Totals()
    rows: Mark = Mark()
    errors: Mark = Mark()

    def line(self) -> bytes:
        """Return the checkpoint as a line of the journal."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @staticmethod
    def parse(line: bytes) -> Checkpoint | None:
        """Return the checkpoint of a line, or None when it was not written to its end."""
        try:
            fields = json.loads(line)
            return Checkpoint(
                Totals(**fields["totals"]), Mark(**fields["rows"]), Mark(**fields["errors"])
            )
        except (ValueError, KeyError, TypeError):
            return None


Fingerprint = Mapping[str, str]
"""What makes two runs the same, by name of the part: inputs, options, model, device, program."""


class Journal:
    """The journal file of one output, open for appending."""

    def __init__(self, path: Path, fingerprint: Fingerprint, checkpoints: list[Checkpoint]) -> None:
        """Write the journal anew at `path`, with the checkpoints that still hold."""
        self._path = path
        beginning = json.dumps(dict(fingerprint)).encode() + b"\n"
        draft = path.with_name(path.name + ".new")
        with draft.open("wb") as file:
            file.write(beginning + b"".join(one.line() for one in checkpoints))
        draft.replace(path)
        self._file = path.open("ab", buffering=0)

    def append(self, checkpoint: Checkpoint) -> None:
        """Add a checkpoint; the bytes that it vouches for must have been written before."""
        self._file.write(checkpoint.line())

    def sync(self) -> None:
        """Have the journal survive a power failure."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file and leave it for a resumed run."""
        self._file.close()

    def remove(self) -> None:
        """Delete the journal of a finished output."""
        self._path.unlink(missing_ok=True)


def read_journal(path: Path) -> tuple[Fingerprint, list[Checkpoint]] | None:
    """Return the fingerprint and the checkpoints in `path`, or None where there is no whole one."""
    try:
        with path.open("rb") as file:
            fingerprint = json.loads(file.readline())
            checkpoints = [Checkpoint.parse(line) for line in file]
    except (OSError, ValueError):
        return None
    if not isinstance(fingerprint, dict):
        return None
    return fingerprint, [one for one in checkpoints if one is not None]


def sound(checkpoints: list[Checkpoint], rows: Path, errors: Path) -> list[Checkpoint]:
    """Return the leading checkpoints that both files bear out, reading each file once."""
    whole = zip(
        checkpoints,
        matches(rows, [one.rows for one in checkpoints]),
        matches(errors, [one.errors for one in checkpoints]),
        strict=True,
    )
    kept = []
    for checkpoint, rows_match, errors_match in whole:
        if not (rows_match and errors_match):
            break
        kept.append(checkpoint)
    return kept


def matches(path: Path, marks: list[Mark]) -> Iterator[bool]:
    """Yield for each of the ascending `marks` whether the file at `path` bears it out."""
    at = Mark()
    with path.open("rb") as file:
        for mark in marks:
            while at.length < mark.length:
                block = file.read(min(BLOCK, mark.length - at.length))
                if not block:
                    break
                at = at.after(block)
            yield at == mark


def advanced(totals: Totals, items: int, failed: int, statements: int) -> Totals:
    """Return the totals after one more chunk."""
    return replace(
        totals,
        items=totals.items + items,
        failed=totals.failed + failed,
        statements=totals.statements + statements,
    )
