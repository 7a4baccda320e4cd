"""Noun phrases of sources: where the words for a speaker begin and end beside a verb.

A phrase is a half-open range of token indexes. Every search stays inside the sentence that its
caller passes, and looks at no more than `MAX_PHRASE` tokens for one phrase.
"""

from __future__ import annotations

from stance.speakers.cues import AUTHORED_NOUNS
from stance.speakers.lexicon import CALENDAR, PLACES, QUANTITIES
from stance.speakers.narration import Token, WordClass, is_cue

Phrase = tuple[int, int]

MAX_PHRASE = 24
"""Tokens; the longest source of PolNeAR's direct quotations that names a person has 21."""

MAX_DATELINE = 10
"""Tokens of the place, date and agency that open an article."""

MAX_ASIDES = 4
"""Appositions between a subject and its verb; more are a list of something else."""

_K = WordClass
_NOMINAL = frozenset((_K.NAME, _K.ROLE, _K.WORD, _K.POSSESSIVE))
_LINKS = frozenset("of for at from in with on to".split())
_SKIPPED = frozenset((_K.ADVERB, _K.AUXILIARY))
_OPENERS = {")": "(", "]": "["}
_INTERRUPTIONS = frozenset((",", "—", "–", "-", "--"))
_BOUNDARIES = _INTERRUPTIONS | {":", ";"}
_TIME_LINKS = frozenset(("after", "before", "ago", "later", "earlier", "since"))
_LONE_DETERMINERS = frozenset(
    ("this", "some", "many", "others", "both", "all", "one", "another")
)


def subject_of(tokens: list[Token], verb: int, low: int) -> Phrase | None:
    """Find the subject that stands before a verb of attribution.

    Steps over adverbs, auxiliaries, appositions and relative clauses; a participle or a verb
    joined by "and" takes the subject of its sentence.

    Args:
        tokens: Tokens of one paragraph.
        verb: Index of the verb.
        low: Index of the first token of the sentence.

    Returns:
        The subject's phrase, or None where there is none.
    """
    found = _subject_before(tokens, verb, low)
    if found is None:
        return None
    if (
        tokens[found[0]].lower in ("a", "an")
        and tokens[found[1] - 1].lower in AUTHORED_NOUNS
    ):
        return clause_subject(tokens, low, found[0]) or found
    return apposed_name(tokens, found, verb) or found


def _subject_before(tokens: list[Token], verb: int, low: int) -> Phrase | None:
    at = _skip_left(tokens, verb - 1, low)
    if at < low:
        return None
    if tokens[verb].lower.endswith("ing") and at == verb - 1:
        return _main_subject(tokens, verb, low)
    token = tokens[at]
    if token.kind is _K.PRONOUN:
        return at, at + 1
    if token.kind is _K.RELATIVE and token.lower in ("who", "which", "that"):
        return _antecedent(tokens, at, low)
    if token.lower in ("to", "by", "in", "as") or token.kind in (
        _K.CONJUNCTION,
        _K.CUE,
        _K.QUOTE,
    ):
        return clause_subject(tokens, low, at)
    if token.text in _INTERRUPTIONS or token.text in _OPENERS:
        return _interrupted_subject(tokens, at, low)
    return phrase_ending_at(tokens, at, low) or clause_subject(tokens, low, at)


def _main_subject(tokens: list[Token], participle: int, low: int) -> Phrase | None:
    """Find the subject of a participle: that of the verb of attribution before, or the clause's."""
    for verb in range(participle - 1, low, -1):
        if is_cue(tokens, verb) and not tokens[verb].lower.endswith("ing"):
            found = _subject_before(tokens, verb, low)
            if found is not None and can_speak(tokens, found):
                return found
    return clause_subject(tokens, low, participle)


def can_speak(tokens: list[Token], phrase: Phrase) -> bool:
    """Tell whether the last word of a phrase is a name, a pronoun or a noun for a speaker."""
    return tokens[phrase[1] - 1].kind in (_K.NAME, _K.PRONOUN, _K.ROLE)


def _skip_left(tokens: list[Token], at: int, low: int) -> int:
    while at >= low and tokens[at].kind in _SKIPPED:
        dated = (
            tokens[at].lower in CALENDAR
            and at > low
            and tokens[at - 1].lower in ("on", "in")
        )
        at -= 2 if dated else 1
    return at


def _antecedent(tokens: list[Token], relative: int, low: int) -> Phrase | None:
    """Find the phrase that a relative pronoun stands for."""
    at = relative - 1
    while at >= low and (
        tokens[at].text in _INTERRUPTIONS or tokens[at].kind is _K.PREPOSITION
    ):
        at -= 1
    if at < low:
        return None
    nearest = phrase_ending_at(tokens, at, low)
    if nearest is None or _is_name(tokens, nearest) or nearest[0] - 2 < low:
        return nearest
    if tokens[nearest[0] - 1].text not in _INTERRUPTIONS:
        return nearest
    described = phrase_ending_at(tokens, nearest[0] - 2, low)
    return (
        described if described is not None and _is_name(tokens, described) else nearest
    )


def _interrupted_subject(tokens: list[Token], comma: int, low: int) -> Phrase | None:
    """Find the subject before one or more appositions or asides, the last ending at `comma`.

    Of "Russia's envoy, Ivan Petrov, a diplomat, said" it is the name, of "Ivan Petrov, the envoy,
    said" likewise: the leftmost of the stretches that can be one, or the name that follows it.
    """
    found: list[Phrase] = []
    end = comma
    for _ in range(MAX_ASIDES):
        begin = _segment_start(tokens, end, low)
        opening = (
            phrase_starting_at(tokens, begin, end) if _can_open(tokens[begin]) else None
        )
        if opening is not None:
            found.append(opening)
            if end != comma and _is_name(tokens, opening):
                return opening
        elif len(found) > 1:
            break
        if begin <= low:
            break
        end = begin - 1
    return found[-1] if found else clause_subject(tokens, low, comma)


def _is_name(tokens: list[Token], phrase: Phrase) -> bool:
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
    begin, end = phrase
    if tokens[begin].kind is _K.NAME and tokens[end - 1].kind is _K.NAME:
        return None
    if (
        end + 1 >= high
        or tokens[end].text != ","
        or tokens[end + 1].kind is not _K.NAME
    ):
        return None
    name = phrase_starting_at(tokens, end + 1, high)
    if name is None or any(tokens[at].kind is not _K.NAME for at in range(*name)):
        return None
    closes = name[1] >= len(tokens) or tokens[name[1]].text in (",", ".", "—", "–", ":")
    return name if closes else None


def _segment_start(tokens: list[Token], end: int, low: int) -> int:
    """Return where the stretch between two commas that ends before `end` begins."""
    at = end - 1
    closer = tokens[end].text
    while at >= low:
        text = tokens[at].text
        if text in _BOUNDARIES or text == _OPENERS.get(closer):
            return at + 1
        at -= 1
    return low


def _can_open(token: Token) -> bool:
    return token.kind in (
        _K.NAME,
        _K.PRONOUN,
        _K.DETERMINER,
        _K.ROLE,
        _K.WORD,
        _K.CONJUNCTION,
    )


def clause_subject(tokens: list[Token], low: int, high: int) -> Phrase | None:
    """Find the subject of the sentence that begins at `low`, looking no further than `high`.

    Leading adverbials ("In Moscow on Monday, …", "While he waited, …") are passed over.
    """
    begin = _after_dateline(tokens, low, high)
    while begin < high:
        end = begin
        while end < high and tokens[end].text != ",":
            end += 1
        at = _skip_openers(tokens, begin, end)
        if at < end and _can_open(tokens[at]):
            found = phrase_starting_at(tokens, at, end)
            if found is not None and _is_subject(tokens, found, end):
                return apposed_name(tokens, found, high) or found
        begin = end + 1
    return None


def _skip_openers(tokens: list[Token], at: int, end: int) -> int:
    while at < end and (
        tokens[at].kind in (_K.CONJUNCTION, _K.ADVERB, _K.MARK)
        and tokens[at].text != "("
    ):
        at += 1
    return at


def _after_dateline(tokens: list[Token], low: int, high: int) -> int:
    """Return where a sentence begins after a dateline such as "MOSCOW (AP) —"."""
    if low or high < 2 or not tokens[0].text.isupper() or len(tokens[0].text) < 4:
        return low
    for at in range(1, min(MAX_DATELINE, high)):
        if tokens[at].text in ("—", "–", "-", "--"):
            return at + 1
    return low


def _is_subject(tokens: list[Token], phrase: Phrase, high: int) -> bool:
    """Tell whether a phrase that opens a clause can be its subject and is no "days after …"."""
    if phrase[1] < high and tokens[phrase[1]].lower in _TIME_LINKS:
        return False
    if (
        phrase[1] == high
        and phrase[1] - phrase[0] == 1
        and _is_place(tokens[phrase[0]].text)
    ):
        return False
    return any(
        tokens[at].kind in (_K.NAME, _K.PRONOUN, _K.ROLE)
        or is_noun_like_cue(tokens, at)
        for at in range(*phrase)
    )


def _is_place(word: str) -> bool:
    """Tell whether a word is a place, as between the commas of "In Tampa, Fla., …"."""
    return word in PLACES or (word.endswith(".") and len(word) > 2)


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
        kind = tokens[at].kind
        if kind is _K.DETERMINER:
            at -= 1
            if at < floor or not _links_roles(tokens, at, floor):
                break
            at -= 1
            continue
        if kind in _NOMINAL or is_noun_like_cue(tokens, at):
            at -= 1
        elif at < last and _links_left(tokens, at, floor):
            at -= 1
        else:
            before = _before_parenthesis(tokens, at, floor)
            if before == at:
                break
            at = before
    begin = at + 1
    if begin > last or not _is_nominal_phrase(tokens, begin, last + 1):
        return None
    return begin, last + 1


def _before_parenthesis(tokens: list[Token], last: int, floor: int) -> int:
    """Return the token before a bracketed aside that ends at `last`, or `last` itself."""
    opener = _OPENERS.get(tokens[last].text)
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
    return before.kind is _K.ROLE or before.lower in ("close", "familiar")


def _is_nominal_phrase(tokens: list[Token], begin: int, end: int) -> bool:
    if tokens[begin].kind is _K.DETERMINER:
        return end - begin > 1 or tokens[begin].lower in _LONE_DETERMINERS
    if tokens[end - 1].kind is _K.WORD and tokens[end - 1].lower.endswith("s"):
        return True
    return any(
        tokens[at].kind in (_K.NAME, _K.ROLE) or is_noun_like_cue(tokens, at)
        for at in range(begin, end)
    )


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
        kind = tokens[at].kind
        if kind is _K.NAME or kind is _K.ROLE or is_noun_like_cue(tokens, at):
            end = at = at + 1
        elif kind is _K.POSSESSIVE:
            at += 1
        elif kind is _K.WORD and _reaches_noun(tokens, at, high, named=end > first):
            at += 1
        elif _is_acronym(tokens, at, high):
            at += 3
        elif end == at and end > first and _links_right(tokens, at, high):
            at += 1
            while at < high and tokens[at].kind is _K.DETERMINER:
                at += 1
        else:
            break
    if end == first:
        return None
    return first, _with_plain_noun(tokens, first, end, high)


def _after_determiners(tokens: list[Token], at: int, high: int) -> int:
    """Step over "the", "one of the" and "hundreds of"."""
    first = at
    while at < high:
        counted = tokens[at].lower in QUANTITIES and tokens[at].kind is _K.WORD
        partitive = tokens[at].lower == "of" and at > first
        if tokens[at].kind is not _K.DETERMINER and not counted and not partitive:
            break
        at += 1
    return at


def _with_plain_noun(tokens: list[Token], first: int, end: int, high: int) -> int:
    """Take the nouns of "a Russian defendant, …" in that no list of roles has."""
    if tokens[first].kind is not _K.DETERMINER:
        return end
    at = end
    while at < high and tokens[at].kind is _K.WORD:
        at += 1
    return at if at == high or tokens[at].text == "," else end


def _is_acronym(tokens: list[Token], at: int, high: int) -> bool:
    """Tell whether an abbreviation in brackets stands inside a longer name."""
    if at + 3 >= high or tokens[at].text != "(" or tokens[at + 2].text != ")":
        return False
    return tokens[at + 3].kind in (_K.NAME, _K.ROLE)


def _reaches_noun(tokens: list[Token], at: int, high: int, named: bool) -> bool:
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
    if lower in ("of", "for") or (lower in _LINKS and tokens[at - 1].kind is _K.ROLE):
        return following.kind in (_K.NAME, _K.DETERMINER, _K.ROLE)
    if lower == "and" and tokens[at - 1].kind is _K.NAME:
        return following.kind is _K.NAME
    return False
