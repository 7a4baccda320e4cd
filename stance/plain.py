"""Values of tables in forms that text formats know."""

from __future__ import annotations

import json


def as_json(value: object) -> str:
    """Return a value as JSON text; numbers that JSON has no word for, such as infinity, as null."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, default=as_plain)
    except ValueError:
        lenient = json.dumps(value, default=as_plain)
        return json.dumps(json.loads(lenient, parse_constant=lambda _: None), ensure_ascii=False)


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet takes for a formula, or drops before looking again."""


def without_formula(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before one."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def as_plain(value: object) -> object:
    """Return a value that JSON does not know, such as a date or bytes, in a form that it does."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (int, float)):
        return value
    return str(value)
