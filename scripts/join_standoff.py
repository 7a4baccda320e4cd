"""Turn the standoff labels that ship into training rows, given the articles that do not.

`scripts/data/*.standoff.jsonl.gz` hold labels and offsets, no text. The articles are those of the
public Article-Bias-Prediction corpus (Baly et al. 2020); this script cuts each statement, its
paragraph and the paragraph before out of them and writes the rows that `scripts/train.py` reads.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import click
from ending import run_script

from stance.errors import InputError, OutputError, StanceError
from stance.jsonl import parse_json, read_lines
from stance.records import PIECE_SEPARATOR

Row = dict[str, Any]

HASH_LENGTH = 12
"""Hex digits kept of a quote's SHA-256: chance would pass a wrong quote once in 10^14."""

CARRIED = ("id", "article", "start", "end", "segments")
"""Columns that come first in a training row, as the standoff row has them."""

LABELS = ("stance", "sentiment", "certain")
"""Columns that follow the texts, as the standoff row has them."""

UNKNOWN_SPEAKER = "unknown"
"""Speaker of a row that names none and whose article has none at `speaker_span`."""

_OPENING, _CLOSING = ('"', "“"), ('"', "”")

ARTICLE_FOLDERS = ("data/jsons", "jsons", ".")
"""Where a checkout of the corpus, or a part of one, keeps one JSON file an article."""

EPILOG = """
\b
Example:
  git clone https://github.com/ramybaly/Article-Bias-Prediction
  python scripts/join_standoff.py scripts/data/us_russia_train.standoff.jsonl.gz \\
      --corpus Article-Bias-Prediction --out us_russia_train.jsonl.gz

Exit status: 0 all rows joined, 1 some left out, 2 nothing readable or writable.
"""


class MismatchError(StanceError):
    """A standoff row that does not fit its article's text."""


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """What a training row needs of its article."""

    text: str
    title: str


def quote_hash(quote: str) -> str:
    """Return the first `HASH_LENGTH` hex digits of the quote's SHA-256 (UTF-8)."""
    return hashlib.sha256(quote.encode()).hexdigest()[:HASH_LENGTH]


def cut_quote(text: str, segments: Iterable[tuple[int, int]]) -> str:
    """Return the quoted pieces at `segments`, quotation marks included, as one string.

    A piece loses its opening mark and its closing mark, where it has them, and the comma that the
    attribution clause put before it.
    """
    return PIECE_SEPARATOR.join(_bare(text[start:end]) for start, end in segments)


def cut_paragraphs(text: str, start: int) -> tuple[str, str]:
    """Return the line of `text` that holds offset `start`, and the last line before it with text.

    Both are stripped; the second is empty for the first paragraph.
    """
    opening = text.rfind("\n", 0, start) + 1
    closing = text.find("\n", start)
    paragraph = text[opening:] if closing < 0 else text[opening:closing]
    before = text[:opening].rstrip("\n")
    return paragraph.strip(), before[before.rfind("\n") + 1 :].strip()


def join_row(standoff: Mapping[str, Any], article: SourceArticle) -> Row:
    """Return the training row of a standoff row.

    Raises:
        MismatchError: the text at the offsets is not the statement that was labelled.
    """
    text = article.text
    quote = cut_quote(text, standoff["segments"])
    if quote_hash(quote) != standoff["quote_hash"]:
        raise MismatchError("the article's text differs from the one that was labelled")
    paragraph, previous = cut_paragraphs(text, standoff["start"])
    span = standoff["speaker_span"]
    return {
        **{name: standoff[name] for name in CARRIED},
        "quote": quote,
        "paragraph": paragraph,
        "previous": previous,
        "title": article.title,
        "date": standoff["date"],
        "source": standoff["source"],
        **{name: standoff[name] for name in LABELS},
        "speaker": standoff.get("speaker")
        or (text[span[0] : span[1]] if span else UNKNOWN_SPEAKER),
        "side": standoff["side"],
    }


def read_articles(corpus: Path, wanted: Iterable[str]) -> dict[str, SourceArticle]:
    """Return the wanted articles that `corpus` holds, by id.

    Args:
        corpus: a checkout of the corpus, or JSONL (also `.gz`) with `id` and `text`.
        wanted: ids of articles; others are not kept in memory.

    Raises:
        InputError: `corpus` cannot be read or is no such thing.
    """
    if corpus.is_dir():
        return dict(_read_folder(corpus, wanted))
    ids = set(wanted)
    rows = ((row.get("id", row.get("ID")), row) for row in read_rows(corpus))
    return {str(article_id): _source_article(row) for article_id, row in rows if article_id in ids}


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the objects of a JSONL file, which may be gzipped.

    Raises:
        InputError: the file cannot be read, or a line is not a JSON object.
    """
    for number, line in enumerate(read_lines(path), start=1):
        if line.strip():
            yield _parse(line, f"{path}:{number}")


def read_standoff(path: Path) -> Iterator[Row]:
    """Yield the rows of a standoff file.

    Raises:
        InputError: the file cannot be read, or a row lacks a column.
    """
    needed = {*CARRIED, *LABELS, "quote_hash", "speaker_span", "date", "source", "side"}
    for number, row in enumerate(read_rows(path), start=1):
        missing = sorted(needed - row.keys())
        if missing:
            raise InputError(f"row {number} of {path} has no {', '.join(missing)}")
        yield row


def join_rows(
    standoff: Iterable[Row], articles: Mapping[str, SourceArticle], left_out: Counter[str]
) -> Iterator[Row]:
    """Yield the training rows that fit; count the others in `left_out` by reason."""
    for row in standoff:
        article = articles.get(row["article"])
        if article is None:
            left_out["article not in the corpus given"] += 1
            continue
        try:
            yield join_row(row, article)
        except MismatchError as error:
            left_out[str(error)] += 1


corpus_option = click.option(
    "--corpus",
    required=True,
    type=click.Path(path_type=Path, exists=True),
    help="Checkout of the Article-Bias-Prediction corpus, or a JSONL of articles (id, text).",
)


@click.command(epilog=EPILOG)
@click.argument(
    "standoff",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@corpus_option
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="Training rows, as JSONL or JSONL.gz.",
)
def main(standoff: tuple[Path, ...], corpus: Path, out: Path) -> None:
    """Write the training rows of STANDOFF label files, verified against the text of CORPUS.

    Rows whose article is missing or reads differently are left out and counted.
    """
    left_out = _join_files(standoff, corpus, out)
    for reason, count in left_out.most_common():
        click.echo(f"left out {count} rows: {reason}", err=True)
    sys.exit(1 if left_out else 0)


def _join_files(standoff: Iterable[Path], corpus: Path, out: Path) -> Counter[str]:
    """Join, write and say how many rows there are; return the reasons of those left out."""
    rows = [row for path in standoff for row in read_standoff(path)]
    articles = read_articles(corpus, {row["article"] for row in rows})
    left_out: Counter[str] = Counter()
    joined = list(join_rows(rows, articles, left_out))
    with replacing(out) as sink:
        sink.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in joined)
    click.echo(f"{out}: {len(joined)} of {len(rows)} rows joined", err=True)
    return left_out


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """Open a text file that takes the place of `path` only once it is complete.

    Its folder is made where there is none. Raises `OutputError` where it cannot be written.
    """
    partial = path.with_name(path.name + ".part")
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with opener(partial, "wt", encoding="utf-8") as sink:
            yield sink
        partial.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error}") from error
    finally:
        with suppress(OSError):
            partial.unlink()


def _read_folder(corpus: Path, wanted: Iterable[str]) -> Iterator[tuple[str, SourceArticle]]:
    folders = [corpus / name for name in ARTICLE_FOLDERS]
    folder = next((one for one in folders if any(one.glob("*.json"))), None)
    if folder is None:
        raise InputError(f"no articles in {corpus}: expected data/jsons/*.json, as in the corpus")
    for article_id in sorted(wanted):
        path = folder / f"{article_id}.json"
        if path.is_file():
            yield article_id, _source_article(_parse(_read_text(path), str(path)))


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {path}: {error}") from error


def _parse(text: str, where: str) -> Row:
    row = parse_json(text, where)
    if not isinstance(row, dict):
        raise InputError(f"{where}: not a JSON object")
    return row


def _source_article(row: Mapping[str, Any]) -> SourceArticle:
    """Take text and title from a row of either layout; the corpus keeps untouched text apart."""
    text = row.get("content_original", row.get("text"))
    if not isinstance(text, str):
        raise InputError("articles need their text in `content_original` or `text`")
    return SourceArticle(_writable(text), _writable(str(row.get("title") or "").strip()))


def _writable(text: str) -> str:
    """Replace lone surrogates, which UTF-8 cannot hold, one for one: offsets stay."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _bare(piece: str) -> str:
    inner = piece.removeprefix(piece[:1] if piece[:1] in _OPENING else "")
    inner = inner.removesuffix(inner[-1:] if inner[-1:] in _CLOSING else "")
    return inner.strip().rstrip(",").strip()


if __name__ == "__main__":
    run_script(main)
