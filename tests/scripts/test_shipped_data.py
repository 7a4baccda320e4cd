"""Every row of the data that ships is valid, and the standoff rows hold no text."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import join_standoff as join
import pytest

from stance.estimation.coding import read_sheet
from stance.evaluation.metrics import score_labels, score_share
from stance.jsonl import read_lines
from stance.model.spec import HEADS
from stance.records import PIECE_SEPARATOR, SENTIMENTS, SIDES, STANCES

DATA = Path(__file__).parents[2] / "scripts" / "data"
STANDOFF = {
    "train": 4335,
    "dev": 865,
    "doubt": 3195,
    "tone": 1081,
    "rest": 1304,
    "reported": 3377,
    "sentences": 1637,
}
INVENTED_SPLITS = {"train", "challenge"}
STANDOFF_COLUMNS = {
    "id",
    "article",
    "start",
    "end",
    "segments",
    "quote_hash",
    "speaker_span",
    "date",
    "source",
    "stance",
    "sentiment",
    "certain",
    "side",
    "split",
}


def standoff_rows(split: str) -> list[dict[str, Any]]:
    return list(join.read_standoff(DATA / f"us_russia_{split}.standoff.jsonl.gz"))


def stands_in(quote: str, paragraph: str) -> bool:
    position = 0
    for piece in quote.split(PIECE_SEPARATOR):
        position = paragraph.find(piece, position) + len(piece)
        if not piece or position < len(piece):
            return False
    return True


@pytest.fixture(scope="module")
def invented() -> list[dict[str, Any]]:
    return list(join.read_rows(DATA / "invented.jsonl"))


def assert_labelled(row: dict[str, Any]) -> None:
    assert row["stance"] in STANCES, row["id"]
    assert row["sentiment"] in SENTIMENTS, row["id"]
    assert row["side"] in SIDES, row["id"]
    assert row["certain"] in (0, 1), row["id"]


def assert_unique(rows: list[dict[str, Any]], column: str) -> None:
    repeated = [value for value, count in Counter(r[column] for r in rows).items() if count > 1]
    assert repeated == []


def test_invented_rows_are_labelled_and_distinct(invented: list[dict[str, Any]]) -> None:
    for row in invented:
        assert_labelled(row)
        assert row["split"] in INVENTED_SPLITS, row["id"]
        assert re.fullmatch(r"(19|20)\d\d", row["date"]), row["id"]
        assert row["speaker"].strip(), row["id"]
    assert_unique(invented, "id")
    assert_unique(invented, "quote")


def test_invented_quotes_stand_in_their_paragraphs(invented: list[dict[str, Any]]) -> None:
    assert [r["id"] for r in invented if not stands_in(r["quote"], r["paragraph"])] == []
    assert [r["id"] for r in invented if r["quote"].rstrip(", ") != r["quote"]] == []


def test_challenge_rows_cover_every_stance_in_every_decade(
    invented: list[dict[str, Any]],
) -> None:
    challenge = [row for row in invented if row["split"] == "challenge"]
    covered = {(row["date"][:3], row["stance"]) for row in challenge}
    decades = {row["date"][:3] for row in invented}
    assert covered == {(decade, label) for decade in decades for label in STANCES}
    assert 280 <= len(challenge) <= 320


def test_rows_on_another_pair_of_countries_are_labelled_and_split_by_article() -> None:
    rows = list(join.read_rows(DATA / "invented_us_china.jsonl"))
    for row in rows:
        assert_labelled(row)
        assert re.fullmatch(r"(19|20)\d\d-[01]\d-[0-3]\d", row["date"]), row["id"]
    assert_unique(rows, "id")
    assert_unique(rows, "quote")
    assert [row["id"] for row in rows if not stands_in(row["quote"], row["paragraph"])] == []
    assert Counter(row["split"] for row in rows) == {"train": 200, "dev": 120}
    assert len({(row["article"], row["split"]) for row in rows}) == len(
        {r["article"] for r in rows}
    )
    for split in ("train", "dev"):
        stances = Counter(row["stance"] for row in rows if row["split"] == split)
        assert set(stances) == set(STANCES)
        assert max(stances, key=lambda label: stances[label]) == "unrelated"


@pytest.mark.parametrize("split", STANDOFF)
def test_standoff_rows_are_labelled_and_hold_no_text(split: str) -> None:
    rows = standoff_rows(split)
    assert len(rows) == STANDOFF[split]
    assert_unique(rows, "id")
    for row in rows:
        assert row.keys() - {"speaker"} == STANDOFF_COLUMNS
        assert len(row.get("speaker", "")) < 140, row["id"]
        assert_labelled(row)
        assert row["split"] == ("dev" if split == "dev" else "train")
        assert re.fullmatch(r"D\d{4}|[QRSX]\d{1,5}", row["id"])
        assert re.fullmatch(r"\w{16}", row["article"], re.ASCII)
        assert re.fullmatch(r"[0-9a-f]{12}", row["quote_hash"])
        assert re.fullmatch(r"[0-9/-]{0,10}", row["date"])
        assert len(row["source"]) < 40, row["id"]


@pytest.mark.parametrize("split", STANDOFF)
def test_standoff_offsets_are_in_order(split: str) -> None:
    for row in standoff_rows(split):
        offsets = [offset for segment in row["segments"] for offset in segment]
        assert offsets == sorted(offsets), row["id"]
        assert (row["start"], row["end"]) == (offsets[0], offsets[-1]), row["id"]
        assert all(start < end for start, end in row["segments"]), row["id"]
        span = row["speaker_span"]
        assert span is None or 0 <= span[0] < span[1], row["id"]


@pytest.mark.parametrize(("head", "macro_f1"), [("stance", 0.911), ("sentiment", 0.894)])
def test_the_second_reader_agrees_as_the_readme_says(head: str, macro_f1: float) -> None:
    first = {row["id"]: row for row in standoff_rows("dev")}
    second = list(join.read_rows(DATA / "us_russia_dev.second.jsonl"))
    assert len(second) == 320
    assert_unique(second, "id")
    gold = [first[row["id"]][head] for row in second]
    figures = score_labels(
        gold,
        [row[head] for row in second],
        HEADS[head],
        [first[row["id"]]["article"] for row in second],
    )
    assert round(figures.macro_f1.value, 3) == macro_f1


def test_the_articles_that_the_recipe_reads_are_listed() -> None:
    ids = [line.strip() for line in read_lines(DATA / "articles_us_russia.ids.gz")]
    assert len(set(ids)) == len(ids) == 2511
    listed = {row["article"] for split in ("train", "dev") for row in standoff_rows(split)}
    assert len(listed - set(ids)) == 0


def test_whole_articles_are_those_of_the_development_set() -> None:
    ids = {line.strip() for line in read_lines(DATA / "articles_us_russia_dev.ids.gz")}
    assert ids == {row["article"] for row in standoff_rows("dev")}
    coded = read_sheet(DATA / "us_russia_dev.whole.csv")
    assert len(coded) == 240
    assert {article for article, _ in coded} <= ids


def test_readers_of_the_speakers_say_what_the_readme_says() -> None:
    first = {row["id"]: row for row in standoff_rows("dev")}
    read = list(join.read_rows(DATA / "us_russia_dev.speakers.jsonl"))
    assert_unique(read, "id")
    assert {row["id"] for row in read} <= first.keys()
    verdicts = Counter(row["right"] for row in read)
    assert verdicts == {"label": 73, "named": 31, "both": 25, "neither": 4}
    right = {row["id"]: row["right"] in ("named", "both") for row in read}
    articles = [row["article"] for row in first.values()]
    agreed = score_share([name not in right for name in first], articles)
    judged = score_share([right.get(name, True) for name in first], articles)
    assert str(agreed) == "0.846 [0.808, 0.878]"
    assert str(judged) == "0.911 [0.887, 0.932]"


def test_no_article_is_both_learnt_from_and_measured_on() -> None:
    dev = {row["article"] for row in standoff_rows("dev")}
    for split in STANDOFF.keys() - {"dev"}:
        assert not dev & {row["article"] for row in standoff_rows(split)}, split


def test_no_statement_was_labelled_twice() -> None:
    rows = [row for split in STANDOFF for row in standoff_rows(split)]
    starts = Counter((row["article"], row["start"]) for row in rows)
    assert [key for key, count in starts.items() if count > 1] == []


@pytest.mark.parametrize(("file", "count"), [("invented_news", 1000), ("invented_pairs", 1540)])
def test_invented_rows_are_labelled_and_stand_in_their_paragraphs(file: str, count: int) -> None:
    rows = list(join.read_rows(DATA / f"{file}.jsonl"))
    assert len(rows) == count
    for row in rows:
        assert_labelled(row)
        assert row["split"] == "train", row["id"]
        assert stands_in(row["quote"], row["paragraph"]), row["id"]
    assert_unique(rows, "id")


def test_invented_news_has_no_paragraph_twice() -> None:
    assert_unique(list(join.read_rows(DATA / "invented_news.jsonl")), "paragraph")


def test_invented_pairs_come_in_twos_and_are_none_of_the_challenge() -> None:
    rows = list(join.read_rows(DATA / "invented_pairs.jsonl"))
    sizes = Counter(row["article"] for row in rows)
    assert set(sizes.values()) == {2}
    challenge = {row["quote"] for row in join.read_rows(DATA / "challenge.jsonl")}
    assert not challenge & {row["quote"] for row in rows}
