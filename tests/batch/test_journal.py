from __future__ import annotations

import zlib
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stance.batch.journal import Checkpoint, Journal, Mark, Totals, read_journal, sound


def checkpoints(rows: list[bytes], errors: list[bytes]) -> list[Checkpoint]:
    found, at = [], Checkpoint()
    for number, (row, error) in enumerate(zip(rows, errors, strict=True), start=1):
        at = Checkpoint(Totals(items=number), at.rows.after(row), at.errors.after(error))
        found.append(at)
    return found


def test_mark_is_length_and_checksum_of_all_before() -> None:
    assert Mark().after(b"ab").after(b"").after(b"c") == Mark(3, zlib.crc32(b"abc"))


def test_journal_is_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    first, second = checkpoints([b"a", b"b"], [b"", b"x"])
    journal = Journal(path, {"inputs": "i"}, [first])
    journal.append(second)
    journal.close()
    assert read_journal(path) == ({"inputs": "i"}, [first, second])


def test_line_cut_short_by_a_kill_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    found = checkpoints([b"a", b"b"], [b"", b""])
    Journal(path, {}, found).close()
    path.write_bytes(path.read_bytes()[:-5])
    assert read_journal(path) == ({}, found[:1])


def test_no_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    assert read_journal(path) is None
    for data in (b"", b"{", b"[]\n", b"\xff\xfe"):
        path.write_bytes(data)
        assert read_journal(path) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(min_size=1, max_size=4), max_size=5), st.integers(0, 20), st.booleans())
def test_only_checkpoints_that_the_bytes_bear_out_count(
    tmp_path: Path, chunks: list[bytes], cut: int, spoil: bool
) -> None:
    rows, errors = tmp_path / "rows", tmp_path / "errors"
    data = b"".join(chunks)[:cut]
    spoiled = spoil and bool(data)
    if spoiled:
        data = bytes([data[0] ^ 1]) + data[1:]
    rows.write_bytes(data)
    errors.write_bytes(b"")
    found = checkpoints(chunks, [b""] * len(chunks))
    kept = sound(found, rows, errors)
    whole = [one for one in found if one.rows.length <= len(data)]
    assert kept == ([] if spoiled else whole)
