"""Fine-tune an encoder on labelled statements and write a model folder."""

from __future__ import annotations

import shutil
from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource
from ending import run_script

from stance.errors import InputError

if TYPE_CHECKING:
    from stance.training.recipe import Recipe

_Path = click.Path(path_type=Path)

DEFAULT_BASE = "sentence-transformers/all-MiniLM-L6-v2"

FROM_ENCODER: dict[str, Any] = {
    "epochs": 6,
    "learning_rate": 1e-4,
    "patience": 2,
    "calibration_share": 0.1,
}
"""Settings for thousands of rows, learnt from scratch."""

FROM_STANCE_MODEL: dict[str, Any] = {
    "epochs": 8,
    "learning_rate": 1e-4,
    "patience": 0,
    "calibration_share": 0.2,
}
"""Settings for some hundred rows of one's own.

Stance macro-F1 in three folds over 200 of them: 0.74, with half the learning rate 0.71, with half
the epochs 0.71, with half of both 0.70; no difference is beyond noise. No early stopping: so few
development rows would choose an epoch by chance, and their figures would flatter the model. A
review threshold must keep 20 rows, so a tenth of 200 would be too few to calibrate with.
"""

TUNED = "-tuned"
"""Ends the name of a model that goes on from one of the same name."""

EPILOG = """
\b
Examples:
  python scripts/train.py --train train.jsonl.gz --dev dev.jsonl.gz --out model
  python scripts/train.py --train own.jsonl --dev own-dev.jsonl --base stance \
      --target 'US–China relations' --out own-model
  python scripts/train.py --recipe scripts/recipe.toml --data DIR --out model
"""


def _by_base(setting: str) -> str:
    """Return the default of a setting as the help shows it."""
    usual, own = FROM_ENCODER[setting], FROM_STANCE_MODEL[setting]
    return f"{usual:g}" if usual == own else f"{usual:g}; {own:g} from a stance model"


@click.command(epilog=EPILOG)
@click.option(
    "--train",
    "train_files",
    multiple=True,
    type=_Path,
    help="JSONL of labelled rows, also gzipped; may be given several times. A row may lack labels.",
)
@click.option("--dev", type=_Path, help="Rows to report on.")
@click.option("--out", required=True, type=_Path, help="Model folder.")
@click.option(
    "--recipe",
    type=_Path,
    help="TOML file that says all the rest: data, teachers, student, settings.",
)
@click.option(
    "--data",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the recipe's files lie, besides the recipe's own folder and its data/.",
)
@click.option(
    "--base-folder",
    "bases",
    multiple=True,
    metavar="NAME=FOLDER",
    help="Where a base model that the recipe names lies, instead of the hub.",
)
@click.option(
    "--base",
    default=DEFAULT_BASE,
    show_default=True,
    help="Encoder: hub id or folder; a folder of a stance model, or 'stance' for the shipped one.",
)
@click.option("--base-name", help="What to call the base model where --base is a folder.")
@click.option(
    "--target",
    show_default="US–Russia relations",
    help="What the stances are toward. A model of another target reads every article.",
)
@click.option("--name", help="What to call the model; by its target and base by default.")
@click.option("--epochs", show_default=_by_base("epochs"), type=click.IntRange(1))
@click.option("--learning-rate", show_default=_by_base("learning_rate"), type=float)
@click.option("--batch-size", default=16, show_default=True, type=click.IntRange(1))
@click.option(
    "--seed",
    "seeds",
    multiple=True,
    default=(1,),
    show_default=True,
    help="May be given several times: one run each, and the mean of their weights.",
)
@click.option(
    "--patience",
    show_default=_by_base("patience"),
    type=click.IntRange(0),
    help="Epochs without a better development score before training stops; 0: never stop early, "
    "so that the development rows choose nothing.",
)
@click.option(
    "--calibration-share",
    show_default=_by_base("calibration_share"),
    type=click.FloatRange(0.01, 0.5),
    help="Share of the training articles kept apart to calibrate with.",
)
@click.option(
    "--package",
    type=_Path,
    help="Also copy what scoring on a CPU needs, without the torch weights, to this folder.",
)
@click.option(
    "--bf16/--no-bf16",
    default=True,
    show_default=True,
    help="Train in bfloat16, where the machine has it.",
)
def main(
    out: Path,
    recipe: Path | None,
    folders: tuple[Path, ...],
    bases: tuple[str, ...],
    package: Path | None,
    **options: Any,  # noqa: ANN401
) -> None:
    """Fine-tune an encoder on labelled statements and write a model folder.

    The folder holds the torch weights, their int8 export for the CPU, tokenizer, calibration,
    figures and a model card. Run the same command again after a kill, and it goes on from the
    last epoch. A recipe makes the model that ships, and leaves its teachers in the folder.
    """
    # Imported here, so that --help and usage errors are quick.
    from stance.model.store import copy_for_package  # noqa: PLC0415
    from stance.training.follow import follow  # noqa: PLC0415
    from stance.training.recipe import read_recipe  # noqa: PLC0415
    from stance.training.run import CHECKPOINTS  # noqa: PLC0415

    if recipe is None:
        plan = _one_run(**options)
    else:
        _refuse_beside_recipe(options)
        near = (recipe.parent, recipe.parent / "data")
        plan = read_recipe(recipe, (*folders, *near), _folders_of(bases))
    metadata = follow(plan, out)
    shutil.rmtree(out / CHECKPOINTS)
    if package is not None:
        copy_for_package(out, package)
    for head in metadata.labels:
        if head in metadata.quality:
            figure = metadata.quality[head]["macro_f1"]
            bounds = f"{figure['low']:.3f} to {figure['high']:.3f}"
            click.echo(f"{head}: macro-F1 {figure['value']:.3f} ({bounds}) on {plan.dev.name}")


def _refuse_beside_recipe(names: Container[str]) -> None:
    """Raise `UsageError` for an option of these that was given: a recipe says it."""
    context = click.get_current_context()
    for option in context.command.params:
        given = context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
        if given and option.name in names:
            flags = "/".join([*option.opts, *option.secondary_opts])
            raise click.UsageError(f"{flags} does not go with --recipe, which says all of that")


def _one_run(
    train_files: tuple[Path, ...],
    dev: Path | None,
    base: str,
    base_name: str | None,
    target: str | None,
    name: str | None,
    seeds: tuple[int, ...],
    **settings: Any,  # noqa: ANN401
) -> Recipe:
    """Return the recipe of one fine-tuning without a teacher."""
    from stance.model.store import DEFAULT_TARGET, is_stance_model  # noqa: PLC0415
    from stance.training.finish import model_name  # noqa: PLC0415
    from stance.training.recipe import Recipe, Stage, base_model  # noqa: PLC0415
    from stance.training.run import Settings  # noqa: PLC0415

    if not train_files or dev is None:
        raise click.UsageError("--train and --dev are needed, or a --recipe")
    where, found_name = base_model(base)
    tuned = is_stance_model(where)
    usual = FROM_STANCE_MODEL if tuned else FROM_ENCODER
    chosen = usual | {key: value for key, value in settings.items() if value is not None}
    share = float(chosen.pop("calibration_share"))
    student = Stage(Settings(base=where, **chosen), base_name or found_name, train_files, seeds)
    target = (target or "").strip() or DEFAULT_TARGET
    name = name or model_name(target)
    if found_name.rpartition(" ")[0] == name:
        name += TUNED  # by the name, rows tell which model scored them
    return Recipe(student, dev, share, target=target, name=name)


def _folders_of(bases: tuple[str, ...]) -> dict[str, str]:
    """Read NAME=FOLDER pairs."""
    pairs = [pair.partition("=") for pair in bases]
    for name, _, folder in pairs:
        if not Path(folder).is_dir() or not name:
            raise InputError(f"--base-folder takes NAME=FOLDER, not {name}={folder}")
    return {name: folder for name, _, folder in pairs}


if __name__ == "__main__":
    run_script(main)
