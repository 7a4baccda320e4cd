from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stance.batch.inputs import Inputs
from stance.errors import InputError
from stance.estimation.scored import read_scored

from .rows import scored

ROWS = scored(
    ["favor", "against", "unrelated"],
    date=["1987-12-09", None, "Dec. 9, 1987"],
    speaker=["Ann “A” Lee", None, "a\nb"],
)


def write(path: Path, rows: pa.RecordBatch = ROWS) -> Path:
    """Write rows in the format that the name tells."""
    records = rows.to_pylist()
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_batches([rows]), path)
    elif path.name.endswith(".gz"):
        path.write_bytes(gzip.compress("".join(json.dumps(r) + "\n" for r in records).encode()))
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(r) + "\n" for r in records))
    else:
        with path.open("w", newline="") as file:
            sheet = csv.DictWriter(file, records[0])
            sheet.writeheader()
            sheet.writerows(records)
    return path


def read(path: Path, *extra: str) -> list[dict[str, object]]:
    return [row for one in read_scored(Inputs((str(path),)), extra) for row in one.to_pylist()]


@pytest.mark.parametrize("name", ["s.parquet", "s.jsonl", "s.jsonl.gz", "s.csv"])
def test_every_format_gives_the_same_rows(tmp_path: Path, name: str) -> None:
    found = read(write(tmp_path / name), "speaker", "date")
    assert found == ROWS.select([*found[0]]).to_pylist()


@pytest.mark.parametrize("name", ["s.parquet", "s.jsonl", "s.csv"])
def test_periods_are_made_of_iso_dates(tmp_path: Path, name: str) -> None:
    found = read(write(tmp_path / name), "year", "month", "outlet")
    assert [row["year"] for row in found] == ["1987", None, None]
    assert [row["month"] for row in found] == ["1987-12", None, None]
    assert [row["outlet"] for row in found] == [None] * 3
    assert "date" not in found[0]


def test_a_column_of_its_own_comes_before_the_date(tmp_path: Path) -> None:
    rows = scored(["favor"], year=["FY 3"], date=["1987-12-09"])
    assert read(write(tmp_path / "s.parquet", rows), "year")[0]["year"] == "FY 3"


def test_several_files_are_read_in_order(tmp_path: Path) -> None:
    for name in ("b.csv", "a.parquet"):
        write(tmp_path / name)
    assert [row["statement_id"] for row in read(tmp_path)] == ["s0", "s1", "s2"] * 2


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", b'{"text": "An article."}\n', "no column 'article_id'"),
        ("a.jsonl", b"{", "not JSON"),
        ("a.csv", b"text\nAn article.\n", "no column 'article_id'"),
        ("a.parquet", b"PAR1", "a.parquet: "),
        ("a.txt", b"An article.", "holds articles; give what stance score wrote"),
    ],
)
def test_what_is_no_output_is_one_line(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message) as error:
        read(tmp_path / name)
    assert "\n" not in str(error.value)


def test_a_column_of_lists_cannot_part_rows(tmp_path: Path) -> None:
    table = pa.Table.from_batches([ROWS]).append_column("tags", pa.array([["a"], [], None]))
    pq.write_table(table, tmp_path / "s.parquet")
    with pytest.raises(InputError, match="the column 'tags' is list"):
        read(tmp_path / "s.parquet", "tags")
