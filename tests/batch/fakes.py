"""A scorer that needs no model: every sentence between straight quotes is a statement."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from stance.records import Article, ScoredStatement, StatementScore

QUOTED = re.compile('"([^"]+)"')
SCORE = StatementScore(
    speaker_side="us",
    stance="favor",
    stance_score=0.5,
    p_favor=0.625,
    p_against=0.125,
    p_neutral=0.125,
    p_unrelated=0.125,
    needs_review=True,
    sentiment="positive",
    sentiment_score=0.25,
    model="fake 1",
)


@dataclass(frozen=True)
class FakeScorer:
    """`seconds` is how long an article takes.

    A text with "poison" in it raises; one with "deadly" kills the worker process that scores it.
    """

    name: str = "fake 1"
    seconds: float = 0.0
    device: str = "cpu"

    def describe(self) -> dict[str, Any]:
        return {"name": self.name}

    def fingerprint(self) -> dict[str, str]:
        return {"model": self.name, "device": self.device}

    def score_batch(self, articles: Sequence[Article]) -> list[list[ScoredStatement]]:
        return [self._score(article) for article in articles]

    def score_statements(
        self,
        quotes: Sequence[str],
        contexts: Sequence[str | None] | None = None,
        speakers: Sequence[str | None] | None = None,
    ) -> list[StatementScore]:
        if any("poison" in quote for quote in quotes):
            raise RuntimeError("the fake scorer cannot stomach this")
        return [SCORE for _ in quotes]

    def _score(self, article: Article) -> list[ScoredStatement]:
        time.sleep(self.seconds)
        if "poison" in article.text:
            raise RuntimeError("the fake scorer cannot stomach this")
        if "deadly" in article.text and multiprocessing.parent_process():
            os.kill(os.getpid(), signal.SIGKILL)
        identity = article.id or sha256(article.text.encode()).hexdigest()[:16]
        return [
            ScoredStatement(
                article_id=identity,
                statement_id=f"{identity}-{match.start(1)}",
                start=match.start(1),
                end=match.end(1),
                segments=(match.span(1),),
                quote=match[1],
                context=article.text[:200],
                speaker=None,
                speaker_mention=None,
                speaker_confidence=0.0,
                **asdict(SCORE),
                title=article.title,
                date=article.date,
                source=article.source,
                url=article.url,
                extra=article.extra,
            )
            for match in QUOTED.finditer(article.text)
        ]


@dataclass(frozen=True)
class FakeLoader:
    """What a job loads the fake scorer with, in this process and in others.

    Each file in the folder `deaths` kills one worker process before it has loaded anything.
    """

    name: str = "fake 1"
    seconds: float = 0.0
    device: str = "cpu"
    deaths: Path | None = None

    def __call__(self, threads: int) -> FakeScorer:
        if self.deaths is not None and multiprocessing.parent_process():
            for death in self.deaths.iterdir():
                death.unlink(missing_ok=True)
                os.kill(os.getpid(), signal.SIGKILL)
        if self.name == "stillborn":
            os.kill(os.getpid(), signal.SIGKILL)
        return FakeScorer(self.name, self.seconds, self.device)
