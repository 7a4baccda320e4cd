"""Opening inputs as byte streams: decompression, limits, and how far the reading has come."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from stance.batch.inputs import Source

MAX_ARTICLE_BYTES = 64 * 2**20
"""Most that one article may take, so that no input, however broken, can fill the memory."""


class Meter:
    """How many bytes of the inputs, as they lie on disk, have been read so far."""

    def __init__(self) -> None:
        self._finished = 0
        self._position: Callable[[], int] | None = None

    @property
    def bytes_read(self) -> int:
        """Bytes of finished files plus the position in the one being read."""
        return self._finished + (self._position() if self._position else 0)

    @contextmanager
    def file(self, size: int, position: Callable[[], int]) -> Iterator[None]:
        """Follow `position` while a file of `size` bytes is read; afterwards count it whole."""
        self._position = position
        try:
            yield
        finally:
            self._position = None
            self._finished += size


@contextmanager
def opened(source: Source, meter: Meter) -> Iterator[BinaryIO]:
    """Open `source`, decompressed, and let `meter` follow the reading.

    Raises OSError or EOFError, here or while reading, when the file cannot be read or is cut short.
    """
    if source.format == "stdin":
        yield sys.stdin.buffer
        return
    with source.path.open("rb") as raw, meter.file(source.size, raw.tell):
        yield decompressed(raw, source)


def decompressed(raw: BinaryIO, source: Source) -> BinaryIO:
    """Return the stream of what `raw`, a file of `source`'s compression, holds."""
    if source.compression == "gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=raw))
    if source.compression == "zst":
        # Arrow's reader, unlike zstandard's, reports a stream that is cut short.
        import pyarrow as pa  # noqa: PLC0415

        stream = pa.CompressedInputStream(pa.PythonFile(raw, mode="r"), "zstd")
        return cast(BinaryIO, io.BufferedReader(stream))
    return raw


def bounded_lines(stream: BinaryIO, limit: int = MAX_ARTICLE_BYTES) -> Iterator[bytes | None]:
    """Yield the lines of `stream`; None for a line of more than `limit` bytes, which is skipped."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(limit)
        yield None
