"""`stance estimate`: scored statements and a coded sample in, shares with intervals out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from stance.cli.people import MAX_NAME, above, safe
from stance.errors import InputError, OutputError

if TYPE_CHECKING:
    from stance.estimation.coding import Coding, Key
    from stance.estimation.shares import Estimate, GroupShares, Tally


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
    from stance.estimation.coding import read_sheet  # noqa: PLC0415
    from stance.estimation.scored import read_scored  # noqa: PLC0415
    from stance.estimation.shares import Tally  # noqa: PLC0415

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
    if output is not None:
        write_figures(output, by, found)
    show(by, found[:top], corrected=coded is not None)
    if len(found) > top:
        click.echo(f"{len(found) - top:,} groups more: --top or -o", err=True)


def check(tally: Tally, sheet: Mapping[Key, Coding], coded: Path) -> None:
    """Raise InputError where nothing is coded, and tell where something coded is not there."""
    labels = [one.stance if tally.head == "stance" else one.sentiment for one in sheet.values()]
    wanted = len(labels) - labels.count(None)
    if not wanted:
        raise InputError(f"{coded}: coded_{tally.head} is empty in every row")
    if not tally.errors:
        raise InputError(f"{coded}: none of its statements are among the rows")
    if len(tally.errors) < wanted:
        click.echo(
            f"{wanted - len(tally.errors)} of {wanted} coded statements are not among the rows "
            "(a spreadsheet may have changed their ids)",
            err=True,
        )


def show(by: Sequence[str], found: Sequence[GroupShares], *, corrected: bool) -> None:
    """Print estimates as a table, in percent but for the balance."""
    names = list(found[0].estimates)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in by or ("",):
        table.add_column(name, overflow="fold")
    for name in ("statements", *names):
        table.add_column(name, justify="right", no_wrap=True)
    for group in found:
        values = [safe("—" if value is None else value, MAX_NAME) for value in group.group]
        count = Text(f"{group.statements:,}")
        if corrected:
            count = above(count, Text(f"{group.coded:,} coded", "bright_black"))
        figures = [
            shown(group.estimates[name], 1.0 if name == "balance" else 100.0) for name in names
        ]
        table.add_row(*(values or [Text("all")]), count, *figures)
    Console(file=sys.stdout, highlight=False).print(table)
    click.echo(CORRECTED if corrected else MODELS_OWN)


CORRECTED = """\
Percent, and the balance from −1 to 1, with 95 % intervals. ~ is the model's own figure, its errors
included: too few statements of the group are coded."""
MODELS_OWN = """\
Percent, and the balance from −1 to 1, as the model counts them, its errors included; `stance
sample` and --coded correct them."""


def shown(estimate: Estimate, scale: float) -> Text:
    """Return an estimate above its interval, or the model's own figure with a mark."""
    digits = 1 if scale > 1 else 2
    found = estimate.corrected
    if found is None:
        return Text(f"~{estimate.model * scale:.{digits}f}", "bright_black")
    value, low, high = (f"{one * scale:.{digits}f}" for one in (found.value, found.low, found.high))
    between = " to " if low.startswith("-") or high.startswith("-") else "–"
    return above(Text(value), Text(f"{low}{between}{high}", "bright_black"))


def write_figures(path: Path, by: Sequence[str], found: Sequence[GroupShares]) -> None:
    """Write estimates, a row a group and figure; raises OutputError."""
    from stance.batch.encoders import Csv, Encoder, JsonLines  # noqa: PLC0415 - see estimate

    columns = (*by, "statements", "coded", "figure", "model", "value", "low", "high")
    kinds: dict[str, Encoder] = {".csv": Csv(columns), ".jsonl": JsonLines()}
    encoder = kinds.get(path.suffix)
    if encoder is None:
        raise OutputError(f"{path}: cannot write this kind of file; give .csv or .jsonl")
    try:
        path.write_bytes(encoder.header() + encoder.encode(list(figure_rows(by, found))))
    except OSError as error:
        raise OutputError(f"{path}: cannot write: {error.strerror or error}") from None


def figure_rows(by: Sequence[str], found: Sequence[GroupShares]) -> Iterator[dict[str, object]]:
    """Yield one row for each figure of each group."""
    for group in found:
        for name, one in group.estimates.items():
            yield {
                **dict(zip(by, group.group, strict=True)),
                "statements": group.statements,
                "coded": group.coded,
                "figure": name,
                "model": one.model,
                **{end: getattr(one.corrected, end, None) for end in ("value", "low", "high")},
            }
