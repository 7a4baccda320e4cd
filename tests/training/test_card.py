from __future__ import annotations

from dataclasses import replace
from typing import Any

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
    training={
        "files": ["us_russia_train.jsonl.gz", "invented.jsonl"],
        "rows": {"train": 40, "calibration": 4},
    },
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
    assert "40 labelled rows to learn from, and 4 labelled rows to calibrate with." in card
    assert "made by a language model" in " ".join(card.split()).replace("**", "")
    assert "12 development statements" in card
    assert all(label in card for labels in HEADS.values() for label in labels)
    assert "| stance | macro-F1 | 0.654 [0.600, 0.700] |" in card
    assert "| sentiment |" not in card
    assert "{" not in card
    assert "Where it fails" not in card


def test_the_card_names_the_teacher() -> None:
    teacher = {"seeds": [1], "settings": {"base": "someone/great-base"}}
    rows = {"train": 40, "taught": 90, "calibration": 4}
    card = model_card(replace(METADATA, training={"rows": rows, "teacher": teacher}))
    told = "90 statements more that have no label but what a larger model, someone/great-base fine-"
    assert told in " ".join(card.split())


def test_the_card_names_what_the_model_was_polished_with() -> None:
    training = {
        "rows": {"train": 40, "calibration": 4},
        "polish": {"files": ["a.jsonl", "b.jsonl"], "rows": 1200},
    }
    training["note"] = "It was stopped early."
    told = "It went on to learn 1,200 more beside these (a.jsonl, b.jsonl). It was stopped early."
    assert told in " ".join(model_card(replace(METADATA, training=training)).split())
    assert "went on to learn" not in model_card(METADATA)


def test_the_card_of_another_target_says_what_its_labels_mean() -> None:
    card = " ".join(model_card(replace(METADATA, target="US–Atlantis relations")).split())
    assert "toward **US–Atlantis relations** (favor, against" in card
    assert "praises or helps US–Atlantis relations" in card
    assert "speak of US–Atlantis relations, in aggregates" in card
    assert "Fine-tuned from someone/tiny-base" in card
    assert "made by a language model" not in card
    assert "{" not in card


@pytest.mark.parametrize(
    ("base", "told"),
    [
        ({"files": ["us_russia_train.jsonl.gz"], "words": True}, "made by a language model"),
        ({"files": ["us_russia_train.jsonl.gz"], "words": True}, "is that of shipped 1.0."),
        ({"files": ["theirs.jsonl"], "words": False}, "its own card tells"),
        (None, "Fine-tuned from shipped 1.0"),
    ],
)
def test_the_card_of_ones_own_rows_names_them(base: dict[str, Any] | None, told: str) -> None:
    training = {**METADATA.training, "files": ["own.jsonl", "us_russia_train.jsonl.gz"]}
    training |= {} if base is None else {"base": base}
    card = " ".join(
        model_card(replace(METADATA, base_model="shipped 1.0", training=training))
        .replace("**", "")
        .split()
    )
    assert "The labels are those of own.jsonl, us_russia_train.jsonl.gz: they mean what" in card
    assert told in card
    assert "from US news of 2012 to 2020" not in card
    assert ("made by a language model" in card) == ("us_russia" in str(base))
    assert ("word model" in card) == bool(base and base["words"])


def test_the_card_of_the_default_target_names_the_countries() -> None:
    card = " ".join(model_card(METADATA).split())
    assert "relations between the United States and Russia" in card
    assert "all in an archive that favor better relations" in card


GROUP = {"rows": 40, "macro_f1": FIGURE, "accuracy": FIGURE}
MORE = {
    "review": {"target": 0.9, "below": 0.71, "kept": FIGURE, "accuracy": FIGURE, "related": FIGURE},
    "groups": {"side of the speaker": {"us": GROUP, "russia": GROUP}},
    "swaps": {"no speaker": {"rows": 30, "changed": FIGURE, "shift": FIGURE}},
    "challenge": {"pairs.jsonl": {"phenomenon": {"irony": GROUP | {"pairs": FIGURE}}}},
}


def with_quality(**more: Any) -> Metadata:  # noqa: ANN401
    quality = METADATA.quality | {"stance": METADATA.quality["stance"] | {"kept": FIGURE}}
    return replace(METADATA, quality=quality | more)


def test_the_card_tells_when_to_trust_and_where_it_fails() -> None:
    card = model_card(with_quality(**MORE))
    assert "{" not in card
    assert "| us | 40 | 0.654 [0.600, 0.700] | 0.654 [0.600, 0.700] |" in card
    assert "| no speaker | 30 | 0.654 [0.600, 0.700] | 0.654 [0.600, 0.700] |" in card
    assert "## Hard cases: pairs.jsonl" in card
    assert "| irony | 40 |" in card
    card = " ".join(card.split())
    assert "65 % (60 to 70 %) of the development statements" in card
    assert "below 0.71" in card


def test_the_card_of_a_model_that_is_never_sure() -> None:
    card = model_card(with_quality(review={"target": 0.9, "below": 1.0, "kept": FIGURE}))
    card = " ".join(card.split())
    assert "marks every stance: no threshold leaves 90 % right" in card
