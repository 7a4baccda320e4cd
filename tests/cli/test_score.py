from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cli.conftest import Stance
from stance.batch.progress import Progress
from stance.batch.scoring import ChunkResult
from stance.cli.sinks import PipeSink
from stance.errors import ModelError, OutputError

TESTS = Path(__file__).parents[1]
TEXT = 'The envoy said: "We will talk." Then "We will not," said the [bold]minister[/bold].'


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "talks.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    lines = [{"id": "1", "body": TEXT, "outlet": "The Lantern"}, {"id": "2", "body": None}]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_without_output_a_table_for_people(stance: Stance, article: Path) -> None:
    status, out, err = stance("score", article)
    assert (status, err) == (0, "")
    assert "talks.txt" in out
    assert "We will talk." in out
    assert "favor +0.50" in out
    assert "2 statements by 0 named speakers: 2 favor" in out


def test_pipe_gives_json_lines_and_nothing_else(stance: Stance, article: Path) -> None:
    status, out, err = stance("score", article, "-o", "-")
    assert (status, err) == (0, "")
    assert [json.loads(line)["quote"] for line in out.splitlines()] == [
        "We will talk.",
        "We will not,",
    ]


def test_failures_are_listed_and_change_the_status(
    stance: Stance, table: Path, tmp_path: Path
) -> None:
    out = tmp_path / "rows.parquet"
    arguments = ("score", table, "-o", out, "--text-column", "body", "--keep", "outlet")
    status, _, err = stance(*arguments)
    assert status == 1
    assert f"1 of 2 could not be used: see {out}.errors.jsonl" in err
    assert pq.read_table(out).column("outlet").to_pylist() == ["The Lantern"] * 2
    status, _, err = stance(*arguments, "--resume")
    assert status == 1
    assert f"{out} is" in err
    assert "leave out --resume" in err
    assert stance("score", table, "--text-column", "body")[2].startswith(f"stance: {table}:2: ")


def test_statements(stance: Stance, tmp_path: Path) -> None:
    source, out = tmp_path / "quotes.csv", tmp_path / "scored.csv"
    source.write_text("words,year\nWe will talk.,1987\n", encoding="utf-8")
    arguments = ("score", "--statements", source, "--quote-column", "words")
    assert stance(*arguments, "-o", out)[0] == 0
    header, row = out.read_text(encoding="utf-8").splitlines()
    assert header.startswith("words,year,speaker_side,stance,")
    assert row.startswith("We will talk.,1987,us,favor,0.5,")
    assert "We will talk." in stance(*arguments)[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["score"], "Missing argument 'INPUT...'"),
        (["score", "{article}", "--nonsense"], "No such option"),
        (["score", "missing.txt"], "missing.txt: no such file or folder"),
        (["score", "{article}", "--resume"], "--resume and --overwrite need -o FILE"),
        (["score", "{article}", "-o", "x.csv", "--resume", "--overwrite"], "exclude each other"),
        (["score", "{article}", "--statements", "--keep", "x"], "leave out --keep"),
        (["score", "{article}", "--encoding", "klingon"], "no such encoding"),
        (["score", "{article}", "--keep", "t\udced"], "--keep t\\xed: not valid Unicode"),
        (["score", "{article}", "-o", "/no/such/folder/x.csv"], "no folder /no/such/folder"),
        (["score", "{article}", "-o", "x.docx"], "cannot write this kind of file"),
        (["score", "{empty}"], "empty.txt: the file is empty"),
        (["score", "{csv}"], "the columns are: id, body"),
        (["score", "{csv}", "-o", "{out}"], "no column 'text' (--text-column names another)"),
        (["score", "{article}", "-o", ""], "-o needs the name of a file"),
        (["score", "{article}", "-o", "."], "-o needs the name of a file"),
        (["score", "-", "-o", "{out}", "--resume"], "whether standard input is still the same"),
        (["score", "word " * 1000], "File name too long"),
        (["frobnicate"], "No such command 'frobnicate'"),
    ],
)
def test_errors_are_one_line_and_status_2(
    stance: Stance, article: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    names = {"article": article, "empty": tmp_path / "empty.txt", "csv": tmp_path / "in.csv"}
    names["out"] = tmp_path / "out.jsonl"
    names["empty"].write_bytes(b"")
    names["csv"].write_text("id,body\n1,x\n", encoding="utf-8")
    status, out, err = stance(*(argument.format(**names) for argument in arguments))
    assert (status, out) == (2, "")
    assert message in err.splitlines()[-1]
    assert not names["out"].exists()


class FullStream(io.BytesIO):
    """A stream to a full disk."""

    def write(self, _: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_output_that_cannot_be_written_is_one_line() -> None:
    result = ChunkResult(b"{}", failures=(), items=1, statements=1, bytes_read=1)
    with pytest.raises(OutputError, match="cannot write: No space left on device"):
        PipeSink(FullStream(), Progress()).write(result)


@pytest.mark.parametrize("name", ["UTF-8", "utf8", "U8"])
def test_every_name_of_utf_8_is_the_same(stance: Stance, tmp_path: Path, name: str) -> None:
    source = tmp_path / "in.csv"
    source.write_text("\ufefftext\n“We will talk” he said.\n", encoding="utf-8")
    assert stance("score", source, "-o", "-", "--encoding", name)[0] == 0


def test_model_that_cannot_be_loaded(
    stance: Stance, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(*_: object, **__: object) -> None:
        raise ModelError("runs/x: no model.onnx; the folder is incomplete")

    monkeypatch.setattr("stance.load", load)
    status, _, err = stance("score", article)
    assert (status, err) == (2, "stance: runs/x: no model.onnx; the folder is incomplete\n")


@pytest.mark.parametrize("output", [["-o", "-"], []])
def test_reader_that_goes_away_is_no_error(article: Path, output: list[str]) -> None:
    code = (
        "import stance; from batch.fakes import FakeScorer; from stance.cli import main;"
        "stance.load = lambda *_, **__: FakeScorer(); main()"
    )
    ours = f"{TESTS.parent}{os.pathsep}{TESTS}"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "score", str(article), *output],
        env=os.environ | {"PYTHONPATH": ours},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert process.wait() == 141


def test_help_loads_nothing_heavy_and_shows_examples() -> None:
    command = "from stance.cli import main; main()"
    shown = subprocess.run(
        [sys.executable, "-c", command, "score", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "stance score archive/ -o statements.parquet --resume" in shown.stdout
    heavy = "import sys, stance.cli; print({'pyarrow', 'rich', 'numpy'} & set(sys.modules))"
    assert printed(heavy) == "set()\n"


def printed(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
