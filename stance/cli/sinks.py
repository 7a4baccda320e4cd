"""What can be done with results on standard output: JSON lines for programs, a table for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import BinaryIO, TextIO

from rich.console import Console

from stance.batch.items import ColumnNames
from stance.batch.journal import Totals, advanced
from stance.batch.progress import Progress
from stance.batch.scoring import ChunkResult
from stance.cli.people import article_table, summary
from stance.errors import OutputError


@contextmanager
def explained_stream() -> Iterator[None]:
    """Turn an error of standard output into one line; a reader who goes away is none."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"standard output: cannot write: {error.strerror or error}") from error


class PipeSink:
    """JSON lines to a stream; failures as notes."""

    def __init__(self, stream: BinaryIO, progress: Progress) -> None:
        self.totals = Totals()
        self._stream = stream
        self._progress = progress

    def write(self, result: ChunkResult) -> None:
        """Write the rows at once, so that the next program in the pipe has them."""
        with explained_stream():
            self._stream.write(result.payload)
            self._stream.flush()
        self.totals = noted(self.totals, result, self._progress)


class PipedConsole(Console):
    """A console that leaves a reader who went away to the command, like any other writer."""

    def on_broken_pipe(self) -> None:
        """Raise BrokenPipeError."""
        raise BrokenPipeError


class PeopleSink:
    """A table per article to a terminal or a text file; failures as notes."""

    def __init__(self, stream: TextIO, progress: Progress, columns: ColumnNames) -> None:
        self.totals = Totals()
        self._console = PipedConsole(file=stream, highlight=False)
        self._progress = progress
        self._columns = columns

    def write(self, result: ChunkResult) -> None:
        """Print the tables of the articles in `result`."""
        rows = [json.loads(line) for line in result.payload.splitlines()]
        with explained_stream():
            for name, group in groupby(rows, key=lambda row: row.get("article_id")):
                self._print(name, list(group))
        self.totals = noted(self.totals, result, self._progress)

    def _print(self, name: str | None, rows: Sequence[dict[str, object]]) -> None:
        self._console.print(article_table(name, rows, self._columns, self._console.width))
        self._console.print(summary(rows, self._columns), markup=False)
        self._console.print()


def noted(totals: Totals, result: ChunkResult, progress: Progress) -> Totals:
    """Show the failures in `result`, and return the totals with it."""
    for failure in result.failures:
        progress.note(failure.message)
    return advanced(totals, result.items, len(result.failures), result.statements)
