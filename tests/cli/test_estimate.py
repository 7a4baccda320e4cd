from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from estimation.rows import scored

from cli.conftest import Stance

SAID = ["favor"] * 60 + ["against"] * 60 + ["neutral"] * 60 + ["unrelated"] * 120


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    batch = scored(
        SAID,
        speaker_side=["us" if i % 5 else "russia" for i in range(300)],
        date=[f"19{80 + i % 3}-05-01" for i in range(300)],
        quote=["We see."] * 300,
    )
    pq.write_table(pa.Table.from_batches([batch]), tmp_path / "rows.parquet")
    return tmp_path / "rows.parquet"


@pytest.fixture
def sheet(rows: Path, stance: Stance) -> Path:
    """Draw a sample and code it as somebody who finds half of what is against unrelated."""
    path = rows.with_name("sheet.csv")
    status, out, err = stance("sample", rows, "-n", 200, "-o", path)
    assert (status, out) == (0, "")
    assert "200 statements to code" in err
    with path.open(encoding="utf-8-sig", newline="") as file:
        drawn = list(csv.DictReader(file))
    with path.open("w", newline="") as file:
        filled = csv.DictWriter(file, drawn[0])
        filled.writeheader()
        for row in drawn:
            number = int(row["statement_id"][1:])
            wrong = SAID[number] == "against" and number % 2
            filled.writerow(row | {"coded_stance": "unrelated" if wrong else SAID[number]})
    return path


def figures(path: Path) -> dict[str, dict[str, str]]:
    with path.open(newline="") as file:
        return {row["figure"]: row for row in csv.DictReader(file)}


def test_a_coded_sample_corrects_what_the_model_counts(
    rows: Path, sheet: Path, stance: Stance, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    status, table, err = stance("estimate", rows, "--coded", sheet, "-o", out)
    assert (status, err) == (0, "")
    assert "200 coded" in table
    assert re.search(r"agrees with the model in \d\d \(.*; where that says favor in 100 ", table)
    against = figures(out)["against"]
    assert float(against["value"]) == pytest.approx(0.1, abs=0.03)
    assert float(against["high"]) < float(against["model"])
    assert float(figures(out)["balance"]["value"]) == pytest.approx(0.1, abs=0.03)


def test_groups_are_shown_largest_first(rows: Path, sheet: Path, stance: Stance) -> None:
    arguments = "estimate", rows, "--coded", sheet, "--by", "year", "--by", "speaker_side"
    _, table, err = stance(*arguments, "--top", 3)
    shown = [tuple(line.split()[:2]) for line in table.splitlines() if line.startswith(" 19")]
    assert sorted(shown) == [("1980", "us"), ("1981", "us"), ("1982", "us")]
    assert err == "3 groups more: --top or -o\n"


def test_without_a_sample_the_figures_are_marked_as_the_model_s(rows: Path, stance: Stance) -> None:
    status, table, _ = stance("estimate", rows)
    assert status == 0
    assert "~" in table
    assert "its errors included" in table


def test_figures_are_written_as_json_lines_too(
    rows: Path, sheet: Path, stance: Stance, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    assert stance("estimate", rows, "--coded", sheet, "--by", "year", "-o", out)[0] == 0
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert len(lines) == 3 * 5
    assert {line["year"] for line in lines} == {"1980", "1981", "1982"}


def test_coded_rows_that_are_not_there_are_counted(rows: Path, sheet: Path, stance: Stance) -> None:
    with sheet.open("a", newline="") as file:
        csv.writer(file).writerow(["a", "gone", "tiny 1", "", "", "", "", "", "", "favor", ""])
    status, _, err = stance("estimate", rows, "--coded", sheet)
    assert status == 0
    assert err.startswith("1 of 201 coded statements are not among the rows")


def test_what_cannot_be_estimated_is_one_line(
    rows: Path, sheet: Path, stance: Stance, tmp_path: Path
) -> None:
    status, _, err = stance("estimate", rows, "--coded", sheet, "--sentiment")
    assert (status, err) == (2, f"stance: {sheet}: coded_sentiment is empty in every row\n")
    status, _, err = stance("estimate", rows, "-o", tmp_path / "out.xlsx")
    assert (status, err.count("\n")) == (2, 1)
    assert "cannot write this kind of file" in err
    away = tmp_path / "away" / "out.csv"
    for command in ("sample", "estimate"):
        message = f"stance: {away}: no folder {away.parent}; create it first\n"
        assert stance(command, rows, "-o", away)[::2] == (2, message)
    status, _, err = stance("estimate", rows, rows, "--coded", sheet)
    assert status == 2
    assert "coded statements occur 200 times more among the rows" in err
    status, _, err = stance("estimate", rows, "--by", "yaer")
    assert (status, err) == (2, "stance: no row has anything in a column 'yaer' (--by)\n")
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    assert stance("estimate", empty)[2] == "stance: there are no statements to estimate from\n"
    assert stance("sample", empty, "-o", tmp_path / "x.csv")[0] == 2
    assert not (tmp_path / "x.csv").exists()


def test_a_sheet_is_not_replaced_unasked(rows: Path, sheet: Path, stance: Stance) -> None:
    before = sheet.read_bytes()
    status, _, err = stance("sample", rows, "-o", sheet)
    assert (status, err) == (2, f"stance: {sheet}: is there already; --overwrite replaces it\n")
    assert sheet.read_bytes() == before
