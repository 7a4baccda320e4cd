"""The engine for a GPU, or for a model folder that has no ONNX export. Needs the `train` extra."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from stance.errors import ModelError
from stance.model.engine import Logits
from stance.model.inputs import EncodedStatement
from stance.model.modeling import StanceModel
from stance.model.restore import load_torch_model
from stance.model.spec import N_LOGITS

TOKENS_PER_BATCH = 16384
"""Padded tokens in one batch: some 1 GB of activations with the shipped encoder in fp32."""


class TorchEngine:
    """Runs a `StanceModel` on a torch device, in batches of about equal length.

    `bf16` halves the precision of matrix products, on a device that computes so: for teachers,
    whose probabilities need none.
    """

    def __init__(self, model: StanceModel, device: str | None = None, bf16: bool = False) -> None:
        self._device = usable_device(device)
        self._bf16 = bf16 and has_bf16(self._device)
        self._model = model
        nn.Module.to(self._model, self._device)
        self._model.eval()  # type: ignore[no-untyped-call]

    @classmethod
    def from_folder(cls, folder: Path, device: str | None = None) -> TorchEngine:
        """Load the weights of a model folder."""
        return cls(load_torch_model(folder), device)

    @property
    def device(self) -> str:
        """The torch device; "torch" tells the CPU from that of ONNX Runtime."""
        return f"torch {self._device}"

    def logits(self, statements: Sequence[EncodedStatement]) -> Logits:
        """Return the logits of each statement, in order."""
        if not statements:
            return np.zeros((0, N_LOGITS), dtype=np.float32)
        by_length = sorted(range(len(statements)), key=lambda i: len(statements[i].input_ids))
        found: dict[int, Logits] = {}
        for batch in _batches(by_length, [len(s.input_ids) for s in statements]):
            logits = self._run([statements[i] for i in batch])
            found.update(zip(batch, logits, strict=True))
        return np.stack([found[i] for i in range(len(statements))])

    @torch.inference_mode()
    def _run(self, statements: Sequence[EncodedStatement]) -> Logits:
        inputs = {name: ids.to(self._device) for name, ids in collate(statements).items()}
        with torch.autocast(self._device.type, torch.bfloat16, enabled=self._bf16):
            logits: Logits = self._model(**inputs).logits.float().cpu().numpy()
        return logits


def has_bf16(device: torch.device) -> bool:
    """Tell whether a device computes in bfloat16 itself.

    A processor that has to emulate it trains twenty times slower than in float32 (0.46 against
    9.3 statements a second, two cores with AVX2).
    """
    if device.type == "cpu":
        return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    return device.type != "cuda" or torch.cuda.is_bf16_supported(including_emulation=False)


def usable_device(name: str | None = None) -> torch.device:
    """Return the device of that name, or the best one here; `ModelError` if it cannot be used."""
    try:
        device = torch.device(name or ("cuda" if torch.cuda.is_available() else "cpu"))
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError) as error:  # the latter from builds without a GPU
        reason = str(error).splitlines()[0]
        raise ModelError(f"cannot run a model on {name}: {reason}") from error
    return device


def collate(statements: Sequence[EncodedStatement]) -> dict[str, torch.Tensor]:
    """Pad statements to one length: `input_ids`, `token_type_ids`, `attention_mask`."""
    length = max(len(statement.input_ids) for statement in statements)

    def padded(rows: Sequence[list[int]]) -> torch.Tensor:
        return torch.tensor([row + [0] * (length - len(row)) for row in rows])

    return {
        "input_ids": padded([s.input_ids for s in statements]),
        "token_type_ids": padded([s.token_type_ids for s in statements]),
        "attention_mask": padded([[1] * len(s.input_ids) for s in statements]),
    }


def _batches(order: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
    """Cut statements sorted by length into batches of bounded padded size."""
    batches: list[list[int]] = []
    for index in order:
        if batches and lengths[index] * (len(batches[-1]) + 1) <= TOKENS_PER_BATCH:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches
