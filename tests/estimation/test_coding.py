from __future__ import annotations

import csv
from pathlib import Path

import pytest

from stance.errors import InputError, OutputError
from stance.estimation.coding import Coding, read_sheet, write_sheet

ROW = {
    "article_id": "007",
    "statement_id": "s1",
    "model": "tiny 1 (lexical)",
    "stance": "favor",
    "p_favor": 0.9,
    "speaker": None,
    "quote": "=1+1, “they” said",
    "context": "Ann Lee spoke.\n“They” left.",
}


def sheet(tmp_path: Path, **values: str) -> Path:
    """Write the sheet of one row and fill it as a person would."""
    path = tmp_path / "sheet.csv"
    write_sheet(path, [ROW], overwrite=True)
    with path.open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    with path.open("w", newline="") as file:
        filled = csv.DictWriter(file, row)
        filled.writeheader()
        filled.writerow(row | values)
    return path


def test_the_sheet_tells_the_coder_nothing_of_the_model(tmp_path: Path) -> None:
    write_sheet(tmp_path / "s.csv", [ROW], overwrite=False)
    text = (tmp_path / "s.csv").read_text()
    assert "favor" not in text
    assert "lexical" not in text
    assert text.startswith("\ufeff"), "spreadsheets need the mark"


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    write_sheet(tmp_path / "s.csv", [ROW], overwrite=False)
    with (tmp_path / "s.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["quote"] == "'=1+1, “they” said"
    assert row["context"] == ROW["context"]
    assert row["speaker"] == ""


def test_a_sheet_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("hours of work")
    with pytest.raises(OutputError, match="is there already"):
        write_sheet(path, [ROW], overwrite=False)
    assert path.read_text() == "hours of work"
    write_sheet(path, [ROW], overwrite=True)
    assert "s1" in path.read_text()


def test_what_is_coded_comes_back(tmp_path: Path) -> None:
    path = sheet(tmp_path, coded_stance=" Against ", coded_sentiment="")
    assert read_sheet(path) == {("007", "s1"): Coding("against", None, "tiny 1")}
    assert read_sheet(sheet(tmp_path, coded_sentiment="positive")) == {
        ("007", "s1"): Coding(None, "positive", "tiny 1")
    }
    assert read_sheet(sheet(tmp_path)) == {}


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_spreadsheets_of_other_countries_are_read(tmp_path: Path, delimiter: str) -> None:
    fields = ["article_id", "statement_id", "model", "coded_stance"]
    path = tmp_path / "s.csv"
    path.write_text(f"{delimiter.join(fields)}\n{delimiter.join(['a', 's', 'm', 'favor'])}\n")
    assert read_sheet(path) == {("a", "s"): Coding("favor", None, "m")}


def test_a_label_that_is_none_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"sheet.csv:3: 'pro' is none of favor, against"):
        read_sheet(sheet(tmp_path, coded_stance="pro"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"quote,coded_stance\n", "no column 'article_id'"),
        (b"article_id,statement_id,model,coded_stance\na,b,c,\xff\n", "CSV UTF-8"),
        (b'article_id,statement_id,model,coded_stance\na,b,"c,\n', "unexpected end of data"),
        (b"", "no column"),
    ],
)
def test_what_is_no_sheet_is_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "s.csv").write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_sheet(tmp_path / "s.csv")
