from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("datasets")

from stance.errors import InputError
from stance.model.store import ModelFolder, shipped_model
from stance.training.recipe import read_recipe

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
        ('base = "hub/small"', "base = 3", "base is 3"),
        ('dev = "dev.jsonl"', "dev = 3", "dev is 3, not a text"),
        ('dev = "dev.jsonl"', 'dev = "dev.jsonl"\nname = 3', "name is 3, not a text"),
        ('["articles.jsonl"]', '"articles.jsonl"', "not a list of files"),
        ("epochs = 2", 'epochs = "3"', "epochs is '3'"),
        ("epochs = 2", "epochs = true", "epochs is True"),
        ("epochs = 2", "task_weights = {stance = 1.0}", "task_weights needs"),
        ("epochs = 2", "lengths = [0]", "lengths is [0]"),
        ("seeds = [1, 2]", "seeds = []", "seeds is []"),
        ("seeds = [1, 2]", "seeds = 1", "seeds is 1"),
        ("[student]", "[[student]]", "not one table [student]"),
    ],
)
def test_a_recipe_that_cannot_be_read(
    data: Path, tmp_path: Path, old: str, new: str, reason: str
) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(RECIPE.replace(old, new))
    with pytest.raises(InputError) as raised:
        read_recipe(path, [data])
    assert reason in str(raised.value)


@pytest.mark.parametrize("stage", ["teacher", "student", "polish"])
def test_a_stage_that_is_no_table(data: Path, tmp_path: Path, stage: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(f'{stage} = "x"\n' + RECIPE.replace(f"[{stage}]", "[other]"))
    with pytest.raises(InputError, match=f"is no recipe: {stage} is 'x', not one table"):
        read_recipe(path, [data])
