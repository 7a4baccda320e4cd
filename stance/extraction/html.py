"""Turn a saved web page into an article."""

from __future__ import annotations

import re

from stance.errors import ArticleError
from stance.records import Article

_LINE_ENDS = re.compile(r"\n(?:[^\S\n]*\n)*")


def article_from_html(html: str | bytes) -> Article:
    """Extract the article of a web page: its text, title, date, address and source.

    Args:
        html: The page, as text or as bytes in any encoding that it declares.

    Returns:
        An article whose paragraphs are separated by one blank line; title, date (YYYY-MM-DD),
        `url` and `source` (the site's name, else its host) where the page tells them.

    Raises:
        ArticleError: The input is no HTML, or holds no article text.
    """
    import trafilatura  # noqa: PLC0415 - takes a quarter of a second to import
    from trafilatura.settings import Document  # noqa: PLC0415

    if not html.strip():
        raise ArticleError("the page is empty")
    document = trafilatura.bare_extraction(
        html, with_metadata=True, include_comments=False, include_tables=False
    )
    text = document.text if isinstance(document, Document) else None
    if not isinstance(document, Document) or not text or not text.strip():
        raise ArticleError("no article text found in the page")
    return Article(
        text=_LINE_ENDS.sub("\n\n", text.strip()),
        title=document.title or None,
        date=document.date or None,
        source=document.sitename or document.hostname or None,
        url=document.url or None,
    )
