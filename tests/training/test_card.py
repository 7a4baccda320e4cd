from __future__ import annotations

import pytest

from stance.model.spec import HEADS
from stance.model.store import Metadata
from stance.training.card import model_card

FIGURE = {"value": 0.6543, "low": 0.6, "high": 0.7}
METADATA = Metadata(
    name="tiny",
    version="9.9",
    base_model="someone/tiny-base",
    temperatures=dict.fromkeys(HEADS, 1.0),
    training={"rows": {"train": 40, "calibration": 4}},
    quality={
        "rows": 12,
        "stance": {"macro_f1": FIGURE, "accuracy": FIGURE, "f1": {"favor": FIGURE}, "ece": FIGURE},
    },
)


def test_the_front_matter_is_the_hubs() -> None:
    _, front, _ = model_card(METADATA).split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in front.splitlines())
    assert fields["base_model"] == "someone/tiny-base"
    assert fields["license"] == "apache-2.0"
    assert fields["pipeline_tag"] == "text-classification"


@pytest.mark.parametrize(
    "section", ["Use", "Meant for", "Not meant for", "Labels and training data", "Measured quality"]
)
def test_sections(section: str) -> None:
    assert f"\n## {section}\n" in model_card(METADATA)


def test_the_card_tells_rows_labels_and_figures() -> None:
    card = model_card(METADATA)
    assert "# tiny 9.9" in card
    assert "40 labelled rows to learn from and 4 more" in card
    assert "made by a language model" in card
    assert "12 development statements" in card
    assert all(label in card for labels in HEADS.values() for label in labels)
    assert "| stance | macro-F1 | 0.654 | 0.600 to 0.700 |" in card
    assert "| sentiment |" not in card
    assert "{" not in card
