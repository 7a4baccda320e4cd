"""From the words of an attribution to the person: names, pronouns and descriptions."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from stance.speakers import lexicon, roles
from stance.speakers.antecedents import Antecedents, Spoken
from stance.speakers.cues import word_set
from stance.speakers.evidence import Attribution
from stance.speakers.names import People, Person
from stance.speakers.narration import Narration, Token, WordClass

_K = WordClass


class Means(Enum):
    """How the words of an attribution led to a name."""

    NAME = "name"
    ALONE = "name that the article gives only here"
    PRONOUN = "pronoun"
    ROLE = "description of a named person"
    DESCRIPTION = "description of an unnamed source"
    NOTHING = "nothing"


class Source(NamedTuple):
    """Who the words of an attribution stand for: a named person or a description."""

    means: Means
    name: str | None
    person: Person | None = None


NOBODY = Source(Means.NOTHING, None)

_MASCULINE = frozenset(("he", "him", "his"))
_FEMININE = frozenset(("she", "her"))
_OFFICES = word_set(
    "state defense defence homeland national foreign staff energy treasury"
)
"""Words after "of" that belong to the title of the person named next ("secretary of state X")."""


class Coreference:
    """Finds out who is meant, statement by statement in text order."""

    def __init__(self, narration: Narration, people: People) -> None:
        """Start at the beginning of an article."""
        self._narration = narration
        self._people = people
        self._antecedents = Antecedents(narration, people)
        self._words: dict[int, frozenset[str]] = {}
        self._last: tuple[int, Source] | None = None

    def resolve(self, attribution: Attribution) -> Source:
        """Return whom an attribution means."""
        tokens = attribution.tokens[slice(*attribution.phrase)]
        if len(tokens) == 1 and tokens[0].kind is _K.PRONOUN:
            source = self._pronoun(attribution, tokens[0])
        else:
            source = self._named(tokens) or self._described(attribution, tokens)
        return source

    def remember(self, offset: int, source: Source) -> None:
        """Note who spoke last, and where, for the pronouns that follow."""
        self._last = (offset, source)

    def _named(self, tokens: list[Token]) -> Source | None:
        """Resolve a phrase whose head is a name."""
        head = _head(tokens)
        if not head:
            return None
        mentions = self._people.mentioned(head[0].start, head[-1].end)
        if mentions and mentions[-1][0][1] >= head[-1].end:
            person = mentions[-1][1]
            return Source(Means.NAME, person.name, person)
        if head[-1].kind is not _K.NAME or _is_role(head):
            return None
        words = _trailing_names(head)
        person = self._people.find(
            tuple(token.text for token in words)
        ) or self._people.find((words[-1].text.title(),))
        if person is not None:
            return Source(Means.NAME, person.name, person)
        return Source(Means.ALONE, _description(self._narration.text, tokens))

    def _described(self, attribution: Attribution, tokens: list[Token]) -> Source:
        """Resolve a description such as "the Russian foreign minister"."""
        text = _description(self._narration.text, tokens)
        head = _head(tokens)
        if head and head[0].lower in ("the", "that") and _is_role(head):
            person = self._person_described(attribution, head)
            if person is not None:
                return Source(Means.ROLE, person.name, person)
        return Source(Means.DESCRIPTION, text)

    def _person_described(
        self, attribution: Attribution, head: list[Token]
    ) -> Person | None:
        noun = head[-1].lower
        wanted = {token.lower for token in head if token.kind is not _K.DETERMINER}
        best, best_score = None, 0.0
        position = head[0].start
        for person in self._people.everyone():
            words = self._role_words(person)
            if noun not in words:
                continue
            score = _role_score(person, wanted, words, position)
            if score > best_score:
                best, best_score = person, score
        return best

    def _role_words(self, person: Person) -> frozenset[str]:
        found = self._words.get(id(person))
        if found is None:
            found = self._words[id(person)] = roles.role_words(person, self._narration)
        return found

    def _pronoun(self, attribution: Attribution, token: Token) -> Source:
        if token.lower in ("i", "we", "you"):
            return NOBODY
        if token.lower in ("it", "they"):
            return self._last_body()
        gender = "m" if token.lower in _MASCULINE else "f"
        person = self._antecedents.find(token.start, gender, self._spoken())
        return NOBODY if person is None else Source(Means.PRONOUN, person.name, person)

    def _spoken(self) -> Spoken | None:
        """Return the statement before, if a person said it."""
        if self._last is None or self._last[1].person is None:
            return None
        return Spoken(self._last[0], self._last[1].person)

    def _last_body(self) -> Source:
        if self._last is None or self._last[1].person is not None:
            return NOBODY
        return Source(Means.PRONOUN, self._last[1].name)


def _head(tokens: list[Token]) -> list[Token]:
    """Return a phrase without what a preposition adds to its head noun."""
    for at, token in enumerate(tokens):
        if token.kind is _K.PREPOSITION and at:
            office = token.lower == "of" and tokens[at + 1].lower in _OFFICES
            if not office:
                return tokens[:at]
    return tokens


def _is_role(head: list[Token]) -> bool:
    """Tell whether a phrase is headed by a word such as "minister", capitalised or not."""
    last = head[-1]
    described = head[0].kind is _K.DETERMINER and last.lower in lexicon.TITLES
    return last.kind is _K.ROLE or described


def _trailing_names(tokens: list[Token]) -> list[Token]:
    at = len(tokens)
    while at > 0 and tokens[at - 1].kind is _K.NAME:
        at -= 1
    return tokens[at:]


def _role_score(
    person: Person, wanted: set[str], words: frozenset[str], position: int
) -> float:
    """Rate how well a person's roles fit a description, the nearest mention before it best."""
    missing = sum(word in lexicon.DEMONYMS and word not in words for word in wanted)
    overlap = len(wanted & words)
    before = [start for start, _ in person.mentions if start < position]
    distance = (position - before[-1]) / 2000 if before else 2.0
    return overlap - 0.75 * missing - min(distance, 0.9) + min(person.count, 20) / 100


def _description(text: str, tokens: list[Token]) -> str:
    """Return a phrase as the text has it, an indefinite article in lower case."""
    words = " ".join(text[tokens[0].start : tokens[-1].end].split())
    first, _, rest = words.partition(" ")
    return f"{first.lower()} {rest}" if rest and first in ("A", "An") else words
