from __future__ import annotations

import gzip
import json
import os
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from batch.fakes import FakeLoader
from batch.runs import FORMATS, Jsonl, MakeJob, archive, article, errors_of, names
from stance.batch.journal import Totals
from stance.batch.output import Destination
from stance.batch.progress import Progress
from stance.batch.readers import Reading
from stance.batch.run import NothingScoredError, score_to_file
from stance.errors import InputError, OutputError


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
