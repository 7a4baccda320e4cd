"""Tell quotations that somebody says from titles, scare quotes and other marked words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stance.extraction.layout import is_title_case
from stance.extraction.narration import Clause, Narration
from stance.extraction.quotations import Quotation
from stance.speakers.cues import CUE_NOUNS, CUE_VERBS, SPEECH_VERBS

_WORD = re.compile(r"\w[\w’'-]*")
_NAMED = re.compile(
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
_STANDALONE_ENDS = (".", "!", "?", "…")
_LEAD_IN = re.compile(r"[:,—–]\s*$")
_DASH_NAME = re.compile(r"\s*(?:—|–|--|―)\s*[A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,4}\b")

LONG_WORDS = 6
"""Quotations of this many words or more are taken as statements unless titled."""

TIGHT_WORDS = 4
"""Words before a quotation within which a cue verb attributes even a single word."""


def is_spoken(
    quoted: str, before: Clause, after: Clause, sentence: Sequence[Clause], *, follows: bool
) -> bool:
    """Tell whether a quotation is something that someone is reported to have said or written.

    Args:
        quoted: The quoted words.
        before: Narration of the same sentence up to the quotation.
        after: Narration of the same sentence from the quotation on.
        sentence: All narration of the sentence, across the other quotations in it.
        follows: Whether a statement goes right before in the same paragraph.
    """
    words = _WORD.findall(quoted)
    attributed = _attributed_after(quoted, after) or _leads_in(before)
    if not attributed and is_named(quoted, words, before):
        return False
    if len(words) >= LONG_WORDS or attributed:
        return True
    if _DASH_NAME.match(after.text):
        return True
    if not before.text.strip():
        complete = quoted[:1].isupper() and quoted.endswith(_STANDALONE_ENDS)
        if complete and (follows or not after.text.strip()):
            return True
    if _has_tight_cue(before):
        return True
    return len(words) >= 2 and any(map(_reports, sentence))


def is_named(quoted: str, words: list[str], before: Clause) -> bool:
    """Tell whether the quoted words are a title, a name or a term rather than an utterance."""
    if _NAMED.search(before.text[-60:]):
        return not _is_long_speech(quoted, words)
    if is_title_case(words):
        return not quoted.endswith(("!", "?")) or bool(_WORK.search(before.text[-60:]))
    return bool(_WORK.search(before.text[-60:])) and len(words) < LONG_WORDS


def _is_long_speech(quoted: str, words: list[str]) -> bool:
    return len(words) > 25 or ". " in quoted


def _attributed_after(quoted: str, after: Clause) -> bool:
    """Tell whether `, she said` or the like follows the quotation."""
    if not quoted.endswith((",", "!", "?", "—", "-")) and not after.text.startswith(","):
        return False
    return not SPEECH_VERBS.isdisjoint(after.lowered[:8])


def _leads_in(before: Clause) -> bool:
    """Tell whether a cue verb and a colon or comma stand right before the quotation."""
    if not _LEAD_IN.search(before.text):
        return False
    near = before.lowered[-8:]
    return not CUE_VERBS.isdisjoint(near) or not CUE_NOUNS.isdisjoint(near)


def _has_tight_cue(before: Clause) -> bool:
    return not CUE_VERBS.isdisjoint(before.lowered[-TIGHT_WORDS:])


def _reports(clause: Clause) -> bool:
    """Tell whether a clause reports speech: a verb of saying, or words like "in an interview"."""
    return clause.speaks or not CUE_NOUNS.isdisjoint(clause.lowered)


def spoken(
    text: str, quotations: Sequence[Quotation], narrations: Sequence[Narration]
) -> list[bool]:
    """Judge the quotations of one paragraph.

    Args:
        text: The article's text.
        quotations: The paragraph's quotations in order.
        narrations: The narration around them, one more than there are quotations.

    Returns:
        For each quotation whether someone says it.
    """
    verdicts: list[bool] = []
    for first, last in _sentence_groups(quotations, narrations):
        clauses = [Clause(narrations[first].lead)]
        clauses += [Clause(narrations[at].tail) for at in range(first + 1, last + 1)]
        for at in range(first, last):
            quotation = quotations[at]
            verdict = quotation.continues or is_spoken(
                text[quotation.start : quotation.end],
                clauses[at - first],
                clauses[at - first + 1],
                clauses,
                follows=bool(verdicts and verdicts[-1]),
            )
            verdicts.append(verdict)
    return verdicts


def _sentence_groups(
    quotations: Sequence[Quotation], narrations: Sequence[Narration]
) -> list[tuple[int, int]]:
    """Group quotations that share a sentence; return half-open index ranges."""
    groups: list[tuple[int, int]] = []
    first = 0
    for at in range(1, len(quotations) + 1):
        if at == len(quotations) or not narrations[at].bridge:
            groups.append((first, at))
            first = at
    return groups
