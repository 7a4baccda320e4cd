"""Subjects of verbs of attribution: who "said" in the clauses of a sentence."""

from __future__ import annotations

from stance.speakers import phrases
from stance.speakers.narration import Token, WordClass, closes_speech, is_cue
from stance.speakers.phrases import Phrase
from stance.words.classes import BODIES, CALENDAR, PLACES
from stance.words.cues import AUTHORED_NOUNS, SPEECH_VERBS, inflect

MAX_DATELINE = 10
"""Tokens of the place, date and agency that open an article."""

MAX_TAG = 25
"""Tokens at the end of a sentence in which "Roe said" may stand, Roe's post after it."""

MAX_SENTENCE = 60
"""Tokens of a sentence that are read for verbs of saying."""

MAX_RELATIVE = 8
"""Tokens of a relative clause that stands between a subject and its verb without commas."""

MAX_ASIDES = 4
"""Appositions between a subject and its verb; more are a list of something else."""

_K = WordClass
_SUBJECTS = frozenset((_K.NAME, _K.PRONOUN, _K.DETERMINER, _K.ROLE, _K.WORD))
_OPENING = frozenset((_K.CONJUNCTION, _K.ADVERB, _K.MARK, _K.POSSESSIVE))
_JOINED = frozenset((_K.CONJUNCTION, _K.CUE, _K.QUOTE))
_MAIN_CLAUSE = frozenset((_K.MARK, _K.CONJUNCTION))
_SKIPPED = frozenset((_K.ADVERB, _K.AUXILIARY))
_DASHES = frozenset(("—", "–", "-", "--"))
_INTERRUPTIONS = _DASHES | {","}
_BOUNDARIES = _INTERRUPTIONS | {":", ";"}
_WITH_OBJECT = inflect("tell")
_PERIODS = frozenset(("week", "month", "year", "night", "spring", "summer", "fall", "winter"))
_TIME_LINKS = frozenset(("after", "before", "ago", "later", "earlier", "since"))
_INTO_TALK = frozenset(("in", "back", "up"))
"""What follows the verb of someone who "cut in", "fired back" or "piped up"."""


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
    if tokens[found[0]].lower in ("a", "an") and tokens[found[1] - 1].lower in AUTHORED_NOUNS:
        return clause_subject(tokens, low, found[0]) or found
    if phrases.is_bare(tokens, found):
        return clause_subject(tokens, low, found[0])
    return phrases.apposed_name(tokens, found, verb) or found


def _subject_before(tokens: list[Token], verb: int, low: int) -> Phrase | None:
    at = _skip_left(tokens, verb - 1, low)
    if at < low:
        return None
    if tokens[verb].lower.endswith("ing") and at == verb - 1:
        return _accompanying(tokens, at, low) or _main_subject(tokens, verb, low)
    token = tokens[at]
    if token.kind is _K.RELATIVE and token.lower in ("who", "which", "that"):
        return _antecedent(tokens, at, low)
    joined = token.kind in _JOINED and not phrases.is_noun_like_cue(tokens, at)
    if token.lower in ("to", "by", "in", "as") or joined:
        return clause_subject(tokens, _clause_start(tokens, low, at), at)
    if token.text in _INTERRUPTIONS or token.text in phrases.OPENERS:
        return _interrupted_subject(tokens, at, low)
    return _subject_beside(tokens, at, low)


def _subject_beside(tokens: list[Token], last: int, low: int) -> Phrase | None:
    """Find the subject of a verb from the phrase that ends at `last`, right before it."""
    found = _phrase_before(tokens, last, low)
    if found is None or _is_adverbial(tokens, found, low):
        return clause_subject(tokens, low, last)
    return _whose_clause(tokens, found, low) or found


def _phrase_before(tokens: list[Token], last: int, low: int) -> Phrase | None:
    """Find the noun phrase that ends at `last`, of "Jane Roe in Paris" the name."""
    found = phrases.phrase_ending_at(tokens, last, low)
    return found and (_whose_place(tokens, found, low) or found)


def _whose_clause(tokens: list[Token], phrase: Phrase, low: int) -> Phrase | None:
    """Find who "spoke with the paper" in "the official who spoke with the paper said"."""
    begin = phrase[0]
    if begin - 3 <= low or tokens[begin - 1].kind is not _K.PREPOSITION:
        return None
    for at in range(begin - 2, max(low, begin - 2 - MAX_RELATIVE), -1):
        if tokens[at].lower == "who":
            return _antecedent(tokens, at, low)
        if tokens[at].text in _BOUNDARIES:
            return None
    return None


def _is_adverbial(tokens: list[Token], phrase: Phrase, low: int) -> bool:
    """Tell whether a phrase is that of "at one point" and so the subject of nothing."""
    before = tokens[phrase[0] - 1] if phrase[0] > low else None
    if before is None or before.kind is not _K.PREPOSITION or before.lower == "as":
        return False
    return not can_speak(tokens, phrase)


def _whose_place(tokens: list[Token], phrase: Phrase, low: int) -> Phrase | None:
    """Find who stands before a place, as in "Jane Roe in Paris said"."""
    begin, end = phrase
    located = end - begin == 1 and tokens[begin].text in PLACES and begin - 2 >= low
    if not located or tokens[begin - 1].lower not in ("in", "from", "at"):
        return None
    before = begin - 2 - (tokens[begin - 2].text == ",")
    found = phrases.phrase_ending_at(tokens, before, low) if before >= low else None
    return found if found is not None and can_speak(tokens, found) else None


def _accompanying(tokens: list[Token], at: int, low: int) -> Phrase | None:
    """Find the subject of a participle in "…, with Jane Roe saying", its phrase ending at `at`."""
    phrase = phrases.phrase_ending_at(tokens, at, low)
    if phrase is None or phrase[0] == low or tokens[phrase[0] - 1].lower != "with":
        return None
    return phrase if can_speak(tokens, phrase) else None


def _clause_start(tokens: list[Token], low: int, high: int) -> int:
    """Return where the clause that ends at `high` begins, after "when" or the like."""
    for at in range(high - 1, low, -1):
        if tokens[at].text in _BOUNDARIES:
            return low
        if tokens[at].kind is _K.SUBORDINATOR:
            return at + 1
    return low


def _main_subject(tokens: list[Token], participle: int, low: int) -> Phrase | None:
    """Find the subject of a participle: that of the verb of attribution before, or the clause's."""
    for verb in range(participle - 1, low, -1):
        if is_cue(tokens, verb) and not tokens[verb].lower.endswith("ing"):
            found = _subject_before(tokens, verb, low)
            if found is not None and can_speak(tokens, found) and not _is_inner(tokens, found, low):
                return found
    return clause_subject(tokens, low, participle)


def _is_inner(tokens: list[Token], phrase: Phrase, low: int) -> bool:
    """Tell whether a phrase is the subject in "about what Roe says", a clause for a noun."""
    before = tokens[max(low, phrase[0] - 2) : phrase[0]]
    return [token.kind for token in before] == [_K.PREPOSITION, _K.SUBORDINATOR]


def reporter(tokens: list[Token], low: int, high: int) -> Phrase | None:
    """Find who reports a sentence at its end, as in "It is late, Roe said" or "…, says Roe"."""
    for verb in range(high - 1, max(low, high - MAX_TAG), -1):
        if tokens[verb].lower not in SPEECH_VERBS or not is_cue(tokens, verb):
            continue
        if closes_speech(tokens[verb - 1]) and tokens[verb].lower not in _WITH_OBJECT:
            found = phrases.phrase_starting_at(tokens, verb + 1, high)
            return found if found is not None and _closes(tokens, found[1], high) else None
        found = phrases.phrase_ending_at(tokens, verb - 1, low)
        tagged = found is not None and found[0] > low and closes_speech(tokens[found[0] - 1])
        return found if tagged else None
    return None


def _closes(tokens: list[Token], at: int, high: int) -> bool:
    """Tell whether a phrase that ends before an index may end its clause."""
    return at < high and (tokens[at].text in (",", ".") or tokens[at].kind is _K.RELATIVE)


def speaking(tokens: list[Token], low: int, high: int) -> Phrase | None:
    """Find who speaks in the last main clause of a sentence that has a verb of saying."""
    found = None
    for verb in range(low + 1, min(high, low + MAX_SENTENCE)):
        if tokens[verb].lower not in SPEECH_VERBS or not is_cue(tokens, verb):
            continue
        phrase = phrases.phrase_ending_at(tokens, verb - 1, low)
        if phrase is None or not can_speak(tokens, phrase):
            continue
        begin = phrase[0]
        main = begin == low or tokens[begin - 1].kind in _MAIN_CLAUSE
        if main and (found is None or tokens[begin - 1].kind in _MAIN_CLAUSE):
            found = phrase
    return found


def can_speak(tokens: list[Token], phrase: Phrase) -> bool:
    """Tell whether the last word of a phrase is a name, a pronoun or a noun for a speaker."""
    last = phrase[1] - 1
    if tokens[last].kind in (_K.NAME, _K.PRONOUN, _K.ROLE):
        return True
    return tokens[last].lower in BODIES and phrases.is_noun_like_cue(tokens, last)


def _skip_left(tokens: list[Token], at: int, low: int) -> int:
    while at >= low:
        before = tokens[at - 1].lower if at > low else ""
        if before in ("last", "this") and tokens[at].lower in _PERIODS:
            at -= 2
        elif tokens[at].kind in _SKIPPED:
            at -= 2 if tokens[at].lower in CALENDAR and before in ("on", "in") else 1
        else:
            break
    return at


def _antecedent(tokens: list[Token], relative: int, low: int) -> Phrase | None:
    """Find the phrase that a relative pronoun stands for."""
    at = relative - 1
    while at >= low and (tokens[at].text in _INTERRUPTIONS or tokens[at].kind is _K.PREPOSITION):
        at -= 1
    if at < low:
        return None
    nearest = _phrase_before(tokens, at, low)
    if nearest is None or phrases.is_name(tokens, nearest) or nearest[0] - 2 < low:
        return nearest
    if tokens[nearest[0] - 1].text not in _INTERRUPTIONS:
        return nearest
    described = phrases.phrase_ending_at(tokens, nearest[0] - 2, low)
    return described if described is not None and phrases.is_name(tokens, described) else nearest


def _interrupted_subject(tokens: list[Token], comma: int, low: int) -> Phrase | None:
    """Find the subject before one or more appositions or asides, the last ending at `comma`.

    Of "Russia's envoy, Ivan Petrov, a diplomat, said" it is the name, of "Ivan Petrov, the envoy,
    said" likewise: the leftmost of the stretches that can be one, or the name that follows it.
    """
    found: list[Phrase] = []
    end = comma
    for _ in range(MAX_ASIDES):
        begin = _segment_start(tokens, end, low)
        opens = begin if begin > low else _skip_openers(tokens, begin, end)
        opening = (
            phrases.phrase_starting_at(tokens, opens, end) if _can_open(tokens, opens) else None
        )
        reported = _reported_name(tokens, begin, end) if end != comma else None
        if reported is not None:
            return reported
        if opening is not None:
            found.append(opening)
            if end != comma and phrases.is_name(tokens, opening):
                return opening
        elif begin > low and tokens[begin].kind is _K.CONJUNCTION and found:
            return found[-1]
        elif len(found) > 1:
            break
        if begin <= low:
            break
        end = begin - 1
    if not found:
        return clause_subject(tokens, low, comma)
    alone = phrases.after_brackets(tokens, found[0][1]) == comma
    named = len(found) > 1 and alone and phrases.is_name(tokens, found[0])
    return found[0] if named and not phrases.is_name(tokens, found[-1]) else found[-1]


def _reported_name(tokens: list[Token], begin: int, end: int) -> Phrase | None:
    """Find the name that ends "the agency said that Jane Roe", before an apposition to it."""
    name = phrases.phrase_ending_at(tokens, end - 1, begin)
    if name is None or name[0] <= begin + 1 or not phrases.is_name(tokens, name):
        return None
    return name if tokens[name[0] - 1].lower == "that" else None


def _segment_start(tokens: list[Token], end: int, low: int) -> int:
    """Return where the stretch between two commas that ends before `end` begins."""
    at = end - 1
    closer = tokens[end].text
    while at >= low:
        text = tokens[at].text
        if text in _BOUNDARIES or text == phrases.OPENERS.get(closer):
            return at + 1
        at -= 1
    return low


def _can_open(tokens: list[Token], at: int) -> bool:
    kind = tokens[at].kind
    if kind in _SUBJECTS or kind is _K.CONJUNCTION:
        return True
    titled = at + 1 < len(tokens) and tokens[at + 1].kind is _K.ROLE
    return titled and phrases.is_noun_like_cue(tokens, at)


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
        if at < end and _can_open(tokens, at):
            found = phrases.phrase_starting_at(tokens, at, end)
            if found is not None and _is_subject(tokens, found, end):
                return phrases.apposed_name(tokens, found, high) or found
        begin = end + 1
    return None


def _skip_openers(tokens: list[Token], at: int, end: int) -> int:
    while at < end:
        if tokens[at].kind in _OPENING and tokens[at].text != "(":
            at += 1
        elif tokens[at].kind is _K.PREPOSITION and _is_date(tokens, at + 1, end):
            at += 2
        else:
            break
    return at


def _is_date(tokens: list[Token], at: int, end: int) -> bool:
    """Tell whether a day, a month or a number stands at an index and owns nothing."""
    if at + 1 >= end or tokens[at + 1].kind is _K.POSSESSIVE:
        return False
    return tokens[at].lower in CALENDAR or tokens[at].text.isdigit()


def _after_dateline(tokens: list[Token], low: int, high: int) -> int:
    """Return where a sentence begins after a dateline such as "MOSCOW (AP) —"."""
    if low or high < 2 or not tokens[0].text.isupper() or len(tokens[0].text) < 4:
        return low
    for at in range(1, min(MAX_DATELINE, high)):
        if tokens[at].text in _DASHES:
            return at + 1
    return low


def _is_subject(tokens: list[Token], phrase: Phrase, high: int) -> bool:
    """Tell whether a phrase that opens a clause can be its subject.

    "Days after …" cannot, nor can a noun that is half of a phrase.
    """
    if phrases.is_bare(tokens, phrase):
        return False
    if phrase[1] < high and tokens[phrase[1]].lower in _TIME_LINKS:
        return False
    closes = phrase[1] == high or tokens[phrase[1]].text == "."
    if closes and phrase[1] - phrase[0] == 1 and tokens[phrase[0]].text in PLACES:
        return False
    return any(
        tokens[at].kind in (_K.NAME, _K.PRONOUN, _K.ROLE) or phrases.is_noun_like_cue(tokens, at)
        for at in range(*phrase)
    )


def cutting_in(tokens: list[Token], low: int, high: int) -> Phrase | None:
    """Find the subject of a clause such as "the mayor cut in," that is all between two pieces."""
    if low < high and tokens[low].text == ",":
        low += 1
    if high - low < 4 or tokens[high - 1].text != "," or tokens[high - 2].lower not in _INTO_TALK:
        return None
    phrase = phrases.phrase_starting_at(tokens, low, high - 3)
    return phrase if phrase is not None and phrase[1] == high - 3 else None
