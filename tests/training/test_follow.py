from __future__ import annotations

import gzip
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
from stance.model.store import ModelFolder
from stance.training.follow import DISTILLED, NOTE, _digest, _new_rows, claim, follow
from stance.training.recipe import STUDENT, Recipe, Stage
from stance.training.run import CHECKPOINTS, Trained, train_average
from training.rows import ARTICLES, ROWS, write

if TYPE_CHECKING:
    from stance.training.run import Settings


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

    monkeypatch.setattr("stance.training.follow.train_average", watched)
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


def held_out(path: Path) -> Row:
    """A row that is calibrated with."""
    _, (held, *_) = split_for_training(read_rows([path]), 0.2)
    return held


def test_teachers_say_nothing_of_articles_that_are_calibrated_with(
    data: Path, tmp_path: Path, settings: Settings
) -> None:
    held = held_out(data / "rows.jsonl")
    write(data / "articles.jsonl", [*ARTICLES, {**ARTICLES[0], "id": held["article"]}])
    stage = Stage(settings, "hub/tiny", (data / "rows.jsonl",))
    recipe = Recipe(
        stage, data / "dev.jsonl", 0.2, teacher=stage, unlabelled=(data / "articles.jsonl",)
    )
    follow(recipe, tmp_path / "model")
    taught = read_rows([tmp_path / "model" / DISTILLED])
    articles = [row["article"] for row in taught]
    assert "a1" in articles
    assert held["article"] not in articles


@pytest.mark.parametrize("part", [CHECKPOINTS, DISTILLED, STUDENT, "teacher-2"])
def test_parts_of_another_run_are_refused(tmp_path: Path, part: str) -> None:
    claim(tmp_path, "one")
    claim(tmp_path, "other")  # nothing of the one is there
    (tmp_path / part).mkdir()
    claim(tmp_path, "other")
    with pytest.raises(InputError, match=f"holds {part} of a run with other settings or rows"):
        claim(tmp_path, "one")
    (tmp_path / NOTE).unlink()
    with pytest.raises(InputError, match=f"{part} of a run with other"):
        claim(tmp_path, "other")


def test_a_run_is_known_by_its_settings_rows_and_articles(data: Path, settings: Settings) -> None:
    stage = Stage(settings, "hub/tiny", (data / "rows.jsonl",))
    recipe = Recipe(stage, data / "dev.jsonl", unlabelled=(data / "articles.jsonl",))
    run = _digest(recipe, [ROWS, ROWS[:2]])
    assert _digest(recipe, [deepcopy(ROWS), ROWS[:2]]) == run
    relabelled = [{**ROWS[0], "stance": "against"}, *ROWS[1:]]
    other = [
        _digest(recipe, [relabelled, ROWS[:2]]),
        _digest(recipe, [[*ROWS, *ROWS[:1]], ROWS[1:2]]),
        _digest(replace(recipe, sure_share=0.5), [ROWS, ROWS[:2]]),
    ]
    write(data / "articles.jsonl", ARTICLES[:1])
    assert len({run, *other, _digest(recipe, [ROWS, ROWS[:2]])}) == 5


def test_labels_are_those_of_the_rows_whatever_is_distilled(
    data: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    learnt: list[list[Row]] = []

    def watched(runs: list[Settings], rows: list[Row], dev: list[Row], folder: Path) -> Trained:
        learnt.append(rows)
        return train_average(runs, rows, dev, folder)

    monkeypatch.setattr("stance.training.follow.train_average", watched)
    stage = Stage(settings, "hub/tiny", (data / "rows.jsonl",))
    recipe = Recipe(
        stage, data / "dev.jsonl", 0.2, teacher=stage, unlabelled=(data / "articles.jsonl",)
    )
    kept, _ = split_for_training(read_rows([data / "rows.jsonl"]), 0.2)
    said = {head: [1.0] + [0.0] * (len(labels) - 1) for head, labels in HEADS.items()}
    found = [*kept, {"quote": "found", "article": "a1"}, held_out(data / "rows.jsonl")]
    stale = [{**row, "stance": "neutral"} if row in kept else row for row in found]
    out = tmp_path / "model"
    rows = write_distilled(out, recipe, [{**row, "probabilities": said} for row in stale])
    follow(recipe, out)
    assert [row.get("stance") for row in learnt[0]] == [*(row["stance"] for row in kept), None]
    assert all(row["probabilities"] == said for row in learnt[0])
    assert rows == read_rows([out / DISTILLED])


def write_distilled(out: Path, recipe: Recipe, rows: list[Row]) -> list[Row]:
    """Put what teachers say into a folder that is claimed for a recipe."""
    kept, calibration = split_for_training(read_rows(recipe.student.train), 0.2)
    dev = read_rows([recipe.dev])
    claim(out, _digest(recipe, [kept, calibration, dev, kept, []]))
    with gzip.open(out / DISTILLED, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    return rows


def test_rows_without_an_article_are_polished_with(data: Path, settings: Settings) -> None:
    new = write(data / "new.jsonl", [{**ROWS[0], "article": name} for name in (None, "", "a", "b")])
    polish = Stage(settings, STUDENT, (new,))
    calibration: list[dict[str, Any]] = [{**ROWS[0], "article": name} for name in (None, "", "b")]
    assert [row["article"] for row in _new_rows(polish, calibration)] == [None, "", "a"]
