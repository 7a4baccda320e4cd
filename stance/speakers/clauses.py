"""Attribution within the sentence that quotes: "…," X said; X said that "…"; according to X."""

from __future__ import annotations

from stance.speakers import colons, phrases, subjects, weighing
from stance.speakers.evidence import WINDOW, Attribution, Kind, Place, sentence_start
from stance.speakers.narration import (
    Token,
    WordClass,
    ends_sentence,
    is_cue,
    is_cue_noun,
)
from stance.speakers.phrases import Phrase
from stance.speakers.weighing import NEAR
from stance.words.cues import SPEECH_VERBS

_K = WordClass
_DASHES = frozenset(("—", "–", "-", "--"))

REPORT_REACH = 6
"""Tokens between a verb of saying and the subject of the clause that it reports."""

THAT_REACH = 14
"""The same where "that" opens the reported clause."""

ASIDE = 20
"""Tokens between who asks and the question, such as the occasion."""


def in_sentence(place: Place, end: Place) -> Attribution | None:
    """Find the source in the sentence of a statement.

    Args:
        place: Where the statement begins.
        end: Where it ends, which is another paragraph if it runs over several.

    Returns:
        The evidence, from a clause between the pieces, after the last or before the first; None
        where the sentence has no verb of attribution that has a source.
    """
    tokens = place.tokens
    low = sentence_start(tokens, place.first)
    before = clause_before(place, low) if low < place.first else None
    between = _between(place)
    if between is not None:
        runs_on = before is not None and weighing.runs_on(place, before, between)
        return before if runs_on else between
    found = clause_after(end.tokens, end.last + 1, sentence_end(end.tokens, end.last), end.last)
    after = found and Attribution(found[0], end.paragraph, end.tokens, found[1])
    if before is not None and (after is None or weighing.outweighs(place, before, after)):
        return before
    return after


def _between(place: Place) -> Attribution | None:
    """Find the source in a clause between two pieces of a statement."""
    tokens = place.tokens
    for left, right in zip(place.pieces, place.pieces[1:], strict=False):
        found = clause_after(tokens, left + 1, right, left)
        if found is not None:
            kind = Kind.BETWEEN if found[0] is Kind.AFTER else found[0]
            return Attribution(kind, place.paragraph, tokens, found[1])
        cut_in = subjects.cutting_in(tokens, left + 1, right)
        if cut_in is not None and place.first == sentence_start(tokens, place.first):
            return Attribution(Kind.BETWEEN, place.paragraph, tokens, cut_in)
    return None


def sentence_end(tokens: list[Token], index: int) -> int:
    """Return the index after the last token of the sentence that goes on after a quotation."""
    ceiling = min(len(tokens), index + WINDOW)
    at = index + 1
    while at < ceiling and tokens[at].text != ";":
        if ends_sentence(tokens, at) and tokens[at].text not in ("?", "!"):
            return at
        at += 1
    return at


def clause_after(
    tokens: list[Token], low: int, high: int, quote: int
) -> tuple[Kind, Phrase] | None:
    """Find the source in a clause that follows a quotation: "…," said X; "…," X said."""
    at = _past_circumstance(tokens, low, high, quote)
    while at < high and _leads(tokens[at]):
        at += 1
    if at >= high or (is_cue(tokens, at) and tokens[at].lower.endswith("ing")):
        return None
    if is_cue(tokens, at):
        inverted = _after_verb(tokens, at + 1, high)
    else:
        inverted = _closing_clause(tokens, at, high)
    if inverted is not None:
        return Kind.AFTER, inverted
    for verb in range(at, high):
        if _says_as(tokens, verb, high):
            return _reported(tokens, verb, at)
        if is_according(tokens, verb):
            return _source_from(Kind.ACCORDING, tokens, verb + 2, high)
        if verb > at and is_cue(tokens, verb) and tokens[verb].lower not in _CITING:
            return _tagged(tokens, at, verb, high, quote)
    return None


def _past_circumstance(tokens: list[Token], low: int, high: int, quote: int) -> int:
    """Step over "when officials left" in "… “a lie” when officials left, Roe said"."""
    unfinished = tokens[quote].lower not in (",", ".", "?", "!")
    if not unfinished or low >= high or tokens[low].kind is not _K.SUBORDINATOR:
        return low
    for comma in range(low, high):
        if tokens[comma].text == ",":
            tag = subjects.reporter(tokens, comma, high)
            return comma if tag is not None and tag[0] == comma + 1 else low
    return low


def _closing_clause(tokens: list[Token], at: int, high: int) -> Phrase | None:
    """Find the speaker of an inverted clause that ends the sentence: "… in Syria, says X, a …"."""
    if tokens[at].kind is not _K.PREPOSITION:
        return None
    for verb in range(at + 1, high):
        if is_cue(tokens, verb):
            said = tokens[verb - 1].text == "," and tokens[verb].lower in SPEECH_VERBS
            return _after_verb(tokens, verb + 1, high) if said else None
    return None


def _tagged(
    tokens: list[Token], at: int, verb: int, high: int, quote: int
) -> tuple[Kind, Phrase] | None:
    """Find the subject of the first verb of a clause that begins at `at`, after a quotation."""
    closed = tokens[quote].lower == "." and ends_sentence(tokens, quote)
    if closed and not _is_bare_tag(tokens, at, verb, high):
        return None
    subject = _opening_subject(tokens, at, verb) or subjects.subject_of(tokens, verb, at)
    return subject and (Kind.AFTER, subject)


def _leads(token: Token) -> bool:
    """Tell whether a token may stand between a quotation and the clause that attributes it."""
    return token.text in (",", ")") or token.text in _DASHES or token.lower == "as"


def _opening_subject(tokens: list[Token], at: int, verb: int) -> Phrase | None:
    """Find a subject that opens a clause and that its verb or an apposition follows."""
    phrase = phrases.phrase_starting_at(tokens, at, verb)
    if phrase is None:
        return None
    apposed = phrases.apposed_name(tokens, phrase, verb)
    if apposed is not None:
        return apposed
    following = tokens[phrase[1]]
    plain = following.kind in (_K.CUE, _K.ADVERB, _K.AUXILIARY, _K.RELATIVE)
    plain = plain or (following.lower.endswith("ing") and tokens[phrase[1] - 1].kind is _K.ROLE)
    return phrase if plain or following.text in (",", "(") or following.text in _DASHES else None


def _source_from(kind: Kind, tokens: list[Token], at: int, high: int) -> tuple[Kind, Phrase] | None:
    phrase = phrases.phrase_starting_at(tokens, at, high)
    if phrase is None:
        return None
    return kind, phrases.apposed_name(tokens, phrase, high) or phrase


def _is_bare_tag(tokens: list[Token], at: int, verb: int, high: int) -> bool:
    """Tell whether a clause after a full stop is nothing but "X said"."""
    return verb - at <= 6 and tokens[verb].lower in SPEECH_VERBS and high - verb <= 2


def _after_verb(tokens: list[Token], at: int, high: int) -> Phrase | None:
    """Find the subject that follows its verb, as in "said Jane Roe, a lawyer"."""
    while at < high and tokens[at].kind is _K.ADVERB:
        at += 1
    if at >= high:
        return None
    if tokens[at].kind in (_K.NAME, _K.DETERMINER, _K.ROLE, _K.WORD, _K.PRONOUN):
        phrase = phrases.phrase_starting_at(tokens, at, high) or _name_within(tokens, at, high)
        if phrase is not None and phrase[1] < high and tokens[phrase[1]].kind is _K.AUXILIARY:
            return None
        return phrase and (phrases.apposed_name(tokens, phrase, high) or phrase)
    return None


def _name_within(tokens: list[Token], at: int, high: int) -> Phrase | None:
    """Find the name at the end of an unusual title ("master of ceremonies Jane Roe")."""
    for begin in range(at, min(at + NEAR + 2, high)):
        if tokens[begin].kind is _K.NAME:
            return phrases.phrase_starting_at(tokens, begin, high)
        if tokens[begin].kind not in (_K.WORD, _K.PREPOSITION, _K.DETERMINER):
            return None
    return None


def is_according(tokens: list[Token], at: int) -> bool:
    """Tell whether "according to" stands at an index."""
    return tokens[at].lower == "according" and at + 1 < len(tokens) and tokens[at + 1].lower == "to"


def clause_before(place: Place, low: int) -> Attribution | None:
    """Find the source in the part of a sentence, from `low`, that goes before a quotation."""
    found = source_before(place.tokens, low, place.first)
    return found and Attribution(found[0], place.paragraph, place.tokens, found[1])


def source_before(tokens: list[Token], low: int, high: int) -> tuple[Kind, Phrase] | None:
    """Find the source of what is quoted at `high` in the tokens of its sentence from `low` on.

    The nearest verb of saying decides; another verb of attribution does so where it is near the
    quotation, or where no verb of saying goes before it.
    """
    named = colons.name_before(tokens, low, high) or colons.from_before(tokens, low, high)
    if named is not None:
        return Kind.TURN, named
    weak = None
    for at in range(high - 1, low - 1, -1):
        found = _source_at(tokens, at, low, high)
        if found is None:
            continue
        strong = tokens[at].lower in SPEECH_VERBS or found[0] is Kind.ACCORDING
        if high - at <= NEAR + 1:
            return _beside(tokens, at, found, low, high, strong=strong)
        if strong:
            if _is_relative(tokens, at, low) and tokens[high - 1].text not in (",", ":"):
                return found
            return _reporter(tokens, found[1][0], low, high) or found
        weak = weak or found
    return weak or _without_verb(tokens, low, high)


def _without_verb(tokens: list[Token], low: int, high: int) -> tuple[Kind, Phrase] | None:
    """Find whose words are quoted, or else who does what the sentence tells."""
    owner = _possessor(tokens, low, high)
    if owner is not None:
        return Kind.POSSESSIVE, owner
    subject = subjects.clause_subject(tokens, low, high)
    return subject and (Kind.SUBJECT, subject)


def _beside(
    tokens: list[Token], at: int, found: tuple[Kind, Phrase], low: int, high: int, *, strong: bool
) -> tuple[Kind, Phrase]:
    """Choose between the source of the verb beside a quotation and who reports that clause."""
    if _is_relative(tokens, at, low) or (strong and tokens[high - 1].text in (",", ":")):
        return found
    outer = None if strong else _according_first(tokens, found[1][0], low, high)
    return outer or _reporter(tokens, found[1][0], low, high) or found


def _is_relative(tokens: list[Token], verb: int, low: int) -> bool:
    """Tell whether a verb is that of "who argued"."""
    return verb > low and tokens[verb - 1].kind is _K.RELATIVE


def _according_first(
    tokens: list[Token], subject: int, low: int, high: int
) -> tuple[Kind, Phrase] | None:
    """Find the source in "According to Roe, Doe believes …", Doe standing at `subject`."""
    if not is_according(tokens, low):
        return None
    found = _source_from(Kind.ACCORDING, tokens, low + 2, high)
    return found if found is not None and found[1][1] < subject else None


def _reporter(tokens: list[Token], subject: int, low: int, high: int) -> tuple[Kind, Phrase] | None:
    """Find who reports the clause that begins at `subject`, as in "Roe said they claim …"."""
    that = subject > low and tokens[subject - 1].lower == "that"
    reach = THAT_REACH if that else REPORT_REACH
    for at in range(subject - 1, max(low, subject - reach) - 1, -1):
        if tokens[at].kind in (_K.MARK, _K.CONJUNCTION, _K.QUOTE):
            return None
        if is_cue(tokens, at) and tokens[at].lower in SPEECH_VERBS:
            return _source_at(tokens, at, low, high)
    return None


def _source_at(tokens: list[Token], at: int, low: int, high: int) -> tuple[Kind, Phrase] | None:
    """Find the source that the word at `at` points to, if it is a cue."""
    before = tokens[at - 1] if at > low else None
    if tokens[at].lower == "by" and before is not None and before.lower == "asked":
        return _questioner(tokens, at + 1, high)
    if tokens[at].lower == "by" and before is not None and is_cue(tokens, at - 1):
        named = before.lower not in _REPORTED
        return _source_from(Kind.PASSIVE, tokens, at + 1, high) if named else None
    if at + 1 < high:
        kind = _INTRODUCED.get((tokens[at].lower, tokens[at + 1].lower))
        if kind is not None:
            return _source_from(kind, tokens, at + 2, high)
    if _says_as(tokens, at, high):
        return _reported(tokens, at, low)
    if is_cue(tokens, at) and (before is None or before.lower != "as"):
        return _subject_at(tokens, at, low, high)
    return None


_INTRODUCED = {("according", "to"): Kind.ACCORDING, ("words", "of"): Kind.POSSESSIVE}


def _questioner(tokens: list[Token], at: int, high: int) -> tuple[Kind, Phrase] | None:
    """Find who asks what is quoted, as in "asked by Roe, “…”" and "asked by Roe whether “…”"."""
    found = _source_from(Kind.PASSIVE, tokens, at, high)
    if found is None:
        return None
    end = found[1][1]
    asked = tokens[high - 1].text in (",", ":") or tokens[high - 1].lower in ("if", "whether")
    return found if asked and high - end <= ASIDE else None


def _subject_at(tokens: list[Token], at: int, low: int, high: int) -> tuple[Kind, Phrase] | None:
    """Find the subject of the verb at `at`, before it or, where it opens the sentence, after it."""
    phrase = subjects.subject_of(tokens, at, low)
    if phrase is None and at == low:
        phrase = _after_verb(tokens, at + 1, high)
    if phrase is None or not _speaks(tokens, at, phrase):
        return None
    whom = phrase[0] > low and tokens[phrase[0] - 1].lower == "whom"
    if whom and high - at > NEAR + 1:
        return None
    return Kind.BEFORE, phrase


_REPORTED = frozenset(("quoted", "cited"))
_CITING = _REPORTED | {"quotes", "cites", "quoting", "citing"}


def _says_as(tokens: list[Token], at: int, high: int) -> bool:
    return tokens[at].lower == "as" and at + 1 < high and tokens[at + 1].lower == "saying"


def _reported(tokens: list[Token], as_: int, low: int) -> tuple[Kind, Phrase] | None:
    """Find the source in "X was quoted (by Y) as saying" and in "Y quoted X as saying"."""
    for at in range(as_ - 1, low - 1, -1):
        if tokens[at].lower in _REPORTED or tokens[at].lower in ("quotes", "quoting", "citing"):
            if at + 1 < as_ and tokens[at + 1].lower != "by":
                found = _source_from(Kind.PASSIVE, tokens, at + 1, as_)
                if found is not None:
                    return found
            phrase = subjects.subject_of(tokens, at, low)
            return phrase and (Kind.PASSIVE, phrase)
    return None


def _speaks(tokens: list[Token], verb: int, phrase: Phrase) -> bool:
    """Tell whether a subject can speak: with verbs other than of saying, no thing can."""
    return tokens[verb].lower in SPEECH_VERBS or subjects.can_speak(tokens, phrase)


def _possessor(tokens: list[Token], low: int, high: int) -> Phrase | None:
    """Find whose words are quoted, as in "Roe's statement that …"."""
    for at in range(high - 1, low, -1):
        if not is_cue_noun(tokens[at]):
            continue
        for owner in range(at - 1, max(low, at - 5), -1):
            if tokens[owner].kind is _K.POSSESSIVE:
                return phrases.phrase_ending_at(tokens, owner - 1, low)
    return None
