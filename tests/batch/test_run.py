from __future__ import annotations

import gzip
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from batch.conftest import Rows
from batch.fakes import FakeLoader
from stance.batch.items import ColumnNames
from stance.batch.journal import Totals
from stance.batch.output import NOTE, Destination
from stance.batch.progress import Progress
from stance.batch.readers import Reading
from stance.batch.run import Job, NothingScoredError, score_to_file
from stance.errors import InputError, OutputError

Jsonl = Callable[..., Path]
MakeJob = Callable[..., Job]

TESTS = Path(__file__).parents[1]
ENVIRONMENT = os.environ | {"PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}"}
COMMAND = (sys.executable, "-m", "batch.slow_run")
FORMATS = ("jsonl", "csv", "parquet", "jsonl.gz")


MOMENT = datetime(2020, 1, 2, 3, 4, 5)


def article(number: int) -> dict[str, object]:
    said = f'"We met {number} times," the envoy said. "Nothing came of it."'
    return {"id": str(number), "text": said, "title": f"Talks {number}"}


def archive(count: int) -> Rows:
    return ({"id": "bad", "text": None} if n % 50 == 7 else article(n) for n in range(count))


def errors_of(out: Path) -> list[dict[str, object]]:
    lines = Destination(out).errors.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "rows.jsonl"


def test_rows_in_order_and_errors_listed(jsonl: Jsonl, job: MakeJob, out: Path) -> None:
    source = jsonl(archive(200))
    assert score_to_file(job(source), out, Progress()) == Totals(200, 4, 392)
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["article_id"] for row in rows[:3]] == ["0", "0", "1"]
    assert errors_of(out)[0] == {
        "input": str(source),
        "line": 8,
        "id": "bad",
        "reason": "'text' is null",
    }
    assert names(out.parent) == {"rows.jsonl", "rows.jsonl.errors.jsonl"}


@pytest.mark.parametrize("ending", FORMATS)
def test_worker_processes_change_nothing(
    jsonl: Jsonl, job: MakeJob, tmp_path: Path, ending: str
) -> None:
    source = jsonl(archive(400))
    alone, together = tmp_path / f"alone.{ending}", tmp_path / f"together.{ending}"
    score_to_file(job(source), alone, Progress())
    score_to_file(job(source, workers=2), together, Progress())
    assert alone.read_bytes() == together.read_bytes()


def test_no_quotes_at_all_is_no_failure(jsonl: Jsonl, job: MakeJob, out: Path) -> None:
    source = jsonl([{"text": "Nothing is quoted here."}, {"text": "Word"}])
    assert score_to_file(job(source), out, Progress()) == Totals(2, 0, 0)
    assert out.read_bytes() == b""
    assert names(out.parent) == {"rows.jsonl"}
    packed = out.with_suffix(".jsonl.gz")
    score_to_file(job(source), packed, Progress())
    assert gzip.decompress(packed.read_bytes()) == b""
    assert packed.stat().st_size


def test_article_that_breaks_the_scorer_costs_itself_alone(
    jsonl: Jsonl, job: MakeJob, out: Path
) -> None:
    source = jsonl([article(1), {"id": "p", "text": "poison"}, article(2)])
    assert score_to_file(job(source), out, Progress()) == Totals(3, 1, 4)
    [error] = errors_of(out)
    assert error["reason"] == "unexpected RuntimeError: the fake scorer cannot stomach this"
    assert error["id"] == "p"


def test_nothing_usable_leaves_the_errors_and_no_output(
    jsonl: Jsonl, job: MakeJob, out: Path
) -> None:
    with pytest.raises(NothingScoredError, match=r"none of 2 could be used; the first: .*:1: "):
        score_to_file(job(jsonl([{"text": ""}, {"text": None}])), out, Progress())
    assert names(out.parent) == {"rows.jsonl.errors.jsonl"}
    with pytest.raises(NothingScoredError, match="holds no rows"):
        score_to_file(job(jsonl([])), out, Progress())


def test_nothing_usable_leaves_no_earlier_output_in_its_place(
    jsonl: Jsonl, job: MakeJob, out: Path
) -> None:
    score_to_file(job(jsonl([article(1)])), out, Progress())
    rows = out.read_bytes()
    bad = jsonl([{"text": ""}])
    with pytest.raises(
        NothingScoredError, match=r"rows.jsonl of an earlier run is now .*earlier\)"
    ):
        score_to_file(job(bad), out, Progress())
    assert Destination(out).earlier.read_bytes() == rows
    assert names(out.parent) == {"rows.jsonl.errors.jsonl", "rows.jsonl.earlier"}
    with pytest.raises(NothingScoredError, match=r"'text' is empty$"):
        score_to_file(job(bad), out, Progress())
    assert Destination(out).earlier.read_bytes() == rows


def test_same_id_twice_is_scored_twice_and_said(
    jsonl: Jsonl, job: MakeJob, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = jsonl([article(1), article(2), article(1), article(2)])
    assert score_to_file(job(source), out, Progress()) == Totals(4, 0, 8)
    assert capsys.readouterr().err.count(":3: its id was there before") == 1


def test_files_left_out_are_told_once(
    jsonl: Jsonl, job: MakeJob, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jsonl([article(1)])
    (tmp_path / "notes.json").write_text("{}", encoding="utf-8")
    score_to_file(job(tmp_path, out=out), out, Progress())
    assert capsys.readouterr().err == "stance: 1 file left out: 1 .json\n"


def test_long_article(jsonl: Jsonl, job: MakeJob, out: Path) -> None:
    source = jsonl([{"text": "word " * 2_000_000 + 'and "quoted words".'}, article(1)])
    assert score_to_file(job(source), out, Progress()) == Totals(2, 0, 3)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing/rows.jsonl", "no folder .*create it"),
        (".", "is a folder"),
        ("rows.xlsx", "cannot write this kind of file; give .jsonl"),
        ("rows.parquet.gz", "cannot write this kind"),
        ("rows.txt", "cannot write this kind"),
    ],
)
def test_where_nothing_can_be_written(
    jsonl: Jsonl, job: MakeJob, out: Path, path: str, message: str
) -> None:
    with pytest.raises(OutputError, match=message):
        score_to_file(job(jsonl([article(1)])), out.parent / path, Progress())
    assert names(out.parent) == set()


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_output_through_a_link_is_the_file_that_it_points_to(
    jsonl: Jsonl, job: MakeJob, out: Path, tmp_path: Path, ending: str
) -> None:
    link, real = out.with_name(f"link.{ending}"), tmp_path / "far" / "real"
    real.parent.mkdir()
    link.symlink_to(real)
    for _ in range(2):
        work = job(jsonl([article(1), {"text": None}]), out=link)
        assert score_to_file(work, link, Progress()) == Totals(2, 1, 2)
        assert link.is_symlink()
        assert names(real.parent) == {"real", "real.errors.jsonl"}
        assert names(link.parent) == {link.name}
    if ending == "parquet":
        assert pq.read_table(link).num_rows == 2


def test_output_to_a_device_is_refused(jsonl: Jsonl, job: MakeJob, out: Path) -> None:
    out.symlink_to("/dev/null")
    with pytest.raises(OutputError, match="is no regular file"):
        score_to_file(job(jsonl([article(1)])), out, Progress())


def test_folder_without_permission(
    jsonl: Jsonl, job: MakeJob, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != out.parent)
    with pytest.raises(OutputError, match="no permission to write"):
        score_to_file(job(jsonl([article(1)])), out, Progress())


def test_full_disk_keeps_what_is_done(jsonl: Jsonl, out: Path) -> None:
    source = jsonl(article(n) for n in range(300))
    full = subprocess.run(
        [*COMMAND, "0", "score", str(source), "-o", str(out), "--workers", "1"],
        env=ENVIRONMENT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert full.returncode == 2
    [line] = full.stderr.splitlines()
    assert (
        "cannot write: File too large; what is done is kept: make room, then add --resume" in line
    )
    resume_and_compare(source, out)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_run_resumes_to_the_same_bytes(
    jsonl: Jsonl, out: Path, ending: str, workers: int
) -> None:
    out = out.with_name(f"rows.{ending}")
    source = jsonl(archive(500))
    process = started(source, out, workers)
    wait_for_journal(process, out, lines=3)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not out.exists()
    with Destination(out).rows.open("ab") as partial:
        partial.write(b"half a ro")
    resume_and_compare(source, out)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_run_says_so_and_resumes(
    jsonl: Jsonl, out: Path, number: signal.Signals, status: int
) -> None:
    source = jsonl(archive(500))
    process = started(source, out, workers=2)
    wait_for_journal(process, out, lines=4)
    process.send_signal(number)
    _, messages = process.communicate(timeout=20)
    assert process.returncode == status
    assert messages == "stance: interrupted; the same command with --resume goes on\n"
    resume_and_compare(source, out)


def started(source: Path, out: Path, workers: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, "0.002", "score", str(source), "-o", str(out), "--workers", str(workers)],
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for_journal(process: subprocess.Popen[str], out: Path, lines: int) -> None:
    journal = Destination(out).journal
    while process.poll() is None:
        if journal.exists() and journal.read_bytes().count(b"\n") >= lines:
            return
        time.sleep(0.01)
    pytest.fail("the run ended before it could be stopped")


def resume_and_compare(source: Path, out: Path) -> None:
    """Resume toward `out` and compare with an uninterrupted run, errors and all."""
    whole = out.with_name(f"whole-{out.name}")
    before = Destination(out).rows.stat().st_ino
    for arguments in ([str(out), "--resume"], [str(whole)]):
        command = [*COMMAND, "0", "score", str(source), "--workers", "1", "-o", *arguments]
        assert subprocess.run(command, env=ENVIRONMENT, check=False).returncode in (0, 1)
    assert out.read_bytes() == whole.read_bytes()
    if out.suffix != ".parquet":
        assert out.stat().st_ino == before
    errors, whole_errors = Destination(out).errors, Destination(whole).errors
    assert errors.exists() == whole_errors.exists()
    if errors.exists():
        assert errors.read_bytes() == whole_errors.read_bytes()
    assert not Destination(out).journal.exists()


class StoppedError(Exception):
    """Stands for whatever ends a run in the middle."""


class StoppingProgress(Progress):
    """Breaks a run off after some chunks."""

    def __init__(self, chunks: int) -> None:
        super().__init__()
        self._left = chunks

    def update(self, totals: Totals, bytes_read: int) -> None:
        self._left -= 1
        if not self._left:
            raise StoppedError


def broken_off(job: Job, out: Path) -> None:
    with pytest.raises(StoppedError):
        score_to_file(job, out, StoppingProgress(2))


def test_unfinished_run_is_not_lost_by_mistake(jsonl: Jsonl, job: MakeJob, out: Path) -> None:
    work = job(jsonl(archive(300)))
    broken_off(work, out)
    with pytest.raises(OutputError, match="add --resume to go on with it, or --overwrite"):
        score_to_file(work, out, Progress())
    assert score_to_file(work, out, Progress(), overwrite=True) == Totals(300, 6, 588)


def test_resume_counts_what_was_done_before(jsonl: Jsonl, job: MakeJob, out: Path) -> None:
    work = job(jsonl(archive(300)))
    broken_off(work, out)
    assert score_to_file(work, out, Progress(), resume=True) == Totals(300, 6, 588)
    assert score_to_file(work, out, Progress(), resume=True) is None


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_resume_of_a_complete_output_asks_whether_it_is_the_same(
    jsonl: Jsonl, job: MakeJob, out: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = out.with_suffix(f".{ending}")
    work = job(jsonl(archive(3)))
    score_to_file(work, out, Progress())
    if not keeps_notes(out):
        pytest.skip("this file system keeps no note with a file")
    assert score_to_file(work, out, Progress(), resume=True) is None
    other = job(jsonl(archive(4)))
    before = out.read_bytes()
    with pytest.raises(OutputError, match="is complete, but the inputs changed since"):
        score_to_file(other, out, Progress(), resume=True)
    assert (out.read_bytes(), names(out.parent)) == (before, {out.name})
    os.removexattr(out, NOTE)
    assert score_to_file(other, out, Progress(), resume=True) is None
    complete, taken = capsys.readouterr().err.splitlines()
    assert f"{out} is complete; to score again" in complete
    assert f"{out} is there already and is taken for complete; to score again" in taken


def keeps_notes(path: Path) -> bool:
    try:
        return bool(os.getxattr(path, NOTE))
    except OSError:
        return False


def test_article_that_killed_the_run_costs_itself_alone_on_resume(
    jsonl: Jsonl, job: MakeJob, out: Path
) -> None:
    deadly = {"id": "d", "text": 'The "deadly" one.'}
    work = job(jsonl([*(article(n) for n in range(70)), deadly, article(70)]))
    broken_off(work, out)
    assert score_to_file(work, out, Progress(), resume=True) == Totals(72, 1, 142)
    [error] = errors_of(out)
    assert error["id"] == "d"
    assert "the process that scored it was killed by SIGKILL" in str(error["reason"])


def test_resume_with_nothing_to_resume_starts_afresh(jsonl: Jsonl, job: MakeJob, out: Path) -> None:
    totals = score_to_file(job(jsonl(archive(30))), out, Progress(), resume=True)
    assert totals == Totals(30, 1, 58)


@pytest.mark.parametrize("part", ["model", "device", "inputs", "options"])
def test_resume_of_another_run_is_refused(jsonl: Jsonl, job: MakeJob, out: Path, part: str) -> None:
    source = jsonl(archive(300))
    work = job(source)
    broken_off(work, out)
    if part == "inputs":
        jsonl(archive(301))
    other = {
        "model": replace(work, load=FakeLoader("fake 2")),
        "device": replace(work, load=FakeLoader(device="cuda")),
        "inputs": work,
        "options": replace(work, reading=Reading(ColumnNames(text="title"))),
    }[part]
    with pytest.raises(OutputError, match=f"cannot resume, the {part} changed"):
        score_to_file(other, out, Progress(), resume=True)
    assert Destination(out).unfinished()


def test_kill_between_the_last_renames_is_mended(jsonl: Jsonl, job: MakeJob, out: Path) -> None:
    work = job(jsonl(archive(300)))
    broken_off(work, out)
    place = Destination(out)
    place.growing_errors.replace(place.errors)
    assert score_to_file(work, out, Progress(), resume=True) == Totals(300, 6, 588)
    assert len(errors_of(out)) == 6


def test_second_run_toward_the_same_output_is_refused(
    jsonl: Jsonl, job: MakeJob, out: Path
) -> None:
    source = jsonl(archive(500))
    process = started(source, out, workers=1)
    wait_for_journal(process, out, lines=2)
    with pytest.raises(OutputError, match="another run is writing it"):
        score_to_file(job(source), out, Progress(), resume=True)
    assert process.wait(timeout=60) == 1


def test_input_that_vanishes_midway_is_reported(
    jsonl: Jsonl, job: MakeJob, out: Path, tmp_path: Path
) -> None:
    first, second = jsonl([article(1)], "a.jsonl"), jsonl([article(2)], "b.jsonl")

    def load(threads: int) -> object:
        second.unlink()
        return FakeLoader()(threads)

    work = replace(job(first, second), load=load)
    with pytest.raises(InputError, match="no such file"):
        score_to_file(work, out, Progress())


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


def test_rows_with_quotes_come_back_with_scores(jsonl: Jsonl, job: MakeJob, out: Path) -> None:
    rows = [
        {"quote": "We agree.", "stance": "gold", "n": 1},
        {"quote": "poison"},
        {"quote": "No.", "n": [2], "late": True},
    ]
    reading = Reading(statements=True)
    assert score_to_file(job(jsonl(rows), reading=reading), out, Progress()) == Totals(3, 1, 2)
    first, second = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert first["input_stance"] == "gold"
    assert first["stance"] == "favor"
    assert second | {"quote": "No.", "n": [2], "late": True, "p_favor": 0.625} == second


def test_column_that_comes_too_late_for_a_table_is_named(
    jsonl: Jsonl, job: MakeJob, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"quote": "Yes."}] * 100 + [{"quote": "No.", "late": 1}] * 2
    out = out.with_suffix(".csv")
    score_to_file(job(jsonl(rows), reading=Reading(statements=True)), out, Progress())
    assert capsys.readouterr().err.count("column 'late' came too late") == 1
    assert out.read_text(encoding="utf-8").startswith("quote,speaker_side,stance,")


def test_column_names_that_are_no_unicode_cost_their_own_file_or_row(
    jsonl: Jsonl, job: MakeJob, out: Path, tmp_path: Path
) -> None:
    good, line = jsonl([article(1)]), tmp_path / "b.jsonl"
    line.write_text('{"\\ud800": "x", "two\\nlines": 1}\n', encoding="utf-8")
    latin, wide = tmp_path / "c.csv", tmp_path / "d.csv"
    latin.write_bytes("id,título,body\n1,x,y\n".encode("latin-1"))
    wide.write_bytes("id,text\n1,x\n".encode("utf-16"))
    assert score_to_file(job(good, line, latin, wide), out, Progress()) == Totals(4, 3, 2)
    reasons = [str(error["reason"]) for error in errors_of(out)]
    assert reasons[0] == r"no column 'text'; the columns are: \ud800, two lines"
    assert r"the columns are: id, t\udcedtulo, body" in reasons[1]
    assert r"the columns are: \udcff\udcfe" in reasons[2]


def test_rows_with_quotes_under_a_name_that_is_no_unicode(
    job: MakeJob, out: Path, tmp_path: Path
) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes("quote,título\nYes.,x\n".encode("latin-1"))
    with pytest.raises(NothingScoredError, match=r"'t\\udcedtulo' is not UTF-8 \(byte 0xed after"):
        score_to_file(job(source, reading=Reading(statements=True)), out, Progress())
