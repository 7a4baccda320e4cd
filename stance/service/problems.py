"""The one shape of every error that the service answers with.

{"error": {"code": "busy", "message": "too much to do at the moment", "request_id": "…"}}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

CODES = {
    400: ("bad_request", "The body is not JSON in UTF-8, or too deeply nested."),
    401: ("unauthorized", "The bearer token is missing or wrong."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "The address does not take this method."),
    408: ("request_timeout", "The request did not arrive in time."),
    413: ("body_too_large", "The body is larger than the service reads."),
    415: ("unsupported_media_type", "The body is not declared as application/json."),
    422: ("invalid_request", "The body lacks something, or has something that is not allowed."),
    500: ("internal_error", "The service failed; the log tells where, under the request's id."),
    503: ("busy", "The service is starting, stopping, or has too much to do: try again later."),
    504: ("timeout", "The request could not be answered in time: send less at once."),
}
"""What each status means: its code, and what the documentation says of it."""


@dataclass(eq=False)
class HttpError(Exception):
    """A request that ends with an error: its HTTP status, and what to tell the client."""

    status: int
    message: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self, request_id: str) -> bytes:
        """Return the answer's JSON."""
        code = CODES[self.status][0]
        error = {"code": code, "message": self.message, "request_id": request_id}
        return json.dumps({"error": error}, ensure_ascii=False).encode("utf-8", "replace")

    def response(self, scope: Scope) -> Response:
        """Return the answer to the request of `scope`, whose state has its id."""
        body = self.body(scope["state"]["request_id"])
        headers = dict(self.headers)
        return Response(body, self.status, headers, media_type="application/json")

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, as an ASGI application does."""
        await self.response(scope)(scope, receive, send)


def busy(message: str, retry_after: int = 1) -> HttpError:
    """Return the refusal that tells a client when to try again."""
    return HttpError(503, message, {"Retry-After": str(retry_after)})
