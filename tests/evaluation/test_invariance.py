from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.evaluation.invariance import pronoun, score_swaps, with_speaker
from stance.model.calibration import Probabilities
from stance.model.inputs import StatementText

QUOTE = "Bell is a friend of ours"


def statement(speaker: str, side: str) -> dict[str, str]:
    last = speaker.rsplit(maxsplit=1)[-1]
    paragraph = f"“{QUOTE},” said {speaker}. {last} left."
    return {"quote": QUOTE, "paragraph": paragraph, "speaker": speaker, "side": side}


ROWS = [
    statement("John Munk", "us"),
    statement("Peter Quill", "us"),
    statement("Mary Bell", "us"),
    statement("Igor Zubov", "russia"),
    statement("a harbour clerk", "us"),
    statement("unknown", "unknown"),
]


def by_words(texts: Sequence[StatementText]) -> Probabilities:
    """A model that reads nothing but the quotation."""
    return np.tile([0.7, 0.1, 0.1, 0.1], (len(texts), 1))


def by_name(texts: Sequence[StatementText]) -> Probabilities:
    """A model that reads nothing but the speaker."""
    return np.array([[0.8, 0.2, 0, 0] if "Munk" in t.speaker else [0.2, 0.8, 0, 0] for t in texts])


def test_a_reader_of_words_does_not_change() -> None:
    found = score_swaps(ROWS, by_words)
    assert {name: one.rows for name, one in found.items()} == {
        "another speaker of the same side": 2,  # no other woman, no other Russian
        "no speaker": 4,
        "a speaker of the other side": 3,
    }
    assert all(one.changed.value == one.shift.value == 0 for one in found.values())


def test_a_reader_of_names_does() -> None:
    found = score_swaps(ROWS, by_name)["another speaker of the same side"]
    assert found.changed.value == 1
    assert found.shift.value == pytest.approx(1.2)


def test_rows_without_an_article_are_swapped_one_by_one() -> None:
    rows = [{**row, "article": None} for row in ROWS]
    found = score_swaps(rows, by_name)["no speaker"].changed
    assert found.low < found.value < found.high


def test_no_person_no_swap() -> None:
    assert score_swaps(ROWS[4:], by_words) == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("John Munk", "he"),
        ("Mary Ann Bell", "she"),
        ("State Department", None),
        ("John", None),
        ("John of the docks", None),
        ("", None),
        (None, None),
    ],
)
def test_pronouns_of_names(name: str | None, expected: str | None) -> None:
    assert pronoun(name) == expected


def test_the_name_is_replaced_around_the_words_and_not_in_them() -> None:
    context = "John Bell rose. “Bell is a friend of ours,” said Bell of Bellport."
    start = context.index("Bell is")
    text = StatementText(context, ((start, start + len(QUOTE)),), "John Bell came.", "Bell!", "x")
    new = with_speaker(text, "John Bell", "Peter Quill")
    assert new.context == "Peter Quill rose. “Bell is a friend of ours,” said Quill of Bellport."
    assert [new.context[a:b] for a, b in new.pieces] == [QUOTE]
    assert (new.previous, new.title, new.speaker) == ("Peter Quill came.", "Quill!", "Peter Quill")


@settings(deadline=None)
@given(st.lists(st.sampled_from(["John Bell", "Bell", " ", "“talk”", "\\1", "é"]), max_size=8))
def test_the_pieces_stay_what_they_are(parts: list[str]) -> None:
    context = "".join(parts)
    pieces = tuple((i, i + 4) for i in range(len(context)) if context[i : i + 4] == "talk")
    new = with_speaker(StatementText(context, pieces), "John Bell", "Ed \\2 (x")
    assert [new.context[a:b] for a, b in new.pieces] == ["talk"] * len(pieces)


def test_no_one_is_swapped_for_a_namesake() -> None:
    rows = [statement("John Munk", "us"), statement("Paul Munk", "us")]
    assert set(score_swaps(rows, by_words)) == {"no speaker"}
