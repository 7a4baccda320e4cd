"""What the API reads and answers: the columns of articles, statements and rows, with bounds.

Keys that are no columns are refused: a misspelt `title` would change scores in silence.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from stance.records import Article, SentimentLabel, SideLabel, StanceLabel
from stance.service.limits import MAX_ARTICLE_CHARACTERS, MAX_ARTICLES, MAX_STATEMENTS

MAX_QUOTE = 20_000
"""Characters of a quote, and of the paragraph around it."""

MAX_LABEL = 2_000
"""Characters of an id, a title, a name or an address."""

MAX_KEYS = 50
"""Keys of one object before it is refused unread."""

EXAMPLE_TEXT = (
    "MOSCOW — The talks will go on. “We want a working relationship with Washington,” "
    "said the deputy minister, Oleg Varnin."
)


def _number_as_text(value: object) -> object:
    """Take an id that is a whole number, as data frames have them, as text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Label = Annotated[str, Field(max_length=MAX_LABEL)]
Id = Annotated[
    Label,
    BeforeValidator(_number_as_text, json_schema_input_type=Label | int),
    Field(description="Your name for it; a whole number will do."),
]
Unit = Annotated[float, Field(ge=-1, le=1)]
Probability = Annotated[float, Field(ge=0, le=1)]


class Input(BaseModel):
    """What a client sends: no conversion of types, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def few_keys(cls, value: object) -> object:
        """Refuse an object of very many keys as a whole: each would be an error of its own."""
        if isinstance(value, dict) and len(value) > MAX_KEYS:
            raise ValueError(f"has {len(value):,} keys")
        return value


class ArticleInput(Input):
    """One article; all but its text may be missing."""

    text: Annotated[
        str,
        Field(
            max_length=MAX_ARTICLE_CHARACTERS,
            description="The article as written; offsets in the answer count its code points.",
            examples=[EXAMPLE_TEXT],
        ),
    ]
    id: Annotated[Id | None, Field(examples=["times-0412"])] = None
    title: Annotated[Label | None, Field(examples=["Envoys to meet again"])] = None
    date: Annotated[Label | None, Field(examples=["1987-12-08"])] = None
    source: Label | None = None
    url: Label | None = None

    def article(self) -> Article:
        """Return the article as the scorer takes it."""
        return Article(self.text, self.id, self.title, self.date, self.source, self.url)


class ArticlesInput(Input):
    """The body of `POST /v1/articles`."""

    articles: Annotated[
        list[ArticleInput], Field(min_length=1, max_length=MAX_ARTICLES, fail_fast=True)
    ]


class StatementInput(Input):
    """One quote, with the paragraph that holds it and who says it where known."""

    quote: Annotated[
        str,
        Field(
            min_length=1,
            max_length=MAX_QUOTE,
            description="The quoted words; pieces joined by ' … '.",
            examples=["We want a working relationship with Washington"],
        ),
    ]
    context: Annotated[
        str | None, Field(max_length=MAX_QUOTE, description="The paragraph around the quote.")
    ] = None
    speaker: Annotated[Label | None, Field(examples=["Oleg Varnin"])] = None


class StatementsInput(Input):
    """The body of `POST /v1/statements`."""

    statements: Annotated[
        list[StatementInput], Field(min_length=1, max_length=MAX_STATEMENTS, fail_fast=True)
    ]


class Score(BaseModel):
    """What the model says of a statement."""

    speaker_side: SideLabel
    stance: StanceLabel
    stance_score: Annotated[Unit, Field(description="P(favor) − P(against), calibrated.")]
    p_favor: Probability
    p_against: Probability
    p_neutral: Probability
    p_unrelated: Probability
    needs_review: Annotated[
        bool, Field(description="The model is not sure enough: a person should read it.")
    ]
    sentiment: SentimentLabel
    sentiment_score: Annotated[Unit, Field(description="P(positive) − P(negative).")]
    model: Annotated[str, Field(description="Name and version of the model.")]


class Row(Score):
    """One statement of an article, with the columns of every other output of stance."""

    article_id: str
    statement_id: Annotated[str, Field(description="The same for the same text, everywhere.")]
    start: Annotated[int, Field(ge=0, description="Code point offset into the text as given.")]
    end: Annotated[int, Field(ge=0, description="Offset after the last quoted character.")]
    segments: Annotated[
        list[list[int]], Field(description="[start, end] of each quoted piece of the statement.")
    ]
    quote: Annotated[str, Field(description="The quoted pieces, joined by ' … '.")]
    context: Annotated[str, Field(description="The paragraph that holds the statement.")]
    speaker: Annotated[str | None, Field(description="The fullest name in the article.")]
    speaker_mention: Annotated[
        str | None, Field(description="The words that the attribution uses, such as 'he'.")
    ]
    speaker_confidence: Probability
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None


class ArticleError(BaseModel):
    """Why an article has no rows."""

    code: str
    message: str


class ArticleAnswer(BaseModel):
    """The statements of one article in text order, or why it has none."""

    id: Annotated[str, Field(description="The article's id, or the hash of its text.")]
    statements: list[Row]
    error: ArticleError | None


class ArticlesAnswer(BaseModel):
    """The answer to `POST /v1/articles`: one entry an article, in the order of the request."""

    articles: list[ArticleAnswer]


class ScoredQuote(Score):
    """A quote as it was sent, with its scores."""

    quote: str
    context: str | None
    speaker: str | None


class StatementsAnswer(BaseModel):
    """The answer to `POST /v1/statements`: one row a quote, in the order of the request."""

    statements: list[ScoredQuote]


class ModelAnswer(BaseModel):
    """What is known of the model that scores."""

    name: str
    version: str
    target: Annotated[str, Field(description="What stances are toward.")]
    labels: dict[str, list[str]]
    base_model: str
    training: dict[str, Any]
    quality: Annotated[dict[str, Any], Field(description="The figures measured when it was made.")]


class Health(BaseModel):
    """How the service is."""

    status: Annotated[str, Field(examples=["ok"])]


class ErrorDetails(BaseModel):
    """What went wrong."""

    code: str
    message: str
    request_id: Annotated[str, Field(description="Also in the header X-Request-ID and the log.")]


class ErrorAnswer(BaseModel):
    """The body of every error."""

    error: ErrorDetails
