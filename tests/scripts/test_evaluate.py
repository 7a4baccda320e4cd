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
from stance.model.store import ModelFolder, shipped_model

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
    learnt = write(tmp_path / "train.jsonl", invented(30, 60))
    more = write(tmp_path / "more.jsonl", invented(60, 90))
    result = run("--gold", gold, "--train", learnt, "--train", more, "--plot", plot)
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


def test_the_baselines_learn_from_all_files(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", [{**row, "stance": "favor"} for row in invented(0, 4)])
    few = [{"quote": "We talk of peace. We talk.", "stance": "against"}] * 2
    many = [{"quote": "We talk of trade. We talk.", "stance": "favor"}] * 3
    files = [write(tmp_path / f"{i}.jsonl", rows) for i, rows in enumerate((few, many))]
    result = run("--gold", gold, "--train", files[0], "--train", files[1])
    assert result.exit_code == 0, result.output
    # By one of the files alone, the commonest label would be wrong or the only one.
    assert result.output.count("majority: macro-F1 0.250") == 1
    assert result.output.count("TF-IDF + logistic regression: macro-F1") == 1


@pytest.mark.parametrize(
    "learnt",
    [
        [{"quote": "We talk.", "stance": "favor"}],
        [{"quote": "We talk.", "stance": "favor"}] * 3,
        [{"quote": "Yes.", "stance": "favor"}, {"quote": "No.", "stance": "against"}],
    ],
)
def test_too_few_rows_to_learn_from(tmp_path: Path, learnt: list[dict[str, Any]]) -> None:
    gold = write(tmp_path / "gold.jsonl", invented(0, 2))
    result = run("--gold", gold, "--train", write(tmp_path / "train.jsonl", learnt))
    assert isinstance(result.exception, InputError)
    assert "too few to learn stance from" in str(result.exception)


def test_plots_are_of_the_heads_that_have_labels(tmp_path: Path) -> None:
    rows = [{key: row[key] for key in ("quote", "stance")} for row in invented(0, 6)]
    gold = write(tmp_path / "gold.jsonl", rows)
    plots = {name: tmp_path / f"{name}.png" for name in ("plot", "curve")}
    result = run("--gold", gold, "--plot", plots["plot"], "--curve", plots["curve"])
    assert result.exit_code == 0, result.output
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in plots.values())
    bare = write(tmp_path / "bare.jsonl", [{"quote": "We talk."}])
    for option, path in plots.items():
        result = run("--gold", bare, f"--{option}", path)
        assert isinstance(result.exception, InputError)
        assert "no labels to plot" in str(result.exception)


def test_what_a_model_gains_over_another(tmp_path: Path) -> None:
    rows = [{key: row[key] for key in ("quote", "stance", "side")} for row in invented(0, 6)]
    result = run("--gold", write(tmp_path / "gold.jsonl", rows), "--against", shipped_model())
    assert result.exit_code == 0, result.output
    assert f"gain over {ModelFolder(shipped_model()).metadata.full_name}" in result.output
    for head in ("stance", "side"):
        assert f"  {head}: 0.000 [0.000, 0.000]; 0.0% of the labels differ" in result.output
    assert "  sentiment: 0." not in result.output


def test_a_second_reader_is_measured_on_the_rows_that_it_has(tmp_path: Path) -> None:
    stances = ("favor", "against", "neutral", "unrelated")
    gold = [{"quote": "We talk.", "id": f"r{i}", "stance": stances[i % 4]} for i in range(9)]
    labels = [{"id": row["id"], "stance": row["stance"], "side": "us"} for row in gold[:8]]
    second = write(tmp_path / "second.jsonl", [*labels, {"id": "other", "stance": "favor"}])
    path = write(tmp_path / "gold.jsonl", gold)
    result = run("--gold", path, "--second", second)
    assert result.exit_code == 0, result.output
    *_, told = result.output.partition("second reader second.jsonl\n")
    assert re.match(r"  stance: macro-F1 1\.000 \[\S+ 1\.000\] .*   rows 8\n", told)
    assert "side:" not in told
    result = run("--gold", path, "--second", write(tmp_path / "x.jsonl", [{"id": "other"}]))
    assert isinstance(result.exception, InputError)
    assert "x.jsonl has labels of none of the gold rows" in str(result.exception)


def test_articles_of_which_no_row_is(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", invented(0, 1))
    articles = write(tmp_path / "articles.jsonl", [{"id": "river", "text": TEXT}])
    result = run("--gold", gold, "--articles", articles)
    assert isinstance(result.exception, InputError)
    marked = write(tmp_path / "marked.jsonl", [{"text": "It rains.", "attributions": []}])
    result = run("--gold", gold, "--polnear", marked)
    assert result.exit_code == 0, result.output
    assert "right speaker, all sources: none found" in result.output


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
