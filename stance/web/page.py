"""The Gradio page: what stands where, and what happens when a visitor does something."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import api

from stance.errors import ArticleError
from stance.records import Article
from stance.service.scoring import ScoringService
from stance.table import as_row
from stance.web import messages
from stance.web.about import about
from stance.web.article_view import article_view, legend
from stance.web.detail import detail, why
from stance.web.downloads import KINDS, download
from stance.web.examples import EXAMPLES
from stance.web.inputs import FILE_KINDS, from_file, pasted
from stance.web.pictures import along_picture, speakers_picture
from stance.web.reader import Reading, message_of, read
from stance.web.results import Result
from stance.web.sections import EXAMPLE_BUTTONS, MASTHEAD, NO_DETAIL, PICTURE_NOTES
from stance.web.summary import summary
from stance.web.table_view import table_view

WAITING = 64
"""Visitors' clicks that wait at most; one more is told that the page is busy."""

AT_ONCE = 16
"""Clicks handled at a time; the service behind shares the encoder among them."""

FORGET_SECONDS = 3600
"""Age at which a visitor's result, and files that were dropped, are forgotten."""

_HERE = Path(__file__).parent

Updates = dict[Any, Any]
"""New values of components, by component."""


def build_page(service: ScoringService) -> gr.Blocks:
    """Return the page around a service; nothing of it is sent anywhere but to the browser."""
    page: gr.Blocks
    with gr.Blocks(
        title="stance: who stands where on US–Russia relations",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(FORGET_SECONDS, FORGET_SECONDS),
    ) as page:
        gr.HTML(MASTHEAD, apply_default_css=False)
        given = Given.place()
        shown = Shown.place()
        print_ = gr.HTML(elem_id="about", apply_default_css=False)
        _wire_inputs(page, service, given, shown)
        _wire_details(service, shown)
        _wire_downloads(shown)
        page.load(lambda: about(service.scorer.describe()), None, print_, api_visibility="private")
        api(_scoring_api(service), api_name="score_article", concurrency_limit=AT_ONCE)
    page.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE)
    return page


@dataclass(frozen=True, slots=True)
class Given:
    """The part of the page where a visitor gives an article."""

    examples: gr.HTML
    text: gr.Textbox
    title: gr.Textbox
    date: gr.Textbox
    button: gr.Button
    file: gr.File

    @classmethod
    def place(cls) -> Given:
        """Put the inputs on the page."""
        examples = gr.HTML(EXAMPLE_BUTTONS, js_on_load=_script("choose"), apply_default_css=False)
        with gr.Accordion("Read an article of your own", open=False, elem_id="own"):
            with gr.Row():
                with gr.Column(scale=3, min_width=280):
                    text = gr.Textbox(
                        label="Article", lines=8, max_lines=16, placeholder="Paste an article here"
                    )
                with gr.Column(scale=2, min_width=240):
                    title = gr.Textbox(label="Headline (optional)", max_lines=1)
                    date = gr.Textbox(label="Date (optional)", max_lines=1)
                    file = gr.File(
                        label="… or drop a text file or a saved web page",
                        file_types=list(FILE_KINDS),
                        height=120,
                    )
            button = gr.Button("Read this article", variant="primary", elem_id="read")
        return cls(examples, text, title, date, button, file)


@dataclass(frozen=True, slots=True)
class Shown:
    """The part of the page that shows a result; `chosen` is a statement's index."""

    result: gr.State
    chosen: gr.State
    notice: gr.HTML
    body: gr.Column
    summary: gr.HTML
    speakers: gr.Plot
    along: gr.Plot
    article: gr.HTML
    table: gr.HTML
    detail: gr.HTML
    ask: gr.Button
    why: gr.HTML
    downloads: dict[str, gr.Button]
    file: gr.Textbox

    @classmethod
    def place(cls) -> Shown:
        """Put the outputs on the page."""
        state = gr.State(None, time_to_live=FORGET_SECONDS)
        chosen = gr.State(None, time_to_live=FORGET_SECONDS)
        notice = gr.HTML(elem_id="notice", apply_default_css=False)
        with gr.Column(visible=False, elem_id="result") as body:
            summed = gr.HTML(elem_id="summary", apply_default_css=False)
            with gr.Row(elem_id="pictures"):
                speakers, along = (_picture(name) for name in PICTURE_NOTES)
            with gr.Row(elem_id="reading"):
                with gr.Column(scale=7, min_width=300):
                    gr.HTML(legend(), apply_default_css=False)
                    article = _choosable("article")
                with gr.Column(scale=5, min_width=300, elem_id="detail"):
                    details = gr.HTML(
                        NO_DETAIL, js_on_load=_script("detail"), apply_default_css=False
                    )
                    ask = gr.Button("Which words moved the score?", visible=False, elem_id="ask")
                    whys = gr.HTML(
                        elem_id="why", js_on_load=_script("why"), apply_default_css=False
                    )
            table = _choosable("table", _script("table"))
            with gr.Row(elem_id="downloads"):
                buttons = {kind: gr.Button(kind.upper(), min_width=90) for kind in KINDS}
            file = gr.Textbox(visible="hidden")
        return cls(
            state, chosen, notice, body, summed, speakers, along, article, table, details, ask,
            whys, buttons, file,
        )  # fmt: skip

    def show(self, reading: Reading) -> Updates:
        """Return what a reading changes on the page; without a result, the results go away."""
        message = "" if reading.message is None else reading.message.html()
        if (result := reading.result) is None:
            return {self.result: None, self.notice: message, self.body: gr.Column(visible=False)}
        statements = result.statements
        return {
            self.result: result,
            self.chosen: None,
            self.notice: message,
            self.body: gr.Column(visible=True),
            self.summary: summary(statements) if statements else "",
            self.speakers: speakers_picture(statements),
            self.along: along_picture(result.article, statements),
            self.article: article_view(result.article, statements),
            self.table: table_view(statements) if statements else "",
            **self.nothing_chosen(),
        }

    def nothing_chosen(self) -> Updates:
        """Return what closes the details."""
        return {self.detail: NO_DETAIL, self.ask: gr.Button(visible=False), self.why: ""}

    def changed(self) -> list[Any]:
        """Return every component that `show` changes."""
        return [
            self.result, self.chosen, self.notice, self.body, self.summary, self.speakers,
            self.along, self.article, self.table, self.detail, self.ask, self.why,
        ]  # fmt: skip


def _picture(name: str) -> gr.Plot:
    with gr.Column(min_width=300):
        gr.HTML(PICTURE_NOTES[name], apply_default_css=False)
        return gr.Plot(show_label=False, container=False, elem_id=name, elem_classes=["picture"])


def _choosable(name: str, script: str = "") -> gr.HTML:
    """Place HTML whose statements can be chosen."""
    return gr.HTML(elem_id=name, js_on_load=_script("choose") + script, apply_default_css=False)


def _script(name: str) -> str:
    return (_HERE / f"{name}.js").read_text(encoding="utf-8")


def _wire_inputs(page: gr.Blocks, service: ScoringService, given: Given, shown: Shown) -> None:
    """Have the examples, the button and the file each read an article."""
    examples: dict[int, Reading] = {}

    async def show(article: Callable[[], Article], progress: gr.Progress) -> Updates:
        try:
            reading = await read(service, article(), _reporter(progress))
        except ArticleError as error:
            reading = Reading(None, message_of(error))
        return await asyncio.to_thread(shown.show, reading)

    async def show_example(index: int) -> Updates:
        if index not in examples:
            article = await asyncio.to_thread(from_file, EXAMPLES[index].path)
            reading = await read(service, article)
            if reading.result is None:
                return shown.show(reading)
            examples[index] = reading
        return await asyncio.to_thread(shown.show, examples[index])

    async def on_open() -> Updates:
        return await show_example(0)

    async def on_example(event: gr.EventData) -> Updates:
        index = event._data.get("index")
        return await show_example(index if index in range(len(EXAMPLES)) else 0)

    async def on_text(
        text: str,
        title: str,
        date: str,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> Updates:
        return await show(lambda: pasted(text, title, date), progress)

    async def on_file(path: str, progress: gr.Progress = gr.Progress()) -> Updates:  # noqa: B008
        try:
            return await show(lambda: from_file(Path(path)), progress)
        finally:
            Path(path).unlink(missing_ok=True)

    options: dict[str, Any] = {"outputs": shown.changed(), "api_visibility": "private"}
    quiet = options | {"show_progress": "hidden"}
    loud = options | {"show_progress_on": shown.notice}
    page.load(on_open, None, **quiet)
    given.examples.select(on_example, None, **quiet)
    given.button.click(on_text, [given.text, given.title, given.date], **loud)
    given.file.upload(on_file, given.file, **loud).then(
        lambda: None, None, given.file, api_visibility="private", show_progress="hidden"
    )


def _reporter(progress: gr.Progress) -> Callable[[int, int], None]:
    """Return a callback that moves the progress bar of the event at hand, wherever it is called."""
    context = contextvars.copy_context()

    def report(done: int, total: int) -> None:
        context.run(progress, (done, total), desc="Scoring", unit="statements")

    return report


def _wire_details(service: ScoringService, shown: Shown) -> None:
    """Have a choice in the article or the table open the details, and the button explain."""

    def choose(result: Result | None, event: gr.EventData) -> Updates:
        index = event._data.get("index")
        one = None if result is None else result.statement(index)
        if result is None or one is None:
            return {shown.chosen: None, **shown.nothing_chosen()}
        return {
            shown.chosen: index,
            shown.detail: detail(result.article, one, index),
            shown.ask: gr.Button(visible=True),
            shown.why: "",
        }

    def close() -> Updates:
        return {shown.chosen: None, **shown.nothing_chosen()}

    async def explain(result: Result | None, index: int | None) -> Updates:
        one = None if result is None else result.statement(index)
        if result is None or one is None:
            return {shown.why: ""}
        try:
            explanation = await service.explain(result.article, one.statement_id)
        except Exception as error:
            return {shown.why: message_of(error).html()}
        told = why(result.article, one, explanation)
        return {shown.why: told, shown.ask: gr.Button(visible=False)}

    changed = [shown.chosen, shown.detail, shown.ask, shown.why]
    options: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    for source in (shown.article, shown.table):
        source.select(choose, shown.result, changed, **options)
    shown.detail.clear(close, None, changed, **options)
    shown.ask.click(
        explain, [shown.result, shown.chosen], [shown.why, shown.ask], api_visibility="private"
    )


def _wire_downloads(shown: Shown) -> None:
    """Have each button make its file, and the browser save it."""

    def maker(kind: str) -> Callable[[Result | None], str]:
        def make(result: Result | None) -> str:
            try:
                return "" if result is None else download(result, kind).as_json()
            except ArticleError as error:
                gr.Info(str(error))
                return ""

        return make

    for kind, button in shown.downloads.items():
        button.click(
            maker(kind), shown.result, shown.file, api_visibility="private", show_progress="hidden"
        ).then(None, shown.file, shown.file, js=_script("save"))


def _scoring_api(service: ScoringService) -> Callable[..., Any]:
    async def score_article(text: str, title: str = "", date: str = "") -> list[dict[str, Any]]:
        """Score one article; returns one row per statement, with the columns of every output.

        Args:
            text: The article, plain text.
            title: Its headline, which the model reads along.
            date: Its date, passed through.
        """
        try:
            reading = await read(service, pasted(text, title, date))
        except ArticleError as error:
            reading = Reading(None, messages.unusable(str(error)))
        if reading.result is None:
            message = reading.message or messages.FAILED
            raise gr.Error(f"{message.title} {message.advice}")
        return [as_row(one) for one in reading.result.statements]

    return score_article
