"""Where the paragraphs of a text lie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from stance.records import Span

_BREAK = r"(?:\r\n?|[\n\u2028\u2029])"
_BLANK = r"[^\S\r\n\u2028\u2029]*"
_BLANK_LINES = re.compile(rf"{_BREAK}{_BLANK}(?:{_BREAK}{_BLANK})+")
_LINE_BREAK = re.compile(_BREAK)
_WORD = re.compile(r"\S{1,100}")
_SENTENCE_ENDS = frozenset(".!?:…\"”’'»)")

WRAP_WIDTHS = range(40, 101)
"""Widths, in characters, that a text may be wrapped to; an unwrapped paragraph of news prose is
200 to 400 characters long."""

FULL_LINE = 0.75
"""Share of the width that most lines of wrapped prose fill."""

HEADING_LINE = 0.6
"""Share of the width under which a line of wrapped prose is a heading, if no sentence ends it."""


def paragraphs(text: str) -> list[Span]:
    """Split a text into paragraphs, without the white space around them.

    Paragraphs are separated by blank lines. A single line break separates two as well, unless the
    next line goes on in lower case within a sentence. In prose wrapped to about equal width, it
    does so only before an indented line and where the next word would have fitted.

    Args:
        text: Any text.

    Returns:
        Non-empty, non-overlapping spans in text order.
    """
    blocks = [
        list(_between(_LINE_BREAK, text, start, end))
        for start, end in _between(_BLANK_LINES, text, 0, len(text))
    ]
    width = _wrap_width([lines for lines in blocks if len(lines) > 1])
    spans: list[Span] = []
    for lines in blocks:
        spans.append(lines[0])
        for previous, line in pairwise(lines):
            if _separates(text, previous, line, width):
                spans.append(line)
            else:
                spans[-1] = (spans[-1][0], line[1])
    return spans


def _separates(text: str, previous: Span, line: Span, width: int | None) -> bool:
    """Tell whether a single line break between two lines separates paragraphs.

    `width` is what the text was wrapped to, in characters; None where it was not.
    """
    ends_sentence = text[previous[1] - 1] in _SENTENCE_ENDS
    if width is None:
        return ends_sentence or not text[line[0]].islower()
    if _is_indented(text, line) and not _is_indented(text, previous):
        return True
    length = previous[1] - previous[0]
    next_word = _WORD.match(text, *line)
    fits = next_word is not None and length + 1 + next_word.end() - next_word.start() <= width
    return fits and (ends_sentence or length < width * HEADING_LINE)


def _is_indented(text: str, line: Span) -> bool:
    return text[max(line[0] - 2, 0) : line[0]] in ("  ", "\n\t", " \t", "\t\t")


def _wrap_width(blocks: list[list[Span]]) -> int | None:
    """Return the width that lines were wrapped to, in characters; None where they were not."""
    widths = sorted(end - start for lines in blocks for start, end in lines[:-1])
    if len(widths) < 2:
        return None
    longest = widths[int((len(widths) - 1) * 0.98)]  # a long link may stand out
    full = sum(width >= longest * FULL_LINE for width in widths)
    return longest if longest in WRAP_WIDTHS and full >= len(widths) * 0.6 else None


def _between(separator: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what lies between the matches of `separator`, trimmed, where anything is left."""
    at = start
    for match in separator.finditer(text, start, end):
        yield from _trimmed(text, at, match.start())
        at = match.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    if stripped:
        yield start + lead, start + lead + len(stripped)
