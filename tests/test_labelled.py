from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import InputError
from stance.labelled import (
    article_of,
    articles_of,
    class_indices,
    distributions,
    read_labels,
    read_rows,
    split_by_article,
    statement_text,
    targets,
)
from stance.model.spec import HEADS, IGNORED
from stance.records import PIECE_SEPARATOR

ROW = {
    "quote": "We will talk",
    "paragraph": "“We will talk,” said Ada Quill.",
    "previous": "It rained.",
    "title": "Envoys meet",
    "speaker": "Ada Quill",
    "stance": "favor",
    "sentiment": "neutral",
    "side": "russia",
}


def packed(text: str) -> bytes:
    return gzip.compress(text.encode())


def test_rows_of_plain_and_packed_files(tmp_path: Path) -> None:
    plain, zipped = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"
    plain.write_text(json.dumps(ROW) + "\n" + json.dumps({"quote": "Нет."}), encoding="utf-8")
    zipped.write_bytes(packed(json.dumps(ROW) + "\n"))
    assert read_rows([plain, zipped]) == [ROW, {"quote": "Нет."}, ROW]
    assert read_rows([]) == []


def read_row(path: Path) -> object:
    return read_rows([path])


@pytest.mark.parametrize(
    ("read", "line", "reason"),
    [
        (read_row, "{broken", "not JSON"),
        (read_row, "", "not JSON"),
        (read_row, "[1]", "a row needs a text in 'quote'"),
        (read_row, '{"paragraph": "x"}', "a row needs a text in 'quote'"),
        (read_row, '{"quote": 3}', "a row needs a text in 'quote'"),
        (read_row, '{"quote": "x", "stance": "pro"}', "stance is 'pro', not one of favor, against"),
        (read_row, '{"quote": "x", "side": 1}', "side is 1, not one of us, russia"),
        (read_row, '{"quote": "x", "title": ["t"]}', "title is ['t'], not a text"),
        (read_row, '{"quote": "x", "paragraph": {}}', "paragraph is {}, not a text"),
        (read_row, '{"quote": "x", "speaker": true}', "speaker is True, not a text"),
        (read_row, '{"quote": "x", "article": []}', "article is [], not a text"),
        (read_labels, "{", "not JSON"),
        (read_labels, "[]", "not a JSON object"),
        (read_labels, '{"stance": "favor"}', "need the 'id' of their row"),
        (read_labels, '{"id": "a", "stance": "pro"}', "stance is 'pro', not one of"),
    ],
)
def test_a_bad_line_is_named(
    tmp_path: Path, read: Callable[[Path], object], line: str, reason: str
) -> None:
    path, good = tmp_path / "rows.jsonl", json.dumps({"id": "a", **ROW})
    path.write_text(f"{good}\n{line}\n{good}\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read(path)
    message = str(raised.value)
    assert message.startswith(f"{path}:2: ")
    assert reason in message
    assert len(message.splitlines()) == 1


def test_numbers_are_taken_as_text(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = {"quote": "x", "title": 1984, "date": 2015.5, "article": 7, "certain": 0, "role": None}
    path.write_text(json.dumps(row), encoding="utf-8")
    assert read_rows([path]) == [{**row, "title": "1984", "date": "2015.5", "article": "7"}]


def test_labels_by_the_id_of_their_row(tmp_path: Path) -> None:
    path = tmp_path / "second.jsonl"
    path.write_text('{"id": "a", "stance": "favor"}\n{"id": 3, "side": null}\n', encoding="utf-8")
    found = read_labels(path)
    assert found == {"a": {"id": "a", "stance": "favor"}, "3": {"id": "3", "side": None}}


def test_a_row_without_an_article_is_one_of_its_own() -> None:
    rows: list[dict[str, object]] = [
        {"article": "a", "id": "x"},
        {"article": None, "id": "x"},
        {"article": ""},
        {},
    ]
    assert [article_of(row, number) for number, row in enumerate(rows)] == ["a", "x", "2", "3"]
    assert articles_of(rows) == {"a"}


WHOLE = packed(json.dumps(ROW) * 50)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("missing.jsonl", lambda path: None),
        ("folder.jsonl", Path.mkdir),
        ("latin.jsonl", lambda path: path.write_bytes(b'{"quote": "caf\xe9"}')),
        ("plain.jsonl.gz", lambda path: path.write_bytes(b"{}")),
        ("cut.jsonl.gz", lambda path: path.write_bytes(WHOLE[: len(WHOLE) // 2])),
        ("garbled.jsonl.gz", lambda path: path.write_bytes(WHOLE[:12] + b"\x93" * 40)),
    ],
)
def test_a_file_that_cannot_be_read(
    tmp_path: Path, name: str, write: Callable[[Path], object]
) -> None:
    write(tmp_path / name)
    with pytest.raises(InputError, match="cannot read") as raised:
        read_rows([tmp_path / name])
    assert name in str(raised.value)


rows_of_articles = st.lists(
    st.builds(
        lambda article, quote: {"article": article, "quote": quote},
        st.sampled_from([None, *"abcdefgh"]),
        st.text(max_size=5),
    ),
    max_size=40,
)


@given(rows_of_articles, st.floats(0, 1), st.integers(0, 9))
def test_a_split_parts_no_article(rows: list[dict[str, str]], share: float, seed: int) -> None:
    kept, held = split_by_article(rows, share, seed)
    assert sorted(map(id, kept + held)) == sorted(map(id, rows))
    articles = [{row["article"] for row in part if row["article"]} for part in (kept, held)]
    assert not articles[0] & articles[1]
    assert split_by_article(rows, share, seed) == (kept, held)


def test_a_split_holds_out_its_share() -> None:
    rows = [{"article": str(number // 2), "quote": ""} for number in range(4000)]
    _, held = split_by_article(rows, 0.1, seed=0)
    assert 320 < len(held) < 480
    assert held != split_by_article(rows, 0.1, seed=1)[1]


@given(rows_of_articles, rows_of_articles)
def test_an_article_falls_on_the_same_side_whatever_is_added(
    rows: list[dict[str, str]], more: list[dict[str, str]]
) -> None:
    named = [row for row in rows if row["article"]]
    kept, held = split_by_article(named, 0.5, seed=0)
    assert split_by_article([*named, *more], 0.5, seed=0)[0][: len(kept)] == kept
    assert split_by_article([*named, *more], 0.5, seed=0)[1][: len(held)] == held


def test_statement_text_takes_what_the_row_has() -> None:
    text = statement_text(ROW)
    assert [text.context[a:b] for a, b in text.pieces] == ["We will talk"]
    assert (text.previous, text.title, text.speaker) == ("It rained.", "Envoys meet", "Ada Quill")


@pytest.mark.parametrize(
    ("changes", "speaker"),
    [
        ({"speaker": "unknown"}, ""),
        ({"speaker": None}, ""),
        ({"role": "the envoy"}, "Ada Quill, the envoy"),
    ],
)
def test_speakers_of_rows(changes: dict[str, object], speaker: str) -> None:
    assert statement_text({**ROW, **changes}).speaker == speaker


def test_a_row_may_hold_a_quote_alone_or_call_its_paragraph_context() -> None:
    assert statement_text({"quote": "Yes."}).context == "Yes."
    row = {"quote": f"Yes,{PIECE_SEPARATOR}No.", "context": "“Yes,” she said. “No.”"}
    assert statement_text(row).pieces == ((1, 5), (18, 21))


def test_targets_mark_what_is_missing() -> None:
    assert targets(ROW) == [0, 1, 1]
    assert targets({"quote": "x", "sentiment": "negative", "side": None}) == [IGNORED, 2, IGNORED]
    assert class_indices([ROW, {"quote": "x"}]).tolist() == [[0, 1, 1], [IGNORED] * 3]
    assert class_indices([]).shape == (0, len(HEADS))


def test_what_to_learn_is_gold_smoothed_and_mixed_with_what_a_teacher_says() -> None:
    stance, sentiment = [0.5, 0.1, 0.3, 0.1], [0.2, 0.2, 0.6]
    row = {"stance": "favor", "side": "us", "probabilities": {"stance": stance}}
    assert distributions(row, 0.0, 0.5) == [
        *(0.75, 0.05, 0.15, 0.05),  # half the label, half the teacher
        *(0.0, 0.0, 0.0),  # nobody says
        *(1.0, 0.0, 0.0, 0.0),  # the label alone
    ]
    alone = distributions({"quote": "x", "probabilities": {"sentiment": sentiment}}, 0.2)
    assert alone == [0.0] * 4 + sentiment + [0.0] * 4
    smoothed = distributions({"stance": "against"}, 0.2)
    assert smoothed[:4] == pytest.approx([0.05, 0.85, 0.05, 0.05])
