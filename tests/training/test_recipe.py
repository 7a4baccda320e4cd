from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("datasets")

import torch

from stance.errors import InputError
from stance.labelled import Row, read_rows, split_for_training
from stance.model.restore import load_torch_model
from stance.model.spec import HEADS
from stance.model.store import ModelFolder, shipped_model
from stance.training.recipe import DISTILLED, STUDENT, Recipe, Stage, follow, read_recipe
from stance.training.run import Trained, train_average
from training.rows import ROWS

if TYPE_CHECKING:
    from stance.training.run import Settings

RECIPE = """
dev = "dev.jsonl"
unlabelled = ["articles.jsonl"]
challenge = ["more.jsonl"]
calibration_share = 0.2

[teacher]
base = "hub/large"
train = ["rows.jsonl"]
seeds = [1, 2]
frozen_layers = 4

[student]
base = "hub/small"
train = ["rows.jsonl", "more.jsonl"]
epochs = 2

[polish]
train = ["rows.jsonl"]
learning_rate = 5e-5
"""

ARTICLES = [
    {
        "id": "a1",
        "text": "MOSCOW — “We want trust with America,” said Ada Quill, the envoy.\n\n"
        "“They are a bad enemy,” said Senator Bo Reed.",
    },
    {"id": "a2", "text": "“We want bread,” said a baker in Ohio."},
    {"id": "a3", "text": "“Russia is a friend of the river,” said Ada Quill."},
]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    rows = [{**row, "article": f"r{number}"} for number, row in enumerate(ROWS * 3)]
    write(folder / "rows.jsonl", rows)
    write(folder / "more.jsonl", [{**ROWS[0], "split": "challenge", "quote": "trap"}])
    write(folder / "dev.jsonl", [{**row, "article": "a3"} for row in ROWS])
    write(folder / "articles.jsonl", ARTICLES)
    return folder


def test_a_recipe_says_all(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(RECIPE)
    recipe = read_recipe(path, [tmp_path, data], {"hub/small": "/models/small"})
    assert recipe.dev == data / "dev.jsonl"
    assert recipe.unlabelled == (data / "articles.jsonl",)
    assert recipe.challenge == (data / "more.jsonl",)
    assert recipe.student.train == (data / "rows.jsonl", data / "more.jsonl")
    assert (recipe.student.base_name, recipe.student.seeds) == ("hub/small", (1,))
    assert (recipe.student.settings.base, recipe.student.settings.epochs) == ("/models/small", 2)
    assert recipe.teacher is not None
    assert recipe.teacher.settings.frozen_layers == 4
    assert recipe.teacher.seeds == (1, 2)
    assert recipe.polish is not None
    assert recipe.polish.settings.learning_rate == 5e-5


def test_a_recipe_may_go_on_from_the_shipped_model_toward_another_target(
    data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text('target = "US–Atlantis relations"\n' + RECIPE.replace("hub/small", "stance"))
    recipe = read_recipe(path, [data])
    assert recipe.target == "US–Atlantis relations"
    assert recipe.student.settings.base == str(shipped_model())
    assert recipe.student.base_name == ModelFolder(shipped_model()).metadata.full_name


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('dev = "dev.jsonl"', "", "dev"),
        ('dev = "dev.jsonl"', 'dev = "none.jsonl"', "no file none.jsonl"),
        ("epochs = 2", "epoch = 2", "'epoch' is none of"),
        ("epochs = 2", "epochs = ", "cannot read the recipe"),
        ("calibration_share", "calibration", "calibration"),
        ('base = "hub/small"', "", "base"),
    ],
)
def test_a_recipe_that_cannot_be_followed(
    data: Path, tmp_path: Path, old: str, new: str, reason: str
) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(RECIPE.replace(old, new))
    with pytest.raises(InputError) as raised:
        read_recipe(path, [data])
    assert reason in str(raised.value)


def test_the_student_learns_from_what_its_teachers_say(
    data: Path, tmp_path: Path, settings: Settings
) -> None:
    def stage(*names: str, seeds: tuple[int, ...] = (1,)) -> Stage:
        return Stage(settings, "hub/tiny", tuple(data / name for name in names), seeds)

    recipe = Recipe(
        student=stage("rows.jsonl", "more.jsonl"),
        dev=data / "dev.jsonl",
        calibration_share=0.2,
        teacher=stage("rows.jsonl", seeds=(1, 2)),
        unlabelled=(data / "articles.jsonl",),
        challenge=(data / "more.jsonl",),
    )
    out = tmp_path / "model"
    follow(recipe, out)
    taught = read_rows([out / DISTILLED])
    found = [row for row in taught if row["article"].startswith("a")]
    # Of the articles, one does not concern Russia and one is of the development rows.
    assert {row["article"] for row in found} == {"a1"}
    assert [row["quote"] for row in found] == [
        "We want trust with America,",
        "They are a bad enemy,",
    ]
    assert found[0]["speaker"] == "Ada Quill"
    assert "trap" not in {row["quote"] for row in taught}
    for row in taught:
        for head, labels in HEADS.items():
            assert len(row["probabilities"][head]) == len(labels)
            assert sum(row["probabilities"][head]) == pytest.approx(1, abs=1e-3)
    metadata = ModelFolder(out).metadata
    assert metadata.base_model == "hub/tiny"
    assert metadata.training["settings"]["epochs"] == [settings.epochs]
    assert metadata.training["teacher"]["seeds"] == [1, 2]
    assert metadata.training["teacher"]["files"] == ["rows.jsonl"]
    assert metadata.training["teacher"]["settings"]["base"] == "hub/tiny"
    assert metadata.quality["challenge"]["more.jsonl"]["all"]["all"]["rows"] == 1

    # What is done is not done again, and another recipe is refused.
    again = out / DISTILLED
    before = again.stat().st_mtime_ns
    follow(recipe, out)
    assert again.stat().st_mtime_ns == before
    with pytest.raises(InputError, match="other settings or rows"):
        follow(replace(recipe, calibration_share=0.3), out)


def test_polishing_goes_on_from_the_student_with_its_own_word(
    data: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    learnt: list[list[Row]] = []
    polished: list[Trained] = []

    def watched(runs: list[Settings], rows: list[Row], dev: list[Row], folder: Path) -> Trained:
        learnt.append(rows)
        found = train_average(runs, rows, dev, folder)
        polished.append(replace(found, model=deepcopy(found.model)))
        return found

    monkeypatch.setattr("stance.training.recipe.train_average", watched)
    student = Stage(settings, "hub/tiny", (data / "rows.jsonl",))
    polish = replace(student, settings=replace(settings, learning_rate=1e-2), lengths=(1, 2))
    _, (held, *_) = split_for_training(read_rows([data / "rows.jsonl"]), 0.2)
    apart = {**ROWS[0], "quote": "of an article to calibrate with", "article": held["article"]}
    new = write(data / "pairs.jsonl", [{**ROWS[0], "quote": "new"}, apart])
    recipe = Recipe(
        student, data / "dev.jsonl", 0.2, polish=replace(polish, train=(new,)), polish_share=0.5
    )
    out = tmp_path / "model"
    follow(recipe, out)
    _, rows = learnt
    assert [row["quote"] for row in rows if "probabilities" not in row] == ["new"]
    metadata = ModelFolder(out).metadata
    assert metadata.training["polish"]["files"] == ["pairs.jsonl"]
    assert (metadata.training["polish"]["share"], metadata.training["polish"]["rows"]) == (0.5, 1)
    assert metadata.training["polish"]["settings"]["epochs"] == [1, 2]
    assert metadata.base_model == "hub/tiny"
    before, after = (load_torch_model(folder).state_dict() for folder in (out / STUDENT, out))
    whole = polished[1].model.state_dict()["heads.weight"]
    assert not torch.allclose(before["heads.weight"], whole, atol=1e-3)
    assert torch.allclose(after["heads.weight"], (before["heads.weight"] + whole) / 2, atol=1e-5)
