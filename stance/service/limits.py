"""What the service accepts, and how much of it at a time."""

from __future__ import annotations

from dataclasses import dataclass

MAX_ARTICLES = 100
"""Articles of one request."""

MAX_ARTICLE_CHARACTERS = 200_000
"""Characters of one article's text; the longest magazine pieces have some 150,000."""

MAX_STATEMENTS = 1_000
"""Quotes of one request that brings its own."""

MAX_STATEMENTS_FOUND = 3_000
"""Statements in the articles of one request. News has some 7 an article; the answer carries up to
4,000 characters around each."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what the service takes on, so that no client can hold it.

    Sizes: `body_bytes` is what one request may send, and `held_bytes` what all bodies under way may
    hold together. `requests` are scored at the same time, with `characters` of text among them;
    `batch` statements go to the encoder at once. `connections` are open at the same time.

    Seconds: `request_seconds` to score a request, `queue_seconds` that an article may have to wait
    in its turns before new requests are refused, `body_seconds` to send a request,
    `header_seconds` to send its header, `write_seconds` for a client to read what waits for it,
    `drain_seconds` to go on accepting after `readyz` turned red, and `stop_seconds` to finish what
    is under way.
    """

    body_bytes: int = 8 * 2**20
    held_bytes: int = 64 * 2**20
    requests: int = 128
    characters: int = 20_000_000
    batch: int = 16
    connections: int = 1_000
    request_seconds: float = 60.0
    queue_seconds: float = 20.0
    body_seconds: float = 30.0
    header_seconds: float = 10.0
    write_seconds: float = 30.0
    drain_seconds: float = 1.0
    stop_seconds: float = 30.0
