"""How well statements are found: against PolNeAR's attributions and against labelled rows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stance.records import Span, Statement

_MARKS = "\"“”„‟'‘’‚`´«»"
_CLOSING = {
    "“": '”"',
    "„": '“”"',
    "‟": '”"',
    '"': '"”',
    "‘": "’'",
    "'": "'’",
    "`": "'´`",
    "«": "»",
    "‚": "‘’",
}

MIN_PIECE = 25
"""Shortest piece that is measured, in characters; annotators differ on shorter ones."""

EDGE_SLACK = 3
"""Characters by which an end may differ: annotators place marks and full stops differently."""

MIN_OVERLAP = 0.8
"""Share of a gold piece that a predicted one must hold to count as found."""


@dataclass(frozen=True, slots=True)
class Hits:
    """How many of `total` items were found or right."""

    hits: int
    total: int

    def __add__(self, other: Hits) -> Hits:
        return Hits(self.hits + other.hits, self.total + other.total)

    @property
    def share(self) -> float:
        """Share of hits, 0 to 1; not a number where there is nothing to hit."""
        return self.hits / self.total if self.total else float("nan")


NO_HITS = Hits(0, 0)


@dataclass(frozen=True, slots=True)
class QuotationScore:
    """How many direct quotations were found, and how many pieces found are someone's words.

    `recall` counts quotations that were found, `exact` those whose end agrees as well.
    """

    recall: Hits = NO_HITS
    exact: Hits = NO_HITS
    precision: Hits = NO_HITS

    def __add__(self, other: QuotationScore) -> QuotationScore:
        return QuotationScore(
            self.recall + other.recall, self.exact + other.exact, self.precision + other.precision
        )


@dataclass(frozen=True, slots=True)
class RowScore:
    """Labelled rows whose words were found (`covered`), and found as one statement (`whole`)."""

    covered: Hits = NO_HITS
    whole: Hits = NO_HITS

    def __add__(self, other: RowScore) -> RowScore:
        return RowScore(self.covered + other.covered, self.whole + other.whole)


def direct_pieces(text: str, contents: Iterable[Span]) -> list[Span]:
    """Return the directly quoted part of each attributed span that starts in quotation marks.

    A span counts when its first character is a quotation mark or follows one. The quoted part
    runs to the closing mark, or to the end of the span where it is quoted to the end.

    Args:
        text: The article's text.
        contents: Content spans of PolNeAR attributions.

    Returns:
        Spans without quotation marks, `MIN_PIECE` characters or longer, in text order.
    """
    pieces = set()
    for content in contents:
        at = content[0] if text[content[0]] in _MARKS else content[0] - 1
        if at < 0 or text[at] not in _MARKS or not _opens(text, at):
            continue
        start, end = _unquoted(text, content)
        end = _closing(text, start, end, text[at])
        if end - start >= MIN_PIECE:
            pieces.add((start, end))
    return sorted(pieces)


def score_quotations(
    text: str, attributions: Sequence[Mapping[str, Any]], statements: Sequence[Statement]
) -> QuotationScore:
    """Score the statements found in one PolNeAR article.

    A direct quotation is found when a predicted segment starts within `EDGE_SLACK` characters of
    it and holds `MIN_OVERLAP` of it, or when the two share `MIN_OVERLAP` of both. It is exact when
    both ends agree within `EDGE_SLACK`, or the two share `MIN_OVERLAP` of both: the annotators
    often marked only the first sentences of a longer quotation (166 of 5,341 pieces of the
    training articles), which is no fault of what was found. A predicted segment is right when it
    overlaps the content of any attribution. All count pieces of `MIN_PIECE` characters or more
    only.

    Args:
        text: The article's text.
        attributions: Its attributions, each with `content` spans.
        statements: What was found in it.

    Returns:
        The counts of this article; add them up over articles.
    """
    contents = [(s, e) for attribution in attributions for s, e in attribution["content"]]
    segments = sorted(segment for statement in statements for segment in statement.segments)
    gold = direct_pieces(text, contents)
    near = [(piece, _touching(segments, piece)) for piece in gold]
    found = sum(any(_holds(other, piece) for other in others) for piece, others in near)
    exact = sum(any(_same(piece, other) for other in others) for piece, others in near)
    long = [segment for segment in segments if segment[1] - segment[0] >= MIN_PIECE]
    right = sum(any(s < end and start < e for s, e in contents) for start, end in long)
    return QuotationScore(Hits(found, len(gold)), Hits(exact, len(gold)), Hits(right, len(long)))


def score_rows(
    text: str, rows: Sequence[Mapping[str, Any]], statements: Sequence[Statement]
) -> RowScore:
    """Score the statements found in one article against its labelled rows.

    Args:
        text: The article's text.
        rows: Labelled rows of that article; their `segments` take in the quotation marks.
        statements: What was found in it.

    Returns:
        How many rows lie wholly inside predicted statements, and inside exactly one.
    """
    owners = sorted((s, e, i) for i, found in enumerate(statements) for s, e in found.segments)
    covered = whole = 0
    for row in rows:
        pieces = [_unquoted(text, (s, e)) for s, e in row["segments"]]
        covering = [
            {i for s, e, i in owners if s - EDGE_SLACK <= start and end <= e + EDGE_SLACK}
            for start, end in pieces
        ]
        covered += all(covering)
        whole += bool(set.intersection(*covering))
    return RowScore(Hits(covered, len(rows)), Hits(whole, len(rows)))


def _opens(text: str, at: int) -> bool:
    """Tell whether the mark at `at` stands where a quotation can open."""
    return at == 0 or not (text[at - 1].isalnum() or text[at - 1] in ",.!?…)]")


def _closing(text: str, start: int, end: int, mark: str) -> int:
    """Return the end of the words quoted from `start` on, at most `end`, without the mark."""
    closers = _CLOSING.get(mark, mark)
    for at in range(start, end):
        if text[at] in closers and not text[at + 1 : at + 2].isalnum() and text[at - 1] != " ":
            return at
    return end


def _unquoted(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start] in _MARKS or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in _MARKS or text[end - 1].isspace()):
        end -= 1
    return start, end


def _touching(segments: Sequence[Span], piece: Span) -> Sequence[Span]:
    """Return those of non-overlapping, sorted `segments` that overlap `piece`."""
    low = bisect_right(segments, piece[0], key=lambda segment: segment[1])
    high = bisect_left(segments, piece[1], key=lambda segment: segment[0])
    return segments[low:high]


def _holds(found: Span, gold: Span) -> bool:
    """Tell whether a predicted piece starts like a gold one and holds most of it."""
    if abs(found[0] - gold[0]) > EDGE_SLACK:
        return _same(found, gold)
    common = min(found[1], gold[1]) - max(found[0], gold[0])
    return common >= MIN_OVERLAP * (gold[1] - gold[0])


def _same(one: Span, other: Span) -> bool:
    if abs(one[0] - other[0]) <= EDGE_SLACK and abs(one[1] - other[1]) <= EDGE_SLACK:
        return True
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common >= MIN_OVERLAP * max(one[1] - one[0], other[1] - other[0])
