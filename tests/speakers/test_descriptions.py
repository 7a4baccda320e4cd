from __future__ import annotations

import pytest

from stance.speakers import attribute

from .conftest import quoted

PEOPLE = (
    "President Barack Obama called Russian President Vladimir Putin. German Chancellor Eva Lang "
    "listened, and so did Sen. Jane Roe (R-Ohio).\n\n"
)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("the president", "Barack Obama"),
        ("the Russian president", "Vladimir Putin"),
        ("the German chancellor", "Eva Lang"),
        ("the senator", "Jane Roe"),
        ("the Ohio Republican", "Jane Roe"),
        ("the French chancellor", "the French chancellor"),
        ("the ministry", "the ministry"),
        ("the source", "the source"),
    ],
)
def test_definite_descriptions(source: str, name: str) -> None:
    text = PEOPLE + f"“We will see what comes of it,” {source} said."
    [speaker] = attribute(text, quoted(text))
    assert speaker.name == name


def test_a_statement_has_the_author_that_issued_it() -> None:
    text = "The Harbor Institute issued a statement.\n\n“It is over,” the statement said."
    [speaker] = attribute(text, quoted(text))
    assert speaker.name == "The Harbor Institute"


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("One former Roe adviser was perplexed by the vote.", "One former Roe adviser"),
        ("Jane Roe, a former adviser, was perplexed by the vote.", "the person"),
        ("The vote was a surprise.", "the person"),
    ],
)
def test_the_person_is_whom_the_sentence_before_leaves_unnamed(before: str, name: str) -> None:
    text = f"{PEOPLE}{before}\n\n“They lost it,” the person said."
    [speaker] = attribute(text, quoted(text))
    assert speaker.name == name


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("Ann Poole rebuked Obama.", "the Vermont Democrat", "Ann Poole"),
        ("Ann Poole rebuked Obama.", "the Ohio Republican", "Jane Roe"),
        ("Ann Poole, a Democrat, rebuked Obama.", "the top Democrat", "Ann Poole"),
        ("Obama left.", "the Democrat", "Barack Obama"),
    ],
)
def test_no_president_is_a_state_s_lawmaker(before: str, source: str, name: str) -> None:
    text = f"{PEOPLE}{before}\n\n“We will see what comes of it,” {source} said."
    [speaker] = attribute(text, quoted(text))
    assert speaker.name == name


def test_a_son_has_not_his_father_s_offices() -> None:
    text = (
        "Donald Trump left. His son Donald Trump Jr. stayed.\n\n"
        "“We will see what comes of it,” the president said."
    )
    [speaker] = attribute(text, quoted(text))
    assert speaker.name == "Donald Trump"


def test_a_name_inside_a_description_is_not_its_own() -> None:
    text = f"{PEOPLE}A Roe aide spoke of a mistake.\n\n“They lost it,” she added."
    [speaker] = attribute(text, quoted(text))
    assert speaker.name == "a Roe aide"


def test_a_title_before_a_name_outweighs_how_long_ago_it_was() -> None:
    away = "The rules of the treaty were long, and nobody in the room had read them all. " * 11
    text = (
        "Gen. Lev Roe, the deputy chief of the Soviet General Staff, spoke.\n\n"
        f"{away}\n\n“A good tailor,” Clay Doe said.\n\n"
        "The general was asked about it. “We will see what comes of it,” he answered."
    )
    assert [speaker.name for speaker in attribute(text, quoted(text))][-1] == "Lev Roe"


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("A spokesman for the party spoke.", "the spokesman", "a spokesman for the party"),
        ("A Roe spokesman spoke.", "the spokesman", "a Roe spokesman"),
        ("John Poole, a spokesman for the party, spoke.", "the spokesman", "John Poole"),
        ("A spokesman spoke. Party spokesman John Poole left.", "the spokesman", "John Poole"),
        ("FBI Director Ann Poole met party chief John Doe.", "the FBI chief", "Ann Poole"),
        ("Party chief John Doe spoke.", "the chief", "John Doe"),
    ],
)
def test_whom_a_description_means_was_named_before(before: str, source: str, name: str) -> None:
    after = "FBI spokesman Luke Hale and mayoral chief Ivan Hill were there."
    text = f"{PEOPLE}{before}\n\n“We will see what comes of it,” {source} said.\n\n{after}"
    [speaker] = attribute(text, quoted(text))
    assert speaker.name == name
