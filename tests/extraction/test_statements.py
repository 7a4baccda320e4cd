from __future__ import annotations

import time

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
        "Marta Quill said: “We will talk again in the autumn,",
    ],
)
def test_every_kind_of_mark_is_read(text: str) -> None:
    assert quotes(text) == ["We will talk again in the autumn,"]


def test_quotation_over_several_paragraphs_is_one_statement() -> None:
    text = (
        "Quill was calm.\n\n“We waited.\n\n“Then we left,” she said. “That was all.”\n\nRain fell."
    )
    (statement,) = find_statements(text)
    assert statement.quote(text) == "We waited. … Then we left, … That was all."
    assert text[slice(*statement.paragraph)] == text[text.index("“We") : text.index("\n\nRain")]


def test_headlines_that_a_page_links_in_are_not_quoted() -> None:
    links = "Jane Ann RoeHouse to look into port Doe says ‘the tide is rising fast’ in talks MORE"
    text = f"“It is late,” said Rep. Jane Roe {links} (D-Ohio) of the vote. “We go home now.”"
    assert quotes(text) == ["It is late, … We go home now."]


def test_offsets_count_code_points() -> None:
    text = "🎉🎉 Zoë’s café. “Das große 🎈 steigt wieder auf,” sagte sie, said Zoë."
    (statement,) = find_statements(text)
    assert text[statement.start : statement.end] == "Das große 🎈 steigt wieder auf,"


@given(st.text(alphabet="ab .,\n\"“”‘’'«»—SsaidHe:(@)", max_size=200) | st.text(max_size=80))
def test_statements_are_ordered_and_inside_their_paragraphs(text: str) -> None:
    at = 0
    for statement in find_statements(text):
        for start, end in statement.segments:
            assert at <= start < end
            assert text[start:end] == text[start:end].strip()
            at = end
        assert statement.paragraph[0] <= statement.start < statement.end <= statement.paragraph[1]


@pytest.mark.parametrize(
    "unit",
    [
        '"',
        "“",
        "'",
        "' ",
        '" ',
        "“ a ",
        "”” ",
        "«",
        '"a," he said. ',
        "‘a’ ",
        '"a" b ',
        "<a ",
        "a. ",
        "a",
        "\n",
        "\n\n“a",
        " \n",
        "— A (@b) ",
        '="',
        "‘a s’ ",
        "“a” — B ",
        "“A b ”“",
        "A: \n",
    ],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        times = []
        for _ in range(3):  # the best of three: others use the machine too
            start = time.process_time()
            find_statements(text)
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(50_000) < 40 * max(seconds(5_000), 0.005)
