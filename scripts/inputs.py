"""Measure what each part of the input brings, by training without it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click
from ending import run_script

from stance.errors import InputError
from stance.labelled import Row, read_rows, split_by_article
from stance.training.run import Settings
from stance.training.trials import Guesses, try_out

SURROUNDINGS = ("paragraph", "previous", "title", "speaker")

VARIANTS: Mapping[str, tuple[str, ...]] = {
    "everything": SURROUNDINGS,
    "the quote alone": (),
    "the quote and its paragraph": ("paragraph",),
    "without the speaker": ("paragraph", "previous", "title"),
    "without the title": ("paragraph", "previous", "speaker"),
    "without the paragraph before": ("paragraph", "title", "speaker"),
    "with the date": (*SURROUNDINGS, "date"),
    "with the speaker's side": (*SURROUNDINGS, "side"),
}
"""What a model may read besides the quote; the first variant is what the others are held against.
The date is read as the title's first word, the side (as labelled) after the speaker's name."""


@click.command(
    epilog="Example: python scripts/inputs.py --rows train.jsonl.gz --variant 'everything' "
    "--variant 'without the title'"
)
@click.option(
    "--rows",
    "files",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    required=True,
    help="Labelled rows; a fifth of their articles is tested on.",
)
@click.option("--base", default="sentence-transformers/all-MiniLM-L6-v2", show_default=True)
@click.option("--seed", "seeds", multiple=True, type=int, default=(1,), show_default=True)
@click.option("--epochs", default=3, show_default=True, type=click.IntRange(1))
@click.option(
    "--variant",
    "names",
    multiple=True,
    type=click.Choice(list(VARIANTS)),
    help="Only these; all by default.",
)
def main(
    files: tuple[Path, ...],
    base: str,
    seeds: tuple[int, ...],
    epochs: int,
    names: tuple[str, ...],
) -> None:
    """Measure what each part of the input brings, by training without it.

    Prints for each variant the figures of all seeds on the articles kept apart, and what it gains
    over everything on the same rows (below 0: it loses).
    """
    rows = [row for row in read_rows(files) if row.get("stance") is not None]
    kept, tested = split_by_article(rows, 0.2, seed=0)
    if not kept or not tested:
        raise InputError("rows of some articles are needed")
    settings = Settings(base, epochs=epochs, quantise=False, patience=0)
    first, *_ = VARIANTS
    chosen = dict.fromkeys([first, *(names or VARIANTS)])
    found: dict[str, Guesses] = {}
    for name in chosen:
        found[name] = Guesses()
        learnt, asked = ([_with(row, VARIANTS[name]) for row in own] for own in (kept, tested))
        for seed in seeds:
            try_out(settings, seed, learnt, asked, found[name])
        gain = "" if name == first else f"   gain {found[name].gain_over(found[first])}"
        click.echo(f"{name}: {found[name]}{gain}")


def _with(row: Row, parts: tuple[str, ...]) -> Row:
    """Return the row with no surroundings but `parts`."""
    read = dict(row)
    if "paragraph" not in parts:
        read["context"] = None  # another name of the same column
    for name in SURROUNDINGS:
        read[name] = row.get(name) if name in parts else None
    if "date" in parts:
        read["title"] = f"{row.get('date') or ''} {row.get('title') or ''}".strip()
    if "side" in parts and row.get("side") not in (None, "unknown"):
        read["speaker"] = f"{row.get('speaker') or 'someone'}, {row['side']}"
    return read


if __name__ == "__main__":
    run_script(main)
