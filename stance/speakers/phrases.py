"""Noun phrases of sources: where the words for a speaker begin and end.

A phrase is a half-open range of token indexes. Every search stays inside the sentence that its
caller passes, and looks at no more than `MAX_PHRASE` tokens.
"""

from __future__ import annotations

from stance.speakers.narration import Token, WordClass, is_cue
from stance.words.classes import ORGANISATION_WORDS, PERSON_NOUNS, QUANTITIES, TITLES
from stance.words.cues import CUE_NOUNS

Phrase = tuple[int, int]

MAX_PHRASE = 24
"""Tokens; the longest source of PolNeAR's direct quotations that names a person has 21."""

MAX_BRACKETS = 8
"""Tokens in brackets after a name, such as a party and a state, the brackets among them."""

_K = WordClass
_NOMINAL = frozenset((_K.NAME, _K.ROLE, _K.WORD, _K.POSSESSIVE))
_LINKS = frozenset(
    ("of", "for", "at", "from", "in", "with", "on", "to", "outside", "inside", "near")
)
_LINKED = frozenset(("close", "familiar", "democrat", "republican"))
"""Words before such a link that are no nouns for a role, or are capitalised."""

_LONE_DETERMINERS = frozenset(("this", "some", "many", "others", "both", "all", "one", "another"))

_PARTS = _LONE_DETERMINERS | {"several", "most", "none"}

_OPENS_NAME = (_K.NAME, _K.ROLE)

OPENERS = {")": "(", "]": "["}
"""The bracket that opens what each closes."""


def is_name(tokens: list[Token], phrase: Phrase) -> bool:
    """Tell whether a phrase is a name, alone or after a title."""
    kinds = [tokens[at].kind for at in range(*phrase)]
    if kinds[-1] is not _K.NAME:
        return False
    return all(kind in (_K.NAME, _K.ROLE, _K.WORD) for kind in kinds)


def apposed_name(tokens: list[Token], phrase: Phrase, high: int) -> Phrase | None:
    """Find the name in "the envoy, Ivan Petrov, …" for the phrase of the description.

    Returns:
        The phrase of the name, or None where `phrase` is itself a name or none follows it.
    """
    end = phrase[1]
    if is_name(tokens, phrase) or _is_name_of_place(tokens, phrase):
        return None
    if end + 1 >= high or tokens[end].text != "," or tokens[end + 1].kind not in _OPENS_NAME:
        return None
    found = phrase_starting_at(tokens, end + 1, high)
    if found is None:
        return None
    after = after_brackets(tokens, found[1])
    if after + 1 < high and tokens[after].lower == "of" and tokens[after + 1].kind is _K.NAME:
        after += 2  # "Roe (D) of Ohio"
    closes = after >= len(tokens) or tokens[after].text in (",", ".", "—", "–", ":")
    of = next((at for at in range(*found) if tokens[at].lower == "of"), found[1])
    name = found[0], of  # "Senator Roe of Ohio" without the place
    rest = all(tokens[at].kind is _K.NAME for at in range(of + 1, found[1]))
    return name if closes and rest and is_name(tokens, name) else None


def after_brackets(tokens: list[Token], at: int) -> int:
    """Return the index after what stands in brackets at `at`, or `at` where nothing does."""
    if at < len(tokens) and tokens[at].text == "(":
        for closer in range(at + 1, min(len(tokens), at + MAX_BRACKETS)):
            if tokens[closer].text == ")":
                return closer + 1
    return at


def is_bare(tokens: list[Token], phrase: Phrase) -> bool:
    """Tell whether a phrase is a noun for one person or text that nothing goes before.

    Such a noun is a piece of a longer phrase ("a Sept. 14 memo", "which adviser").
    """
    if any(tokens[at].kind not in (_K.ROLE, _K.WORD, _K.CUE) for at in range(*phrase)):
        return False
    pointed_at = phrase[0] > 0 and tokens[phrase[0] - 1].lower == "that"
    if pointed_at or tokens[phrase[0]].text[:1].isupper():
        return False
    last = tokens[phrase[1] - 1]
    return last.lower in PERSON_NOUNS or last.lower in CUE_NOUNS


def _is_name_of_place(tokens: list[Token], phrase: Phrase) -> bool:
    """Tell whether a phrase is "Jane Roe of Mount Vernon", a full name and where she is from."""
    of = next((at for at in range(*phrase) if tokens[at].lower == "of"), phrase[0])
    named = of - phrase[0] > 1 and all(tokens[at].kind is _K.NAME for at in range(phrase[0], of))
    return named and all(tokens[at].kind is _K.NAME for at in range(of + 1, phrase[1]))


def is_noun_like_cue(tokens: list[Token], at: int) -> bool:
    """Tell whether a token is a word such as "report" used as a noun."""
    return tokens[at].kind is _K.CUE and not is_cue(tokens, at)


def phrase_ending_at(tokens: list[Token], last: int, low: int) -> Phrase | None:
    """Find the noun phrase whose last token is `last`.

    Returns:
        The phrase from its determiner or first word on, or None where no noun ends there.
    """
    floor = max(low, last - MAX_PHRASE)
    last = _before_parenthesis(tokens, last, floor)
    if last >= floor and tokens[last].kind is _K.PRONOUN:
        return last, last + 1
    if tokens[last].kind is _K.POSSESSIVE:
        return None
    at = last
    while at >= floor:
        step = _step_left(tokens, at, floor, last)
        if not step:
            break
        at -= step
    begin = at + 1
    if at >= floor and tokens[at].kind is _K.DETERMINER:
        begin = at
    if begin > last or not _is_nominal_phrase(tokens, begin, last + 1):
        return None
    owner = last + 1 < len(tokens) and tokens[last + 1].kind is _K.POSSESSIVE
    return begin if owner else _with_partitive(tokens, begin, floor), last + 1


def _with_partitive(tokens: list[Token], begin: int, floor: int) -> int:
    """Return where "one of" or "some of" begins that goes before a phrase, else `begin`."""
    part = begin - 2 >= floor and tokens[begin - 1].lower == "of"
    return begin - 2 if part and tokens[begin - 2].lower in _PARTS else begin


def _step_left(tokens: list[Token], at: int, floor: int, last: int) -> int:
    """Return how many tokens leftwards from `at` on belong to a phrase, 0 where it begins."""
    kind = tokens[at].kind
    if kind is _K.DETERMINER:
        return 2 if at > floor and _links_determined(tokens, at - 1, floor) else 0
    if kind in _NOMINAL or is_noun_like_cue(tokens, at):
        return 0 if _parts_names(tokens, at, floor, last) else 1
    if at < last and _links_left(tokens, at, floor):
        return 1
    return at - _before_parenthesis(tokens, at, floor)


def _parts_names(tokens: list[Token], at: int, floor: int, last: int) -> bool:
    """Tell whether an unknown word between two names is their verb and not part of a title."""
    if not floor < at < last or tokens[at].kind is not _K.WORD or tokens[at].text[0].isdigit():
        return False
    return tokens[at - 1].kind is _K.NAME and tokens[at + 1].kind is _K.NAME


def _before_parenthesis(tokens: list[Token], last: int, floor: int) -> int:
    """Return the token before a bracketed aside that ends at `last`, or `last` itself."""
    opener = OPENERS.get(tokens[last].text)
    if opener is None:
        return last
    at = last
    while at > floor and tokens[at].text != opener:
        at -= 1
    return at - 1 if at > floor else last


def _links_left(tokens: list[Token], at: int, floor: int) -> bool:
    """Tell whether the word at `at` joins the noun before it to the phrase after it."""
    if at - 1 < floor:
        return False
    token, before = tokens[at], tokens[at - 1]
    if token.lower == "of":
        return before.kind in _NOMINAL or is_noun_like_cue(tokens, at - 1)
    if token.lower in _LINKS:
        return _links_roles(tokens, at, floor)
    if token.lower == "and" and token.kind is _K.CONJUNCTION:
        return before.kind is _K.NAME and tokens[at + 1].kind is _K.NAME
    return False


def _links_roles(tokens: list[Token], at: int, floor: int) -> bool:
    """Tell whether "for" or the like at `at` follows a role ("a spokesman for …")."""
    if at - 1 < floor or tokens[at].lower not in _LINKS:
        return False
    before = tokens[at - 1]
    return before.kind is _K.ROLE or before.lower in _LINKED or links_body(tokens, at)


def links_body(tokens: list[Token], at: int) -> bool:
    """Tell whether a word is the "for" or "on" of a body's name ("Council on Public Safety")."""
    if not 0 < at < len(tokens) - 1:
        return False
    link, following = tokens[at].lower, tokens[at + 1].kind
    body = tokens[at - 1].text in ORGANISATION_WORDS
    return body and (
        (link in ("for", "on") and following is _K.NAME)
        or (link == "for" and following is _K.DETERMINER)
    )


def _links_determined(tokens: list[Token], at: int, floor: int) -> bool:
    """Tell whether "of" or the like at `at`, before a determiner, goes on a noun phrase."""
    if _links_roles(tokens, at, floor):
        return True
    return tokens[at].lower == "of" and at > floor and tokens[at - 1].kind is _K.NAME


def _is_nominal_phrase(tokens: list[Token], begin: int, end: int) -> bool:
    if tokens[begin].kind is _K.DETERMINER:
        return end - begin > 1 or tokens[begin].lower in _LONE_DETERMINERS
    if tokens[end - 1].kind is _K.WORD and tokens[end - 1].lower.endswith("s"):
        return True
    return any(_is_noun(tokens, at) for at in range(begin, end))


def phrase_starting_at(tokens: list[Token], first: int, high: int) -> Phrase | None:
    """Find the noun phrase whose first token is `first`, within `high`.

    Returns:
        The phrase to its last noun or name, "of …" and joined names taken in; None where no
        phrase of a source begins there.
    """
    high = min(high, first + MAX_PHRASE)
    if first >= high:
        return None
    if tokens[first].kind is _K.PRONOUN:
        return first, first + 1
    at, end = _after_determiners(tokens, first, high), first
    while at < high:
        if _is_noun(tokens, at):
            end = at = at + 1
            continue
        step = _step_inside(tokens, at, high, named=end > first, after_noun=end == at)
        if not step:
            break
        at += step
    if end == first:
        return None
    return first, _with_plain_noun(tokens, first, end, high)


def _is_noun(tokens: list[Token], at: int) -> bool:
    return tokens[at].kind in (_K.NAME, _K.ROLE) or is_noun_like_cue(tokens, at)


def _step_inside(tokens: list[Token], at: int, high: int, *, named: bool, after_noun: bool) -> int:
    """Return how many tokens that are no nouns go on a phrase at `at`, 0 where it ends."""
    if tokens[at].kind is _K.POSSESSIVE:
        return 1
    named_alone = named and tokens[at - 1].kind is not _K.POSSESSIVE
    if tokens[at].kind is _K.WORD and _reaches_noun(tokens, at, high, named=named_alone):
        return 1
    if _is_acronym(tokens, at, high):
        return 3
    if named and after_noun and _links_right(tokens, at, high):
        return _after_determiners(tokens, at + 1, high) - at
    return 0


def _after_determiners(tokens: list[Token], at: int, high: int) -> int:
    """Step over "the", "one of the" and "hundreds of"."""
    first = at
    while at < high:
        counted = tokens[at].lower in QUANTITIES and tokens[at].kind is _K.WORD
        partitive = tokens[at].lower == "of" and at > first
        beyond = tokens[at].lower in ("outside", "inside") and at > first
        if tokens[at].kind is not _K.DETERMINER and not (counted or partitive or beyond):
            break
        at += 1
    return at


def _with_plain_noun(tokens: list[Token], first: int, end: int, high: int) -> int:
    """Take the nouns of "a Russian defendant, …" in that no list of roles has."""
    if tokens[first].kind is not _K.DETERMINER:
        return end
    at = end
    while at < high and tokens[at].kind is _K.WORD and not tokens[at].lower.endswith("ed"):
        at += 1
    return at if at == high or tokens[at].text == "," else end


def _is_acronym(tokens: list[Token], at: int, high: int) -> bool:
    """Tell whether an abbreviation in brackets stands inside a longer name."""
    if at + 3 >= high or tokens[at].text != "(" or tokens[at + 2].text != ")":
        return False
    return tokens[at + 3].kind in (_K.NAME, _K.ROLE)


def _reaches_noun(tokens: list[Token], at: int, high: int, *, named: bool) -> bool:
    """Tell whether a word of unknown class leads on to a noun of the same phrase."""
    for ahead in range(at + 1, min(high, at + (3 if named else 5))):
        kind = tokens[ahead].kind
        if kind is _K.ROLE or is_noun_like_cue(tokens, ahead):
            return True
        if kind is _K.NAME:
            return not named
        if kind is not _K.WORD:
            return False
    return False


def _links_right(tokens: list[Token], at: int, high: int) -> bool:
    """Tell whether "of", "for" or "and" at `at` takes the phrase further."""
    if at + 1 >= high:
        return False
    lower, following = tokens[at].lower, tokens[at + 1]
    if lower in ("of", "for") or _links_roles(tokens, at, 0):
        return following.kind in (_K.NAME, _K.DETERMINER, _K.ROLE)
    if lower == "and" and tokens[at - 1].kind is _K.NAME:
        return following.kind is _K.NAME or _names_office(tokens, at, high)
    return False


def _names_office(tokens: list[Token], at: int, high: int) -> bool:
    """Tell whether "and" joins two offices ("Prime Minister and party leader Jane Roe")."""
    if tokens[at - 1].lower not in TITLES:
        return False
    for ahead in range(at + 1, min(high, at + 5)):
        if tokens[ahead].kind is _K.NAME:
            return True
        if tokens[ahead].kind not in (_K.WORD, _K.ROLE):
            return False
    return False
