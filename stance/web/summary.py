"""The article in words: how many statements, whose, and who wants what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from stance.records import STANCES, ScoredStatement, StanceLabel
from stance.web.looks import SIDE_WORDS, STANCE_LOOKS, UNSURE, numbered, signed
from stance.web.pictures import MAX_ROWS
from stance.web.standings import Camp, Standing, standings

MAX_MEMBERS = 8
"""Speakers that a camp lists; the others are counted."""

_CAMPS: tuple[tuple[Camp, StanceLabel, str], ...] = (
    ("favor", "favor", "Want better US–Russia relations"),
    ("between", "neutral", "Mixed, neutral or only describing"),
    ("against", "against", "Speak against them"),
)


def summary(statements: Sequence[ScoredStatement], whose: str = "") -> str:
    """Return the headline of the results, and the speakers in three columns, as HTML.

    `whose` is the article's headline, or the name of its file.
    """
    found = standings(statements)
    nobody = "no named speaker" if any(one.speaker is None for one in found) else "no one"
    columns = "".join(_camp(found, *camp, nobody) for camp in _CAMPS)
    unsure = sum(one.needs_review for one in statements)
    camps = f'<div class="camps">{columns}</div>' if found else ""
    kicker = f'<p class="kicker">{escape(whose)}</p>' if whose else ""
    return (
        f'<section class="summary" aria-label="Summary"><div aria-live="polite">{kicker}'
        f"<h2>{escape(counted(statements))}</h2>{_extremes(found)}</div>"
        f"{camps}{_note(found, unsure)}</section>"
    )


def _note(found: Sequence[Standing], unsure: int) -> str:
    """Return what must be known to read the summary, if anything."""
    parts = ["Scores go from −1, against, to +1, for."] if found else []
    parts.extend(_unnamed(one) for one in found if one.speaker is None)
    if unsure:
        parts.append(
            f'<span class="unsure-sign">{UNSURE}</span> The model is not sure of '
            f"{numbered(unsure, 'statement')}: read them yourself."
        )
    if len(found) > MAX_ROWS:
        parts.append(f"The picture shows the {MAX_ROWS} most quoted speakers.")
    return f'<p class="note">{" ".join(parts)}</p>' if parts else ""


def counted(statements: Sequence[ScoredStatement]) -> str:
    """Return how many statements there are, by how many speakers, in one sentence."""
    speakers = {one.speaker for one in statements if one.speaker is not None}
    count = numbered(len(statements), "statement")
    by = f" by {numbered(len(speakers), 'speaker')}" if speakers else ""
    related = sum(one.stance != "unrelated" for one in statements)
    return f"{count}{by}, {related or 'none'} about US–Russia relations."


def _extremes(found: Sequence[Standing]) -> str:
    """Name the most favourable and the most hostile speaker, or tell of none, as HTML."""
    if not found:
        return ""
    named = [one for one in found if one.speaker is not None]
    friends = [one for one in named if one.camp == "favor"]
    foes = [one for one in named if one.camp == "against"]
    ends: tuple[tuple[list[Standing], StanceLabel, str], ...] = (
        (friends[:1], "favor", "Most favourable"),
        (foes[-1:], "against", "Most against"),
    )
    sentence = "".join(
        f'<span class="{stance}"><i aria-hidden="true">{STANCE_LOOKS[stance].sign}</i> {title}: '
        f"{escape(one.speaker or '')} ({signed(one.mean)}{_doubt(one)})</span> "
        for end, stance, title in ends
        for one in end
    )
    if not sentence:
        heard = {said.stance for one in found if one.speaker is None for said in one.statements}
        unknown = heard & {"favor", "against"}
        sentence = f"{'No named speaker' if unknown else 'Nobody quoted here'} takes a clear side."
    return f'<p class="extremes">{sentence}</p>'


def _unnamed(unknown: Standing) -> str:
    """Tell how many statements have no known speaker, and their stances."""
    stances = Counter(one.stance for one in unknown.statements)
    parts = ", ".join(f"{stances[one]} {STANCE_LOOKS[one].word}" for one in STANCES if stances[one])
    count = len(unknown.statements)
    verb = "has" if count == 1 else "have"
    return f"{numbered(count, 'statement')} about the relations {verb} no known speaker: {parts}."


def _camp(
    found: Sequence[Standing], camp: Camp, stance: StanceLabel, title: str, nobody: str
) -> str:
    """Return the column of a camp; `nobody` is what stands there in place of its speakers."""
    members = [one for one in found if one.camp == camp and one.speaker is not None]
    if camp == "against":
        members.reverse()
    look = STANCE_LOOKS[stance]
    people = "".join(_member(one) for one in members[:MAX_MEMBERS])
    if not members:
        people = f'<li class="nobody">{nobody}</li>'
    elif len(members) > MAX_MEMBERS:
        people += f'<li class="nobody">and {len(members) - MAX_MEMBERS} more</li>'
    return (
        f'<div class="camp {stance}"><h3><span aria-hidden="true">{look.sign}</span> {title}</h3>'
        f"<ul>{people}</ul></div>"
    )


def _member(one: Standing) -> str:
    return (
        f'<li><b>{escape(one.speaker or "")}</b> <span class="side">{SIDE_WORDS[one.side]}</span> '
        f'<span class="score">{signed(one.mean)}{_doubt(one)}</span></li>'
    )


def _doubt(one: Standing) -> str:
    """Return the sign of a standing of which the model is not sure, as HTML."""
    return f' <abbr title="the model is not sure">{UNSURE}</abbr>' if one.unsure else ""
