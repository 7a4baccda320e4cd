"""The way of one article: text → statements → speakers → logits → rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from stance.errors import ArticleError
from stance.gate import may_concern_relations
from stance.model.calibration import Probabilities, probabilities
from stance.model.engine import Logits
from stance.model.inputs import EncodedStatement, StatementText
from stance.model.spec import HEADS, head_slices
from stance.model.store import EngineName, ModelFolder, local_folder, shipped_model
from stance.reading import FoundInArticle, read_article
from stance.records import (
    LEXICAL_SUFFIX,
    Article,
    ScoredStatement,
    Statement,
    StatementScore,
    score_columns,
)

_RUSSIAN = head_slices()["side"].start + HEADS["side"].index("russia")
"""Where the logit of a speaker from Russia stands."""

_ARTICLES_AT_ONCE = 16
"""Articles whose statements go to the engine together when articles are streamed."""


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """An article read and encoded: `encoded` is what the encoder must score.

    It is empty where the word model alone reads the article's statements.
    """

    article: Article
    found: FoundInArticle
    encoded: list[EncodedStatement]


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
        self._folder = folder
        self._inputs = folder.input_encoder()
        self.engine = folder.engine(engine, device, threads)
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

    def fingerprint(self) -> dict[str, str]:
        """Return what scores depend on, by name of the part: the model's files, and the device."""
        return {"model": self._folder.digest(), "device": self.engine.device}

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
        self,
        articles: Iterable[Article | Mapping[str, Any]],
        on_error: Callable[[Article | Mapping[str, Any], ArticleError], None] | None = None,
    ) -> Iterator[ScoredStatement]:
        """Stream the rows of many articles, in order, holding a few articles at a time.

        Args:
            articles: Articles, or mappings with the columns of one: `text`, and any of `id`,
                `title`, `date`, `source`, `url`.
            on_error: Called with an article that cannot be used and the reason; the others go on.

        Raises:
            ArticleError: An article's text is missing or empty and there is no `on_error`; the
                rows of all articles before it have been given.
        """
        ready: list[PreparedArticle] = []
        for article in articles:
            try:
                ready.append(self.prepare(_as_article(article)))
            except ArticleError as error:
                if on_error is None:
                    yield from chain.from_iterable(self._score(ready))
                    raise _named(error, article) from None
                on_error(article, error)
            if len(ready) == _ARTICLES_AT_ONCE:
                yield from chain.from_iterable(self._score(ready))
                ready.clear()
        yield from chain.from_iterable(self._score(ready))

    def score_batch(self, articles: Sequence[Article]) -> list[list[ScoredStatement]]:
        """Score some articles together; return the rows of each, in order.

        A row does not depend on the articles that it is scored with.

        Raises:
            ArticleError: An article's text is empty.
        """
        return self._score([self.prepare(article) for article in articles])

    def _score(self, prepared: Sequence[PreparedArticle]) -> list[list[ScoredStatement]]:
        """Score prepared articles together; return the rows of each, in order."""
        logits = self.engine.logits([text for one in prepared for text in one.encoded])
        ends = list(accumulate((len(one.encoded) for one in prepared), initial=0))
        return [
            self.rows(one, logits[start:end])
            for one, (start, end) in zip(prepared, pairwise(ends), strict=True)
        ]

    def prepare(self, article: Article) -> PreparedArticle:
        """Find an article's statements and their speakers, and encode them for the model.

        Raises:
            ArticleError: The article's text is empty.
        """
        found = read_article(article)
        if self._lexical is None or may_concern_relations(article):
            return PreparedArticle(article, found, [self._inputs.encode(t) for t in found.texts])
        return PreparedArticle(article, found, [])

    def rows(self, prepared: PreparedArticle, logits: Logits) -> list[ScoredStatement]:
        """Return the rows of a prepared article.

        Args:
            prepared: What `prepare` returned.
            logits: What `engine` says of `prepared.encoded`, shape (len(prepared.encoded), 11).
        """
        texts = prepared.found.texts
        scores = self.scores(logits) if prepared.encoded else self._score_words(texts)
        return list(_rows(prepared.article, prepared.found, scores))

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
        return self.scores(self.engine.logits(self.prepare_statements(quotes, contexts, speakers)))

    def prepare_statements(
        self,
        quotes: Sequence[str],
        contexts: Sequence[str | None] | None = None,
        speakers: Sequence[str | None] | None = None,
    ) -> list[EncodedStatement]:
        """Encode quotes that are already known, as `score_statements` does."""
        none = [None] * len(quotes)
        contexts = none if contexts is None else contexts
        speakers = none if speakers is None else speakers
        return [
            self.encode(StatementText.from_quote(quote, context, speaker=speaker))
            for quote, context, speaker in zip(quotes, contexts, speakers, strict=True)
        ]

    def encode(self, text: StatementText) -> EncodedStatement:
        """Encode one statement with its surroundings."""
        return self._inputs.encode(text)

    def scores(self, logits: Logits) -> list[StatementScore]:
        """Turn logits, shape (statements, 11), into calibrated scores."""
        found = probabilities(logits, self.metadata.temperatures)
        return list(_scores(found, self.name, self.metadata.review_threshold))

    def _score_words(self, texts: Sequence[StatementText]) -> list[StatementScore]:
        """Score statements of articles that cannot concern the relations: `unrelated` for sure.

        Nobody is from Russia in an article that does not name it.
        """
        if not texts or self._lexical is None or self.metadata.lexical_temperatures is None:
            return []
        logits = self._lexical.logits([self._inputs.encode_words(text) for text in texts])
        logits[:, _RUSSIAN] = -np.inf
        found = probabilities(logits, self.metadata.lexical_temperatures)
        found["stance"][:] = [label == "unrelated" for label in HEADS["stance"]]
        return list(_scores(found, self.name + LEXICAL_SUFFIX, review_below=0.0))


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
    for statement, speaker, seen, score in zip(
        found.statements, found.speakers, found.texts, scores, strict=True
    ):
        yield ScoredStatement(
            article_id=article.id or text_hash,
            statement_id=statement_id(text_hash, statement),
            start=statement.start,
            end=statement.end,
            segments=statement.segments,
            quote=statement.quote(text),
            context=seen.context,  # which may be long: one copy of it is enough
            speaker=speaker.name,
            speaker_mention=speaker.mention,
            speaker_confidence=speaker.confidence,
            title=article.title,
            date=article.date,
            source=article.source,
            url=article.url,
            extra=article.extra,
            **score_columns(score),
        )


def _as_article(article: Article | Mapping[str, Any]) -> Article:
    return article if isinstance(article, Article) else Article.from_columns(article)


def _named(error: ArticleError, article: Article | Mapping[str, Any]) -> ArticleError:
    """Return an error that tells which article it is about, where that has an id."""
    name = article.id if isinstance(article, Article) else article.get("id")
    return error if name is None else ArticleError(f"article {name}: {error}")


def content_hash(text: str) -> str:
    """Return 16 hexadecimal digits that stand for a text on every machine."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def statement_id(text_hash: str, statement: Statement) -> str:
    """Return what names a statement on every machine: its text's `content_hash` and offsets."""
    return f"{text_hash}-{statement.start}-{statement.end}"


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
