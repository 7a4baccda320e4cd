"""Whom a description means: "the Russian foreign minister", "the official", "the statement"."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from stance.records import Span
from stance.speakers import clauses, phrases, roles, subjects
from stance.speakers.evidence import sentence_start
from stance.speakers.names import People, Person
from stance.speakers.narration import Narration, Token, WordClass
from stance.speakers.phrases import Phrase
from stance.words import classes
from stance.words.cues import AUTHORED_NOUNS

_K = WordClass

REACH = 1500
"""Characters back to where an unnamed source or a document was introduced."""

MAX_SAME_ROLE = 50
"""People of one role who are compared; no article has as many that matter."""

NAME_REACH = 5000
"""Characters on either side of a name that are searched for it inside a sentence."""

BODY_SENTENCES = 5
"""Sentences back to where a body that a description means was named."""

NAMED_BESIDE = 40
"""Characters on either side of "a spokesman" in which his name stands beside it."""

_OF_PARTY = frozenset(("republican", "democrat"))
"""Nouns that make lawmakers of the states they stand after ("the Ohio Democrat")."""

_FIRST_OF_PARTY = frozenset(("top", "ranking"))
"""Words for the one of a party who leads it in a committee."""

_SPOKESPEOPLE = frozenset(("spokesman", "spokeswoman"))
"""Nouns for people who speak for others, whom news names or not."""

_UNKNOWN_BODY = 0.7
"""What it costs that a description has a capitalised word that is not said of a person."""

FAR = 4000
"""Characters since a person was named, of one who is named only later."""

_HEADS = ("chief", "director", "head")
"""Nouns of one meaning where another word of a description fits ("the FBI chief")."""

_OLDER_DOCUMENTS = 4
"""Times that "the statement" is followed to an earlier mention of it."""


class _Described(NamedTuple):
    """What a description says: its noun, all its words and of these the places and bodies."""

    noun: str
    words: set[str]
    places: set[str]
    bodies: set[str]
    offset: int

    @property
    def is_lawmaker(self) -> bool:
        """Tell whether this is "the Ohio Democrat" or "the top Democrat", who is no president."""
        return self.noun in _OF_PARTY and bool(self.places or self.words & _FIRST_OF_PARTY)

    def of_head(self, noun: str) -> _Described:
        """Return the same description with a noun of the same meaning."""
        return self._replace(noun=noun, words=self.words | {noun})


class Descriptions:
    """Resolves descriptions in one article."""

    def __init__(self, narration: Narration, people: People) -> None:
        """Prepare for an article's people, whose roles are read when first asked for."""
        self._narration = narration
        self._people = people
        self._words: dict[int, frozenset[str]] = {}
        self._by_role: dict[str, list[Person]] | None = None

    def person(self, head: list[Token]) -> Person | None:
        """Return the named person whom a definite description fits best, or None.

        Args:
            head: The description's tokens, without what a preposition adds.
        """
        noun = head[-1].lower
        if noun in classes.BODIES:
            return None
        described = _read(head)
        best, best_score = None, 0.0
        for alike in _HEADS if noun in _HEADS else (noun,):
            for person in self._with_role(alike):
                words = self._words[id(person)]
                if alike != noun and not described.words & words:
                    continue
                score = _fit(described.of_head(alike), person, words)
                if score > best_score:
                    best, best_score = person, score
        return best

    def excluded(self, head: list[Token]) -> list[Person]:
        """Return whom a description cannot mean: no president is "the top Democrat"."""
        if not _read(head).is_lawmaker:
            return []
        presidents = self._with_role("president")
        return [one for one in presidents if roles.is_president(self._words[id(one)])]

    def introduced(self, noun: Token) -> str | None:
        """Return how an unnamed source was introduced: of "the official", "a senior official"."""
        speaks = noun.lower in _SPOKESPEOPLE
        if noun.lower not in classes.GENERIC_NOUNS and not speaks:
            return None
        pattern = _introduction(noun.lower)
        found = None
        for match in pattern.finditer(
            self._narration.masked, max(0, noun.start - REACH), noun.start
        ):
            found = match
        if found is None or (speaks and self._is_named(noun, found.span())):
            return None
        return self._phrase_over(found.span()) if speaks else " ".join(found.group().split())

    def _is_named(self, noun: Token, introduction: Span) -> bool:
        """Tell whether a name stands beside "a spokesman" or someone of that role came later."""
        begin, end = introduction
        named = (one for person in self._with_role(noun.lower) for one, _ in person.mentions)
        if any(begin < one < noun.start for one in named):
            return True
        before = self._people.mentioned(begin - NAMED_BESIDE, begin)
        after = self._people.mentioned(end, end + NAMED_BESIDE)
        apposed = bool(before) and before[-1][0][1] >= begin - len(", ")
        return apposed or (bool(after) and "," in self._narration.masked[end : after[-1][0][0]])

    def _phrase_over(self, introduction: Span) -> str | None:
        """Return the whole phrase that an introduction begins ("a spokesman for the party")."""
        narration, (begin, end) = self._narration, introduction
        paragraph = narration.paragraph_at(begin)
        tokens = narration.tokens(paragraph)
        phrase = phrases.phrase_starting_at(
            tokens, narration.token_at(paragraph, begin), len(tokens)
        )
        if phrase is None or tokens[phrase[1] - 1].end < end:
            return None
        words = " ".join(narration.text[begin : tokens[phrase[1] - 1].end].split())
        return words[0].lower() + words[1:]

    def body(self, head: list[Token]) -> str | None:
        """Return the name of the body that "the company" means: the last that spoke or acted."""
        narration = self._narration
        noun = head[-1]
        paragraph = narration.paragraph_at(noun.start)
        left = BODY_SENTENCES
        while paragraph >= 0 and left:
            tokens = narration.tokens(paragraph)
            for low, high in reversed(narration.sentences(paragraph)):
                if tokens[low].start >= noun.start or not left:
                    continue
                left -= 1
                name = self._named_body(tokens, low, min(high, low + 60), noun.start)
                if name is not None:
                    return name
            paragraph -= 1
        return None

    def _named_body(self, tokens: list[Token], low: int, high: int, before: int) -> str | None:
        """Return the name that is the subject of a sentence if it is no person's and no place's."""
        phrase = subjects.reporter(tokens, low, high) or subjects.clause_subject(tokens, low, high)
        if phrase is None:
            return None
        inside = tokens[slice(*phrase)]
        start, end = inside[0].start, inside[-1].end
        if end > before or inside[-1].text in classes.PLACES or inside[-1].kind is not _K.NAME:
            return None
        if any(token.kind not in (_K.NAME, _K.DETERMINER) for token in inside):
            return None
        if self._people.mentioned(start, end) or not self._is_name(inside):
            return None
        return " ".join(token.text for token in inside)

    def _is_name(self, tokens: list[Token]) -> bool:
        """Tell whether a word has its capital also where no sentence begins."""
        if len(tokens) > 1:
            return True
        inside_sentence = re.compile(rf"[a-z,] {re.escape(tokens[0].text)}\b")
        low, high = max(0, tokens[0].start - NAME_REACH), tokens[0].start + NAME_REACH
        return inside_sentence.search(self._narration.article, low, high) is not None

    def author(self, document: Token) -> tuple[list[Token], Phrase] | None:
        """Return who issued "the statement": the subject of the sentence that introduces it."""
        narration = self._narration
        at = document.start
        for _ in range(_OLDER_DOCUMENTS):
            at = narration.masked.rfind(document.lower, max(0, at - REACH), at)
            if at < 0:
                return None
            paragraph = narration.paragraph_at(at)
            tokens = narration.tokens(paragraph)
            index = narration.token_at(paragraph, at)
            low = sentence_start(tokens, index)
            found = clauses.source_before(tokens, low, index)
            if found is not None and not _is_reference(tokens, found[1]):
                return tokens, found[1]
        return None

    def _with_role(self, noun: str) -> list[Person]:
        """Return people whom the article describes with a noun, `MAX_SAME_ROLE` at most."""
        if self._by_role is None:
            self._by_role = {}
            for person in self._people.everyone():
                words = self._words[id(person)] = roles.role_words(person, self._narration)
                for word in words:
                    people = self._by_role.setdefault(word, [])
                    if len(people) < MAX_SAME_ROLE:
                        people.append(person)
        return self._by_role.get(noun, [])


@cache
def _introduction(noun: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother)\s(?:[\w.’'-]+\s){{0,6}}?{re.escape(noun)}\b"
    )


def _is_reference(tokens: list[Token], phrase: Phrase) -> bool:
    """Tell whether a phrase is "it" or "the statement" again."""
    return tokens[phrase[1] - 1].lower in AUTHORED_NOUNS | {"it", "they"}


def _read(head: list[Token]) -> _Described:
    """Read a description: places and bodies are those before its noun that own nothing."""
    words = {token.lower for token in head if token.kind is not _K.DETERMINER}
    places = _places(head)
    bodies = {
        token.lower
        for token, following in pairwise(head)
        if token.kind is _K.NAME and following.kind is not _K.POSSESSIVE
    }
    known = places | classes.DEMONYMS
    return _Described(head[-1].lower, words, places, bodies - known, head[0].start)


def _places(head: list[Token]) -> set[str]:
    """Return the places that "the Ohio Republican" names before its noun, in lower case."""
    return {
        token.lower
        for token, following in pairwise(head)
        if token.text in classes.PLACES and following.kind is not WordClass.POSSESSIVE
    }


def _fit(described: _Described, person: Person, words: frozenset[str]) -> float:
    """Rate how well a person's roles fit a description, the nearest mention before it best."""
    noun, places = described.noun, described.places
    nations = described.words & classes.NATIONS
    if nations - words or (described.is_lawmaker and roles.is_president(words)):
        return -1.0
    foreign = not nations and bool(words & classes.FOREIGN)
    before = bisect_left(person.mentions, (described.offset, 0))
    since = described.offset - person.mentions[before - 1][0] if before else FAR
    titled = 0.7 if roles.is_titled(person, noun) else 0.0
    elsewhere = 0.6 if foreign or places - words else 0.0
    unknown = _UNKNOWN_BODY if described.bodies - words else 0.0
    return len(described.words & words) + titled - elsewhere - unknown - min(since / 2000, 0.9)
