"""The way of one article: text → statements → speakers → logits → rows."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

from stance.errors import ArticleError
from stance.extraction import find_statements
from stance.extraction.paragraphs import paragraphs
from stance.gate import may_concern_relations
from stance.model.calibration import Probabilities, probabilities
from stance.model.inputs import StatementText, speaker_text
from stance.model.spec import HEADS
from stance.model.store import EngineName, ModelFolder, local_folder, shipped_model
from stance.records import Article, ScoredStatement, Span, Speaker, Statement, StatementScore
from stance.speakers import attribute

_ARTICLES_AT_ONCE = 16
"""Articles whose statements go to the engine together when articles are streamed."""

CONTEXT_REACH = 2000
"""Characters before and after a statement that its context holds at most. A paragraph of news is
shorter; a text of megabytes without a line break must not be copied once a statement."""

LEXICAL_SUFFIX = " (lexical)"
"""Ends the `model` column of rows that the word model scored, not the encoder."""


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """The scored statements of one article, in text order."""

    article_id: str
    statements: tuple[ScoredStatement, ...]


class Scorer:
    """Finds, attributes and scores statements with one model."""

    def __init__(
        self,
        folder: ModelFolder,
        *,
        engine: EngineName | None = None,
        device: str | None = None,
        threads: int | None = None,
        gate: bool = True,
    ) -> None:
        self.metadata = folder.metadata
        self._inputs = folder.input_encoder()
        self._engine = folder.engine(engine, device, threads)
        calibrated = self.metadata.lexical_temperatures is not None
        gated = gate and calibrated and self.metadata.gated
        self._lexical = folder.lexical_engine(threads) if gated else None

    @property
    def name(self) -> str:
        """Name and version of the model: the `model` column of output."""
        return self.metadata.full_name

    def describe(self) -> dict[str, Any]:
        """Return what is known of the model: name, target, labels, base, training, quality."""
        meta = self.metadata
        return {
            "name": meta.name,
            "version": meta.version,
            "target": meta.target,
            "labels": meta.labels,
            "base_model": meta.base_model,
            "training": meta.training,
            "quality": meta.quality,
        }

    def score_article(
        self,
        text: str,
        *,
        id: str | None = None,  # noqa: A002
        title: str | None = None,
        date: str | None = None,
        source: str | None = None,
        url: str | None = None,
    ) -> ArticleResult:
        """Score one article.

        Raises:
            ArticleError: The text is empty.
        """
        article = Article(text, id, title, date, source, url)
        (rows,) = self.score_batch([article])
        return ArticleResult(article_id(article), tuple(rows))

    def score_articles(
        self, articles: Iterable[Article | Mapping[str, Any]]
    ) -> Iterator[ScoredStatement]:
        """Stream the rows of many articles, in order, holding a few articles at a time.

        Mappings have the columns of an article: `text`, and any of `id`, `title`, `date`,
        `source`, `url`.

        Raises:
            ArticleError: An article's text is missing or empty.
        """
        records = (a if isinstance(a, Article) else Article.from_columns(a) for a in articles)
        while chunk := list(islice(records, _ARTICLES_AT_ONCE)):
            for rows in self.score_batch(chunk):
                yield from rows

    def score_batch(self, articles: Sequence[Article]) -> list[list[ScoredStatement]]:
        """Score some articles together; return the rows of each, in order.

        A row does not depend on the articles that it is scored with.

        Raises:
            ArticleError: An article's text is empty.
        """
        found = [read_article(article) for article in articles]
        read = [self._lexical is None or may_concern_relations(a) for a in articles]

        def texts(of_read: bool) -> list[StatementText]:
            pairs = zip(found, read, strict=True)
            return [text for one, is_read in pairs if is_read is of_read for text in one.texts]

        scores = {True: self._score(texts(True)), False: self._score_words(texts(False))}
        return [
            list(_rows(article, one, islice(scores[is_read], len(one.texts))))
            for article, one, is_read in zip(articles, found, read, strict=True)
        ]

    def score_statements(
        self,
        quotes: Sequence[str],
        contexts: Sequence[str | None] | None = None,
        speakers: Sequence[str | None] | None = None,
    ) -> list[StatementScore]:
        """Score quotes that are already known, each with its paragraph and speaker if given.

        Raises:
            ValueError: `contexts` or `speakers` is not as long as `quotes`.
        """
        none = [None] * len(quotes)
        contexts = none if contexts is None else contexts
        speakers = none if speakers is None else speakers
        return list(
            self._score(
                [
                    StatementText.from_quote(quote, context, speaker=speaker)
                    for quote, context, speaker in zip(quotes, contexts, speakers, strict=True)
                ]
            )
        )

    def _score(self, texts: Sequence[StatementText]) -> Iterator[StatementScore]:
        if not texts:
            return iter(())
        logits = self._engine.logits([self._inputs.encode(text) for text in texts])
        found = probabilities(logits, self.metadata.temperatures)
        return _scores(found, self.name, self.metadata.review_threshold)

    def _score_words(self, texts: Sequence[StatementText]) -> Iterator[StatementScore]:
        """Score statements of articles that cannot concern the relations: `unrelated` for sure."""
        if not texts or self._lexical is None or self.metadata.lexical_temperatures is None:
            return iter(())
        logits = self._lexical.logits([self._inputs.encode_words(text) for text in texts])
        found = probabilities(logits, self.metadata.lexical_temperatures)
        found["stance"][:] = [label == "unrelated" for label in HEADS["stance"]]
        return _scores(found, self.name + LEXICAL_SUFFIX, review_below=0.0)


@dataclass(frozen=True, slots=True)
class FoundInArticle:
    """What was found in one article: parallel lists, one entry a statement, in text order."""

    statements: list[Statement]
    speakers: list[Speaker]
    texts: list[StatementText]


def read_article(article: Article) -> FoundInArticle:
    """Find the statements of an article, their speakers and what the model reads of each."""
    text = article.text
    if not text.strip():
        raise ArticleError("the text is empty")
    statements = find_statements(text)
    speakers = attribute(text, statements, article.title)
    return FoundInArticle(statements, speakers, list(_texts(article, statements, speakers)))


def _texts(
    article: Article, statements: Sequence[Statement], speakers: Sequence[Speaker]
) -> Iterator[StatementText]:
    spans = paragraphs(article.text) if statements else []
    starts = [start for start, _ in spans]
    for statement, speaker in zip(statements, speakers, strict=True):
        start, end = context_span(statement)
        before = bisect_left(starts, statement.paragraph[0]) - 1
        yield StatementText(
            context=article.text[start:end],
            pieces=tuple((a - start, b - start) for a, b in statement.segments),
            previous=_end_of(article.text, spans[before]) if before >= 0 else "",
            title=article.title or "",
            speaker=speaker_text(speaker.name, speaker.role),
        )


def _end_of(text: str, span: Span) -> str:
    """Return the last `CONTEXT_REACH` characters of a span."""
    return text[max(span[0], span[1] - CONTEXT_REACH) : span[1]]


def context_span(statement: Statement) -> Span:
    """Return the paragraph of a statement, as far as it is within `CONTEXT_REACH`."""
    start, end = statement.paragraph
    return max(start, statement.start - CONTEXT_REACH), min(end, statement.end + CONTEXT_REACH)


def _scores(
    heads: Mapping[str, Probabilities], model: str, review_below: float
) -> Iterator[StatementScore]:
    """Turn each head's probabilities into scores, one a statement.

    A stance of a probability under `review_below` is marked for a person to read.
    """
    best = {head: found.argmax(axis=1) for head, found in heads.items()}
    for index, (stance, sentiment) in enumerate(
        zip(heads["stance"].tolist(), heads["sentiment"].tolist(), strict=True)
    ):
        p = dict(zip(HEADS["stance"], stance, strict=True))
        tone = dict(zip(HEADS["sentiment"], sentiment, strict=True))
        yield StatementScore(
            speaker_side=HEADS["side"][best["side"][index]],
            stance=HEADS["stance"][best["stance"][index]],
            stance_score=p["favor"] - p["against"],
            p_favor=p["favor"],
            p_against=p["against"],
            p_neutral=p["neutral"],
            p_unrelated=p["unrelated"],
            needs_review=max(stance) < review_below,
            sentiment=HEADS["sentiment"][best["sentiment"][index]],
            sentiment_score=tone["positive"] - tone["negative"],
            model=model,
        )


def _rows(
    article: Article, found: FoundInArticle, scores: Iterable[StatementScore]
) -> Iterator[ScoredStatement]:
    text = article.text
    text_hash = content_hash(text)
    for statement, speaker, score in zip(found.statements, found.speakers, scores, strict=True):
        yield ScoredStatement(
            article_id=article.id or text_hash,
            statement_id=f"{text_hash}-{statement.start}-{statement.end}",
            start=statement.start,
            end=statement.end,
            segments=statement.segments,
            quote=statement.quote(text),
            context=text[slice(*context_span(statement))],
            speaker=speaker.name,
            speaker_mention=speaker.mention,
            speaker_confidence=speaker.confidence,
            title=article.title,
            date=article.date,
            source=article.source,
            url=article.url,
            extra=article.extra,
            **{name: getattr(score, name) for name in _SCORE_FIELDS},
        )


_SCORE_FIELDS = tuple(field.name for field in fields(StatementScore))


def content_hash(text: str) -> str:
    """Return 16 hexadecimal digits that stand for a text on every machine."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def article_id(article: Article) -> str:
    """Return the article's id, or the hash of its text where it has none."""
    return article.id or content_hash(article.text)


def load(
    model: str | Path | None = None,
    *,
    engine: EngineName | None = None,
    device: str | None = None,
    threads: int | None = None,
    gate: bool = True,
) -> Scorer:
    """Load a model.

    Args:
        model: A model folder or a hub id; the model that ships with the package by default.
        engine: "onnx" (CPU) or "torch"; by default what suits the folder and the device.
        device: A torch device such as "cuda"; the CPU by default.
        threads: How many statements to score side by side; all usable processors by default.
        gate: Whether articles that name neither Russia nor what stands for it skip the encoder.
            A model of another target reads every article.

    Raises:
        ModelError: The folder is missing, truncated or of another version.
    """
    folder = ModelFolder(shipped_model() if model is None else local_folder(model))
    return Scorer(folder, engine=engine, device=device, threads=threads, gate=gate)
