"""Encoders: rows to the bytes of each output format, a chunk at a time.

The bytes of successive chunks, after `header()`, make up the file; for Parquet they make up an
Arrow stream, which `finish` in `stance.batch.output` turns into the Parquet file.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from stance.plain import as_json, as_plain

if TYPE_CHECKING:
    import pyarrow as pa

    from stance.batch.inputs import Compression

RowValues = Mapping[str, object]

ZSTD_LEVEL = 3


class Encoder(Protocol):
    """Turns rows into bytes; the same rows always give the same bytes."""

    def header(self) -> bytes:
        """Return the bytes before the first row."""

    def encode(self, rows: Sequence[RowValues]) -> bytes:
        """Return the bytes of some rows."""

    def unknown(self, rows: Sequence[RowValues]) -> frozenset[str]:
        """Return the names of values that `encode` leaves out for want of a column."""


@dataclass(frozen=True, slots=True)
class JsonLines:
    """One JSON object per line, UTF-8, keys in column order."""

    def header(self) -> bytes:
        """Return nothing: JSON lines have no header."""
        return b""

    def encode(self, rows: Sequence[RowValues]) -> bytes:
        """Return one line per row."""
        lines = io.BytesIO()  # unlike join, it holds the bytes once
        lines.writelines(as_json(row).encode() + b"\n" for row in rows)
        return lines.getvalue()

    def unknown(self, rows: Sequence[RowValues]) -> frozenset[str]:
        """Return nothing: every row has its own keys."""
        return frozenset()


@dataclass(frozen=True, slots=True)
class Csv:
    """RFC 4180: a header, CRLF line ends, quotes doubled; lists as JSON text, null as nothing."""

    columns: tuple[str, ...]

    def header(self) -> bytes:
        """Return the line of column names."""
        return self._lines([self.columns])

    def encode(self, rows: Sequence[RowValues]) -> bytes:
        """Return one record per row."""
        return self._lines([[as_cell(row.get(name)) for name in self.columns] for row in rows])

    def unknown(self, rows: Sequence[RowValues]) -> frozenset[str]:
        """Return the names in `rows` that are no columns."""
        return frozenset(name for row in rows for name in row).difference(self.columns)

    def _lines(self, records: Sequence[Sequence[object]]) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(records)
        return text.getvalue().encode()


@dataclass(frozen=True, slots=True)
class ArrowStream:
    """Record batches of one schema, each an Arrow stream message."""

    schema: pa.Schema

    def header(self) -> bytes:
        """Return the schema message."""
        return bytes(self.schema.serialize())

    def encode(self, rows: Sequence[RowValues]) -> bytes:
        """Return one record batch of all rows."""
        from stance.table import as_batch  # noqa: PLC0415 - Arrow is slow to import

        return bytes(as_batch(rows, self.schema).serialize())

    def unknown(self, rows: Sequence[RowValues]) -> frozenset[str]:
        """Return the names in `rows` that are no columns."""
        return frozenset(name for row in rows for name in row).difference(self.schema.names)


@dataclass(frozen=True, slots=True)
class Compressed:
    """Another encoder's bytes, each chunk compressed as a member of its own.

    Both gzip and zstd define a file of several members as their contents one after another.
    """

    inner: Encoder
    compression: Compression

    def header(self) -> bytes:
        """Return the inner header, compressed; no bytes at all would be no such file."""
        return self._compress(self.inner.header())

    def encode(self, rows: Sequence[RowValues]) -> bytes:
        """Return the rows, compressed."""
        return self._compress(self.inner.encode(rows))

    def unknown(self, rows: Sequence[RowValues]) -> frozenset[str]:
        """Return what the inner encoder leaves out."""
        return self.inner.unknown(rows)

    def _compress(self, data: bytes) -> bytes:
        if self.compression == "gz":
            return gzip.compress(data, mtime=0)
        import zstandard  # noqa: PLC0415

        return zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(data)


def as_cell(value: object) -> str:
    """Return a value as the text of a CSV field."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"  # R reads no other spelling as logical
    if isinstance(value, (list, tuple, dict)):
        return as_json(value)
    return str(as_plain(value))
