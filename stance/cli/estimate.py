"""`stance estimate`: scored statements and a coded sample in, shares with intervals out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stance.errors import InputError

if TYPE_CHECKING:
    from stance.estimation.coding import Coding, Key
    from stance.estimation.shares import Tally


@click.command(
    epilog="""\b
Examples:
  stance estimate statements.parquet --coded to_code.csv
  stance estimate statements.parquet --coded to_code.csv --by speaker_side --by year
  stance estimate statements.parquet --coded to_code.csv --by speaker --top 50 -o shares.csv
"""
)
@click.argument("rows", nargs=-1, required=True, metavar="ROWS...")
@click.option(
    "--coded",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The sheet of stance sample, coded. Without it, the model's own shares, errors and all.",
)
@click.option(
    "--by",
    multiple=True,
    metavar="COL",
    help="Estimate for each value of this column (repeatable); year and month are made of the "
    "date where there is no column of the name.",
)
@click.option("--sentiment", is_flag=True, help="Shares of sentiment instead of stance.")
@click.option(
    "--top", default=20, show_default=True, type=click.IntRange(1), help="Groups to show."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all groups to this .csv or .jsonl, one row a group and figure.",
)
def estimate(
    rows: tuple[str, ...],
    coded: Path | None,
    by: tuple[str, ...],
    sentiment: bool,
    top: int,
    output: Path | None,
) -> None:
    """Estimate the shares of stances in ROWS, corrected by what a person coded.

    ROWS is what `stance score` wrote and `stance sample` drew from. The interval beside each share
    covers chance in the drawing of the sample, 95 times in 100; it takes what the person coded for
    right. The balance is the share of favor less that of against.
    """
    from stance.batch.inputs import Inputs  # noqa: PLC0415 - not needed for --help
    from stance.cli.figures import (  # noqa: PLC0415
        figure_encoder,
        show,
        show_agreement,
        write_figures,
    )
    from stance.estimation.coding import read_sheet  # noqa: PLC0415
    from stance.estimation.scored import read_scored  # noqa: PLC0415
    from stance.estimation.shares import Tally  # noqa: PLC0415

    encoder = None if output is None else figure_encoder(output, by)
    sheet = {} if coded is None else read_sheet(coded)
    tally = Tally("sentiment" if sentiment else "stance", by, sheet)
    own = [path.resolve() for path in (coded, output) if path is not None]
    for batch in read_scored(Inputs(rows, frozenset(own)), by):
        tally.add(batch)
    if coded is not None:
        check(tally, sheet, coded)
    found = tally.estimates()
    if not found:
        raise InputError("there are no statements to estimate from")
    for at, name in enumerate(by):
        if all(group.group[at] is None for group in found):
            raise InputError(f"no row has anything in a column '{name}' (--by)")
    if output is not None and encoder is not None:
        write_figures(output, encoder, by, found)
    show(by, found[:top], corrected=coded is not None)
    if tally.rows:
        show_agreement(tally.right())
    if len(found) > top:
        click.echo(f"{len(found) - top:,} groups more: --top or -o", err=True)


def check(tally: Tally, sheet: Mapping[Key, Coding], coded: Path) -> None:
    """Raise InputError where nothing is coded, and tell where something coded is not there."""
    labels = [one.stance if tally.head == "stance" else one.sentiment for one in sheet.values()]
    wanted = len(labels) - labels.count(None)
    if not wanted:
        raise InputError(f"{coded}: coded_{tally.head} is empty in every row")
    if not tally.rows:
        raise InputError(f"{coded}: none of its statements are among the rows")
    if len(tally.rows) > wanted:
        more = len(tally.rows) - wanted
        raise InputError(
            f"coded statements occur {more:,} times more among the rows than in {coded}: "
            "leave out the copies (the same article_id and statement_id)"
        )
    if len(tally.rows) < wanted:
        click.echo(
            f"{wanted - len(tally.rows)} of {wanted} coded statements are not among the rows "
            "(a spreadsheet may have changed their ids)",
            err=True,
        )
