"""Grouping items into chunks: the unit of work for a worker, of writing and of resuming."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from stance.batch.items import Item

MAX_ITEMS = 32
MAX_CHARACTERS = 150_000
"""A chunk of news (5,500 letters an article) closes at some 27 articles, or 300 statements, two to
four seconds of one core where every article is about Russia, which is what a kill costs at most."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive items, and how many bytes of the inputs had been read when the last came."""

    items: tuple[Item, ...]
    bytes_read: int


def chunked(items: Iterable[Item], bytes_read: Callable[[], int]) -> Iterator[Chunk]:
    """Group `items` into chunks.

    Where a chunk ends depends on nothing but the items since the last one, so that a resumed run
    cuts the rest of its input exactly as the first run would have.
    """
    group: list[Item] = []
    characters = 0
    for item in items:
        group.append(item)
        characters += item.size()
        if len(group) >= MAX_ITEMS or characters >= MAX_CHARACTERS:
            yield Chunk(tuple(group), bytes_read())
            group, characters = [], 0
    if group:
        yield Chunk(tuple(group), bytes_read())
