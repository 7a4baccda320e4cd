"""The Gradio page around a scoring service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gradio as gr

from stance.errors import StanceError
from stance.model.store import DEFAULT_TARGET
from stance.service.scoring import ScoringService
from stance.web.about import about
from stance.web.endpoints import add_endpoints
from stance.web.events import (
    wire_details,
    wire_downloads,
    wire_examples,
    wire_own_articles,
)
from stance.web.guards import FILE_SECONDS, GuardedBlocks
from stance.web.layout import Given, Shown, html, script
from stance.web.sections import masthead

WAITING = 64
"""Clicks that wait at most; whoever comes after them is told that the page is busy."""

AT_ONCE = 16
"""Clicks handled at a time; the service behind shares the encoder among them."""

SESSIONS = 200
"""Visitors whose results are kept at a time; one takes up to 3 MB, where 200,000 characters hold
3,000 statements. All of them take less than a third of the 2 GB that compose.yaml gives."""

UNREAD = 100
"""Visitors whose answers wait to be fetched; what the page shows of the same article is 8 MB."""


def build_page(service: ScoringService) -> gr.Blocks:
    """Return the page; what a visitor gives it is sent nowhere but to the service.

    Gradio takes style and theme when a page is served: `stance.web.mount_page` and
    `stance.web.launch_options` have them.

    Raises:
        StanceError: The model is about another target than the page.
    """
    described = service.scorer.describe()
    check_target(described)
    page: gr.Blocks
    with GuardedBlocks(
        title="stance: who stands where on US–Russia relations",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(FILE_SECONDS, FILE_SECONDS),
    ) as page:
        html(masthead(described), run=script("about"))
        given = Given.place()
        shown = Shown.place()
        html(about(described), "small-print")
        reading = wire_own_articles(service, given, shown)
        wire_examples(page, service, given, shown, others=reading)
        wire_details(service, shown)
        wire_downloads(shown)
        add_endpoints(service, AT_ONCE)
    page.state_session_capacity = SESSIONS
    page.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE)
    page._queue.pending_messages_per_session.max_size = UNREAD
    return page


def check_target(described: Mapping[str, Any]) -> None:
    """Raise `StanceError` for a model whose stances are not those that the page tells of."""
    target = described.get("target", DEFAULT_TARGET)
    if target != DEFAULT_TARGET:
        raise StanceError(
            f"the page is about {DEFAULT_TARGET}, and this model about {target}: "
            "leave the page out (--no-page)"
        )
