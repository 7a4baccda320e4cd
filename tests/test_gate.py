from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.gate import may_concern_relations
from stance.records import Article


@pytest.mark.parametrize(
    "text",
    [
        "The Russians came by train.",
        "A RUSSIAN TANKER IS LATE",
        "russia",
        "moscow's mayor",
        "the kremlin",
        "Soviet-era pipes",
        "He served in the U.S.S.R.",
        "Post-Cold War cutbacks",
        "Vladimir PUTIN",
        "Crimean wine",
        "NATO ministers",
        "Nato ministers",
        "an ex-KGB man",
        "the GRU",
        "the FSB",
    ],
)
def test_articles_that_name_russia_are_read(text: str) -> None:
    assert may_concern_relations(Article(text))
    assert may_concern_relations(Article("Nothing here.", title=text))


@pytest.mark.parametrize(
    "text",
    ["", "A senator spoke.", "a signature gruesomely forged", "a minatory letter", "Mrs. Fsbach"],
)
def test_other_articles_are_passed_over(text: str) -> None:
    assert not may_concern_relations(Article(text, title=text))


@given(st.text(), st.text(), st.sampled_from(["Russia", "RUSSIA", "russia", "Moscow", "Putin"]))
def test_a_name_is_seen_in_any_text(before: str, after: str, name: str) -> None:
    assert may_concern_relations(Article(before + name + after))
    assert may_concern_relations(Article("", title=before + name + after))
