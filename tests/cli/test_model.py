from __future__ import annotations

import json

from cli.conftest import Stance
from stance.cli.model import brief, described


def test_model_is_described(stance: Stance) -> None:
    assert stance("model") == (0, "name  fake 1\n", "")
    assert json.loads(stance("model", "--json")[1]) == {"name": "fake 1"}


def test_figures_that_fill_pages_are_left_to_the_card() -> None:
    facts: dict[str, object] = {"name": "m", "quality": {"rows": 4, "groups": {"year": {}}}}
    assert list(described(brief(facts))) == ["name     m", "quality", "  rows  4"]


def test_facts_are_set_in_under_their_heading() -> None:
    facts: dict[str, object] = {
        "base_model": "m",
        "labels": {"stance": ["favor", "against"]},
        "f1": 0.123456,
    }
    facts["ece"] = {"value": 0.04, "low": 0.03, "high": 0.0567}
    assert list(described(facts)) == [
        "base model  m",
        "labels",
        "  stance  favor, against",
        "f1          0.123",
        "ece         0.04  (0.03 to 0.0567)",
    ]
