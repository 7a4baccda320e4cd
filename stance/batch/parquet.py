"""Reading Parquet in constant memory, a small batch of rows at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import pyarrow as pa
import pyarrow.parquet as pq

from stance.batch.inputs import Source
from stance.batch.items import Unusable, as_text, one_line
from stance.batch.streams import Meter
from stance.errors import ArticleError
from stance.table import as_string

BATCH_ROWS = 64

Row = tuple[int, Mapping[str, object] | Unusable]


class ParquetTable:
    """An open Parquet file; raises ArticleError when it is not one, or breaks off while read."""

    def __init__(self, source: Source) -> None:
        self._source = source
        try:
            self._file = pq.ParquetFile(source.path, pre_buffer=False, buffer_size=2**20)
        except (pa.ArrowException, OSError, UnicodeEncodeError) as error:
            raise ArticleError(str(error)) from None

    @property
    def schema(self) -> pa.Schema:
        """The file's columns with their types."""
        return self._file.schema_arrow

    def rows(
        self, columns: list[str], meter: Meter, types: Mapping[str, pa.DataType], identity: str
    ) -> Iterator[Row]:
        """Yield the rows, numbered from 1, with `columns` only; those in `types` are cast.

        `identity` is the column with the id.
        """
        total = max(self._file.metadata.num_rows, 1)
        done = 0
        with meter.file(self._source.size, lambda: self._source.size * done // total):
            try:
                for batch in self._file.iter_batches(BATCH_ROWS, columns=columns):
                    for row in batch_rows(batch, types, identity):
                        done += 1
                        yield done, row
            except (pa.ArrowException, OSError) as error:
                raise ArticleError(str(error)) from None
            finally:
                self._file.close()


def cast_columns(batch: pa.RecordBatch, types: Mapping[str, pa.DataType]) -> pa.RecordBatch:
    """Return `batch` with the columns named in `types` cast to those types."""
    for index, name in enumerate(batch.schema.names):
        wanted = types.get(name)
        if wanted is not None and plain_type(batch.schema.types[index]) != wanted:
            batch = batch.set_column(index, name, cast_column(batch.column(index), wanted))
    return batch


def cast_column(column: pa.Array, wanted: pa.DataType) -> pa.Array:
    """Return `column` as another type; raises what `batch_rows` expects where a value has none."""
    if pa.types.is_string(wanted):
        return pa.array([as_string(value) for value in column.to_pylist()], wanted)
    if pa.types.is_nested(wanted):
        return pa.array(column.to_pylist(), wanted)
    return column.cast(wanted)


def batch_rows(
    batch: pa.RecordBatch, types: Mapping[str, pa.DataType], identity: str
) -> Iterator[Mapping[str, object] | Unusable]:
    """Yield each row as Python values; one that cannot be read so spoils only itself.

    Text may be no UTF-8, a date beyond the years of Python, a value none of its column's type.
    `identity` is the column with the id, which a row that cannot be read keeps.
    """
    try:
        yield from cast_columns(batch, types).to_pylist()
    except (ValueError, OverflowError, pa.ArrowException):
        for index in range(batch.num_rows):
            row = batch.slice(index, 1)
            try:
                yield cast_columns(row, types).to_pylist()[0]
            except UnicodeDecodeError as error:
                yield Unusable(f"not UTF-8: {error}", row_id(row, identity))
            except (ValueError, OverflowError, pa.ArrowException) as error:
                yield Unusable(f"cannot be read: {one_line(error)}", row_id(row, identity))


def row_id(row: pa.RecordBatch, identity: str) -> str | None:
    """Return the id of a batch of one row, None where it has none that can be read."""
    try:
        return as_text(row.column(identity)[0].as_py(), identity)
    except (KeyError, ValueError, OverflowError, pa.ArrowException, ArticleError):
        return None


def plain_type(kind: pa.DataType) -> pa.DataType:
    """Return the type in which the output carries a column of type `kind` through.

    Dictionaries are decoded at any depth: the stream that becomes the file has no place for them.
    """
    if pa.types.is_dictionary(kind):
        return plain_type(kind.value_type)
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(plain_type(field.type)) for field in kind])
    if pa.types.is_map(kind):
        return pa.map_(plain_type(kind.key_type), plain_type(kind.item_type))
    if pa.types.is_nested(kind):
        inner = plain_type(kind.value_type)
        return kind if inner == kind.value_type else pa.list_(inner)
    return kind


def column_types(
    sources: Iterable[Source], names: Collection[str] | None
) -> dict[str, pa.DataType]:
    """Return for each of the columns `names`, or for all, a type that it can have in every file.

    A column of nulls alone tells no type, and goes on as text. Broken files are passed over.
    """
    found: dict[str, pa.DataType] = {}
    for source in sources:
        for field in file_fields(source):
            if names is None or field.name in names:
                kind = plain_type(field.type)
                found[field.name] = common_type(found.get(field.name, kind), kind)
    return {name: pa.string() if pa.types.is_null(kind) else kind for name, kind in found.items()}


def file_fields(source: Source) -> list[pa.Field]:
    """Return the columns of a file, none if it is broken."""
    try:
        return list(ParquetTable(source).schema)
    except ArticleError:
        return []


def common_type(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    """Return the type that holds what both hold: text where no other does."""
    if one == other:
        return one
    try:
        pair = [pa.schema([("", one)]), pa.schema([("", other)])]
        kind = pa.unify_schemas(pair, promote_options="permissive").field(0).type
    except pa.ArrowException:
        return pa.string()
    return pa.string() if pa.string() in (one, other) else kind
