from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import stance
from stance.errors import ModelError
from stance.model.spec import HEADS
from stance.model.store import (
    DEFAULT_TARGET,
    FORMAT,
    Metadata,
    ModelFolder,
    local_folder,
    shipped_model,
    write_metadata,
)


def edit(folder: Path, name: str, **changes: Any) -> None:  # noqa: ANN401
    path = folder / name
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), encoding="utf-8")


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garble(path: Path) -> None:
    """Keep the size, change the bytes."""
    path.write_bytes(b"\x93" * path.stat().st_size)


def without_sizes(folder: Path) -> None:
    """Take the sizes away that would give a damage away before the file is read."""
    edit(folder, "stance.json", files={})


def halve_unnoticed(folder: Path, name: str) -> None:
    without_sizes(folder)
    halve(folder / name)


LABELS = {head: list(labels) for head, labels in HEADS.items()}

DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no stance.json": (lambda f: (f / "stance.json").unlink(), "it has no stance.json"),
    "no model": (lambda f: (f / "model.onnx").unlink(), "model.onnx is missing"),
    "no tokenizer": (lambda f: (f / "tokenizer.json").unlink(), "tokenizer.json is missing"),
    "no configuration": (lambda f: (f / "config.json").unlink(), "it has no config.json"),
    "truncated model": (lambda f: halve(f / "model.onnx"), "bytes where"),
    "truncated word model": (lambda f: halve(f / "lexical.onnx"), "bytes where"),
    "truncated tokenizer": (lambda f: halve(f / "tokenizer.json"), "bytes where"),
    "truncated stance.json": (lambda f: halve(f / "stance.json"), "stance.json is damaged"),
    "truncated config.json": (lambda f: halve(f / "config.json"), "config.json is damaged"),
    "stance.json of bytes": (lambda f: garble(f / "stance.json"), "stance.json is damaged"),
    "stance.json of a list": (lambda f: (f / "stance.json").write_text("[]"), "not a JSON object"),
    "garbled model": (lambda f: garble(f / "model.onnx"), "cannot load the model"),
    "garbled tokenizer": (lambda f: garble(f / "tokenizer.json"), "cannot read the tokenizer"),
    "model cut unnoticed": (lambda f: halve_unnoticed(f, "model.onnx"), "cannot load the model"),
    "tokenizer cut unnoticed": (
        lambda f: halve_unnoticed(f, "tokenizer.json"),
        "cannot read the tokenizer",
    ),
    "older form": (lambda f: edit(f, "stance.json", format=FORMAT - 1), f"of format {FORMAT - 1}"),
    "newer form": (lambda f: edit(f, "stance.json", format=FORMAT + 1), f"of format {FORMAT + 1}"),
    "unknown field": (lambda f: edit(f, "stance.json", colour="red"), "is not complete"),
    "other labels": (
        lambda f: edit(f, "stance.json", labels=LABELS | {"stance": ["pro", "con"]}),
        "predicts",
    ),
    "other order of labels": (
        lambda f: edit(f, "stance.json", labels=LABELS | {"stance": LABELS["stance"][::-1]}),
        "predicts",
    ),
    "no temperatures": (lambda f: edit(f, "stance.json", temperatures={}), "lacks a temperature"),
    "no target": (lambda f: edit(f, "stance.json", target=" "), "target is ' '"),
    "target of numbers": (lambda f: edit(f, "stance.json", target=7), "target is 7"),
    "threshold out of range": (
        lambda f: edit(f, "stance.json", review_below=7),
        "review_below is 7",
    ),
    "threshold of words": (
        lambda f: edit(f, "stance.json", review_below="half"),
        "review_below is 'half'",
    ),
    "other inputs": (lambda f: edit(f, "config.json", inputs={"body": 9}), "inputs must be"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_folder_is_refused_in_one_line(copied: Path, damage: str) -> None:
    harm, expected = DAMAGES[damage]
    harm(copied)
    with pytest.raises(ModelError) as raised:
        stance.load(copied)
    message = str(raised.value)
    assert expected in message
    assert len(message.splitlines()) == 1


@pytest.mark.parametrize("kind", ["nothing", "file"])
def test_what_is_no_folder_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "model"
    if kind == "file":
        path.write_text("no model")
    with pytest.raises(ModelError, match="no model folder at"):
        stance.load(path)


def test_metadata_round_trip(tmp_path: Path) -> None:
    metadata = Metadata(
        name="tiny — малая",
        version="1.2",
        base_model="none",
        temperatures=dict.fromkeys(HEADS, 1.5),
        target="ferries — паромы",
        lexical_temperatures=dict.fromkeys(HEADS, 0.5),
        training={"rows": {"train": 3}},
        quality={"rows": 2},
    )
    (tmp_path / "model.onnx").write_bytes(b"12345")
    (tmp_path / "README.md").write_text("not counted")
    write_metadata(tmp_path, metadata)
    read = ModelFolder(tmp_path).metadata
    assert read.files == {"model.onnx": 5}
    assert replace(read, files={}) == metadata
    assert read.full_name == "tiny — малая 1.2"


def test_stance_json_is_for_people_too(tmp_path: Path) -> None:
    figure = {"value": 0.5, "low": 0.4, "high": 0.6}
    groups = dict.fromkeys(("us", "russia", "other", "unknown", "all of them together"), figure)
    write_metadata(
        tmp_path,
        Metadata("tiny", "1", "none", dict.fromkeys(HEADS, 1.5), quality={"groups": groups}),
    )
    lines = (tmp_path / "stance.json").read_text("utf-8").splitlines()
    assert '      "us": {"value": 0.5, "low": 0.4, "high": 0.6},' in lines
    assert '  "training": {},' in lines
    assert '  "review_below": null,' in lines


def test_a_model_that_never_had_a_threshold_is_whole(copied: Path) -> None:
    values = json.loads((copied / "stance.json").read_text("utf-8"))
    values.pop("review_below", None)
    (copied / "stance.json").write_text(json.dumps(values), encoding="utf-8")
    metadata = ModelFolder(copied).metadata
    assert metadata.review_below is None
    assert metadata.review_threshold == 1.0


def test_a_model_that_names_no_target_is_of_the_default_one(copied: Path) -> None:
    values = json.loads((copied / "stance.json").read_text("utf-8"))
    values.pop("target", None)
    (copied / "stance.json").write_text(json.dumps(values), encoding="utf-8")
    metadata = ModelFolder(copied).metadata
    assert metadata.target == DEFAULT_TARGET
    assert metadata.gated


def test_a_model_without_word_model_is_whole(copied: Path) -> None:
    metadata = ModelFolder(copied).metadata
    (copied / "lexical.onnx").unlink()
    write_metadata(copied, metadata)
    folder = ModelFolder(copied)
    assert folder.lexical_engine() is None
    rows = (
        stance.load(copied).score_article("“The bread is late again,” said Ada Quill.").statements
    )
    assert [row.model for row in rows] == [folder.metadata.full_name]


@pytest.mark.parametrize("name", ["stance.json", "config.json", "tokenizer.json", "model.onnx"])
def test_digest_tells_models_apart(copied: Path, name: str) -> None:
    before = ModelFolder(copied).digest()
    (copied / "README.md").write_text("Another card.", encoding="utf-8")
    folder = ModelFolder(copied)
    assert folder.digest() == before
    with (copied / name).open("ab") as file:
        file.write(b" ")
    assert folder.digest() != before


def test_paths_stay_paths(tmp_path: Path) -> None:
    assert local_folder(tmp_path) == tmp_path
    assert local_folder(str(tmp_path / "not" / "there")) == tmp_path / "not" / "there"


def test_a_folder_hides_the_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("huggingface_hub.snapshot_download", pytest.fail)
    (tmp_path / "someone" / "model").mkdir(parents=True)
    assert local_folder("someone/model") == Path("someone/model")


def test_hub_ids_are_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def fetch(name: str) -> str:
        asked.append(name)
        return str(shipped_model())

    monkeypatch.setattr("huggingface_hub.snapshot_download", fetch)
    assert ModelFolder(local_folder("someone/their-model")).path == shipped_model()
    assert asked == ["someone/their-model"]


def test_a_hub_that_fails_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> str:
        raise OSError("no route\nto anywhere")

    monkeypatch.setattr("huggingface_hub.snapshot_download", fail)
    with pytest.raises(ModelError, match=r"no hub has it: no route$"):
        local_folder("someone/their-model")
