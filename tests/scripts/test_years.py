from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("datasets")

import torch
import years
from click.testing import CliRunner, Result
from model.tiny import tiny_base

from stance.errors import InputError


def rows(*dates: str) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{number}",
            "quote": f"we want peace and bread number {number}",
            "stance": ("favor", "against", "neutral")[number % 3],
            "date": date,
        }
        for number, date in enumerate(dates)
    ]


def run(folder: Path, own: list[dict[str, Any]], *arguments: object) -> Result:
    torch.set_num_threads(1)
    data = folder / "rows.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in own), encoding="utf-8")
    base = tiny_base(folder / "tiny-bert")
    fixed = ("--rows", data, "--base", base, "--epochs", 1, "--seed", 1, "--seed", 2)
    return CliRunner().invoke(years.main, list(map(str, (*fixed, *arguments))))


def test_old_articles_against_all_years(tmp_path: Path) -> None:
    own = rows(*["2015-03-01"] * 6, *["2019-03-01"] * 6, *["2020"] * 6, "")
    result = run(tmp_path, own)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    for name in ("up to 2018", "all years"):
        for seed in (1, 2):
            assert sum(x.startswith(f"{name}, seed {seed}, 6 rows learnt") for x in lines) == 1
    tested = [int(n) for n in re.findall(r"up to 2018, seed .* rows (\d+)$", result.output, re.M)]
    assert sum(tested) == 12  # each later row by one of two seeds
    assert sum("macro-F1 lost by learning from old alone" in line for line in lines) == 3


def test_a_learning_curve(tmp_path: Path) -> None:
    own = rows(*["2015"] * 24)
    result = run(tmp_path, own, "--dev", tmp_path / "rows.jsonl", "--share", 0.5, "--share", 1)
    assert result.exit_code == 0, result.output
    learnt = [int(n) for n in re.findall(r"(\d+) rows learnt", result.output)]
    assert learnt[1::2] == [24, 24]
    assert all(0 < size < 24 for size in learnt[::2])
    assert "100% of the articles, all seeds: stance macro-F1" in result.output


def test_years_on_both_sides_are_needed(tmp_path: Path) -> None:
    result = run(tmp_path, rows("2015", "2016"))
    assert isinstance(result.exception, InputError)
    curve = run(tmp_path, rows("2015"), "--share", 1)
    assert curve.exit_code == 2
