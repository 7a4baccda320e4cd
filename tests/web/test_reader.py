from __future__ import annotations

import asyncio
import logging

import pytest

from stance.errors import ArticleError
from stance.records import Article
from stance.service.limits import MAX_ARTICLE_CHARACTERS
from stance.service.scoring import BusyError
from stance.web import messages
from stance.web.messages import Message
from stance.web.reader import Reading, read
from web.fakes import ENGLISH, FakeService, scored


def reading_of(text: str, service: FakeService) -> Reading:
    return asyncio.run(read(service, Article(text)))  # type: ignore[arg-type]


def test_result_without_a_message() -> None:
    reading = reading_of(ENGLISH, FakeService([scored(), scored("unrelated", 0.0)]))
    assert reading.message is None
    assert reading.result is not None
    assert len(reading.result.statements) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", messages.EMPTY),
        (" \n", messages.EMPTY),
        ("Wir reden, wo wir können, und wir halten dagegen. " * 5, messages.NOT_ENGLISH),
        (
            "a" * (MAX_ARTICLE_CHARACTERS + 1),
            messages.too_long(MAX_ARTICLE_CHARACTERS + 1, MAX_ARTICLE_CHARACTERS),
        ),
    ],
)
def test_what_is_not_worth_scoring_is_not_scored(text: str, expected: Message) -> None:
    service = FakeService()
    assert reading_of(text, service) == Reading(None, expected)
    assert not service.articles


def test_no_quotes() -> None:
    reading = reading_of(ENGLISH, FakeService())
    assert reading.result is not None
    assert reading.message == messages.NO_QUOTES


@pytest.mark.parametrize(("unsure", "told"), [(0, ""), (1, "1 of them is unsure"), (2, "2 of")])
def test_nothing_about_the_relations(unsure: int, told: str) -> None:
    statements = [scored("unrelated", 0.0, needs_review=index < unsure) for index in range(3)]
    reading = reading_of(ENGLISH, FakeService(statements))
    assert reading.result is not None
    assert reading.message == messages.unrelated(unsure)
    assert told in reading.message.advice
    assert ("unsure" in reading.message.advice) == bool(unsure)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (BusyError("full", 7), messages.busy(7)),
        (TimeoutError(), messages.TIME_OUT),
        (ArticleError("too odd"), messages.unusable("too odd")),
        (RuntimeError(ENGLISH), messages.FAILED),
    ],
)
def test_failures_are_told(error: Exception, expected: Message) -> None:
    assert reading_of(ENGLISH, FakeService(error=error)) == Reading(None, expected)


def test_text_is_never_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        reading_of(ENGLISH, FakeService(error=RuntimeError(ENGLISH)))
    assert "RuntimeError" in caplog.text
    assert "Marsh" not in caplog.text


def test_messages_are_escaped_and_announced() -> None:
    markup = messages.unusable("<img src=x>").html()
    assert "<img" not in markup
    assert 'role="alert"' in markup
    assert "in a second" in messages.busy(1).advice
