from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("datasets")

import torch

from stance.model.engine import OnnxEngine
from stance.model.inputs import StatementText
from stance.model.torch_engine import collate
from stance.training.export import export_onnx
from stance.training.run import Settings, Trained, train
from training.rows import ROWS


def test_the_quantised_export_scores_like_torch(settings: Settings, tmp_path: Path) -> None:
    trained: Trained = train(settings, ROWS, ROWS, tmp_path / "checkpoints")
    model = trained.model.eval()
    quotes = [*(str(row["quote"]) for row in ROWS), "talk", "bread and weather on the river"]
    encoded = [trained.encoder.encode(StatementText.from_quote(quote)) for quote in quotes]
    for quantise, tolerance in ((False, 1e-4), (True, 0.05)):
        export_onnx(trained.model, tmp_path / "model.onnx", quantise=quantise)
        found = OnnxEngine(tmp_path / "model.onnx", threads=1).logits(encoded)
        with torch.no_grad():
            full = model(**collate(encoded)).logits.numpy()
        assert np.abs(found - full).max() < tolerance
    assert logging.getLogger().level != logging.ERROR
