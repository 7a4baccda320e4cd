from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("datasets")

from stance.labelled import read_rows
from stance.model.store import ModelFolder, write_metadata
from stance.training.finish import Rows, judge, read_base
from stance.training.follow import follow
from stance.training.recipe import Recipe, Stage
from training.rows import ROWS, write

if TYPE_CHECKING:
    from stance.training.run import Settings

WARM = {"stance": 1.5, "sentiment": 2.5, "side": 3.5}


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("finish")


@pytest.fixture
def first(scratch: Path, settings: Settings) -> Path:
    """A stance model on the tiny encoder, with temperatures that no fit gives."""
    out = scratch / "first"
    if not out.exists():
        rows = write(scratch / "rows.jsonl", ROWS * 3)
        follow(Recipe(Stage(settings, "hub/tiny", (rows,)), rows, 0.3), out)
        metadata = replace(
            ModelFolder(out).metadata, temperatures=WARM, lexical_temperatures=dict(WARM)
        )
        write_metadata(out, metadata)
    return out


def own_rows(scratch: Path) -> Path:
    """Rows of one's own, labelled for stance alone."""
    labels = ("quote", "speaker", "stance")
    return write(scratch / "own.jsonl", [{key: row.get(key) for key in labels} for row in ROWS * 3])


def tuned(scratch: Path, first: Path, settings: Settings, **more: Any) -> Path:  # noqa: ANN401
    own, out = own_rows(scratch), scratch / f"tuned-{len(more)}"
    stage = Stage(replace(settings, base=str(first)), "first 1.0", (own,))
    follow(Recipe(stage, own, 0.3, **more), out)
    return out


def test_own_rows_leave_the_word_model_and_what_they_do_not_label(
    scratch: Path, first: Path, settings: Settings
) -> None:
    out = tuned(scratch, first, settings)
    assert (out / "lexical.onnx").read_bytes() == (first / "lexical.onnx").read_bytes()
    metadata = ModelFolder(out).metadata
    assert metadata.lexical_temperatures == WARM
    assert metadata.training["base"] == {"files": ["rows.jsonl"], "words": True}
    assert metadata.temperatures["stance"] != WARM["stance"]
    assert metadata.temperatures | {"stance": 1.5} == WARM
    # To calibrate anew changes neither.
    again = judge(out, Rows([], read_rows([own_rows(scratch)]), read_rows([own_rows(scratch)])))
    assert again.lexical_temperatures == WARM
    assert again.temperatures | {"stance": 1.5} == WARM


def test_another_target_takes_the_temperatures_and_no_word_model(
    scratch: Path, first: Path, settings: Settings
) -> None:
    out = tuned(scratch, first, settings, target="US–Atlantis relations")
    assert not (out / "lexical.onnx").exists()
    metadata = ModelFolder(out).metadata
    assert metadata.lexical_temperatures is None
    assert metadata.temperatures | {"stance": 1.5} == WARM


def test_an_encoder_has_nothing_to_take_over(base: Path, first: Path) -> None:
    metadata = ModelFolder(first).metadata
    assert "base" not in metadata.training
    assert read_base(base, metadata.target) is None
