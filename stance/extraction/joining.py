"""Tell whether the speaker goes on from one quotation of a paragraph to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stance.extraction.narration import Clause, Narration
from stance.speakers.cues import SPEECH_VERBS

_TURN = re.compile(
    r"(?:\b(?:while|whereas|as|but|and|after|before|though|although)|[;,])\s+"
    r"(?:(?:the|a|an)\s+)?(?:[A-Z][\w.’'-]*\s+){1,5}(?P<verb>[a-z]+)\b"
)

MAX_GAP = 300
"""Characters of narration between two pieces of one statement, at most."""

MAX_PLAIN_GAP = 110
"""The same where the narration between is no attribution."""


def same_speaker(stretches: Sequence[Narration], at: int) -> bool:
    """Tell whether quotation `at` of a paragraph goes on with the statement of the one before.

    Args:
        stretches: The narration before, between and after the paragraph's quotations.
        at: Index of a quotation that has one before it, both someone's words.
    """
    between = stretches[at]
    if between.middle or between.length > MAX_GAP:
        return False
    if between.bridge:
        return not _turns(between.tail)
    tail, lead = Clause(between.tail), Clause(between.lead)
    known = Clause(stretches[at - 1].lead + " " + between.tail)
    own = Clause(stretches[at + 1].tail)
    if lead.text.strip():
        return _goes_on(known, lead) and between.length <= MAX_PLAIN_GAP
    if tail.text.strip() and not tail.speaks and between.length > MAX_PLAIN_GAP:
        return False
    return not _is_other(known, own)


def _goes_on(known: Clause, lead: Clause) -> bool:
    """Tell whether the lead-in of a second piece names the speaker of the first again."""
    if lead.by_pronoun:
        return True
    return lead.speaks and not lead.names.isdisjoint(known.names)


def _is_other(known: Clause, own: Clause) -> bool:
    """Tell whether a second piece has an attribution of its own, to someone else."""
    if not own.speaks or own.by_pronoun or not own.names:
        return False
    return bool(known.names) and known.speaks and own.names.isdisjoint(known.names)


def _turns(bridge: str) -> bool:
    """Tell whether another person takes the word in the middle of a sentence."""
    return any(match["verb"] in SPEECH_VERBS for match in _TURN.finditer(bridge))
