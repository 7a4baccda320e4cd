from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from batch.runs import MakeJob, errors_of
from stance.batch.items import ColumnNames
from stance.batch.journal import Totals
from stance.batch.progress import Progress
from stance.batch.readers import Reading
from stance.batch.run import score_to_file

MOMENT = datetime(2020, 1, 2, 3, 4, 5)


def test_kept_parquet_columns_keep_their_types(job: MakeJob, out: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    texts = ['"One," he said.', '"Two," she said.']
    pq.write_table(pa.table({"text": texts, "n": pa.array([1, None], pa.int16())}), source)
    out = out.with_suffix(".parquet")
    score_to_file(job(source, reading=Reading(ColumnNames(keep=("n",)))), out, Progress())
    table = pq.read_table(out)
    assert table.schema.field("n").type == pa.int16()
    assert table.column("n").to_pylist() == [1, None]


LETTERS = pa.array(["a", "b", None]).dictionary_encode()

NESTED = {
    "list": pa.ListArray.from_arrays([0, 2, 3], LETTERS),
    "large list": pa.LargeListArray.from_arrays([0, 2, 3], LETTERS),
    "fixed list": pa.FixedSizeListArray.from_arrays(LETTERS[:2], 1),
    "struct": pa.StructArray.from_arrays([LETTERS[:2], pa.array([1, 2])], names=["x", "y"]),
    "map": pa.MapArray.from_arrays([0, 1, 2], pa.array(["k", "k"]), LETTERS[:2]),
    "list of structs": pa.ListArray.from_arrays(
        [0, 1, 2], pa.StructArray.from_arrays([LETTERS[:2]], names=["x"])
    ),
    "list of views": pa.array([["a"], None], pa.list_(pa.string_view())),
}


@pytest.mark.parametrize("kind", NESTED)
def test_dictionaries_inside_kept_columns_are_decoded(
    job: MakeJob, tmp_path: Path, kind: str
) -> None:
    source, out = tmp_path / "in.parquet", tmp_path / "rows.parquet"
    texts = ['"One," he said.', '"Two," she said.']
    pq.write_table(pa.table({"text": texts, "v": NESTED[kind]}), source)
    score_to_file(job(source, reading=Reading(ColumnNames(keep=("v",)))), out, Progress())
    column = pq.read_table(out).column("v")
    assert column.to_pylist() == NESTED[kind].to_pylist()
    assert "dictionary" not in str(column.type)


@pytest.mark.parametrize("ids", [[None, "a18"], [17, "a18"]])
@pytest.mark.parametrize("statements", [False, True])
def test_types_of_one_parquet_file_do_not_spoil_the_next(
    job: MakeJob, tmp_path: Path, ids: list[object], *, statements: bool
) -> None:
    sources = [tmp_path / f"{number}.parquet" for number in range(2)]
    for source, one in zip(sources, ids, strict=True):
        column = "quote" if statements else "text"
        pq.write_table(pa.table({column: ['"One," he said.'], "id": [one]}), source)
    out = tmp_path / "rows.parquet"
    totals = score_to_file(job(*sources, reading=Reading(statements=statements)), out, Progress())
    assert totals == Totals(2, 0, 2)
    column = "id" if statements else "article_id"
    if ids[0] is not None:
        assert pq.read_table(out).column(column).to_pylist() == ["17", "a18"]


MIXED = {
    "wider": ([pa.int32(), pa.int64(), pa.float64()], [7, 2**40, 1.5], pa.float64()),
    "nulls first": ([pa.null(), pa.int16()], [None, 3], pa.int16()),
    "text": ([pa.int32(), pa.timestamp("s"), pa.string()], [7, MOMENT, "x"], pa.string()),
    "lists": ([pa.list_(pa.null()), pa.list_(pa.int8())], [[], [3]], pa.list_(pa.int8())),
    "bytes": ([pa.string(), pa.binary()], ["x", b"y"], pa.string()),
    "nulls alone": ([pa.null(), pa.null()], [None, None], pa.string()),
}


@pytest.mark.parametrize("case", MIXED)
@pytest.mark.parametrize("statements", [False, True])
def test_kept_column_has_a_type_that_fits_every_file(
    job: MakeJob, tmp_path: Path, case: str, *, statements: bool
) -> None:
    kinds, values, wanted = MIXED[case]
    quoted = "quote" if statements else "text"
    for number, (kind, value) in enumerate(zip(kinds, values, strict=True)):
        columns = {quoted: ['"Yes," he said.'], "v": pa.array([value], kind)}
        pq.write_table(pa.table(columns), tmp_path / f"{number}.parquet")
    out = tmp_path / "out" / "rows.parquet"
    out.parent.mkdir()
    reading = Reading(ColumnNames(keep=() if statements else ("v",)), statements=statements)
    score_to_file(job(tmp_path, reading=reading), out, Progress())
    column = pq.read_table(out).column("v")
    assert column.type == wanted
    expected = [str(v) if v is not None else v for v in values] if case == "text" else values
    assert column.to_pylist() == (["x", "y"] if case == "bytes" else expected)


def test_row_that_fits_no_type_keeps_its_id(job: MakeJob, out: Path, tmp_path: Path) -> None:
    for number, value in enumerate((pa.scalar(2**63, pa.uint64()), pa.scalar(1, pa.int64()))):
        table = pa.table({"text": ['"Yes."'], "id": [f"a{number}"], "v": pa.array([value])})
        pq.write_table(table, tmp_path / f"{number}.parquet")
    work = job(tmp_path, reading=Reading(ColumnNames(keep=("v",))))
    assert score_to_file(work, out, Progress()) == Totals(2, 1, 1)
    [error] = errors_of(out)
    assert error["id"] == "a0"
