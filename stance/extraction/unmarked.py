"""Statements without quotation marks: tweets and block quotes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from stance.extraction.furniture import PASTED
from stance.extraction.layout import is_clutter, is_heading
from stance.records import Span, Statement
from stance.words.cues import word_set

_SIGNATURE = re.compile(
    r"\s(?:—|–|--?|―)\s?[^\s(@—–?!][^()@\n—–?!]{0,70}\s?\(@\w{1,20}\)"
    r"(?:\s(?:on\s)?[A-Z][a-z]{2,8}\.?\s\d{1,2},\s\d{4})?"
)
_HEAD = re.compile(r"(?:[A-Z][\w.’'-]{0,30}\s){1,5}\(@\w{1,20}\)\s+(?=[A-Z\d@#.\"“…])")
_BEFORE = re.compile(rf"(?:\s*+(?:<[^<>]{{1,300}}>|{PASTED}))+")
_LINKS_AFTER = re.compile(rf"\s*{PASTED}(?:\s+{PASTED})*\s*$")
_WORD = re.compile(r"[^\W\d_]+")
_BULLETS = frozenset("-–—•*·(")
_PAIRS = {'"': '"', "“": "”", "‘": "’", "'": "'"}
_ANNOUNCING = word_set(
    """
    said says saying wrote writes write tweeted tweets tweeting posted stated states stating reads
    continued added adding explained replied responded told tells warned argued concluded declared
    testified promised observed remarked
    """
)
"""Verbs before a colon that a quotation follows in at least nine of ten development articles;
"report", "explains", "claims" and "ask" announce summaries and lists as often."""

MAX_TWEET = 400
"""Longest text of a tweet in characters: 280, and room for links and names written out."""

LEAD_WORDS = 5
"""Words before a colon among which a verb of saying announces a block quote."""

MIN_BLOCK_WORDS = 6
"""Fewest words of a block quote; shorter lines after a colon are items of a list."""


def unmarked_statements(
    text: str, spans: Sequence[Span], quoted: Collection[int]
) -> Iterator[Statement]:
    """Yield tweets and announced block quotes.

    A tweet goes before its signature (— Name (@handle) date), or after a name and handle that
    begin a paragraph.

    A block quote is the paragraph after one that ends in a verb of saying and a colon; where it
    runs over more paragraphs, plain text does not tell how many, and only the first is taken.

    Args:
        text: The article's text.
        spans: Its paragraphs.
        quoted: Indices of the paragraphs that hold quotations.
    """
    announced = False
    for index, span in enumerate(spans):
        tweets = list(_tweets(text, span)) if "(@" in text[span[0] : span[1]] else []
        yield from tweets
        if announced and not tweets and index not in quoted and _is_block(text, span):
            yield Statement((span,), span)
        announced = index not in quoted and _announces(text, span)


def _tweets(text: str, span: Span) -> Iterator[Statement]:
    at = span[0]
    head = _HEAD.match(text, *span)
    if head:
        yield from _tweet(text, head.end(), span[1], span)
        return
    for match in _SIGNATURE.finditer(text, *span):
        yield from _tweet(text, at, match.start(), span)
        at = match.end()


def _tweet(text: str, start: int, end: int, span: Span) -> Iterator[Statement]:
    """Yield the tweet between two offsets, if what is there can be one."""
    start, end = _unwrapped(text, start, end)
    if start < end and end - start <= MAX_TWEET and _WORD.search(text, start, end):
        yield Statement(((start, end),), span)


def _unwrapped(text: str, start: int, end: int) -> Span:
    """Leave out the page's own words and links around a tweet, and the marks."""
    before = _BEFORE.match(text, start, end)
    start = before.end() if before else start
    body = text[start : min(end, start + 2 * MAX_TWEET)]
    links = _LINKS_AFTER.search(body, max(0, len(body) - MAX_TWEET))
    if links:
        body = body[: links.start()]
    lead = len(body) - len(body.lstrip())
    body = body.strip()
    if len(body) > 1 and _PAIRS.get(body[0]) == body[-1]:
        return start + lead + 1, start + lead + len(body) - 1
    return start + lead, start + lead + len(body)


def _announces(text: str, span: Span) -> bool:
    """Tell whether a paragraph ends in words like "she wrote on her blog:"."""
    start, end = span
    if text[end - 1] != ":" or is_clutter(text, span):
        return False
    words = _WORD.findall(text, max(start, end - 120), end)
    return any(word in _ANNOUNCING for word in words[-LEAD_WORDS:])


def _is_block(text: str, span: Span) -> bool:
    start, end = span
    if (
        text[start] in _BULLETS
        or is_clutter(text, span)
        or is_heading(text, span, is_first=False)
        or text[end - 1] == ":"
    ):
        return False
    return len(_WORD.findall(text, start, min(end, start + 200))) >= MIN_BLOCK_WORDS
