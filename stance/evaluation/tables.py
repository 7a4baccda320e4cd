"""Measured figures as tables, for a terminal and for Markdown.

Figures come as plain values, as `stance.json` holds them: an interval is a mapping of `value`,
`low` and `high`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

HEADINGS = {
    "rows": "rows",
    "macro_f1": "macro-F1",
    "focus_f1": "F1 of favor, against",
    "accuracy": "accuracy",
    "pairs": "pairs right",
    "changed": "labels that change",
    "shift": "mean change of stance_score",
    "kept": "kept at 90 % accuracy",
    "area": "area under risk–coverage",
    "nll": "negative log-likelihood",
    "ece": "calibration error (ECE)",
    "brier": "Brier score",
}
"""What the columns of a table are called, by the name of the figure."""

Table = Sequence[Sequence[str]]


def figure_table(what: str, lines: Mapping[str, Mapping[str, Any]]) -> Table:
    """Return a table with one line for each name in `lines`, its first column headed `what`.

    A figure that no line has gets no column, one that a line lacks an empty cell.
    """
    names = [
        name for name in HEADINGS if any(line.get(name) is not None for line in lines.values())
    ]
    head = [what, *(HEADINGS[name] for name in names)]
    return [
        head,
        *([label, *(cell(line.get(name)) for name in names)] for label, line in lines.items()),
    ]


def cell(value: Any) -> str:  # noqa: ANN401
    """Return one figure as text: intervals as `0.627 [0.582, 0.670]`, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return f"{value['value']:.3f} [{value['low']:.3f}, {value['high']:.3f}]"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def aligned(table: Table, indent: str = "  ") -> str:
    """Return a table in columns of equal width."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        (
            indent + "  ".join(f"{text:<{width}}" for text, width in zip(line, widths, strict=True))
        ).rstrip()
        for line in table
    )


def markdown(table: Table) -> str:
    """Return a table in Markdown."""
    head, *lines = (f"| {' | '.join(line)} |" for line in table)
    return "\n".join([head, "|" + " --- |" * len(table[0]), *lines])
