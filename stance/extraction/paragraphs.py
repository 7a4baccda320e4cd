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
_SENTENCE_ENDS = frozenset(".!?:…\"”’'»)")

WRAP_WIDTH = 100
"""Longest line, in characters, of a text that may be wrapped by hand; an unwrapped paragraph of
news prose is 200 to 400 characters long."""

FULL_LINE = 0.75
"""Share of the longest line that a line must fill to be taken as wrapped and not as an end."""


def paragraphs(text: str) -> list[Span]:
    """Split a text into paragraphs, without the white space around them.

    Paragraphs are separated by blank lines. A single line break separates two as well where a
    sentence ends at it, unless the lines around it are prose wrapped to about equal width.

    Args:
        text: Any text.

    Returns:
        Non-empty, non-overlapping spans in text order.
    """
    spans = []
    for start, end in _between(_BLANK_LINES, text, 0, len(text)):
        if _LINE_BREAK.search(text, start, end) is None:
            spans.append((start, end))
        else:
            spans.extend(_split_lines(text, start, end))
    return spans


def _split_lines(text: str, start: int, end: int) -> list[Span]:
    """Split a run of lines without blank ones between into paragraphs."""
    lines = list(_between(_LINE_BREAK, text, start, end))
    width = _wrap_width(lines)
    spans = [lines[0]]
    for previous, line in pairwise(lines):
        ends_sentence = text[previous[1] - 1] in _SENTENCE_ENDS
        if ends_sentence and previous[1] - previous[0] < width * FULL_LINE:
            spans.append(line)
        else:
            spans[-1] = (spans[-1][0], line[1])
    return spans


def _wrap_width(lines: list[Span]) -> float:
    """Return the width that lines were wrapped to, in characters; infinity where they were not."""
    widths = [end - start for start, end in lines]
    longest = max(widths)
    full = sum(width >= longest * FULL_LINE for width in widths[:-1])
    if len(lines) > 2 and longest <= WRAP_WIDTH and full >= (len(lines) - 1) * 0.6:
        return longest
    return float("inf")


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
