"""What stands where on the page: its inputs and its outputs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.components.plot import PlotData

from stance.web.article_view import article_view, headline_of, legend
from stance.web.downloads import KINDS, PICTURES
from stance.web.inputs import FILE_KINDS, MAX_FILE_BYTES
from stance.web.pictures import Picture, along_picture, speakers_picture
from stance.web.reader import Reading
from stance.web.sections import KEPT_NOTE, NO_DETAIL, PICTURE_NOTES, example_buttons
from stance.web.summary import summary
from stance.web.table_view import table_view

FORGET_SECONDS = 3600
"""Age at which a visitor's result is forgotten."""

Updates = dict[Any, Any]
"""New values of components, by component."""

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"

_HERE = Path(__file__).parent


def script(name: str) -> str:
    """Return a script of the page, which stands in a file of its own."""
    return (_HERE / f"{name}.js").read_text(encoding="utf-8")


def html(value: str = "", name: str | None = None, run: str | None = None) -> gr.HTML:
    """Place HTML, with an id and a script where given; every style is the page's own."""
    return gr.HTML(value, elem_id=name, js_on_load=run, apply_default_css=False)


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
        """Put the inputs on the page; a file of another kind is refused when it is read."""
        kinds = ", ".join(FILE_KINDS)
        examples = html(example_buttons(0), "examples", script("choose"))
        accordion = gr.Accordion("Paste or drop your own article", open=False, elem_id="own")
        with accordion, gr.Row():
            with gr.Column(scale=3, min_width=280):
                text = gr.Textbox(
                    label="Article", lines=8, max_lines=16, placeholder="Paste an article here"
                )
                button = gr.Button("Read this article", variant="primary", elem_id="read")
                html(KEPT_NOTE)
            with gr.Column(scale=2, min_width=240):
                title = gr.Textbox(label="Headline (optional)", max_lines=1)
                date = gr.Textbox(label="Date (optional)", max_lines=1)
                file = gr.File(
                    label=f"… or drop a file: {kinds}, up to {MAX_FILE_BYTES // 2**20} MB",
                    elem_id="drop",
                )
        return cls(examples, text, title, date, button, file)


@dataclass(frozen=True, slots=True)
class Details:
    """The part of the page that tells of one statement; `chosen` is its index."""

    chosen: gr.State
    detail: gr.HTML
    ask: gr.Button
    why: gr.HTML

    @classmethod
    def place(cls) -> Details:
        """Put the details on the page, on a sheet that can leave its place."""
        with gr.Column(elem_id="sheet"):
            return cls(
                chosen=gr.State(None, time_to_live=FORGET_SECONDS),
                detail=html(NO_DETAIL, "about-one", script("detail")),
                ask=gr.Button("Which words moved the score?", visible=False, elem_id="ask"),
                why=html("", "why", script("why")),
            )

    def components(self) -> list[Any]:
        """Return everything that choosing a statement changes."""
        return [getattr(self, field.name) for field in fields(self)]

    def show(self, index: int, told: str) -> Updates:
        """Return what choosing a statement changes."""
        return {
            self.chosen: index,
            self.detail: told,
            self.ask: gr.Button(visible=True),
            self.why: "",
        }

    def close(self) -> Updates:
        """Return what leaves nothing chosen."""
        return {
            self.chosen: None,
            self.detail: NO_DETAIL,
            self.ask: gr.Button(visible=False),
            self.why: "",
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """The part of the page that shows a result; `result` is the visitor's own."""

    result: gr.State
    body: gr.Column
    summary: gr.HTML
    pictures: gr.Row
    speakers: gr.Plot
    along: gr.Plot
    legend: gr.HTML
    article: gr.HTML
    beside: gr.Column
    table: gr.HTML
    details: Details
    taking: gr.Row
    downloads: Mapping[str, gr.Button]
    file: gr.Textbox
    notice: gr.HTML

    @classmethod
    def place(cls) -> Shown:
        """Put the outputs on the page."""
        result = gr.State(None, time_to_live=FORGET_SECONDS)
        notice = html("", "notice")
        with gr.Column(visible=False, elem_id="result") as body:
            summed = html("", "summary")
            with gr.Row(elem_id="pictures") as pictures:
                speakers, along = (_picture(name, note) for name, note in PICTURE_NOTES.items())
            with gr.Row(elem_id="reading"):
                with gr.Column(scale=7, min_width=300):
                    marks = html(legend())
                    article = html("", "article", script("choose"))
                with gr.Column(scale=5, min_width=300, elem_id="detail") as beside:
                    details = Details.place()
            table = html("", "table", script("choose") + script("table"))
            with gr.Row(elem_id="downloads") as taking:
                html('<p class="note">Take it with you:</p>')
                downloads = {
                    kind: gr.Button(label, size="sm", min_width=60, elem_id=f"save-{kind}")
                    for kind, (label, *_) in KINDS.items()
                }
            file = gr.Textbox(show_label=False, container=False, elem_id="handed-over")
        return cls(
            result=result,
            body=body,
            summary=summed,
            pictures=pictures,
            speakers=speakers,
            along=along,
            legend=marks,
            article=article,
            beside=beside,
            table=table,
            details=details,
            taking=taking,
            downloads=downloads,
            file=file,
            notice=notice,
        )

    def components(self) -> list[Any]:
        """Return everything that a reading changes."""
        parts = [self.result, self.notice, self.body, self.summary, self.pictures, self.speakers]
        parts += [self.along, self.legend, self.article, self.beside, self.table, self.taking]
        return [*parts, *self.downloads.values(), *self.details.components()]

    def show(self, reading: Reading) -> Updates:
        """Return what a reading changes; without a result, the results go away.

        What is about statements goes where none was found, and what is about a picture likewise.
        """
        message = "" if reading.message is None else reading.message.html()
        if (result := reading.result) is None:
            return {self.result: None, self.notice: message, self.body: gr.Column(visible=False)}
        statements = result.statements
        found = bool(statements)
        whose = headline_of(result.article) or result.file
        speakers = speakers_picture(statements)
        return {
            self.result: result,
            self.notice: message,
            self.body: gr.Column(visible=True),
            self.summary: summary(statements, whose) if found else "",
            self.pictures: gr.Row(visible=speakers is not None),
            self.speakers: drawn(speakers),
            self.along: drawn(along_picture(result.article, statements)),
            self.legend: gr.HTML(visible=found),
            self.article: article_view(result.article, statements),
            self.beside: gr.Column(visible=found),
            self.table: table_view(statements) if found else "",
            self.taking: gr.Row(visible=found),
            **{
                button: gr.Button(visible=speakers is not None or kind not in PICTURES)
                for kind, button in self.downloads.items()
            },
            **self.details.close(),
        }


def drawn(picture: Picture | None) -> PlotData | None:
    """Return a picture as the browser takes it; Gradio brings it the Vega-Lite of `SCHEMA`."""
    if picture is None:
        return None
    return PlotData(type="altair", plot=json.dumps(picture.to_dict() | {"$schema": SCHEMA}))


def _picture(name: str, note: str) -> gr.Plot:
    with gr.Column(min_width=300):
        html(note)
        return gr.Plot(show_label=False, container=False, elem_id=name, elem_classes=["picture"])
