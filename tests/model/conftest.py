from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stance.model.engine import OnnxEngine
from stance.model.inputs import InputEncoder
from stance.model.store import ModelFolder, shipped_model


@pytest.fixture(scope="session")
def shipped() -> ModelFolder:
    return ModelFolder(shipped_model())


@pytest.fixture(scope="session")
def encoder(shipped: ModelFolder) -> InputEncoder:
    return shipped.input_encoder()


@pytest.fixture(scope="session")
def engine(shipped: ModelFolder) -> OnnxEngine:
    return OnnxEngine(shipped.path / "model.onnx", threads=2)


@pytest.fixture
def copied(shipped: ModelFolder, tmp_path: Path) -> Path:
    """A copy of the shipped model that a test may damage."""
    return Path(shutil.copytree(shipped.path, tmp_path / "model"))
