from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.speakers.narration import (
    LONGEST_PARAGRAPH,
    QUOTED,
    Narration,
    WordClass,
    is_cue,
)

from .conftest import Narrate


def kinds(narration: Narration) -> list[WordClass]:
    return [token.kind for token in narration.tokens(0)]


def test_a_quotation_is_one_token(narrate: Narrate) -> None:
    narration = narrate("Roe said “it is over.” Then she left.")
    token = narration.tokens(0)[2]
    assert token.kind is WordClass.QUOTE
    assert token.lower == "."
    assert narration.sentences(0) == [(0, 3), (3, 7)]


def test_abbreviations_end_no_sentence(narrate: Narrate) -> None:
    narration = narrate("Sen. J. Roe, R-N.C., met U.S. envoys on Jan. 5. He left.")
    assert len(narration.sentences(0)) == 2


def test_numbers_and_times_are_one_token(narrate: Narrate) -> None:
    tokens = narrate("The No. 2 of AT&T left at 3:07pm.").tokens(0)
    assert [token.text for token in tokens[1:5]] == ["No.", "2", "of", "AT&T"]
    assert tokens[-2].text == "3:07pm"


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("The report said so", "report", False),
        ("They report so", "report", True),
        ("White House press secretary", "press", False),
        ("Trump was asked why", "asked", False),
        ("Trump asked why", "asked", True),
        ("He continued to wait", "continued", False),
        ("He continued", "continued", True),
    ],
)
def test_verbs_and_like_nouns(narrate: Narrate, text: str, verb: str, expected: bool) -> None:
    tokens = narrate(text).tokens(0)
    at = [token.lower for token in tokens].index(verb)
    assert is_cue(tokens, at) is expected


def test_long_paragraphs_are_read_in_parts() -> None:
    text = "word " * LONGEST_PARAGRAPH
    narration = Narration(text, [], [(0, len(text))])
    assert all(end - start <= LONGEST_PARAGRAPH for start, end in narration.paragraphs)
    assert narration.paragraphs[0][0] == 0
    assert narration.paragraphs[-1][1] == len(text)


def test_quotations_may_overlap() -> None:
    narration = Narration("“one” two three", [(0, 5), (0, 9)], [(0, 15)])
    assert [token.text for token in narration.tokens(0)] == ["", "three"]


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_masking_keeps_offsets(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    narration = Narration(text, [(start, end)], [(0, len(text))])
    assert len(narration.masked) == len(text)
    if text[start : start + 1] != " ":
        assert set(narration.masked[start:end]) <= {QUOTED, "\n"}
    for token in narration.tokens(0):
        assert 0 <= token.start < token.end <= len(text)
