"""Estimated shares as a table for people and as rows for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from stance.batch.encoders import Csv, Encoder, JsonLines
from stance.cli.people import MAX_NAME, above, safe
from stance.errors import OutputError
from stance.estimation.shares import Estimate, GroupShares
from stance.evaluation.resampling import Interval


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


def show_agreement(right: Mapping[str, Interval]) -> None:
    """Print how often the model's labels are right."""
    shares = {
        name: f"{one.value * 100:.0f} ({one.low * 100:.0f}–{one.high * 100:.0f})"
        for name, one in right.items()
    }
    everywhere = shares.pop("all")
    click.echo(
        f"The coder agrees with the model in {everywhere} of 100 statements; where that says "
        + ", ".join(f"{name} in {share}" for name, share in shares.items())
    )


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


def figure_encoder(path: Path, by: Sequence[str]) -> Encoder:
    """Return what writes the figures; raises OutputError where `path` cannot hold them."""
    columns = (*by, "statements", "coded", "figure", "model", "value", "low", "high")
    kinds: dict[str, Encoder] = {".csv": Csv(columns), ".jsonl": JsonLines()}
    if path.suffix not in kinds:
        raise OutputError(f"{path}: cannot write this kind of file; give .csv or .jsonl")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: no folder {path.parent}; create it first")
    return kinds[path.suffix]


def write_figures(
    path: Path, encoder: Encoder, by: Sequence[str], found: Sequence[GroupShares]
) -> None:
    """Write estimates, a row a group and figure; raises OutputError."""
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
