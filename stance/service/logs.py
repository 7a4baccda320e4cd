"""The service's log: one JSON object a line, or plain lines on a terminal.

Nothing that a client wrote is in it but method and path template: no text, no query, no header.
Errors appear as their kind and the places that they came through, without their message, which
may quote an article.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

log = logging.getLogger("stance.service")

ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class PrivateFormatter(logging.Formatter):
    """Plain lines; an exception is its kind and where it came through, never its message."""

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - logging's name
        """Return the kind of an error and its places, innermost last."""
        kind, _, trace = ei
        frames = traceback.extract_tb(trace)
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return " < ".join([kind.__name__ if kind else "None", *reversed(places)])


class JsonFormatter(PrivateFormatter):
    """One JSON object a line: time (UTC), level, message, and the record's `facts`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        values = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            values["error"] = self.formatException(record.exc_info)
        return json.dumps(values, ensure_ascii=False, default=str)


def configure() -> None:
    """Send the log to standard error, in the form that suits who reads there."""
    handler = logging.StreamHandler(sys.stderr)
    plain = PrivateFormatter("%(asctime)s %(message)s", "%H:%M:%S")
    handler.setFormatter(plain if sys.stderr.isatty() else JsonFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    log.setLevel(logging.INFO)


def note(message: str, level: int = logging.INFO, **facts: object) -> None:
    """Log a message with facts, which are keys of the JSON line."""
    log.log(level, message, extra={"facts": facts})
