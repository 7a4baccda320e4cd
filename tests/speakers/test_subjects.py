from __future__ import annotations

import pytest

from stance.speakers.subjects import clause_subject, reporter, subject_of

from .conftest import Narrate


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("On Monday, Roe later said", "said", "Roe"),
        ("Roe, who had waited, said", "said", "Roe"),
        ("Jane Roe, a lawyer from Ohio, a state in the Midwest, said", "said", "Jane Roe"),
        ("The envoy, Jane Roe, said", "said", "Jane Roe"),
        ("Russia’s ambassador to Washington, Ivan Petrov, said", "said", "Ivan Petrov"),
        (
            "A spokesman for the Foreign Ministry said",
            "said",
            "A spokesman for the Foreign Ministry",
        ),
        ("Roe left the room, saying", "saying", "Roe"),
        ("While Petrov waited, Roe stood up and said", "said", "Roe"),
        ("Petrov thinks of the day when Roe stood up and said", "said", "Roe"),
        ("Petrov met Roe, who said", "said", "Roe"),
        ("The embassy issued a statement that said", "said", "The embassy"),
        ("Roe (D-Ohio) said", "said", "Roe"),
        ("As the Roe report said", "said", "the Roe report"),
        ("The officer who met with the Daily News said", "said", "The officer"),
        ("A rally that the family held, the family said", "said", "the family"),
    ],
)
def test_subject_before_a_verb(narrate: Narrate, text: str, verb: str, subject: str) -> None:
    tokens = narrate(text).tokens(0)
    at = max(index for index, token in enumerate(tokens) if token.lower == verb)
    found = subject_of(tokens, at, 0)
    assert found is not None
    assert text[tokens[found[0]].start : tokens[found[1] - 1].end] == subject


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Petrov is late, Roe said on Monday.", "Roe"),
        ("Petrov is late, says Jane Roe, a lawyer.", "Jane Roe"),
        ("Roe said Petrov is late.", None),
        ("Petrov, the envoy, said Roe would wait.", None),
    ],
)
def test_reporter_at_the_end_of_a_sentence(narrate: Narrate, text: str, source: str | None) -> None:
    tokens = narrate(text).tokens(0)
    found = reporter(tokens, 0, len(tokens))
    words = found and text[tokens[found[0]].start : tokens[found[1] - 1].end]
    assert words == source


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("MOSCOW (AP) — President Petrov met them", "President Petrov"),
        ("In Tampa, Fla., Jane Roe met them", "Jane Roe"),
        ("Hours after the vote, Jane Roe met them", "Jane Roe"),
        ("Meeting them, it rained", "it"),
    ],
)
def test_subject_of_a_sentence(narrate: Narrate, text: str, subject: str) -> None:
    tokens = narrate(text).tokens(0)
    found = clause_subject(tokens, 0, len(tokens))
    assert found is not None
    assert text[tokens[found[0]].start : tokens[found[1] - 1].end] == subject
