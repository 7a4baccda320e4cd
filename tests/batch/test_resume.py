from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from batch.fakes import FakeLoader
from batch.runs import FORMATS, Jsonl, MakeJob, archive, article, errors_of, names
from stance.batch.items import ColumnNames
from stance.batch.journal import Totals
from stance.batch.output import NOTE, Destination
from stance.batch.progress import Progress
from stance.batch.readers import Reading
from stance.batch.run import Job, score_to_file
from stance.errors import OutputError

TESTS = Path(__file__).parents[1]
ENVIRONMENT = os.environ | {"PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}"}
COMMAND = (sys.executable, "-m", "batch.slow_run")


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
