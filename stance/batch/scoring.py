"""Scoring a chunk: items in, encoded rows and failures out. This is what a worker process runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from stance.batch.chunks import Chunk
from stance.batch.encoders import Encoder
from stance.batch.items import HtmlPage, Item, Placed, QuoteRow, Unusable
from stance.errors import ArticleError
from stance.records import SCORE_COLUMNS, Article, ScoredStatement, StatementScore, score_columns
from stance.table import as_row, without_clashes

RowValues = Mapping[str, object]
Scorable = TypeVar("Scorable", Article, QuoteRow)


class Scorer(Protocol):
    """The part of the scorer that the batch command uses."""

    @property
    def name(self) -> str:
        """Name and version of the model."""

    def score_batch(self, articles: Sequence[Article]) -> Sequence[Sequence[ScoredStatement]]:
        """Return the scored statements of each article, in order."""

    def score_statements(
        self,
        quotes: Sequence[str],
        contexts: Sequence[str | None] | None = None,
        speakers: Sequence[str | None] | None = None,
    ) -> Sequence[StatementScore]:
        """Return the scores of each quote, in order."""

    def fingerprint(self) -> Mapping[str, str]:
        """Return what scores depend on, by name of the part."""


Loader = Callable[[int], Scorer]
"""Loads the scorer to run on so many threads; raises ModelError."""


@dataclass(frozen=True, slots=True)
class Failure(Placed):
    """An item that gave no rows: where it stands, its id if it has one, and why."""

    id: str | None
    reason: str

    @property
    def message(self) -> str:
        """The failure as one line for people."""
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """What scoring a chunk gave: the rows as bytes of the output's format, in item order.

    `dropped` names columns of the input that the output has no place for.
    """

    payload: bytes
    failures: tuple[Failure, ...]
    items: int
    statements: int
    bytes_read: int
    dropped: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that a worker needs to score chunks; it travels to other processes by pickle."""

    load: Loader
    encoder: Encoder

    def score(self, scorer: Scorer, chunk: Chunk) -> ChunkResult:
        """Score one chunk; an item that fails is reported and never stops the others."""
        rows: list[RowValues] = []
        failures: list[Failure] = []
        for item, outcome in zip(chunk.items, score_items(scorer, chunk.items), strict=True):
            if isinstance(outcome, Unusable):
                failures.append(Failure(item.input, item.line, outcome.id, outcome.reason))
            else:
                rows.extend(outcome)
        return ChunkResult(
            payload=self.encoder.encode(rows) if rows else b"",
            failures=tuple(failures),
            items=len(chunk.items),
            statements=len(rows),
            bytes_read=chunk.bytes_read,
            dropped=self.encoder.unknown(rows),
        )


Outcome = Sequence[RowValues] | Unusable


def score_items(scorer: Scorer, items: Sequence[Item]) -> list[Outcome]:
    """Return, for each item, its rows or the reason why it has none."""
    outcomes: list[Outcome] = [[] for _ in items]
    articles: list[tuple[int, Article]] = []
    quotes: list[tuple[int, QuoteRow]] = []
    for index, item in enumerate(items):
        content = extracted(item.content) if isinstance(item.content, HtmlPage) else item.content
        if isinstance(content, Unusable):
            outcomes[index] = content
        elif isinstance(content, Article):
            articles.append((index, content))
        else:
            quotes.append((index, content))
    score_together(articles, outcomes, lambda batch: article_rows(scorer, batch))
    score_together(quotes, outcomes, lambda batch: quote_rows(scorer, batch))
    return outcomes


def score_together(
    pairs: Sequence[tuple[int, Scorable]],
    outcomes: list[Outcome],
    score: Callable[[Sequence[Scorable]], Sequence[Outcome]],
) -> None:
    """Score all of `pairs` in one call, or one by one to find the culprit where that fails."""
    if not pairs:
        return
    try:
        results: Sequence[Outcome] = score([content for _, content in pairs])
    except Exception as error:
        if len(pairs) == 1:
            outcomes[pairs[0][0]] = unusable(error, pairs[0][1].id)
            return
        for pair in pairs:
            score_together([pair], outcomes, score)
        return
    for (index, _), rows in zip(pairs, results, strict=True):
        outcomes[index] = rows


def article_rows(scorer: Scorer, articles: Sequence[Article]) -> list[Outcome]:
    """Return the output rows of each article."""
    return [[as_row(one) for one in found] for found in scorer.score_batch(articles)]


def quote_rows(scorer: Scorer, rows: Sequence[QuoteRow]) -> list[Outcome]:
    """Return each row that held a quote as it was, with its scores after it."""
    scores = scorer.score_statements(
        [row.quote for row in rows], [row.context for row in rows], [row.speaker for row in rows]
    )
    return [
        [without_clashes(row.values, SCORE_COLUMNS) | score_columns(score)]
        for row, score in zip(rows, scores, strict=True)
    ]


def extracted(page: HtmlPage) -> Article | Unusable:
    """Return the article that a saved web page holds."""
    from stance.extraction.html import article_from_html  # noqa: PLC0415 - slow to import

    try:
        return replace(article_from_html(page.markup), id=page.id)
    except Exception as error:
        return unusable(error, page.id)


def unusable(error: Exception, identity: str | None) -> Unusable:
    """Return the reason that an error gives, with its kind where it was not foreseen."""
    message = " ".join(str(error).split())
    if isinstance(error, ArticleError):
        return Unusable(message, identity)
    return Unusable(f"unexpected {type(error).__name__}: {message}", identity)
