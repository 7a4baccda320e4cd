from __future__ import annotations

from itertools import combinations

import pytest

from stance.records import SENTIMENTS, SIDES, STANCES
from stance.web.looks import (
    SENTIMENT_WORDS,
    SIDE_WORDS,
    STANCE_LOOKS,
    SURFACES,
    Theme,
    color_rules,
    numbered,
    signed,
    variables,
)

THEMES: tuple[Theme, Theme] = ("light", "dark")
STRONGEST_TINT = 0.36
"""Share of a stance's colour behind a statement with a score of ±1: `--tint` in style.css."""

RGB = tuple[float, float, float]


def rgb(color: str) -> RGB:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def contrast(one: RGB, other: RGB) -> float:
    """Return the contrast ratio of two colours by the formula of WCAG 2."""

    def luminance(color: RGB) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "sheet"])
def test_text_has_enough_contrast(theme: Theme, ground: str) -> None:
    colors = variables(theme)
    for name in ("ink", "faint", *STANCES):
        assert contrast(rgb(colors[name]), rgb(colors[ground])) >= 4.5, name
    assert contrast(rgb(colors["line"]), rgb(colors[ground])) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("stance", ["favor", "against", "neutral"])
def test_marked_text_has_enough_contrast(theme: Theme, stance: str) -> None:
    colors = variables(theme)
    paper, tint, ink = (rgb(colors[name]) for name in ("paper", stance, "ink"))
    red, green, blue = (
        below + STRONGEST_TINT * (above - below) for below, above in zip(paper, tint, strict=True)
    )
    assert contrast(ink, (red, green, blue)) >= 4.5


def test_everything_has_a_look_and_no_two_stances_share_a_sign() -> None:
    assert set(STANCE_LOOKS) == set(STANCES)
    assert set(SIDE_WORDS) == set(SIDES)
    assert set(SENTIMENT_WORDS) == set(SENTIMENTS)
    for one, other in combinations(STANCE_LOOKS.values(), 2):
        assert one.sign != other.sign
        assert one.shape != other.shape
        assert one.word != other.word


def test_no_two_colors_of_a_theme_are_the_same() -> None:
    for theme in THEMES:
        assert len(set(variables(theme).values())) == len(SURFACES) + len(STANCES)


def test_rules_turn_every_light_color_for_the_dark_theme() -> None:
    rules = color_rules()
    for name, color in variables("light").items():
        assert f'.dark .picture [fill="{color}"] {{ fill: var(--{name}); }}' in rules


@pytest.mark.parametrize(
    ("score", "expected"),
    [(0.5, "+0.50"), (-0.5, "−0.50"), (0.0, "0.00"), (-0.001, "0.00"), (1.0, "+1.00")],
)
def test_signed(score: float, expected: str) -> None:
    assert signed(score) == expected


def test_numbered() -> None:
    assert [numbered(n, "statement") for n in (0, 1, 2)] == [
        "0 statements",
        "1 statement",
        "2 statements",
    ]
