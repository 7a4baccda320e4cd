"""How it works, how good it is and what it must not be used for, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from stance.records import STANCES
from stance.web.looks import STANCE_LOOKS
from stance.web.standings import LEANING, LEAST_FOR_INTERVAL


def about(described: Mapping[str, Any]) -> str:
    """Return the page's small print as HTML; every figure comes from the model's description.

    Args:
        described: What `Scorer.describe` returns.
    """
    name = escape(f"{described.get('name')} {described.get('version')}")
    return (
        f"<details class='about'><summary>How this works, and what it must not be used for"
        f"</summary>{_HOW}<h3>How good it is</h3>{_quality(described)}{_MUST_NOT}"
        f'<p class="note">Model: {name}, fine-tuned from '
        f"{escape(str(described.get('base_model')))}.</p></details>"
    )


_HOW = f"""
<h3 id="how-it-works">How it works</h3>
<p>The program looks for words in quotation marks, works out from the sentences around them who says
them, and hands each statement with its paragraph to a small language model. The model gives four
probabilities: that the speaker, <em>in these words</em>, is for better relations between the United
States and Russia, is against them, is about them on neither side, or speaks of something else. The
score is the first probability minus the second, −1 to 1. Tone is a separate matter: “I am proud of
our sanctions” is against, in a positive tone.</p>
<p>A speaker's place is the mean of their statements about the relations. The bar around it, from
{LEAST_FOR_INTERVAL} statements on, is the 95 % interval by Student's t. Who has one label in all
statements is listed under it; where the labels differ, the mean decides, and within ±{LEANING} it
counts as mixed. Statements marked <b>?</b> and drawn hollow or dashed are those of which the model
is not sure.</p>
<p>Your text is scored on the server, kept in its memory for an hour at most, and neither stored,
logged nor sent on; a file that you drop is deleted as soon as it is read.</p>
"""

_MUST_NOT = """
<h3>What it must not be used for</h3>
<ul>
<li>To judge a person. It labels <em>words in one article</em>, which others chose to quote, and
errs often enough that a single label proves nothing.</li>
<li>To decide about anybody: employment, vetting, immigration, policing, moderation.</li>
<li>To tell truth from falsehood, or loyalty from disloyalty. To want better relations, or not to,
is no merit or fault in itself.</li>
<li>For other pairs of countries, other languages, or posts, fiction and satire: it was trained on
English news.</li>
</ul>
"""


def _quality(described: Mapping[str, Any]) -> str:
    quality = described.get("quality") or {}
    stance = quality.get("stance")
    if not stance:
        return "<p>The quality of this model has not been measured.</p>"
    per_label = "".join(
        f"<tr><th scope='row'>{STANCE_LOOKS[label].sign} {STANCE_LOOKS[label].word}</th>"
        f"<td>{_percent(stance['f1'][label])}</td></tr>"
        for label in STANCES
        if label in stance.get("f1", {})
    )
    sentences = [
        f"On {quality.get('rows', 0):,} statements of real news articles that the model had not "
        f"seen, its stance is right in {_percent(stance['accuracy'])} of cases, and its tone in "
        f"{_percent(quality['sentiment']['accuracy'])}.",
        *_review(quality.get("review")),
        "“Right” means: like the labels that a larger language model gave under a written "
        "codebook, as it gave those from which this one learned. No person labelled them, so the "
        "figures tell how well the program follows the codebook as that model reads it.",
    ]
    return (
        f"<p>{' '.join(sentences)}</p><table class='quality'><caption>F1 score by stance (100 % "
        "would be perfect), with its 95 % interval</caption><tbody>"
        f"{per_label}</tbody></table>"
    )


def _review(review: Mapping[str, Any] | None) -> list[str]:
    if not review:
        return []
    return [
        f"It is sure of {_percent(review['kept'])} of them; of those it is right in "
        f"{_percent(review['accuracy'])}."
    ]


def _percent(figure: Mapping[str, float]) -> str:
    return (
        f"{figure['value']:.0%} <span class='note'>({figure['low']:.0%} to {figure['high']:.0%})"
        "</span>"
    )
