"""What readers hand on: articles, pages and rows that hold quotes, each with its place.

An input that cannot be used is an item too, so that it is counted, reported and skipped on resume
like any other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from stance.errors import ArticleError
from stance.records import Article, is_missing


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A saved web page, whose article is extracted where it is scored."""

    markup: bytes
    id: str


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A row that already holds a quote; `values` is the whole row, in its order."""

    quote: str
    context: str | None
    speaker: str | None
    values: Mapping[str, object]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Unusable:
    """An input that gives no article, and the reason, one line for the user."""

    reason: str
    id: str | None = None


Content = Article | HtmlPage | QuoteRow | Unusable


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands in a file and, in files of rows, on a line.

    `line` counts from 1; it is the row number in Parquet and None where the file is one article.
    """

    input: str
    line: int | None

    @property
    def place(self) -> str:
        """Return the place as `file:line`."""
        return self.input if self.line is None else f"{self.input}:{self.line}"


@dataclass(frozen=True, slots=True)
class Item(Placed):
    """One unit of work and where it stands."""

    content: Content

    def size(self) -> int:
        """Return the length of the text in characters (bytes for a page)."""
        content = self.content
        if isinstance(content, Article):
            return len(content.text)
        if isinstance(content, HtmlPage):
            return len(content.markup)
        return len(content.quote) if isinstance(content, QuoteRow) else 0


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """What the input calls its columns; `keep` are further ones to carry to the output."""

    text: str = "text"
    id: str = "id"
    title: str = "title"
    date: str = "date"
    source: str = "source"
    url: str = "url"
    quote: str = "quote"
    context: str = "context"
    speaker: str = "speaker"
    keep: tuple[str, ...] = field(default_factory=tuple)

    def used(self) -> frozenset[str]:
        """Return the columns of an article file that are read at all."""
        named = (self.text, self.id, self.title, self.date, self.source, self.url)
        return frozenset((*named, *self.keep))

    def article(self, row: Mapping[str, object]) -> Article | Unusable:
        """Turn a row of an article file into an article, or into the reason why not."""
        identity = None
        try:
            identity = as_text(row.get(self.id), self.id)
            text = checked_text(row, self.text)
            return Article(
                text=text,
                id=identity,
                title=as_text(row.get(self.title), self.title),
                date=as_text(row.get(self.date), self.date),
                source=as_text(row.get(self.source), self.source),
                url=as_text(row.get(self.url), self.url),
                extra={name: checked_value(row.get(name), name) for name in self.keep},
            )
        except ArticleError as error:
            return Unusable(shorten(str(error)), identity)

    def quote_row(self, row: Mapping[str, object]) -> QuoteRow | Unusable:
        """Turn a row of a statement file into a quote to score, or into the reason why not."""
        identity = None
        try:
            identity = as_text(row.get(self.id), self.id)
            return QuoteRow(
                quote=checked_text(row, self.quote),
                context=as_text(row.get(self.context), self.context),
                speaker=as_text(row.get(self.speaker), self.speaker),
                values={
                    checked_unicode(name, name): checked_value(value, name)
                    for name, value in row.items()
                },
                id=identity,
            )
        except ArticleError as error:
            return Unusable(shorten(str(error)), identity)


def checked_text(row: Mapping[str, object], column: str) -> str:
    """Return the text in `column`; raises ArticleError when there is none to score."""
    if column not in row:
        there = ", ".join(str(name) for name in row) or "none"
        raise ArticleError(f"no column '{column}'; the columns are: {there}")
    value = row[column]
    if is_missing(value):
        raise ArticleError(f"'{column}' is null")
    if not isinstance(value, str):
        raise ArticleError(f"'{column}' is {type(value).__name__}, not text")
    if not value or value.isspace():
        raise ArticleError(f"'{column}' is empty")
    return checked_unicode(value, column)


def as_text(value: object, column: str) -> str | None:
    """Return a column's value as text, or None for a missing or empty one."""
    if is_missing(value) or value == "":
        return None
    if isinstance(value, (dict, list)):
        return checked_unicode(json.dumps(value, ensure_ascii=False, default=str), column)
    return checked_unicode(str(value), column)


def checked_value(value: object, column: str) -> object:
    """Return a value to carry through, with not-a-number as None and its text valid Unicode."""
    if is_missing(value):
        return None
    if isinstance(value, str):
        return checked_unicode(value, column)
    if isinstance(value, (dict, list)):
        checked_unicode(json.dumps(value, ensure_ascii=False, default=str), column)
    return value


def checked_unicode(text: str, column: str) -> str:
    """Return `text`; raises ArticleError when it holds what no encoding can write.

    A byte that is not UTF-8 reaches here as a lone surrogate, U+DC80 to U+DCFF; a broken escape in
    JSON as any other lone surrogate.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        if 0xDC80 <= code <= 0xDCFF:
            raise ArticleError(
                f"'{column}' is not UTF-8 (byte 0x{code - 0xDC00:02x} "
                f"after {error.start} characters); convert the file or give its --encoding"
            ) from None
        raise ArticleError(
            f"'{column}' is not valid Unicode (half of a surrogate pair, U+{code:04X}, "
            f"after {error.start} characters)"
        ) from None
    return text


def one_line(error: BaseException) -> str:
    """Return an error's message as one short line."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return shorten(str(error)) or type(error).__name__


def shorten(text: str, limit: int = 300) -> str:
    """Return `text` as one line of valid Unicode, an ellipsis for what goes past `limit`.

    A message names columns as they are in the input, where they may be anything.
    """
    line = " ".join(text.split()).encode("utf-8", "backslashreplace").decode()
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
