"""Sources that a colon alone ties to what follows: "Jane Roe: …", "From the Daily News: …"."""

from __future__ import annotations

from stance.speakers import phrases
from stance.speakers.narration import Token, WordClass
from stance.speakers.phrases import Phrase

_K = WordClass
_DASHES = frozenset(("—", "–", "-", "--"))


def name_before(tokens: list[Token], low: int, high: int) -> Phrase | None:
    """Find the name in "Jane Roe: …", at the head of a sentence or after a dash."""
    if high - low < 2 or tokens[high - 1].text != ":" or tokens[high - 2].kind is not _K.NAME:
        return None
    begin = high - 2
    while begin > low and tokens[begin - 1].kind is _K.NAME:
        begin -= 1
    opens = begin == low or tokens[begin - 1].text in _DASHES
    return (begin, high - 1) if opens else None


def from_before(tokens: list[Token], low: int, high: int) -> Phrase | None:
    """Find the source in "From the Daily News: …"."""
    if tokens[low].lower != "from" or tokens[high - 1].text != ":":
        return None
    phrase = phrases.phrase_starting_at(tokens, low + 1, high - 1)
    return phrase if phrase is not None and phrase[1] == high - 1 else None
