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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is late,” he said. “We go home now.”", ["It is late, … We go home now."]),
        (
            "“It is late,” said Oleg Brant, head of the port council, a body that few people know, "
            "on Friday. “We go home now.”",
            ["It is late, … We go home now."],
        ),
        (
            "The harbor is “as good as closed” and “will stay so,” Quill said. “Go elsewhere.”",
            ["as good as closed … will stay so, … Go elsewhere."],
        ),
        (
            "Quill said that talks “may take a while,” but added that both sides “could agree.”",
            ["may take a while, … could agree."],
        ),
        (
            "“We go home,” Quill told “The Evening Hour.” “We are tired of all this waiting.”",
            ["We go home, … We are tired of all this waiting."],
        ),
        (
            "“We waited all day,” she said. But “nobody came.”",
            ["We waited all day, … nobody came."],
        ),
        (
            "“We go home,” Quill said. “No, you stay right here,” Brant answered.",
            ["We go home,", "No, you stay right here,"],
        ),
        (
            "“We go home now.” Brant said: “No, you stay right here.”",
            ["We go home now.", "No, you stay right here."],
        ),
        (
            "Quill wants “to go home right now,” while Brant said “nobody goes anywhere today.”",
            ["to go home right now,", "nobody goes anywhere today."],
        ),
        (
            "“We go home,” Quill said. The talks began in the rain. “It was a long day.”",
            ["We go home,", "It was a long day."],
        ),
    ],
)
def test_pieces_belong_together_while_the_speaker_goes_on(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


def test_quotation_over_several_paragraphs_is_one_statement() -> None:
    text = (
        "Quill was calm.\n\n“We waited.\n\n“Then we left,” she said. “That was all.”\n\nRain fell."
    )
    (statement,) = find_statements(text)
    assert statement.quote(text) == "We waited. … Then we left, … That was all."
    assert text[slice(*statement.paragraph)] == text[text.index("“We") : text.index("\n\nRain")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brant called the plan a “very good thing” for the port.", ["very good thing"]),
        ("The plan is “fairly well understood,” Brant said.", ["fairly well understood,"]),
        ("The ministry dismissed the report as “nonsense.”", ["nonsense."]),
        ("Brant said he was “puzzled” by the delay.", ["puzzled"]),
        ("Asked for an answer, she said: “Never.”", ["Never."]),
        ("“No,” he replied.", ["No,"]),
        ("“Enough is enough”\n\n— Jane Roe", ["Enough is enough"]),
        ("“Enough is enough.” —Jane Roe", ["Enough is enough."]),
        ("He took the floor at last.\n\n“Enough is enough.”", ["Enough is enough."]),
        ("He had one answer:\n\n“Not in my lifetime”", ["Not in my lifetime"]),
        (
            "“A harbor without ships is a pond with a view” — Marta Quill",
            ["A harbor without ships is a pond with a view"],
        ),
    ],
)
def test_short_quotations_count_where_someone_says_them(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Crews repaired the “warm line” after the storm.",
        "She is the author of “The Salt and the Rope: A Life Among Harbor Pilots.”",
        "He spoke on CBN’s “The Evening Hour With Ada Flint” on Sunday.",
        "The report, titled “Dredging in shallow water and who pays for it,” has 90 pages.",
        "He is known as “the hermit of the east pier” to everyone in town.",
        "‘A change of tide’",
        "Quill says port talks to ‘end well’ despite the storm",
        "ALSO READ : Quill calls harbor report ‘a pack of lies from start to end’",
        "Read more: “I saw the wave before it broke, and I ran”",
        "Photo: Quill waves before the “long night” in the harbor. (AP Photo)",
        "[Related: “A long night in the harbor and what came after”]",
        "William “Bud” Brant was at the harbor on Monday, Quill said.",
        "The harbor now has two “newcomer” classes, Quill said.",
        "—“New pier opens to traffic,” by the Harbor Post’s Ada Flint",
        "Sign up for “The Morning Tide,” our newsletter on all that floats and some that sinks.",
        "The dogs' bowls, the '90s, rock 'n' roll and O'Neill's boats.",
        "No quotation at all.",
        "word",
        "",
    ],
)
def test_titles_scare_quotes_and_page_furniture_are_no_statements(text: str) -> None:
    assert quotes(text + "\n\nIt rained in the harbor for the rest of the week.") == []


def test_subheading_in_single_marks_is_dropped_where_speech_has_double_ones() -> None:
    text = "“We are staying here,” Quill said.\n\n‘A change of tide.’\n\nThen it rained."
    assert quotes(text) == ["We are staying here,"]


def test_offsets_count_code_points() -> None:
    text = "🎉🎉 Zoë’s café. “Das große 🎈 steigt wieder auf,” sagte sie, said Zoë."
    (statement,) = find_statements(text)
    assert text[statement.start : statement.end] == "Das große 🎈 steigt wieder auf,"


@given(st.text(alphabet="ab .,\n\"“”‘’'«»—SsaidHe:(@)", max_size=200))
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
        start = time.process_time()
        find_statements(text)
        return time.process_time() - start

    seconds(2_000)
    assert seconds(50_000) < 40 * max(seconds(5_000), 0.005)
