"""What runs a model: token ids in, logits out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from stance.errors import ModelError
from stance.model.inputs import EncodedStatement
from stance.model.spec import N_LOGITS

Logits = npt.NDArray[np.float32]
"""Shape (statements, 11): the logits of all heads, in the order of `spec.HEADS`."""

_SLOW_FUSIONS = ["SkipLayerNormFusion"]
"""Graph rewrites of ONNX Runtime that cost more than they save here: its SkipLayerNormalization
takes 195 µs for 120 tokens where an addition and a LayerNormalization take 40 µs."""

_FATAL = 4
"""ONNX Runtime's log severity under which it stays silent; failures are raised anyway."""


class Engine(Protocol):
    """Computes logits; an engine gives a statement the same logits whatever else is in a call."""

    @property
    def device(self) -> str:
        """What it runs on: logits differ a little from one device to another."""
        ...

    def logits(self, statements: Sequence[EncodedStatement]) -> Logits:
        """Return the logits of each statement, in order."""
        ...


def usable_cores() -> int:
    """Return how many processors this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class OnnxEngine:
    """Runs an ONNX model on the CPU, one statement at a time without padding.

    Several statements run side by side in threads. Activations are quantised over a whole batch,
    so only a batch of one gives a statement the same logits in any company.
    """

    device = "cpu"

    def __init__(self, path: Path, threads: int | None = None) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = _FATAL
        try:
            self._session = ort.InferenceSession(
                str(path), options, ["CPUExecutionProvider"], disabled_optimizers=_SLOW_FUSIONS
            )
        except Exception as error:  # ONNX Runtime's own exceptions share no useful base
            reason = str(error).splitlines()[0]
            raise ModelError(f"cannot load the model {path}: {reason}") from error
        self._inputs = [value.name for value in self._session.get_inputs()]
        threads = threads or usable_cores()
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None

    def logits(self, statements: Sequence[EncodedStatement]) -> Logits:
        """Return the logits of each statement, in order."""
        if not statements:
            return np.zeros((0, N_LOGITS), dtype=np.float32)
        run = map if self._pool is None else self._pool.map
        return np.stack(list(run(self._one, statements)))

    def _one(self, statement: EncodedStatement) -> Logits:
        feed = {
            "input_ids": np.array([statement.input_ids], dtype=np.int64),
            "token_type_ids": np.array([statement.token_type_ids], dtype=np.int64),
        }
        (logits,) = self._session.run(None, {name: feed[name] for name in self._inputs})
        row: Logits = logits[0]
        return row
