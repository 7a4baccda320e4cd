"""What a visitor gives, as an article: pasted text, a dropped file, or an example."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

from stance.batch.items import HtmlPage, Unusable
from stance.batch.readers import html_page, text_article
from stance.batch.scoring import extracted
from stance.errors import ArticleError
from stance.records import Article

MAX_FILE_BYTES = 4 * 2**20
"""Size of a file that may be dropped; a saved page is ten times as long as its article."""

TEXT_KINDS = (".txt", ".md")

FILE_KINDS = (*TEXT_KINDS, ".html", ".htm")

NO_UNICODE = "the text holds half a character (a lone surrogate), which is not valid Unicode"
NO_TEXT_FILE = (
    "this is not a text file, or in an encoding that could not be recognised; save it as UTF-8"
)
NO_ARTICLE = (
    "this is the source of a web page, and no article was found in it; paste the article's text"
)

MARKUP_PARAGRAPHS = 3
"""Ends of paragraphs in HTML from which on a text counts as the source of a page."""

_PAGE_START = re.compile(r"\ufeff?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)

_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def plain(text: str, title: str, date: str) -> Article:
    """Return text as an article, as it is.

    Raises:
        ArticleError: The text holds what no encoding can write.
    """
    try:
        f"{text}{title}{date}".encode()
    except UnicodeEncodeError:
        raise ArticleError(NO_UNICODE) from None
    return Article(text, title=title.strip() or None, date=date.strip() or None)


def pasted(text: str, title: str, date: str) -> Article:
    """Return pasted text as an article; of the source of a web page, the article in it.

    Raises:
        ArticleError: The text holds what no encoding can write, or is a page without an article.
    """
    article = plain(text, title, date)
    if len(text) > MAX_FILE_BYTES or not is_markup(text):
        return article
    found = extracted(HtmlPage(text.encode(), ""))
    if isinstance(found, Unusable):
        raise ArticleError(NO_ARTICLE)
    return replace(
        found, id=None, title=article.title or found.title, date=article.date or found.date
    )


def is_markup(text: str) -> bool:
    """Tell whether a text is the source of a web page, or of a part of one."""
    return bool(_PAGE_START.match(text)) or text.lower().count("</p>") >= MARKUP_PARAGRAPHS


def from_file(path: Path) -> Article:
    """Read the article in a text file or a saved web page, told apart by the file's name.

    Raises:
        ArticleError: The file is of another kind, too large, or holds no article.
    """
    kind = path.suffix.lower()
    if kind not in FILE_KINDS:
        raise ArticleError(f"only {', '.join(FILE_KINDS)} files can be read")
    if path.stat().st_size > MAX_FILE_BYTES:
        raise ArticleError(f"the file is larger than {MAX_FILE_BYTES // 2**20} MB")
    data = path.read_bytes()
    content: Article | HtmlPage | Unusable
    if kind in TEXT_KINDS:
        encoding = encoding_of(data)
        if not is_text(data, encoding):
            raise ArticleError(NO_TEXT_FILE)
        content = text_article(io.BytesIO(data), None, encoding)
    else:
        content = html_page(io.BytesIO(data), path.name)
    if isinstance(content, HtmlPage):
        content = extracted(content)
    if isinstance(content, Unusable):
        raise ArticleError(content.reason)
    return content


def encoding_of(data: bytes) -> str:
    """Guess the encoding of a text file: UTF-16 by its mark, else UTF-8, else Windows Latin."""
    if data.startswith(_BYTE_ORDER_MARKS):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def is_text(data: bytes, encoding: str) -> bool:
    """Tell whether a file is text of an encoding; a zero character stands in none."""
    try:
        return "\0" not in data.decode(encoding)
    except UnicodeDecodeError:
        return False
