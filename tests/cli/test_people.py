from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from stance.batch.items import ColumnNames
from stance.cli.people import article_table, safe, summary

ROW: dict[str, object] = {
    "article_id": "7",
    "speaker": "Galina Orlova",
    "speaker_side": "russia",
    "stance": "against",
    "stance_score": -0.71,
    "sentiment": "negative",
    "sentiment_score": -0.4,
    "quote": "They broke the treaty.",
}


def shown(row: dict[str, object], width: int = 120) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=True, color_system=None)
    console.print(article_table("7", [row], ColumnNames(), width))
    return stream.getvalue()


def test_table_shows_who_says_what() -> None:
    text = shown(ROW)
    for words in ("Galina Orlova", "russia", "against -0.71", "negative -0.40", "broke the treaty"):
        assert words in text


@pytest.mark.parametrize("width", [60, 120])
def test_a_stance_to_review_is_marked(width: int) -> None:
    assert "-0.71 ?" in shown(ROW | {"needs_review": True}, width)
    assert "?" not in shown(ROW | {"needs_review": False}, width)


def test_narrow_screen_shows_all_of_it_too() -> None:
    text = shown(ROW, 60)
    for words in ("Galina", "Orlova", "russia", "against -0.71", "negative -0.40", "treaty"):
        assert words in text


def test_unknown_speaker_is_a_dash() -> None:
    assert "—" in shown(ROW | {"speaker": None})


@pytest.mark.parametrize("width", [50, 80, 110, 200])
def test_table_fits_the_screen(width: int) -> None:
    lines = shown(ROW | {"quote": "word " * 100, "title": "t" * 300}, width).splitlines()
    assert max(map(len, lines)) <= width


def test_text_is_neither_markup_nor_a_command_to_the_terminal() -> None:
    text = shown(ROW | {"quote": "[red]x[/] \x1b[2J\x07 \u202e end", "title": "[b]T[/b]"}, 200)
    assert "[red]x[/]" in text
    assert "[b]T[/b]" in text
    assert not {"\x1b[2J", "\x07", "\u202e"} & set(text)
    assert "\\x1b[2J" in text


@given(st.text())
def test_safe_text_is_printable_and_short(text: str) -> None:
    plain = safe(text, 20).plain
    assert plain.isprintable()
    assert len(plain) <= 20


def test_summary_counts() -> None:
    rows = [ROW, ROW, ROW | {"speaker": None, "stance": "neutral"}]
    assert summary(rows, ColumnNames()) == "3 statements by 1 named speaker: 2 against, 1 neutral"
    assert summary([ROW | {"needs_review": True}, ROW], ColumnNames()) == (
        "2 statements by 1 named speaker: 2 against; 1 unsure (?), better read by a person"
    )


def test_speakers_of_a_column_with_another_name() -> None:
    rows = [ROW | {"speaker": None, "who": who} for who in ("A. Lee", ["A. Lee", "B. Roe"], None)]
    assert "by 2 named speakers" in summary(rows, ColumnNames(speaker="who"))
