from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("datasets")

import inputs
import torch
from click.testing import CliRunner
from model.tiny import tiny_base

ROW = {
    "quote": "we want peace",
    "context": "And “we want peace”, he said.",
    "previous": "Before.",
    "title": "Talks",
    "speaker": "Ada Quill",
    "side": "us",
    "date": "2016-02-01",
    "stance": "favor",
}


@pytest.mark.parametrize(
    ("variant", "expected"),
    [
        ("everything", ROW),
        ("the quote alone", ROW | dict.fromkeys(("context", "previous", "title", "speaker"))),
        ("without the title", ROW | {"title": None}),
        ("with the date", ROW | {"title": "2016-02-01 Talks"}),
        ("with the speaker's side", ROW | {"speaker": "Ada Quill, us"}),
    ],
)
def test_variants(variant: str, expected: dict[str, object]) -> None:
    read = inputs._with(ROW, inputs.VARIANTS[variant])
    assert {name: read[name] for name in ROW} == expected


def test_a_variant_is_held_against_everything(tmp_path: Path) -> None:
    torch.set_num_threads(1)
    rows = tmp_path / "rows.jsonl"
    labelled = [ROW | {"id": str(n), "quote": f"we want peace {n}"} for n in range(12)]
    labelled += [row | {"stance": "against", "id": row["id"] + "b"} for row in labelled]
    rows.write_text("".join(json.dumps(row) + "\n" for row in labelled), encoding="utf-8")
    arguments = ["--rows", rows, "--base", tiny_base(tmp_path / "tiny"), "--epochs", 1]
    result = CliRunner().invoke(
        inputs.main, [*map(str, arguments), "--variant", "without the title"]
    )
    assert result.exit_code == 0, result.output
    first, second = (line for line in result.output.splitlines() if "macro-F1" in line)
    assert first.startswith("everything: stance macro-F1")
    assert "   gain " not in first
    assert second.startswith("without the title: stance macro-F1")
    assert "   gain " in second
