"""What decides the weights of a model: its recipe, and how that is read.

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

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import product
from pathlib import Path
from typing import Any

from stance.errors import InputError
from stance.model.spec import HEADS
from stance.model.store import DEFAULT_TARGET, ModelFolder, is_stance_model, shipped_model
from stance.training.run import Settings

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
        teacher, polish, name = (values.pop(key, None) for key in ("teacher", "polish", "name"))
        return Recipe(
            student=_stage("student", values.pop("student"), folders, bases or {}),
            dev=_find(_text("dev", values.pop("dev")), folders),
            calibration_share=float(values.pop("calibration_share", 0.1)),
            teacher=None if teacher is None else _stage("teacher", teacher, folders, bases or {}),
            polish=None if polish is None else _stage("polish", polish, folders, {}),
            polish_share=float(values.pop("polish_share", 1.0)),
            sure_share=float(values.pop("sure_share", 1.0)),
            unlabelled=_files("unlabelled", values.pop("unlabelled", []), folders),
            challenge=_files("challenge", values.pop("challenge", []), folders),
            target=_text("target", values.pop("target", DEFAULT_TARGET)),
            name=None if name is None else _text("name", name),
            **values,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path} is no recipe: {error}") from error


def _stage(stage: str, values: object, folders: Sequence[Path], bases: Mapping[str, str]) -> Stage:
    if not isinstance(values, dict):
        raise ValueError(f"{stage} is {values!r}, not one table [{stage}]")
    if stage == "polish":
        values = {"base": STUDENT} | values
    settings: dict[str, Any] = {k: value for k, value in values.items() if k not in _LISTS}
    _check_settings(settings)
    base, name = base_model(settings["base"], bases)
    return Stage(
        settings=Settings(**settings | {"base": base}),
        base_name=name,
        train=_files("train", values["train"], folders),
        seeds=_numbers("seeds", values.get("seeds", [1]), least=0),
        lengths=_numbers("lengths", values["lengths"], least=1) if values.get("lengths") else (),
    )


def _check_settings(settings: Mapping[str, Any]) -> None:
    """Raise `ValueError` for what is no field of `Settings`, or not of its default's kind."""
    usual = {field.name: getattr(Settings(base=""), field.name) for field in fields(Settings)}
    known = usual.keys() - _NOT_IN_A_RECIPE
    if unknown := sorted(settings.keys() - known):
        raise ValueError(f"{unknown[0]!r} is none of {', '.join(sorted(known))}")
    for name, value in settings.items():
        kind = type(usual[name])
        if type(value) is not kind and not (kind is float and type(value) is int):
            raise ValueError(f"{name} is {value!r}, not of the kind of {usual[name]!r}")
    if settings.get("task_weights", HEADS).keys() != HEADS.keys():
        raise ValueError(f"task_weights needs {', '.join(HEADS)}")


def _text(what: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{what} is {value!r}, not a text")
    return value


def _files(what: str, names: object, folders: Sequence[Path]) -> tuple[Path, ...]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError(f"{what} is {names!r}, not a list of files")
    return tuple(_find(name, folders) for name in names)


def _numbers(what: str, values: object, least: int) -> tuple[int, ...]:
    listed = values if isinstance(values, list) else []
    if not listed or not all(type(value) is int and value >= least for value in listed):
        raise ValueError(f"{what} is {values!r}, not a list of whole numbers from {least} on")
    return tuple(listed)


def base_model(name: str, folders: Mapping[str, str] | None = None) -> tuple[str, str]:
    """Return where a base model is (a folder or a hub id), and what to call it.

    `folders` holds the folders of bases by name. A stance model is called by its full name.
    Raises `ModelError` where the folder of one is damaged.
    """
    shipped = str(shipped_model()) if name == SHIPPED else name
    base = (folders or {}).get(name, shipped)
    if is_stance_model(base):
        return base, ModelFolder(Path(base)).metadata.full_name
    return base, Path(name).name if Path(name).is_dir() else name


def _find(name: str, folders: Sequence[Path]) -> Path:
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise InputError(f"no file {name} in {', '.join(map(str, folders))}")
