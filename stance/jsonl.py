"""Text files of one JSON value a line, plain or gzipped."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from stance.errors import InputError


def read_jsonl(path: Path) -> Iterator[tuple[str, object]]:
    """Yield what each line of a file holds, after what to call the line.

    Raises:
        InputError: The file cannot be read, or a line is not JSON.
    """
    for number, line in enumerate(read_lines(path), start=1):
        where = f"{path}:{number}"
        yield where, parse_json(line, where)


def read_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a text file; raise `InputError` when it cannot be read."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            yield from lines
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise InputError(f"cannot read {path}: {error}") from error


def parse_json(text: str, where: str) -> object:
    """Return a JSON value; raise `InputError` that tells where the text is, when it is none."""
    try:
        value: object = json.loads(text)
    except ValueError as error:
        raise InputError(f"{where}: not JSON ({error})") from error
    return value
