"""`stance model`: which model is loaded, and how good it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import click

from stance.batch.progress import printable


@click.command(
    epilog="""\b
Examples:
  stance model
  stance model --model runs/my-model
  stance model --json | jq .
"""
)
@click.option(
    "--model", "folder", metavar="DIR", help="A model folder, instead of the one that ships."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def model(folder: str | None, as_json: bool) -> None:
    """Show the model: version, labels, base model, training data, measured quality."""
    import stance  # noqa: PLC0415 - slow to import

    facts = stance.load(folder).describe()
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
        return
    for line in described(brief(facts)):
        click.echo(line)


DETAILS = ("groups", "swaps", "challenge")
"""Figures that fill pages: the model card and `--json` have them."""


def brief(facts: Mapping[str, object]) -> dict[str, object]:
    """Return the facts without the `DETAILS` of the measured quality."""
    quality = facts.get("quality")
    if not isinstance(quality, Mapping):
        return dict(facts)
    return {**facts, "quality": {k: v for k, v in quality.items() if k not in DETAILS}}


def described(facts: Mapping[str, object], indent: str = "") -> Iterator[str]:
    """Yield the lines that show `facts`, with what is inside of others set in."""
    width = max((len(name) for name in facts), default=0)
    for name, value in facts.items():
        label = f"{indent}{name.replace('_', ' ')}"
        if isinstance(value, Mapping) and not is_interval(value):
            yield label
            yield from described(value, indent + "  ")
        else:
            yield f"{label:<{len(indent) + width}}  {printable(shown(value))}"


def is_interval(value: Mapping[str, object]) -> bool:
    """Tell whether a fact is a measured figure with its confidence interval."""
    return set(value) == {"value", "low", "high"}


def shown(value: object) -> str:
    """Return a fact as people read it: lists with commas, numbers with at most three digits."""
    if isinstance(value, Mapping):
        return f"{shown(value['value'])}  ({shown(value['low'])} to {shown(value['high'])})"
    if isinstance(value, (list, tuple)):
        return ", ".join(shown(one) for one in value)
    return f"{value:.3g}" if isinstance(value, float) else str(value)
