"""From base models to a model folder, as a recipe says: teachers, distillation, the student.

A recipe is a TOML file. Files of rows and articles are named without their folders:

    dev = "dev.jsonl.gz"
    challenge = ["challenge.jsonl"]      # measured on for the model card, optional
    unlabelled = ["articles.jsonl.gz"]   # whole articles, for the teachers to label
    calibration_share = 0.1              # of the training articles, kept from all training
    sure_share = 0.3                     # kept of what the teachers are sure is unrelated
    polish_share = 0.75                  # of the polished weights, in a mean with the student's
    target = "US–Russia relations"       # what the stances are toward
    name = "stance-us-russia"            # what to call the model; by its target by default

    [teacher]                            # optional, with `unlabelled`
    base = "sentence-transformers/all-mpnet-base-v2"
    train = ["train.jsonl.gz"]
    seeds = [1, 2]                       # an ensemble
    epochs = 3                           # and any other field of `Settings`

    [student]                            # what ships
    base = "sentence-transformers/all-MiniLM-L6-v2"
    train = ["train.jsonl.gz", "invented.jsonl"]
    seeds = [1]                          # the weights of all runs are averaged
    lengths = [3, 6]                     # a run of each number of epochs, instead of `epochs`

    [polish]                             # optional: goes on from the student, so has no base
    train = ["pairs.jsonl"]              # what is new; the student's labelled rows go with it
    lengths = [1, 3]

The base "stance" is the model that ships.
"""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import chain, product
from pathlib import Path
from typing import Any

from transformers import AutoTokenizer

from stance._version import __version__
from stance.errors import InputError
from stance.evaluation.articles import read_articles
from stance.labelled import Row, read_rows, split_for_training
from stance.model.calibration import uncalibrated
from stance.model.inputs import InputEncoder
from stance.model.restore import load_torch_model
from stance.model.spec import HEADS, InputSpec
from stance.model.store import (
    DEFAULT_TARGET,
    Metadata,
    ModelFolder,
    shipped_model,
    write_metadata,
)
from stance.training.finish import Rows, finish, model_name
from stance.training.run import (
    CHECKPOINTS,
    Settings,
    Trained,
    backend,
    load_mean,
    train,
    train_average,
)
from stance.training.teach import taught, thinned, unlabelled_rows

DISTILLED = "distilled.jsonl.gz"
"""File in the model folder with what the teachers say. It stays, as `teacher-*` do: they are most
of the work, and another student can learn from them."""

STUDENT = "student"
"""Folder in the model folder with the student, where it is polished afterwards."""

SHIPPED = "stance"
"""Base that stands for the model that comes with the package."""

_NOT_IN_A_RECIPE = {"seed", "inputs"}
"""Fields of `Settings` that a stage's table does not take: seeds come as a list."""


_LISTS = ("train", "seeds", "lengths")
"""What a stage's table says besides `Settings`."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One fine-tuning: on which rows, with what settings, once for each seed and length.

    `base_name` is what the base model is called where `settings.base` is a folder. `lengths` are
    numbers of epochs; without any, `settings` has the one.
    """

    settings: Settings
    base_name: str
    train: tuple[Path, ...]
    seeds: tuple[int, ...] = (1,)
    lengths: tuple[int, ...] = ()

    def runs(self) -> list[Settings]:
        """Return the settings of each run."""
        lengths = self.lengths or (self.settings.epochs,)
        pairs = product(self.seeds, lengths)
        return [replace(self.settings, seed=seed, epochs=epochs) for seed, epochs in pairs]

    def record(self) -> dict[str, Any]:
        """Return what the metadata of a model say of this fine-tuning."""
        settings = asdict(replace(self.settings, base=self.base_name))
        del settings["seed"]
        settings["epochs"] = [run.epochs for run in self.runs()]
        files = [path.name for path in self.train]
        return {"files": files, "seeds": list(self.seeds), "settings": settings}


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides the weights of a model."""

    student: Stage
    dev: Path
    calibration_share: float = 0.1
    teacher: Stage | None = None
    polish: Stage | None = None
    polish_share: float = 1.0
    unlabelled: tuple[Path, ...] = ()
    challenge: tuple[Path, ...] = ()
    sure_share: float = 1.0
    target: str = DEFAULT_TARGET
    name: str | None = None


def read_recipe(
    path: Path, folders: Sequence[Path], bases: Mapping[str, str] | None = None
) -> Recipe:
    """Read a recipe; the files that it names are looked up in `folders`, in order.

    `bases` names the folders of base models that are not to be fetched from a hub.

    Raises:
        InputError: The recipe cannot be read, says something unknown, or names no file there.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read the recipe {path}: {error}") from error
    try:
        teacher, polish = values.pop("teacher", None), values.pop("polish", None)
        return Recipe(
            student=_stage(values.pop("student"), folders, bases or {}),
            dev=_find(values.pop("dev"), folders),
            calibration_share=float(values.pop("calibration_share", 0.1)),
            teacher=None if teacher is None else _stage(teacher, folders, bases or {}),
            polish=None if polish is None else _stage({"base": STUDENT} | polish, folders, {}),
            polish_share=float(values.pop("polish_share", 1.0)),
            sure_share=float(values.pop("sure_share", 1.0)),
            unlabelled=tuple(_find(name, folders) for name in values.pop("unlabelled", [])),
            challenge=tuple(_find(name, folders) for name in values.pop("challenge", [])),
            target=str(values.pop("target", DEFAULT_TARGET)),
            **values,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path} is no recipe: {error}") from error


def _stage(values: Mapping[str, Any], folders: Sequence[Path], bases: Mapping[str, str]) -> Stage:
    known = {field.name for field in fields(Settings)} - _NOT_IN_A_RECIPE
    settings = {name: value for name, value in values.items() if name not in _LISTS}
    if unknown := sorted(set(settings) - known):
        raise ValueError(f"{unknown[0]!r} is none of {', '.join(sorted(known))}")
    base, name = base_model(settings["base"], bases)
    return Stage(
        settings=Settings(**settings | {"base": base}),
        base_name=name,
        train=tuple(_find(name, folders) for name in values["train"]),
        seeds=tuple(values.get("seeds", (1,))),
        lengths=tuple(values.get("lengths", ())),
    )


def base_model(name: str, folders: Mapping[str, str] | None = None) -> tuple[str, str]:
    """Return where a base model is (a folder or a hub id), and what to call it.

    `folders` holds the folders of bases by name. A stance model is called by its full name.
    Raises `ModelError` where the folder of one is damaged.
    """
    shipped = str(shipped_model()) if name == SHIPPED else name
    base = (folders or {}).get(name, shipped)
    if (Path(base) / "stance.json").is_file():
        return base, ModelFolder(Path(base)).metadata.full_name
    return base, Path(name).name if Path(name).is_dir() else name


def _find(name: str, folders: Sequence[Path]) -> Path:
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise InputError(f"no file {name} in {', '.join(map(str, folders))}")


def follow(recipe: Recipe, out: Path) -> Metadata:
    """Train what a recipe says and write the model folder `out`.

    What is done stays in `out` until the end, so that the same call goes on after a kill.

    Raises:
        InputError: A file cannot be read, or there are no rows to learn from, to calibrate with
            or to report on; or `out` holds the checkpoints of another run.
    """
    dev = read_rows([recipe.dev])
    kept, calibration = _split(recipe.student, recipe)
    if not kept or not calibration or not dev:
        raise InputError("training needs rows to learn from, to calibrate with and to report on")
    claim(out, {"recipe": repr(recipe), "rows": len(kept)})
    challenge = {path.name: read_rows([path]) for path in recipe.challenge}
    rows = Rows(kept, calibration, dev, challenge)
    if recipe.teacher is not None:
        rows = replace(rows, train=_distilled(recipe, recipe.teacher, rows, out))
    new = [] if recipe.polish is None else _new_rows(recipe.polish, rows.calibration)
    metadata = _metadata(recipe, rows, len(new))
    if recipe.polish is None:
        trained = train_average(recipe.student.runs(), rows.train, dev, out)
    else:
        trained = _polished(recipe, recipe.polish, rows, new, out, metadata)
    return finish(trained, rows, out, metadata)


def _metadata(recipe: Recipe, rows: Rows, new: int) -> Metadata:
    """Return what is known of a model before it is measured: what it is and how it was made.

    `new` counts the rows that polishing adds.
    """
    stages = {"teacher": recipe.teacher, "polish": recipe.polish}
    more = {name: stage.record() for name, stage in stages.items() if stage is not None}
    if recipe.polish is not None:
        more["polish"] |= {"share": recipe.polish_share, "rows": new}
    return Metadata(
        name=recipe.name or model_name(recipe.target),
        version=__version__,
        base_model=recipe.student.base_name,
        temperatures=uncalibrated(),
        target=recipe.target,
        training=recipe.student.record() | {"rows": rows.counts()} | more,
    )


def claim(out: Path, run: dict[str, Any]) -> None:
    """Note what run a folder is of; raise `InputError` where it holds another one."""
    note = out / CHECKPOINTS / "run.json"
    if note.exists() and json.loads(note.read_text(encoding="utf-8")) != run:
        raise InputError(
            f"{note.parent} is of a run with other settings or rows: remove it, or change --out"
        )
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps(run), encoding="utf-8")


def _split(stage: Stage, recipe: Recipe) -> tuple[list[Row], list[Row]]:
    return split_for_training(read_rows(stage.train), recipe.calibration_share)


def _distilled(recipe: Recipe, stage: Stage, rows: Rows, out: Path) -> list[Row]:
    """Return the student's rows and the unlabelled statements, all with the teachers' word."""
    path = out / DISTILLED
    if not path.exists():
        kept, _ = _split(stage, recipe)
        runs = enumerate(stage.runs(), start=1)
        folders = [(out / f"teacher-{number}", run) for number, run in runs]
        teachers = [_teacher(run, kept, rows.dev, folder) for folder, run in folders]
        labelled = [*rows.train, *rows.calibration]
        left_out = {row["article"] for row in rows.dev if "article" in row}
        articles = chain.from_iterable(read_articles(file).values() for file in recipe.unlabelled)
        found = unlabelled_rows(articles, labelled, left_out, gate=recipe.target == DEFAULT_TARGET)
        _write_rows(path, taught([*rows.train, *found], teachers))
    return thinned(read_rows([path]), recipe.sure_share)


def _teacher(settings: Settings, rows: Sequence[Row], dev: Sequence[Row], folder: Path) -> Trained:
    """Train a teacher, or load it where that is done."""
    return _once(
        folder, lambda: train(settings, rows, dev, folder.parent / CHECKPOINTS / folder.name)
    )


def _new_rows(polish: Stage, calibration: Sequence[Row]) -> list[Row]:
    """Return what polishing adds, without rows of the articles that are calibrated with."""
    apart = {row["article"] for row in calibration if "article" in row}
    found, _ = split_for_training(read_rows(polish.train), calibration_share=0)
    return [row for row in found if row.get("article") not in apart]


def _polished(
    recipe: Recipe,
    polish: Stage,
    rows: Rows,
    new: Sequence[Row],
    out: Path,
    metadata: Metadata,
) -> Trained:
    """Train the student, and go on from it with new rows beside its labelled ones.

    What it says of the latter counts as a teacher's word does, which keeps what it knows (Li &
    Hoiem, 2016, "Learning without Forgetting"), and so does the mean of the weights before and
    after (Wortsman et al., 2022, "Robust fine-tuning of zero-shot models").
    """
    folder, runs = out / STUDENT, recipe.student.runs()
    student = _once(folder, lambda: train_average(runs, rows.train, rows.dev, out))
    write_metadata(folder, metadata)
    known = [row for row in rows.train if any(row.get(head) is not None for head in HEADS)]
    again = [replace(run, base=str(folder)) for run in polish.runs()]
    learnt = [*taught(known, [student]), *new]
    polished = train_average(again, learnt, rows.dev, out / CHECKPOINTS / "polish")
    shares = (recipe.polish_share, 1 - recipe.polish_share)
    load_mean([polished.model, student.model], shares)
    return polished


def _once(folder: Path, make: Callable[[], Trained]) -> Trained:
    """Make a model and save it in a folder, or load it where that is done."""
    if not (folder / "tokenizer_config.json").exists():  # the file written last
        made = make()
        made.model.save_pretrained(folder)
        made.tokenizer.save_pretrained(folder)
    model = load_torch_model(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encoder = InputEncoder(backend(tokenizer), InputSpec.from_dict(model.config.inputs))
    return Trained(model, tokenizer, encoder)


def _write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write rows to a file that is complete or absent."""
    unfinished = path.with_suffix(".part")
    with gzip.open(unfinished, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    unfinished.rename(path)
