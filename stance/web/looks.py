"""How stances, sides and sentiments look: one colour, sign, shape and word for each.

Every meaning is told at least twice, by colour and by sign or word, so that no reader depends on
colours. Blue and orange stay apart in all common kinds of colour blindness. Every colour of text
has a contrast of 4.5 : 1 or more on its theme's background (`tests/web/test_looks.py` measures).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from stance.records import SentimentLabel, SideLabel, StanceLabel

Theme = Literal["light", "dark"]
Shape = Literal["triangle-up", "triangle-down", "square", "circle"]


@dataclass(frozen=True, slots=True)
class Look:
    """How one stance is shown.

    `sign` stands before every mention of it in text, `shape` is the like in pictures, `word` is
    its name and `rest` makes a phrase of it; `light` and `dark` are its colour in each theme.
    """

    sign: str
    shape: Shape
    word: str
    rest: str
    light: str
    dark: str

    @property
    def phrase(self) -> str:
        """The stance in a few words."""
        return f"{self.word} {self.rest}"


STANCE_LOOKS: Mapping[StanceLabel, Look] = {
    "favor": Look("▲", "triangle-up", "for", "better relations", "#0a5fa4", "#74b6ee"),
    "against": Look("▼", "triangle-down", "against", "better relations", "#a8480a", "#f3a268"),
    "neutral": Look("■", "square", "neutral", "on the relations", "#5d5a66", "#b9b4c4"),
    "unrelated": Look("○", "circle", "unrelated", "to the relations", "#6b665e", "#a39d93"),
}

SIDE_WORDS: Mapping[SideLabel, str] = {
    "us": "US",
    "russia": "Russia",
    "other": "other country",
    "unknown": "side unknown",
}

SENTIMENT_WORDS: Mapping[SentimentLabel, str] = {
    "positive": "positive",
    "neutral": "matter-of-fact",
    "negative": "negative",
}

UNSURE = "?"
"""Stands after a stance that a person should read: the row's `needs_review`."""

SURFACES: Mapping[str, tuple[str, str]] = {
    "paper": ("#faf8f3", "#17181b"),
    "sheet": ("#fffefb", "#1f2024"),
    "ink": ("#1d1b18", "#ebe8e2"),
    "faint": ("#625d55", "#aaa59b"),
    "rule": ("#ded9ce", "#3a3b40"),
    "line": ("#8a857c", "#7d7a74"),
}
"""Colours that stand for no meaning, (light, dark), by name of the style's variable.

`ink` and `faint` are text, `line` the borders that must be seen (3 : 1), `rule` ornament.
"""


def variables(theme: Theme) -> dict[str, str]:
    """Return every colour of a theme by the name of its variable in the style."""
    index = 0 if theme == "light" else 1
    surfaces = {name: pair[index] for name, pair in SURFACES.items()}
    return surfaces | {name: getattr(look, theme) for name, look in STANCE_LOOKS.items()}


def color_rules() -> str:
    """Return the style rules that set the colours of both themes.

    Pictures are drawn in the colours of the light theme; in the dark one, every shape that has
    such a colour gets its counterpart.
    """
    rules = []
    themes: tuple[tuple[Theme, str], ...] = (("light", ":root"), ("dark", ".dark"))
    for theme, selector in themes:
        body = " ".join(f"--{name}: {value};" for name, value in variables(theme).items())
        rules.append(f"{selector} {{ {body} }}")
    light = variables("light")
    for name, value in light.items():
        for attribute in ("fill", "stroke"):
            selector = f'.dark .picture [{attribute}="{value}"]'
            rules.append(f"{selector} {{ {attribute}: var(--{name}); }}")
    return "\n".join(rules)


def signed(score: float) -> str:
    """Return a score as people write it: a true minus sign, two digits, no "−0.00"."""
    text = f"{score:+.2f}"
    return text.replace("-", "−") if float(text) else "0.00"


def numbered(count: int, noun: str) -> str:
    """Return a count with its noun, in the plural where it needs one."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
