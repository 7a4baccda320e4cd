from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from stance.explain import Explanation, WordEffect
from stance.records import Article
from stance.web.detail import detail, why
from stance.web.results import context_start
from web.fakes import TEXT, Page, scored

ARTICLE = Article(TEXT)


def effects(*words: tuple[int, int, float]) -> Explanation:
    return Explanation(
        "a-12-27", 0.5, tuple(WordEffect(*word, quoted=True) for word in words), {"title": -0.1}
    )


def test_detail_shows_paragraph_probabilities_and_attribution() -> None:
    one = scored(speaker_mention="she", needs_review=True)
    words = Page(detail(ARTICLE, one, 3)).text
    assert "Statement 4" in words
    assert TEXT in words
    assert "▲ for better relations +0.50" in words
    assert "neutral25%" in words
    assert "not sure" in words
    assert "“she” stands for Ada Marsh, with a probability of 90%" in words


def test_unrelated_statement_has_no_score() -> None:
    words = Page(detail(ARTICLE, scored("unrelated", -0.25), 0)).text
    assert "○ unrelated to the relations" in words
    assert "−0.25" not in words


def test_words_are_colored_by_their_effect() -> None:
    markup = why(ARTICLE, scored(), effects((12, 14, 0.2), (15, 19, -0.1), (20, 21, 0.001)))
    words = [one for one in Page(markup).all("span") if "title" in one]
    assert [(one["class"], one["style"], one["title"]) for one in words] == [
        ("word favor", "--strength:1.00", "+0.20"),
        ("word against", "--strength:0.50", "−0.10"),
    ]
    told = Page(markup).text
    assert "Toward for: “We” +0.20." in told
    assert "Toward against: “want” −0.10." in told
    assert "the headline −0.10" in told


def test_without_words_the_gate_is_told_of() -> None:
    assert "No encoder read this article" in why(ARTICLE, scored(), effects())


@settings(deadline=None)
@given(st.text(min_size=1), st.data())
def test_any_words_with_any_effects_keep_the_paragraph(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    words = [(a, b, data.draw(st.floats(-2, 2))) for a, b in pairwise(cuts)]
    one = scored(text=text, segments=((0, 1),))
    page = Page(why(Article(text), one, effects(*words[::2], (0, 0, 0.0))))
    assert text.replace("\r", "") in page.text.replace("\r", "")


def test_context_is_found_where_the_statement_is() -> None:
    text = "A line.\n\nA line.\n\nA line."
    one = scored(text=text, segments=((9, 15),), context="A line.")
    assert context_start(text, one) == 9


def test_everything_is_escaped() -> None:
    one = scored(speaker="<b>Bo</b>", speaker_mention="<i>he</i>")
    assert "<b>Bo" not in detail(ARTICLE, one, 0)
    assert "<i>he" not in detail(ARTICLE, one, 0)
    assert "<b>Bo Reed" not in why(ARTICLE, one, effects((12, 14, 0.2)))
