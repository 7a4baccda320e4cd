"""The table of all statements, as HTML; sorting and filtering it is `table.js`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from stance.records import SENTIMENTS, STANCES, ScoredStatement
from stance.web.article_view import UNKNOWN_SPEAKER, shortened
from stance.web.looks import SENTIMENT_WORDS, SIDE_WORDS, STANCE_LOOKS, UNSURE, signed

MAX_QUOTE = 160
"""Characters of a quote that the table shows."""

_COLUMNS = (
    ("number", "No."),
    ("text", "Speaker"),
    ("number", "Stance"),
    ("number", "Tone"),
    ("number", "Statement"),
)
"""How a column is sorted, and its title."""


def table_view(statements: Sequence[ScoredStatement]) -> str:
    """Return all statements as a table with filters; each row's quote is a button.

    A row carries what it is filtered by in `data-speaker`, `data-stance` and `data-sentiment`; a
    cell what it is sorted by in `data-value`.
    """
    speakers = sorted({name_of(one) for one in statements})
    filters = "".join(
        (
            _choice("speaker", "Speaker", ((one, one) for one in speakers)),
            _choice("stance", "Stance", ((one, STANCE_LOOKS[one].word) for one in STANCES)),
            _choice("sentiment", "Tone", ((one, SENTIMENT_WORDS[one]) for one in SENTIMENTS)),
        )
    )
    heads = "".join(
        f'<th scope="col" aria-sort="{"ascending" if index == 0 else "none"}">'
        f'<button type="button" data-sort="{kind}">{title}</button></th>'
        for index, (kind, title) in enumerate(_COLUMNS)
    )
    rows = "".join(_row(one, index) for index, one in enumerate(statements))
    return (
        '<h2 class="section">All statements</h2>'
        f'<div class="filters" role="group" aria-label="Filter the statements">{filters}'
        '<output class="note" aria-live="polite"></output></div>'
        '<div class="scroll"><table class="statements"><caption>All statements. The button in the '
        f"last column of a row shows its details.</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def name_of(statement: ScoredStatement) -> str:
    """Return the speaker's name, or what stands for it."""
    return statement.speaker or UNKNOWN_SPEAKER


def _choice(name: str, title: str, options: Iterable[tuple[str, str]]) -> str:
    inner = "".join(
        f'<option value="{escape(value)}">{escape(text)}</option>' for value, text in options
    )
    return (
        f'<label>{title} <select data-filter="{name}"><option value="">all</option>'
        f"{inner}</select></label>"
    )


def _row(one: ScoredStatement, index: int) -> str:
    look = STANCE_LOOKS[one.stance]
    unsure = f'<abbr title="the model is not sure">{UNSURE}</abbr>' if one.needs_review else ""
    quote = shortened(one.quote, MAX_QUOTE)
    name = escape(name_of(one))
    score = 0.0 if one.stance == "unrelated" else one.stance_score
    shown = "" if one.stance == "unrelated" else signed(score)
    return (
        f'<tr data-index="{index}" data-speaker="{name}" data-stance="{one.stance}" '
        f'data-sentiment="{one.sentiment}">'
        f'<td data-value="{index}">{index + 1}</td>'
        f'<th scope="row" data-value="{name}">{name} '
        f'<span class="side">{SIDE_WORDS[one.speaker_side]}</span></th>'
        f'<td data-value="{score:.6f}"><span class="stance {one.stance}">{look.sign} '
        f'{look.word}</span> <span class="score">{shown}{unsure}</span></td>'
        f'<td data-value="{one.sentiment_score:.6f}">{SENTIMENT_WORDS[one.sentiment]} '
        f'<span class="score">{signed(one.sentiment_score)}</span></td>'
        f'<td data-value="{index}"><button type="button" class="quote">{escape(quote)}</button>'
        "</td></tr>"
    )
