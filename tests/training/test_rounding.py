from __future__ import annotations

import pytest

pytest.importorskip("torch")

import torch
from torch import nn

from stance.training.rounding import round_to_levels, rounded_activations


@pytest.mark.parametrize(
    "values",
    [
        torch.linspace(-3, 5, 10_000),
        torch.linspace(1, 2, 10_000).reshape(10, 10, 100),
        -torch.linspace(1, 2, 10_000),
    ],
)
def test_at_most_256_levels_and_half_a_step_away(values: torch.Tensor) -> None:
    rounded = round_to_levels(values)
    assert rounded.shape == values.shape
    assert 100 < len(rounded.unique()) <= 256
    reach = max(float(values.max()), 0.0) - min(float(values.min()), 0.0)
    assert float((rounded - values).abs().max()) <= reach / 255 / 2 + 1e-5


@pytest.mark.parametrize("values", [torch.zeros(3), torch.full((2, 2), 1e-12)])
def test_constant_tensors_stay_finite(values: torch.Tensor) -> None:
    assert torch.allclose(round_to_levels(values), values, atol=1e-6)


def test_gradients_pass_as_if_nothing_were_rounded() -> None:
    torch.manual_seed(1)
    layer = nn.Linear(6, 4)
    values = torch.randn(3, 6, requires_grad=True)
    layer(values).sum().backward()
    plain = values.grad
    values.grad = None
    with rounded_activations(layer):
        layer(values).sum().backward()
    assert plain is not None
    assert torch.equal(values.grad, plain)


def test_only_linear_layers_round_and_only_in_the_context() -> None:
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(6, 6), nn.LayerNorm(6), nn.Linear(6, 2))
    values = torch.randn(50, 6)
    plain = model(values)
    with rounded_activations(model):
        rounded = model(values)
        first = model[0](round_to_levels(values))
        assert torch.equal(model[0](values), first)
        assert torch.equal(model[1](values), nn.LayerNorm(6)(values))
    assert not torch.equal(rounded, plain)
    assert torch.allclose(rounded, plain, atol=0.1)
    assert torch.equal(model(values), plain)


def test_an_error_in_the_context_leaves_no_rounding() -> None:
    layer = nn.Linear(4, 4)

    def fail() -> None:
        with rounded_activations(layer):
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert not layer._forward_pre_hooks
