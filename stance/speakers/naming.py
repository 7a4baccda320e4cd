"""Runs of capitalised words: which of them is a person's name, and what is a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stance.words import classes
from stance.words.cues import SPEECH_VERBS
from stance.words.first_names import FEMALE_FIRST_NAMES, MALE_FIRST_NAMES

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻŃŅŇŌŐŒŘŚŞŠŤŪŮŰŲŹŻŽ"
MAX_RUN = 12
"""Capitalised words read at once; a longer run is a headline and is read in parts."""

_PARTICLES = "|".join(sorted(classes.PARTICLES, key=len, reverse=True))
_STOPPED = "|".join(sorted(word.title() for word in classes.ABBREVIATED_TITLES))
_WORD = (
    rf"(?:[{UPPER}]\.(?:[{UPPER}]\.)*|(?:{_STOPPED})\."
    rf"|(?:al-|el-|d['’]|d[aei]|la)?[{UPPER}]\w*(?:[-‐‑'’](?!s\b)\w+)*)"
)
SEQUENCE = re.compile(
    rf"\b(?=[{UPPER}adel]){_WORD}"
    rf"(?:[ \u00a0](?:(?:{_PARTICLES})[ \u00a0]){{0,2}}{_WORD}){{0,{MAX_RUN}}}"
)

_MODIFIER = re.compile(r"-(?:[a-z]*ed|led|born|old|era|style|wide|long)$")

MAX_NAME_WORDS = 4
"""Longer runs of capitals are headlines or bodies, not people."""

_NOT_NAMES = classes.FUNCTION_WORDS | classes.CALENDAR | classes.DETERMINERS
_BEFORE_NAMES = classes.TITLES | classes.DEMONYMS | _NOT_NAMES


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words with its titles stripped: what may be a person's name."""

    words: tuple[str, ...]
    titles: frozenset[str]
    offset: int


def surname_of(words: tuple[str, ...]) -> str:
    """Return the last word of a name that is no suffix, in lower case."""
    for word in reversed(words):
        if word.lower().rstrip(".") not in classes.NAME_SUFFIXES:
            return word.lower()
    return words[-1].lower()


def has_suffix(words: tuple[str, ...]) -> bool:
    """Tell whether a name ends in Jr., Sr. or a number."""
    return words[-1].lower() in classes.NAME_SUFFIXES


def parse_name(sequence: str) -> Name | None:
    """Strip titles and other words from a run of capitalised words.

    Args:
        sequence: Words separated by single spaces, such as "Russian President Vladimir Putin".

    Returns:
        The name that is left, "Vladimir Putin" with the titles "president" and "russian", or
        None where what is left cannot be a person's name.
    """
    words = sequence.replace("\u00a0", " ").split(" ")
    begin = 0
    for at, word in enumerate(words[:-1]):
        if word.lower().rstrip(".") in classes.TITLES and not is_first_name_at(words, at):
            begin = at + 1
    while begin < len(words) - 1 and _strippable(words, begin):
        begin += 1
    begin = _first_name_from(words, begin)
    kept = _without_links(words[begin:])
    while len(kept) > 1 and kept[-1].lower() in _NOT_NAMES:
        kept.pop()
    if not _can_be_person(kept):
        return None
    titles = frozenset(word.lower().rstrip(".") for word in words[:begin])
    offset = sum(len(word) + 1 for word in sequence.replace("\u00a0", " ").split(" ")[:begin])
    return Name(tuple(kept), titles, offset)


def _first_name_from(words: list[str], begin: int) -> int:
    """Return where a known first name stands if other words go before it, else `begin`."""
    if not is_first_name_at(words, begin):
        for at in range(begin + 1, len(words) - 1):
            if is_first_name_at(words, at):
                return at
    return begin


def _without_links(words: list[str]) -> list[str]:
    """Cut a name off that some sites repeat in a longer form before their links."""
    if len(words) > 2 and is_first_name_at(words, 0) and not is_first_name_at(words, 1):
        repeated = words[2] == words[0] or (len(words) > 3 and is_first_name_at(words, 2))
        return words[:2] if repeated else words
    return words


def is_first_name_at(words: Sequence[str], at: int) -> bool:
    """Tell whether the word at `at` is a common first name."""
    return words[at] in MALE_FIRST_NAMES or words[at] in FEMALE_FIRST_NAMES


def _strippable(words: list[str], at: int) -> bool:
    """Tell whether a word before a name is no part of it."""
    word = words[at]
    if is_first_name_at(words, at):
        return word == "Will" and len(words) - at > 2 and is_first_name_at(words, at + 1)
    if word in classes.PLACES or word in classes.ORGANISATION_WORDS:
        return True
    if len(word) > (4 if "." in word else 3) and word.isupper():
        return True
    lower = word.lower()
    return (
        _MODIFIER.search(word) is not None
        or lower in _BEFORE_NAMES
        or lower.rstrip(".") in _BEFORE_NAMES
        or lower in SPEECH_VERBS
        or (lower.endswith(("ly", "ing")) and len(word) > 5)
    )


def _can_be_person(words: list[str]) -> bool:
    """Tell whether words without titles can be a name: of a person, not of a body or place."""
    last = words[-1] if words[-1].lower() not in classes.NAME_SUFFIXES else words[-2:][0]
    known = len(words) > 1 and is_first_name_at(words, 0)
    if last in classes.SURNAMES_TOO:
        inner = any(word.lower() in classes.DEMONYMS for word in words[1:-1])
        return (known and not inner) or len(words) == 1
    elsewhere = last in classes.PLACES or last in classes.ORGANISATION_WORDS
    elsewhere = elsewhere or (len(words) > 1 and words[0] in classes.PLACE_OPENERS)
    if len(words) > MAX_NAME_WORDS + 1 or elsewhere or last.lower() in _NOT_NAMES:
        return False
    if len(words) == 1:
        return not (last.lower() in _BEFORE_NAMES or last.isupper())
    surname = known and last.lower() in classes.SURNAME_TITLES
    titled = last.lower() in classes.TITLES and not surname
    abbreviation = last.isupper() and len(last) > 2
    body = any(word in classes.ORGANISATION_WORDS for word in words[1:])
    return not (titled or abbreviation or body)
