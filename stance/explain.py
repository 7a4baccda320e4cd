"""Why a statement has its score: which words move it, and how far.

Leave-one-out over words (Li, Monroe and Jurafsky, 2016, "Understanding neural networks through
representation erasure"): a word's effect is the stance score as it is minus the score without the
word. It agrees with the model by construction, needs no gradients and so runs on the engine that
scores; it says nothing of words that matter only together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from stance.model.engine import Logits
from stance.model.inputs import EncodedStatement, StatementText
from stance.reading import context_span
from stance.records import Article, Span
from stance.scorer import PreparedArticle, Scorer, content_hash, statement_id

MAX_WORDS = 160
"""Words tried at most, each with one pass of the encoder; those nearest to the quotation first.
The encoder itself reads some 120 words of a paragraph."""

SURROUNDINGS = ("speaker", "title", "previous")
"""What the encoder reads besides the paragraph; each is left out as a whole."""

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")

GAP = "…"
"""Stands for a word that is the whole of a quoted piece, which cannot be left out."""


@dataclass(frozen=True, slots=True)
class WordEffect:
    """A word of the article's text, half-open offsets, and what it adds to the stance score.

    `effect` is −2 to 2; above 0, the word pulls toward `favor`. `quoted` tells whether it is the
    speaker's or the newspaper's.
    """

    start: int
    end: int
    effect: float
    quoted: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """What moves the stance score of one statement.

    `words` are those of its paragraph in text order. `surroundings` gives the effect of the
    speaker's name, the title and the paragraph before, each as a whole, where there are any. Both
    are empty where the article names neither Russia nor what stands for it, so that no encoder
    read it.
    """

    statement_id: str
    score: float
    words: tuple[WordEffect, ...]
    surroundings: dict[str, float]


def explain(scorer: Scorer, article: Article, statement_id: str) -> Explanation:
    """Measure what each word adds to the stance score of one statement of an article.

    Costs one pass of the encoder a word, `MAX_WORDS` at most.

    Raises:
        ArticleError: The article's text is empty.
        KeyError: No statement of the article has this id.
    """
    question = Question.of(scorer, scorer.prepare(article), statement_id)
    return question.answer(scorer, scorer.engine.logits(question.encoded))


@dataclass(frozen=True, slots=True)
class Question:
    """What an explanation has the encoder score: a statement as it is, then its variants.

    Each variant lacks one of `words` (offsets in the article's text, and whether it is quoted),
    then one of `surroundings`. `encoded` is empty where no encoder read the article.
    """

    statement_id: str
    encoded: list[EncodedStatement]
    words: list[tuple[Span, bool]]
    surroundings: list[str]

    @classmethod
    def of(cls, scorer: Scorer, prepared: PreparedArticle, wanted: str) -> Question:
        """Prepare the question of the statement with the id `wanted`; `KeyError` without one."""
        text_hash = content_hash(prepared.article.text)
        statements = prepared.found.statements
        index = {statement_id(text_hash, one): i for i, one in enumerate(statements)}[wanted]
        if not prepared.encoded:
            return cls(wanted, [], [], [])
        text = prepared.found.texts[index]
        words = _words(text)
        named = [name for name in SURROUNDINGS if getattr(text, name)]
        variants = [
            text,
            *(_without(text, word) for word, _ in words),
            *(_without_part(text, name) for name in named),
        ]
        offset = context_span(statements[index])[0]
        spans = [((start + offset, end + offset), quoted) for (start, end), quoted in words]
        return cls(wanted, [scorer.encode(one) for one in variants], spans, named)

    def answer(self, scorer: Scorer, logits: Logits) -> Explanation:
        """Read the effects off the logits of `encoded`, shape (len(encoded), 11)."""
        if not self.encoded:
            return Explanation(self.statement_id, 0.0, (), {})
        score, *without = [one.stance_score for one in scorer.scores(logits)]
        effects = [score - other for other in without]
        words = tuple(
            WordEffect(*span, effect, quoted)
            for (span, quoted), effect in zip(self.words, effects, strict=False)
        )
        surroundings = dict(zip(self.surroundings, effects[len(words) :], strict=True))
        return Explanation(self.statement_id, score, words, surroundings)


def _words(text: StatementText) -> list[tuple[Span, bool]]:
    """Return the words of the paragraph that are tried, in text order, and which are quoted."""
    first, last = text.pieces[0][0], text.pieces[-1][1]
    found: list[tuple[int, Span, bool]] = []
    for match in _WORD.finditer(text.context):
        span = match.span()
        quoted = any(start <= span[0] and span[1] <= end for start, end in text.pieces)
        distance = max(first - span[1], span[0] - last, 0)
        found.append((0 if quoted else 1 + distance, span, quoted))
    nearest = sorted(found)[:MAX_WORDS]
    return sorted((span, quoted) for _, span, quoted in nearest)


def _without(text: StatementText, word: Span) -> StatementText:
    """Leave a word out of the paragraph; one that is all of a quoted piece becomes a gap."""
    start, end = word
    gap = GAP if any(_is_all_of(text.context[a:b], a, word) for a, b in text.pieces) else ""
    removed = end - start - len(gap)

    def moved(position: int) -> int:
        return position if position <= start else max(position - removed, start + len(gap))

    context = text.context[:start] + gap + text.context[end:]
    return replace(
        text, context=context, pieces=tuple((moved(a), moved(b)) for a, b in text.pieces)
    )


def _is_all_of(piece: str, start: int, word: Span) -> bool:
    """Tell whether a quoted piece, which begins at `start`, holds this word and no other."""
    return [(start + m.start(), start + m.end()) for m in _WORD.finditer(piece)] == [word]


def _without_part(text: StatementText, name: str) -> StatementText:
    """Leave out one of `SURROUNDINGS`."""
    left: dict[str, Any] = {name: ""}
    return replace(text, **left)
