from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.evaluation.speakers import names_someone, same_speaker, source_hits, speaker_hits
from stance.records import UNKNOWN_SPEAKER, Speaker


@pytest.mark.parametrize(
    ("predicted", "gold", "right"),
    [
        ("Rex Tillerson", "Tillerson", True),
        ("Tillerson", "Secretary Rex Tillerson", True),
        ("Donald Trump", "Melania Trump", False),
        ("Hénin", "Henin", True),
        ("George O'Neill", "O’Neill", True),
        ("a senior State Department official", "a State Department official", True),
        ("a senior official", "an unnamed Kremlin aide", False),
        ("a senior port official", "an unnamed port clerk", False),
        ("the White House", "White House statement", True),
        (None, "unknown", True),
        (None, "Tillerson", False),
        ("Tillerson", "unknown", False),
        ("The", "a", False),
        ("Mike Tarrow", "Michael Tarrow", True),
        ("Sergey Volkov", "Sergei Volkov", True),
        ("Mike Tarrow", "Mark Tarrow", False),
        ("Paul Rennick", "Paul Rennick Jr.", False),
        ("Rennick", "Paul Rennick Jr.", True),
        ("the NBA", "National Boat Association", True),
        ("National Boat-Association", "NBA", True),
        ("the NBC", "National Boat Association", False),
        ("U.S. Navy", "the US Navy", True),
    ],
)
def test_same_speaker(predicted: str | None, gold: str, right: bool) -> None:
    assert same_speaker(predicted, gold) is right


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_same_speaker_is_symmetric(one: str, other: str) -> None:
    assert same_speaker(one, other) == same_speaker(other, one) or "unknown" in (one, other)


def test_speaker_hits() -> None:
    predicted = [Speaker(name="Rex Tillerson"), UNKNOWN_SPEAKER]
    assert speaker_hits(predicted, ["Tillerson", "Lavrov"]).tolist() == [True, False]


def test_source_hits() -> None:
    predicted = [Speaker(mention_span=(5, 9)), Speaker(mention_span=(5, 9)), UNKNOWN_SPEAKER]
    gold = [[(0, 2), (8, 12)], [(9, 12)], []]
    assert source_hits(predicted, gold).tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("source", "expected"),
    [("Jane Roe", True), ("The president", False), ("he", False), ("a Kremlin aide", True)],
)
def test_names_someone(source: str, expected: bool) -> None:
    assert names_someone(source, [(0, len(source))]) is expected
