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
from stance.model.restore import load_torch_model
from stance.model.torch_engine import collate
from stance.training.export import export_onnx
from stance.training.run import Settings, Trained, train
from stance.training.smoothing import smooth_outliers
from training.rows import ROWS


def test_the_quantised_export_scores_like_torch(settings: Settings, tmp_path: Path) -> None:
    trained: Trained = train(settings, ROWS, ROWS, tmp_path / "checkpoints")
    model = trained.model.eval()
    quotes = [*(str(row["quote"]) for row in ROWS), "talk", "bread and weather on the river"]
    encoded = [trained.encoder.encode(StatementText.from_quote(quote)) for quote in quotes]
    for quantise, tolerance in ((False, 1e-4), (True, 0.05)):
        export_onnx(trained.model, tmp_path / "model.onnx", encoded, quantise=quantise)
        found = OnnxEngine(tmp_path / "model.onnx", threads=1).logits(encoded)
        with torch.no_grad():
            full = model(**collate(encoded)).logits.numpy()
        assert np.abs(found - full).max() < tolerance
    assert logging.getLogger().level != logging.ERROR


def test_smoothing_changes_nothing_but_the_rounding(settings: Settings, tmp_path: Path) -> None:
    trained: Trained = train(settings, ROWS, ROWS, tmp_path / "checkpoints")
    model = trained.model.eval()
    encoded = [trained.encoder.encode(StatementText.from_quote(str(r["quote"]))) for r in ROWS]
    layer = model.get_submodule("encoder.encoder.layer.0.output.dense")
    assert isinstance(layer, torch.nn.Linear)
    with torch.no_grad():
        # One channel of what the layer reads stands out, as in encoders trained for long.
        model.get_submodule("encoder.encoder.layer.0.intermediate.dense").bias[3] += 40.0
        layer.weight[:, 3] /= 40.0
        full = model(**collate(encoded)).logits.numpy()
        smoothed = smooth_outliers(model, encoded)
        assert np.allclose(smoothed(**collate(encoded)).logits.numpy(), full, atol=1e-4)
    factor = smoothed.get_submodule("encoder.encoder.layer.0.output.dense").factor
    assert factor.argmin() == 3
    assert factor.min() < 0.2
    assert factor.max() == 1.0

    export_onnx(model, tmp_path / "model.onnx", encoded)
    found = OnnxEngine(tmp_path / "model.onnx", threads=1).logits(encoded)
    assert np.abs(found - full).max() < 0.05

    model.config.save_pretrained(tmp_path)
    restored = load_torch_model(tmp_path)
    assert restored.state_dict().keys() == model.state_dict().keys()
    weight = restored.get_submodule("encoder.encoder.layer.0.output.dense").weight
    assert torch.allclose(weight, layer.weight, atol=0.01)
