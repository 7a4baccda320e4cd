"""Scored statements as a table for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from stance.batch.items import ColumnNames, shorten
from stance.batch.progress import printable

Row = Mapping[str, object]

REVIEW = "?"
"""Stands after a stance that a person should read: the row's `needs_review`."""

MAX_QUOTE = 240
MAX_NAME = 60
WIDE = 110
"""Characters in a line from which on every value has a column of its own."""

COLORS = {
    "favor": "green",
    "against": "red",
    "neutral": "yellow",
    "unrelated": "bright_black",
    "positive": "green",
    "negative": "red",
}


def article_table(name: str | None, rows: Sequence[Row], columns: ColumnNames, width: int) -> Table:
    """Return the table of one article's statements, or, without `name`, of rows with quotes.

    On a screen of less than `WIDE` characters, what belongs together stands one above the other.
    """
    table = Table(
        box=box.SIMPLE_HEAD, title=heading(name, rows[0]), title_justify="left", expand=True
    )
    wide = width >= WIDE
    table.add_column("speaker" if wide else "speaker, side", ratio=2, min_width=14)
    for label in ("side", "stance", "sentiment") if wide else ("stance, tone",):
        table.add_column(label, no_wrap=True)
    table.add_column("quote", ratio=5, min_width=20)
    for row in rows:
        speaker = safe(speaker_of(row, columns) or "—", MAX_NAME)
        side = safe(row["speaker_side"])
        stance = scored(row["stance"], row["stance_score"])
        if row.get("needs_review"):
            stance.append(f" {REVIEW}", "bold yellow")
        sentiment = scored(row["sentiment"], row["sentiment_score"])
        quote = safe(row.get("quote") or row.get(columns.quote), MAX_QUOTE)
        if wide:
            table.add_row(speaker, side, stance, sentiment, quote)
        else:
            table.add_row(above(speaker, side), above(stance, sentiment), quote)
    return table


def above(upper: Text, lower: Text) -> Text:
    """Return two texts as two lines."""
    return Text("\n").join((upper, lower))


def heading(name: str | None, row: Row) -> Text | None:
    """Return the line above an article's table: its title or else its id, and its date."""
    title = row.get("title") or name
    if title is None:
        return None
    line = safe(title)
    line.stylize("bold")
    date = row.get("date")
    return line.append("  ").append_text(safe(date)) if date else line


def speaker_of(row: Row, columns: ColumnNames) -> str:
    """Return who says a row's statement, found or as its own column has it, or nothing."""
    return str(row.get(columns.speaker) or row.get("speaker") or "")


def summary(rows: Sequence[Row], columns: ColumnNames) -> str:
    """Return one line that counts an article's statements by stance and its named speakers."""
    stances = Counter(str(row["stance"]) for row in rows)
    speakers = {name for row in rows if (name := speaker_of(row, columns))}
    counts = ", ".join(f"{count} {stance}" for stance, count in stances.most_common())
    unsure = sum(bool(row.get("needs_review")) for row in rows)
    review = f"; {unsure} unsure ({REVIEW}), better read by a person" if unsure else ""
    return (
        f"{plural(len(rows), 'statement')} by {plural(len(speakers), 'named speaker')}: "
        f"{counts}{review}"
    )


def plural(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def scored(label: object, score: object) -> Text:
    """Return a label with its score, -1 to 1, in the label's colour."""
    return Text(f"{label} {score:+.2f}", style=COLORS.get(str(label), ""))


def safe(value: object, limit: int = 200) -> Text:
    """Return any text as it may be shown: no markup, no control characters, one line, not long."""
    return Text(shorten(printable(" ".join(str(value).split())), limit))
