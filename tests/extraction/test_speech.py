from __future__ import annotations

import pytest

from stance.extraction import find_statements


def quotes(text: str) -> list[str]:
    return [statement.quote(text) for statement in find_statements(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brant called the plan a “very good thing” for the port.", ["very good thing"]),
        ("It was a view that an aide called “a total joke.”", ["a total joke."]),
        ("The plan is “a total joke,” according to Oleg Brant.", ["a total joke,"]),
        ("According to Oleg Brant, the pier is “a loaded gun.”", ["a loaded gun."]),
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
        "That's called “a standing wave” in the trade.",
        "In 2010 a new committee called “portwatch” was opened.",
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
        "The mayor put it so:\n\nThe “old port” is closed.",
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


@pytest.mark.parametrize(
    "text",
    [
        "“We are staying here,” Quill said as others came in from the rain of a ‘long day’ there.",
        "“We are staying here,” Quill said. It had been a ‘long day’ for the others in the port.",
    ],
)
def test_single_marks_prove_little_where_speech_has_double_ones(text: str) -> None:
    assert quotes(text) == ["We are staying here,"]
