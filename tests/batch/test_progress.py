from __future__ import annotations

import io

import pytest

from stance.batch import progress
from stance.batch.journal import Totals
from stance.batch.progress import BarProgress, LineProgress, Pace, Progress, duration, progress_for


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (59, "59 s"), (60, "1 min 00 s"), (3599, "59 min 59 s"), (7500, "2 h 05 min")],
)
def test_duration(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_pace_counts_from_where_the_run_was_resumed() -> None:
    pace = Pace(1000, 50.0, Totals(100, 0, 300), 200, Totals(150, 5, 400), 600)
    assert pace.per_second(60.0) == (5, 10)
    assert pace.seconds_left(60.0) == 10
    assert (
        pace.describe(60.0)
        == "150 read, 400 statements, 5.0 articles and 10 statements a second, 60%, 10 s left"
    )


def test_pace_without_a_known_size_makes_no_promise() -> None:
    pace = Pace(0, 0.0, Totals(), 0, Totals(5), 0)
    assert pace.describe(5.0) == "5 read, 0 statements, 1.0 articles and 0.0 statements a second"


def test_log_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 10.0, 31.0, 40.0, 62.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    stream = io.StringIO()
    shown = LineProgress(stream)
    shown.begin(100, Totals(), 0)
    for read in (10, 30, 40, 60):
        shown.update(Totals(read), read)
    assert [line.split(" read")[0] for line in stream.getvalue().splitlines()] == [
        "stance: 30",
        "stance: 60",
    ]


def test_bar_shows_notes_unchanged() -> None:
    stream = io.StringIO()
    shown = BarProgress(stream)
    shown.begin(100, Totals(), 0)
    shown.update(Totals(1), 50)
    shown.note("[bold]a.txt[/bold]\x1b: " + "long " * 40)
    shown.end()
    assert "stance: [bold]a.txt[/bold]\\x1b: long" in stream.getvalue()
    shown.note("after")
    assert stream.getvalue().endswith("stance: after\n")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_suits_the_stream() -> None:
    assert type(progress_for(Terminal(), quiet=False)) is BarProgress
    assert type(progress_for(io.StringIO(), quiet=False)) is LineProgress
    assert type(progress_for(Terminal(), quiet=True)) is Progress
