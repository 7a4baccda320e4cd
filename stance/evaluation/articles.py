"""The whole way from an article's text, against gold statements and gold attributions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stance.errors import InputError
from stance.evaluation.extraction import (
    QuotationScore,
    RowScore,
    direct_pieces,
    score_quotations,
    score_rows,
)
from stance.evaluation.speakers import names_someone, same_speaker, source_hits
from stance.extraction import find_statements
from stance.gate import may_concern_relations
from stance.jsonl import read_jsonl
from stance.labelled import Row
from stance.records import Article, ScoredStatement, Span, Statement
from stance.scorer import Scorer
from stance.speakers import attribute


@dataclass(slots=True)
class WholeArticles:
    """What the product makes of whole articles, one entry a gold row.

    `predicted` holds the scored statement that shares most characters with the row, None where
    nothing was found there.
    """

    rows: list[Row] = field(default_factory=list)
    predicted: list[ScoredStatement | None] = field(default_factory=list)
    found: RowScore = field(default_factory=RowScore)
    passed_over: int = 0

    @property
    def articles(self) -> list[str]:
        """The article of each row, to resample by."""
        return [str(row["article"]) for row in self.rows]

    @property
    def speaker_hits(self) -> list[bool]:
        """Whether the row was found and has the right speaker."""
        return [
            one is not None and same_speaker(one.speaker, row.get("speaker"))
            for one, row in zip(self.predicted, self.rows, strict=True)
        ]


def score_whole_articles(
    scorer: Scorer, rows: Iterable[Row], articles: Mapping[str, Article]
) -> WholeArticles:
    """Score the articles that the gold `rows` come from; rows without their article are left out.

    Rows have offsets into the article's text, quotation marks included. `passed_over` counts rows
    about relations in articles that the gate keeps from the encoder.

    Raises:
        InputError: A row does not tell where in its article it stands.
    """
    by_article: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.get("article") in articles:
            _check_place(row, articles[row["article"]].text)
            by_article[row["article"]].append(row)
    result = WholeArticles()
    for article_id, own in by_article.items():
        article = articles[article_id]
        (scored,) = scorer.score_batch([article])
        statements = [Statement(s.segments, (s.start, s.end)) for s in scored]
        result.found += score_rows(article.text, own, statements)
        passed = not may_concern_relations(article)
        for row in own:
            best = best_match([s.segments for s in scored], row["segments"])
            result.rows.append(row)
            result.predicted.append(None if best is None else scored[best])
            result.passed_over += passed and row.get("stance") != "unrelated"
    return result


def _check_place(row: Row, text: str) -> None:
    """Raise `InputError` where the `segments` of a row are no places in a text."""
    segments = row.get("segments")
    try:
        placed = all(0 <= start < end <= len(text) for start, end in segments or ())
    except (TypeError, ValueError):
        placed = False
    if not segments or not placed:
        raise InputError(
            f"row {row.get('id') or row['quote'][:40]!r} has no 'segments' that lie in the text of"
            f" its article {row['article']}"
        )


@dataclass(slots=True)
class Attributions:
    """Extraction and sources on articles whose attributions were marked by hand (PolNeAR).

    `named` and `every` hold one hit (0 or 1) a found direct quotation, for sources that hold a
    proper name and for all; the lists of articles beside them say what to resample by.
    """

    by_article: list[QuotationScore] = field(default_factory=list)
    named: list[bool] = field(default_factory=list)
    named_articles: list[str] = field(default_factory=list)
    every: list[bool] = field(default_factory=list)
    every_articles: list[str] = field(default_factory=list)


def score_attributions(articles: Iterable[Mapping[str, Any]]) -> Attributions:
    """Find statements and speakers in PolNeAR articles, and compare with its annotations."""
    result = Attributions()
    for number, article in enumerate(articles):
        name, text = str(article.get("id") or number), article["text"]
        statements = find_statements(text)
        speakers = attribute(text, statements)
        result.by_article.append(score_quotations(text, article["attributions"], statements))
        for attribution in article["attributions"]:
            source = attribution["source"]
            pieces = direct_pieces(text, map(tuple, attribution["content"]))
            best = best_match([s.segments for s in statements], pieces)
            if best is None or not source:
                continue
            (hit,) = source_hits([speakers[best]], [source])
            result.every.append(bool(hit))
            result.every_articles.append(name)
            if names_someone(text, source):
                result.named.append(bool(hit))
                result.named_articles.append(name)
    return result


def best_match(candidates: Sequence[Sequence[Span]], gold: Sequence[Sequence[int]]) -> int | None:
    """Return the candidate whose segments share most characters with `gold`, if any does."""

    def shared(segments: Sequence[Span]) -> int:
        return sum(
            max(0, min(end, gold_end) - max(start, gold_start))
            for start, end in segments
            for gold_start, gold_end in gold
        )

    overlaps = [shared(segments) for segments in candidates]
    best = max(range(len(overlaps)), key=overlaps.__getitem__, default=None)
    return best if best is not None and overlaps[best] > 0 else None


def read_marked(path: Path) -> list[dict[str, Any]]:
    """Read a JSONL file of PolNeAR articles; raise `InputError` naming a bad line."""
    found, kinds = [], {"text": str, "attributions": list}
    for where, article in read_jsonl(path):
        if not isinstance(article, dict) or not all(
            isinstance(article.get(name), kind) for name, kind in kinds.items()
        ):
            raise InputError(f"{where}: an article needs a 'text' and 'attributions'")
        found.append(article)
    return found


def read_articles(path: Path) -> dict[str, Article]:
    """Read a JSONL file of articles with `id` and `text` into a mapping by id."""
    found = {}
    for where, columns in read_jsonl(path):
        if not isinstance(columns, dict) or not isinstance(columns.get("id"), str):
            raise InputError(f"{where}: an article needs an 'id'")
        found[columns["id"]] = Article.from_columns(columns)
    return found
