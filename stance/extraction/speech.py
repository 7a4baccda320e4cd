"""Tell quotations that somebody says from titles, scare quotes and other marked words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from stance.extraction.layout import is_title_case
from stance.extraction.marks import Family
from stance.extraction.narration import Clause, Narration
from stance.extraction.quotations import Quotation
from stance.speakers.cues import CUE_NOUNS, CUE_VERBS, SPEECH_VERBS

_WORD = re.compile(r"\w[\w’'-]*")
_NAMING = re.compile(
    r"\b(?:titled|entitled|headlined|headline|subtitled|subject line|labell?ed|nicknamed|dubbed"
    r"|christened|known as|so-called|hashtag|codenamed|code-named|called themselves"
    r"|(?:the|a|of) (?:word|words|term|terms|phrase|concept|notion|label|name|nickname|category))"
    r"[\s,:]*$",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:book|novel|memoir|film|movie|documentary|show|series|program|programme|song|album"
    r"|play|musical|podcast|magazine|host|co-host|author|co-author|episode|segment|sitcom|poem"
    r"|column|blog|newsletter|comedy|drama|hit|anthem|painting"
    r"|(?:ABC|NBC|CBS|CNN|MSNBC|PBS|BBC|HBO|CNBC|Fox|Fox News|Channel)(?:[’']s)?)"
    r"(?: (?:of|on|in|to|called|named))?[\s,:]*$",
)
_BYLINE = re.compile(r"\s*by (?:the )?[A-Z]")
_AS = re.compile(r"\bas (?:being |having been |an? |the |his |her |their )?(?:too |so |very )?$")
_ORDINARY = frozenset("call called calling calls".split())
"""Forms of verbs of saying that by themselves do not report speech (to call a friend)."""
_STANDALONE_ENDS = (".", "!", "?", "…", ",")
_LEAD_IN = re.compile(r"[:,—–]\s*$")
_DASH_NAME = re.compile(r"\s*(?:—|–|--|―)\s*[A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,4}\b")

LONG_WORDS = 6
"""Quotations of this many words or more are taken as statements unless titled."""

LONG_TITLE_WORDS = 25
"""Longest title; anything longer after "entitled" is quoted from the work itself."""

TIGHT_WORDS = 4
"""Words before a quotation within which a cue verb attributes even a single word."""

LAST_WORDS = 5
"""Words at a sentence's end within which a verb of saying attributes all that went before."""

NEAR = 110
"""Characters of narration across which a statement vouches for a fragment beside it."""


class Verdict(Enum):
    """What a quotation is, judged by itself."""

    SPEECH = "speech"
    NAME = "name"
    FRAGMENT = "fragment"


def spoken(
    text: str, quotations: Sequence[Quotation], narrations: Sequence[Narration], primary: Family
) -> list[bool]:
    """Judge the quotations of one paragraph.

    Args:
        text: The article's text.
        quotations: The paragraph's quotations in order.
        narrations: The narration around them, one more than there are quotations.
        primary: The marks that the article quotes in.

    Returns:
        For each quotation whether someone says it.
    """
    said: list[bool] = []
    fragments: list[int] = []
    for first, last in _sentence_groups(narrations):
        clauses = [Clause(narrations[first].lead)]
        clauses += [Clause(narrations[at].tail) for at in range(first + 1, last + 1)]
        reported = any(map(_reports, clauses))
        closing = clauses[-1].plain[-LAST_WORDS:]
        ends_attributed = not (SPEECH_VERBS - _ORDINARY).isdisjoint(closing)
        for quotation, before, after in zip(
            quotations[first:last], clauses, clauses[1:], strict=False
        ):
            verdict = _judge(text, quotation, before, after, primary)
            words = len(text[quotation.start : quotation.end].split())
            vouched = (words > 1 and reported) or before.speaks or ends_attributed
            strict = quotation.family is Family.SINGLE and primary is not Family.SINGLE
            fragment = verdict is Verdict.FRAGMENT
            is_said = verdict is Verdict.SPEECH or (fragment and vouched and not strict)
            said.append(quotation.continues or is_said)
            fragments.append(words if fragment and not strict else 0)
    return _vouched(said, fragments, narrations)


def _vouched(
    said: list[bool], fragments: Sequence[int], narrations: Sequence[Narration]
) -> list[bool]:
    """Accept fragments that share a sentence with a statement, or stand near one."""
    accepted = list(said)
    order = range(len(said))
    for steps in (order, reversed(order)):
        for at in steps:
            beside = at - 1 if steps is order else at + 1
            if accepted[at] or not fragments[at] or not 0 <= beside < len(said):
                continue
            between = narrations[max(at, beside)]
            near = not between.middle and between.length <= NEAR and fragments[at] > 1
            accepted[at] = accepted[beside] and (between.bridge or near)
    return accepted


def _sentence_groups(narrations: Sequence[Narration]) -> list[tuple[int, int]]:
    """Group quotations that share a sentence; return half-open index ranges."""
    groups: list[tuple[int, int]] = []
    first = 0
    for at in range(1, len(narrations)):
        if at == len(narrations) - 1 or not narrations[at].bridge:
            groups.append((first, at))
            first = at
    return groups


def _judge(
    text: str, quotation: Quotation, before: Clause, after: Clause, primary: Family
) -> Verdict:
    """Judge one quotation by the narration next to it.

    Args:
        text: The article's text.
        quotation: A quotation in it.
        before: Narration of the same sentence up to the quotation.
        after: Narration of the same sentence from the quotation on.
        primary: The marks that the article quotes in; other single marks prove little.
    """
    quoted = text[quotation.start : quotation.end]
    words = _WORD.findall(quoted)
    attributed = _is_attributed(quoted, before, after)
    if _is_name(quoted, words, before, after, attributed=attributed):
        return Verdict.NAME
    if attributed or not CUE_VERBS.isdisjoint(before.plain[-TIGHT_WORDS:]):
        return Verdict.SPEECH
    if quotation.family is Family.SINGLE and primary is not Family.SINGLE:
        return Verdict.FRAGMENT
    if len(words) >= LONG_WORDS or _stands_alone(quoted, words, before, after):
        return Verdict.SPEECH
    if _AS.search(before.text[-40:]) and not CUE_VERBS.isdisjoint(before.plain):
        return Verdict.SPEECH
    return Verdict.FRAGMENT


def _is_name(
    quoted: str, words: list[str], before: Clause, after: Clause, *, attributed: bool
) -> bool:
    """Tell whether the quoted words are a title, a name or a term rather than an utterance."""
    if quoted.endswith(",") and _BYLINE.match(after.text):
        return True
    near = before.text[-60:]
    if _NAMING.search(near):
        return len(words) <= LONG_TITLE_WORDS and ". " not in quoted
    of_work = _WORK.search(near) is not None
    if is_title_case(words):
        return of_work or not (attributed or quoted.endswith(("!", "?")))
    return of_work and len(words) < LONG_WORDS and not attributed


def is_signed(after: str) -> bool:
    """Tell whether the words after a quotation are a dash and a name (—Jane Roe)."""
    return _DASH_NAME.match(after) is not None


def _is_attributed(quoted: str, before: Clause, after: Clause) -> bool:
    """Tell whether `she said:` goes right before or `, she said` follows right after."""
    if _LEAD_IN.search(before.text):
        near = before.plain[-8:]
        if not (CUE_VERBS.isdisjoint(near) and CUE_NOUNS.isdisjoint(near)):
            return True
    if is_signed(after.text):
        return True
    ends = quoted.endswith((",", "!", "?", "—", "-")) or after.text.startswith(",")
    return ends and not SPEECH_VERBS.isdisjoint(after.plain[:8])


def _stands_alone(quoted: str, words: list[str], before: Clause, after: Clause) -> bool:
    """Tell whether a quotation is a sentence by itself, or opens one as only speech does."""
    if before.text.strip() or not quoted[:1].isupper() or not quoted.endswith(_STANDALONE_ENDS):
        return False
    return not after.text.strip() or len(words) > 2


def _reports(clause: Clause) -> bool:
    """Tell whether a clause reports speech: a verb of saying, or words like "in an interview"."""
    return clause.speaks or not CUE_NOUNS.isdisjoint(clause.plain)
