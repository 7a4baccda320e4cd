"""The style as Gradio takes it: it rewrites every selector, and not all of them outlive that."""

from __future__ import annotations

import re
from pathlib import Path

from stance import web

STYLE = re.sub(
    r"/\*.*?\*/", "", (Path(web.__file__).parent / "style.css").read_text("utf-8"), flags=re.DOTALL
)


def test_no_selector_has_a_comma_between_parentheses() -> None:
    selectors = [one.strip() for one in re.findall(r"[^{}]+(?=\{)", STYLE) if "@" not in one]
    assert len(selectors) > 50
    assert not [one for one in selectors if re.search(r"\([^)]*,", one)]


def test_media_rules_select_only_what_lies_inside_the_main_part() -> None:
    media = re.findall(r"@media[^{]+\{((?:[^{}]+\{[^{}]*\})*)\s*\}", STYLE)
    assert media
    selectors = [one for body in media for one in re.findall(r"[^{}]+(?=\{)", body)]
    assert not [one for one in selectors if re.search(r"\.gradio-container|:root|\bmain\b", one)]


def test_forced_colors_keep_what_marks_a_stance() -> None:
    (body,) = re.findall(r"@media \(forced-colors: active\) \{\s*mark, \.word \{([^}]*)", STYLE)
    assert "forced-color-adjust: none" in body
