"""The table form of scored statements: the Arrow schema that every output format shares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import pyarrow as pa

from stance.plain import as_json, as_plain
from stance.records import SCORE_COLUMNS, ScoredStatement

COLUMNS = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("statement_id", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("segments", pa.list_(pa.list_(pa.int64())), nullable=False),
        pa.field("quote", pa.string(), nullable=False),
        pa.field("context", pa.string(), nullable=False),
        pa.field("speaker", pa.string()),
        pa.field("speaker_mention", pa.string()),
        pa.field("speaker_confidence", pa.float64(), nullable=False),
        pa.field("speaker_side", pa.string(), nullable=False),
        pa.field("stance", pa.string(), nullable=False),
        pa.field("stance_score", pa.float64(), nullable=False),
        pa.field("p_favor", pa.float64(), nullable=False),
        pa.field("p_against", pa.float64(), nullable=False),
        pa.field("p_neutral", pa.float64(), nullable=False),
        pa.field("p_unrelated", pa.float64(), nullable=False),
        pa.field("needs_review", pa.bool_(), nullable=False),
        pa.field("sentiment", pa.string(), nullable=False),
        pa.field("sentiment_score", pa.float64(), nullable=False),
        pa.field("model", pa.string(), nullable=False),
    ]
)
"""Columns that every row has, in output order."""

COLUMN_NAMES = tuple(COLUMNS.names)

ARTICLE_COLUMNS = ("title", "date", "source", "url")
"""Columns that a row has when its article has them."""

CLASH_PREFIX = "input_"
"""Put before the name of a carried column that the output has a column of its own for."""


def as_row(statement: ScoredStatement) -> dict[str, object]:
    """Return a scored statement as one JSON-ready row, in column order.

    The article's title, date, source and url are there when the article has them; carried columns
    come last, under their names or, where the output has that name itself, with `CLASH_PREFIX`.
    """
    row: dict[str, object] = {name: getattr(statement, name) for name in COLUMN_NAMES}
    row["segments"] = [list(segment) for segment in statement.segments]
    for name in ARTICLE_COLUMNS:
        value = getattr(statement, name)
        if value is not None:
            row[name] = value
    return row | without_clashes(statement.extra, RESERVED)


def without_clashes(values: Mapping[str, object], reserved: Collection[str]) -> dict[str, object]:
    """Return carried values under names that do not hide a column of the output."""
    names = carried_names(tuple(values), reserved)
    return dict(zip(names, values.values(), strict=True))


def carried_names(names: Sequence[str], reserved: Collection[str]) -> list[str]:
    """Return the names under which input columns are carried to the output, each different."""
    taken = set(names)
    carried = []
    for name in names:
        new = name
        while new in reserved or (new != name and new in taken):
            new = CLASH_PREFIX + new
        taken.add(new)
        carried.append(new)
    return carried


def renamed(fields: Iterable[pa.Field], reserved: Collection[str]) -> list[pa.Field]:
    """Return the fields of carried columns under the names that they have in the output."""
    originals = list(fields)
    names = carried_names([one.name for one in originals], reserved)
    return [one.with_name(name) for one, name in zip(originals, names, strict=True)]


RESERVED = frozenset((*COLUMN_NAMES, *ARTICLE_COLUMNS))
"""Names that carried columns of articles cannot have."""


def article_schema(carried: Iterable[pa.Field] = ()) -> pa.Schema:
    """Return the schema of scored articles: all columns, the article's, then `carried`."""
    articles = [pa.field(name, pa.string()) for name in ARTICLE_COLUMNS]
    return pa.schema([*COLUMNS, *articles, *renamed(carried, RESERVED)])


def statement_schema(carried: Iterable[pa.Field]) -> pa.Schema:
    """Return the schema of rows that came with their quotes: `carried`, then the scores."""
    scores = [COLUMNS.field(name) for name in SCORE_COLUMNS]
    return pa.schema([*renamed(carried, SCORE_COLUMNS), *scores])


def as_batch(rows: Sequence[Mapping[str, object]], schema: pa.Schema) -> pa.RecordBatch:
    """Return rows as one record batch of `schema`.

    A value whose column is text but that is none, such as a number that JSON carried, is written
    as `as_string` has it; a missing one is null.
    """
    columns = []
    for column in schema:
        values = [row.get(column.name) for row in rows]
        if pa.types.is_string(column.type):
            values = [as_string(value) for value in values]
        columns.append(pa.array(values, type=column.type))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def as_string(value: object) -> str | None:
    """Return a value for a text column: null as it is, dates and bytes as text, others as JSON."""
    if value is None or isinstance(value, str):
        return value
    plain = value if isinstance(value, (list, tuple, dict)) else as_plain(value)
    return plain if isinstance(plain, str) else as_json(plain)
