from __future__ import annotations

import pytest

from stance.extraction.paragraphs import paragraphs
from stance.extraction.quotations import Quotation, find_quotations


def found(text: str) -> list[Quotation]:
    return find_quotations(text, paragraphs(text))


def quoted(text: str) -> list[str]:
    return [text[quotation.start : quotation.end] for quotation in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“He told me ‘no’ twice.”", ["He told me ‘no’ twice."]),
        ("“He told me “no” twice.”", ["He told me “no” twice."]),
        ('"He told me "no" twice."', ['He told me "no" twice.']),
        ('"He told me “no” twice."', ["He told me “no” twice."]),
        ("‘He told me “no” twice.’", ["He told me “no” twice."]),
        ("'The dogs' bowls are empty,' she said.", ["The dogs' bowls are empty,"]),
        ("‘It’s the players’ choice,’ she said.", ["It’s the players’ choice,"]),
        (
            "'It was the '90s,' she said, 'and 'em days are gone.'",
            ["It was the '90s,", "and 'em days are gone."],
        ),
        ("The dogs' bowls and the cats' beds.", []),
        ("He is 6'2\" tall.", []),
        ("She said,” we are done.” And left.", ["we are done."]),
        ('We are done," she said.', ["We are done,"]),
        ('“” and "  " and "—"', []),
    ],
)
def test_pairs_within_a_paragraph(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_quotation_reopened_in_each_paragraph_continues() -> None:
    one, two, three = found("“First.\n\n“Second.\n\n“Third,” he said.")
    assert [q.closed for q in (one, two, three)] == [False, False, True]
    assert [q.continues for q in (one, two, three)] == [False, True, True]


def test_quotation_closed_in_the_next_paragraph_continues() -> None:
    text = "She said: “First.\n\nSecond.” Then she left."
    assert quoted(text) == ["First.", "Second."]
    assert found(text)[1].continues


def test_name_inside_the_marks_of_a_pull_quote_is_not_quoted() -> None:
    text = "“We waited all night.\n\nMarta Quill, harbor pilot.”\n\nIt rained."
    assert quoted(text) == ["We waited all night."]


def test_single_marks_reopen_too() -> None:
    text = "‘First it rained.\n\n‘Then it snowed,’ he said."
    assert quoted(text) == ["First it rained.", "Then it snowed,"]
    assert found(text)[1].continues


def test_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "“We are leaving.\n\nThe boat sank. “It was old,” he said."
    assert quoted(text) == ["We are leaving.", "It was old,"]


def test_outer_takes_in_the_marks() -> None:
    text = "Then: “ Yes. ” she said."
    (quotation,) = found(text)
    assert text[slice(*quotation.outer)] == "“ Yes. ”"
    assert text[quotation.start : quotation.end] == "Yes."
