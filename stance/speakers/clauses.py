"""Attribution within the sentence that quotes: "…," X said; X said that "…"; according to X."""

from __future__ import annotations

from stance.speakers import phrases
from stance.speakers.cues import SPEECH_VERBS
from stance.speakers.evidence import WINDOW, Attribution, Kind, Place, sentence_start
from stance.speakers.narration import (
    Token,
    WordClass,
    ends_sentence,
    is_cue,
    is_cue_noun,
)
from stance.speakers.phrases import Phrase

_K = WordClass
_DASHES = frozenset(("—", "–", "-", "--"))

NEAR = 3
"""Tokens that may stand between a verb and the quotation that is its object ("called it …")."""


def in_sentence(place: Place, end: Place) -> Attribution | None:
    """Find the source in the sentence of a statement.

    Args:
        place: Where the statement begins.
        end: Where it ends, which is another paragraph if it runs over several.

    Returns:
        The evidence, from a clause between the pieces, after the last or before the first; None
        where the sentence has no verb of attribution that has a source.
    """
    tokens = place.tokens
    for left, right in zip(place.pieces, place.pieces[1:], strict=False):
        phrase = clause_after(tokens, left + 1, right, left)
        if phrase is not None:
            return Attribution(Kind.BETWEEN, place.paragraph, tokens, phrase)
    phrase = clause_after(end.tokens, end.last + 1, sentence_end(end.tokens, end.last), end.last)
    after = phrase and Attribution(Kind.AFTER, end.paragraph, end.tokens, phrase)
    low = sentence_start(tokens, place.first)
    if low == place.first:
        return after
    before = clause_before(place, low)
    if before is not None and (after is None or _outweighs(place, before)):
        return before
    return after


def _outweighs(place: Place, before: Attribution) -> bool:
    """Tell whether the evidence before a quotation is stronger than a clause after it."""
    if before.kind in (Kind.SUBJECT, Kind.POSSESSIVE):
        return False
    tokens, first = place.tokens, place.first
    near = any(is_cue(tokens, at) for at in range(max(0, first - 1 - NEAR), first))
    return near or tokens[place.last].lower not in (",", "?", "!")


def sentence_end(tokens: list[Token], index: int) -> int:
    """Return the index after the last token of the sentence that goes on after a quotation."""
    ceiling = min(len(tokens), index + WINDOW)
    at = index + 1
    while at < ceiling and tokens[at].text != ";":
        if ends_sentence(tokens, at) and tokens[at].text not in ("?", "!"):
            return at
        at += 1
    return at


def clause_after(tokens: list[Token], low: int, high: int, quote: int) -> Phrase | None:
    """Find the source in a clause that follows a quotation: "…," said X; "…," X said."""
    closes = tokens[quote].lower == "." and ends_sentence(tokens, quote)
    at = low
    while at < high and (tokens[at].text == "," or tokens[at].text in _DASHES):
        at += 1
    if at >= high:
        return None
    if is_cue(tokens, at):
        found = _after_verb(tokens, at + 1, high)
        if found is not None:
            return found
    if is_according(tokens, at):
        return phrases.phrase_starting_at(tokens, at + 2, high)
    for verb in range(at + 1, high):
        if is_cue(tokens, verb):
            if closes and not _is_bare_tag(tokens, at, verb, high):
                return None
            return phrases.subject_of(tokens, verb, at)
        if is_according(tokens, verb):
            return phrases.phrase_starting_at(tokens, verb + 2, high)
    return None


def _is_bare_tag(tokens: list[Token], at: int, verb: int, high: int) -> bool:
    """Tell whether a clause after a full stop is nothing but "X said"."""
    return verb - at <= 6 and tokens[verb].lower in SPEECH_VERBS and high - verb <= 2


def _after_verb(tokens: list[Token], at: int, high: int) -> Phrase | None:
    """Find the subject that follows its verb, as in "said Jane Roe, a lawyer"."""
    while at < high and tokens[at].kind is _K.ADVERB:
        at += 1
    if at >= high:
        return None
    if tokens[at].kind in (_K.NAME, _K.DETERMINER, _K.ROLE, _K.WORD, _K.PRONOUN):
        return phrases.phrase_starting_at(tokens, at, high)
    return None


def is_according(tokens: list[Token], at: int) -> bool:
    """Tell whether "according to" stands at an index."""
    return tokens[at].lower == "according" and at + 1 < len(tokens) and tokens[at + 1].lower == "to"


def clause_before(place: Place, low: int) -> Attribution | None:
    """Find the source in the part of a sentence, from `low`, that goes before a quotation."""
    found = source_before(place.tokens, low, place.first)
    return found and Attribution(found[0], place.paragraph, place.tokens, found[1])


def source_before(tokens: list[Token], low: int, high: int) -> tuple[Kind, Phrase] | None:
    """Find the source of what is quoted at `high` in the tokens of its sentence from `low` on."""
    for at in range(high - 1, low - 1, -1):
        found = _source_at(tokens, at, low, high)
        if found is not None:
            return found
    owner = _possessor(tokens, low, high)
    if owner is not None:
        return Kind.POSSESSIVE, owner
    subject = phrases.clause_subject(tokens, low, high)
    return subject and (Kind.SUBJECT, subject)


def _source_at(tokens: list[Token], at: int, low: int, high: int) -> tuple[Kind, Phrase] | None:
    """Find the source that the word at `at` points to, if it is a cue."""
    if tokens[at].lower == "by" and at > low and tokens[at - 1].kind is _K.CUE:
        phrase = phrases.phrase_starting_at(tokens, at + 1, high)
        return phrase and (Kind.PASSIVE, phrase)
    if is_according(tokens, at):
        phrase = phrases.phrase_starting_at(tokens, at + 2, high)
        return phrase and (Kind.ACCORDING, phrase)
    if is_cue(tokens, at):
        phrase = phrases.subject_of(tokens, at, low)
        return phrase and (Kind.BEFORE, phrase)
    return None


def _possessor(tokens: list[Token], low: int, high: int) -> Phrase | None:
    """Find whose words are quoted, as in "Roe's statement that …"."""
    for at in range(high - 1, low, -1):
        if not is_cue_noun(tokens[at]):
            continue
        for owner in range(at - 1, max(low, at - 5), -1):
            if tokens[owner].kind is _K.POSSESSIVE:
                return phrases.phrase_ending_at(tokens, owner - 1, low)
    return None
