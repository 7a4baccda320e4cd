from __future__ import annotations

import pytest

from stance.extraction.layout import is_clutter, is_heading, is_title_case


@pytest.mark.parametrize(
    "line",
    [
        "ALSO READ : Harbor closes for the winter",
        "Read more: The harbor in winter",
        "[Related: The harbor in winter]",
        "Image copyright Harbor Post Image caption The pier at night",
        "Sign up for our morning letter",
        "Photo by Ada Flint",
        "The pier at night, seen from the old customs house. (Ada Flint/AFP/Getty Images)",
    ],
)
def test_links_captions_and_newsletter_lines_are_clutter(line: str) -> None:
    assert is_clutter(line, (0, len(line)))


@pytest.mark.parametrize(
    "line",
    [
        "Related talks went on in the harbor, Quill said.",
        "Image is everything in the harbor, Quill said.",
        "“Watch the harbor,” Quill said.",
    ],
)
def test_sentences_are_not_clutter(line: str) -> None:
    assert not is_clutter(line, (0, len(line)))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("‘A change of tide’", True),
        ("Quill says talks to ‘end well’ despite the storm", True),
        ("“We stay,” Quill said.", False),
        ("“We stay!”", False),
        ("He had this to say:", False),
        ("“I have never seen a storm that came in so fast from the sea”", False),
        ("word " * 50, False),
    ],
)
def test_headings_are_short_and_no_sentences(line: str, expected: bool) -> None:
    assert is_heading(line, (0, len(line)), is_first=False) is expected


def test_first_line_in_title_case_is_a_heading_even_with_a_full_stop() -> None:
    line = "Quill Calls Harbor Plan a ‘Pack of Lies.’"
    assert is_heading(line, (0, len(line)), is_first=True)
    assert not is_heading(line, (0, len(line)), is_first=False)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The Salt and the Rope", True),
        ("1984 and After", True),
        ("The salt and the Rope", False),
        ("STAY IN THE HARBOR", False),
        ("Harbor", False),
        ("of the", False),
    ],
)
def test_title_case(words: str, expected: bool) -> None:
    assert is_title_case(words.split()) is expected
