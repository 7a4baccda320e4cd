from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from stance.errors import ModelError
from stance.model.engine import OnnxEngine
from stance.model.inputs import InputEncoder, StatementText
from stance.model.restore import load_torch_model
from stance.model.spec import HEADS, N_LOGITS, head_slices
from stance.model.store import ModelFolder
from stance.model.torch_engine import TorchEngine, _batches, collate

SUBJECTS = ("Moscow", "The Kremlin", "President Putin", "Our mayor")
CLAIMS = (
    "has lied to Washington about the missiles and must pay for it",
    "wants to work with America, and we should welcome that",
    "will receive the delegation at noon",
    "has never answered a single one of my letters",
    "deserves every one of the sanctions",
)
QUOTES = [f"{subject} {claim}" for subject in SUBJECTS for claim in CLAIMS]


@pytest.fixture(scope="module")
def restored(shipped: ModelFolder) -> TorchEngine:
    torch.set_num_threads(1)  # threads that wait for busy processors take longer than one
    return TorchEngine.from_folder(shipped.path, "cpu")


def test_torch_weights_restored_from_the_export_score_alike(
    restored: TorchEngine, engine: OnnxEngine, encoder: InputEncoder
) -> None:
    statements = [encoder.encode(StatementText.from_quote(quote)) for quote in QUOTES]
    quantised = engine.logits(statements)
    full = restored.logits(statements)
    assert np.corrcoef(quantised.ravel(), full.ravel())[0, 1] > 0.95
    for head in HEADS:
        where = head_slices()[head]
        same = quantised[:, where].argmax(axis=1) == full[:, where].argmax(axis=1)
        assert same.mean() >= 0.8, head


def test_padding_changes_no_logits(restored: TorchEngine, encoder: InputEncoder) -> None:
    statements = [encoder.encode(StatementText.from_quote(q)) for q in (*QUOTES[:3], "No. " * 60)]
    alone = np.concatenate([restored.logits([one]) for one in statements])
    assert np.allclose(restored.logits(statements), alone, atol=1e-4)
    assert restored.logits([]).shape == (0, N_LOGITS)


@pytest.mark.parametrize("computed", [True, False])
def test_half_the_precision_where_the_processor_computes_in_it(
    restored: TorchEngine,
    encoder: InputEncoder,
    shipped: ModelFolder,
    monkeypatch: pytest.MonkeyPatch,
    computed: bool,
) -> None:
    monkeypatch.setattr("stance.model.torch_engine.has_bf16", lambda device: computed)
    statements = [encoder.encode(StatementText.from_quote(quote)) for quote in QUOTES]
    half = TorchEngine(load_torch_model(shipped.path), "cpu", bf16=True).logits(statements)
    assert half.dtype == np.float32
    moved = np.abs(half - restored.logits(statements)).max()
    assert 0 < moved < 0.3 if computed else moved == 0


def test_batches_are_bounded_and_hold_each_statement_once() -> None:
    lengths = sorted([10, 250, 3, 250, 40] * 60)
    batches = _batches(range(len(lengths)), lengths)
    assert [index for batch in batches for index in batch] == list(range(len(lengths)))
    assert all(len(batch) * lengths[batch[-1]] <= 16384 for batch in batches)
    assert len(batches) < 5


def test_collate_pads_to_the_longest(encoder: InputEncoder) -> None:
    statements = [encoder.encode(StatementText.from_quote(quote)) for quote in ("No.", QUOTES[0])]
    batch = collate(statements)
    longest = len(statements[1].input_ids)
    assert {name: tuple(ids.shape) for name, ids in batch.items()} == dict.fromkeys(
        ("input_ids", "token_type_ids", "attention_mask"), (2, longest)
    )
    assert batch["attention_mask"].sum(dim=1).tolist() == [len(s.input_ids) for s in statements]


@pytest.mark.parametrize("name", ["model.onnx", "model.safetensors"])
@pytest.mark.parametrize("content", [b"", b"\x93" * 4000])
def test_weights_that_cannot_be_read(copied: Path, name: str, content: bytes) -> None:
    (copied / name).write_bytes(content)
    with pytest.raises(ModelError, match="cannot load the weights") as raised:
        load_torch_model(copied)
    assert len(str(raised.value).splitlines()) == 1


def test_a_device_that_is_not_there(shipped: ModelFolder) -> None:
    with pytest.raises(ModelError, match="cannot run a model on abacus"):
        TorchEngine.from_folder(shipped.path, "abacus")
