"""The table form of scored statements: the Arrow schema that every output format shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa

from stance.records import ScoredStatement

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
        pa.field("sentiment", pa.string(), nullable=False),
        pa.field("sentiment_score", pa.float64(), nullable=False),
        pa.field("model", pa.string(), nullable=False),
    ]
)
"""Columns that every row has, in output order."""

ARTICLE_COLUMNS = ("title", "date", "source", "url")
"""Columns that a row has when its article has them."""
