"""What a visitor gives, as an article: pasted text, a dropped file, or an example."""

from __future__ import annotations

import io
from pathlib import Path

from stance.batch.items import HtmlPage, Unusable, checked_unicode
from stance.batch.readers import html_page, text_article
from stance.batch.scoring import extracted
from stance.errors import ArticleError
from stance.records import Article

MAX_FILE_BYTES = 4 * 2**20
"""Size of a file that may be dropped; a saved page is ten times as long as its article."""

FILE_KINDS = (".txt", ".html", ".htm")

_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def pasted(text: str, title: str, date: str) -> Article:
    """Return pasted text as an article.

    Raises:
        ArticleError: The text holds what no encoding can write.
    """
    for value, name in ((text, "text"), (title, "title"), (date, "date")):
        checked_unicode(value, name)
    return Article(text, title=title.strip() or None, date=date.strip() or None)


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
    if kind == ".txt":
        content = text_article(io.BytesIO(data), None, encoding_of(data))
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
