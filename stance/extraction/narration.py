"""The narration around quotations: which words share a sentence with a quotation, who is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from stance.extraction.quotations import Quotation
from stance.records import Span
from stance.words.classes import GENERIC_NOUNS
from stance.words.cues import CUE_NOUNS, CUE_VERBS, SPEECH_VERBS, word_set

_ABBREVIATIONS = word_set(
    """
    mr mrs ms dr prof fr rev hon sen sens rep reps gov govs gen col lt maj capt cmdr adm sgt sr jr
    st jan feb mar apr jun jul aug sept sep oct nov dec inc corp co ltd vs no etc al vol dept
    ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb
    nev okla ore pa tenn tex va vt wash wis wyo spc atty amb pres vt
    """
)
_BOUNDARY = re.compile(r"(?<!\w)(\w*)[.!?…][\"”’')\]]*(\s+)(?=[\"“‘'(\[—–-]*[A-Z0-9])")
_BLANKED = re.compile(r" {3,}")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_STOPS = (".", "!", "?", "…")

_NOT_NAMES = word_set(
    """
    a an the he she they it we i you his her their its our my this that these those there then and
    but or so yet if as at in on of for from by to with when while after before since because
    although though though still also later earlier now today meanwhile however instead
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december mr mrs ms dr sen rep gov gen president
    secretary minister senator said says told asked added according what who why how
    """
)
_INDEFINITE = word_set("a an one another")
_IN_THEIR_VIEW = re.compile(r"\bin (?:his|her|their) (?:view|words|opinion)\b")
_PRONOUNS = word_set("he she they it i we")
_AFTER_VERBS = _PRONOUNS - {"it"}
"""Pronouns that are a subject even after their verb (said he), where "it" is an object."""
_OPENERS = _PRONOUNS | word_set("and but then so yet later still however also")

NEAR_VERB = 3
"""Words before a verb among which its subject ends."""

MAX_CLAUSE = 400
"""Characters of narration that are read on either side of a quotation."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of narration between two quotations, or beside one, cut at sentence ends.

    `tail` goes on with the sentence of the quotation before, `lead` begins the sentence of the
    one after; `bridge` says that they are one and the same, and `middle` that whole sentences
    stand between them.
    """

    tail: str
    lead: str
    bridge: bool
    middle: bool

    @property
    def length(self) -> int:
        """Length in characters of what stands in the sentences of the two quotations."""
        return len(self.tail) if self.bridge else len(self.tail) + len(self.lead)


@dataclass(frozen=True)
class Clause:
    """Narration in one sentence, read for cue words and names."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        """The words in order, as written."""
        return _WORD.findall(self.text)

    @cached_property
    def lowered(self) -> list[str]:
        """The words in order, in lower case."""
        return [word.lower() for word in self.words]

    @cached_property
    def plain(self) -> list[str]:
        """The words in order, those in capitals blanked except at the start (United States)."""
        return [
            "" if at and word[0].isupper() else word.lower() for at, word in enumerate(self.words)
        ]

    @cached_property
    def speaks(self) -> bool:
        """Whether a verb of saying stands in it."""
        return not SPEECH_VERBS.isdisjoint(self.plain)

    @cached_property
    def cites(self) -> bool:
        """Whether "according to" or a noun such as "interview" stands in it."""
        return "according" in self.plain or not CUE_NOUNS.isdisjoint(self.plain)

    @cached_property
    def names(self) -> frozenset[str]:
        """Capitalised words that can be part of a name."""
        return _names(self.words)

    @cached_property
    def sources(self) -> frozenset[str]:
        """Names beside the first cue verb, before it or else right after it, and the last.

        An unnamed source such as "a reporter" counts where no name does.
        """
        cue = next((at for at, word in enumerate(self.plain) if word in CUE_VERBS), None)
        if cue is None:
            return frozenset()
        last = self._cues[-1]
        before, after = self.words[:cue], self.words[cue + 1 : cue + 5]
        beside = _names(before) or _unnamed(before)
        if not beside and not self.opens_by_pronoun:
            beside = _names(after) or _unnamed(after)
        return beside | _names(self.words[max(last - NEAR_VERB, 0) : last])

    @cached_property
    def opens_by_pronoun(self) -> bool:
        """Whether a personal pronoun is the subject of its first verb of saying, or a cue verb."""
        return self._is_by_pronoun(self._cues[:1])

    @cached_property
    def ends_by_pronoun(self) -> bool:
        """Whether a personal pronoun is the subject of its last verb of saying, or a cue verb.

        A pronoun that begins it is the subject of all its verbs.
        """
        begins = not _PRONOUNS.isdisjoint(self.lowered[:2]) and self.lowered[0] in _OPENERS
        return (begins and bool(self._cues)) or self._is_by_pronoun(self._cues[-1:])

    @cached_property
    def _cues(self) -> list[int]:
        """Where its verbs of saying stand, or else its other cue verbs."""
        words = self.plain
        said = [at for at, word in enumerate(words) if word in SPEECH_VERBS]
        return said or [at for at, word in enumerate(words) if word in CUE_VERBS]

    def _is_by_pronoun(self, cues: Sequence[int]) -> bool:
        """Tell whether a pronoun is the subject of a verb, adverbs and auxiliaries between."""
        for cue in cues:
            if not cue and not _AFTER_VERBS.isdisjoint(self.lowered[1:2]):
                return True
            before = self.words[max(cue - NEAR_VERB, 0) : cue]
            subjects = [word for word in before if word.lower() in _PRONOUNS or _names((word,))]
            if subjects and subjects[-1].lower() in _PRONOUNS:
                return True
        return _IN_THEIR_VIEW.search(self.text) is not None


def _names(words: Sequence[str]) -> frozenset[str]:
    return frozenset(
        word.removesuffix("’s").removesuffix("'s")
        for word in words
        if word[0].isupper() and word.lower() not in _NOT_NAMES
    )


def _unnamed(words: Sequence[str]) -> frozenset[str]:
    """Return the noun of a source such as "a young reporter", which is not told by its name."""
    for at, word in enumerate(words):
        if word.lower() in _INDEFINITE:
            nouns = GENERIC_NOUNS.intersection(words[at + 1 : at + 1 + NEAR_VERB])
            if nouns:
                return nouns
    return frozenset()


def narration(text: str, span: Span, before: Quotation | None, after: Quotation | None) -> Stretch:
    """Cut the narration between two quotations of a paragraph into the sentences around them.

    Args:
        text: The article's text.
        span: The paragraph.
        before: The quotation that the stretch follows; None at the paragraph's start.
        after: The quotation that it goes before; None at the paragraph's end.

    Returns:
        The stretch; only `MAX_CLAUSE` characters next to each quotation are read.
    """
    start = before.outer[1] if before else span[0]
    end = after.outer[0] if after else span[1]
    stretch = _BLANKED.sub(" ", text[start:end])
    if len(stretch) > 2 * MAX_CLAUSE:
        head, foot = stretch[:MAX_CLAUSE], stretch[-MAX_CLAUSE:]
        return Stretch(_first(head, before, text), _last(foot), bridge=False, middle=True)
    sentences = _sentences(stretch)
    fresh = before is None or _is_fresh(stretch, text[before.start : before.end])
    open_end = not stretch.rstrip().endswith(_STOPS)
    if not fresh and open_end and len(sentences) <= 1:
        return Stretch(stretch, stretch, bridge=True, middle=False)
    tail = "" if fresh or not sentences else sentences.pop(0)
    lead = sentences.pop() if sentences and open_end else ""
    return Stretch(tail, lead, bridge=False, middle=bool(sentences))


def _first(head: str, before: Quotation | None, text: str) -> str:
    if before is None or _is_fresh(head, text[before.start : before.end]):
        return ""
    return _sentences(head)[0]


def _last(foot: str) -> str:
    return "" if foot.rstrip().endswith(_STOPS) else _sentences(foot)[-1]


def _is_fresh(stretch: str, quoted: str) -> bool:
    """Tell whether a new sentence begins right after a quotation."""
    stripped = stretch.lstrip()
    if stretch.startswith(_STOPS):
        return True
    if not stripped or not quoted.endswith(_STOPS):
        return not stripped and quoted.endswith(_STOPS)
    if not stripped[0].isupper():
        return False
    asked = quoted.endswith(("!", "?")) and not stripped.rstrip().endswith(":")
    ended = stripped.rstrip().endswith(_STOPS) or len(_sentences(stripped)) > 1
    return not (asked or ended) or not _attributes(stripped)


def _attributes(stretch: str) -> bool:
    """Tell whether a stretch after a full stop reads as an attribution: a name, then a cue verb."""
    words = _WORD.findall(stretch[:80])[:5]
    for at, word in enumerate(words):
        if word in SPEECH_VERBS:
            return at > 0
        if not (word[0].isupper() or word in ("the", "of", "a")):
            return False
    return False


def _sentences(stretch: str) -> list[str]:
    """Cut a stretch of narration at its sentence ends."""
    cuts = [0]
    for match in _BOUNDARY.finditer(stretch):
        word = match.group(1)
        if word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper()):
            continue
        cuts.append(match.start(2))
    cuts.append(len(stretch))
    pieces = [stretch[a:b] for a, b in pairwise(cuts)]
    return [piece for piece in pieces if piece.strip(" .,;:—–-")]


def narrations(text: str, span: Span, quotations: Sequence[Quotation]) -> list[Stretch]:
    """Return the narration before, between and after the quotations of one paragraph.

    *Length:* one more than `quotations`.
    """
    edges: list[Quotation | None] = [None, *quotations, None]
    return [narration(text, span, a, b) for a, b in pairwise(edges)]
