"""Ask how far counted labels are from the truth, and whether a coded sample mends it."""

from __future__ import annotations

from pathlib import Path

import click
import numpy as np
import pyarrow as pa
from ending import run_script
from numpy.typing import NDArray

from stance.errors import InputError
from stance.estimation.coding import Coding
from stance.estimation.sampling import draw
from stance.estimation.scored import NEEDED, PROBABILITIES
from stance.estimation.shares import Tally, with_balance
from stance.evaluation.quality import having, model_logits
from stance.evaluation.resampling import Interval
from stance.evaluation.tables import aligned
from stance.labelled import read_rows
from stance.model.calibration import probabilities
from stance.model.store import ModelFolder, local_folder, shipped_model
from stance.records import STANCES

FIGURES = (*STANCES, "balance")


@click.command(
    epilog="Example: python scripts/coded_sample.py --gold dev.jsonl.gz --related 0.05 --size 200"
)
@click.option(
    "--gold",
    type=click.Path(path_type=Path, exists=True),
    required=True,
    help="Labelled rows (JSONL) that the model has not learnt from: they play the archive.",
)
@click.option("--model", help="Model folder or hub id; the shipped model by default.")
@click.option(
    "--related",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    help="Draw an archive of 20,000 from the rows, with this share of them not unrelated.",
)
@click.option("--size", default=200, show_default=True, help="Rows that are coded.")
@click.option("--trials", default=500, show_default=True, help="Samples drawn and coded.")
def main(gold: Path, model: str | None, related: float | None, size: int, trials: int) -> None:
    """Ask how far counted labels are from the truth, and whether a coded sample mends it.

    Draws samples as `stance sample` does, codes them with the labels of --gold, and estimates as
    `stance estimate` does. `held` is the share of the samples whose interval holds the truth, and
    `worth` how many rows, drawn and coded without a model, would give as exact an estimate.
    """
    folder = ModelFolder(shipped_model() if model is None else local_folder(model))
    rows = read_rows([gold])
    rows = [rows[i] for i in having(rows, "stance")]
    if not rows:
        raise InputError(f"{gold}: no row has a stance")
    said = probabilities(model_logits(folder, rows), folder.metadata.temperatures)["stance"]
    truth = np.array([STANCES.index(row["stance"]) for row in rows])
    if related is not None:
        chosen = thinned(truth, related)
        said, truth = said[chosen], truth[chosen]
    found = [estimates(said, truth, size, seed) for seed in range(trials)]
    click.echo(f"{len(truth)} statements, {size} of them coded, {trials} times")
    click.echo(aligned(report(said, truth, found)))


def thinned(truth: NDArray[np.int64], related: float) -> NDArray[np.int64]:
    """Return rows of an archive in which a share of `related` is not unrelated."""
    is_related = truth != STANCES.index("unrelated")
    if is_related.all() or not is_related.any():
        raise InputError("rows both related and unrelated are needed")
    weights = np.where(is_related, related / is_related.sum(), (1 - related) / (~is_related).sum())
    return np.random.default_rng(0).choice(len(truth), 20_000, p=weights)


def estimates(
    said: NDArray[np.float64], truth: NDArray[np.int64], size: int, seed: int
) -> dict[str, Interval]:
    """Draw a sample, code it, and return the estimates for the whole archive."""
    batch = as_scored(said)
    coded = {}
    for row in draw([batch], size, seed).rows:
        label = STANCES[truth[int(str(row["statement_id"]))]]
        coded["", str(row["statement_id"])] = Coding(label, None, "")
    tally = Tally("stance", (), coded)
    tally.add(batch)
    [everything] = tally.estimates()
    return {name: one.corrected for name, one in everything.estimates.items() if one.corrected}


def as_scored(said: NDArray[np.float64]) -> pa.RecordBatch:
    """Return rows with these stance probabilities as `read_scored` would."""
    columns: dict[str, object] = dict.fromkeys(NEEDED, [""] * len(said))
    columns["statement_id"] = [str(number) for number in range(len(said))]
    columns["stance"] = [STANCES[i] for i in said.argmax(axis=1)]
    columns |= dict(zip(PROBABILITIES, said.T, strict=True))
    return pa.RecordBatch.from_pydict(columns)


def report(
    said: NDArray[np.float64], truth: NDArray[np.int64], found: list[dict[str, Interval]]
) -> list[list[str]]:
    """Return a table of what was counted and what was estimated, a line a figure."""
    table = [["figure", "truth", "labels counted", "corrected", "held", "worth"]]
    gold, labels = (
        with_balance(np.eye(len(STANCES))[i], "stance") for i in (truth, said.argmax(axis=1))
    )
    for at, name in enumerate(FIGURES):
        values = np.array([one[name].value for one in found])
        real = gold[:, at].mean()
        held = np.mean([one[name].low <= real <= one[name].high for one in found])
        spread = gold[:, at].var() / values.var()
        worth = spread / (1 + (spread - 1) / len(truth))  # without replacement
        table.append(
            [
                name,
                f"{real:.3f}",
                f"{labels[:, at].mean():.3f}",
                f"{values.mean():.3f} ± {values.std():.3f}",
                f"{held:.3f}",
                f"{worth:.0f} rows",
            ]
        )
    return table


if __name__ == "__main__":
    run_script(main)
