"""The description that an article gives of a person: title before the name, apposition after."""

from __future__ import annotations

import re

from stance.speakers.names import Person
from stance.speakers.naming import has_suffix
from stance.speakers.narration import Narration
from stance.words import classes

MAX_ROLE = 100
"""Characters of a role that are kept; it is cut at a word."""

_MENTIONS_READ = 8
"""Mentions of a person that are read for a role: articles introduce people when they first
name them."""

_WORDS_BEFORE = re.compile(r"[\w.'’-]+")
_APPOSITION = re.compile(
    r"(?:\s?\([^()\n]{1,40}\))?,\s(?:who (?:is|was|has been|served as)\s)?"
    r"(?P<role>(?:(?:the|a|an|his|her|its|one of)\s)?"
    r"(?:[^,.;:()—–\n\ue000]|(?<=\b[A-Z])\.){3,140})"
    r"(?=[,.;:()—–\n\ue000]|$)"
)
_ROLE_WORDS = classes.ROLE_NOUNS | classes.TITLES
_SYNONYMS = {
    "sen": ("senator", "lawmaker"),
    "sens": ("senator", "lawmaker"),
    "senator": ("senator", "lawmaker"),
    "rep": ("representative", "congressman", "congresswoman", "lawmaker"),
    "reps": ("representative", "congressman", "lawmaker"),
    "gov": ("governor",),
    "gen": ("general",),
    "president": ("president", "leader"),
    "premier": ("premier", "prime", "minister", "leader"),
    "chancellor": ("chancellor", "leader"),
    "minister": ("minister", "diplomat"),
    "secretary": ("secretary", "diplomat"),
    "ambassador": ("ambassador", "diplomat", "envoy"),
    "spokesperson": ("spokesman", "spokeswoman"),
    "u.s.": ("us", "american"),
    "us": ("u.s.", "american"),
    "american": ("us", "u.s."),
    "russia": ("russia", "russian"),
    "ukraine": ("ukraine", "ukrainian"),
    "britain": ("britain", "british"),
    "germany": ("germany", "german"),
    "france": ("france", "french"),
    "china": ("china", "chinese"),
}


_KNOWN = {
    (
        "Donald",
        "trump",
    ): "president president-elect candidate nominee billionaire businessman mogul"
    " tycoon republican leader us u.s. american",
    ("Barack", "obama"): "president democrat leader us u.s. american outgoing",
    ("Vladimir", "putin"): "president leader russian russia",
}
"""What everyone knows about the people in most articles on the subject, which then leave it out."""

_KNOWN_ALONE = {surname: words for (_, surname), words in _KNOWN.items()}


def role_of(person: Person, narration: Narration) -> str | None:
    """Return the fullest description that the article gives of a person, or None."""
    found = [role for role in _roles(person, narration) if _is_role(role)]
    return max(found, key=len) if found else None


def role_words(person: Person, narration: Narration) -> frozenset[str]:
    """Return the words that the article describes a person with, in lower case, and synonyms."""
    words = set(person.titles)
    if not has_suffix(person.words):
        words.update(_KNOWN.get((person.words[0], person.surname), "").split())
    words.update(_KNOWN_ALONE.get(person.name.lower(), "").split())
    for role in _roles(person, narration):
        words.update(word.lower() for word in _WORDS_BEFORE.findall(role))
    for word in tuple(words):
        words.update(_SYNONYMS.get(word.rstrip("."), ()))
    return frozenset(words)


def is_titled(person: Person, noun: str) -> bool:
    """Tell whether a noun, in lower case, stands before the person's name, also as "Gen."."""
    return any(noun in (title, *_SYNONYMS.get(title, ())) for title in person.titles)


def is_president(words: frozenset[str]) -> bool:
    """Tell whether role words are those of one of the presidents whom everyone knows."""
    return any(words >= frozenset(known.split()) for known in _KNOWN.values())


def _roles(person: Person, narration: Narration) -> list[str]:
    found = []
    for start, end in person.mentions[:_MENTIONS_READ]:
        before = _title_before(narration.masked, start)
        if before:
            found.append(before)
        match = _APPOSITION.match(narration.masked, end)
        if match and _opens_role(match["role"]):
            found.append(_clip(match["role"].strip()))
    return found


def _title_before(masked: str, start: int) -> str:
    """Return the run of title words that ends where a name begins."""
    nearest = masked[max(0, start - 30) : start].split()[-1:]
    if not nearest or not _is_title_word(nearest[0], nearest[0].lower().rstrip(".")):
        return ""
    window = masked[max(0, start - 90) : start]
    tail = re.split(r"[^\w\s.'’-]|\n|(?<=[a-z]{3})\.\s", window)[-1]
    kept: list[str] = []
    for word in reversed(tail.split()):
        lower = word.lower().rstrip(".")
        linking = lower in ("of", "for") and bool(kept)
        if not linking and not _is_title_word(word, lower):
            break
        kept.insert(0, word)
    while kept and kept[0].lower() in ("of", "for"):
        kept.pop(0)
    return " ".join(kept)


def _is_title_word(word: str, lower: str) -> bool:
    if lower in _ROLE_WORDS or lower in classes.DEMONYMS:
        return True
    return word[0].isupper() and lower not in classes.FUNCTION_WORDS and len(word) > 1


def _opens_role(role: str) -> bool:
    """Tell whether the words after a comma describe the person named before it."""
    words = role.lower().split()
    if not words:
        return False
    if words[0] in ("the", "a", "an", "his", "her", "its", "one"):
        return any(word in _ROLE_WORDS for word in words[1:9])
    return words[0] in _ROLE_WORDS or (len(words) > 1 and words[1] in _ROLE_WORDS)


def _is_role(role: str) -> bool:
    words = {word.lower().rstrip(".") for word in role.split()}
    return bool(words & _ROLE_WORDS) and not words <= {"mr", "mrs", "ms"}


def _clip(role: str) -> str:
    if len(role) <= MAX_ROLE:
        return role
    return role[:MAX_ROLE].rsplit(" ", 1)[0]
