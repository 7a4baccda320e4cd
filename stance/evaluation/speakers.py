"""Is it the right speaker: predicted speakers against gold names and gold source spans.

Two kinds of gold exist. A gold *name* says who speaks ("Rex Tillerson", "a State Department
official"); a gold *source* says where the article's attribution names the speaker. Neither measure
depends on how statements were found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stance.records import Span, Speaker
from stance.words.classes import (
    DETERMINERS,
    FUNCTION_WORDS,
    NAME_SUFFIXES,
    PREPOSITIONS,
    TITLES,
)
from stance.words.first_names import NICKNAMES

BoolArray = NDArray[np.bool_]

UNKNOWN = "unknown"
"""The gold name of a statement whose article does not tell who says it."""

_WORD = re.compile(r"\w+(?:[-'’](?!s\b)\w+)*")
_STOPPED_INITIAL = re.compile(r"\b([A-Z])\.(?=[A-Z]\b)")
_ACRONYM = re.compile(r"(?:[Tt]he )?(?P<letters>[A-Z]{2,6})")
_NO_NAMES = FUNCTION_WORDS | TITLES | DETERMINERS
_EMPTY_WORDS = DETERMINERS | PREPOSITIONS | frozenset(("s", "and"))


def same_speaker(predicted: str | None, gold: str | None) -> bool:
    """Tell whether two names or descriptions stand for the same speaker.

    Names agree when the words of one, titles aside, are all among the words of the other
    ("Tillerson", "Rex Tillerson"), short forms and spellings of first names counting as the same
    ("Mike", "Michael"); of two full names both or neither may have a suffix such as Jr. An
    acronym agrees with the name whose initials end in it ("AFP", "Agence France-Presse").
    Descriptions in lower case agree as well when they share half of the content words of the
    shorter one. None and "unknown" agree with each other alone.
    """
    if predicted is None or gold is None or gold == UNKNOWN:
        return predicted is None and gold in (None, UNKNOWN)
    if _abbreviates(predicted, gold) or _abbreviates(gold, predicted):
        return True
    ours, theirs = _content(predicted), _content(gold)
    if _are_namesakes(ours, theirs):
        return False
    shared = len(ours & theirs)
    shorter = min(len(ours), len(theirs))
    if shared == shorter:
        return shared > 0
    if not (_is_description(predicted) and _is_description(gold)):
        return False
    return 2 * shared >= shorter


def speaker_hits(predicted: Sequence[Speaker], gold: Sequence[str | None]) -> BoolArray:
    """Compare predicted speakers with gold names, statement by statement.

    Args:
        predicted: One speaker per statement.
        gold: Their gold names, None or "unknown" where the article does not tell.

    Returns:
        True for each right one. *Shape:* `(statements,)`
    """
    pairs = zip(predicted, gold, strict=True)
    return np.array([same_speaker(speaker.name, name) for speaker, name in pairs], dtype=bool)


def source_hits(predicted: Sequence[Speaker], gold: Sequence[Sequence[Span]]) -> BoolArray:
    """Compare the spans that predicted attributions use with gold source spans.

    Args:
        predicted: One speaker per statement.
        gold: For each statement the pieces of its source, possibly none, in code points.

    Returns:
        True where the predicted mention overlaps a piece of the gold source, or where there is
        neither. *Shape:* `(statements,)`
    """
    pairs = zip(predicted, gold, strict=True)
    return np.array([_overlaps(one.mention_span, pieces) for one, pieces in pairs], dtype=bool)


def names_someone(text: str, source: Sequence[Span]) -> bool:
    """Tell whether a gold source holds a proper name: a capitalised word that is no other word."""
    words = _WORD.findall(" ".join(text[start:end] for start, end in source))
    return any(word[0].isupper() and word.lower() not in _NO_NAMES for word in words)


def _overlaps(predicted: Span | None, gold: Sequence[Span]) -> bool:
    if predicted is None:
        return not gold
    return any(predicted[0] < end and start < predicted[1] for start, end in gold)


def _abbreviates(short: str, full: str) -> bool:
    """Tell whether a name is an acronym of another one."""
    acronym = _ACRONYM.fullmatch(_STOPPED_INITIAL.sub(r"\1", short.rstrip(".")))
    if acronym is None:
        return False
    initials = "".join(word[0] for word in full.replace("-", " ").split() if word[0].isupper())
    return len(initials) > 1 and initials.endswith(acronym["letters"])


def _are_namesakes(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether two full names differ by Jr. or the like alone."""
    differing = ours ^ theirs
    return bool(differing) and differing <= NAME_SUFFIXES and min(len(ours), len(theirs)) > 1


def _content(name: str) -> frozenset[str]:
    """Return the words of a name in lower case, without accents, titles and determiners.

    First names are in their full form.
    """
    words: list[str] = _WORD.findall(_STOPPED_INITIAL.sub(r"\1", name))
    while len(words) > 1 and words[0].lower() in TITLES and words[1][0].isupper():
        words = words[1:]
    folded = [NICKNAMES.get(_fold(word), _fold(word)) for word in words]
    return frozenset(word for word in folded if word not in _EMPTY_WORDS) or frozenset(folded)


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _is_description(name: str) -> bool:
    words: list[str] = _WORD.findall(name)
    return sum(word[0].islower() for word in words) >= 2
