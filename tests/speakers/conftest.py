"""Builds the pieces of an article that the speaker tests look at."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.extraction.paragraphs import paragraphs
from stance.extraction.quotations import find_quotations
from stance.records import Statement
from stance.speakers.names import People
from stance.speakers.narration import Narration

Narrate = Callable[[str], Narration]


@pytest.fixture
def narrate() -> Narrate:
    """Return a function that reads a text, every quotation of it masked."""

    def read(text: str) -> Narration:
        spans = paragraphs(text)
        return Narration(text, [one.outer for one in find_quotations(text, spans)], spans)

    return read


@pytest.fixture
def name_people(narrate: Narrate) -> Callable[..., People]:
    """Return a function that collects the people of a text."""

    def read(text: str, title: str | None = None) -> People:
        return People(narrate(text), title)

    return read


def quoted(text: str) -> list[Statement]:
    """Return one statement per quotation of a text."""
    spans = paragraphs(text)
    return [
        Statement(segments=((one.start, one.end),), paragraph=spans[one.paragraph])
        for one in find_quotations(text, spans)
    ]
