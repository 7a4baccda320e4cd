"""Which of several sources in and around one sentence speaks."""

from __future__ import annotations

import pytest

from .test_attribute import INTRODUCTION, names


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Sorokin agreed to mend the bridge in the town “for no more than a token fee,”",
            "the filing",
        ),
        ("Sorokin said they would mend it “for no more than a token fee,”", "Pavel Sorokin"),
        ("Sorokin called it “a bridge for no more than a token fee,”", "Pavel Sorokin"),
    ],
)
def test_a_document_outweighs_a_verb_of_no_saying(sentence: str, expected: str) -> None:
    assert names(f"{INTRODUCTION}{sentence} according to the filing.") == [expected]


def test_that_source_is_a_source() -> None:
    text = INTRODUCTION + "But that same source also asked if the bridge was “targeted by thieves.”"
    assert names(text) == ["same source"]


def test_who_is_repeated_and_not_who_repeats() -> None:
    text = INTRODUCTION + "He retweeted a bridge expert who argued that the town “must mend it.”"
    assert names(text) == ["a bridge expert"]


@pytest.mark.parametrize(
    "tail",
    ["while Delgado said it was late", "but Delgado denied it", "a hint at what Delgado says"],
)
def test_a_clause_of_its_own_after_a_quotation_has_another_subject(tail: str) -> None:
    assert names(f"{INTRODUCTION}Sorokin said it was the “end of the road,” {tail}.") == [
        "Pavel Sorokin"
    ]
