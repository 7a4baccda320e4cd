"""Calibrate a model folder anew, measure it, and rewrite its stance.json and its model card."""

from __future__ import annotations

from pathlib import Path

import click
import numpy as np
from ending import run_script

from stance.errors import InputError
from stance.evaluation.calibrators import compare_calibrators
from stance.evaluation.metrics import label_indices
from stance.evaluation.quality import clusters, having, model_logits, plain
from stance.evaluation.selective import confidences, score_selective
from stance.evaluation.tables import aligned, figure_table
from stance.labelled import Row, read_rows, split_for_training
from stance.model.calibration import fit_temperature, softmax
from stance.model.engine import Logits
from stance.model.spec import HEADS, head_slices
from stance.model.store import ModelFolder, shipped_model
from stance.training.finish import Rows, judge

_Path = click.Path(path_type=Path, exists=True)


@click.command(
    epilog="Example: python scripts/calibrate.py --model model --train train.jsonl.gz "
    "--train scripts/data/invented.jsonl --dev dev.jsonl.gz "
    "--challenge scripts/data/challenge.jsonl",
)
@click.option("--model", type=_Path, help="Model folder; the shipped model by default.")
@click.option(
    "--train",
    "train_files",
    type=_Path,
    multiple=True,
    required=True,
    help="The rows that training was given (JSONL): what it kept apart of them is calibrated with.",
)
@click.option("--calibration-share", default=0.1, show_default=True, help="As in training.")
@click.option("--dev", type=_Path, help="Rows to report on; without them nothing is written.")
@click.option("--challenge", type=_Path, multiple=True, help="Challenge sets to report on.")
def main(
    model: Path | None,
    train_files: tuple[Path, ...],
    calibration_share: float,
    dev: Path | None,
    challenge: tuple[Path, ...],
) -> None:
    """Calibrate a model folder anew, measure it, and rewrite its stance.json and its model card.

    Prints how ways to calibrate, and measures of confidence, compare on the calibration rows.
    """
    folder = shipped_model() if model is None else model
    train, calibration = split_for_training(read_rows(train_files), calibration_share)
    if not calibration:
        raise InputError("no rows to calibrate with")
    click.echo(f"{len(calibration)} calibration rows; calibrated by the other four fifths of them:")
    logits = model_logits(ModelFolder(folder), calibration)
    for head in HEADS:
        _compare(logits, calibration, head)
    if dev is None:
        return
    sets = {path.name: read_rows([path]) for path in challenge}
    metadata = judge(folder, Rows(train, calibration, read_rows([dev]), sets))
    click.echo(f"\n{folder / 'stance.json'}: review below {metadata.review_threshold:.4f}")


def _compare(logits: Logits, rows: list[Row], head: str) -> None:
    known = having(rows, head)
    if not known:
        return
    labels, articles = HEADS[head], clusters(rows, known)
    own = logits[known][:, head_slices()[head]].astype(np.float64)
    gold = [rows[i][head] for i in known]
    ways = compare_calibrators(own, gold, labels, articles)
    click.echo(f"\n{aligned(figure_table(head, plain(ways)))}")
    targets = label_indices(gold, labels)
    found = softmax(own / fit_temperature(own, targets))
    curves = {
        name: score_selective(sure, found.argmax(axis=1) == targets, articles)
        for name, sure in confidences(found).items()
    }
    lines = {name: {"kept": curve.kept, "area": curve.area} for name, curve in curves.items()}
    click.echo(f"\n{aligned(figure_table('sorted by', plain(lines)))}")


if __name__ == "__main__":
    run_script(main)
