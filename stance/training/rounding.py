"""Training with the rounding that int8 inference will do.

Quantisation-aware training (Jacob et al., 2018, "Quantization and Training of Neural Networks for
Efficient Integer-Arithmetic-Only Inference"): what goes into each linear layer is rounded to 256
levels between its least and its greatest value, as ONNX Runtime rounds it, and gradients pass as
if it were not. The export smooths what stands out first (`stance.training.smoothing`) and so rounds
more finely than this.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

_LEVELS = 255


class _Round(torch.autograd.Function):
    @staticmethod
    def forward(_: Any, values: Tensor) -> Tensor:  # noqa: ANN401
        return round_to_levels(values)

    @staticmethod
    def backward(_: Any, *gradients: Tensor) -> Tensor:  # noqa: ANN401
        return gradients[0]


def round_to_levels(values: Tensor) -> Tensor:
    """Round a tensor of any shape to 256 equally spaced levels, 0 among its range."""
    low = values.amin().clamp(max=0.0)
    high = values.amax().clamp(min=0.0)
    step = ((high - low) / _LEVELS).clamp(min=1e-8)
    return ((values - low) / step).round() * step + low


def _round_inputs(_: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    rounded: Tensor = _Round.apply(inputs[0])  # type: ignore[no-untyped-call]
    return (rounded, *inputs[1:])


@contextmanager
def rounded_activations(model: nn.Module) -> Iterator[None]:
    """Round the inputs of all linear layers of `model` while the context lasts."""
    hooks = [
        module.register_forward_pre_hook(_round_inputs)
        for module in model.modules()
        if isinstance(module, nn.Linear)
    ]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
