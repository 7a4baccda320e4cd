"""The two pictures: who stands where, and how it goes along the article.

Both are Vega-Lite, made with Altair: the browser draws them at the width that it has, and
`picture_file` turns the same ones into SVG and PNG without a browser. They are drawn in the colours
of the light theme; `stance.web.looks.color_rules` has those of the dark one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, cast

import altair as alt

from stance.records import STANCES, Article, ScoredStatement
from stance.web.article_view import UNKNOWN_SPEAKER, headline_of, shortened
from stance.web.looks import SIDE_WORDS, STANCE_LOOKS, UNSURE, numbered, signed, variables
from stance.web.standings import Standing, standings

Picture = alt.LayerChart

ROW = 56
"""Height of a speaker's row, in pixels: a line of text, and the points under it."""

MAX_ROWS = 16
"""Speakers that the picture shows at most: those with the most statements."""

LINE = 12
"""How far the points are below the middle of a row, in pixels, and the text above it."""

ABOVE = 8
"""How far a mean is above the points, in pixels, so that it hides none."""

AXIS_GAP = 10
"""How far the axes' words are from the picture along the article, so that no sign is on them."""

ALONG_HEIGHT = 220
"""Height of the picture along the article, in pixels."""

FILE_WIDTH = 760
"""Width of a picture in a file, in pixels; PNG has twice as many."""

FILE_PADDING = 16
"""White around a picture in a file, in pixels."""

FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"

_COLORS = variables("light")

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML can have; with one of them, `vl_convert` ends the process."""


def speakers_picture(statements: Sequence[ScoredStatement]) -> Picture | None:
    """Draw one row per speaker, most favourable first; None where nobody speaks of the relations.

    Each sign is a statement, hollow where the model is not sure. The diamond is the mean of a
    speaker with two or more, the bar its 95 % t interval from three on.
    """
    found = most_heard(standings(statements))
    if not found:
        return None
    rows = [_row(place, standing) for place, standing in enumerate(found)]
    points = [
        _point(one) | {"place": place}
        for place, standing in enumerate(found)
        for one in standing.statements
    ]
    y = alt.Y("place:O", axis=None, scale=alt.Scale(padding=0))
    everyone = _chart(rows).encode(y=y)
    bars, diamonds = _means([row for row in rows if row["mean"] is not None], y)
    ink, faint, rule = (_COLORS[name] for name in ("ink", "faint", "rule"))
    layers = [
        everyone.mark_rule(yOffset=LINE, color=rule, aria=False).encode(
            x=alt.datum(-1), x2=alt.datum(1)
        ),
        _chart([{}]).mark_rule(color=rule, aria=False).encode(x=alt.datum(0)),
        _label(everyone, "left", 14, ink).encode(x=alt.datum(-1), text="name:N"),
        _label(everyone, "right", 13, faint).encode(x=alt.datum(1), text="note:N"),
        *bars,
        _signs(_chart(points).encode(y=y), LINE).encode(x=_score("score")),
        *diamonds,
    ]
    words = "; ".join(f"{row['name']}: {row['note'] or 'no mean'}" for row in rows)
    return _finished(layers, ROW * len(rows), f"Who stands where, from −1 to 1. {words}.")


def _means(rows: list[dict[str, Any]], y: alt.Y) -> tuple[list[alt.Chart], list[alt.Chart]]:
    """Return the layers below and above the signs that show the speakers' means.

    None without rows: a layer without marks is an image without a name to a screen reader.
    """
    if not rows:
        return [], []
    chart, ink = _chart(rows).encode(y=y), _COLORS["ink"]
    bar = chart.mark_rule(
        yOffset=LINE, size=8, opacity=0.3, color=ink, strokeCap="butt", aria=False
    )
    diamond = chart.mark_point(
        shape="diamond", yOffset=LINE - ABOVE, size=80, filled=True, opacity=1
    )
    return [bar.encode(x=_score("low"), x2="high:Q")], [
        diamond.encode(
            x=_score("mean"), color=alt.value(ink), tooltip=_tooltip(name="Speaker", note="Mean")
        )
    ]


def most_heard(found: Sequence[Standing]) -> list[Standing]:
    """Return the `MAX_ROWS` standings with the most statements, in the order that they have."""
    heard = sorted(found, key=lambda one: len(one.statements), reverse=True)[:MAX_ROWS]
    kept = {one.speaker for one in heard}
    return [one for one in found if one.speaker in kept]


def along_picture(article: Article, statements: Sequence[ScoredStatement]) -> Picture | None:
    """Draw the statements' scores from the article's beginning to its end; None without any.

    Those unrelated to the relations stand on the middle line, whatever their score.
    """
    if not statements:
        return None
    values = [_point(one) | {"at": one.start / len(article.text)} for one in statements]
    base = _chart(values).encode(
        x=alt.X(
            "at:Q",
            scale=alt.Scale(domain=[0, 1]),
            axis=_axis([0, 1], "datum.value == 0 ? 'beginning of the article' : 'end'", AXIS_GAP),
        ),
        y=alt.Y(
            "score:Q",
            scale=alt.Scale(domain=[-1, 1]),
            axis=_axis([-1, 0, 1], _ends("▼ against", "▲ for"), AXIS_GAP),
        ),
    )
    zero = _chart([{}]).mark_rule(color=_COLORS["line"], aria=False)
    layers = (
        zero.encode(y=alt.datum(0)),
        base.transform_filter("datum.stance != 'unrelated'")
        .mark_rule(aria=False, size=2, opacity=0.6)
        .encode(y2=alt.datum(0), color=_color()),
        _signs(base, 0),
    )
    return _finished(
        layers,
        ALONG_HEIGHT,
        f"The scores of {numbered(len(values), 'statement')} along the article, −1 to 1.",
    )


def caption(article: Article, statements: Sequence[ScoredStatement]) -> list[str]:
    """Return what a picture must say away from the page: what it is of, its signs, its worth."""
    origin = " · ".join(filter(None, (headline_of(article), article.source, article.date)))
    looks = (STANCE_LOOKS[stance] for stance in STANCES if stance != "unrelated")
    signs = ", ".join(f"{look.sign} {look.word}" for look in looks)
    models = ", ".join(sorted({one.model for one in statements}))
    lines = [
        f"{signs}; hollow or {UNSURE}: not sure; diamond: mean of several statements; "
        "bar: its 95 % interval",
        f"Labels by a model ({models}), which is often wrong: read the words.",
    ]
    return [origin, *lines] if origin else lines


def picture_file(picture: Picture, kind: Literal["svg", "png"], lines: Sequence[str]) -> bytes:
    """Return a picture as a file, in the light theme on white, `FILE_WIDTH` wide.

    `lines` stand under its title.
    """
    import vl_convert  # noqa: PLC0415 - only downloads need it

    heading = alt.TitleParams(
        "Who stands where on US–Russia relations",
        subtitle=list(lines),
        subtitleColor=_COLORS["faint"],
        subtitleFontSize=12,
        subtitleLineHeight=17,
        subtitlePadding=6,
        anchor="start",
        fontSize=18,
        limit=FILE_WIDTH - 2 * FILE_PADDING,
        offset=16,
    )
    whole = picture.properties(
        width=FILE_WIDTH, background="#ffffff", padding=FILE_PADDING, title=heading
    )
    drawable = _as_xml(whole.to_dict())
    if kind == "png":
        return bytes(vl_convert.vegalite_to_png(drawable, scale=2, allowed_base_urls=[]))
    return str(vl_convert.vegalite_to_svg(drawable, allowed_base_urls=[])).encode()


def _as_xml(value: Any) -> Any:  # noqa: ANN401 - what JSON holds
    """Return a value of JSON with a replacement for each character that XML forbids."""
    if isinstance(value, str):
        return _NOT_XML.sub("\ufffd", value)
    if isinstance(value, list):
        return [_as_xml(one) for one in value]
    if isinstance(value, dict):
        return {name: _as_xml(one) for name, one in value.items()}
    return value


def _chart(rows: list[dict[str, Any]]) -> alt.Chart:
    """Return an empty chart of some rows, which travel within it."""
    return alt.Chart(alt.InlineData(rows))


def _row(place: int, one: Standing) -> dict[str, Any]:
    """Return what a speaker's row shows."""
    several = len(one.statements) > 1 and one.speaker is not None
    low, high = one.interval or (None, None)
    unsure = UNSURE if one.unsure else ""
    return {
        "place": place,
        "name": UNKNOWN_SPEAKER
        if one.speaker is None
        else f"{shortened(one.speaker)} · {SIDE_WORDS[one.side]}",
        "note": "" if one.speaker is None else signed(one.mean) + unsure,
        "mean": one.mean if several else None,
        "low": low,
        "high": high,
    }


def _point(one: ScoredStatement) -> dict[str, Any]:
    """Return what a statement's sign shows and tells."""
    speaker = one.speaker or UNKNOWN_SPEAKER
    label = STANCE_LOOKS[one.stance].phrase + (", not sure" if one.needs_review else "")
    score = None if one.stance == "unrelated" else one.stance_score
    told = (speaker, label) if score is None else (speaker, label, signed(score))
    return {
        "stance": one.stance,
        "sure": not one.needs_review,
        "score": round(score or 0, 4),
        "shown": "none" if score is None else signed(score),
        "speaker": speaker,
        "label": label,
        "told": ", ".join(told),
        "quote": shortened(one.quote, 120),
    }


def _signs(chart: alt.Chart, offset: float) -> alt.Chart:
    """Draw statements as the signs of their stances, `offset` pixels below their place."""
    shapes = [STANCE_LOOKS[stance].shape for stance in STANCES]
    fill = alt.Fill("stance:N", legend=None, scale=_colors())
    signs: alt.Chart = chart.mark_point(yOffset=offset, opacity=1, strokeWidth=2).encode(
        color=_color(),
        size=alt.condition("datum.stance == 'unrelated'", alt.value(36), alt.value(120)),
        shape=alt.Shape(
            "stance:N",
            legend=None,
            scale=alt.Scale(domain=STANCES, range=shapes),
        ),
        fill=alt.condition("datum.sure", fill, alt.value(_COLORS["sheet"])),
        tooltip=_tooltip(speaker="Speaker", label="Stance", shown="Score", quote="Words"),
        description="told:N",
    )
    return signs


def _tooltip(**titles: str) -> list[alt.Tooltip]:
    """Return what pointing at a sign shows: fields by their name, under their titles."""
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]


def _color() -> alt.Color:
    return alt.Color("stance:N", legend=None, scale=_colors())


def _colors() -> alt.Scale:
    """Return the colours of the stances."""
    return alt.Scale(domain=STANCES, range=[STANCE_LOOKS[stance].light for stance in STANCES])


def _label(chart: alt.Chart, side: Literal["left", "right"], size: int, color: str) -> alt.Chart:
    """Draw text above a speaker's line, at one end of it."""
    bold: Literal["bold", "normal"] = "bold" if side == "left" else "normal"
    label: alt.Chart = chart.mark_text(
        align=side, dy=-LINE, fontSize=size, fontWeight=bold, color=color, aria=False
    )
    return label


def _score(field: str) -> alt.X:
    """Return the axis of scores, −1 to 1, with a word at each end."""
    words = _ends("▼ against −1", "for +1 ▲")
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[-1, 1]), axis=_axis([-1, 0, 1], words))


def _ends(low: str, high: str) -> str:
    """Return a Vega expression that puts words at −1 and 1."""
    return f"datum.value < 0 ? '{low}' : datum.value > 0 ? '{high}' : '0'"


def _axis(values: list[float], words: str, gap: int = 0) -> alt.Axis:
    return alt.Axis(
        offset=gap,
        values=values,
        labelExpr=words,
        labelFlush=True,
        labelFontSize=12,
        labelColor=_COLORS["faint"],
        title=None,
        grid=False,
        ticks=False,
        domain=False,
    )


def _finished(layers: Sequence[alt.Chart], height: int, description: str) -> Picture:
    """Put a picture together, with its size and what a screen reader says of it."""
    picture: Picture = (
        cast("Picture", alt.layer(*layers))
        .properties(
            width="container",
            height=height,
            background="transparent",
            padding={"left": 8, "right": 8, "top": 4, "bottom": 4},
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
            description=description,
            usermeta={"embedOptions": {"renderer": "svg", "actions": False}},
        )
        .configure(font=FONT)
        .configure_view(stroke=None)
    )
    return picture
