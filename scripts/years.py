"""Ask what years and numbers of training rows are worth, by training on parts of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import numpy as np
from ending import run_script

from stance.errors import InputError
from stance.evaluation.groups import year_of
from stance.labelled import Row, read_rows, split_by_article
from stance.training.run import Settings
from stance.training.trials import Guesses, try_out

_Path = click.Path(path_type=Path, exists=True)


@click.command(
    epilog="Examples: python scripts/years.py --rows train.jsonl.gz --rows dev.jsonl.gz --base DIR"
    "; with a learning curve instead: --rows train.jsonl.gz --dev dev.jsonl.gz --share 0.25 "
    "--share 0.5 --share 1",
)
@click.option("--rows", "files", type=_Path, multiple=True, required=True, help="Labelled rows.")
@click.option("--base", default="sentence-transformers/all-MiniLM-L6-v2", show_default=True)
@click.option("--seed", "seeds", multiple=True, type=int, default=(1, 2), show_default=True)
@click.option("--epochs", default=3, show_default=True, type=click.IntRange(1))
@click.option("--until", default="2018", show_default=True, help="Last year of the old articles.")
@click.option(
    "--share",
    "shares",
    multiple=True,
    type=click.FloatRange(0, 1, min_open=True),
    help="Draw a learning curve: train on this share of the articles, and test on --dev.",
)
@click.option("--dev", type=_Path, help="Rows to test on, for a learning curve.")
def main(
    files: tuple[Path, ...],
    base: str,
    seeds: tuple[int, ...],
    epochs: int,
    until: str,
    shares: tuple[float, ...],
    dev: Path | None,
) -> None:
    """Ask what years and numbers of training rows are worth, by training on parts of them.

    Old articles against all years: half of the later articles are tested on (which half, the seed
    says), and the same number of rows is learnt from in both cases, drawn from the old articles
    alone or from these and the other half of the later ones. Rows without a year take no part.
    Prints a line a run, and then the figures of all seeds together.
    """
    rows = [row for row in read_rows(files) if row.get("stance") is not None]
    settings = Settings(base, epochs=epochs, quantise=False, patience=0)
    if shares:
        if dev is None:
            raise click.UsageError("a learning curve is tested on --dev")
        _learning_curve(settings, seeds, rows, read_rows([dev]), shares)
    else:
        _old_against_all(settings, seeds, rows, until)


def _learning_curve(
    settings: Settings,
    seeds: Sequence[int],
    rows: Sequence[Row],
    dev: Sequence[Row],
    shares: Sequence[float],
) -> None:
    found = {f"{share:.0%} of the articles": Guesses() for share in shares}
    for seed in seeds:
        for share, (name, guesses) in zip(shares, found.items(), strict=True):
            part = rows if share == 1 else split_by_article(rows, share, seed)[1]
            _run(name, settings, seed, part, dev, guesses)
    for name, guesses in found.items():
        click.echo(f"{name}, all seeds: {guesses}")


def _old_against_all(
    settings: Settings, seeds: Sequence[int], rows: Sequence[Row], until: str
) -> None:
    old = [row for row in rows if (year_of(row) or "9999") <= until]
    late = [row for row in rows if (year_of(row) or "0000") > until]
    if not old or not late:
        raise InputError(f"rows of years up to {until} and of later ones are needed")
    found = {f"up to {until}": Guesses(), "all years": Guesses()}
    for seed in seeds:
        halves = split_by_article(late, 0.5, seed=(seed - 1) // 2)  # two seeds test all of them
        tested, learnt = halves[seed % 2], halves[1 - seed % 2]
        mixed = _drawn([*old, *learnt], len(old), seed)
        for (name, guesses), part in zip(found.items(), (old, mixed), strict=True):
            _run(name, settings, seed, part, tested, guesses)
    _print_loss(found)


def _drawn(rows: Sequence[Row], size: int, seed: int) -> list[Row]:
    which = np.random.default_rng(seed).choice(len(rows), size=size, replace=False)
    return [rows[i] for i in sorted(which.tolist())]


def _run(
    name: str,
    settings: Settings,
    seed: int,
    rows: Sequence[Row],
    tested: Sequence[Row],
    guesses: Guesses,
) -> None:
    own = try_out(settings, seed, rows, tested, guesses)
    click.echo(f"{name}, seed {seed}, {len(rows)} rows learnt: {own}")


def _print_loss(found: Mapping[str, Guesses]) -> None:
    names = list(found)
    years = sorted({year for row in found[names[0]].rows if (year := year_of(row))})
    for year in (None, *years):
        old, every = (found[name].of_year(year) for name in names)
        for name, guesses in zip(names, (old, every), strict=True):
            click.echo(f"{year or 'later years'}, learnt from {name}, all seeds: {guesses}")
        gain = every.gain_over(old)
        click.echo(f"{year or 'later years'}: macro-F1 lost by learning from old alone {gain}")


if __name__ == "__main__":
    run_script(main)
