from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.speakers.names import OUTNUMBERED, People

NamePeople = Callable[..., People]


def found(people: People, *words: str, titles: str = "") -> str | None:
    person = people.find(words, frozenset(titles.split()))
    return person and person.name


def test_a_surname_means_the_fullest_name(name_people: NamePeople) -> None:
    people = name_people("Rex Tillerson spoke. Rex W. Tillerson left. Mr. Tillerson slept.")
    assert found(people, "Tillerson") == "Rex W. Tillerson"


def test_a_first_name_alone(name_people: NamePeople) -> None:
    assert found(name_people("Hillary Clinton spoke."), "Hillary") == "Hillary Clinton"


def test_a_nickname_in_the_headline(name_people: NamePeople) -> None:
    people = name_people("Attorney General William Barr spoke.", "Bill Barr speaks")
    assert len(people.everyone()) == 1


def test_mr_and_mrs(name_people: NamePeople) -> None:
    people = name_people("Anna Petrova and Ivan Petrova met. Anna Petrova left.")
    assert found(people, "Petrova") == "Anna Petrova"
    assert found(people, "Petrova", titles="mr") == "Ivan Petrova"


def test_a_junior_comes_last(name_people: NamePeople) -> None:
    people = name_people("John Roe Jr. and John Roe Jr. and John Roe met.")
    assert found(people, "Roe") == "John Roe"


def test_a_surname_with_a_suffix_means_its_bearer(name_people: NamePeople) -> None:
    people = name_people("John Roe spoke. John Roe Jr. met Ann Roe. Roe Jr. left.")
    assert found(people, "Roe", "Jr.") == "John Roe Jr."
    assert found(people, "Roe") == "John Roe"


def test_a_patronymic_is_no_surname(name_people: NamePeople) -> None:
    people = name_people("Ivan Petrovich left. Ivan Petrovich Sorokin and Ivan Petrovich met.")
    assert found(people, "Ivan", "Petrovich") == "Ivan Petrovich Sorokin"
    assert len(people.everyone()) == 1


def test_gender_from_pronouns(name_people: NamePeople) -> None:
    people = name_people("Zurab Lomidze left. Lomidze said he was tired.")
    [person] = people.everyone()
    assert person.gender == "m"


@pytest.mark.parametrize(
    "text", ["The Reagan Doctrine held.", "In May 2017 it rained.", "He met the House."]
)
def test_no_people(name_people: NamePeople, text: str) -> None:
    assert name_people(text).mentioned(0, len(text)) == []


def test_mentions_lie_in_the_narration(name_people: NamePeople) -> None:
    text = "Jane Roe said “Ivan Petrov was there.” Roe left."
    spans = [text[slice(*span)] for span, _ in name_people(text).mentioned(0, len(text))]
    assert spans == ["Jane Roe", "Roe"]


@pytest.mark.parametrize(
    ("times", "expected"), [(OUTNUMBERED, "Al Brant"), (OUTNUMBERED + 1, "Bo Brant")]
)
def test_a_namesake_named_far_more_often_is_meant(
    name_people: NamePeople, times: int, expected: str
) -> None:
    text = "Bo Brant spoke. " * times + "Then Al Brant came. Brant left."
    *_, (_, last) = name_people(text).mentioned(0, len(text))
    assert last.name == expected
