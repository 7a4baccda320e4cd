from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import train
from click.testing import CliRunner, Result

pytest.importorskip("torch")
pytest.importorskip("datasets")

import numpy as np
import torch
from model.tiny import tiny_base
from transformers import AutoModel, AutoTokenizer

import stance
import stance.model.modeling
from stance.errors import InputError, ModelError
from stance.labelled import statement_text
from stance.model.store import ModelFolder, copy_for_package, shipped_model
from stance.model.torch_engine import TorchEngine

INVENTED = Path(train.__file__).parent / "data" / "invented.jsonl"
BASE = "someone/tiny-bert"
ARTICLE = "“We want peace with Russia,” the envoy said.\n\n“They want talk,” said Ada Quill."


def invented() -> list[dict[str, Any]]:
    with INVENTED.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    # Threads that wait for busy processors take longer than one.
    torch.set_num_threads(1)
    return CliRunner().invoke(train.main, list(map(str, arguments)))


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    """Forty rows, of which some lack a label and three are there to be measured on alone."""
    chosen = [row for row in invented() if row["split"] == "train"][:40]
    for row in chosen[::7]:
        del row["stance"]
    for row in chosen[1::7]:
        row["sentiment"] = None
    challenge = [{**row, "split": "challenge", "quote": "Trap."} for row in chosen[:3]]
    return chosen + challenge


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> Path:
    """The folder that two seeds of one epoch on a tiny encoder give."""
    scratch = tmp_path_factory.mktemp("train")
    base = tiny_base(scratch / "tiny-bert")
    out = scratch / "model"
    result = run(
        *("--train", write(scratch / "train.jsonl", rows)),
        *("--dev", write(scratch / "dev.jsonl", rows[:12])),
        *("--out", out, "--base", base, "--base-name", BASE, "--seed", 1, "--seed", 2),
        *("--epochs", 1, "--patience", 0, "--calibration-share", 0.2),
    )
    assert result.exit_code == 0, result.output
    assert "stance: macro-F1 0." in result.output
    return out


def test_the_folder_loads_and_scores(trained: Path) -> None:
    scorer = stance.load(trained)
    found = scorer.score_article(ARTICLE).statements
    assert len(found) == 2
    assert {row.model for row in found} == {scorer.name}
    assert [s.model for s in scorer.score_statements(["We will talk."])] == [scorer.name]


def test_transformers_loads_the_folder(trained: Path, rows: list[dict[str, Any]]) -> None:
    model = AutoModel.from_pretrained(trained).eval()
    assert isinstance(model, stance.model.modeling.StanceModel)
    tokenizer = AutoTokenizer.from_pretrained(trained)
    assert tokenizer.convert_tokens_to_ids("[QUOTE]") == model.config.quote_open_id
    folder = ModelFolder(trained)
    encoded = [folder.input_encoder().encode(statement_text(row)) for row in rows]
    full = TorchEngine.from_folder(trained, "cpu").logits(encoded)
    quantised = folder.engine("onnx").logits(encoded)
    assert np.abs(full - quantised).max() < 0.1


def test_challenge_rows_are_never_learnt_from(trained: Path) -> None:
    metadata = ModelFolder(trained).metadata
    used = metadata.training["rows"]
    assert used["train"] + used["calibration"] == 40
    assert used["calibration"] > 0
    assert metadata.training["seeds"] == [1, 2]
    assert metadata.base_model == BASE


def test_the_card_and_the_figures(trained: Path) -> None:
    metadata = ModelFolder(trained).metadata
    assert metadata.quality["rows"] == 12
    assert set(metadata.files) == {
        *("lexical.onnx", "model.onnx", "model.safetensors", "tokenizer.json")
    }
    card = (trained / "README.md").read_text("utf-8")
    assert f"base_model: {BASE}" in card
    for section in ("Use", "Meant for", "Not meant for", "Measured quality"):
        assert f"\n## {section}\n" in card


def test_the_package_takes_what_a_processor_needs(trained: Path, tmp_path: Path) -> None:
    copy_for_package(trained, tmp_path / "weights")
    names = {path.name for path in (tmp_path / "weights").iterdir()}
    assert names == {
        *("README.md", "config.json", "lexical.onnx", "model.onnx", "stance.json"),
        *("tokenizer.json", "tokenizer_config.json"),
    }
    rows = stance.load(tmp_path / "weights").score_article(ARTICLE).statements
    assert rows == stance.load(trained).score_article(ARTICLE).statements


AFAR = """“Nobody in our two capitals gains from this quarrel,” the Atlantean envoy said.

“They have cheated our fishermen for years,” said Ada Quill. “Close the ports to them.”

“The talks begin on Tuesday at nine,” a spokesman said.
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> Path:
    """One epoch from the shipped weights on eight rows, toward another target."""
    scratch = tmp_path_factory.mktemp("own")
    labelled = [row for row in rows if row.get("stance") and row.get("sentiment")][:12]
    out = scratch / "own"
    result = run(
        *("--train", write(scratch / "own.jsonl", labelled)),
        *("--dev", write(scratch / "own-dev.jsonl", labelled[:4])),
        *("--base", "stance", "--target", "US–Atlantis relations", "--out", out),
        *("--epochs", 1, "--calibration-share", 0.4, "--package", scratch / "package"),
    )
    assert result.exit_code == 0, result.output
    return scratch / "package"


def test_own_labels_go_on_from_the_shipped_model(own: Path) -> None:
    metadata = ModelFolder(own).metadata
    assert metadata.target == "US–Atlantis relations"
    assert metadata.name == "stance-us-atlantis-relations"
    assert metadata.base_model == ModelFolder(shipped_model()).metadata.full_name
    settings = metadata.training["settings"]
    assert settings["learning_rate"] == train.FROM_STANCE_MODEL["learning_rate"]
    assert not (own / "lexical.onnx").exists()
    assert "toward **US–Atlantis relations**" in " ".join((own / "README.md").read_text().split())


@pytest.mark.parametrize(
    ("base", "name", "target", "expected"),
    [
        ("stance", None, None, "stance-us-russia-tuned"),
        ("stance", "mine", None, "mine"),
        ("stance", None, "US–Atlantis relations", "stance-us-atlantis-relations"),
        ("someone/encoder", None, None, "stance-us-russia"),
    ],
)
def test_no_model_goes_by_the_name_of_the_one_it_goes_on_from(
    base: str, name: str | None, target: str | None, expected: str
) -> None:
    plan = train._one_run((Path("rows"),), Path("dev"), base, None, target, name, (1,))
    assert plan.name == expected


def test_a_model_of_another_target_scores_what_names_no_russia(own: Path) -> None:
    scorer = stance.load(own)
    rows = scorer.score_article(AFAR).statements
    assert [row.model for row in rows] == [scorer.name] * 3
    assert all(row.p_unrelated < 1 for row in rows)
    assert {row.stance for row in rows} != {"unrelated"}


def test_a_bad_line_is_named(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    good = write(tmp_path / "good.jsonl", rows[:2])
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps(rows[0]) + "\n{oops\n", encoding="utf-8")
    result = run("--train", bad, "--dev", good, "--out", tmp_path / "out")
    assert isinstance(result.exception, InputError)
    assert str(result.exception).startswith(f"{bad}:2: not JSON")
    assert not (tmp_path / "out").exists()


def test_too_few_rows(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    few = write(tmp_path / "few.jsonl", rows[:1])
    result = run("--train", few, "--dev", few, "--out", tmp_path / "out")
    assert isinstance(result.exception, InputError)
    assert "training needs rows" in str(result.exception)


def test_a_base_that_is_not_there(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    file = write(tmp_path / "rows.jsonl", rows)
    base = tmp_path / "none"
    result = run("--train", file, "--dev", file, "--out", tmp_path / "out", "--base", base)
    assert isinstance(result.exception, ModelError)
    assert f"cannot load the base model {base}" in str(result.exception)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("--target", "US–Atlantis relations"), "--target"),
        (("--seed", 1), "--seed"),
        (("--no-bf16",), "--bf16/--no-bf16"),
        (("--base", train.DEFAULT_BASE), "--base"),
        (("--train", "rows.jsonl"), "--train"),
    ],
)
def test_a_recipe_leaves_nothing_else_to_say(
    tmp_path: Path, given: tuple[object, ...], named: str
) -> None:
    result = run("--recipe", tmp_path / "recipe.toml", "--out", tmp_path / "out", *given)
    assert result.exit_code == 2
    assert f"{named} does not go with --recipe" in result.output
    assert not (tmp_path / "out").exists()


def test_checkpoints_of_another_run_are_refused(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    out = tmp_path / "model"
    checkpoints = out / "checkpoints"
    checkpoints.mkdir(parents=True)
    (checkpoints / "run.json").write_text('{"run": "another", "rows": 3}', encoding="utf-8")
    data = write(tmp_path / "rows.jsonl", rows)
    result = run("--train", data, "--dev", data, "--out", out, "--base", tmp_path)
    assert isinstance(result.exception, InputError)
    assert "other settings or rows" in str(result.exception)
