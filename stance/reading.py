"""An article's text read: its statements, their speakers and what the model sees of each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stance.errors import ArticleError
from stance.extraction import find_statements
from stance.extraction.paragraphs import paragraphs
from stance.model.inputs import StatementText, speaker_text
from stance.records import Article, Span, Speaker, Statement
from stance.speakers import attribute

CONTEXT_REACH = 2000
"""Characters before and after a statement that its context holds at most. A paragraph of news is
shorter; a text of megabytes without a line break must not be copied once a statement."""


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
