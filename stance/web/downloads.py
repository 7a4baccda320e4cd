"""The files that the page offers: the rows in the package's own formats, and the pictures.

They are made in memory on request and handed to the browser, so that no visitor's text stays on
the server's disk.
"""

from __future__ import annotations

import base64
import json
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from unicodedata import combining, normalize

from stance.batch.encoders import ArrowStream, Csv, Encoder, JsonLines
from stance.batch.transcode import to_parquet
from stance.errors import ArticleError
from stance.plain import without_formula
from stance.table import article_schema, as_row
from stance.web.article_view import headline_of
from stance.web.pictures import caption, picture_file, speakers_picture
from stance.web.results import Result

MAX_SLUG = 60
"""Characters of an article's headline in the names of its files."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file for the browser."""

    name: str
    type: str
    data: bytes

    def as_json(self) -> str:
        """Return the file as what `save.js` expects."""
        data = base64.b64encode(self.data).decode("ascii")
        return json.dumps({"name": self.name, "type": self.type, "data": data})


def download(result: Result, kind: str) -> Download:
    """Return a result as a file of one of `KINDS`.

    Raises:
        ArticleError: There is nothing to draw.
    """
    _, type_, make = KINDS[kind]
    name = slug(headline_of(result.article) or Path(result.file).stem)
    return Download("-".join(filter(None, (name, f"statements.{kind}"))), type_, make(result))


def slug(name: str) -> str:
    """Return a name as part of a file's name: its Latin letters and digits, hyphens between."""
    bare = "".join(one for one in normalize("NFKD", name) if not combining(one))
    words = re.findall("[a-z0-9]+", re.sub("['’]", "", bare.lower()))
    return "-".join(words)[:MAX_SLUG].strip("-")


def _csv(result: Result) -> bytes:
    """Return the rows as CSV with a mark by which Excel knows that it is UTF-8."""
    encoder = Csv(tuple(article_schema().names))
    rows = [without_formulas(as_row(one)) for one in result.whole()]
    return BOM_UTF8 + encoder.header() + encoder.encode(rows)


def without_formulas(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row in which no text can be taken for a formula."""
    return {
        name: without_formula(value) if isinstance(value, str) else value
        for name, value in row.items()
    }


def _encoded(result: Result, encoder: Encoder) -> bytes:
    return encoder.header() + encoder.encode([as_row(one) for one in result.whole()])


def _jsonl(result: Result) -> bytes:
    return _encoded(result, JsonLines())


def _parquet(result: Result) -> bytes:
    with TemporaryDirectory() as folder:
        stream, target = Path(folder) / "rows.arrow", Path(folder) / "rows.parquet"
        stream.write_bytes(_encoded(result, ArrowStream(article_schema())))
        to_parquet(stream, target)
        return target.read_bytes()


def _picture(result: Result, kind: Literal["svg", "png"]) -> bytes:
    picture = speakers_picture(result.statements)
    if picture is None:
        raise ArticleError("There is no picture: no statement about US–Russia relations was found.")
    return picture_file(picture, kind, caption(result.article, result.statements))


KINDS: Mapping[str, tuple[str, str, Callable[[Result], bytes]]] = {
    "csv": ("CSV", "text/csv", _csv),
    "jsonl": ("JSONL", "application/jsonl", _jsonl),
    "parquet": ("Parquet", "application/vnd.apache.parquet", _parquet),
    "svg": ("Picture (SVG)", "image/svg+xml", partial(_picture, kind="svg")),
    "png": ("Picture (PNG)", "image/png", partial(_picture, kind="png")),
}
"""The files by their ending: what their button says, their type, and what makes them."""

PICTURES = ("svg", "png")
"""Those of `KINDS` that there are only with a picture."""
