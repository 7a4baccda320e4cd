from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from service.fakes import HeldScorer
from stance.errors import ArticleError
from stance.explain import explain
from stance.records import Article
from stance.scorer import Scorer
from stance.service import scoring
from stance.service.limits import MAX_ARTICLE_CHARACTERS, Limits
from stance.service.scoring import LONGEST_WAIT, BusyError, ScoringService

pytestmark = pytest.mark.anyio

TALKS = Article("“We want talks with Moscow,” said the envoy, Ann Lee.", "talks")


async def test_rows_are_those_of_the_scorer(scorer: Scorer, articles: list[Article]) -> None:
    service = ScoringService(scorer)
    together = await service.score_articles(articles)
    alone = await asyncio.gather(*(service.score_article(one) for one in articles))
    assert together == alone == [scorer.score_batch([one])[0] for one in articles]
    await service.close()


async def test_scores_of_quotes_are_those_of_the_scorer(scorer: Scorer) -> None:
    service = ScoringService(scorer)
    columns = (
        ["No deal.", "We trust Moscow"],
        [None, "“We trust Moscow,” he said."],
        ["Lee", None],
    )
    assert await service.score_statements(*columns) == scorer.score_statements(*columns)
    await service.close()


async def test_an_explanation_is_that_of_the_scorer(scorer: Scorer) -> None:
    service = ScoringService(scorer)
    (row,) = await service.score_article(TALKS)
    found = await service.explain(TALKS, row.statement_id)
    assert found == explain(scorer, TALKS, row.statement_id)
    with pytest.raises(KeyError):
        await service.explain(TALKS, "none")
    await service.close()


async def test_progress_ends_with_all_statements(scorer: Scorer, articles: list[Article]) -> None:
    service = ScoringService(scorer, limits=Limits(batch=2))
    told: list[tuple[int, int]] = []
    rows = await service.score_article(articles[0], lambda *counts: told.append(counts))
    assert told[-1] == (len(rows), len(rows))
    assert told == sorted(told)
    await service.close()


async def test_one_bad_article_leaves_the_others(
    scorer: Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "MAX_STATEMENTS_FOUND", 3)
    service = ScoringService(scorer)
    long = Article("a" * (MAX_ARTICLE_CHARACTERS + 1))
    many = Article("\n\n".join([TALKS.text] * 4))
    outcomes = await service.score_articles([Article(" "), TALKS, long, many, TALKS])
    reasons = [str(one) if isinstance(one, ArticleError) else len(one) for one in outcomes]
    too_many = str(reasons.pop(3))
    assert reasons == [
        "the text is empty",
        1,
        "the text has 200,001 characters; at most 200,000 are read",
        1,
    ]
    # Articles are read side by side: none, one or both others may have been read before.
    pattern = r"the text holds 4 statements( after \d in other articles)?; at most 3 are .* at once"
    assert re.fullmatch(pattern, too_many)
    await service.close()


Call = Callable[[ScoringService], Coroutine[Any, Any, object]]
CALLS: dict[str, Call] = {
    "article": lambda service: service.score_article(TALKS),
    "articles": lambda service: service.score_articles([TALKS, TALKS]),
    "statements": lambda service: service.score_statements(["Talks."], [None], [None]),
    "explain": lambda service: service.explain(TALKS, "none"),
}


@pytest.mark.parametrize(
    "limits", [Limits(requests=1), Limits(characters=10), Limits(queue_seconds=0)]
)
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_a_full_service_refuses_at_once(scorer: Scorer, limits: Limits, call: Call) -> None:
    held = HeldScorer(scorer)
    service = ScoringService(held, limits=limits)
    under_way = [asyncio.create_task(service.score_article(TALKS))]
    await asyncio.to_thread(held.started.wait)
    if limits.queue_seconds == 0:
        under_way.append(asyncio.create_task(service.score_article(TALKS)))
        while not service.waiting:
            await asyncio.sleep(0.001)
    with pytest.raises(BusyError) as refusal:
        await call(service)
    assert 1 <= refusal.value.retry_after <= LONGEST_WAIT
    held.release.set()
    assert all(len(rows) == 1 for rows in await asyncio.gather(*under_way))
    assert await service.score_article(TALKS)
    assert (service.requests, service.waiting) == (0, 0)
    await service.close()


async def test_a_request_ends_within_its_time(scorer: Scorer) -> None:
    held = HeldScorer(scorer)
    service = ScoringService(held, limits=Limits(request_seconds=0.2))
    with pytest.raises(TimeoutError):
        await service.score_article(TALKS)
    assert (service.requests, service.waiting) == (0, 0)
    held.release.set()
    await service.close()


async def test_a_cancelled_call_frees_its_work(scorer: Scorer, articles: list[Article]) -> None:
    held = HeldScorer(scorer)
    service = ScoringService(held, limits=Limits(batch=1))
    task = asyncio.create_task(service.score_articles(articles))
    await asyncio.to_thread(held.started.wait)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (service.requests, service.waiting) == (0, 0)
    held.release.set()
    assert await service.score_article(TALKS)
    assert held.passes == 2
    await service.close()


async def test_a_closed_service_refuses(scorer: Scorer) -> None:
    held = HeldScorer(scorer)
    service = ScoringService(held)
    under_way = asyncio.create_task(service.score_article(TALKS))
    await asyncio.to_thread(held.started.wait)
    await service.close()
    held.release.set()
    with pytest.raises(BusyError, match="stopping"):
        await under_way
    with pytest.raises(BusyError, match="stopping"):
        await service.score_article(TALKS)


async def test_statements_are_counted_over_all_articles(
    scorer: Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "MAX_STATEMENTS_FOUND", 3)
    service = ScoringService(scorer)
    outcomes = await service.score_articles([Article("\n\n".join([TALKS.text] * 2))] * 2)
    (refused,) = (one for one in outcomes if isinstance(one, ArticleError))
    assert str(refused).startswith("the text holds 2 statements after 2 in other articles")
    await service.close()


async def test_articles_that_were_read_tell_what_to_expect(scorer: Scorer) -> None:
    service = ScoringService(scorer)
    before = service._density
    await service.score_article(TALKS)
    assert before < service._density < 1 / len(TALKS.text)
    await service.close()
