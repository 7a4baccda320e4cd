"""Tell whether the speaker goes on from one quotation of a paragraph to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stance.extraction.narration import Clause, Stretch
from stance.words import classes
from stance.words.cues import CUE_VERBS, SPEECH_VERBS, inflect

_TURN = re.compile(
    r"(?:\b(?:while|whereas|as|but|and|after|before|though|although)|[;,])\s+"
    r"(?:(?:the|a|an)\s+)?(?:[A-Z][\w.’'-]*\s+){1,5}(?P<verb>[a-z]+)\b"
)
_RELATIVE_TURN = re.compile(
    r",?\s+(?:which|with)\s+(?:[Tt]he\s+)?(?:[A-Z][\w.’'-]*\s+){1,5}(?P<verb>[a-z]+)\b"
)

MAX_GAP = 300
"""Characters of narration between two pieces of one statement, at most: long enough for a name
with its offices; nothing changes on the training rows from 150 to 450."""

MAX_PLAIN_GAP = 110
"""The same where the narration between is no attribution.

Labelled training rows found as one statement: 60: 0.956; 110: 0.963; 250: 0.963.
"""


MAX_CONNECTIVE = 3
"""Words of a lead-in like "But" or "It is" that go on without naming a speaker.

Labelled training rows found as one statement: 0: 0.962; 3: 0.963.
"""

MEMORY = 6
"""Stretches of narration, counted back, that can still name the speaker."""

_POSTS = (
    classes.TITLES
    | classes.DEMONYMS
    | classes.ROLE_NOUNS
    | frozenset(word.lower() for word in classes.ORGANISATION_WORDS)
)
_REPLIES = inflect("reply") | inflect("respond") | inflect("answer")


def same_speaker(stretches: Sequence[Stretch], first: int, last: int, at: int) -> bool:
    """Tell whether a quotation of a paragraph goes on with the statement of the ones before.

    Args:
        stretches: The narration before, between and after the paragraph's quotations.
        first: Index of the first quotation of the statement.
        last: Index of its last quotation so far.
        at: Index of the quotation that may go on with it; what is quoted between `last` and
            `at` is nobody's words but a title or a term.
    """
    between = _merged(stretches[last + 1 : at + 1])
    if between.middle or between.length > MAX_GAP:
        return False
    if between.bridge:
        return not _turns(between.tail)
    tail, lead = Clause(between.tail), Clause(between.lead)
    known = [Clause(stretches[first].lead)]
    known += [Clause(stretch.tail) for stretch in stretches[max(first + 1, at - MEMORY) : at + 1]]
    if lead.text.strip():
        return between.length <= MAX_PLAIN_GAP and _goes_on(known, lead)
    if tail.text.strip() and not tail.speaks and between.length > MAX_PLAIN_GAP:
        return False
    return not _is_other(known, Clause(stretches[at + 1].tail))


def _merged(stretches: Sequence[Stretch]) -> Stretch:
    """Return the narration from one quotation to another as if nothing between were quoted."""
    if len(stretches) == 1:
        return stretches[0]
    cuts = [at for at, stretch in enumerate(stretches) if not stretch.bridge]
    if not cuts:
        whole = " ".join(stretch.tail for stretch in stretches)
        return Stretch(whole, whole, bridge=True, middle=False)
    tail = " ".join(stretch.tail for stretch in stretches[: cuts[0] + 1])
    lead = " ".join(
        [stretches[cuts[-1]].lead, *(stretch.tail for stretch in stretches[cuts[-1] + 1 :])]
    )
    middle = len(cuts) > 1 or stretches[cuts[0]].middle
    return Stretch(tail, lead, bridge=False, middle=middle)


def _goes_on(known: Sequence[Clause], lead: Clause) -> bool:
    """Tell whether the lead-in of a second piece leaves the word with the speaker of the first."""
    if not _REPLIES.isdisjoint(lead.lowered):
        return False
    if lead.ends_by_pronoun or (
        not lead.names | lead.sources and len(lead.words) <= MAX_CONNECTIVE
    ):
        return True
    return any(_overlap(lead.sources, clause.sources) for clause in known)


def _is_other(known: Sequence[Clause], own: Clause) -> bool:
    """Tell whether a second piece has an attribution of its own, to someone else."""
    if not own.speaks or own.opens_by_pronoun or not own.sources:
        return False
    named = [clause.sources for clause in known if clause.sources]
    return bool(named) and not any(_overlap(own.sources, names) for names in named)


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two sources can be one: they share a name that is no post, party or body."""
    own, theirs = ({name for name in names if name.lower() not in _POSTS} for names in (one, other))
    return not (own.isdisjoint(theirs) if own and theirs else one.isdisjoint(other))


def _turns(bridge: str) -> bool:
    """Tell whether another person takes the word in the middle of a sentence."""
    relative = _RELATIVE_TURN.match(bridge)
    if relative and relative["verb"] in CUE_VERBS:
        return True
    return any(match["verb"] in SPEECH_VERBS for match in _TURN.finditer(bridge))
