from __future__ import annotations

import os
from pathlib import Path

import pytest

from stance.batch.inputs import Inputs, format_of
from stance.errors import InputError


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", ("txt", None)),
        ("A.HTML", ("html", None)),
        ("page.htm.gz", ("html", "gz")),
        ("x.tar.jsonl.zst", ("jsonl", "zst")),
        ("b.csv.gz", ("csv", "gz")),
        ("b.parquet", ("parquet", None)),
        ("b.parquet.gz", None),
        ("notes.pdf", None),
        ("gz", None),
    ],
)
def test_format_of(name: str, expected: object) -> None:
    assert format_of(name) == expected


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "sub/c.jsonl", "notes.pdf", ".hidden.txt", "out.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return tmp_path


def test_folder_is_walked_in_order_with_names_inside_it(archive: Path) -> None:
    names = [source.name for source in Inputs((str(archive),))]
    assert names == ["a.txt", "b.txt", "out.jsonl", "sub/c.jsonl"]


def test_own_output_in_the_folder_is_no_input(archive: Path) -> None:
    out = archive / "out.jsonl"
    names = [source.name for source in Inputs((str(archive),), frozenset({out.resolve()}))]
    assert "out.jsonl" not in names
    with pytest.raises(InputError, match="both input and output"):
        Inputs((str(out),), frozenset({out.resolve()})).survey()


def test_glob_finds_a_file_once_however_links_lead_to_it(archive: Path) -> None:
    (archive / "sub" / "b").symlink_to(archive, target_is_directory=True)
    (archive / "sub" / "a.txt").symlink_to(archive / "a.txt")
    labels = [source.label for source in Inputs((str(archive / "**" / "*.txt"),))]
    assert labels == [str(archive / "a.txt"), str(archive / "b.txt")]


def test_glob_and_order_of_arguments(archive: Path) -> None:
    inputs = Inputs((str(archive / "b.txt"), str(archive / "*.txt")))
    assert [source.name for source in inputs] == ["b.txt", "a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("nothing.txt", "no such file or folder"),
        ("*.csv", "no file matches"),
        ("notes.pdf", "cannot read this kind of file"),
    ],
)
def test_what_cannot_be_an_input(archive: Path, argument: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Inputs((str(archive / argument),)).survey()


def test_pipe_is_left_out_of_a_folder_and_refused_by_name(archive: Path) -> None:
    pipe = archive / "aa.txt"
    os.mkfifo(pipe)
    for argument in (archive, archive / "*.txt"):
        assert "aa.txt" not in [source.name for source in Inputs((str(argument),))]
    with pytest.raises(InputError, match=r"aa.txt: is no regular file; a pipe can be read as '-'"):
        Inputs((str(pipe),)).survey()


def test_folder_with_nothing_readable(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    with pytest.raises(InputError, match=r"nothing to read in .*looked for .txt"):
        Inputs((str(tmp_path),)).survey()


def test_survey_notices_a_change(archive: Path) -> None:
    inputs = Inputs((str(archive),))
    before = inputs.survey()
    assert (before.files, before.size) == (4, 4)
    os.utime(archive / "a.txt", (1, 1))
    assert inputs.survey().digest != before.digest


def test_links_to_folders_are_followed_once(
    archive: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (archive / "loop").symlink_to(archive, target_is_directory=True)
    (archive / "sub" / "up").symlink_to(archive, target_is_directory=True)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "d.txt").write_text("x", encoding="utf-8")
    (archive / "linked").symlink_to(elsewhere, target_is_directory=True)
    (archive / "linked again").symlink_to(elsewhere, target_is_directory=True)
    names = [source.name for source in Inputs((str(archive),))]
    assert names == ["a.txt", "b.txt", "linked/d.txt", "out.jsonl", "sub/c.jsonl"]


def test_files_that_cannot_be_read_are_counted_by_ending(archive: Path) -> None:
    for name in ("a.JSON", "b.json", "README", "sub/c.xz", ".hidden.pdf", "out.jsonl.partial"):
        (archive / name).write_text("x", encoding="utf-8")
    os.mkfifo(archive / "pipe.txt")
    excluded = frozenset({archive.resolve() / "out.jsonl.partial"})
    assert Inputs((str(archive),), excluded).survey().note() == (
        "6 files left out: 2 .json, 1 without an ending, 1 .pdf, 1 no regular file, 1 .xz"
    )
    assert Inputs((str(archive / "*"),), excluded).survey().left_out.total() == 5
    for number in range(9):
        (archive / f"x.{number}").write_text("x", encoding="utf-8")
    note = Inputs((str(archive),), excluded).survey().note()
    assert note is not None
    assert note.endswith(", others")
    assert Inputs((str(archive / "a.txt"),)).survey().note() is None
