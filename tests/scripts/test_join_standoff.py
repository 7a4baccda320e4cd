import gzip
import json
from pathlib import Path
from typing import Any

import gather_articles as gather
import join_standoff as join
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import InputError, OutputError

TEXT = (
    "Envoys meet on the river\n\nAda Quill, who leads the mission 🙂, was brief.\n\n"
    "“We came to listen,” Quill said. “Nothing is signed.”\n\nRain fell."
)
QUOTE = "We came to listen … Nothing is signed."


def span(text: str, words: str) -> list[int]:
    start = text.index(words)
    return [start, start + len(words)]


def standoff_row(**changes: object) -> dict[str, Any]:
    segments = [span(TEXT, "“We came to listen,”"), span(TEXT, "“Nothing is signed.”")]
    return {
        "id": "X1",
        "article": "river",
        "start": segments[0][0],
        "end": segments[1][1],
        "segments": segments,
        "quote_hash": join.quote_hash(QUOTE),
        "speaker_span": span(TEXT, "Ada Quill"),
        "date": "2014-05-02",
        "source": "The Invented Gazette",
        "stance": "neutral",
        "sentiment": "neutral",
        "certain": 1,
        "side": "us",
        "split": "train",
    } | changes


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def run(standoff: Path, corpus: Path, out: Path) -> Result:
    arguments = [str(standoff), "--corpus", str(corpus), "--out", str(out)]
    return CliRunner().invoke(join.main, arguments)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus" / "data" / "jsons"
    folder.mkdir(parents=True)
    article = {"ID": "river", "content": "tokenised", "content_original": TEXT, "title": "Envoys "}
    (folder / "river.json").write_text(json.dumps(article), encoding="utf-8")
    return tmp_path / "corpus"


def test_rows_get_their_texts_from_the_article(tmp_path: Path, corpus: Path) -> None:
    out = tmp_path / "rows.jsonl"
    result = run(write_jsonl(tmp_path / "labels.jsonl", [standoff_row()]), corpus, out)
    assert result.exit_code == 0, result.output
    (row,) = join.read_rows(out)
    assert row["quote"] == QUOTE
    assert row["paragraph"] == "“We came to listen,” Quill said. “Nothing is signed.”"
    assert row["previous"] == "Ada Quill, who leads the mission 🙂, was brief."
    assert (row["title"], row["speaker"], row["date"]) == ("Envoys", "Ada Quill", "2014-05-02")
    assert not {"quote_hash", "speaker_span", "split"} & row.keys()


def test_the_labelled_name_of_a_speaker_stands_in_his_article_s_stead(
    tmp_path: Path, corpus: Path
) -> None:
    out = tmp_path / "new folder" / "rows.jsonl"
    labels = write_jsonl(tmp_path / "labels.jsonl", [standoff_row(speaker="Ada M. Quill")])
    assert run(labels, corpus, out).exit_code == 0
    assert [row["speaker"] for row in join.read_rows(out)] == ["Ada M. Quill"]


@pytest.mark.parametrize(("ids", "status"), [(["river"], 0), (["lake", "river"], 1)])
def test_articles_of_a_list(tmp_path: Path, corpus: Path, ids: list[str], status: int) -> None:
    listed, out = tmp_path / "articles.ids.gz", tmp_path / "articles.jsonl.gz"
    listed.write_bytes(gzip.compress("\n".join(ids).encode()))
    arguments = [str(listed), "--corpus", str(corpus), "--out", str(out)]
    assert CliRunner().invoke(gather.main, arguments).exit_code == status
    assert list(join.read_rows(out)) == [{"id": "river", "title": "Envoys", "text": TEXT}]


@pytest.mark.parametrize("id_column", ["id", "ID"])
def test_articles_may_come_as_gzipped_jsonl(tmp_path: Path, id_column: str) -> None:
    articles = write_jsonl(
        tmp_path / "articles.jsonl.gz",
        [{id_column: "river", "text": TEXT}, {id_column: "other", "text": "Nothing."}],
    )
    labels = write_jsonl(tmp_path / "labels.jsonl.gz", [standoff_row(speaker_span=None)])
    out = tmp_path / "rows.jsonl.gz"
    assert run(labels, articles, out).exit_code == 0
    (row,) = join.read_rows(out)
    assert (row["quote"], row["title"], row["speaker"]) == (QUOTE, "", "unknown")


def test_half_a_character_in_an_article_keeps_its_place(tmp_path: Path) -> None:
    articles = write_jsonl(
        tmp_path / "articles.jsonl", [{"id": "river", "text": TEXT.replace("🙂", "\ud83d")}]
    )
    out = tmp_path / "rows.jsonl"
    assert (
        run(write_jsonl(tmp_path / "labels.jsonl", [standoff_row()]), articles, out).exit_code == 0
    )
    (row,) = join.read_rows(out)
    assert row["previous"] == "Ada Quill, who leads the mission ?, was brief."


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"article": "elsewhere"}, "article not in the corpus given"),
        ({"quote_hash": "0" * join.HASH_LENGTH}, "text differs"),
        ({"segments": [[9_000, 9_100]]}, "text differs"),
    ],
)
def test_rows_that_do_not_fit_are_left_out(
    tmp_path: Path, corpus: Path, changes: dict[str, Any], reason: str
) -> None:
    labels = write_jsonl(tmp_path / "labels.jsonl", [standoff_row(), standoff_row(**changes)])
    out = tmp_path / "rows.jsonl"
    result = run(labels, corpus, out)
    assert result.exit_code == 1
    assert reason in result.output
    assert "1 of 2 rows" in result.output
    assert len(list(join.read_rows(out))) == 1


@pytest.mark.parametrize(
    ("labels", "message"),
    [("{", "not JSON"), ("[1]", "not a JSON object"), ('{"id": "X1"}', "has no article")],
)
def test_labels_that_cannot_be_read(
    tmp_path: Path, corpus: Path, labels: str, message: str
) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(labels, encoding="utf-8")
    out = tmp_path / "rows.jsonl"
    result = run(path, corpus, out)
    assert isinstance(result.exception, InputError)
    assert message in str(result.exception)
    assert not out.exists()


def test_a_folder_without_articles(tmp_path: Path) -> None:
    result = run(
        write_jsonl(tmp_path / "labels.jsonl", [standoff_row()]), tmp_path, tmp_path / "rows.jsonl"
    )
    assert isinstance(result.exception, InputError)
    assert "no articles in" in str(result.exception)


def test_a_place_that_cannot_be_written(tmp_path: Path, corpus: Path) -> None:
    labels = write_jsonl(tmp_path / "labels.jsonl", [standoff_row()])
    result = run(labels, corpus, labels / "rows.jsonl")
    assert isinstance(result.exception, OutputError)
    assert "cannot write" in str(result.exception)


@pytest.mark.parametrize(
    ("piece", "quote"),
    [("“So be it,”", "So be it"), ('"So be it."', "So be it."), ("“Never closed", "Never closed")],
)
def test_a_piece_loses_its_marks_and_the_comma_of_its_clause(piece: str, quote: str) -> None:
    assert join.cut_quote(piece, [(0, len(piece))]) == quote


@given(st.lists(st.text(st.characters(exclude_characters="\n"))), st.data())
def test_paragraphs_are_lines_whatever_stands_in_them(
    lines: list[str], data: st.DataObject
) -> None:
    lines = [line for line in lines if line.strip()]
    if not lines:
        return
    index = data.draw(st.integers(0, len(lines) - 1))
    start = sum(len(line) + 2 for line in lines[:index])
    paragraph, previous = join.cut_paragraphs("\n\n".join(lines), start)
    assert paragraph == lines[index].strip()
    assert previous == (lines[index - 1].strip() if index else "")


@given(st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50))))
def test_any_offsets_into_any_text_give_a_quote(text: str, segments: list[tuple[int, int]]) -> None:
    assert isinstance(join.cut_quote(text, segments), str)
