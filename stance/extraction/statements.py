"""Find the statements of an article: quotations that someone says, joined by speaker."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from stance.extraction.furniture import blank_links
from stance.extraction.joining import same_speaker
from stance.extraction.layout import MAX_QUOTED_WORDS, is_clutter, is_heading
from stance.extraction.marks import Family
from stance.extraction.narration import narrations
from stance.extraction.paragraphs import paragraphs
from stance.extraction.quotations import Quotation, find_quotations
from stance.extraction.speech import is_signed, spoken
from stance.extraction.unmarked import unmarked_statements
from stance.records import Span, Statement

MAX_LEAD_IN = 120
"""Characters read of a paragraph that announces the quotation in the next one."""

MAX_SIGNATURE = 60
"""Characters read after a quotation for a dash and a name."""


def find_statements(text: str) -> list[Statement]:
    """Find every quoted statement of an article.

    Pieces that an attribution clause splits are one statement, and so are the paragraphs of a
    quotation that runs over several. Titles, scare quotes, headings, captions and links are not
    statements.

    Args:
        text: The article's text, of any kind and size; the time is linear in its length.

    Returns:
        Non-overlapping statements in text order. Offsets are code points of `text`.
    """
    spans = paragraphs(text)
    text = blank_links(text)
    quotations = find_quotations(text, spans)
    unmarked = list(unmarked_statements(text, spans, {q.paragraph for q in quotations}))
    quotations = _outside(quotations, unmarked)
    families = Counter(quotation.family for quotation in quotations)
    primary = families.most_common(1)[0][0] if families else Family.DOUBLE
    found: list[list[Quotation]] = []
    for index, group in groupby(quotations, key=lambda quotation: quotation.paragraph):
        in_paragraph = list(group)
        if not in_paragraph[0].continues and _is_furniture(text, spans, in_paragraph, primary):
            continue
        for pieces in _in_paragraph(text, spans, in_paragraph, primary):
            if pieces[0].continues and found and found[-1][-1].paragraph == index - 1:
                found[-1].extend(pieces)
            else:
                found.append(pieces)
    marked = (_statement(pieces, spans) for pieces in found)
    return sorted((*marked, *unmarked), key=lambda statement: statement.start)


def _outside(quotations: Sequence[Quotation], unmarked: Sequence[Statement]) -> list[Quotation]:
    """Leave out the quotations that lie in a statement found otherwise."""
    taken = [statement.segments[0] for statement in unmarked]
    kept = []
    for quotation in quotations:
        near = bisect_right(taken, quotation.end, key=lambda span: span[0]) - 1
        if near < 0 or taken[near][1] <= quotation.start:
            kept.append(quotation)
    return kept


def _in_paragraph(
    text: str, spans: Sequence[Span], quotations: list[Quotation], primary: Family
) -> Iterator[list[Quotation]]:
    """Yield the pieces of each statement of one paragraph."""
    index = quotations[0].paragraph
    stretches = narrations(text, spans[index], quotations)
    lead_in = _lead_in(text, spans, index)
    if lead_in and quotations[0].outer[0] == spans[index][0]:
        stretches[0] = replace(stretches[0], lead=lead_in)
    signature = _signature(text, quotations[-1])
    if signature:
        stretches[-1] = replace(stretches[-1], tail=signature)
    verdicts = spoken(text, quotations, stretches, primary)
    pieces: list[Quotation] = []
    first = last = 0
    for at, (quotation, is_speech) in enumerate(zip(quotations, verdicts, strict=True)):
        if not is_speech:
            continue
        if pieces and not same_speaker(stretches, first, last, at):
            yield pieces
            pieces = []
        first = first if pieces else at
        pieces.append(quotation)
        last = at
    if pieces:
        yield pieces


def _lead_in(text: str, spans: Sequence[Span], index: int) -> str:
    """Return the end of the paragraph before where it ends in a colon, else nothing."""
    if index == 0 or text[spans[index - 1][1] - 1] != ":":
        return ""
    start, end = spans[index - 1]
    return text[max(start, end - MAX_LEAD_IN) : end]


def _signature(text: str, quotation: Quotation) -> str:
    """Return a dash and a name right after a quotation or in the next line, else nothing."""
    following = text[quotation.outer[1] : quotation.outer[1] + MAX_SIGNATURE]
    return following if is_signed(following) else ""


def _is_furniture(
    text: str, spans: Sequence[Span], quotations: Sequence[Quotation], primary: Family
) -> bool:
    """Tell whether a paragraph that holds quotations is a heading, a caption or a link.

    In an article that quotes in other marks (`primary`), a short line in single marks is a
    subheading even with a full stop in it.
    """
    first = quotations[0]
    span = spans[first.paragraph]
    if is_clutter(text, span):
        return True
    if _lead_in(text, spans, first.paragraph):
        return False
    if first.outer[0] == span[0] and _signature(text, quotations[-1]):
        return False
    alone = first.family is Family.SINGLE and first.outer == span
    short = len(text[first.start : first.end].split()) <= MAX_QUOTED_WORDS
    if primary is not Family.SINGLE and alone and short:
        return True
    return is_heading(text, span, is_first=first.paragraph == 0)


def _statement(pieces: Sequence[Quotation], spans: Sequence[Span]) -> Statement:
    segments = tuple((piece.start, piece.end) for piece in pieces)
    return Statement(segments, (spans[pieces[0].paragraph][0], spans[pieces[-1].paragraph][1]))
