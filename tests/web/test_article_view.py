from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.records import STANCES, Article, ScoredStatement
from stance.web.article_view import article_view, headline_of, is_headline, legend, runs_of
from web.fakes import TEXT, Page, scored

HOSTILE = "<script>alert(1)</script>“<img src=x onerror=alert(2)>” & &lt; ]]> <!-- \"' "


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[ScoredStatement]]:
    pieces = st.one_of(
        st.text(max_size=30), st.sampled_from(["\n\n", "“", "”", HOSTILE, "😀", "=cmd()"])
    )
    text = "".join(draw(st.lists(pieces, max_size=12))).replace("\r", "") + "."
    ends = st.integers(1, len(text) + 3)
    spans = ends.flatmap(lambda end: st.tuples(st.integers(0, end), st.just(end)))
    segments = st.lists(spans, min_size=1, max_size=3).map(lambda many: tuple(sorted(many)))
    statements = draw(
        st.lists(
            st.builds(
                lambda where, stance, speaker, unsure: scored(
                    stance, 0.3, speaker, text=text, segments=where, needs_review=unsure
                ),
                segments,
                st.sampled_from(STANCES),
                st.one_of(st.none(), st.text(max_size=60), st.just(HOSTILE)),
                st.booleans(),
            ),
            max_size=6,
        )
    )
    return text, statements


@settings(deadline=None)
@given(marked_texts())
def test_any_text_with_any_spans_is_well_formed_and_whole(
    case: tuple[str, list[ScoredStatement]],
) -> None:
    text, statements = case
    page = Page(article_view(Article(text), statements))
    assert page.outside_buttons == text
    assert len(page.all("button")) == len(statements)
    assert {tag for tag, _ in page.elements} <= {"article", "p", "mark", "button", "span", "b"}


def test_title_and_names_are_escaped() -> None:
    statement = scored(speaker="<i>Ada</i>")
    markup = article_view(Article(TEXT, title="<u>News</u>"), [statement])
    assert "<i>" not in markup
    assert "<u>" not in markup
    assert "&lt;u&gt;News&lt;/u&gt;" in markup


def test_statement_has_its_stance_and_strength_and_its_tag_after_the_closing_mark() -> None:
    markup = article_view(Article(TEXT), [scored("against", -0.75, needs_review=True)])
    (mark,) = Page(markup).all("mark")
    assert mark["class"] == "against unsure"
    assert mark["style"] == "--strength:0.75"
    assert "We want a deal,</mark>”<button" in markup
    assert "▼ </span><b>Ada Marsh</b> against? −0.75</button>" in markup


def test_nested_statement_is_on_top() -> None:
    outer = scored("against", -0.9, segments=((12, 60),))
    inner = scored("favor", 0.9, segments=((20, 30),))
    assert runs_of(len(TEXT), [outer, inner], ()) == [
        (0, 12, None),
        (12, 20, 0),
        (20, 30, 1),
        (30, 60, 0),
        (60, len(TEXT), None),
    ]


def test_mark_ends_with_its_paragraph() -> None:
    markup = article_view(Article(TEXT), [scored(segments=((12, len(TEXT)),))])
    assert len(Page(markup).all("mark")) == 2
    assert len(Page(markup).all("button")) == 1


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("Talks End Without a Deal", True),
        ("“We Go Home,” Envoys Say", True),
        ("The talks ended without a deal.", False),
        ("He said: “We go home.”", False),
        ("word " * 40, False),
    ],
)
def test_headline(paragraph: str, expected: bool) -> None:
    assert is_headline(paragraph) is expected


def test_legend_names_every_stance() -> None:
    words = Page(legend()).text
    for expected in ("▲ for better", "▼ against better", "■ neutral", "○ unrelated", "? the model"):
        assert expected in words


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (TEXT, None, "Talks end"),
        (TEXT, "Envoys", "Envoys"),
        ("It is over.\n\nTalks end", None, None),
        (" ", None, None),
    ],
)
def test_headline_of(text: str, title: str | None, expected: str | None) -> None:
    assert headline_of(Article(text, title=title)) == expected
