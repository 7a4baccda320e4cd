"""`stance sample`: scored statements in, a sheet for a person to code out."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    epilog="""\b
Examples:
  stance sample statements.parquet -n 300 -o to_code.csv
  stance sample 'parts/*.parquet' -n 300 --seed 7 -o to_code.csv

Fill the column coded_stance (favor, against, neutral, unrelated) and, if you like,
coded_sentiment (positive, neutral, negative), save as CSV, and go on with stance estimate. What the
model says is not in the sheet.
"""
)
@click.argument("rows", nargs=-1, required=True, metavar="ROWS...")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The sheet (.csv).",
)
@click.option(
    "-n",
    "size",
    default=200,
    show_default=True,
    type=click.IntRange(50, 100_000),
    help="Statements to draw.",
)
@click.option("--seed", default=1, show_default=True, help="Another one draws others.")
@click.option("--overwrite", is_flag=True, help="Replace a sheet that is there, coded or not.")
def sample(rows: tuple[str, ...], output: Path, size: int, seed: int, overwrite: bool) -> None:
    """Draw a random sample of the statements in ROWS for a person to code.

    ROWS is what `stance score` wrote: files, folders, globs, or '-'. More is drawn of what the
    model is less sure of, which makes the estimates of `stance estimate` more exact.
    """
    from stance.batch.inputs import Inputs  # noqa: PLC0415 - not needed for --help
    from stance.estimation.coding import SHOWN, check_place, write_sheet  # noqa: PLC0415
    from stance.estimation.sampling import draw  # noqa: PLC0415
    from stance.estimation.scored import read_scored  # noqa: PLC0415
    from stance.estimation.strata import STRATA  # noqa: PLC0415

    check_place(output, overwrite=overwrite)
    inputs = Inputs(rows, frozenset([output.resolve()]))
    drawn = draw(read_scored(inputs, SHOWN), size, seed)
    write_sheet(output, drawn.rows, overwrite=overwrite)
    counts = ", ".join(
        f"{count} of {of:,} {name}"
        for name, count, of in zip(STRATA, drawn.drawn, drawn.sizes, strict=True)
        if of
    )
    click.echo(f"{output}: {len(drawn.rows)} statements to code ({counts})", err=True)
