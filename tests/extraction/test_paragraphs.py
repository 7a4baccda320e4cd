from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.extraction.paragraphs import paragraphs

WRAPPED = """\
The ferry left the harbor at noon with nine people and a piano aboard,
and by the time that it reached the far shore the piano was in tune or
so the captain said to whoever asked.
Nobody did. The people went home along the wall as they did each night
of that long summer, and the captain turned the ferry round once more."""


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n\t\n", []),
        ("One.", ["One."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("  One. \n \t\n\n Two.  ", ["One.", "Two."]),
        ("One.\nTwo.\nThree.", ["One.", "Two.", "Three."]),
        ("A head that\ngoes on.", ["A head that\ngoes on."]),
        ("A heading\nThe harbor is closed.", ["A heading", "The harbor is closed."]),
        ("She said:\n“Yes.”", ["She said:", "“Yes.”"]),
    ],
)
def test_blank_lines_and_sentence_ends_separate(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_wrapped_prose_breaks_only_after_a_short_line() -> None:
    first, second = pieces(WRAPPED)
    assert first.endswith("whoever asked.")
    assert second.startswith("Nobody did.")


def test_wrapped_prose_breaks_before_an_indented_line() -> None:
    wrapped = "    " + WRAPPED.replace("of that", "    Of that")
    assert [piece[:6] for piece in pieces(wrapped)] == ["The fe", "Nobody", "Of tha"]


def test_short_line_in_wrapped_prose_is_a_heading() -> None:
    heading, _, _ = pieces("The ferry and the piano\n" + WRAPPED)
    assert heading == "The ferry and the piano"


@given(st.text(alphabet="ab.:”\n\r\u2029 \t", max_size=300))
def test_paragraphs_hold_everything_but_white_space(text: str) -> None:
    spans = paragraphs(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert "".join(pieces(text)).split() == [] or "".join(text.split()) == "".join(
        "".join(piece.split()) for piece in pieces(text)
    )
