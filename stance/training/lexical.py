"""The word model: sentiment and side from the quoted words alone, for articles off the subject.

A logistic regression on the set of word pieces of a statement, kept as a small ONNX graph so that
the engine of the encoder runs it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from stance.model.inputs import EncodedStatement
from stance.model.spec import N_LOGITS, head_slices

_C = 2.0
"""Inverse strength of the L2 penalty."""

Weights = npt.NDArray[np.float32]


def fit_lexical(
    statements: Sequence[EncodedStatement], labels: npt.NDArray[np.integer], vocabulary: int
) -> tuple[Weights, Weights]:
    """Fit one regression a head.

    `labels` has shape (statements, heads), negative where there is none. Returns the weights,
    shape (vocabulary, 11), and the bias, shape (11,).
    """
    counts = _features(statements, vocabulary)
    weights = np.zeros((vocabulary, N_LOGITS), dtype=np.float32)
    bias = np.zeros(N_LOGITS, dtype=np.float32)
    for task, where in enumerate(head_slices().values()):
        known = labels[:, task] >= 0
        present = np.unique(labels[known, task])
        bias[where] = -10.0  # a label that no row has
        bias[where.start + present] = 0.0
        if len(present) < 2:
            continue
        model = LogisticRegression(C=_C, class_weight="balanced", max_iter=1000)
        model.fit(counts[known], labels[known, task])
        coefficients, intercepts = model.coef_, model.intercept_
        if len(present) == 2:  # one row for the second of two labels
            coefficients = np.vstack([-coefficients[0] / 2, coefficients[0] / 2])
            intercepts = np.array([-intercepts[0] / 2, intercepts[0] / 2])
        weights[:, where.start + present] = coefficients.T
        bias[where.start + present] = intercepts
    return weights, bias


def _features(statements: Sequence[EncodedStatement], vocabulary: int) -> csr_matrix:
    """Return how often each piece occurs, over the square root of the length."""
    rows = np.repeat(np.arange(len(statements)), [len(s.input_ids) for s in statements])
    pieces = np.concatenate([np.array(s.input_ids) for s in statements])
    scale = np.concatenate(
        [np.full(len(s.input_ids), len(s.input_ids) ** -0.5) for s in statements]
    )
    return csr_matrix((scale, (rows, pieces)), shape=(len(statements), vocabulary))


def write_lexical(weights: Weights, bias: Weights, path: Path) -> None:
    """Write the graph: `input_ids` (1, length) to `logits` (1, 11)."""
    nodes = [
        helper.make_node("Gather", ["weights", "input_ids"], ["half"]),
        helper.make_node("Cast", ["half"], ["rows"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["rows", "axis"], ["sum"], keepdims=0),
        helper.make_node("Shape", ["input_ids"], ["length"], start=1, end=2),
        helper.make_node("Cast", ["length"], ["count"], to=TensorProto.FLOAT),
        helper.make_node("Sqrt", ["count"], ["root"]),
        helper.make_node("Div", ["sum", "root"], ["scaled"]),
        helper.make_node("Add", ["scaled", "bias"], ["logits"]),
    ]
    constants: dict[str, npt.NDArray[Any]] = {
        "weights": weights.astype(np.float16),
        "bias": bias.astype(np.float32),
        "axis": np.array([1], dtype=np.int64),
    }
    graph = helper.make_graph(
        nodes,
        "lexical",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "length"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, N_LOGITS])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
