"""Rows that `stance score` wrote, in any of its formats, as batches of the columns asked for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from stance.batch.inputs import Inputs, Source
from stance.batch.items import Unusable, one_line
from stance.batch.readers import jsonl_rows
from stance.batch.streams import Meter, bounded_lines, opened
from stance.errors import InputError
from stance.records import STANCES
from stance.table import as_string

PROBABILITIES = tuple(f"p_{label}" for label in STANCES)
NEEDED = ("article_id", "statement_id", "stance", *PROBABILITIES, "sentiment", "model")
"""Columns without which nothing can be sampled or estimated."""

PERIODS = {"year": 4, "month": 7}
"""Columns made of an ISO date's first characters, where a file has none of the name."""

BATCH_ROWS = 16_384
CSV_BLOCK = 2**26
"""Bytes of a CSV file that are parsed at a time, and so the most that one row may have."""


def read_scored(inputs: Inputs, extra: Sequence[str] = ()) -> Iterator[pa.RecordBatch]:
    """Yield the scored rows of all inputs in order, in memory that does not grow with them.

    Each batch has the columns `NEEDED`, the probabilities as float64 and the others as text, and
    those of `extra` as text; one that a file lacks is null there, but for `PERIODS`.

    Raises:
        InputError: A file cannot be read, or lacks a needed column.
    """
    meter, columns = Meter(), [*NEEDED, *extra]
    read = list(dict.fromkeys([*columns, "date"] if PERIODS.keys() & set(extra) else columns))
    for source in inputs:
        try:
            for batch in _batches(source, meter, read):
                yield _shaped(batch, columns, source)
        except (pa.ArrowException, OSError, EOFError, UnicodeError) as error:
            raise InputError(f"{source.label}: {one_line(error)}") from None


def _batches(source: Source, meter: Meter, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    if source.format == "parquet":
        with pq.ParquetFile(source.path) as file:
            there = _present(file.schema_arrow.names, columns, source)
            for batch in file.iter_batches(BATCH_ROWS, columns=there):
                yield batch
        return
    with opened(source, meter) as stream:
        if source.format == "csv":
            for batch in arrow_csv.open_csv(stream, **_csv_options(columns)):
                _present(batch.schema.names, columns, source)
                yield batch
        elif source.format in ("jsonl", "stdin"):
            lines = (row for _, row in jsonl_rows(bounded_lines(stream)))
            while rows := list(itertools.islice(lines, BATCH_ROWS)):
                yield _from_json(rows, columns, source)
        else:
            raise InputError(f"{source.label}: holds articles; give what stance score wrote")


def _csv_options(columns: Sequence[str]) -> dict[str, Any]:
    return {
        "read_options": arrow_csv.ReadOptions(block_size=CSV_BLOCK),
        "parse_options": arrow_csv.ParseOptions(newlines_in_values=True),
        "convert_options": arrow_csv.ConvertOptions(
            column_types={name: _type(name) for name in columns},
            null_values=[""],
            strings_can_be_null=True,
        ),
    }


def _from_json(rows: Sequence[object], columns: Sequence[str], source: Source) -> pa.RecordBatch:
    for row in rows:
        if isinstance(row, Unusable):
            raise InputError(f"{source.label}: {row.reason}")
    objects = cast(Sequence[Mapping[str, object]], rows)
    there = _present([n for n in columns if any(n in row for row in objects)], columns, source)
    schema = pa.schema([(name, _type(name)) for name in there])
    values = {name: [row.get(name) for row in objects] for name in there}
    return pa.RecordBatch.from_pydict(
        {n: v if n in PROBABILITIES else [as_string(one) for one in v] for n, v in values.items()},
        schema,
    )


def _present(names: Sequence[str], columns: Sequence[str], source: Source) -> list[str]:
    """Return which of the columns are there; raises InputError where a needed one is not."""
    lacking = [name for name in NEEDED if name not in names]
    if lacking:
        raise InputError(
            f"{source.label}: no column '{lacking[0]}'; give what stance score wrote of articles"
        )
    return [name for name in columns if name in names]


def _shaped(batch: pa.RecordBatch, columns: Sequence[str], source: Source) -> pa.RecordBatch:
    """Return the batch with just these columns, of their types."""
    arrays = []
    for name in columns:
        try:
            arrays.append(_column(batch, name))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            kind = batch.schema.field(name).type
            raise InputError(f"{source.label}: the column '{name}' is {kind}, not text") from None
    return pa.RecordBatch.from_arrays(arrays, names=list(columns))


def _column(batch: pa.RecordBatch, name: str) -> pa.Array:
    """Return one column of its type: the batch's own, a period of its dates, or nulls."""
    if name in batch.schema.names:
        return pc.cast(batch.column(name), _type(name))
    if name in PERIODS and "date" in batch.schema.names:
        dates = pc.cast(batch.column("date"), pa.string())
        dated = pc.match_substring_regex(dates, r"^\d{4}-\d{2}")
        period = pc.utf8_slice_codeunits(dates, 0, PERIODS[name])
        return pc.if_else(pc.fill_null(dated, False), period, pa.scalar(None, pa.string()))
    return pa.nulls(batch.num_rows, _type(name))


def _type(name: str) -> pa.DataType:
    return pa.float64() if name in PROBABILITIES else pa.string()
