from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("sklearn")
pytest.importorskip("torch")

import calibrate
from click.testing import CliRunner, Result

import stance
from stance.model.store import ModelFolder, shipped_model

DATA = Path(calibrate.__file__).parent / "data"


def some(name: str, count: int) -> list[dict[str, Any]]:
    with (DATA / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for _, line in zip(range(count), lines, strict=False)]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(calibrate.main, list(map(str, arguments)))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_model(), tmp_path / "model"))


def test_a_folder_is_calibrated_and_described_anew(copied: Path, tmp_path: Path) -> None:
    rows = [row for row in some("invented.jsonl", 160) if row["split"] == "train"]
    before = ModelFolder(copied).metadata
    result = run(
        *("--model", copied, "--calibration-share", 0.5),
        *("--train", write(tmp_path / "train.jsonl", rows)),
        *("--dev", write(tmp_path / "dev.jsonl", rows[:30])),
        *("--challenge", write(tmp_path / "pairs.jsonl", some("challenge.jsonl", 8))),
    )
    assert result.exit_code == 0, result.output
    for way in ("none", "temperature", "vector scaling", "isotonic", "top", "margin", "entropy"):
        assert f"\n  {way} " in result.output
    after = ModelFolder(copied).metadata
    assert after.temperatures != before.temperatures
    assert after.training == before.training
    assert after.review_below is not None
    assert 0 <= after.review_below <= 1
    assert after.quality["rows"] == 30
    assert set(after.quality["challenge"]) == {"pairs.jsonl"}
    assert {"review", "groups", "swaps"} <= set(after.quality)
    assert len((copied / "stance.json").read_text("utf-8").splitlines()) < 600
    assert "Hard cases: pairs.jsonl" in (copied / "README.md").read_text("utf-8")
    assert stance.load(copied, threads=1).metadata == after


def test_without_rows_to_report_on_nothing_is_written(copied: Path, tmp_path: Path) -> None:
    before = (copied / "stance.json").read_bytes()
    train = write(tmp_path / "train.jsonl", some("invented.jsonl", 90))
    result = run("--model", copied, "--train", train, "--calibration-share", 0.5)
    assert result.exit_code == 0, result.output
    assert (copied / "stance.json").read_bytes() == before
