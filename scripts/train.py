"""Fine-tune an encoder on labelled statements and write a model folder."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import click

from stance.errors import InputError, StanceError

CHALLENGE = "challenge"
"""Rows whose `split` says so are kept from training: they are there to be measured on."""

DEFAULT_BASE = "sentence-transformers/all-MiniLM-L6-v2"


@click.command(
    epilog="Example: python scripts/train.py --train train.jsonl.gz --dev dev.jsonl.gz --out model",
)
@click.option(
    "--train",
    "train_files",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="JSONL of labelled rows, also gzipped; may be given several times. A row may lack labels.",
)
@click.option("--dev", required=True, type=click.Path(path_type=Path), help="Rows to report on.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Model folder.")
@click.option("--base", default=DEFAULT_BASE, show_default=True, help="Encoder: hub id or folder.")
@click.option("--base-name", help="What to call the base model where --base is a folder.")
@click.option("--epochs", default=6, show_default=True, type=click.IntRange(1))
@click.option("--learning-rate", default=1e-4, show_default=True, type=float)
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
    default=2,
    show_default=True,
    type=click.IntRange(0),
    help="Epochs without a better development score before training stops; 0: never stop early, "
    "so that the development rows choose nothing.",
)
@click.option(
    "--calibration-share",
    default=0.1,
    show_default=True,
    type=click.FloatRange(0.01, 0.5),
    help="Share of the training articles kept apart to calibrate with.",
)
@click.option(
    "--package",
    type=click.Path(path_type=Path),
    help="Also copy what scoring on a CPU needs, without the torch weights, to this folder.",
)
@click.option("--bf16/--no-bf16", default=True, show_default=True, help="Train in bfloat16.")
def main(
    train_files: tuple[Path, ...],
    dev: Path,
    out: Path,
    base: str,
    base_name: str | None,
    epochs: int,
    learning_rate: float,
    batch_size: int,
    seeds: tuple[int, ...],
    patience: int,
    calibration_share: float,
    package: Path | None,
    bf16: bool,
) -> None:
    """Fine-tune an encoder on labelled statements and write a model folder.

    The folder holds the torch weights, their int8 export for the CPU, tokenizer, calibration,
    figures and a model card. Run the same command again after a kill, and it goes on from the
    last epoch.
    """
    # Imported here, so that --help and usage errors are quick.
    from stance.labelled import read_rows, split_by_article  # noqa: PLC0415
    from stance.training.finish import Rows, copy_for_package, finish  # noqa: PLC0415
    from stance.training.run import CHECKPOINTS, Settings, train_average  # noqa: PLC0415

    settings = Settings(
        base=base,
        epochs=epochs,
        batch_size=batch_size,
        learning_rate=learning_rate,
        patience=patience,
        bf16=bf16,
    )
    usable = [row for row in read_rows(train_files) if row.get("split") != CHALLENGE]
    kept, calibration = split_by_article(usable, calibration_share, seed=0)
    rows = Rows(kept, calibration, read_rows([dev]))
    if not kept or not calibration or not rows.dev:
        raise InputError("training needs rows to learn from, to calibrate with and to report on")
    _claim(out / CHECKPOINTS, {"run": repr((settings, seeds)), "rows": len(kept)})
    trained = train_average(settings, seeds, rows.train, rows.dev, out)
    name = base_name or (Path(base).name if Path(base).is_dir() else base)
    metadata = finish(trained, replace(settings, base=name), seeds, rows, out)
    shutil.rmtree(out / CHECKPOINTS)
    if package is not None:
        copy_for_package(out, package)
    for head in metadata.labels:
        if head in metadata.quality:
            figure = metadata.quality[head]["macro_f1"]
            bounds = f"{figure['low']:.3f} to {figure['high']:.3f}"
            click.echo(f"{head}: macro-F1 {figure['value']:.3f} ({bounds}) on {dev.name}")


def _claim(checkpoints: Path, run: dict[str, object]) -> None:
    """Note what run the checkpoints are of; raise `InputError` where they are of another one."""
    note = checkpoints / "run.json"
    if note.exists() and json.loads(note.read_text(encoding="utf-8")) != run:
        raise InputError(
            f"{checkpoints} is of a run with other settings or rows: remove it, or change --out"
        )
    checkpoints.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps(run), encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except (StanceError, OSError) as error:
        sys.exit(f"error: {error}")
