from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("sklearn")
pytest.importorskip("matplotlib")
pytest.importorskip("vaderSentiment")

import evaluate
from click.testing import CliRunner, Result

from stance.errors import InputError, ModelError
from stance.model.spec import HEADS

DATA = Path(evaluate.__file__).parent / "data" / "invented.jsonl"
TEXT = (
    "“We want better relations with Moscow,” said Ada Quill.\n\n"
    "“Nobody has paid for the boats,” Jonas Bell complained."
)
QUOTE = "“We want better relations with Moscow,”"


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def invented(first: int, last: int) -> list[dict[str, Any]]:
    with DATA.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][first:last]


def minimal_pairs(count: int) -> list[dict[str, Any]]:
    with (DATA.parent / "challenge.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][:count]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(evaluate.main, list(map(str, arguments)))


def test_every_figure_is_printed_next_to_baselines(tmp_path: Path) -> None:
    plot = tmp_path / "reliability.png"
    gold = write(tmp_path / "gold.jsonl", invented(0, 30))
    learnt = write(tmp_path / "train.jsonl", invented(30, 90))
    result = run("--gold", gold, "--train", learnt, "--plot", plot)
    assert result.exit_code == 0, result.output
    printed = result.output
    assert "on 30 rows of gold.jsonl" in printed
    for head, labels in HEADS.items():
        assert re.search(rf"^{head}: macro-F1 \d\.\d+", printed, re.MULTILINE)
        for label in labels:
            assert re.search(rf"^  {label} +F1 ", printed, re.MULTILINE)
    assert printed.count("calibration error (ECE)") == len(HEADS)
    for baseline in ("majority", "TF-IDF + logistic regression", "VADER"):
        assert f"  {baseline}: macro-F1 " in printed
    assert plot.read_bytes().startswith(b"\x89PNG")


def test_where_it_fails_and_what_it_is_sure_of(tmp_path: Path) -> None:
    curve = tmp_path / "curve.png"
    named = [{**row, "speaker": "John Munk", "side": "us"} for row in invented(0, 12)]
    named += [{**row, "speaker": "Ivan Zubov", "side": "russia"} for row in invented(12, 24)]
    pairs = write(tmp_path / "pairs.jsonl", minimal_pairs(6))
    gold = write(tmp_path / "gold.jsonl", named)
    result = run("--gold", gold, "--curve", curve, "--groups", "--challenge", pairs)
    assert result.exit_code == 0, result.output
    assert result.output.count("can be kept at 90% accuracy") == len(HEADS)
    for line in ("needs_review: stance below", "  side of the speaker  rows", "  a speaker of the"):
        assert line in result.output
    assert "challenge set pairs.jsonl" in result.output
    assert "pairs right" in result.output
    assert curve.read_bytes().startswith(b"\x89PNG")


def test_whole_articles_and_marked_attributions(tmp_path: Path) -> None:
    start = TEXT.index(QUOTE)
    row = {
        "article": "river",
        "segments": [[start, start + len(QUOTE)]],
        "quote": QUOTE.strip("“”"),
        "speaker": "Ada Quill",
        "stance": "favor",
    }
    source = TEXT.index("Ada")
    attribution = {
        "source": [[source, source + len("Ada Quill")]],
        "cue": [],
        "content": row["segments"],
    }
    result = run(
        *("--gold", write(tmp_path / "gold.jsonl", [row])),
        *("--articles", write(tmp_path / "articles.jsonl", [{"id": "river", "text": TEXT}])),
        "--polnear",
        write(
            tmp_path / "polnear.jsonl",
            [{"id": "river", "text": TEXT, "attributions": [attribution]}],
        ),
    )
    assert result.exit_code == 0, result.output
    assert "whole articles: 1 articles, 1 rows" in result.output
    assert "statements found: 1.000" in result.output
    assert "the gate passes over: 0" in result.output
    assert "attributions marked by hand: 1 articles" in result.output
    assert "of what was found" in result.output
    assert "sentiment of what was found" not in result.output


def test_the_loss_of_the_export_is_printed(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    result = run("--gold", write(tmp_path / "gold.jsonl", invented(0, 6)), "--torch")
    assert result.exit_code == 0, result.output
    assert "loss in quality by the quantised export" in result.output
    assert result.output.count("of the labels differ") == len(HEADS)


def test_no_rows_are_said_to_be_none(tmp_path: Path) -> None:
    result = run("--gold", write(tmp_path / "gold.jsonl", []))
    assert result.exit_code == 0, result.output
    assert "on 0 rows" in result.output


def test_bad_input_is_one_line(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", [{"quote": "We talk.", "stance": "pro"}])
    result = run("--gold", gold)
    assert isinstance(result.exception, InputError)
    assert f"{gold}:1: stance is 'pro'" in str(result.exception)
    missing = run("--gold", gold, "--model", tmp_path / "none")
    assert isinstance(missing.exception, ModelError)
