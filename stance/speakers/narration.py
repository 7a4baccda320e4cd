"""An article's narration: the words outside quotation marks, paragraph by paragraph.

Attribution is a matter of narration, so every quotation counts here as one opaque token. Offsets
are those of the article's text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from stance.extraction.furniture import blank_furniture
from stance.records import Span
from stance.words import classes
from stance.words.cues import CUE_NOUNS, CUE_VERBS, SPEECH_VERBS, word_set

PARAGRAPHS_KEPT = 256
"""Paragraphs whose tokens are kept at a time; readings go back a few paragraphs at most."""

WORDS_KEPT = 65_536
LONGEST_KEPT = 40
"""Words whose classes are kept from article to article, and the characters of the longest."""

LONGEST_PARAGRAPH = 20_000
"""Characters of a paragraph; a longer one is read in parts."""

QUOTED = "\ue000"
"""Stands for every quoted character in masked text; a private-use code point."""

SENTENCE_ENDS = frozenset(".!?")
_FRESH = SENTENCE_ENDS | {":", "—", "–", "--"}
_AFTER_ABBREVIATION = frozenset((",", ";", ")", ":"))


class WordClass(Enum):
    """What a token can be in a clause of attribution."""

    QUOTE = "quotation"
    MARK = "punctuation"
    NAME = "capitalised word"
    PRONOUN = "subject pronoun"
    DETERMINER = "determiner"
    PREPOSITION = "preposition"
    CONJUNCTION = "conjunction"
    SUBORDINATOR = "subordinator"
    RELATIVE = "relative pronoun"
    AUXILIARY = "auxiliary"
    ADVERB = "adverb or word of time"
    CUE = "verb of attribution"
    ROLE = "noun for a speaker"
    POSSESSIVE = "possessive ending"
    WORD = "any other word"


class Token(NamedTuple):
    """One word, mark or quotation of the narration.

    `lower` is the word in lower case; of a quotation, its last character inside the marks.
    """

    start: int
    end: int
    text: str
    lower: str
    kind: WordClass


def _word_classes() -> dict[str, WordClass]:
    """Return the class of every known lower-case word; later sets win."""
    sets = (
        (classes.ROLE_NOUNS, WordClass.ROLE),
        (CUE_VERBS, WordClass.CUE),
        (classes.ADVERBS | classes.CALENDAR, WordClass.ADVERB),
        (classes.SUBORDINATORS, WordClass.SUBORDINATOR),
        (classes.PREPOSITIONS, WordClass.PREPOSITION),
        (classes.CONJUNCTIONS, WordClass.CONJUNCTION),
        (classes.DETERMINERS, WordClass.DETERMINER),
        (classes.RELATIVES, WordClass.RELATIVE),
        (classes.AUXILIARIES, WordClass.AUXILIARY),
        (classes.PRONOUNS, WordClass.PRONOUN),
        (frozenset(("'s", "’s", "'", "’")), WordClass.POSSESSIVE),
        (frozenset(("no.", "nos.")), WordClass.WORD),
    )
    return {word: kind for words, kind in sets for word in words}


_CLASSES = _word_classes()

_ALWAYS_FUNCTION = frozenset(
    (
        WordClass.PRONOUN,
        WordClass.DETERMINER,
        WordClass.PREPOSITION,
        WordClass.CONJUNCTION,
        WordClass.SUBORDINATOR,
        WordClass.RELATIVE,
    )
)
"""Classes that a capital letter does not turn into a name, wherever the word stands."""

_NOUNS_TOO = word_set("""
answer appeal attack attribute back blame blast blog boast boom call caption charge cite claim
comment complain counter credit cry demand draw echo email end estimate fault fear feel find fire
highlight hint hope host joke label lament laugh lie mean mention mock note object offer plead
pledge point portray post praise press promise protest push question quip quote rate reason
release remark reply report request respond see share shout signal slam state stress sum support
tease term title tweet urge view voice vow warn welcome worry
""")
"""Verbs of attribution whose base form, with or without -s, is as often a noun or half a name."""

_NOUN_OR_VERB = frozenset(form for base in _NOUNS_TOO for form in (base, base + "s"))

_abbreviations = "|".join(
    sorted(classes.ABBREVIATED_TITLES | {"jan", "feb", "aug", "sept", "oct", "nov", "dec", "vs"})
)
_TOKEN = re.compile(
    rf"""
    [a-z]++(?=[ ,])                             # most words, for speed
    | {QUOTED}+
    | (?:[^\W\d_]\.){{2,}}                      # U.S.
    | (?i:{_abbreviations})\.(?!\w)             # Sen.
    | [^\W\d_]\.(?=\s[^\W\d_])                  # Donald J. Trump
    | \d+(?:[.,:]\d+)+\w*                       # 3:07pm, 1,500
    | (?i:nos?)\.(?=\s?\d)                       # the No. 2
    | [RDI][-‐‑–](?:[A-Z]\.)+ | [RDI][-‐‑–][A-Z]\w+\.?    # R-N.C.
    | ['’](?:s|ll|re|ve|m|d)\b | (?<=s)['’](?=\s)                # possessive
    | @\w+
    | \w+(?:[-‐‑'’&](?!(?:s|ll|re|ve|m|d)\b)\w+)*               # AT&T, co-host
    | --+ | \S
    """,
    re.VERBOSE,
)
_LONE_SUBJECTS = frozenset(("others", "many", "some", "both", "all"))
_PARTY_TAG = re.compile(r"[RDI][-‐‑–][A-Z]")
_NOT_LINE_BREAK = re.compile(r"[^\n]")


class Narration:
    """The narration of one article, tokenised where it is looked at."""

    def __init__(self, text: str, quotations: Iterable[Span], paragraphs: list[Span]) -> None:
        """Mask `quotations`, spans in text order that may overlap, marks included."""
        self.text = text
        self.paragraphs = list(_parts(text, paragraphs))
        self.article = blank_furniture(text)
        self.masked = _mask(self.article, quotations)
        self._starts = [start for start, _ in self.paragraphs]
        self._tokens: dict[int, list[Token]] = {}
        self._sentences: dict[int, list[tuple[int, int]]] = {}

    def paragraph_at(self, offset: int) -> int:
        """Return the index of the paragraph that holds an offset of the text."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def tokens(self, paragraph: int) -> list[Token]:
        """Return the tokens of a paragraph, by its index."""
        found = self._tokens.get(paragraph)
        if found is None:
            if len(self._tokens) >= PARAGRAPHS_KEPT:
                self._tokens.clear()
            found = self._tokens[paragraph] = self._tokenise(*self.paragraphs[paragraph])
        return found

    def sentences(self, paragraph: int) -> list[tuple[int, int]]:
        """Return the half-open token ranges of a paragraph's sentences."""
        found = self._sentences.get(paragraph)
        if found is None:
            found = self._sentences[paragraph] = _split(self.tokens(paragraph))
        return found

    def token_at(self, paragraph: int, offset: int) -> int:
        """Return the index of the last token of a paragraph that starts at or before `offset`."""
        return max(bisect_right(self.tokens(paragraph), offset, key=lambda t: t.start) - 1, 0)

    def is_quoted(self, offset: int) -> bool:
        """Tell whether the character at an offset stands in quotation marks."""
        return self.masked[offset] == QUOTED

    def _tokenise(self, start: int, end: int) -> list[Token]:
        tokens: list[Token] = []
        fresh = True
        for match in _TOKEN.finditer(self.masked, start, end):
            word = match.group()
            begin, end = match.span()
            if word[0] == QUOTED:
                lower, kind = _last_character(self.text, begin, end), WordClass.QUOTE
                word = ""
            else:
                read = _read_often if end - begin <= LONGEST_KEPT else _read
                lower, kind = read(word, fresh)
            tokens.append(Token(begin, end, word, lower, kind))
            fresh = lower in _FRESH
        return tokens


def _parts(text: str, paragraphs: Iterable[Span]) -> Iterator[Span]:
    """Yield paragraphs, long ones cut at white space into parts."""
    for start, end in paragraphs:
        at = start
        while end - at > LONGEST_PARAGRAPH:
            cut = text.rfind(" ", at + 1, at + LONGEST_PARAGRAPH)
            cut = at + LONGEST_PARAGRAPH if cut < 0 else cut
            yield at, cut
            at = cut
        yield at, end


def _mask(text: str, quotations: Iterable[Span]) -> str:
    """Replace every quoted character but line breaks by `QUOTED`, blanked quotations left out."""
    pieces = []
    at = 0
    for start, end in quotations:
        if end <= at or text[start : start + 1] == " ":
            continue
        begin = max(start, at)
        pieces.append(text[at:begin])
        pieces.append(_NOT_LINE_BREAK.sub(QUOTED, text[begin:end]))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _last_character(text: str, start: int, end: int) -> str:
    """Return the last character of a quotation, its closing marks and white space left out."""
    return text[max(start, end - 8) : end].rstrip(" \n\"”’'»)").lstrip()[-1:]


def _read(word: str, fresh: bool) -> tuple[str, WordClass]:
    """Return a word in lower case and its class; `fresh` tells whether it begins a sentence."""
    lower = word.lower()
    return lower, _classify(word, lower, fresh)


_read_often = lru_cache(maxsize=WORDS_KEPT)(_read)


def _classify(word: str, lower: str, fresh: bool) -> WordClass:
    """Return the class of a word; `fresh` tells whether it begins a sentence."""
    known = _CLASSES.get(lower) or _CLASSES.get(lower.rstrip("."))
    if _PARTY_TAG.match(word):
        return WordClass.MARK
    if word[0].isupper():
        return _classify_capitalised(word, lower, known, fresh)
    if known is not None:
        return known
    if word[1:].lower() != word[1:]:
        return WordClass.NAME
    if not word[0].isalnum():
        return WordClass.MARK if word[0] != "@" else WordClass.NAME
    adverb = lower.endswith("ly") and lower not in classes.NOUNS_IN_LY
    return WordClass.ADVERB if adverb else WordClass.WORD


def _classify_capitalised(word: str, lower: str, known: WordClass | None, fresh: bool) -> WordClass:
    if known is None:
        return _classify_opener(lower) if fresh else WordClass.NAME
    if lower == "may" or (len(word) > 1 and word.isupper()):
        return WordClass.NAME
    if known in _ALWAYS_FUNCTION or lower.rstrip(".") in classes.CALENDAR:
        return known
    cue_form = lower.endswith(("ed", "ing")) or lower == "said"
    if not fresh or (known is WordClass.CUE and not cue_form):
        return WordClass.NAME
    return known


def _classify_opener(lower: str) -> WordClass:
    """Return the class of an unknown word that a sentence begins with, given in lower case."""
    if lower in classes.QUANTITIES:
        return WordClass.WORD
    if lower.endswith("ly") and len(lower) > 5:
        return WordClass.ADVERB
    participle = lower.endswith("ing") and len(lower) > 5
    return WordClass.SUBORDINATOR if participle else WordClass.NAME


def _split(tokens: list[Token]) -> list[tuple[int, int]]:
    ends = [at + 1 for at in range(len(tokens)) if ends_sentence(tokens, at)]
    return list(zip([0, *ends], ends, strict=False))


def ends_sentence(tokens: list[Token], index: int) -> bool:
    """Tell whether a sentence ends after the token at `index`.

    A quotation that ends in a full stop, question or exclamation mark ends the sentence as well
    when what follows begins with a capital letter or another quotation.
    """
    token = tokens[index]
    if index + 1 == len(tokens):
        return True
    following = tokens[index + 1]
    if token.text in SENTENCE_ENDS:
        return following.text not in _AFTER_ABBREVIATION and not following.text[:1].islower()
    if token.kind is not WordClass.QUOTE or token.lower not in SENTENCE_ENDS:
        return False
    return following.kind is WordClass.QUOTE or following.text[:1].isupper()


def is_cue(tokens: list[Token], index: int) -> bool:
    """Tell whether the token at `index` is a verb of attribution rather than a like noun."""
    token = tokens[index]
    if token.kind is not WordClass.CUE:
        return False
    before = tokens[index - 1] if index else _NO_TOKEN
    following = tokens[index + 1] if index + 1 < len(tokens) else _NO_TOKEN
    if token.lower.startswith("continu") and _goes_on(token, following):
        return False
    if token.lower in ("asked", "told") and before.lower in _PASSIVE:
        return False
    if token.lower.endswith("ed") and before.lower in ("if", "unless"):
        return False
    if token.lower.endswith("ing") and (
        before.kind is WordClass.DETERMINER or before.lower == "only"
    ):
        return False
    return token.lower not in _NOUN_OR_VERB or _is_verb(before, token, following)


def _goes_on(token: Token, following: Token) -> bool:
    """Tell whether something lasts and no one speaks on ("as protests continue in Moscow")."""
    lasts = not token.lower.endswith("ed") and following.kind is WordClass.PREPOSITION
    return lasts or following.lower == "to"


def _is_verb(before: Token, token: Token, following: Token) -> bool:
    """Tell from the words beside it whether a word that may be a noun is a verb."""
    if before is _NO_TOKEN or before.lower in _LONE_SUBJECTS:
        return True
    if following.kind is WordClass.NAME and closes_speech(before):
        return token.lower in SPEECH_VERBS
    if following.kind in _AFTER_NOUNS:
        return False
    if token.lower in _NOUNS_TOO and before.kind in (WordClass.NAME, WordClass.ROLE):
        return before.lower.endswith("s")
    return before.kind in _BEFORE_VERBS


def closes_speech(token: Token) -> bool:
    """Tell whether a token may stand between what is said and "Roe said"."""
    return token.text == "," or token.kind is WordClass.QUOTE


_NO_TOKEN = Token(0, 0, "", "", WordClass.MARK)
_PASSIVE = frozenset(("was", "were", "been", "being", "is", "are", "when", "if"))
_AFTER_NOUNS = frozenset((WordClass.ROLE, WordClass.NAME, WordClass.CUE, WordClass.POSSESSIVE))
_BEFORE_VERBS = frozenset(
    (
        WordClass.NAME,
        WordClass.PRONOUN,
        WordClass.ADVERB,
        WordClass.ROLE,
        WordClass.RELATIVE,
        WordClass.MARK,
        WordClass.CONJUNCTION,
        WordClass.CUE,
        WordClass.AUXILIARY,
    )
)


def is_cue_noun(token: Token) -> bool:
    """Tell whether a token is a noun for something said or written."""
    return token.lower in CUE_NOUNS
