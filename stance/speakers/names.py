"""The people an article names, and the fullest name it gives each of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field

from stance.records import Span
from stance.speakers import lexicon
from stance.speakers.cues import SPEECH_VERBS
from stance.speakers.first_names import FEMALE_FIRST_NAMES, MALE_FIRST_NAMES
from stance.speakers.narration import Narration

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻŃŅŇŌŐŒŘŚŞŠŤŪŮŰŲŹŻŽ"
_PARTICLES = "|".join(sorted(lexicon.PARTICLES, key=len, reverse=True))
_STOPPED = "|".join(sorted(word.title() for word in lexicon.ABBREVIATED_TITLES))
_WORD = (
    rf"(?:[{_UPPER}]\.(?:[{_UPPER}]\.)*|(?:{_STOPPED})\."
    rf"|(?:al-|el-|d['’]|d[aei]|la)?[{_UPPER}]\w*(?:[-‐‑'’](?!s\b)\w+)*)"
)
_SEQUENCE = re.compile(
    rf"\b{_WORD}(?:[ \u00a0](?:(?:{_PARTICLES})[ \u00a0]){{0,2}}{_WORD})*"
)
_PARTY_TAG = re.compile(r"\s?,?\s?\(?(?P<party>[RDI])[-–—.][A-Z]")
_TITLE_PAIR = re.compile(rf"(?=\b([{_UPPER}]\w+) ([{_UPPER}][\w'’-]+))")

_PRONOUN = re.compile(r"\b(?:(?P<masculine>he|him|his)|she|her|hers)\b", re.IGNORECASE)

MENTIONS_READ = 10
PRONOUN_REACH = 120
"""Mentions of a person, and characters after each, that are read for a pronoun."""

MAX_NAME_WORDS = 4
"""Longer runs of capitals are headlines or bodies, not people."""

_NICKNAMES = {
    "bill": "william", "bob": "robert", "rob": "robert", "mike": "michael", "joe": "joseph",
    "jim": "james", "tom": "thomas", "chuck": "charles", "dick": "richard", "rick": "richard",
    "ted": "edward", "ed": "edward", "dan": "daniel", "dave": "david", "steve": "steven",
    "ben": "benjamin", "tim": "timothy", "ron": "ronald", "don": "donald", "jeff": "jeffrey",
    "greg": "gregory", "chris": "christopher", "andy": "andrew", "tony": "anthony",
    "ken": "kenneth", "larry": "lawrence", "jack": "john", "sergey": "sergei",
    "dmitri": "dmitry", "alexey": "alexei", "matt": "matthew", "nick": "nicholas",
    "rudy": "rudolph", "mitch": "mitchell", "jerry": "jerrold", "sam": "samuel",
    "pat": "patrick", "liz": "elizabeth", "kate": "katherine", "debbie": "deborah",
}  # fmt: skip


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
        if self.titles & {
            "ms",
            "mrs",
            "miss",
            "congresswoman",
            "spokeswoman",
            "chairwoman",
        }:
            return "f"
        if self.titles & {"mr", "sir", "lord", "congressman", "spokesman", "chairman"}:
            return "m"
        if len(self.words) > 1:
            first = self.words[0]
            if first in FEMALE_FIRST_NAMES:
                return "f"
            if first in MALE_FIRST_NAMES:
                return "m"
        return self.pronouns


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words with its titles stripped: what may be a person's name."""

    words: tuple[str, ...]
    titles: frozenset[str]
    offset: int


def surname_of(words: tuple[str, ...]) -> str:
    """Return the last word of a name that is no suffix, in lower case."""
    for word in reversed(words):
        if word.lower().rstrip(".") not in lexicon.NAME_SUFFIXES:
            return word.lower()
    return words[-1].lower()


def has_suffix(words: tuple[str, ...]) -> bool:
    """Tell whether a name ends in Jr., Sr. or a number."""
    return words[-1].lower() in lexicon.NAME_SUFFIXES


_NOT_NAMES = lexicon.FUNCTION_WORDS | lexicon.CALENDAR | lexicon.DETERMINERS
_BEFORE_NAMES = lexicon.TITLES | lexicon.DEMONYMS | _NOT_NAMES


def parse_name(sequence: str) -> Name | None:
    """Strip titles and other words from a run of capitalised words.

    Args:
        sequence: Words separated by single spaces, such as "Russian President Vladimir Putin".

    Returns:
        The name that is left, "Vladimir Putin" with the titles "president" and "russian", or
        None where what is left cannot be a person's name.
    """
    words = sequence.replace("\u00a0", " ").split(" ")
    begin = 0
    for at, word in enumerate(words[:-1]):
        if word.lower().rstrip(".") in lexicon.TITLES and not _first_name_at(words, at):
            begin = at + 1
    while begin < len(words) - 1 and _strippable(words, begin):
        begin += 1
    begin = _first_name_from(words, begin)
    kept = _without_links(words[begin:])
    while len(kept) > 1 and kept[-1].lower() in _NOT_NAMES:
        kept.pop()
    if not _can_be_person(kept):
        return None
    titles = frozenset(word.lower().rstrip(".") for word in words[:begin])
    offset = sum(
        len(word) + 1 for word in sequence.replace("\u00a0", " ").split(" ")[:begin]
    )
    return Name(tuple(kept), titles, offset)


def _first_name_from(words: list[str], begin: int) -> int:
    """Return where a known first name stands if other words go before it, else `begin`."""
    if not _first_name_at(words, begin):
        for at in range(begin + 1, len(words) - 1):
            if _first_name_at(words, at):
                return at
    return begin


def _without_links(words: list[str]) -> list[str]:
    """Cut a name off that some sites repeat in a longer form before their links."""
    if len(words) > 2 and _first_name_at(words, 0) and not _first_name_at(words, 1):
        repeated = words[2] == words[0] or (len(words) > 3 and _first_name_at(words, 2))
        return words[:2] if repeated else words
    return words


def _first_name_at(words: list[str], at: int) -> bool:
    return words[at] in MALE_FIRST_NAMES or words[at] in FEMALE_FIRST_NAMES


def _strippable(words: list[str], at: int) -> bool:
    """Tell whether a word before a name is no part of it."""
    word = words[at]
    if _first_name_at(words, at):
        return False
    if word in lexicon.PLACES or word in lexicon.ORGANISATION_WORDS:
        return True
    if len(word) > 3 and word.isupper():
        return True
    lower = word.lower()
    return (
        lower in _BEFORE_NAMES
        or lower.rstrip(".") in _BEFORE_NAMES
        or lower in SPEECH_VERBS
        or (lower.endswith(("ly", "ing")) and len(word) > 5)
    )


def _can_be_person(words: list[str]) -> bool:
    """Tell whether words without titles can be a name: of a person, not of a body or place."""
    if len(words) > MAX_NAME_WORDS + 1:
        return False
    last = words[-1] if words[-1].lower() not in lexicon.NAME_SUFFIXES else words[0]
    known = len(words) > 1 and _first_name_at(words, 0)
    if last in lexicon.SURNAMES_TOO:
        return known or len(words) == 1
    if (
        last.lower() in _NOT_NAMES
        or last in lexicon.PLACES
        or last in lexicon.ORGANISATION_WORDS
    ):
        return False
    if len(words) == 1:
        return not (last.lower() in _BEFORE_NAMES or last.isupper())
    if last.lower() in lexicon.TITLES and not known:
        return False
    if last.isupper() and len(last) > 2:
        return False
    return not any(word in lexicon.ORGANISATION_WORDS for word in words[1:])


class People:
    """The people whom an article names, with every mention in its narration."""

    def __init__(self, narration: Narration, title: str | None) -> None:
        """Collect the people of an article; its headline helps to full names."""
        self._parsed: dict[str, Name | None] = {}
        self._by_surname: dict[str, list[Person]] = {}
        self._by_words: dict[tuple[str, ...], Person] = {}
        occurrences = self._occurrences(narration)
        self._collect_full_names(occurrences, title or "")
        self._collect_surnames(occurrences)
        self._starts: list[int] = []
        self._mentions: list[tuple[Span, Person]] = []
        self._collect_mentions(narration, occurrences)
        for person in self.everyone():
            if person.gender is None:
                person.pronouns = _pronouns_after(narration.masked, person.mentions)

    def _parse(self, sequence: str) -> Name | None:
        if sequence not in self._parsed:
            self._parsed[sequence] = parse_name(sequence)
        return self._parsed[sequence]

    def _occurrences(self, narration: Narration) -> list[tuple[int, Name]]:
        found = []
        for match in _SEQUENCE.finditer(narration.unlinked):
            name = self._parse(match.group())
            if name is not None and not _is_thing(narration.text, match.start(), name):
                found.append((match.start() + name.offset, name))
        return found

    def _collect_full_names(
        self, occurrences: list[tuple[int, Name]], title: str
    ) -> None:
        counts: Counter[tuple[str, ...]] = Counter()
        surnames = {name.words[-1] for _, name in occurrences}
        for _, name in occurrences:
            if len(name.words) > 1:
                counts[name.words] += 1
        for match in _TITLE_PAIR.finditer(title):
            first, last = (
                match.group(1),
                match.group(2).removesuffix("'s").removesuffix("’s"),
            )
            known_first = first in MALE_FIRST_NAMES or first in FEMALE_FIRST_NAMES
            if known_first and last in surnames:
                counts[first, last] += 1
        for words, count in counts.items():
            self._add(words, count)

    def _add(self, words: tuple[str, ...], count: int) -> None:
        """Count a full name for the person it belongs to, a new one if none fits."""
        surname = surname_of(words)
        for person in self._by_surname.get(surname, ()):
            if _same_person(person.words, words):
                person.count += count
                if len(words) > len(person.words):
                    person.words = words
                self._by_words[words] = person
                return
        person = Person(words, count)
        self._by_surname.setdefault(surname, []).append(person)
        self._by_words[words] = person

    def _collect_surnames(self, occurrences: list[tuple[int, Name]]) -> None:
        """Add those who are never named in full but with a title, as in "Mr. Lavrov"."""
        for _, name in occurrences:
            if len(name.words) == 1 and name.titles & lexicon.TITLES:
                surname = name.words[0].lower()
                if surname not in self._by_surname:
                    person = Person(name.words)
                    self._by_surname[surname] = [person]
                    self._by_words[name.words] = person

    def _collect_mentions(
        self, narration: Narration, occurrences: list[tuple[int, Name]]
    ) -> None:
        for start, name in occurrences:
            person = self.find(name.words, name.titles)
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

    def find(
        self, words: tuple[str, ...], titles: frozenset[str] = frozenset()
    ) -> Person | None:
        """Return the person that a name, full or partial, stands for in this article."""
        exact = self._by_words.get(words)
        if exact is not None and len(words) > 1:
            return exact
        candidates = self._by_surname.get(surname_of(words))
        if candidates is None:
            return exact or self._by_first_name(words)
        if len(words) > 1:
            matching = [
                person for person in candidates if _same_person(person.words, words)
            ]
            return matching[0] if matching else None
        return _most_prominent(_of_gender(candidates, titles)) or self._namesake(words)

    def _namesake(self, words: tuple[str, ...]) -> Person:
        """Add someone known by surname alone, of another gender than the people of that name."""
        person = self._by_words.get(words)
        if person is None:
            person = self._by_words[words] = Person(words)
        return person

    def _by_first_name(self, words: tuple[str, ...]) -> Person | None:
        if len(words) != 1:
            return None
        named = [
            person
            for people in self._by_surname.values()
            for person in people
            if len(person.words) > 1 and person.words[0] == words[0]
        ]
        return max(named, key=lambda person: person.count) if named else None

    def everyone(self) -> list[Person]:
        """Return all people, in no particular order."""
        return [person for people in self._by_surname.values() for person in people]

    def mentioned(self, start: int, end: int) -> list[tuple[Span, Person]]:
        """Return the mentions in the narration that begin within a range, in text order."""
        return self._mentions[
            bisect_left(self._starts, start) : bisect_right(self._starts, end - 1)
        ]


def _is_thing(text: str, start: int, name: Name) -> bool:
    """Tell from an article before it that a run of capitals names no person ("the Marine Corps")."""
    if (
        len(name.words) < 2
        or name.titles
        or text[max(0, start - 4) : start].lower() != "the "
    ):
        return False
    return not _first_name_at(list(name.words), 0)


def _is_mention(text: str, start: int, end: int, name: Name) -> bool:
    """Tell whether a surname stands for a person and not for a date or a body of that name."""
    if text[end : end + 2].strip().isdigit():
        return False
    if len(name.words) > 1 or name.titles or name.words[0] not in lexicon.SURNAMES_TOO:
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
    if first == second or _NICKNAMES.get(first, first) == _NICKNAMES.get(
        second, second
    ):
        return True
    if len(one) == 1 or len(other) == 1:
        return True
    return (first[1:] == "." or second[1:] == ".") and first[0] == second[0]


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


_FAMOUS = frozenset((("Donald", "trump"), ("Barack", "obama"), ("Vladimir", "putin")))
"""Whom news of the last decade means by a bare surname even in an article on a namesake."""


def _prominence(person: Person) -> tuple[bool, bool, int]:
    famous = (person.words[0], person.surname) in _FAMOUS
    return not has_suffix(person.words), famous, person.count
