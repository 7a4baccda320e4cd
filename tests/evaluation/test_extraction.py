from __future__ import annotations

import math

import pytest

from stance.evaluation.extraction import (
    Hits,
    direct_pieces,
    score_quotations,
    score_rows,
)
from stance.records import Span, Statement

TEXT = "“We sail at dawn whatever comes,” Quill said. “Nobody else will sail with us.” It rained."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


FIRST = span("We sail at dawn whatever comes,")
SECOND = span("Nobody else will sail with us.")
PARAGRAPH = (0, len(TEXT))


def attribution(*contents: Span) -> dict[str, list[Span]]:
    return {"content": list(contents)}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (span("“We sail at dawn whatever comes,”"), [FIRST]),
        (FIRST, [FIRST]),
        (span("“We sail at dawn whatever comes,” Quill said"), [FIRST]),
        (span("sail at dawn whatever comes,"), []),
        (span("“We sail at dawn"), []),
        (span("Quill said"), []),
        (span("” Quill said. “Nobody else will"), []),
    ],
)
def test_direct_pieces_start_in_quotation_marks(content: Span, expected: list[Span]) -> None:
    assert direct_pieces(TEXT, [content]) == expected


@pytest.mark.parametrize(
    ("segments", "recall", "exact", "precision"),
    [
        ((FIRST, SECOND), (2, 2), (2, 2), (2, 2)),
        ((FIRST,), (1, 2), (1, 2), (1, 1)),
        (((FIRST[0] + 2, FIRST[1] - 2),), (1, 2), (1, 2), (1, 1)),
        (((FIRST[0], SECOND[1]),), (1, 2), (0, 2), (1, 1)),
        (((SECOND[1] + 1, len(TEXT)),), (0, 2), (0, 2), (0, 0)),
        ((), (0, 2), (0, 2), (0, 0)),
    ],
)
def test_quotations_are_found_by_start_and_extent(
    segments: tuple[Span, ...],
    recall: tuple[int, int],
    exact: tuple[int, int],
    precision: tuple[int, int],
) -> None:
    statements = [Statement(segments, PARAGRAPH)] if segments else []
    gold = [attribution((FIRST[0] - 1, FIRST[1] + 1)), attribution((SECOND[0] - 1, SECOND[1] + 1))]
    score = score_quotations(TEXT, gold, statements)
    assert score.recall == Hits(*recall)
    assert score.exact == Hits(*exact)
    assert score.precision == Hits(*precision)


def test_segments_that_nobody_is_said_to_say_cost_precision() -> None:
    score = score_quotations(TEXT, [attribution(SECOND)], [Statement((FIRST, SECOND), PARAGRAPH)])
    assert score.precision == Hits(1, 2)


def test_rows_are_covered_by_one_statement_or_by_several() -> None:
    row = {"segments": [[FIRST[0] - 1, FIRST[1] + 1], [SECOND[0] - 1, SECOND[1] + 1]]}
    joined = [Statement((FIRST, SECOND), PARAGRAPH)]
    split = [Statement((FIRST,), PARAGRAPH), Statement((SECOND,), PARAGRAPH)]
    assert score_rows(TEXT, [row], joined).whole == Hits(1, 1)
    assert score_rows(TEXT, [row], split).covered == Hits(1, 1)
    assert score_rows(TEXT, [row], split).whole == Hits(0, 1)
    assert score_rows(TEXT, [row], split[:1]).covered == Hits(0, 1)


def test_hits_add_up_and_have_a_share() -> None:
    assert (Hits(1, 2) + Hits(2, 2)).share == 0.75
    assert math.isnan(Hits(0, 0).share)
