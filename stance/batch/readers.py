"""Readers: every format to a stream of items, in constant memory.

A file that cannot be read to its end gives one `Unusable` item at the place where reading stopped;
what was read before it stands, and the next file goes on.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, TextIO

from stance.batch.inputs import Source
from stance.batch.items import ColumnNames, Content, HtmlPage, Item, Unusable, one_line
from stance.batch.streams import MAX_ARTICLE_BYTES, Meter, bounded_lines, opened
from stance.errors import ArticleError
from stance.records import Article

if TYPE_CHECKING:
    import pyarrow as pa

TOO_LONG = f"longer than {MAX_ARTICLE_BYTES // 2**20} MB, which is the most for one article"
JSON_ARRAY = re.compile(rb"\s*\[\s*(?:\{|$)")
UNREADABLE = (OSError, EOFError, zlib.error, csv.Error, ArticleError)

Row = tuple[int, Mapping[str, object] | Unusable]
"""A row of a table with its line (its row number in Parquet), or what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are read: as articles or as rows that hold quotes, under which column names.

    `encoding` is that of .txt and .csv. `types` are the Arrow types to which columns of Parquet
    files are cast, so that a column is of one type in all of them.
    """

    columns: ColumnNames = field(default_factory=ColumnNames)
    statements: bool = False
    encoding: str = "utf-8"
    types: Mapping[str, pa.DataType] = field(default_factory=dict)

    def read(self, sources: Iterable[Source], meter: Meter) -> Iterator[Item]:
        """Yield the items of all sources in order; raises nothing that one source can cause."""
        for source in sources:
            yield from self._read_one(source, meter)

    def _read_one(self, source: Source, meter: Meter) -> Iterator[Item]:
        line = None
        try:
            for line, content in self._contents(source, meter):
                yield Item(source.label, line, content)
        except UNREADABLE as error:
            reason = f"cannot be read{' on' if line else ''}: {one_line(error)}"
            yield Item(source.label, line, Unusable(reason))
        except UnicodeError as error:
            yield Item(source.label, line, Unusable(f"not {self.encoding}: {one_line(error)}"))

    def _contents(self, source: Source, meter: Meter) -> Iterator[tuple[int | None, Content]]:
        if source.format == "parquet":
            yield from self._from_rows(self._parquet_rows(source, meter))
            return
        with opened(source, meter) as stream:
            if source.format == "stdin":
                yield from self._from_stdin(stream)
            elif source.format == "jsonl":
                yield from self._from_rows(jsonl_rows(bounded_lines(stream)))
            elif source.format == "csv":
                yield from self._from_rows(csv_rows(stream, self))
            elif self.statements:
                yield None, Unusable("holds an article, not rows: leave out --statements")
            elif source.format == "html":
                yield None, html_page(stream, source.name)
            else:
                yield None, text_article(stream, source.name, self.encoding)

    def _from_rows(self, rows: Iterable[Row]) -> Iterator[tuple[int, Content]]:
        convert = self.columns.quote_row if self.statements else self.columns.article
        for line, row in rows:
            yield line, row if isinstance(row, Unusable) else convert(row)

    def _parquet_rows(self, source: Source, meter: Meter) -> Iterator[Row]:
        from stance.batch.parquet import ParquetTable  # noqa: PLC0415 - Arrow is slow to import

        table = ParquetTable(source)
        names = table.schema.names
        check_columns(names, self)
        wanted = (
            names if self.statements else [name for name in names if name in self.columns.used()]
        )
        yield from table.rows(wanted, meter, self.types, self.columns.id)

    def _from_stdin(self, stream: BinaryIO) -> Iterator[tuple[int | None, Content]]:
        """Take standard input as JSON lines when it begins with a brace, else as one text."""
        head = leading_blank(stream)
        if JSON_ARRAY.match(head):
            yield None, Unusable("a JSON array; give one object a line, as `jq -c '.[]'` does")
        elif head.lstrip().startswith(b"{"):
            lines = itertools.chain(io.BytesIO(head), bounded_lines(stream))
            yield from self._from_rows(jsonl_rows(lines))
        elif self.statements:
            yield None, Unusable("statements on standard input must be JSON lines")
        else:
            yield None, text_article(stream, None, self.encoding, head)

    @property
    def required(self) -> str:
        """The column that no input can do without."""
        return self.columns.quote if self.statements else self.columns.text


def leading_blank(stream: BinaryIO) -> bytes:
    """Read blank lines and the first line that is not, at most the bytes of one article."""
    head = b""
    while len(head) <= MAX_ARTICLE_BYTES:
        line = stream.readline(MAX_ARTICLE_BYTES)
        head += line
        if not line or not line.isspace():
            break
    return head.removeprefix(b"\xef\xbb\xbf")


def text_article(
    stream: BinaryIO, identity: str | None, encoding: str, head: bytes = b""
) -> Article | Unusable:
    """Read a stream as the text of one article; line ends stay as they are."""
    data = head + stream.read(MAX_ARTICLE_BYTES + 1)
    if len(data) > MAX_ARTICLE_BYTES:
        return Unusable(TOO_LONG, identity)
    if encoding == "utf-8" and data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Unusable("UTF-16, not UTF-8: give --encoding utf-16", identity)
    if encoding == "utf-8" and b"\0" in data:
        return Unusable(f"a binary file, not text (a zero byte at {data.index(0)})", identity)
    try:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        reason = (
            f"not {encoding} (byte 0x{data[error.start]:02x} at {error.start}): "
            "convert the file or give its --encoding"
        )
        return Unusable(reason, identity)
    if not text or text.isspace():
        return Unusable("the file is empty" if not text else "the file holds only blanks", identity)
    return Article(text=text, id=identity)


def html_page(stream: BinaryIO, identity: str) -> HtmlPage | Unusable:
    """Read a stream as one saved web page."""
    data = stream.read(MAX_ARTICLE_BYTES + 1)
    if len(data) > MAX_ARTICLE_BYTES:
        return Unusable(TOO_LONG, identity)
    if not data.strip():
        return Unusable("the file is empty", identity)
    return HtmlPage(data, identity)


def jsonl_rows(lines: Iterable[bytes | None]) -> Iterator[Row]:
    """Yield one row per JSON line; blank lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if line is None:
            yield number, Unusable(TOO_LONG)
        elif not line.isspace():
            yield number, json_row(line)


def json_row(line: bytes) -> Mapping[str, object] | Unusable:
    """Parse one line of JSON into a row, or tell what is wrong with it."""
    try:
        row = json.loads(line.decode("utf-8-sig"), parse_constant=lambda _: None)
    except UnicodeDecodeError as error:
        return Unusable(f"not UTF-8 (byte 0x{line[error.start]:02x} at {error.start})")
    except (ValueError, RecursionError) as error:
        return Unusable(f"not JSON: {one_line(error)}")
    if not isinstance(row, dict):
        return Unusable(f"not a JSON object but {type(row).__name__}")
    return row


def csv_rows(stream: BinaryIO, reading: Reading) -> Iterator[Row]:
    """Yield the rows of a CSV file with a header; raises ArticleError without the needed column.

    Bytes that are not of the encoding spoil their own row alone: they become lone surrogates,
    which `checked_unicode` reports.
    """
    encoding = "utf-8-sig" if reading.encoding == "utf-8" else reading.encoding
    text = io.TextIOWrapper(stream, encoding=encoding, errors="surrogateescape", newline="")
    csv.field_size_limit(MAX_ARTICLE_BYTES)
    lines = CsvLines(text)
    rows = csv.reader(lines)
    header = next(rows, [])
    check_columns(header, reading)
    while True:
        line = rows.line_num + 1
        try:
            values = next(rows, None)
        except csv.Error as error:
            yield line, Unusable(f"not CSV: {one_line(error)}")
            continue
        if values is None:
            return
        if lines.ended:
            yield line, Unusable("a quotation mark in this row is not closed to the file's end")
        elif len(values) > len(header):
            yield line, Unusable(f"{len(values)} fields where the header has {len(header)}")
        elif values:
            yield line, dict(itertools.zip_longest(header, values))


class CsvLines:
    """The lines of a CSV file, and whether all have been asked for.

    A row ends with its last line. That a reader asks for another after the file's last one, and has
    a row none the less, means that the row is in the middle of a quoted field.
    """

    def __init__(self, text: TextIO) -> None:
        self.ended = False
        self._text = text

    def __iter__(self) -> Iterator[str]:
        """Return itself."""
        return self

    def __next__(self) -> str:
        """Return the next line, or, of a longer one, its next part."""
        line = self._text.readline(MAX_ARTICLE_BYTES)
        if not line:
            self.ended = True
            raise StopIteration
        return line


def check_columns(header: Iterable[str], reading: Reading) -> None:
    """Raise ArticleError, naming the columns that there are, when the needed one is absent."""
    names = list(header)
    there = ", ".join(names) or "none"
    if reading.required not in names:
        option = "quote" if reading.statements else "text"
        raise ArticleError(
            f"no column '{reading.required}' (--{option}-column names another); "
            f"the columns are: {there}"
        )
    for name in reading.columns.keep:
        if name not in names:
            raise ArticleError(f"no column '{name}' to keep; the columns are: {there}")
