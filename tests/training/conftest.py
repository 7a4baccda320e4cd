from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from model.tiny import tiny_base

from training.rows import ARTICLES, ROWS, write

if TYPE_CHECKING:
    from stance.training.run import Settings


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("torch")
    return tiny_base(tmp_path_factory.mktemp("bases") / "tiny-bert")


@pytest.fixture
def settings(base: Path) -> Settings:
    """One short epoch on a tiny encoder."""
    import torch  # noqa: PLC0415

    from stance.model.spec import InputSpec  # noqa: PLC0415
    from stance.training.run import Settings  # noqa: PLC0415

    torch.set_num_threads(1)  # threads that wait for busy processors take longer than one
    budgets = InputSpec(body=32, quote=24, speaker=4, title=4, previous=8)
    return Settings(str(base), epochs=1, batch_size=4, patience=0, bf16=False, inputs=budgets)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    rows = [{**row, "article": f"r{number}"} for number, row in enumerate(ROWS * 3)]
    write(folder / "rows.jsonl", rows)
    write(folder / "more.jsonl", [{**ROWS[0], "split": "challenge", "quote": "trap"}])
    write(folder / "dev.jsonl", [{**row, "article": "a3"} for row in ROWS])
    write(folder / "articles.jsonl", ARTICLES)
    return folder
