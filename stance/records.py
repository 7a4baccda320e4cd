"""The records that flow through the package, and their table form.

An `Article` goes in; `Statement`s are found in its text; each gets a `Speaker`; the model turns
the three into `ScoredStatement`s, which are the rows of every output.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from stance.errors import ArticleError

Span = tuple[int, int]
"""Half-open range of Unicode code points in an article's text."""

StanceLabel = Literal["favor", "against", "neutral", "unrelated"]
SentimentLabel = Literal["positive", "neutral", "negative"]
SideLabel = Literal["us", "russia", "other", "unknown"]

STANCES: tuple[StanceLabel, ...] = ("favor", "against", "neutral", "unrelated")
SENTIMENTS: tuple[SentimentLabel, ...] = ("positive", "neutral", "negative")
SIDES: tuple[SideLabel, ...] = ("us", "russia", "other", "unknown")

PIECE_SEPARATOR = " … "
"""Joins the quoted pieces of one statement in `ScoredStatement.quote`."""

LEXICAL_SUFFIX = " (lexical)"
"""Ends `StatementScore.model` where the word model scored the statement, not the encoder."""


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as the reader of an archive has it.

    `extra` holds the input columns that the user asked to carry through to the output.
    """

    text: str
    id: str | None = None
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def from_columns(cls, columns: Mapping[str, Any]) -> Article:
        """Take the columns of an article from a mapping; other keys are left aside.

        What pandas has for a missing value is taken for None, and values of other types, such as a
        date, for their text.

        Raises:
            ArticleError: There is no text.
        """
        text = columns.get("text")
        if not isinstance(text, str):
            raise ArticleError("an article needs a 'text'")
        values = map(columns.get, ("id", "title", "date", "source", "url"))
        id_, title, date, source, url = (None if is_missing(v) else str(v) for v in values)
        return cls(text, id_, title, date, source, url)


def is_missing(value: object) -> bool:
    """Tell whether a table's value stands for nothing: None, not-a-number, or pandas' own."""
    try:
        return value is None or bool(value != value)  # noqa: PLR0124 - not-a-number and not-a-time
    except (TypeError, ValueError):  # pandas.NA, which is neither true nor false; an array
        return not hasattr(value, "__len__")


@dataclass(frozen=True, slots=True)
class Statement:
    """What one speaker says in quotation marks at one place of an article.

    `segments` are the quoted pieces in order, without their quotation marks; an attribution
    clause may stand between two of them. `paragraph` is the paragraph that holds the statement
    (from the first to the last one where a quotation runs over several).
    """

    segments: tuple[Span, ...]
    paragraph: Span

    @property
    def start(self) -> int:
        """Offset of the first quoted character."""
        return self.segments[0][0]

    @property
    def end(self) -> int:
        """Offset after the last quoted character."""
        return self.segments[-1][1]

    def quote(self, text: str) -> str:
        """Return the quoted pieces of `text`, the article's text, as one string."""
        return PIECE_SEPARATOR.join(text[start:end] for start, end in self.segments)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a statement, as far as the article tells.

    `name` is the fullest name in the article, or the description of an unnamed source;
    `mention` the words that the attribution uses and `mention_span` where they stand; `role` a
    description that the article gives of the person ("Russian foreign minister").
    `confidence` is the estimated probability, 0 to 1, that `name` is right.
    """

    name: str | None = None
    mention: str | None = None
    mention_span: Span | None = None
    role: str | None = None
    confidence: float = 0.0


UNKNOWN_SPEAKER = Speaker()


@dataclass(frozen=True, slots=True)
class StatementScore:
    """What a model says of one statement.

    `stance_score` is P(favor) − P(against) and `sentiment_score` P(positive) − P(negative), both
    −1 to 1; the four stance probabilities sum to 1. `needs_review` marks a stance that the model is
    not sure enough of, which a person should read. `model` names the model that scored it.
    """

    speaker_side: SideLabel
    stance: StanceLabel
    stance_score: float
    p_favor: float
    p_against: float
    p_neutral: float
    p_unrelated: float
    needs_review: bool
    sentiment: SentimentLabel
    sentiment_score: float
    model: str


SCORE_COLUMNS = tuple(one.name for one in fields(StatementScore))
"""Columns that scoring adds to a row that already holds a quote."""


def score_columns(score: StatementScore) -> dict[str, Any]:
    """Return a score as columns of a row."""
    return {name: getattr(score, name) for name in SCORE_COLUMNS}


@dataclass(frozen=True, slots=True)
class ScoredStatement(StatementScore):
    """One row of output: a statement, its speaker and its score.

    `start`, `end` and `segments` are offsets into the article's text as given, without the
    quotation marks.
    """

    article_id: str
    statement_id: str
    start: int
    end: int
    segments: tuple[Span, ...]
    quote: str
    context: str
    speaker: str | None
    speaker_mention: str | None
    speaker_confidence: float
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
