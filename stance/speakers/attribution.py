"""From a statement to the words that attribute it.

The search goes from the closest evidence to the weakest: the statement's own sentence; a name
after a dash or before a colon; a lead-in; a bare tag in the next sentence; then what the sentence
before says, which is the caller's business where that sentence holds another statement.
"""

from __future__ import annotations

from stance.records import Statement
from stance.speakers import clauses, phrases, subjects
from stance.speakers.evidence import (
    Attribution,
    Kind,
    Place,
    locate,
    locate_end,
    sentence_start,
)
from stance.speakers.narration import Narration, Token, WordClass, is_cue
from stance.words.classes import CALENDAR
from stance.words.cues import SPEECH_VERBS

_K = WordClass
_DASHES = frozenset(("—", "–", "-", "--", "―", "~"))

_ALONE = frozenset((_K.NAME,))
_SIGNED = frozenset((_K.NAME, _K.ROLE))

MAX_SIGNED = 30
"""Tokens of a name after a dash, with its post and occasion."""

MAX_SIGNATURE = 14
"""Tokens of a name that stands alone after a quotation, with its post and date."""

MAX_NUMBER = 3
"""Tokens of the number of an item, such as "12." or "12-13."."""

MAX_FURNITURE = 4
"""Tokens of a paragraph of page furniture such as ADVERTISEMENT, which no reading stops at."""


def find_attribution(narration: Narration, statement: Statement) -> Attribution | None:
    """Find the words that attribute a statement itself.

    Args:
        narration: The article.
        statement: One of its statements; its quotations must be masked in `narration`.

    Returns:
        The strongest evidence, or None where no words belong to this statement.
    """
    place, end = locate(narration, statement), locate_end(narration, statement)
    return (
        _byline(end)
        or clauses.in_sentence(place, end)
        or _signature(end)
        or _signature_below(narration, end)
        or _turn(place)
        or _lead_in(narration, place)
        or _loose_after(end)
    )


def sentence_before(narration: Narration, statement: Statement) -> Attribution | None:
    """Find the subject of the sentence that goes before a statement's own.

    Returns:
        The source of its verb of attribution or its subject, in this or the paragraph before;
        None where there is no sentence or it has neither.
    """
    place = locate(narration, statement)
    found = preceding_sentence(narration, place)
    if found is None:
        return None
    paragraph, low, high = found
    tokens = narration.tokens(paragraph)
    reporter = subjects.reporter(tokens, low, high)
    if reporter is not None:
        return Attribution(Kind.PREVIOUS_SPEECH, paragraph, tokens, reporter)
    source = clauses.source_before(tokens, low, high)
    if source is None:
        return None
    said = source[0] in (Kind.BEFORE, Kind.ACCORDING)
    kind = Kind.PREVIOUS_SPEECH if said else Kind.PREVIOUS_SENTENCE
    return Attribution(kind, paragraph, tokens, source[1])


def is_listed(narration: Narration, statement: Statement) -> bool:
    """Tell whether a statement is an item of a list of someone's words.

    A number goes before it at the head of its paragraph, or a date follows after a dash or in
    brackets and ends the paragraph.
    """
    place, end = locate(narration, statement), locate_end(narration, statement)
    tokens, first = place.tokens, place.first
    if 1 < first <= MAX_NUMBER and tokens[0].text[:1].isdigit() and tokens[first - 1].text == ".":
        return True
    rest = end.tokens[end.last + 1 :]
    opened = 1 < len(rest) <= MAX_SIGNED and (rest[0].text == "(" or rest[0].text in _DASHES)
    return opened and place.first == 0 and _is_date(rest, 1)


def _is_date(tokens: list[Token], at: int) -> bool:
    """Tell whether a day or month stands at an index, "May" only with a number."""
    lower = tokens[at].lower.rstrip(".")
    numbered = at + 1 < len(tokens) and tokens[at + 1].text.isdigit()
    return lower in CALENDAR or (lower == "may" and numbered)


def preceding_sentence(narration: Narration, place: Place) -> tuple[int, int, int] | None:
    """Return paragraph, first token and end of the sentence before a statement's own."""
    paragraph, tokens = place.paragraph, place.tokens
    end = sentence_start(tokens, place.first)
    while end == 0:
        paragraph -= 1
        if paragraph < 0:
            return None
        tokens = narration.tokens(paragraph)
        end = 0 if _is_furniture(tokens) else len(tokens)
    return paragraph, sentence_start(tokens, end - 1), end


def _is_furniture(tokens: list[Token]) -> bool:
    """Tell whether a paragraph is an ADVERTISEMENT or the like."""
    return len(tokens) <= MAX_FURNITURE and all(
        token.text.isupper() or token.text == "Advertisement" for token in tokens
    )


def _byline(end: Place) -> Attribution | None:
    """Look for a name and a publication between the quotation and the paragraph's end."""
    rest = end.tokens[end.last + 1 :]
    if not 3 < len(rest) <= MAX_SIGNATURE or not _is_byline(rest):
        return None
    at = end.last + 1
    comma = next(to for to in range(at, len(end.tokens)) if end.tokens[to].text == ",")
    return Attribution(Kind.DASH, end.paragraph, end.tokens, (at, comma))


def _signature(end: Place) -> Attribution | None:
    """Look for a name after a dash, or alone between the quotation and the paragraph's end."""
    tokens, at = end.tokens, end.last + 1
    dashed = at < len(tokens) and tokens[at].text in _DASHES
    at += dashed
    if at >= len(tokens) or tokens[at].kind not in (_SIGNED if dashed else _ALONE):
        return None
    if _is_date(tokens, at):
        return None
    rest = tokens[at:]
    if len(rest) > (MAX_SIGNED if dashed else MAX_SIGNATURE) or any(
        token.text == "." for token in rest[:-1]
    ):
        return None
    high = next((to for to in range(at, len(tokens)) if tokens[to].text[0:1] == "@"), len(tokens))
    phrase = phrases.phrase_starting_at(tokens, at, max(high - 1, at + 1))
    return phrase and Attribution(Kind.DASH, end.paragraph, tokens, phrase)


def _signature_below(narration: Narration, end: Place) -> Attribution | None:
    """Look for a dash and a name that are a short paragraph of their own."""
    paragraph = end.paragraph + 1
    if end.last + 1 != len(end.tokens) or paragraph == len(narration.paragraphs):
        return None
    tokens = narration.tokens(paragraph)
    if not 1 < len(tokens) <= MAX_SIGNATURE:
        return None
    dashed = tokens[0].text in _DASHES
    if not dashed and not _is_byline(tokens):
        return None
    phrase = phrases.phrase_starting_at(tokens, int(dashed), len(tokens))
    return phrase and Attribution(Kind.DASH, paragraph, tokens, phrase)


def _is_byline(tokens: list[Token]) -> bool:
    """Tell whether tokens are a name and a publication, as in "Jane Roe, Daily News"."""
    commas = sum(token.text == "," for token in tokens)
    return commas == 1 and all(token.text[:1].isupper() or token.text == "," for token in tokens)


def _turn(place: Place) -> Attribution | None:
    """Look for a name and a colon at the head of the paragraph, as in a transcript."""
    tokens = place.tokens
    for at in range(1, min(8, place.first)):
        if tokens[at].text[:1].isdigit():
            return None
        if tokens[at].text == ":":
            phrase = phrases.phrase_starting_at(tokens, 0, at)
            return phrase and Attribution(Kind.TURN, place.paragraph, tokens, phrase)
    return None


def _lead_in(narration: Narration, place: Place) -> Attribution | None:
    """Look at the sentence before, in this or the previous paragraph, if it ends in a colon."""
    found = preceding_sentence(narration, place)
    if found is None:
        return None
    paragraph, low, high = found
    tokens = narration.tokens(paragraph)
    if tokens[high - 1].text not in (":", ","):
        return None
    source = clauses.source_before(tokens, low, high)
    return source and Attribution(Kind.LEAD_IN, paragraph, tokens, source[1])


def _loose_after(end: Place) -> Attribution | None:
    """Look at the sentence after, if it says no more than who spoke."""
    tokens = end.tokens
    low = end.last + 1
    for verb in range(low, min(len(tokens), low + 8)):
        if tokens[verb].text in (".", ","):
            return None
        if is_cue(tokens, verb) and tokens[verb].lower in SPEECH_VERBS:
            phrase = subjects.subject_of(tokens, verb, low)
            return phrase and Attribution(Kind.LOOSE_AFTER, end.paragraph, tokens, phrase)
    return None
