from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.extraction.furniture import blank_furniture


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Rep. Jane Roe Jane Ann RoeFive MORE (D-Ohio) said", "Rep. Jane Roe (D-Ohio) said"),
        ("Rep. Jane Roe Jane Ann Roe Five things MORE said", "Rep. Jane Roe said"),
        ("Sen. Ron Roe Ronald (Ron) Lee RoeFive MORE said", "Sen. Ron Roe said"),
        ("He spoke.\n\nStory Continued Below\n\nHe left.", "He spoke. He left."),
        ("He spoke.\n\nADVERTISEMENT\n\nHe left.", "He spoke. He left."),
        ("He spoke.\n\nImage copyright Roe\n\nHe left.", "He spoke. He left."),
        ("He spoke.\n\nImage caption “A bridge”", "He spoke. Image caption “A bridge”"),
        ("So pic.twitter.com/a1 (https://t.co/b2) — Roe", "So ( ) — Roe"),
        ("Skip Twitter post by @roe So — Roe", "So — Roe"),
        ("An advertisement in the paper", "An advertisement in the paper"),
        ("We want MORE of it", "We want MORE of it"),
    ],
)  # fmt: skip
def test_furniture_is_blanked_in_place(text: str, left: str) -> None:
    blanked = blank_furniture(text)
    assert len(blanked) == len(text)
    assert " ".join(blanked.split()) == left


@given(st.text())
def test_length_never_changes(text: str) -> None:
    assert len(blank_furniture(text)) == len(text)
