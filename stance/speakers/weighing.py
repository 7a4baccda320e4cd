"""Which evidence counts more where a sentence has some before a quotation and some after it."""

from __future__ import annotations

from stance.speakers.evidence import Attribution, Kind, Place
from stance.speakers.narration import Token, WordClass, ends_sentence, is_cue
from stance.words.cues import SPEECH_VERBS

NEAR = 3
"""Tokens that may stand between a verb and the quotation that is its object ("called it …")."""

_K = WordClass
_FINISHED = frozenset((",", ".", "?", "!", "…", "-", "–", "—"))
_ELSEWHERE = frozenset(("but", "while", "though", "although", "whereas", "and", "yet", "a", "an"))
_RELAYING = frozenset(("report", "reports", "reported", "write", "writes", "wrote"))


def runs_on(place: Place, before: Attribution, between: Attribution) -> bool:
    """Tell whether a sentence with a source goes on after its first, unfinished quotation.

    What stands between two pieces is then the speaker's own sentence: "Roe was “glad” the envoy
    was speaking up and “hoped” for more".
    """
    tokens, first = place.tokens, place.first
    if before.kind not in (Kind.BEFORE, Kind.ACCORDING) or tokens[first].lower in _FINISHED:
        return False
    return not _closes(between, before, first) and not any(
        ends_sentence(tokens, at) for at in range(first, between.phrase[0])
    )


def outweighs(place: Place, before: Attribution, after: Attribution) -> bool:
    """Tell whether the evidence before a quotation is stronger than a clause after it."""
    if before.kind in (Kind.SUBJECT, Kind.POSSESSIVE):
        return False
    tokens, first = place.tokens, place.first
    said = _said_between(tokens, before.phrase[1], first)
    near = any(is_cue(tokens, at) for at in range(max(0, first - 1 - NEAR), first))
    if after.kind is Kind.ACCORDING:
        return said or near or before.kind is Kind.ACCORDING
    elsewhere = _goes_elsewhere(place, after)
    if not elsewhere and (_closes(after, before, first) or _opens_with_as(after)):
        return False
    if elsewhere or _leads_in(tokens[first - 1].lower, after, said=said):
        return True
    ends = tokens[place.last].lower
    if ends == "," and _tags(after):
        return said and _relays(after)
    return near or ends not in (",", "?", "!")


def _leads_in(opener: str, after: Attribution, *, said: bool) -> bool:
    """Tell whether the token before a quotation ties it to what goes before."""
    if opener == "that":
        return said
    return opener in (":", "if", "whether") or (opener == "," and (said or not _tags(after)))


def _goes_elsewhere(place: Place, after: Attribution) -> bool:
    """Tell whether what follows a quotation is a clause of its own ("…, but Roe denied it").

    So is an apposition to it, as in "…, an allusion to what Roe says".
    """
    at = place.last + 1
    if after.paragraph != place.paragraph or at >= after.phrase[0]:
        return False
    at += place.tokens[at].text == ","
    return at < after.phrase[0] and place.tokens[at].lower in _ELSEWHERE


def _tags(after: Attribution) -> bool:
    """Tell whether a clause is its source and a verb of saying, with nothing between."""
    tokens, (begin, end) = after.tokens, after.phrase
    if begin > 0 and tokens[begin - 1].kind is _K.CONJUNCTION:
        return False
    return _said_between(tokens, max(0, begin - 1), begin) or _said_between(tokens, end, end + 1)


def _closes(after: Attribution, before: Attribution, first: int) -> bool:
    """Tell whether a lone tag ends its sentence, as in "He saw “a plot” in it, Roe said."."""
    tokens, (begin, end) = after.tokens, after.phrase
    tag = tokens[begin - 1].text == "," and _said_between(tokens, end, end + 1)
    plain = tag and not _relays(after) and not _said_between(before.tokens, before.phrase[1], first)
    return plain and ends_sentence(tokens, min(end + 1, len(tokens) - 1))


def _relays(after: Attribution) -> bool:
    """Tell whether a clause names those who report what someone else said."""
    tokens, (begin, end) = after.tokens, after.phrase
    if tokens[begin].kind is _K.PRONOUN:
        return False
    return any(token.lower in _RELAYING for token in tokens[max(0, begin - 1) : end + 1])


def _said_between(tokens: list[Token], low: int, high: int) -> bool:
    return any(
        tokens[at].lower in SPEECH_VERBS and is_cue(tokens, at)
        for at in range(low, min(high, len(tokens)))
    )


def _opens_with_as(after: Attribution) -> bool:
    begin = after.phrase[0]
    return begin > 0 and after.tokens[begin - 1].lower == "as"
