from __future__ import annotations

import pytest

from stance.speakers.names import People
from stance.speakers.roles import MAX_ROLE, role_of, role_words

from .conftest import Narrate


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Russian foreign minister Ivan Petrov spoke.", "Russian foreign minister"),
        (
            "Ivan Petrov, a fellow at the Harbor Institute, spoke.",
            "a fellow at the Harbor Institute",
        ),
        ("Secretary of State Jane Roe and Foreign Minister Ivan Petrov met.", "Foreign Minister"),
        ("Mr. Petrov spoke to Ivan Petrov.", None),
        ("“It is late,” said Ivan Petrov,\n    “and dark.”", None),
        (
            "Ivan Petrov, the envoy " + "of a very long name " * 6 + ", spoke.",
            "the envoy of a very",
        ),
        (
            "Senator Ivan Petrov, the head of the harbor committee, spoke.",
            "the head of the harbor committee",
        ),
    ],
)
def test_role(narrate: Narrate, text: str, role: str | None) -> None:
    narration = narrate(text)
    person = People(narration, None).find(("Ivan", "Petrov"))
    assert person is not None
    found = role_of(person, narration)
    if role is None:
        assert found is None
    else:
        assert found is not None
        assert found.startswith(role)
        assert len(found) <= MAX_ROLE


def test_party_tags_are_roles(narrate: Narrate) -> None:
    narration = narrate("Sen. Jane Roe (D-Ohio) spoke.")
    [person] = People(narration, None).everyone()
    assert {"senator", "lawmaker", "democrat"} <= role_words(person, narration)
