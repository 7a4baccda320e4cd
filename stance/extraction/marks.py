"""Quotation marks: where they stand in a text and whether they can open or close."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple


class Family(IntEnum):
    """Marks of one family can open and close each other, whatever their shape."""

    DOUBLE = 0
    SINGLE = 1
    GUILLEMET = 2
    SINGLE_GUILLEMET = 3


class Role(IntEnum):
    """What the characters around a mark let it do."""

    OPEN = 0
    CLOSE = 1
    EITHER = 2


class Mark(NamedTuple):
    """One quotation mark: half-open range of code points, family and role.

    `shape` is the role that the character itself suggests, whatever stands around it.
    """

    start: int
    end: int
    family: Family
    role: Role
    shape: Role


_SINGLES = "'‘’‚‛`´"
_ELISIONS = (
    r"(?:em|tis|twas|twere|til|till|cause|cuz|bout|round|n|n’|n'|nuff|neath|ere|im|ya|kay|sup|"
    r"hood|burbs|gator|tude|shrooms|fro|coz|d|s|ll|re|ve|m|t)\b"
)
_TOKEN = re.compile(
    # Looking ahead for a first character makes the search ten times as fast.
    rf"(?=[<=,\"“”„‟″＂«»‹›{_SINGLES}])(?:"
    # An HTML tag or attribute left in the text: its marks quote nothing.
    r"(?P<markup></?[A-Za-z][^<>\n]{0,2000}>|(?<=[A-Za-z])=\"[^\"]{0,200}\")"
    r"|(?P<double>``|''|’’|‘‘|´´|(?<!\S),,(?=\w)|[\"“”„‟″＂])"
    r"|(?P<guillemet>[«»])|(?P<single_guillemet>[‹›])"
    # Word-internal apostrophes never match: they are most of all single marks.
    rf"|(?P<elision>(?<!\w)(?:['‘’](?:\d\ds\b|(?i:{_ELISIONS}))|['’]\d\d\b))"
    rf"|(?P<single>(?<!\w)[{_SINGLES}]|[{_SINGLES}](?!\w))"
    r")"
)
_FAMILIES = {
    "double": Family.DOUBLE,
    "single": Family.SINGLE,
    "guillemet": Family.GUILLEMET,
    "single_guillemet": Family.SINGLE_GUILLEMET,
}
_SHAPES = dict.fromkeys("“„‟‘‚‛`«‹,", Role.OPEN) | dict.fromkeys("”’´»›", Role.CLOSE)
_MARKS = frozenset('"“”„‟″＂«»‹›' + _SINGLES)

# What may stand before an opening mark and after a closing one, apart from white space.
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_BEFORE = frozenset("([{<—–-―−/|*•" + _INVISIBLE)
_AFTER = frozenset(".,;:!?…)]}>—–-―−/|*" + _INVISIBLE)


def find_marks(text: str) -> Iterator[Mark]:
    """Yield the quotation marks of a text in order, apostrophes inside words left out.

    Args:
        text: Any text; takes time linear in its length.

    Yields:
        Every mark with the role that its surroundings suggest. Single marks may still be
        apostrophes at the end of a word (dogs').
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is None or kind in ("markup", "elision"):
            continue
        start, end = match.span()
        shape = _SHAPES.get(text[start], Role.EITHER)
        if text[start:end] == "''" or text[start:end] == "’’":
            shape = Role.CLOSE
        yield Mark(start, end, _FAMILIES[kind], _role(text, start, end, shape), shape)


def _role(text: str, start: int, end: int, shape: Role) -> Role:
    """Tell from the characters around a mark whether it opens or closes."""
    before, after = _neighbours(text, start, end)
    free_before = before.isspace() or before in _BEFORE
    free_after = after.isspace() or after in _AFTER
    if free_before and not free_after:
        return Role.OPEN
    if free_after and not free_before:
        return Role.CLOSE
    if before.isspace() and not after.isspace() and after not in ",;:!?)":
        return Role.OPEN
    if after.isspace() and not before.isspace() and before not in "([{":
        return Role.CLOSE
    return shape


def _neighbours(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the characters before and after a mark, looking past up to two marks beside it."""
    at = start - 1
    while at >= 0 and start - at <= 2 and text[at] in _MARKS:
        at -= 1
    before = text[at] if at >= 0 else " "
    at = end
    while at < len(text) and at - end < 2 and text[at] in _MARKS:
        at += 1
    after = text[at] if at < len(text) else " "
    return before, after
