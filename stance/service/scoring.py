"""The scorer as a service: what the HTTP API and the page call, from one event loop.

Reading articles is Python and goes to a few threads; statements go to the shared batches of
`stance.service.batching`. Every request is admitted or refused at once, and ends within its time.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from stance.errors import ArticleError, StanceError
from stance.explain import Explanation, Question
from stance.model.engine import usable_cores
from stance.records import Article, ScoredStatement, StatementScore
from stance.scorer import Scorer
from stance.service.batching import Batcher, ClosedError, Lane, OnBatch, Progress
from stance.service.limits import MAX_ARTICLE_CHARACTERS, MAX_STATEMENTS_FOUND, Limits

P = ParamSpec("P")
T = TypeVar("T")

STATEMENTS_PER_CHARACTER = 1 / 500
"""What an article is expected to hold until some were read; news has 1 in 400 to 800."""

USUAL_STATEMENTS = 10
"""What an article may hold whose wait decides whether there is room for another one."""

LONGEST_WAIT = 60
"""Seconds that a refused client is told to wait at most."""


class BusyError(StanceError):
    """The service has as much to do as it takes on, or it is stopping.

    `retry_after` is the whole number of seconds after which to try again.
    """

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ScoringService:
    """Scores articles and statements for many callers at a time; one per process.

    Every method raises `BusyError` at once when there is too much to do, and `TimeoutError` after
    `limits.request_seconds`; a cancelled call frees its work. Rows are those that
    `Scorer.score_article` gives for the same article, whatever else is being scored.
    """

    def __init__(
        self, scorer: Scorer, *, limits: Limits | None = None, on_batch: OnBatch | None = None
    ) -> None:
        self.scorer = scorer
        self.limits = limits or Limits()
        self._batcher = Batcher(scorer.engine, self.limits.batch, on_batch)
        self._readers = usable_cores()
        self._pool = ThreadPoolExecutor(self._readers, thread_name_prefix="reader")
        self._density = STATEMENTS_PER_CHARACTER
        self._open: set[_Request] = set()
        self._closed = False

    @property
    def requests(self) -> int:
        """Requests under way."""
        return len(self._open)

    @property
    def waiting(self) -> int:
        """Statements that wait for the encoder."""
        return self._batcher.waiting

    async def score_article(
        self, article: Article, progress: Progress | None = None
    ) -> list[ScoredStatement]:
        """Return the rows of one article, in text order.

        `progress` is called in the event loop with the statements that the encoder is done with
        and how many it has to read.

        Raises:
            ArticleError: The text is empty, too long, or holds too many statements.
        """
        async with self._admitted(len(article.text)) as request:
            return await request.article(article, progress)

    async def score_articles(
        self, articles: Sequence[Article]
    ) -> list[list[ScoredStatement] | ArticleError]:
        """Return, for each article, its rows or the reason why it has none."""
        async with self._admitted(sum(len(one.text) for one in articles)) as request:
            tasks = [asyncio.ensure_future(request.outcome(article)) for article in articles]
            try:
                return await asyncio.gather(*tasks)
            finally:
                for task in tasks:
                    task.cancel()

    async def score_statements(
        self,
        quotes: Sequence[str],
        contexts: Sequence[str | None],
        speakers: Sequence[str | None],
    ) -> list[StatementScore]:
        """Return the scores of quotes that are already known, in order."""
        size = sum(len(text or "") for texts in (quotes, contexts) for text in texts)
        async with self._admitted(size) as request:
            encoded = await self.read(self.scorer.prepare_statements, quotes, contexts, speakers)
            request.unread = 0
            return self.scorer.scores(await request.lane.logits(encoded))

    async def explain(self, article: Article, statement_id: str) -> Explanation:
        """Return which words moved the stance score of one statement of an article.

        Raises:
            ArticleError: The text is empty or too long.
            KeyError: No statement of the article has this id.
        """
        async with self._admitted(len(article.text)) as request:
            check_length(article)
            question = await self.read(self._question, article, statement_id)
            logits = await request.lane.logits(question.encoded)
            return question.answer(self.scorer, logits)

    def _question(self, article: Article, statement_id: str) -> Question:
        return Question.of(self.scorer, self.scorer.prepare(article), statement_id)

    async def close(self) -> None:
        """Refuse new work and end what is under way with `BusyError`."""
        self._closed = True
        await self._batcher.close()
        self._pool.shutdown(wait=False)

    async def read(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run Python work in one of the threads that read articles."""
        if self._closed:
            raise ClosedError
        return await asyncio.wrap_future(self._pool.submit(work, *args, **kwargs))

    @asynccontextmanager
    async def _admitted(self, characters: int) -> AsyncIterator[_Request]:
        """Take on a request with so much text, for its time, or refuse it."""
        if self._closed:
            raise BusyError("the server is stopping")
        if self._full(characters):
            wait = math.ceil(self._wait() / 2)
            raise BusyError("too much to do at the moment", min(max(1, wait), LONGEST_WAIT))
        lane, readers = self._batcher.lane(), asyncio.Semaphore(self._readers)
        request = _Request(self, lane, readers, characters, unread=characters)
        self._open.add(request)
        try:
            async with asyncio.timeout(self.limits.request_seconds):
                yield request
        except ClosedError:
            raise BusyError("the server is stopping") from None
        finally:
            self._open.discard(request)

    def _full(self, characters: int) -> bool:
        """Tell whether so much more text is too much; what comes alone never is."""
        held = sum(request.characters for request in self._open)
        return (
            self.requests >= self.limits.requests
            or self._wait() > self.limits.queue_seconds
            or 0 < held > self.limits.characters - characters
        )

    def _wait(self) -> float:
        """Return the seconds after which an article that came now would be done.

        While the encoder scores it, it scores as much of every other request, and twice that where
        half of each batch is the oldest's.
        """
        others = (min(one.expected(self._density), USUAL_STATEMENTS) for one in self._open)
        return 2 * sum(others) * self._batcher.seconds_each

    def learn(self, characters: int, statements: int) -> None:
        """Learn from an article that was read how many statements to expect in others."""
        if characters:
            self._density += 0.02 * (statements / characters - self._density)


@dataclass(slots=True, eq=False)
class _Request:
    """One request under way.

    `lane` is its place in line, and `readers` bounds how many of its articles are read at once.
    Of its `characters`, `unread` were not read yet; `found` counts the statements in the others.
    """

    service: ScoringService
    lane: Lane
    readers: asyncio.Semaphore
    characters: int
    unread: int
    found: int = 0

    async def article(
        self, article: Article, progress: Progress | None = None
    ) -> list[ScoredStatement]:
        check_length(article)
        scorer, read = self.service.scorer, self.service.read
        async with self.readers:
            prepared = await read(scorer.prepare, article)
            self.count(len(article.text), len(prepared.found.statements))
        logits = await self.lane.logits(prepared.encoded, progress)
        return await read(scorer.rows, prepared, logits)

    def expected(self, density: float) -> float:
        """Return the statements that the encoder is still to get, at so many a character."""
        return self.lane.waiting + self.unread * density

    def count(self, characters: int, statements: int) -> None:
        """Count what was read, and found there; raise `ArticleError` where it is too much."""
        self.unread -= characters
        self.service.learn(characters, statements)
        if self.found + statements > MAX_STATEMENTS_FOUND:
            before = f" after {self.found:,} in other articles" if self.found else ""
            raise ArticleError(
                f"the text holds {statements:,} statements{before}; "
                f"at most {MAX_STATEMENTS_FOUND:,} are scored at once"
            )
        self.found += statements

    async def outcome(self, article: Article) -> list[ScoredStatement] | ArticleError:
        try:
            return await self.article(article)
        except ArticleError as error:
            return error


def check_length(article: Article) -> None:
    """Raise `ArticleError` for a text of more than `MAX_ARTICLE_CHARACTERS`."""
    if len(article.text) > MAX_ARTICLE_CHARACTERS:
        raise ArticleError(
            f"the text has {len(article.text):,} characters; "
            f"at most {MAX_ARTICLE_CHARACTERS:,} are read"
        )
