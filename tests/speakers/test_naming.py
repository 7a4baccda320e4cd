from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.speakers.naming import SEQUENCE, parse_name


@pytest.mark.parametrize(
    ("sequence", "words", "title"),
    [
        ("President Vladimir Putin", ("Vladimir", "Putin"), "president"),
        ("Mr. Lavrov", ("Lavrov",), "mr"),
        ("House Intelligence Committee Chairman Devin Nunes", ("Devin", "Nunes"), "chairman"),
        ("But Angela Merkel", ("Angela", "Merkel"), "but"),
        ("Sen. Conor O’Neill Jr.", ("Conor", "O’Neill", "Jr."), "sen"),
        ("Ursula von der Leyen", ("Ursula", "von", "der", "Leyen"), None),
        ("Bashar al-Assad", ("Bashar", "al-Assad"), None),
        ("Prime Minister Theresa May", ("Theresa", "May"), "minister"),
        ("Secretary-General Ann Munk", ("Ann", "Munk"), "secretary-general"),
        ("Sen. J.D. Lee", ("J.D.", "Lee"), "sen"),
        ("Judge E.F. Roe III", ("E.F.", "Roe", "III"), "judge"),
        ("A.M. Lee", ("Lee",), None),
        ("Will Peter Lee", ("Peter", "Lee"), "will"),
        ("Will Lee", ("Will", "Lee"), None),
        ("Danish-born Peter King", ("Peter", "King"), "danish-born"),
    ],
)
def test_titles_are_no_part_of_a_name(
    sequence: str, words: tuple[str, ...], title: str | None
) -> None:
    assert SEQUENCE.fullmatch(sequence)
    name = parse_name(sequence)
    assert name is not None
    assert name.words == words
    assert sequence[name.offset :].startswith(words[0])
    assert title is None or title in name.titles


@pytest.mark.parametrize(
    "sequence",
    [
        "State Department",
        "The",
        "Moscow",
        "Supreme Court",
        "NATO",
        "Monday",
        "U.S.",
        "San Pedro",
        "Roman Catholic Church",
        "Marine General",
    ],
)
def test_bodies_and_places_are_no_people(sequence: str) -> None:
    assert parse_name(sequence) is None


@given(st.text(alphabet="AaZz. -'’éÉ1", max_size=60))
def test_every_run_of_capitals_can_be_parsed(text: str) -> None:
    for match in SEQUENCE.finditer(text):
        name = parse_name(match.group())
        assert name is None or match.group()[name.offset :].startswith(name.words[0])
