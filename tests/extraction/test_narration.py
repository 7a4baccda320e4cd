from __future__ import annotations

import pytest

from stance.extraction.narration import Clause, Stretch, narrations
from stance.extraction.paragraphs import paragraphs
from stance.extraction.quotations import find_quotations


def stretches(text: str) -> list[Stretch]:
    spans = paragraphs(text)
    return narrations(text, spans[0], find_quotations(text, spans))


@pytest.mark.parametrize(
    ("text", "tail", "lead", "bridge", "middle"),
    [
        ("“It rains,” he said. “Go home.”", "he said.", "", False, False),
        ("“It rains.” He added: “Go home.”", "", "He added:", False, False),
        ("“It rains” and “it pours,” he said.", "and", "and", True, False),
        ("“It rains,” said Mr. B. Quill. “Go.”", "said Mr. B. Quill.", "", False, False),
        ("“It rains,” he said. So it did. “Go.”", "he said.", "", False, True),
        ("“It rains,” he said. So it did. Then “go.”", "he said.", "Then", False, True),
        ("“Does it rain?” Quill asked. “Go.”", "Quill asked.", "", False, False),
        ("“It rains.” “Go home.”", "", "", False, False),
    ],
)
def test_stretch_between_two_quotations(
    text: str, tail: str, lead: str, bridge: bool, middle: bool
) -> None:
    between = stretches(text)[1]
    assert (between.tail.strip(), between.lead.strip()) == (tail, lead)
    assert (between.bridge, between.middle) == (bridge, middle)


def test_stretches_before_and_after() -> None:
    before, after = stretches("It was late. Quill said “go home,” and left. Nobody followed.")
    assert before.lead == " Quill said "
    assert after.tail == " and left."


def test_long_stretch_is_read_at_its_ends_only() -> None:
    text = "“It rains,” he said. " + "The rain went on. " * 100 + "Then he said “go.”"
    between = stretches(text)[1]
    assert between.middle
    assert between.tail == " he said."
    assert between.lead.strip() == "Then he said"


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        (" said Marta Quill", True),
        ("the United States of the harbor", False),
        ("Said Quill", True),
        ("the harbor was closed", False),
    ],
)
def test_clause_speaks_where_a_verb_of_saying_stands(text: str, speaks: bool) -> None:
    assert Clause(text).speaks is speaks


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Marta Quill said of Oleg Brant that", {"Marta", "Quill"}),
        (" said Mr. Brant on Monday", {"Brant"}),
        (" in the Old Harbor", set()),
        (" a young reporter asked", {"reporter"}),
        (" the reporter asked", set()),
        ("She told Brant", set()),
        ("Asked if it rains, Brant said", {"Brant"}),
    ],
)
def test_sources_stand_beside_the_cue(text: str, sources: set[str]) -> None:
    assert Clause(text).sources == sources


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She also claimed that", True),
        (" said he", True),
        ("Russia, in his view, is", True),
        ("Quill said that", False),
        ("He sank", False),
        ("He fought Quill, saying", True),
        ("Quill called it", False),
        ("Quill said they", False),
        ("Asked whether he agreed, Quill said", False),
    ],
)
def test_pronoun_as_the_subject_of_a_cue(text: str, expected: bool) -> None:
    assert Clause(text).ends_by_pronoun is expected


def test_first_and_last_verb_of_saying_may_have_different_subjects() -> None:
    clause = Clause("When she said so, Quill told reporters")
    assert (clause.opens_by_pronoun, clause.ends_by_pronoun) == (True, False)
