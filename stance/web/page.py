"""The Gradio page around a scoring service."""

from __future__ import annotations

import gradio as gr

from stance.service.scoring import ScoringService
from stance.web.about import about
from stance.web.endpoints import add_endpoints
from stance.web.events import (
    wire_details,
    wire_downloads,
    wire_examples,
    wire_own_articles,
)
from stance.web.layout import Given, Shown, html
from stance.web.sections import MASTHEAD

WAITING = 64
"""Clicks that wait at most; whoever comes after them is told that the page is busy."""

AT_ONCE = 16
"""Clicks handled at a time; the service behind shares the encoder among them."""


SESSIONS = 1000
"""Visitors whose results are kept at a time; a result is some three times its article's text."""

FILE_SECONDS = 600
"""Age at which a file that was sent and never read is deleted; what is read goes at once."""


def build_page(service: ScoringService) -> gr.Blocks:
    """Return the page; what a visitor gives it is sent nowhere but to the service.

    Gradio takes style and theme when a page is served: `stance.web.mount_page` and
    `stance.web.launch_options` have them.
    """
    page: gr.Blocks
    with gr.Blocks(
        title="stance: who stands where on US–Russia relations",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(FILE_SECONDS, FILE_SECONDS),
    ) as page:
        html(MASTHEAD)
        given = Given.place()
        shown = Shown.place()
        html(about(service.scorer.describe()), "small-print")
        reading = wire_own_articles(service, given, shown)
        wire_examples(page, service, given, shown, others=reading)
        wire_details(service, shown)
        wire_downloads(shown)
        add_endpoints(service, AT_ONCE)
    page.state_session_capacity = SESSIONS
    page.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE)
    return page
