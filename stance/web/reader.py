"""From an article to what the page shows of it: a result, a message, or both."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from stance.errors import ArticleError
from stance.records import Article
from stance.service.limits import MAX_ARTICLE_CHARACTERS
from stance.service.scoring import BusyError, ScoringService
from stance.web import messages
from stance.web.language import looks_english
from stance.web.messages import Message
from stance.web.results import Result

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of an article: its result unless it could not be read, and what to say of it."""

    result: Result | None
    message: Message | None


async def read(
    service: ScoringService,
    article: Article,
    progress: Callable[[int, int], None] | None = None,
    file: str = "",
) -> Reading:
    """Score an article for the page; every failure becomes a message.

    `progress` is called with the statements done and all statements; `file` is the name of the file
    that the article came as, if it did.
    """
    if (objection := objection_to(article)) is not None:
        return Reading(None, objection)
    try:
        statements = await service.score_article(article, progress)
    except Exception as error:
        return Reading(None, message_of(error))
    result = Result.of(article, statements, file)
    if not statements:
        return Reading(result, messages.NO_QUOTES)
    if all(one.stance == "unrelated" for one in statements):
        return Reading(result, messages.unrelated(sum(one.needs_review for one in statements)))
    return Reading(result, None)


def objection_to(article: Article) -> Message | None:
    """Return why an article is not worth scoring, if it is not."""
    if not article.text.strip():
        return messages.EMPTY
    if len(article.text) > MAX_ARTICLE_CHARACTERS:
        return messages.too_long(len(article.text), MAX_ARTICLE_CHARACTERS)
    return None if looks_english(article.text) else messages.NOT_ENGLISH


def message_of(error: Exception) -> Message:
    """Return what to tell the visitor of an error; one that was not foreseen is logged by kind."""
    if isinstance(error, ArticleError):
        return messages.unusable(str(error))
    if isinstance(error, BusyError):
        return messages.busy(error.retry_after)
    if isinstance(error, TimeoutError):
        return messages.TIME_OUT
    _LOG.error("the page could not score an article: %s", type(error).__name__)
    return messages.FAILED
