"""Export of a trained model to the engine that the CPU uses: ONNX, quantised to int8."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from stance.model.inputs import EncodedStatement
from stance.model.modeling import StanceModel
from stance.training.smoothing import smooth_outliers

_OPSET = 18


class _OneStatement(nn.Module):
    """The model for one statement without padding, hence without a mask."""

    def __init__(self, model: StanceModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, token_type_ids: Tensor) -> Tensor:
        logits: Tensor = self.model(
            input_ids=input_ids,
            attention_mask=torch.ones_like(input_ids),
            token_type_ids=token_type_ids,
        ).logits
        return logits


def export_onnx(
    model: StanceModel, path: Path, examples: Sequence[EncodedStatement], *, quantise: bool = True
) -> None:
    """Write `model` as ONNX with inputs of shape (1, length) and output `logits` (1, 11).

    Weights become int8, one scale an output channel; activations are quantised as they come, after
    `smooth_outliers` has made them ready by `examples`. Weights use seven of the eight bits, so
    that processors without VNNI do not overflow.
    """
    module = _OneStatement(smooth_outliers(model, examples) if quantise else model)
    module = module.to("cpu", torch.float32).eval()
    ids = torch.full((1, 16), model.config.quote_open_id)
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            module,
            (ids, torch.zeros_like(ids)),
            str(plain if quantise else path),
            input_names=["input_ids", "token_type_ids"],
            output_names=["logits"],
            dynamic_axes={"input_ids": {1: "length"}, "token_type_ids": {1: "length"}},
            opset_version=_OPSET,
            dynamo=False,
        )
        if quantise:
            _quantise(plain, path)


def _quantise(plain: Path, path: Path) -> None:
    with _no_advice():
        quantize_dynamic(
            plain,
            path,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )


@contextmanager
def _no_advice() -> Iterator[None]:
    """Keep the quantiser from advising a preparation of the graph, which gains nothing here."""
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)
    try:
        yield
    finally:
        root.setLevel(level)
