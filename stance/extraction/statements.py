"""Find the statements of an article: quotations that someone says, joined by speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from stance.extraction.joining import same_speaker
from stance.extraction.layout import is_clutter, is_heading
from stance.extraction.narration import narrations
from stance.extraction.paragraphs import paragraphs
from stance.extraction.quotations import Quotation, find_quotations
from stance.extraction.speech import spoken
from stance.records import Span, Statement


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
    quotations = find_quotations(text, spans)
    found: list[list[Quotation]] = []
    for index, group in groupby(quotations, key=lambda quotation: quotation.paragraph):
        for pieces in _in_paragraph(text, spans, index, list(group)):
            if pieces[0].continues and found and found[-1][-1].paragraph == index - 1:
                found[-1].extend(pieces)
            else:
                found.append(pieces)
    return [_statement(pieces, spans) for pieces in found]


def _in_paragraph(
    text: str, spans: Sequence[Span], index: int, quotations: list[Quotation]
) -> Iterator[list[Quotation]]:
    """Yield the pieces of each statement of one paragraph."""
    span = spans[index]
    resumed = quotations[0].continues
    if not resumed and _is_furniture(text, spans, index):
        return
    stretches = narrations(text, span, quotations)
    verdicts = spoken(text, quotations, stretches)
    pieces: list[Quotation] = []
    last = 0
    for at, (quotation, is_speech) in enumerate(zip(quotations, verdicts, strict=True)):
        if not is_speech:
            continue
        if pieces and not (last == at - 1 and same_speaker(stretches, at)):
            yield pieces
            pieces = []
        pieces.append(quotation)
        last = at
    if pieces:
        yield pieces


def _is_furniture(text: str, spans: Sequence[Span], index: int) -> bool:
    if is_clutter(text, spans[index]):
        return True
    led_in = index > 0 and text[spans[index - 1][1] - 1] == ":"
    return not led_in and is_heading(text, spans[index], is_first=index == 0)


def _statement(pieces: Sequence[Quotation], spans: Sequence[Span]) -> Statement:
    segments = tuple((piece.start, piece.end) for piece in pieces)
    return Statement(segments, (spans[pieces[0].paragraph][0], spans[pieces[-1].paragraph][1]))
