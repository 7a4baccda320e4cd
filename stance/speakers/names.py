"""The people an article names, and the fullest name it gives each of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from stance.records import Span
from stance.speakers.naming import (
    SEQUENCE,
    UPPER,
    Name,
    has_suffix,
    is_first_name_at,
    parse_name,
    surname_of,
)
from stance.speakers.narration import Narration
from stance.words import classes
from stance.words.cues import word_set
from stance.words.first_names import FEMALE_FIRST_NAMES, MALE_FIRST_NAMES, NICKNAMES

_PARTY_TAG = re.compile(r"\s?,?\s?\(?(?P<party>[RDI])[-–—.][A-Z]")
_PATRONYMIC = re.compile(r"(?:ich|[oe]vna|ichna)$")
_TITLE_PAIR = re.compile(rf"(?=\b([{UPPER}]\w+) ([{UPPER}][\w'’-]+))")

_SAYS = re.compile(
    r"\s(?:also\s|later\s|then\s)?"
    r"(?:said|says|told|added|wrote|tweeted|warned|argued|continued|replied|explained)\b"
)
_PRONOUN = re.compile(r"\b(?:(?P<masculine>he|him|his)|she|her|hers)\b", re.IGNORECASE)

MAX_NAMESAKES = 50
"""People of one surname who are told apart; no article has as many."""

NAMESAKE_REACH = 500
"""Characters after a full name in which the bare surname means its bearer and no namesake."""

BODY_REACH = 20
"""Characters before a run of capitals that hold the body it belongs to ("Council on …")."""

YOUNGER_REACH = 14
"""Characters before a surname in which "younger" stands, as in "the younger Mr. Roe"."""

OUTNUMBERED = 6
"""How often a namesake may be named for each time that the one just named in full is."""

FEW = 5
DOMINANT = 2
"""How often the one whose words a list holds is named at least, and for each time of the next."""

NAMES_KEPT = 32_768
LONGEST_KEPT = 80
"""Runs of capitals whose reading is kept from article to article, and the longest's characters."""

_parse_often = lru_cache(maxsize=NAMES_KEPT)(parse_name)

MENTIONS_READ = 10
PRONOUN_REACH = 120
"""Mentions of a person, and characters after each, that are read for a pronoun."""

_FEMININE_TITLES = word_set("ms mrs miss congresswoman spokeswoman chairwoman queen princess")
_MASCULINE_TITLES = word_set("mr sir lord congressman spokesman king prince")


_FAMOUS = frozenset((("Donald", "trump"), ("Barack", "obama"), ("Vladimir", "putin")))
"""Whom news of the last decade means by a bare surname even in an article on a namesake."""

_FAMOUS_SURNAMES = frozenset(surname for _, surname in _FAMOUS)


@dataclass(slots=True)
class Person:
    """One person of an article.

    `words` is the fullest name, without titles; `count` how often any form of a full name
    occurs; `titles` the lower-case words that stand before the name or in its party tag;
    `pronouns` the gender of the pronouns that follow the name.
    """

    words: tuple[str, ...]
    count: int = 0
    titles: set[str] = field(default_factory=set)
    mentions: list[Span] = field(default_factory=list)
    pronouns: str | None = None

    @property
    def name(self) -> str:
        """The fullest name, in one string."""
        return " ".join(self.words)

    @property
    def surname(self) -> str:
        """The last word of the name that is no suffix such as Jr., in lower case."""
        return surname_of(self.words)

    @property
    def gender(self) -> str | None:
        """`"m"`, `"f"` or None, from titles and first name."""
        if self.titles & _FEMININE_TITLES:
            return "f"
        if self.titles & _MASCULINE_TITLES:
            return "m"
        if len(self.words) > 1:
            first = self.words[0]
            if first in FEMALE_FIRST_NAMES:
                return "f"
            if first in MALE_FIRST_NAMES:
                return "m"
        return "m" if self.name.lower() in _FAMOUS_SURNAMES else self.pronouns


class People:
    """The people whom an article names, with every mention in its narration."""

    def __init__(self, narration: Narration, title: str | None) -> None:
        """Collect the people of an article; its headline helps to full names."""
        self._by_surname: dict[str, list[Person]] = {}
        self._by_words: dict[tuple[str, ...], Person] = {}
        self._by_first: dict[str, Person] | None = None
        occurrences = self._occurrences(narration)
        self._collect_full_names(occurrences, title or "")
        self._collect_surnames(occurrences, narration.masked)
        self._starts: list[int] = []
        self._mentions: list[tuple[Span, Person]] = []
        self._collect_mentions(narration, occurrences)
        for person in self.everyone():
            if person.gender is None:
                person.pronouns = _pronouns_after(narration.masked, person.mentions)

    def _occurrences(self, narration: Narration) -> list[tuple[int, Name]]:
        found = []
        for match in SEQUENCE.finditer(narration.article):
            sequence = match.group()
            parse = _parse_often if len(sequence) <= LONGEST_KEPT else parse_name
            name = parse(sequence)
            if name is not None and not _is_thing(narration.text, match.start(), name):
                found.append((match.start() + name.offset, name))
        return found

    def _collect_full_names(self, occurrences: list[tuple[int, Name]], title: str) -> None:
        counts: Counter[tuple[str, ...]] = Counter()
        surnames = {name.words[-1] for _, name in occurrences}
        for _, name in occurrences:
            if len(name.words) > 1:
                counts[name.words] += 1
        for match in _TITLE_PAIR.finditer(title):
            first = match.group(1)
            last = match.group(2).removesuffix("'s").removesuffix("’s")
            known_first = first in MALE_FIRST_NAMES or first in FEMALE_FIRST_NAMES
            if known_first and last in surnames:
                counts[first, last] += 1
        in_full = {
            name[:2]: name for name in counts if len(name) > 2 and _PATRONYMIC.search(name[1])
        }
        for words, count in counts.most_common():
            whole = in_full.get(words, words)
            self._add(whole, count)
            self._by_words[words] = self._by_words[whole]

    def _add(self, words: tuple[str, ...], count: int) -> None:
        """Count a full name for the person it belongs to, a new one if none fits."""
        surname = surname_of(words)
        namesakes = self._by_surname.setdefault(surname, [])
        for person in namesakes:
            if _same_person(person.words, words):
                person.count += count
                if len(words) > len(person.words):
                    person.words = words
                self._by_words[words] = person
                return
        person = self._by_words[words] = Person(words, count)
        if len(namesakes) < MAX_NAMESAKES:
            namesakes.append(person)

    def _collect_surnames(self, occurrences: list[tuple[int, Name]], text: str) -> None:
        """Add those who are never named in full but with a title or as they speak.

        As in "Mr. Lavrov" and "Lavrov said".
        """
        for start, name in occurrences:
            if len(name.words) > 1 or name.words[0].lower() in self._by_surname:
                continue
            if name.titles & classes.TITLES or _speaks(text, start, name):
                person = Person(name.words)
                self._by_surname[name.words[0].lower()] = [person]
                self._by_words[name.words] = person

    def _collect_mentions(self, narration: Narration, occurrences: list[tuple[int, Name]]) -> None:
        in_full: dict[str, tuple[int, Person]] = {}
        for start, name in occurrences:
            person = self._younger(narration.text, start, name)
            person = person or self._meant(start, name, in_full)
            if person is None:
                continue
            end = start + sum(map(len, name.words)) + len(name.words) - 1
            if not _is_mention(narration.text, start, end, name):
                continue
            person.titles |= name.titles
            tag = _PARTY_TAG.match(narration.text, end)
            if tag:
                party = {"R": "republican", "D": "democrat", "I": "independent"}
                person.titles.add(party[tag["party"]])
            if not narration.is_quoted(start):
                person.mentions.append((start, end))
                self._starts.append(start)
                self._mentions.append(((start, end), person))

    def _younger(self, text: str, start: int, name: Name) -> Person | None:
        """Return who "the younger Mr. Roe" is: the one whose name ends in Jr., if there is one."""
        if len(name.words) > 1 or "younger " not in text[max(0, start - YOUNGER_REACH) : start]:
            return None
        namesakes = self._by_surname.get(surname_of(name.words), ())
        return next((person for person in namesakes if has_suffix(person.words)), None)

    def _meant(
        self, start: int, name: Name, in_full: dict[str, tuple[int, Person]]
    ) -> Person | None:
        """Return whom a name at an offset means: of namesakes, the one just named in full."""
        person = self.find(name.words, name.titles)
        surname = surname_of(name.words)
        if person is None or len(name.words) > 1:
            if person is not None:
                in_full[surname] = start, person
            return person
        at, recent = in_full.get(surname, (-NAMESAKE_REACH, person))
        if recent is person or start - at >= NAMESAKE_REACH or surname in _FAMOUS_SURNAMES:
            return person
        if recent.count * OUTNUMBERED < person.count:
            return person
        return recent if _of_gender([recent], name.titles) else person

    def find(self, words: tuple[str, ...], titles: frozenset[str] = frozenset()) -> Person | None:
        """Return the person that a name, full or partial, stands for in this article."""
        exact = self._by_words.get(words)
        if exact is not None and len(words) > 1:
            return exact
        candidates = self._by_surname.get(surname_of(words))
        if candidates is None:
            return exact or self._by_first_name(words)
        if len(words) > 1:
            matching = [person for person in candidates if _same_person(person.words, words)]
            return matching[0] if matching else None
        if words[0].lower() in _FAMOUS_SURNAMES and not titles & _FEMININE_TITLES:
            candidates = [person for person in candidates if _may_be_famous(person)]
        return _most_prominent(_of_gender(candidates, titles)) or self._namesake(words)

    def _namesake(self, words: tuple[str, ...]) -> Person:
        """Add someone known by surname alone, of another gender than the people of that name."""
        person = self._by_words.get(words)
        if person is None:
            person = self._by_words[words] = Person(words)
            self._by_surname[surname_of(words)].append(person)
        return person

    def _by_first_name(self, words: tuple[str, ...]) -> Person | None:
        if self._by_first is None:
            self._by_first = {}
            for person in sorted(self.everyone(), key=lambda person: person.count):
                if len(person.words) > 1:
                    self._by_first[person.words[0]] = person
        return self._by_first.get(words[0]) if len(words) == 1 else None

    def everyone(self) -> list[Person]:
        """Return all people, in no particular order."""
        return [person for people in self._by_surname.values() for person in people]

    def protagonist(self) -> Person | None:
        """Return whom the article names far more often than anyone else, or None."""
        first, second, *_ = [*sorted(self.everyone(), key=_times_named), _NO_ONE, _NO_ONE]
        named = len(first.mentions)
        return first if named >= max(FEW, DOMINANT * len(second.mentions)) else None

    def mentioned(self, start: int, end: int) -> list[tuple[Span, Person]]:
        """Return the mentions in the narration that begin within a range, in text order."""
        return self._mentions[
            bisect_left(self._starts, start) : bisect_right(self._starts, end - 1)
        ]


def _times_named(person: Person) -> int:
    return -len(person.mentions)


_NO_ONE = Person(())


def _speaks(text: str, start: int, name: Name) -> bool:
    """Tell whether "said" or the like follows a surname that stands alone."""
    if name.titles or name.words[0][1:] != name.words[0][1:].lower():
        return False
    return _SAYS.match(text, start + len(name.words[0])) is not None


def _is_thing(text: str, start: int, name: Name) -> bool:
    """Tell from the words before it that a run of capitals names no person.

    As in "the Marine Corps" and "Council on Foreign Relations".
    """
    if len(name.words) < 2 or name.titles & classes.TITLES or is_first_name_at(name.words, 0):
        return False
    if "the" in name.titles or text[max(0, start - 4) : start].lower() == "the ":
        return True
    before = text[max(0, start - BODY_REACH) : start].split()[-2:]
    return before[1:] in (["for"], ["on"]) and before[0] in classes.ORGANISATION_WORDS


def _is_mention(text: str, start: int, end: int, name: Name) -> bool:
    """Tell whether a surname stands for a person and not for a date or a body of that name."""
    if text[end : end + 2].strip().isdigit():
        return False
    if len(name.words) > 1 or name.titles or name.words[0] not in classes.SURNAMES_TOO:
        return True
    return text[max(0, start - 4) : start].lower() not in ("the ", " in ", " of ")


def _pronouns_after(masked: str, mentions: list[Span]) -> str | None:
    """Return the gender of most of the pronouns that follow a name, or None."""
    votes = 0
    for _, end in mentions[:MENTIONS_READ]:
        match = _PRONOUN.search(masked, end, end + PRONOUN_REACH)
        if match:
            votes += 1 if match["masculine"] else -1
    if not votes:
        return None
    return "m" if votes > 0 else "f"


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two full names of one surname can be the same person's."""
    if has_suffix(one) != has_suffix(other):
        return False
    first, second = one[0].lower(), other[0].lower()
    if first == second or NICKNAMES.get(first, first) == NICKNAMES.get(second, second):
        return True
    if surname_of(one) == first or surname_of(other) == second:  # "Roe", "Roe Jr."
        return True
    return (first[1:2] == "." or second[1:2] == ".") and first[0] == second[0]


def _of_gender(candidates: list[Person], titles: frozenset[str]) -> list[Person]:
    """Keep the people whom Mr. or Mrs. can mean."""
    if titles & {"mrs", "ms", "miss"}:
        return [person for person in candidates if person.gender != "m"]
    if "mr" in titles:
        return [person for person in candidates if person.gender != "f"]
    return candidates


def _most_prominent(candidates: list[Person]) -> Person | None:
    """Choose whom a bare surname means: the one named most, a namesake with Jr. last."""
    return max(candidates, key=_prominence, default=None)


def _prominence(person: Person) -> tuple[bool, bool, int]:
    return not has_suffix(person.words), _is_famous(person), person.count


def _is_famous(person: Person) -> bool:
    known = (person.words[0], person.surname) in _FAMOUS
    return known and not has_suffix(person.words)


def _may_be_famous(person: Person) -> bool:
    return len(person.words) == 1 or _is_famous(person)
