from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import ArticleError
from stance.web.examples import EXAMPLES, FOLDER, Example
from stance.web.inputs import MAX_FILE_BYTES, NO_TEXT_FILE, encoding_of, from_file, pasted, plain

QUOTE = "“We want a deal,” said Ada Marsh, who chairs the panel.\n"


def test_pasted_text_is_kept_and_empty_fields_are_none() -> None:
    article = pasted(QUOTE, " ", "2014-09-16")
    assert (article.text, article.title, article.date) == (QUOTE, None, "2014-09-16")


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ArticleError, match="Unicode"):
        pasted("a\ud800", "", "")


PARAGRAPHS = f"<p>{QUOTE}</p>" * 3
DECLARED = '<meta charset="windows-1251"><title>Talks</title>'


@pytest.mark.parametrize(
    "source",
    [
        f"\n<!DOCTYPE html><html><head>{DECLARED}</head><body>{PARAGRAPHS}</body></html>",
        f"<HTML><head>{DECLARED}</head><body>{PARAGRAPHS}</body></HTML>",
        f"<title>Talks</title>{PARAGRAPHS}",
    ],
)
def test_source_of_a_page_is_read_like_its_file(source: str) -> None:
    article = pasted(source, "", "2014-09-16")
    assert article.text.startswith("“We want a deal,”")
    assert "<" not in article.text
    assert (article.title, article.date, article.id) == ("Talks", "2014-09-16", None)
    assert pasted(source, "Mine", "").title == "Mine"
    assert plain(source, "", "").text == source


def test_page_without_an_article_is_refused() -> None:
    with pytest.raises(ArticleError, match="no article was found"):
        pasted("<html><body></body></html>", "", "")


@pytest.mark.parametrize("text", [f"<p>{QUOTE}", f"{QUOTE}</p> {QUOTE}</p>", f"<htmlish> {QUOTE}"])
def test_text_with_a_tag_is_no_page(text: str) -> None:
    assert pasted(text, "", "").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_file_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    for name in ("a.txt", "a.MD"):
        path = tmp_path / name
        path.write_bytes(QUOTE.encode(encoding))
        assert from_file(path).text == QUOTE


def test_web_page_brings_its_title(tmp_path: Path) -> None:
    path = tmp_path / "a.HTML"
    body = f"<p>{QUOTE * 5}</p>"
    path.write_text(
        f"<html><head><title>Talks</title></head><body><article>{body}</article></body>"
    )
    article = from_file(path)
    assert article.title == "Talks"
    assert "We want a deal" in article.text


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"%PDF", "only .txt"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"\0\1\2", NO_TEXT_FILE),
        ("a.txt", b"\xff\xfea", NO_TEXT_FILE),
        ("a.txt", b"caf\x81", NO_TEXT_FILE),
        ("a.txt", "We want a deal".encode("utf-16-le"), NO_TEXT_FILE),
        ("a.html", b"  ", "empty"),
        ("a.txt", b"x" * (MAX_FILE_BYTES + 1), "larger than 4 MB"),
    ],
)
def test_unusable_file(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ArticleError, match=reason):
        from_file(path)


@given(st.binary(max_size=200))
def test_any_bytes_have_an_encoding(data: bytes) -> None:
    assert encoding_of(data) in ("utf-8", "utf-16", "cp1252")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.file)
def test_examples_can_be_read(example: Example) -> None:
    article = example.article()
    assert len(article.text) > 1000
    assert article.source == "invented example"


def test_every_example_has_a_button() -> None:
    files = {path.name for path in FOLDER.iterdir() if path.suffix in (".txt", ".html")}
    assert {one.file for one in EXAMPLES} == files
    assert all(str(one.year) == one.file[:4] for one in EXAMPLES)
