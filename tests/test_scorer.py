from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stance
from stance.errors import ArticleError
from stance.model.store import ModelFolder, shipped_model
from stance.reading import CONTEXT_REACH, context_span
from stance.records import (
    LEXICAL_SUFFIX,
    PIECE_SEPARATOR,
    SENTIMENTS,
    SIDES,
    STANCES,
    Article,
    ScoredStatement,
    Statement,
    StatementScore,
)
from stance.scorer import Scorer, content_hash
from stance.table import as_row

ABROAD = """Envoys meet on the river

The Russian ambassador, Pyotr Zubov, kept his visitors waiting for an hour.

“We want better relations with America,” Zubov said. “Everything else can be mended.”

Senator Carla Unger was not moved. “Moscow has lied to us for ten years, and it lies today,” she said.

"The ferry leaves at nine," a harbour clerk told the delegation.
"""  # noqa: E501

HOME = """The school board met for three hours.

“We have run out of chairs and of patience,” said Ada Munk, who heads it.

“Nobody asked the teachers about any of this,” Mr. Bell replied.
"""


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return stance.load(threads=2)


def scores_of(row: ScoredStatement) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in StatementScore.__slots__)


def check(row: ScoredStatement, text: str) -> None:
    """What INTERFACE says of any row."""
    assert 0 <= row.start < row.end <= len(text)
    assert row.segments[0][0] == row.start
    assert row.segments[-1][1] == row.end
    pieces = [text[start:end] for start, end in row.segments]
    assert row.quote == PIECE_SEPARATOR.join(pieces)
    assert all(piece in row.context for piece in pieces)
    assert row.context in text
    assert 0 <= row.speaker_confidence <= 1
    assert row.speaker_side in SIDES
    assert row.stance in STANCES
    assert row.sentiment in SENTIMENTS
    shares = {label: getattr(row, f"p_{label}") for label in STANCES}
    assert all(0 <= share <= 1 for share in shares.values())
    assert sum(shares.values()) == pytest.approx(1)
    assert shares[row.stance] == max(shares.values())
    assert row.stance_score == pytest.approx(row.p_favor - row.p_against)
    assert -1 <= row.sentiment_score <= 1
    assert isinstance(row.needs_review, bool)
    json.dumps(as_row(row))


def test_rows_of_an_article(scorer: Scorer) -> None:
    result = scorer.score_article(ABROAD, id="a1", title="Envoys meet", date="2014-05-02")
    assert result.article_id == "a1"
    rows = result.statements
    assert [row.quote for row in rows] == [
        "We want better relations with America, … Everything else can be mended.",
        "Moscow has lied to us for ten years, and it lies today,",
        "The ferry leaves at nine,",
    ]
    assert [row.speaker for row in rows[:2]] == ["Pyotr Zubov", "Carla Unger"]
    assert [row.stance for row in rows[:2]] == ["favor", "against"]
    for row in rows:
        check(row, ABROAD)
        assert (row.article_id, row.title, row.date) == ("a1", "Envoys meet", "2014-05-02")
        assert row.source is row.url is None
        assert row.model == scorer.name
    assert rows[0].context == ABROAD.split("\n\n")[2]


def test_ids_stand_for_the_text(scorer: Scorer) -> None:
    plain, named = scorer.score_article(ABROAD), scorer.score_article(ABROAD, id="a1", title="T")
    other = scorer.score_article(ABROAD + " ")
    ids = [[row.statement_id for row in result.statements] for result in (plain, named, other)]
    assert ids[0] == ids[1]
    assert not set(ids[0]) & set(ids[2])
    assert len(set(ids[0])) == len(ids[0])
    assert re.fullmatch(r"[0-9a-f]{16}", plain.article_id)
    assert all(one.startswith(plain.article_id) for one in ids[0])


def test_an_article_off_the_subject_skips_the_encoder(scorer: Scorer) -> None:
    rows = scorer.score_article(HOME).statements
    assert len(rows) == 2
    for row in rows:
        check(row, HOME)
        assert row.model == scorer.name + LEXICAL_SUFFIX
        assert (row.stance, row.p_unrelated, row.stance_score) == ("unrelated", 1.0, 0.0)
        assert not row.needs_review


def test_nobody_is_from_russia_where_nothing_names_it(scorer: Scorer) -> None:
    text = "“Eleven is plenty,” said Wanda Pruitt. “The river doesn’t ask for a recount.”"
    (row,) = scorer.score_article(text).statements
    assert row.model.endswith(LEXICAL_SUFFIX)
    assert row.speaker_side == "us"


def test_without_the_gate_the_encoder_reads_everything(scorer: Scorer) -> None:
    rows = stance.load(threads=1, gate=False).score_article(HOME).statements
    assert [row.model for row in rows] == [scorer.name] * 2
    assert all(row.p_unrelated < 1 for row in rows)


def test_a_model_of_another_target_reads_every_article(scorer: Scorer) -> None:
    folder = ModelFolder(shipped_model())
    folder.metadata = replace(folder.metadata, target="school boards")
    other = Scorer(folder, threads=1)
    rows = other.score_article(HOME).statements
    assert [row.model for row in rows] == [scorer.name] * 2
    assert all(row.p_unrelated < 1 for row in rows)
    assert other.describe()["target"] == "school boards"


def test_rows_do_not_depend_on_company(scorer: Scorer) -> None:
    articles = [Article(ABROAD, id="x"), Article(HOME), Article("No one spoke."), Article(ABROAD)]
    alone = [scorer.score_batch([article])[0] for article in articles]
    assert [len(rows) for rows in alone] == [3, 2, 0, 3]
    assert scorer.score_batch(articles) == alone
    assert scorer.score_batch(articles[::-1]) == alone[::-1]
    assert list(scorer.score_articles(articles)) == [row for rows in alone for row in rows]


@pytest.mark.parametrize(
    "text",
    ["The river rose and the road was shut.", "word", "“”", "“Gone”", "\x00\x01", "1" * 5000],
)
def test_no_quotes_no_rows(scorer: Scorer, text: str) -> None:
    assert scorer.score_article(text).statements == ()


@pytest.mark.parametrize("text", ["", " ", "\n\t \u00a0"])
def test_an_empty_text_is_an_error(scorer: Scorer, text: str) -> None:
    with pytest.raises(ArticleError, match="the text is empty"):
        scorer.score_article(text)


@pytest.mark.parametrize("columns", [{}, {"text": None}, {"text": 3}, {"title": "x"}])
def test_a_mapping_without_text_is_an_error(scorer: Scorer, columns: dict[str, object]) -> None:
    with pytest.raises(ArticleError, match="needs a 'text'"):
        list(scorer.score_articles([columns]))


def test_an_article_that_cannot_be_used_stops_after_the_rows_before_it(scorer: Scorer) -> None:
    articles = [{"text": HOME, "id": "1"}, {"text": " ", "id": "2"}, {"text": HOME, "id": "3"}]
    found = []
    with pytest.raises(ArticleError, match="article 2: the text is empty"):
        found.extend(scorer.score_articles(articles))
    assert [row.article_id for row in found] == ["1", "1"]


def test_articles_that_cannot_be_used_can_be_passed_over(scorer: Scorer) -> None:
    articles = [{"title": "x"}, {"text": HOME, "id": "1"}, Article(""), {"text": HOME, "id": "2"}]
    bad: list[tuple[object, str]] = []
    rows = scorer.score_articles(articles, lambda one, error: bad.append((one, str(error))))
    assert [row.article_id for row in rows] == ["1", "1", "2", "2"]
    assert bad == [(articles[0], "an article needs a 'text'"), (articles[2], "the text is empty")]


def test_mappings_give_the_rows_of_articles(scorer: Scorer) -> None:
    columns = {"text": ABROAD, "id": 7, "source": "The Invented Gazette", "pages": 3}
    article = Article(ABROAD, id="7", source="The Invented Gazette")
    assert list(scorer.score_articles([columns])) == list(scorer.score_articles([article]))


def test_articles_are_streamed(scorer: Scorer) -> None:
    taken = 0

    def endless() -> Iterator[dict[str, str]]:
        nonlocal taken
        while True:
            taken += 1
            yield {"text": HOME, "id": str(taken)}

    rows = scorer.score_articles(endless())
    assert taken == 0
    first = [next(rows) for _ in range(4)]
    assert [row.article_id for row in first] == ["1", "1", "2", "2"]
    assert taken <= 32


def test_quotes_alone_with_paragraph_and_with_speaker(scorer: Scorer) -> None:
    quotes = ["We want better relations with America", "Moscow has lied to us for ten years"]
    contexts = [f"“{quote},” the visitor said." for quote in quotes]
    speakers = ["Pyotr Zubov, Russian ambassador", None]
    plain = scorer.score_statements(quotes)
    assert [score.stance for score in plain] == ["favor", "against"]
    assert all(score.model == scorer.name for score in plain)
    assert scorer.score_statements(quotes, [None, None], [None, None]) == plain
    placed = scorer.score_statements(quotes, contexts)
    assert placed != plain
    told = scorer.score_statements(quotes, contexts, speakers)
    assert told[0].speaker_side == "russia"
    assert told[0] != placed[0]
    assert told[1] == placed[1]
    assert scorer.score_statements([]) == []


@pytest.mark.parametrize(
    "more", [{"contexts": []}, {"contexts": ["a"]}, {"speakers": []}, {"speakers": ["a"] * 3}]
)
def test_columns_of_other_lengths_are_refused(scorer: Scorer, more: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        scorer.score_statements(["One.", "Two."], **more)


def test_quotes_in_text_are_scored_as_they_stand(scorer: Scorer) -> None:
    row = scorer.score_article(ABROAD.split("\n\n")[3], title=None).statements[0]
    (score,) = scorer.score_statements([row.quote], [row.context], [row.speaker])
    assert score.stance == row.stance


SCRAPS = ("“", "”", '"', "'", "said", "Russia", "\n\n")
DECORATIONS = ("\U0001f54a\ufe0f", "e\u0301", "\u200b", "\U00010400", "ﬁ", "İ", "न्‍ि")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(DECORATIONS), min_size=3, max_size=3))
def test_offsets_are_code_points_of_the_text_as_given(scorer: Scorer, marks: list[str]) -> None:
    before, inside, after = marks
    quote = f"We will not forget what Moscow did to the {inside} bridge"
    text = f"It rained {before}.\n\n“{quote},” said Ada Munk {after}.\n"
    rows = scorer.score_article(text).statements
    assert len(rows) == 1
    check(rows[0], text)
    assert rows[0].start == text.index(quote)
    assert rows[0].quote.rstrip(",") == quote


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.text(max_size=30), st.sampled_from(SCRAPS))))
def test_any_text_gives_sound_rows(scorer: Scorer, parts: list[str]) -> None:
    text = " ".join(["Russia.", *parts])
    for row in scorer.score_article(text).statements:
        check(row, text)


def test_normal_forms_are_different_texts(scorer: Scorer) -> None:
    composed = unicodedata.normalize("NFC", "“The café in Moscow is a trap for fools,” he said.")
    for text in (composed, unicodedata.normalize("NFD", composed)):
        (row,) = scorer.score_article(text).statements
        check(row, text)


def test_context_is_bounded_in_a_text_without_line_breaks(scorer: Scorer) -> None:
    exchange = (
        "“We will mend the bridge before the winter comes,” said Ada Munk. Rain fell on the tents. "
        "“You said so last year and the year before,” Jonas Bell replied. The room was silent. "
    )
    rows = scorer.score_article(exchange * 1500).statements
    assert len(rows) == 3000
    reach = 2 * CONTEXT_REACH
    assert all(len(row.context) <= reach + row.end - row.start for row in rows)


def test_rows_hold_no_second_copy_of_their_contexts(scorer: Scorer) -> None:
    prepared = scorer.prepare(Article(ABROAD))
    rows = scorer.rows(prepared, scorer.engine.logits(prepared.encoded))
    assert rows
    for row, seen in zip(rows, prepared.found.texts, strict=True):
        assert row.context is seen.context


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (Statement(((10, 20),), (0, 40)), (0, 40)),
        (Statement(((9000, 9100),), (0, 20000)), (7000, 11100)),
        (Statement(((100, 200), (9000, 9100)), (50, 9200)), (50, 9200)),
    ],
)
def test_context_span(statement: Statement, expected: tuple[int, int]) -> None:
    assert context_span(statement) == expected


@pytest.mark.parametrize("threshold", [0.0, 0.5, 0.8, 1.0, None])
def test_unsure_stances_are_to_be_reviewed(threshold: float | None) -> None:
    folder = ModelFolder(shipped_model())
    folder.metadata = replace(folder.metadata, review_below=threshold)
    rows = Scorer(folder, threads=1).score_article(ABROAD).statements
    for row in rows:
        surest = max(getattr(row, f"p_{label}") for label in STANCES)
        assert row.needs_review == (threshold is None or surest < threshold)


def test_the_scorer_describes_its_model(scorer: Scorer) -> None:
    about = scorer.describe()
    assert about["labels"]["stance"] == list(STANCES)
    assert scorer.name == f"{about['name']} {about['version']}"
    json.dumps(about)


def test_what_tables_have_for_missing_values_is_none(scorer: Scorer) -> None:
    columns = {"text": ABROAD, "id": float("nan"), "title": None, "date": date(2024, 3, 1)}
    [row, *_] = scorer.score_articles([columns | {"source": np.datetime64("NaT")}])
    assert row.article_id == next(scorer.score_articles([Article(ABROAD)])).article_id
    assert (row.title, row.date, row.source) == (None, "2024-03-01", None)


def test_half_of_a_surrogate_pair_has_a_hash_of_its_own() -> None:
    assert content_hash("\ud800") not in map(content_hash, ("", "?", "\ufffd", "\udc00"))
