"""One statement in full: its paragraph, its probabilities, and which words moved its score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from stance.records import Article, ScoredStatement, Span, StanceLabel
from stance.web.article_view import mark, runs_of
from stance.web.looks import SENTIMENT_WORDS, SIDE_WORDS, STANCE_LOOKS, UNSURE, signed
from stance.web.results import context_start
from stance.web.table_view import name_of

if TYPE_CHECKING:
    from stance.explain import Explanation, WordEffect

FAINTEST = 0.15
"""Share of the greatest effect under which a word is neither coloured nor named."""

LEAST_STRONGEST = 0.1
"""The word with the greatest effect has the full colour, unless its effect is less than this."""

TOLD = 3
"""Words of each direction that the explanation names."""

_BARS: tuple[tuple[str, StanceLabel], ...] = (
    ("p_favor", "favor"),
    ("p_neutral", "neutral"),
    ("p_against", "against"),
    ("p_unrelated", "unrelated"),
)

_SURROUNDINGS = {
    "speaker": "who speaks",
    "title": "the headline",
    "previous": "the paragraph before",
}


def detail(article: Article, one: ScoredStatement, index: int) -> str:
    """Return everything about the statement at an index of its article, as HTML."""
    look = STANCE_LOOKS[one.stance]
    unsure = (
        f'<p class="note"><span class="unsure-sign">{UNSURE}</span> The model is not sure here: '
        "read the words yourself before you use the label.</p>"
        if one.needs_review
        else ""
    )
    score = "" if one.stance == "unrelated" else f" <b>{signed(one.stance_score)}</b>"
    bars = "".join(_bar(getattr(one, name), stance) for name, stance in _BARS)
    return (
        f'<section class="detail" aria-label="Statement {index + 1}" data-chosen="{index}" '
        'tabindex="-1"><button type="button" class="close" aria-label="Close the details">'
        "<span aria-hidden='true'>✕</span></button>"
        f'<p class="kicker">Statement {index + 1}</p><h3>{escape(name_of(one))} '
        f'<span class="side">{SIDE_WORDS[one.speaker_side]}</span></h3>'
        f'<p class="verdict {one.stance}">{look.sign} {look.phrase}{score}</p>{unsure}'
        f'<blockquote class="paragraph">{_in_paragraph(article.text, one, index)}</blockquote>'
        f'<h4>How probable each stance is</h4><dl class="bars">{bars}</dl>'
        f"{_facts(one)}</section>"
    )


def _facts(one: ScoredStatement) -> str:
    """Return tone and attribution as one sentence each."""
    tone = f"{SENTIMENT_WORDS[one.sentiment]} ({signed(one.sentiment_score)})"
    facts = f"Tone of the words, whatever their stance: <b>{tone}</b>."
    if one.speaker is not None:
        mention = one.speaker_mention
        said = (
            f"“{escape(mention)}” stands for"
            if mention and mention != one.speaker
            else "The speaker is"
        )
        facts += (
            f" {said} <b>{escape(one.speaker)}</b>, with a probability of "
            f"{one.speaker_confidence:.0%}."
        )
    return f'<p class="facts">{facts}</p>'


def _bar(probability: float, stance: StanceLabel) -> str:
    look = STANCE_LOOKS[stance]
    return (
        f'<div><dt><span aria-hidden="true">{look.sign}</span> {look.word}</dt><dd>'
        f'<span class="bar {stance}" style="width:{100 * probability:.1f}%"></span>'
        f"<span>{probability:.0%}</span></dd></div>"
    )


def _in_paragraph(text: str, one: ScoredStatement, index: int) -> str:
    start = context_start(text, one)
    end = start + len(one.context)
    pieces = (
        piece if owner is None else mark(piece, one, index)
        for piece, owner in _pieces(text, (start, end), one)
    )
    return "".join(pieces)


def _pieces(text: str, span: Span, one: ScoredStatement) -> Iterator[tuple[str, int | None]]:
    for first, last, owner in runs_of(len(text), [one], span):
        if span[0] <= first and last <= span[1]:
            yield escape(text[first:last]), owner


def why(article: Article, one: ScoredStatement, explanation: Explanation) -> str:
    """Return the paragraph of a statement with its words coloured by their effect, as HTML."""
    if not explanation.words:
        return (
            '<section class="why"><p>No encoder read this article, as it names neither Russia nor '
            "what stands for it: every statement in it counts as unrelated.</p></section>"
        )
    favor, against = STANCE_LOOKS["favor"], STANCE_LOOKS["against"]
    return (
        '<section class="why" aria-label="Which words moved the score" tabindex="-1">'
        "<h4>Which words moved the score</h4>"
        f'<p class="note">Each word was left out in turn. Coloured is what changed the score of '
        f"{signed(explanation.score)}: "
        f'<span class="word favor" style="--strength:0.8">{favor.sign} toward {favor.word}</span>, '
        f'<span class="word against" style="--strength:0.8">{against.sign} toward {against.word}'
        "</span>; the strongest colour is the greatest change.</p>"
        f'<blockquote class="paragraph">{_colored(article.text, one, explanation.words)}'
        f"</blockquote>{_told(article.text, explanation)}</section>"
    )


def _colored(text: str, one: ScoredStatement, words: Sequence[WordEffect]) -> str:
    at = context_start(text, one)
    end = at + len(one.context)
    parts = []
    strongest = strongest_of(words)
    for word in words:
        if abs(word.effect) >= FAINTEST * strongest and at <= word.start and word.end <= end:
            parts.append(escape(text[at : word.start]))
            parts.append(_word(text[word.start : word.end], word.effect, strongest))
            at = word.end
    return "".join((*parts, escape(text[at:end])))


def strongest_of(words: Sequence[WordEffect]) -> float:
    """Return the effect that has the full colour: the greatest, unless all are small."""
    return max(LEAST_STRONGEST, *(abs(word.effect) for word in words))


def _word(text: str, effect: float, strongest: float) -> str:
    toward = "favor" if effect > 0 else "against"
    strength = abs(effect) / strongest
    return (
        f'<span class="word {toward}" style="--strength:{strength:.2f}" '
        f'title="{signed(effect)}">{escape(text)}</span>'
    )


def _told(text: str, explanation: Explanation) -> str:
    """Return the strongest words of each direction, and the surroundings, as a list."""
    words = sorted(explanation.words, key=lambda word: word.effect)
    least = FAINTEST * strongest_of(words)
    toward_for = [word for word in reversed(words[-TOLD:]) if word.effect >= least]
    toward_against = [word for word in words[:TOLD] if word.effect <= -least]
    lines = [
        f"Toward <b>for</b>: {_named(text, toward_for)}.",
        f"Toward <b>against</b>: {_named(text, toward_against)}.",
    ]
    around = [
        f"{_SURROUNDINGS.get(name, name)} {signed(effect)}"
        for name, effect in explanation.surroundings.items()
    ]
    if around:
        lines.append(f"What stands around it: {', '.join(around)}.")
    return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"


def _named(text: str, words: Sequence[WordEffect]) -> str:
    named = [f"“{escape(text[word.start : word.end])}” {signed(word.effect)}" for word in words]
    return ", ".join(named) or "no word by itself"
