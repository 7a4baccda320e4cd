"""What visitors must not have Gradio do: fetch, store, or log what they send."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import gradio as gr
from gradio_client.utils import (  # type: ignore[import-untyped]
    is_file_obj_with_meta,
    is_http_url_like,
    traverse,
)
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from stance.web.messages import Message
from stance.web.reader import message_of

DEEP_LINK = "/gradio_api/deep_link"
"""Where Gradio would write everything that a visitor sees to a file, for good."""

UPLOAD = "/gradio_api/upload"

MAX_UPLOADED = 64 * 2**20
"""Bytes that files on the disk, sent and not read yet, may have before others are refused."""

LEAST_BYTES = 4096
"""What the smallest file takes of a disk."""

FILE_SECONDS = 60
"""Age at which a file that was sent and never read is deleted; what is read goes at once."""


class GuardedBlocks(gr.Blocks):
    """A page that fetches no address, and whose errors are logged by their kind alone."""

    async def process_api(
        self,
        block_fn: Any,  # noqa: ANN401 - both as Gradio has them
        inputs: list[Any],
        *args: Any,  # noqa: ANN401
        **kwargs: Any,  # noqa: ANN401
    ) -> dict[str, Any]:
        """Handle one event; every error, Gradio's own included, becomes one for the visitor."""
        try:
            traverse(inputs, _refuse_address, is_file_obj_with_meta)
            return await super().process_api(block_fn, inputs, *args, **kwargs)
        except gr.Error as error:
            error.print_exception = False
            raise
        except Exception as error:
            raise refusal(message_of(error)) from None


def _refuse_address(file: dict[str, Any]) -> None:
    """Refuse a file that is named by an address, which Gradio would download."""
    if is_http_url_like(file["path"]):
        raise gr.Error("Only files that were sent here can be read.")


def refusal(message: Message) -> gr.Error:
    """Return a message as the error that a visitor or a client gets."""
    return gr.Error(f"{message.title} {message.advice}", print_exception=False)


class Doorkeeper:
    """Stands before the addresses of Gradio: closes `DEEP_LINK`, and `UPLOAD` while it is full."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        refused = await _refused(scope) if scope["type"] == "http" else None
        await (refused or self._app)(scope, receive, send)


async def _refused(scope: Scope) -> Response | None:
    path = scope["path"].rstrip("/")
    if path.endswith(DEEP_LINK):
        return PlainTextResponse("There is nothing at this address.", 404)
    if path.endswith(UPLOAD):
        sent = list(scope["app"].get_blocks().upload_file_set)
        if await asyncio.to_thread(size_of, sent) > MAX_UPLOADED:
            wait = {"Retry-After": str(FILE_SECONDS)}
            return PlainTextResponse("Too many files at the moment.", 503, wait)
    return None


def size_of(paths: Iterable[str]) -> int:
    """Return the bytes that files take, as far as they are there."""
    total = 0
    for path in paths:
        try:
            total += max(Path(path).stat().st_size, LEAST_BYTES)
        except FileNotFoundError:
            continue
    return total
