from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stance.web.table_view import MAX_QUOTE, table_view
from web.fakes import Page, scored


def test_row_has_what_it_is_sorted_and_filtered_by() -> None:
    page = Page(table_view([scored("against", -0.25, "Bo Reed", side="russia")]))
    row = page.all("tr")[1]
    assert row["data-index"] == "0"
    assert (row["data-speaker"], row["data-stance"]) == ("Bo Reed", "against")
    assert "-0.250000" in [cell["data-value"] for cell in page.all("td")]
    assert "▼ against −0.25" in page.text


def test_unrelated_statement_has_no_score() -> None:
    page = Page(table_view([scored("unrelated", -0.25, sentiment_score=0.5)]))
    assert "0.25" not in page.text
    assert page.all("td")[1]["data-value"] == "0.000000"


def test_speakers_can_be_filtered_once_each() -> None:
    page = Page(table_view([scored(), scored(), scored(speaker=None)]))
    values = [option["value"] for option in page.all("option")]
    assert values.count("Ada Marsh") == 1
    assert values.count("speaker unknown") == 1


def test_long_quote_is_cut() -> None:
    page = Page(table_view([scored(quote="x" * 500)]))
    assert "x" * (MAX_QUOTE - 1) + "…" in page.text
    assert "x" * MAX_QUOTE not in page.text


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_words_are_escaped(quote: str, speaker: str) -> None:
    page = Page(table_view([scored(speaker=speaker or None, quote=quote)]))
    assert len(page.all("tr")) == 2
    assert not {tag for tag, _ in page.elements} & {"script", "img"}
