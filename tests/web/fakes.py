"""Statements, articles and a service, made up for the page's tests."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import httpx
from fastapi import FastAPI
from gradio.routes import App

from stance.explain import Explanation
from stance.records import Article, ScoredStatement, SideLabel, Span, StanceLabel
from stance.web import mount_page

VOID = {"br", "img", "input", "meta", "link", "hr"}

TEXT = (
    "Talks end\n\n“We want a deal,” said Ada Marsh. “Soon.”\n\n"
    "“They lie & cheat,” said <b>Bo Reed</b>."
)


def scored(
    stance: StanceLabel = "favor",
    score: float = 0.5,
    speaker: str | None = "Ada Marsh",
    *,
    text: str = TEXT,
    segments: tuple[Span, ...] = ((12, 27),),
    side: SideLabel = "us",
    needs_review: bool = False,
    **others: object,
) -> ScoredStatement:
    """Return a statement at some place of a text, with probabilities that give its score."""
    rest = (1 - abs(score)) / 2
    values: dict[str, Any] = {
        "article_id": "a",
        "statement_id": f"a-{segments[0][0]}-{segments[-1][1]}",
        "start": segments[0][0],
        "end": segments[-1][1],
        "segments": segments,
        "quote": " … ".join(text[start:end] for start, end in segments),
        "context": text,
        "speaker": speaker,
        "speaker_mention": speaker,
        "speaker_confidence": 0.9,
        "speaker_side": side,
        "stance": stance,
        "stance_score": score,
        "p_favor": max(score, 0.0),
        "p_against": max(-score, 0.0),
        "p_neutral": rest,
        "p_unrelated": rest,
        "needs_review": needs_review,
        "sentiment": "neutral",
        "sentiment_score": 0.0,
        "model": "fake 1",
    }
    return ScoredStatement(**(values | others))


class FakeService:
    """Answers every article with the same statements, or fails as it is told to."""

    def __init__(
        self, statements: Sequence[ScoredStatement] = (), error: Exception | None = None
    ) -> None:
        self.scorer = SimpleNamespace(describe=dict)
        self._statements = list(statements)
        self._error = error
        self.articles: list[Article] = []

    async def score_article(
        self, article: Article, progress: Callable[[int, int], None] | None = None
    ) -> list[ScoredStatement]:
        self.articles.append(article)
        if self._error is not None:
            raise self._error
        if progress is not None:
            progress(len(self._statements), len(self._statements))
        return self._statements

    async def explain(self, article: Article, statement_id: str) -> Explanation:
        raise NotImplementedError


ENGLISH = TEXT + " It was the end of the talks, and they were not the first of their kind to fail."


class OpenPage:
    """A page that is served, with a client for its server; `app` is Gradio's part of that."""

    def __init__(self, client: httpx.AsyncClient, app: App) -> None:
        self.client = client
        self.app = app

    def event(self, name: str) -> int:
        """Return the number that Gradio gave to the event that calls a function."""
        found = (index for index, one in self.app.get_blocks().fns.items() if one.name == name)
        return next(found)

    async def send(self, name: str, *data: object, session: str = "visitor") -> dict[str, Any]:
        """Have the server handle an event, and return what it says at its end."""
        body = {"data": data, "fn_index": self.event(name), "session_hash": session}
        joined = await self.client.post("/gradio_api/queue/join", json=body)
        assert joined.status_code == 200
        told = await self.client.get(f"/gradio_api/queue/data?session_hash={session}")
        messages = [json.loads(line[5:]) for line in told.text.splitlines() if line]
        (end,) = (one for one in messages if one["msg"] == "process_completed")
        return dict(end)


@asynccontextmanager
async def opened(service: FakeService) -> AsyncIterator[OpenPage]:
    """Serve the page within this process while the block lasts."""
    app = FastAPI()
    mount_page(app, service)  # type: ignore[arg-type]
    (gradio,) = (one.app for one in app.routes if isinstance(getattr(one, "app", None), App))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://page.example") as client,
    ):
        yield OpenPage(client, gradio)


class Page(HTMLParser):
    """Reads HTML as strictly as tests need: every element closed in order, nothing left open."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.outside_buttons = ""
        self._open: list[str] = []
        self.feed(markup)
        self.close()
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "button" not in self._open:
            self.outside_buttons += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"a processing instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]
