"""The torch model of a folder, also of one that ships only its quantised export.

The export keeps the names of the torch modules: parameters that are not quantised under their own
names, and the weight of a linear layer in the node that multiplies with it. So the int8 weights,
times their scales, go back to where they came from, and one copy of the weights serves the CPU,
a GPU and further training. Needs the `train` extra.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from stance.errors import ModelError
from stance.model.modeling import StanceConfig, StanceModel
from stance.model.store import ONNX_FILE, TORCH_FILE

_PREFIX = "model."
"""The exported module wraps the model under this name."""

_TRANSPOSED = "_Transposed"


def load_torch_model(folder: Path) -> StanceModel:
    """Load the torch weights of a model folder, or restore them from its ONNX export.

    Raises:
        ModelError: The folder has neither, or they do not fit its configuration.
    """
    try:
        if (folder / TORCH_FILE).exists():
            return StanceModel.from_pretrained(folder)
        model = StanceModel(StanceConfig.from_pretrained(folder))
        model.load_state_dict(_unsmoothed(_weights(onnx.load(folder / ONNX_FILE))))
        return model
    except Exception as error:  # torch's, protobuf's and safetensors' errors share no useful base
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise ModelError(f"cannot load the weights of {folder}: {reason}") from error


def _weights(exported: onnx.ModelProto) -> Iterator[tuple[str, torch.Tensor]]:
    """Yield the parameters of the torch model by name."""
    arrays = {one.name: numpy_helper.to_array(one) for one in exported.graph.initializer}

    def real(name: str) -> torch.Tensor:
        scale, zero = arrays[f"{name}_scale"], arrays[f"{name}_zero_point"]
        quantised = arrays[f"{name}_quantized"].astype(np.float32)
        return torch.from_numpy((quantised - zero.astype(np.float32)) * scale.astype(np.float32))

    for name in list(arrays):
        if name.startswith(_PREFIX) and not name.endswith(("_scale", "_zero_point")):
            quantised = name.endswith("_quantized")
            name = name.removesuffix("_quantized")  # noqa: PLW2901
            values = real(name) if quantised else torch.from_numpy(arrays[name].copy())
            # A layer that was exported as Gemm has its weight the other way round.
            values = values.T.contiguous() if name.endswith(_TRANSPOSED) else values
            yield name.removeprefix(_PREFIX).removesuffix(_TRANSPOSED), values
    for node in exported.graph.node:
        weight = node.input[1] if node.op_type == "MatMulInteger" else ""
        if weight.endswith("_quantized") and not weight.startswith(_PREFIX):
            values = real(weight.removesuffix("_quantized"))
            yield _weight_of(node.name), values.T.contiguous()
        elif node.op_type == "MatMul" and node.input[1] in arrays:  # kept in float
            yield _weight_of(node.name), torch.from_numpy(arrays[node.input[1]].T.copy())


def _unsmoothed(weights: Iterator[tuple[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Undo what `stance.training.smoothing` does to some layers for the export."""
    found = dict(weights)
    for name in [name for name in found if name.endswith(".factor")]:
        layer = name.removesuffix(".factor")
        found[f"{layer}.weight"] = found.pop(f"{layer}.linear.weight") * found.pop(name)
        found[f"{layer}.bias"] = found.pop(f"{layer}.linear.bias")
    return found


def _weight_of(node: str) -> str:
    """Return the parameter that a matrix product multiplies with, by the product's name."""
    module = node.removeprefix("/model/").removesuffix("_quant").removesuffix("/MatMul")
    return f"{module.replace('/', '.')}.weight"
