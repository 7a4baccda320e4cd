"""The parts of the page that are the same for every article, as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from stance.web.examples import EXAMPLES

NO_DETAIL = (
    '<p class="no-detail">Choose a coloured statement in the article, or a row of the table, to '
    "see its probabilities and which words moved its score.</p>"
)

KEPT_NOTE = (
    '<p class="note">Your article is kept for this visit only; a reload of the page forgets it.</p>'
)

PICTURE_NOTES = {
    "speakers": (
        "<h2>Who stands where</h2><p class='note'>Each sign is a statement, hollow where the model "
        "is not sure. <b>◆</b> is the mean of several; the bar around it, from three statements "
        "on, its 95 % interval.</p>"
    ),
    "along": (
        "<h2>Along the article</h2><p class='note'>All statements in the order of the article. "
        "Circles, on the middle line, are unrelated to the relations.</p>"
    ),
}


def masthead(described: Mapping[str, Any]) -> str:
    """Return the page's head, with how often the model is wrong where that has been measured.

    Args:
        described: What `Scorer.describe` returns.
    """
    accuracy = ((described.get("quality") or {}).get("stance") or {}).get("accuracy")
    wrong = (
        "often they are wrong"
        if accuracy is None
        else f"on real news about {100 * (1 - accuracy['value']):.0f} of 100 are wrong"
    )
    return (
        '<header class="masthead"><h1>stance</h1>'
        "<p>Who said what about US–Russia relations in a news article, and where they stand.</p>"
        f'<p class="caveat">A model made these labels, and {wrong}: read the words. '
        '<a href="#how-it-works">How this works</a></p></header>'
    )


def example_buttons(chosen: int | None) -> str:
    """Return a button for each example, that of the chosen one pressed."""
    buttons = "".join(
        f'<button type="button" data-index="{index}" aria-pressed="{str(index == chosen).lower()}">'
        f'<span class="year">{one.year}</span> <b>{escape(one.title)}</b> '
        f'<span class="note">{escape(one.voices)}</span></button>'
        for index, one in enumerate(EXAMPLES)
    )
    return (
        '<nav class="examples" aria-label="Examples, all of them invented">'
        f'<p class="note">Invented examples</p><div class="shelf">{buttons}</div></nav>'
    )
