"""Whom "he", "she" and "I" mean."""

from __future__ import annotations

import pytest

from stance.speakers import attribute

from .conftest import quoted

INTRODUCTION = (
    "Foreign Minister Pavel Sorokin met Senator Ann Delgado in Vienna on Monday. "
    "Delgado, a Vermont Democrat, had asked for the talks.\n\n"
)


def names(text: str, title: str | None = None) -> list[str | None]:
    return [speaker.name for speaker in attribute(text, quoted(text), title)]


def test_pronouns_follow_gender_and_focus() -> None:
    text = (
        INTRODUCTION
        + "Sorokin praised the talks. “They went well,” he said.\n\n"
        + "Delgado was less sure. “They went on and on,” she said."
    )
    assert names(text) == ["Pavel Sorokin", "Ann Delgado"]


@pytest.mark.parametrize(
    ("before", "said", "expected"),
    [
        ("Delgado campaign manager Jill Farrow sent a note.", "she wrote.", "Jill Farrow"),
        ("Sorokin waved at Igor Belov.", "he told Sorokin.", "Igor Belov"),
        ("A senior diplomat met Sorokin on Sunday.", "he said.", "Pavel Sorokin"),
        ("Few talks went as well, a senior diplomat said.", "he added.", "a senior diplomat"),
        ("Igor Belov was late.\n\nThe foreign minister was early.", "he said.", "Pavel Sorokin"),
    ],
)
def test_whom_a_pronoun_cannot_mean(before: str, said: str, expected: str) -> None:
    assert names(f"{INTRODUCTION}{before}\n\n“We are all tired of it,” {said}") == [expected]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("While Igor Belov would not stay, he told Delgado much.", "Igor Belov"),
        ("The town was loud, but Igor Belov said it was safe.", "Igor Belov"),
        ("On Sunday Igor Belov took the floor in place of the envoy.", "Igor Belov"),
        ("Alongside Sorokin, Igor Belov spoke of the bridge.", "Igor Belov"),
        ("It was a day after Igor Belov had closed the bridge.", "Igor Belov"),
        ("Quarles said the bridge was safe.", "Quarles"),
    ],
)
def test_who_is_in_focus(before: str, expected: str) -> None:
    text = f"{INTRODUCTION}{before}\n\n“We are all tired of it,” he said."
    assert names(text) == [expected]


def test_who_asked_does_not_answer() -> None:
    question = "Igor Belov was there.\n\n“Will you go?” asked Sorokin."
    text = f"{INTRODUCTION}{question}\n\n“I will,” he said."
    assert names(text) == ["Pavel Sorokin", "Igor Belov"]


def test_who_acts_in_a_passive_is_in_focus() -> None:
    text = (
        f"{INTRODUCTION}Igor Belov was there as well. His fear was shared by Pavel Sorokin. "
        "“We are all tired of it,” he said."
    )
    assert names(text) == ["Pavel Sorokin"]


def test_i_is_whose_turn_it_is() -> None:
    text = "ANN DELGADO: It was late, and then I said, “Let us all go home,” and we went."
    assert names(f"{INTRODUCTION}{text}") == ["Ann Delgado"]


def test_i_is_whom_the_byline_names() -> None:
    text = "By Ann Delgado\n\nAs I wrote a week ago, “the bridge will be gone before the winter.”"
    assert names(text) == ["Ann Delgado"]


def test_a_label_that_is_no_name_is_nobody_s_turn() -> None:
    text = "Note well: When I said “we all go home now,” nobody laughed."
    assert names(text) == names(f"By Ann Delgado\n\n{text}") == [None]
