"""The file in which a person codes sampled statements, as a spreadsheet opens it.

It holds what the model read and nothing of what the model said, so that the coder is not led.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from stance.errors import InputError, OutputError
from stance.plain import without_formula
from stance.records import LEXICAL_SUFFIX, SENTIMENTS, STANCES

SHOWN = ("title", "date", "source", "speaker", "quote", "context")
"""Columns of a row that the coder sees, where there are any."""

KEY = ("article_id", "statement_id")
CODED = {"coded_stance": STANCES, "coded_sentiment": SENTIMENTS}
"""Columns that the coder fills, with the labels that they may hold."""

Key = tuple[str, str]
"""Article and statement of a row."""


@dataclass(frozen=True, slots=True)
class Coding:
    """What a person says of one statement; None where nothing is said.

    `model` is the one whose rows the statement was drawn from.
    """

    stance: str | None
    sentiment: str | None
    model: str


def write_sheet(path: Path, rows: Iterable[Mapping[str, object]], *, overwrite: bool) -> None:
    """Write rows for a person to code.

    Raises:
        OutputError: The file is there already, with what may be hours of somebody's work, and
            `overwrite` is not set; or it cannot be written.
    """
    try:
        # The mark at the head tells spreadsheets that the file is UTF-8.
        with path.open("w" if overwrite else "x", encoding="utf-8-sig", newline="") as file:
            sheet = csv.writer(file)
            sheet.writerow([*KEY, "model", *SHOWN, *CODED])
            for row in rows:
                shown = [without_formula(str(row.get(name) or "")) for name in SHOWN]
                key = [row[name] for name in KEY]
                sheet.writerow([*key, model_of(row["model"]), *shown, *("" for _ in CODED)])
    except FileExistsError:
        raise _is_there(path) from None
    except OSError as error:
        raise OutputError(f"{path}: cannot write: {error.strerror or error}") from None


def check_place(path: Path, *, overwrite: bool) -> None:
    """Raise OutputError where a sheet cannot be written, before a long archive is read."""
    if path.exists() and not overwrite:
        raise _is_there(path)
    if not path.parent.is_dir():
        raise OutputError(f"{path}: no folder {path.parent}; create it first")


def _is_there(path: Path) -> OutputError:
    return OutputError(f"{path}: is there already; --overwrite replaces it")


def model_of(name: object) -> str:
    """Return the model's name without what tells that it skipped the encoder."""
    return str(name).removesuffix(LEXICAL_SUFFIX)


def read_sheet(path: Path) -> dict[Key, Coding]:
    """Read what a person has coded; rows that are still empty are left out.

    Raises:
        InputError: The file cannot be read, lacks a column, or holds a label that is none.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _codings(file, path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; save it as “CSV UTF-8”") from None
    except csv.Error as error:
        raise InputError(f"{path}: {error}") from None


def _codings(file: TextIO, path: Path) -> dict[Key, Coding]:
    head = file.readline()
    file.seek(0)
    rows = csv.DictReader(file, delimiter=max(",;\t", key=head.count), strict=True)
    for name in (*KEY, "model"):
        if name not in (rows.fieldnames or ()):
            raise InputError(f"{path}: no column '{name}'; give what stance sample wrote")
    found = {}
    for row in rows:
        stance, sentiment = (
            _label(row.get(column), labels, f"{path}:{rows.line_num}")
            for column, labels in CODED.items()
        )
        if stance or sentiment:
            found[row["article_id"], row["statement_id"]] = Coding(stance, sentiment, row["model"])
    return found


def _label(value: str | None, labels: tuple[str, ...], place: str) -> str | None:
    label = (value or "").strip().lower()
    if label and label not in labels:
        raise InputError(f"{place}: {label[:40]!r} is none of {', '.join(labels)}")
    return label or None
