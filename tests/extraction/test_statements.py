from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.extraction import find_statements


def quotes(text: str) -> list[str]:
    return [statement.quote(text) for statement in find_statements(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“We will talk again in the autumn,” Marta Quill said.",
        '"We will talk again in the autumn," Marta Quill said.',
        "``We will talk again in the autumn,'' Marta Quill said.",
        "''We will talk again in the autumn,'' Marta Quill said.",
        ",,We will talk again in the autumn,“ Marta Quill said.",
        "„We will talk again in the autumn,“ Marta Quill said.",
        "«We will talk again in the autumn,» Marta Quill said.",
        "« We will talk again in the autumn, » Marta Quill said.",
        "‘We will talk again in the autumn,’ Marta Quill said.",
        "'We will talk again in the autumn,' Marta Quill said.",
        '“We will talk again in the autumn," Marta Quill said.',
        "”We will talk again in the autumn,” Marta Quill said.",
        "“We will talk again in the autumn,“ Marta Quill said.",
    ],
)
def test_every_kind_of_mark_is_read(text: str) -> None:
    assert quotes(text) == ["We will talk again in the autumn,"]


@given(st.text(alphabet="ab .,\n\"“”‘’'«»—SsaidHe:", max_size=200))
def test_statements_are_ordered_and_inside_their_paragraphs(text: str) -> None:
    at = 0
    for statement in find_statements(text):
        for start, end in statement.segments:
            assert at <= start < end
            assert text[start:end] == text[start:end].strip()
            at = end
        assert statement.paragraph[0] <= statement.start < statement.end <= statement.paragraph[1]
