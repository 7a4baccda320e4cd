"""Tell quotations that somebody says from titles, scare quotes and other marked words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from stance.extraction.layout import is_title_case
from stance.extraction.marks import Family
from stance.extraction.narration import Clause, Stretch
from stance.extraction.quotations import Quotation
from stance.words.classes import PERSON_NOUNS, PRONOUNS
from stance.words.cues import CUE_NOUNS, CUE_VERBS, SPEECH_VERBS, inflect

_WORD = re.compile(r"\w[\w’'-]*")
_NAMING = re.compile(
    r"\b(?:titled|entitled|headlined|headline|subtitled|subject line|labell?ed|nicknamed|dubbed"
    r"|christened|known as|so-called|hashtag|codenamed|code-named|called themselves"
    r"|(?:that|this|it)(?:[’']s| is| was) called|something called"
    r"|(?:the|a|of) (?:word|words|term|terms|phrase|concept|notion|label|name|nickname|category))"
    r"[\s,:]*$",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\b[Aa]n? (?:[a-z-]+ )?(?P<noun>[a-z-]+) called\s*$")
"""What a thing is called; a person, or several people, call something else so."""
_WORK = re.compile(
    r"\b(?:book|novel|memoir|film|movie|documentary|show|series|program|programme|song|album"
    r"|play|musical|podcast|magazine|host|co-host|author|co-author|episode|segment|sitcom|poem"
    r"|column|blog|newsletter|comedy|drama|hit|anthem|painting"
    r"|(?:ABC|NBC|CBS|CNN|MSNBC|PBS|BBC|HBO|CNBC|Fox|Fox News|Channel)(?:[’']s)?)"
    r"(?: (?:of|on|in|to|called|named))?[\s,:]*$",
)
_BYLINE = re.compile(r"\s*by (?:the )?[A-Z]")
_AS = re.compile(r"\bas (?:being |having been |an? |the |his |her |their )?(?:too |so |very )?$")
_FIRM = SPEECH_VERBS.difference(
    *map(inflect, ("answer", "call", "caution", "claim", "counter", "hint", "lie", "object")),
    *map(inflect, ("point", "post", "reason", "report", "speculate", "state", "suggest")),
    *map(inflect, ("think", "wonder")),
)
"""Verbs that report the very words, even a single one: not those that are as often nouns, or that
hand on a thought ("others suggest a wave of …")."""
_ATTRIBUTIVE = re.compile(
    r"\s+(?!(?:a|about|after|against|all|an|and|as|at|because|before|between|but|by|during|even|for"
    r"|from|given|here|his|her|if|in|into|is|it|its|like|nor|not|of|on|only|or|over|since|so|than"
    r"|that|the|their|this|though|through|to|toward|towards|under|unless|until|was|were|what|when"
    r"|where|which|while|who|will|with|without|would)\b)[a-z]"
)
"""A noun after a single quoted word, which then names a kind of thing (two "newcomer" classes)."""
_NICKNAME = re.compile(r"[A-Z][\w.’'-]*\s*$")
_STANDALONE_ENDS = (".", "!", "?", "…", ",")
_LEAD_IN = re.compile(r"[:,—–]\s*$")
_DASH_NAME = re.compile(r"\s*(?:—|–|--|―)\s*[A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,4}\b")

# Shares in the notes below: `rows` of the labelled US–Russia training rows are found, `right` of
# the PolNeAR training pieces of 25 characters and more (`short`: under 25) are someone's words.

LONG_WORDS = 5
"""Quotations of this many words or more are taken as statements unless titled.

4: rows 0.990, right 0.985; 5: 0.990, 0.985; 6: 0.989, 0.986; 8: 0.986, 0.987.
"""

LONG_TITLE_WORDS = 25
"""Longest title; anything longer after "entitled" is quoted from the work itself."""

TIGHT_WORDS = 4
"""Words before a quotation within which a cue verb attributes even a single word.

2: rows 0.988, short 0.926; 4: 0.989, 0.922; 6: 0.989, 0.920.
"""

AS_WORDS = 9
"""The same where "as" goes before the quotation (dismissed the new round of talks as "…")."""

LAST_WORDS = 5
"""Words at a sentence's end within which a verb of saying attributes all that went before."""

NEAR = 110
"""Characters of narration across which a statement vouches for a fragment beside it.

0: rows 0.987, short 0.924; 60: 0.988, 0.923; 110: 0.989, 0.922; 200: 0.989, 0.921.
"""


class Case(NamedTuple):
    """A quotation judged by its own sentence.

    Attributes:
        said: Somebody says it.
        shares: If not, it counts as said when a statement stands in the same sentence.
        nears: The same when a statement stands within `NEAR` characters.
    """

    said: bool
    shares: bool = False
    nears: bool = False


def spoken(
    text: str, quotations: Sequence[Quotation], narrations: Sequence[Stretch], primary: Family
) -> list[bool]:
    """Judge the quotations of one paragraph.

    Args:
        text: The article's text.
        quotations: The paragraph's quotations in order.
        narrations: The narration around them, one more than there are quotations.
        primary: The marks that the article quotes in; other single marks prove little.

    Returns:
        For each quotation whether someone says it.
    """
    cases: list[Case] = []
    for first, last in _sentence_groups(narrations):
        clauses = [Clause(narrations[first].lead)]
        clauses += [Clause(narrations[at].tail) for at in range(first + 1, last + 1)]
        sentence = Sentence.of(clauses)
        for at in range(first, last):
            quotation = quotations[at]
            before, after = clauses[at - first], clauses[at - first + 1]
            quoted = text[quotation.start : quotation.end]
            strict = quotation.family is Family.SINGLE and primary is not Family.SINGLE
            case = _judge(quoted, before, after, sentence, strict=strict)
            cases.append(Case(said=True) if quotation.continues else case)
    return _vouched(cases, narrations)


def _vouched(cases: Sequence[Case], narrations: Sequence[Stretch]) -> list[bool]:
    """Accept fragments that share a sentence with a statement, or stand near one."""
    said = [case.said for case in cases]
    forward = [(at, at - 1) for at in range(1, len(cases))]
    backward = [(at, at + 1) for at in reversed(range(len(cases) - 1))]
    for at, beside in forward + backward:
        if said[at] or not said[beside]:
            continue
        between = narrations[max(at, beside)]
        near = not between.middle and between.length <= NEAR
        said[at] = (cases[at].shares and between.bridge) or (cases[at].nears and near)
    return said


def _sentence_groups(narrations: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Group quotations that share a sentence; return half-open index ranges."""
    groups: list[tuple[int, int]] = []
    first = 0
    for at in range(1, len(narrations)):
        if at == len(narrations) - 1 or not narrations[at].bridge:
            groups.append((first, at))
            first = at
    return groups


class Sentence(NamedTuple):
    """What the narration of a whole sentence tells about every quotation in it.

    Attributes:
        reports: It holds a verb of saying, or words like "in an interview", "according to".
        attributes: It ends in an attribution ("…, the mayor said").
    """

    reports: bool
    attributes: bool

    @classmethod
    def of(cls, clauses: Sequence[Clause]) -> Sentence:
        """Read a sentence's stretches of narration."""
        reports = any(clause.speaks or clause.cites for clause in clauses)
        return cls(reports, not _FIRM.isdisjoint(clauses[-1].plain[-LAST_WORDS:]))


def _judge(quoted: str, before: Clause, after: Clause, sentence: Sentence, *, strict: bool) -> Case:
    """Judge one quotation by the narration of its sentence.

    Args:
        quoted: The quoted words.
        before: Narration of the same sentence up to the quotation.
        after: Narration of the same sentence from the quotation on.
        sentence: What the whole sentence tells.
        strict: Whether only words next to the quotation can prove it said.
    """
    words = _WORD.findall(quoted)
    attributed = _is_attributed(quoted, before, after)
    if _is_name(quoted, words, before, after, attributed=attributed):
        return Case(said=False)
    firm = not _FIRM.isdisjoint(before.plain)
    fragment = Case(said=False, shares=not strict, nears=not strict and (firm or len(words) > 1))
    if attributed:
        return Case(said=True)
    if len(words) == 1 and _ATTRIBUTIVE.match(after.text):
        return fragment
    if not CUE_VERBS.isdisjoint(before.plain[-TIGHT_WORDS:]):
        return Case(said=True)
    if strict:
        return fragment
    reported = firm or sentence.attributes or (len(words) > 1 and sentence.reports)
    alone = len(words) >= LONG_WORDS or _stands_alone(quoted, words, before, after)
    return Case(said=True) if reported or alone or _is_appraisal(before) else fragment


def _is_appraisal(before: Clause) -> bool:
    """Tell whether words like "dismissed the talks as" go before."""
    if not _AS.search(before.text[-40:]):
        return False
    return not CUE_VERBS.isdisjoint(before.plain[-AS_WORDS:])


def _is_name(
    quoted: str, words: list[str], before: Clause, after: Clause, *, attributed: bool
) -> bool:
    """Tell whether the quoted words are a title, a name or a term rather than an utterance."""
    if quoted.endswith(",") and _BYLINE.match(after.text):
        return True
    if len(words) < 3 and quoted[:1].isupper() and after.text[:2].strip()[:1].isupper():
        return _NICKNAME.search(before.text[-30:]) is not None
    near = before.text[-60:]
    if _NAMING.search(near) or _is_called(near):
        return len(words) <= LONG_TITLE_WORDS and ". " not in quoted
    of_work = _WORK.search(near) is not None
    if is_title_case(words):
        return of_work or not (attributed or quoted.endswith(("!", "?")))
    return of_work and len(words) < LONG_WORDS and not attributed


def _is_called(before: str) -> bool:
    """Tell whether the words before a quotation are those of "a new committee called"."""
    called = _CALLED.search(before)
    return called is not None and not (
        called["noun"].endswith("s") or called["noun"] in PERSON_NOUNS | PRONOUNS
    )


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
