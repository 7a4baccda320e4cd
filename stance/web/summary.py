"""The article in words: how many statements, whose, and who wants what."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from stance.records import ScoredStatement, StanceLabel
from stance.web.looks import SIDE_WORDS, STANCE_LOOKS, UNSURE, numbered, signed
from stance.web.standings import Camp, Standing, standings

_CAMPS: tuple[tuple[Camp, StanceLabel, str], ...] = (
    ("favor", "favor", "Want better US–Russia relations"),
    ("between", "neutral", "In between, or only describe"),
    ("against", "against", "Speak against them"),
)


def summary(statements: Sequence[ScoredStatement]) -> str:
    """Return the headline of the results, and the speakers in three columns, as HTML."""
    found = standings(statements)
    unsure = sum(one.needs_review for one in statements)
    columns = "".join(_camp(found, *camp) for camp in _CAMPS)
    review = (
        f'<p class="note"><span class="unsure-sign">{UNSURE}</span> '
        f"The model is not sure of {numbered(unsure, 'statement')}: read them yourself.</p>"
        if unsure
        else ""
    )
    extremes = "".join(f"<span>{escape(one)}</span> " for one in _extremes(found))
    return (
        f'<section class="summary" aria-label="Summary"><h2>{escape(counted(statements))}</h2>'
        f'<p class="extremes">{extremes}</p>'
        f'<div class="camps">{columns}</div>{review}</section>'
    )


def counted(statements: Sequence[ScoredStatement]) -> str:
    """Return how many statements there are, by how many speakers, in one sentence."""
    speakers = {one.speaker for one in statements if one.speaker is not None}
    count = numbered(len(statements), "statement")
    by = f" by {numbered(len(speakers), 'speaker')}" if speakers else ""
    related = sum(one.stance != "unrelated" for one in statements)
    return f"{count}{by}, {related or 'none'} about US–Russia relations."


def _extremes(found: Sequence[Standing]) -> list[str]:
    """Name the most favourable and the most hostile speaker, if there are any."""
    named = [one for one in found if one.speaker is not None]
    sentences = []
    if named and named[0].camp == "favor":
        sentences.append(f"Most favourable: {named[0].speaker} ({signed(named[0].mean)}).")
    if named and named[-1].camp == "against":
        sentences.append(f"Most against: {named[-1].speaker} ({signed(named[-1].mean)}).")
    return sentences


def _camp(found: Sequence[Standing], camp: Camp, stance: StanceLabel, title: str) -> str:
    members = [one for one in found if one.camp == camp and one.speaker is not None]
    if camp == "against":
        members.reverse()
    look = STANCE_LOOKS[stance]
    people = "".join(_member(one) for one in members) or '<li class="nobody">no one</li>'
    return (
        f'<div class="camp {stance}"><h3><span aria-hidden="true">{look.sign}</span> {title}</h3>'
        f"<ul>{people}</ul></div>"
    )


def _member(one: Standing) -> str:
    mark = f' <abbr title="the model is not sure">{UNSURE}</abbr>' if one.unsure else ""
    return (
        f'<li><b>{escape(one.speaker or "")}</b> <span class="side">{SIDE_WORDS[one.side]}</span> '
        f'<span class="score">{signed(one.mean)}{mark}</span></li>'
    )
