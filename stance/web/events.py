"""What happens when a visitor does something."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from stance.errors import ArticleError
from stance.records import Article
from stance.service.scoring import ScoringService
from stance.web.detail import detail, why
from stance.web.downloads import download
from stance.web.examples import EXAMPLES
from stance.web.inputs import from_file, pasted
from stance.web.layout import Given, Shown, Updates, script
from stance.web.reader import Reading, message_of, read
from stance.web.results import Result
from stance.web.sections import example_buttons

_PRIVATE: dict[str, Any] = {"api_visibility": "private"}
_QUIET = _PRIVATE | {"show_progress": "hidden"}
_LAST = _QUIET | {"trigger_mode": "always_last"}

Events = list[Any]
"""What Gradio calls dependencies: events that a later one can cancel."""


def wire_examples(
    page: gr.Blocks, service: ScoringService, given: Given, shown: Shown, others: Events
) -> None:
    """Show the first example when the page opens, and another one when it is chosen.

    An example is scored once; what came of it is kept. A choice cancels `others`.
    """
    kept: dict[int, Updates] = {}

    async def show(index: int) -> Updates:
        if index in kept:
            return kept[index]
        article = await asyncio.to_thread(EXAMPLES[index].article)
        reading = await read(service, article)
        updates = await asyncio.to_thread(shown.show, reading)
        updates[given.examples] = example_buttons(index)
        if reading.result is not None:
            kept[index] = updates
        return updates

    async def open_page() -> Updates:
        return await show(0)

    async def choose(event: gr.EventData) -> Updates:
        index = sent_index(event)
        known = isinstance(index, int) and 0 <= index < len(EXAMPLES)
        return await show(index if known else 0)

    changed = [given.examples, *shown.components()]
    page.load(open_page, None, changed, **_QUIET)
    given.examples.select(choose, None, changed, cancels=others, **_LAST)


def sent_index(event: gr.EventData) -> Any:  # noqa: ANN401 - a browser can send anything
    """Return the index that a click in the page's own HTML sent along."""
    return getattr(event, "index", None)


def wire_own_articles(service: ScoringService, given: Given, shown: Shown) -> Events:
    """Have the button read what was pasted, and the drop area what was dropped.

    Returns the events that read, which may take long.
    """

    async def show(
        article: Callable[[], Article], progress: gr.Progress, file: str = ""
    ) -> Updates:
        try:
            one = await asyncio.to_thread(article)
            reading = await read(service, one, reporter(progress), file)
        except Exception as error:
            reading = Reading(None, message_of(error))
        updates = await asyncio.to_thread(shown.show, reading)
        return updates | {given.examples: example_buttons(None)}

    async def read_text(
        text: str,
        title: str,
        date: str,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 - Gradio wants it so
    ) -> Updates:
        return await show(lambda: pasted(text, title, date), progress)

    async def read_file(
        path: str,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> Updates:
        try:
            return await show(lambda: from_file(Path(path)), progress, Path(path).name)
        finally:
            Path(path).unlink(missing_ok=True)

    options = _PRIVATE | {"show_progress_on": shown.notice}
    changed = [given.examples, *shown.components()]
    written = [given.text, given.title, given.date]
    pressed = given.button.click(read_text, written, changed, trigger_mode="always_last", **options)
    dropped = given.file.upload(read_file, given.file, changed, cancels=pressed, **options)
    dropped.then(lambda: None, None, given.file, **_QUIET)
    for read_one in (pressed, dropped):
        read_one.then(None, None, None, js=script("arrive"), **_PRIVATE)
    return [pressed, dropped]


def reporter(progress: gr.Progress) -> Callable[[int, int], None]:
    """Return a callback that moves the progress bar of the event at hand, wherever it is called."""
    context = contextvars.copy_context()

    def report(done: int, total: int) -> None:
        context.run(progress, (done, total), desc="Scoring", unit="statements")

    return report


def wire_details(service: ScoringService, shown: Shown) -> None:
    """Have a choice in the article or the table open the details, and the button explain."""
    details = shown.details

    def choose(result: Result | None, event: gr.EventData) -> Updates:
        index = sent_index(event)
        one = None if result is None else result.statement(index)
        if result is None or one is None:
            return details.close()
        return details.show(index, detail(result.article, one, index))

    async def explain(result: Result | None, index: int | None) -> Updates:
        one = None if result is None else result.statement(index)
        if result is None or one is None:
            return details.close()
        try:
            explanation = await service.explain(result.article, one.statement_id)
        except Exception as error:
            return {details.why: message_of(error).html()}
        told = why(result.article, one, explanation)
        return {details.why: told, details.ask: gr.Button(visible=False)}

    changed = details.components()
    asked = details.ask.click(
        explain,
        [shown.result, details.chosen],
        changed,
        show_progress_on=details.why,
        **_PRIVATE,
    )
    for source in (shown.article, shown.table):
        source.select(choose, shown.result, changed, cancels=asked, **_LAST)
    details.detail.clear(details.close, None, changed, cancels=asked, **_QUIET)


def wire_downloads(shown: Shown) -> None:
    """Have each button make its file, and the browser save it."""
    for kind, button in shown.downloads.items():
        made = button.click(_maker(kind), shown.result, shown.file, **_QUIET)
        made.then(None, shown.file, shown.file, js=script("save"))


def _maker(kind: str) -> Callable[[Result | None], str]:
    def make(result: Result | None) -> str:
        try:
            return "" if result is None else download(result, kind).as_json()
        except ArticleError as error:
            gr.Info(str(error))
            return ""

    return make
