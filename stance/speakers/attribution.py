"""From a statement to the words that attribute it.

The search goes from the closest evidence to the weakest: a clause between the quoted pieces, after
them, before them in the same sentence; a name after a dash or before a colon; a lead-in; then what
the neighbouring sentences and paragraphs suggest. What was found is named by `Kind`, whose
reliability `confidence.py` states.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from stance.records import Span, Statement
from stance.speakers import phrases
from stance.speakers.cues import SPEECH_VERBS
from stance.speakers.narration import (
    Narration,
    Token,
    WordClass,
    ends_sentence,
    is_cue,
    is_cue_noun,
)
from stance.speakers.phrases import Phrase


class Kind(Enum):
    """The evidence that ties a statement to its source."""

    BETWEEN = "clause between the quoted pieces"
    AFTER = "clause after the quotation"
    BEFORE = "clause before the quotation"
    ACCORDING = "according to"
    PASSIVE = "verb with by"
    POSSESSIVE = "someone's words"
    DASH = "name after a dash"
    TURN = "name and colon at the head of the paragraph"
    LEAD_IN = "sentence before that ends in a colon"
    LOOSE_AFTER = "sentence after the quotation"
    SUBJECT = "subject of the sentence that quotes"
    SAME_PARAGRAPH = "statement before in the same paragraph"
    PREVIOUS_SENTENCE = "subject of the sentence before"
    RUN = "statement in the paragraph before"


class Attribution(NamedTuple):
    """The evidence for one statement's source and the source's words.

    `tokens` are those of the paragraph at index `paragraph` that holds the `phrase`.
    """

    kind: Kind
    paragraph: int
    tokens: list[Token]
    phrase: Phrase

    @property
    def span(self) -> Span:
        """Offsets of the source's words in the article's text."""
        return self.tokens[self.phrase[0]].start, self.tokens[self.phrase[1] - 1].end


_K = WordClass
WINDOW = 90
"""Tokens looked at on either side of a quotation; sentences of news are shorter."""


class _Place(NamedTuple):
    """Where a statement stands: token indexes of its first and last quotation."""

    paragraph: int
    tokens: list[Token]
    first: int
    last: int
    pieces: tuple[int, ...]


def find_attribution(narration: Narration, statement: Statement) -> Attribution | None:
    """Find the words that attribute a statement, within its own and the paragraph before.

    Args:
        narration: The article.
        statement: One of its statements; its quotation must be masked in `narration`.

    Returns:
        The strongest evidence, or None where the statement's surroundings name no one.
    """
    place = _locate(narration, statement)
    found = _in_clauses(place) or _around(narration, place)
    return found


def _locate(narration: Narration, statement: Statement) -> _Place:
    paragraph = narration.paragraph_at(statement.start)
    tokens = narration.tokens(paragraph)
    pieces = tuple(
        narration.token_at(paragraph, start)
        for start, _ in statement.segments
        if narration.paragraph_at(start) == paragraph
    )
    return _Place(paragraph, tokens, pieces[0], pieces[-1], pieces)


def _in_clauses(place: _Place) -> Attribution | None:
    """Look at the clauses around the statement's pieces in its own sentence."""
    tokens = place.tokens
    low = _sentence_start(tokens, place.first)
    opens = low == place.first
    for left, right in zip(place.pieces, place.pieces[1:], strict=False):
        phrase = _clause_after(tokens, left + 1, right, left)
        if phrase is not None:
            return Attribution(Kind.BETWEEN, place.paragraph, tokens, phrase)
    high = _sentence_end(tokens, place.last)
    after = _clause_after(tokens, place.last + 1, high, place.last)
    if opens:
        return after and Attribution(Kind.AFTER, place.paragraph, tokens, after)
    before = _clause_before(tokens, low, place.first)
    if before is not None:
        return Attribution(before[0], place.paragraph, tokens, before[1])
    if after is not None:
        return Attribution(Kind.AFTER, place.paragraph, tokens, after)
    return None


def _sentence_start(tokens: list[Token], index: int) -> int:
    floor = max(0, index - WINDOW)
    at = index
    while at > floor and not ends_sentence(tokens, at - 1):
        at -= 1
    return at


def _sentence_end(tokens: list[Token], index: int) -> int:
    """Return the index after the last token of the sentence that goes on after a quotation."""
    ceiling = min(len(tokens), index + WINDOW)
    at = index + 1
    while at < ceiling and tokens[at].text not in (".", ";"):
        if tokens[at].kind is _K.QUOTE and ends_sentence(tokens, at):
            return at
        at += 1
    return at


def _clause_after(tokens: list[Token], low: int, high: int, quote: int) -> Phrase | None:
    """Find the source in a clause that follows a quotation: "…," said X; "…," X said."""
    closes = ends_sentence(tokens, quote) and tokens[quote].lower == "."
    at = low
    while at < high and (tokens[at].text in (",", "—", "–", "-") or tokens[at].lower == "as"):
        at += 1
    if at >= high:
        return None
    if is_cue(tokens, at) and tokens[at].kind is _K.CUE:
        found = _after_verb(tokens, at + 1, high)
        if found is not None:
            return found
    if _according(tokens, at):
        return phrases.phrase_starting_at(tokens, at + 2, high)
    for verb in range(at + 1, high):
        if is_cue(tokens, verb):
            if closes and not _is_bare_tag(tokens, at, verb, high):
                return None
            return _finite_subject(tokens, verb, at)
    return None


def _is_bare_tag(tokens: list[Token], at: int, verb: int, high: int) -> bool:
    """Tell whether a clause after a full stop is nothing but "X said"."""
    return verb - at <= 6 and tokens[verb].lower in SPEECH_VERBS and high - verb <= 2


def _finite_subject(tokens: list[Token], verb: int, low: int) -> Phrase | None:
    return phrases.subject_of(tokens, verb, low)


def _after_verb(tokens: list[Token], at: int, high: int) -> Phrase | None:
    """Find the subject that follows its verb, as in "said Jane Roe, a lawyer"."""
    while at < high and tokens[at].kind is _K.ADVERB:
        at += 1
    if at >= high:
        return None
    if tokens[at].kind in (_K.NAME, _K.DETERMINER, _K.ROLE, _K.WORD, _K.PRONOUN):
        return phrases.phrase_starting_at(tokens, at, high)
    return None


def _according(tokens: list[Token], at: int) -> bool:
    return tokens[at].lower == "according" and at + 1 < len(tokens) and tokens[at + 1].lower == "to"


def _clause_before(tokens: list[Token], low: int, quote: int) -> tuple[Kind, Phrase] | None:
    """Find the source in the part of a sentence that goes before a quotation."""
    for at in range(quote - 1, low - 1, -1):
        lower = tokens[at].lower
        if lower == "by" and at > low and tokens[at - 1].kind is _K.CUE:
            phrase = phrases.phrase_starting_at(tokens, at + 1, quote)
            if phrase is not None:
                return Kind.PASSIVE, phrase
        if _according(tokens, at):
            phrase = phrases.phrase_starting_at(tokens, at + 2, quote)
            if phrase is not None:
                return Kind.ACCORDING, phrase
        if is_cue(tokens, at):
            phrase = phrases.subject_of(tokens, at, low)
            if phrase is not None:
                return Kind.BEFORE, phrase
    return _possessor(tokens, low, quote)


def _possessor(tokens: list[Token], low: int, quote: int) -> tuple[Kind, Phrase] | None:
    for at in range(quote - 1, low, -1):
        if is_cue_noun(tokens[at]):
            for owner in range(at - 1, max(low, at - 5), -1):
                if tokens[owner].kind is _K.POSSESSIVE:
                    phrase = phrases.phrase_ending_at(tokens, owner - 1, low)
                    if phrase is not None:
                        return Kind.POSSESSIVE, phrase
    phrase = phrases.clause_subject(tokens, low, quote)
    return None if phrase is None else (Kind.SUBJECT, phrase)


def _around(narration: Narration, place: _Place) -> Attribution | None:
    """Look at the sentences and paragraphs around a statement that its own sentence leaves open."""
    return _dash(place) or _turn(place) or _lead_in(narration, place) or _loose_after(place)


def _dash(place: _Place) -> Attribution | None:
    tokens = place.tokens
    at = place.last + 1
    if at + 1 >= len(tokens) or tokens[at].text not in ("—", "–", "-", "--", "―", "~"):
        return None
    if tokens[at + 1].kind is not _K.NAME:
        return None
    phrase = phrases.phrase_starting_at(tokens, at + 1, len(tokens))
    return phrase and Attribution(Kind.DASH, place.paragraph, tokens, phrase)


def _turn(place: _Place) -> Attribution | None:
    tokens = place.tokens
    for at in range(1, min(8, place.first)):
        if tokens[at].text == ":":
            phrase = phrases.phrase_starting_at(tokens, 0, at)
            return phrase and Attribution(Kind.TURN, place.paragraph, tokens, phrase)
    return None


def _lead_in(narration: Narration, place: _Place) -> Attribution | None:
    """Look at the sentence before, in this or the previous paragraph, if it ends in a colon."""
    paragraph, end = place.paragraph, place.first
    tokens = place.tokens
    if end == 0:
        if paragraph == 0:
            return None
        paragraph -= 1
        tokens = narration.tokens(paragraph)
        end = len(tokens)
        if not end or tokens[-1].text not in (":", ","):
            return None
    elif tokens[end - 1].text != ":":
        return None
    low = _sentence_start(tokens, end - 1)
    found = _clause_before(tokens, low, end)
    return found and Attribution(Kind.LEAD_IN, paragraph, tokens, found[1])


def _loose_after(place: _Place) -> Attribution | None:
    """Look at the sentence after, if it says no more than who spoke."""
    tokens = place.tokens
    low = place.last + 1
    high = min(len(tokens), low + 8)
    for verb in range(low, high):
        if tokens[verb].text in (".", ","):
            return None
        if is_cue(tokens, verb) and tokens[verb].lower in SPEECH_VERBS:
            phrase = phrases.subject_of(tokens, verb, low)
            return phrase and Attribution(Kind.LOOSE_AFTER, place.paragraph, tokens, phrase)
    return None
