"""Columns of the input that a table carries through."""

from __future__ import annotations

import pyarrow as pa

from stance.batch.chunks import Chunk
from stance.batch.items import QuoteRow
from stance.batch.readers import Reading


def carried_fields(reading: Reading, first: Chunk | None) -> list[pa.Field]:
    """Return the columns to carry through: those to keep, or all of a file that holds quotes.

    They are of the types that `reading` knows, else text. For rows that hold quotes the columns
    are those of the `first` chunk.
    """
    names = row_columns(first) if reading.statements else reading.columns.keep
    return [pa.field(name, reading.types.get(name, pa.string())) for name in names]


def row_columns(first: Chunk | None) -> list[str]:
    """Return the columns of the rows in the first chunk, in order of appearance."""
    contents = [item.content for item in first.items] if first else []
    return list(
        dict.fromkeys(name for row in contents if isinstance(row, QuoteRow) for name in row.values)
    )
