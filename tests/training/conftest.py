from __future__ import annotations

from pathlib import Path

import pytest
from model.tiny import tiny_base


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("torch")
    return tiny_base(tmp_path_factory.mktemp("bases") / "tiny-bert")
