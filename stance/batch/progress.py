"""Progress on standard error: a bar on a terminal, a line now and then elsewhere, or nothing."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from stance.batch.journal import Totals

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

LINE_SECONDS = 30.0
"""Between two lines of progress in a log file."""


@dataclass(slots=True)
class Pace:
    """How fast a run goes, and how long it will take, from what is done since `begin`.

    `size` is the inputs' size in bytes, 0 where it is not known.
    """

    size: int
    started: float
    first: Totals
    first_bytes: int
    now: Totals
    now_bytes: int

    def share(self) -> float | None:
        """Return the share of the bytes that is done, 0 to 1, or None where it is not known."""
        return min(self.now_bytes / self.size, 1.0) if self.size else None

    def per_second(self, clock: float) -> tuple[float, float]:
        """Return the rates, articles and statements per second."""
        elapsed = max(clock - self.started, 1e-6)
        articles = self.now.items - self.first.items
        return articles / elapsed, (self.now.statements - self.first.statements) / elapsed

    def seconds_left(self, clock: float) -> float | None:
        """Return the time that the bytes still to be read will take, or None where unknown."""
        done = self.now_bytes - self.first_bytes
        if not self.size or done <= 0:
            return None
        return max(self.size - self.now_bytes, 0) / done * (clock - self.started)

    def describe(self, clock: float) -> str:
        """Return all of it as one line."""
        articles, statements = self.per_second(clock)
        words = [
            f"{self.now.items:,} read",
            f"{self.now.statements:,} statements",
            f"{rate(articles)} articles and {rate(statements)} statements a second",
        ]
        share, left = self.share(), self.seconds_left(clock)
        if share is not None:
            words.append(f"{share:.0%}")
        if left is not None:
            words.append(f"{duration(left)} left")
        return ", ".join(words)


def rate(per_second: float) -> str:
    """Return a rate with two digits at least."""
    return f"{per_second:,.0f}" if per_second >= 10 else f"{per_second:.1f}"


class Progress:
    """Progress that shows nothing but notes; the base of those that show more."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr

    def begin(self, size: int, totals: Totals, bytes_read: int) -> None:
        """Start the clock: `totals` and `bytes_read` are what an earlier run had done."""

    def update(self, totals: Totals, bytes_read: int) -> None:
        """Show how far the run is."""

    def note(self, message: str) -> None:
        """Show one line for the user."""
        print(f"stance: {printable(message)}", file=self._stream)

    def end(self) -> None:
        """Leave the screen as it should stay."""


class LineProgress(Progress):
    """One line every `LINE_SECONDS`, for logs."""

    def begin(self, size: int, totals: Totals, bytes_read: int) -> None:
        """Start the clock."""
        clock = time.monotonic()
        self._pace = Pace(size, clock, totals, bytes_read, totals, bytes_read)
        self._last = clock

    def update(self, totals: Totals, bytes_read: int) -> None:
        """Write a line when the last one is old enough."""
        self._pace.now, self._pace.now_bytes = totals, bytes_read
        clock = time.monotonic()
        if clock - self._last >= LINE_SECONDS:
            self._last = clock
            self.note(self._pace.describe(clock))


class BarProgress(Progress):
    """A bar with rates and the time left, redrawn in place."""

    _display: RichProgress | None = None
    _task: TaskID

    def begin(self, size: int, totals: Totals, bytes_read: int) -> None:
        """Draw the bar."""
        from rich.console import Console  # noqa: PLC0415 - not needed off a terminal
        from rich.progress import BarColumn, TextColumn  # noqa: PLC0415
        from rich.progress import Progress as RichProgress  # noqa: PLC0415

        self._pace = Pace(size, time.monotonic(), totals, bytes_read, totals, bytes_read)
        columns = [BarColumn(bar_width=24), TextColumn("{task.description}", markup=False)]
        self._display = RichProgress(*columns, console=Console(file=self._stream), transient=True)
        self._task = self._display.add_task("starting", total=size or None, completed=bytes_read)
        self._display.start()

    def update(self, totals: Totals, bytes_read: int) -> None:
        """Redraw the bar."""
        self._pace.now, self._pace.now_bytes = totals, bytes_read
        if self._display is not None:
            description = self._pace.describe(time.monotonic())
            self._display.update(self._task, completed=bytes_read, description=description)

    def note(self, message: str) -> None:
        """Show one line above the bar."""
        if self._display is None:
            super().note(message)
        else:
            line = f"stance: {printable(message)}"
            self._display.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def end(self) -> None:
        """Take the bar away."""
        if self._display is not None:
            self._display.stop()
            self._display = None


def progress_for(stream: TextIO, *, quiet: bool) -> Progress:
    """Return the progress that suits where messages go."""
    if quiet:
        return Progress(stream)
    return BarProgress(stream) if stream.isatty() else LineProgress(stream)


def duration(seconds: float) -> str:
    """Return a time span in its two largest units, as in `2 h 05 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min"


def printable(text: str) -> str:
    """Return `text` with characters that could steer a terminal written as escapes."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )
