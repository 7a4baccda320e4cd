"""From the words of an attribution to the person: names, pronouns and descriptions."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from stance.records import Span
from stance.speakers.antecedents import Antecedents, Spoken
from stance.speakers.descriptions import Descriptions
from stance.speakers.evidence import Attribution, Kind
from stance.speakers.names import People, Person
from stance.speakers.narration import Narration, Token, WordClass
from stance.speakers.phrases import links_body
from stance.words import classes
from stance.words.cues import AUTHORED_NOUNS, inflect, word_set

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

LABELS = word_set("""
q a claim now then note update updated fact quote headline question answer verdict view
""")
"""Words before a colon that label a text and name no one."""

BYLINE_REACH = 600
"""Characters at the head of an article in which its byline stands."""

_BYLINE = re.compile(r"^By:? (?P<name>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){1,3})\b", re.MULTILINE)

_KIN = frozenset(["son", "daughter", "wife", "husband", "brother", "sister", "father", "mother"])

_COMPANIES = word_set("""
company firm organization organisation group paper newspaper magazine outlet network agency
publication site website broadcaster bank giant network startup
""")
"""Nouns for a body that "the" refers back to."""

_ANYONE = frozenset(("source", "person", "individual"))
"""Nouns for someone unnamed whom the sentence before calls something else."""

OBJECT_REACH = 3
"""Tokens after a pronoun's verb in which the object of "he told Roe" stands."""

LONGEST_LABEL = 6
"""Tokens of a name and its colon at the head of a turn."""

LONGEST_NAME = 40
"""Characters back to where a name that a pronoun interrupts begins."""

_ASKING = inflect("ask")
_MASCULINE = frozenset(("he", "him", "his"))
_OFFICES = word_set("state defense defence homeland national foreign staff energy treasury")
"""Words after "of" that belong to the title of the person named next ("secretary of state X")."""


class Coreference:
    """Finds out who is meant, statement by statement in text order."""

    def __init__(self, narration: Narration, people: People) -> None:
        """Start at the beginning of an article."""
        self._narration = narration
        self._people = people
        self._descriptions = Descriptions(narration, people)
        self._antecedents = Antecedents(narration, people, self._described_person)
        self._last: tuple[int, Source] | None = None
        self._asked: Attribution | None = None

    def resolve(self, attribution: Attribution) -> Source:
        """Return whom an attribution means."""
        tokens = attribution.tokens[slice(*attribution.phrase)]
        if tokens[-1].lower in LABELS:
            return NOBODY
        if len(tokens) == 1 and tokens[0].kind is _K.PRONOUN:
            source = self._pronoun(attribution, tokens[0])
        else:
            source = self._named(tokens) or self._described(attribution, tokens)
        return source

    def protagonist(self) -> tuple[Attribution, Source] | None:
        """Return whom the whole article is about, where it first names them, or None."""
        person = self._people.protagonist()
        if person is None:
            return None
        start, end = person.mentions[0]
        paragraph = self._narration.paragraph_at(start)
        phrase = (
            self._narration.token_at(paragraph, start),
            self._narration.token_at(paragraph, end - 1) + 1,
        )
        tokens = self._narration.tokens(paragraph)
        source = Source(Means.NAME, person.name, person)
        return Attribution(Kind.LISTED, paragraph, tokens, phrase), source

    def remember(self, offset: int, attribution: Attribution, source: Source) -> None:
        """Note who spoke last, and where, for the pronouns that follow."""
        self._last = (offset, source)
        self._asked = attribution if _asks(attribution) and source.person else None

    def _named(self, tokens: list[Token]) -> Source | None:
        """Resolve a phrase whose head is a name."""
        head = _head(tokens)
        if not head:
            return None
        mentions = self._people.mentioned(head[0].start, head[-1].end)
        if mentions and mentions[-1][0][1] >= head[-1].end:
            return Source(Means.NAME, self._joined(mentions), mentions[-1][1])
        if head[-1].kind is not _K.NAME or _is_role(head):
            return None
        words = _trailing_names(head)
        person = self._people.find(tuple(token.text for token in words))
        person = person or self._people.find((words[-1].text.title(),))
        if person is not None:
            return Source(Means.NAME, person.name, person)
        return Source(Means.ALONE, _description(self._narration.text, tokens))

    def _joined(self, mentions: list[tuple[Span, Person]]) -> str:
        """Return the last name of some, or the last two where both speak ("Roe and Sen. Doe")."""
        (_, last), name = mentions[-1], mentions[-1][1].name
        if len(mentions) == 1 or mentions[-2][1] is last:
            return name
        between = self._narration.masked[mentions[-2][0][1] : mentions[-1][0][0]].lower().split()
        titled = all(word.rstrip(".") in classes.TITLES for word in between[1:])
        both = between[:1] == ["and"] and titled
        return f"{mentions[-2][1].name} and {name}" if both else name

    def _described(self, attribution: Attribution, tokens: list[Token]) -> Source:
        """Resolve a description such as "the Russian foreign minister"."""
        head = _head(tokens)
        owner = self._owner(head)
        if owner is not None:
            return owner
        if head and _is_definite(head):
            found = self._definite(attribution, head)
            if found is not None:
                return found
        return Source(Means.DESCRIPTION, _description(self._narration.text, tokens))

    def _definite(self, attribution: Attribution, head: list[Token]) -> Source | None:
        """Resolve a description that refers to someone or something named before."""
        noun = head[-1]
        if noun.lower in AUTHORED_NOUNS:
            found = self._descriptions.author(noun)
            if found is None:
                return None
            source = self.resolve(attribution._replace(tokens=found[0], phrase=found[1]))
            return source._replace(means=Means.ROLE)
        unnamed = self._introduced(head)
        if unnamed is not None:
            return unnamed
        if noun.lower in _COMPANIES and all(token.kind is _K.WORD for token in head[1:-1]):
            body = self._descriptions.body(head)
            if body is not None:
                return Source(Means.DESCRIPTION, body)
        if not _is_role(head):
            return None
        person = self._descriptions.person(head)
        if person is None and _refers_back(head):
            excluded = self._descriptions.excluded(head)
            person = self._antecedents.find(head[0].start, None, self._spoken(), excluded)
        return None if person is None else Source(Means.ROLE, person.name, person)

    def _introduced(self, head: list[Token]) -> Source | None:
        """Resolve "the official" to "a senior official", or "the person" to "a former aide"."""
        introduced = self._descriptions.introduced(head[-1])
        if introduced is not None:
            return Source(Means.DESCRIPTION, introduced)
        unnamed = self._unnamed(head[0]) if head[-1].lower in _ANYONE else None
        return None if unnamed is None else unnamed._replace(means=Means.DESCRIPTION)

    def _owner(self, head: list[Token]) -> Source | None:
        """Resolve whose statement speaks, in "Roe's statement said" and "her tweet read"."""
        if len(head) < 2 or head[-1].lower not in AUTHORED_NOUNS:
            return None
        if head[0].lower in ("his", "her"):
            gender = "m" if head[0].lower == "his" else "f"
            person = self._antecedents.find(head[0].start, gender, self._spoken())
            return None if person is None else Source(Means.PRONOUN, person.name, person)
        for at in range(len(head) - 1, 0, -1):
            if head[at].kind is _K.POSSESSIVE:
                return self._named(head[:at])
        return None

    def _pronoun(self, attribution: Attribution, token: Token) -> Source:
        if token.lower in ("i", "we", "you"):
            return self._turn(attribution) if token.lower == "i" else NOBODY
        if token.lower in ("it", "they"):
            return self._body(attribution, token)
        unnamed = self._unnamed(token)
        if unnamed is not None:
            return unnamed
        gender = "m" if token.lower in _MASCULINE else "f"
        barred = self._barred(attribution)
        barred = [*barred, *self._questioner(attribution)]
        person = self._antecedents.find(token.start, gender, self._spoken(), barred)
        return NOBODY if person is None else Source(Means.PRONOUN, person.name, person)

    def _turn(self, attribution: Attribution) -> Source:
        """Resolve "I" to whose turn the paragraph of a transcript is ("ROE: When I said …")."""
        tokens = attribution.tokens
        for at in range(1, min(LONGEST_LABEL, len(tokens))):
            if tokens[at].text == ":":
                if any(token.kind is not _K.NAME for token in tokens[:at]):
                    return NOBODY
                label = attribution._replace(phrase=(0, at))
                return self.resolve(label)._replace(means=Means.PRONOUN)
        return self._author()

    def _author(self) -> Source:
        """Resolve "I" to whom a byline at the head of the article names."""
        byline = _BYLINE.search(self._narration.article, 0, BYLINE_REACH)
        if byline is None:
            return NOBODY
        person = self._people.find(tuple(byline["name"].split()))
        return NOBODY if person is None else Source(Means.PRONOUN, person.name, person)

    def _unnamed(self, token: Token) -> Source | None:
        """Resolve "he added" after "…, a senior official said"."""
        found = self._antecedents.unnamed(token.start)
        if found is None:
            return None
        tokens = found[0][slice(*found[1])]
        head = _head(tokens)
        if head[-1].lower not in classes.GENERIC_NOUNS or not _is_role(head):
            return None
        if head[0].kind is not _K.DETERMINER or self._described_person(tokens) is not None:
            return None
        introduced = _is_definite(head) and self._descriptions.introduced(head[-1])
        name = introduced or _description(self._narration.text, tokens)
        return Source(Means.PRONOUN, name)

    def _described_person(self, tokens: list[Token]) -> Person | None:
        """Return the named person whom a description such as "the minister" means."""
        head = _head(tokens)
        if not (head and _is_definite(head) and _is_role(head)):
            return None
        return self._descriptions.person(head)

    def _barred(self, attribution: Attribution) -> list[Person]:
        """Return whom a pronoun cannot mean: in "Roe, he told Doe, will …" neither Roe nor Doe."""
        tokens, (begin, end) = attribution.tokens, attribution.phrase
        if end >= len(tokens) or tokens[end].kind is not _K.CUE:
            return []
        last = end + 1
        while last < min(len(tokens), end + 1 + OBJECT_REACH) and tokens[last].kind is _K.NAME:
            last += 1
        barred = self._people.mentioned(tokens[end].end, tokens[last - 1].end)
        interrupts = last < len(tokens) and tokens[begin - 1].text == tokens[last].text == ","
        if begin > 1 and interrupts:
            before = tokens[begin - 2]
            named = self._people.mentioned(before.start - LONGEST_NAME, before.end)
            barred = barred + [one for one in named if one[0][1] == before.end]
        return [person for _, person in barred]

    def _questioner(self, attribution: Attribution) -> list[Person]:
        """Return who asked the question that the paragraph before ends with, unless named since.

        "“Why?” Roe asked." is not followed by "“Because,” he said." of Roe.
        """
        if self._asked is None or self._last is None or self._last[1].person is None:
            return []
        asked, person = self._asked, self._last[1].person
        tags = attribution.kind in (Kind.AFTER, Kind.BETWEEN)
        if not tags or attribution.paragraph != asked.paragraph + 1:
            return []
        since = self._people.mentioned(asked.span[1], attribution.span[0])
        return [] if any(one is person for _, one in since) else [person]

    def _spoken(self) -> Spoken | None:
        """Return the statement before, if a person said it."""
        if self._last is None or self._last[1].person is None:
            return None
        return Spoken(self._last[0], self._last[1].person)

    def _body(self, attribution: Attribution, token: Token) -> Source:
        """Resolve "it" and "they" to a body or several people."""
        found = self._antecedents.body(token.start)
        if found is None:
            return NOBODY
        tokens = found[0][slice(*found[1])]
        if token.lower == "they" and any(token.lower == "and" for token in tokens):
            return Source(Means.PRONOUN, _description(self._narration.text, tokens))
        source = self.resolve(attribution._replace(tokens=found[0], phrase=found[1]))
        return source._replace(means=Means.PRONOUN)


def _asks(attribution: Attribution) -> bool:
    """Tell whether the verb beside a source is one of asking; the next to speak answers."""
    tokens, (begin, end) = attribution.tokens, attribution.phrase
    beside = tokens[max(0, begin - 1) : begin] + tokens[end : end + 1]
    return any(token.lower in _ASKING for token in beside)


def _head(tokens: list[Token]) -> list[Token]:
    """Return a phrase without what a preposition adds to its head noun."""
    for at, token in enumerate(tokens):
        if token.kind is _K.PREPOSITION and at:
            office = token.lower == "of" and tokens[at + 1].lower in _OFFICES
            if not (office or links_body(tokens, at)):
                return tokens[:at]
    return tokens


def _is_definite(head: list[Token]) -> bool:
    """Tell whether a phrase begins with "the" or, like "Russia's envoy", with a country."""
    if head[0].lower in ("the", "that"):
        return True
    return len(head) > 2 and head[1].kind is _K.POSSESSIVE and head[0].text in classes.PLACES


def _is_role(head: list[Token]) -> bool:
    """Tell whether a phrase is headed by a word such as "minister", capitalised or not."""
    last = head[-1]
    nouns = classes.TITLES | classes.PERSON_NOUNS
    described = head[0].kind is _K.DETERMINER and last.lower in nouns
    return last.kind is _K.ROLE or described


def _refers_back(head: list[Token]) -> bool:
    """Tell whether a description of no one's known role can mean whoever is in focus.

    "The lawmaker" can, and "the president's son"; "the source" means someone unnamed, "the French
    envoy" and "the mayor's lawyer" someone else.
    """
    noun = head[-1].lower
    if noun not in classes.PERSON_NOUNS or noun in classes.GENERIC_NOUNS:
        return False
    owned = noun not in _KIN and any(token.kind is _K.POSSESSIVE for token in head)
    return not owned and not any(token.lower in classes.NATIONS for token in head)


def _trailing_names(tokens: list[Token]) -> list[Token]:
    at = len(tokens)
    while at > 0 and tokens[at - 1].kind is _K.NAME:
        at -= 1
    return tokens[at:]


def _description(text: str, tokens: list[Token]) -> str:
    """Return a phrase as the text has it, an indefinite article in lower case."""
    words = " ".join(text[tokens[0].start : tokens[-1].end].split())
    first, _, rest = words.partition(" ")
    return f"{first.lower()} {rest}" if rest and first in ("A", "An") else words
