"""Scored statements as a table for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from stance.batch.items import ColumnNames
from stance.batch.progress import printable

Row = Mapping[str, object]

MAX_QUOTE = 240
MAX_NAME = 60
COLORS = {
    "favor": "green",
    "against": "red",
    "neutral": "yellow",
    "unrelated": "bright_black",
    "positive": "green",
    "negative": "red",
}


def article_table(name: str | None, rows: Sequence[Row], columns: ColumnNames) -> Table:
    """Return the table of one article's statements, or, without `name`, of rows with quotes."""
    table = Table(
        box=box.SIMPLE_HEAD, title=heading(name, rows[0]), title_justify="left", expand=True
    )
    table.add_column("speaker", ratio=3, min_width=10)
    table.add_column("side", no_wrap=True)
    table.add_column("stance", no_wrap=True)
    table.add_column("sentiment", no_wrap=True)
    table.add_column("quote", ratio=8, min_width=20)
    for row in rows:
        table.add_row(
            safe(row.get(columns.speaker) or row.get("speaker") or "—", MAX_NAME),
            safe(row["speaker_side"]),
            scored(row["stance"], row["stance_score"]),
            scored(row["sentiment"], row["sentiment_score"]),
            safe(row.get("quote") or row.get(columns.quote), MAX_QUOTE),
        )
    return table


def heading(name: str | None, row: Row) -> Text | None:
    """Return the line above an article's table: its title or else its id, and its date."""
    title = row.get("title") or name
    if title is None:
        return None
    line = safe(title)
    line.stylize("bold")
    date = row.get("date")
    return line.append("  ").append_text(safe(date)) if date else line


def summary(rows: Sequence[Row]) -> str:
    """Return one line that counts an article's statements by stance and names its speakers."""
    stances = Counter(str(row["stance"]) for row in rows)
    speakers = {row["speaker"] for row in rows if row.get("speaker")}
    counts = ", ".join(f"{count} {stance}" for stance, count in stances.most_common())
    return f"{plural(len(rows), 'statement')} by {plural(len(speakers), 'named speaker')}: {counts}"


def plural(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def scored(label: object, score: object) -> Text:
    """Return a label with its score, -1 to 1, in the label's colour."""
    return Text(f"{label} {score:+.2f}", style=COLORS.get(str(label), ""))


def safe(value: object, limit: int = 200) -> Text:
    """Return any text as it may be shown: no markup, no control characters, one line, not long."""
    words = printable(" ".join(str(value).split()))
    return Text(words if len(words) <= limit else f"{words[: limit - 1].rstrip()}…")
