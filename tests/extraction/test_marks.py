from __future__ import annotations

import pytest

from stance.extraction.marks import Family, Role, find_marks


def roles(text: str) -> list[Role]:
    return [mark.role for mark in find_marks(text)]


@pytest.mark.parametrize(
    "text",
    [
        "don't won’t O'Neill rock-n-roll",
        "the '90s and the class of '16",
        "tell 'em ’twas ’til dawn",
        '<a href="https://harbor.example/x" title="A">link</a>',
        'poster="https://harbor.example/clip.jpg?id=4" play',
    ],
)
def test_apostrophes_and_markup_are_no_marks(text: str) -> None:
    assert list(find_marks(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" twice.', [Role.OPEN, Role.CLOSE]),
        ('("Yes.")', [Role.OPEN, Role.CLOSE]),
        ('word—"yes"—word', [Role.OPEN, Role.CLOSE]),
        ("said:“yes”", [Role.OPEN, Role.CLOSE]),
        ("”yes”", [Role.OPEN, Role.CLOSE]),
        ("„ja“", [Role.OPEN, Role.CLOSE]),
        ("»ja« sagte", [Role.OPEN, Role.CLOSE]),
        ("« oui »", [Role.OPEN, Role.CLOSE]),
        ("``yes,'' he", [Role.OPEN, Role.CLOSE]),
        ("\"'No,'\" he", [Role.OPEN, Role.OPEN, Role.CLOSE, Role.CLOSE]),
        ('a"b', [Role.EITHER]),
        ("the dogs' owner", [Role.CLOSE]),
    ],
)
def test_role_follows_the_surroundings(text: str, expected: list[Role]) -> None:
    assert roles(text) == expected


def test_doubled_marks_are_one_mark_of_the_double_family() -> None:
    opening, closing = find_marks("``Yes,'' she said.")
    assert (opening.family, opening.start, opening.end) == (Family.DOUBLE, 0, 2)
    assert (closing.family, closing.start, closing.end) == (Family.DOUBLE, 6, 8)
