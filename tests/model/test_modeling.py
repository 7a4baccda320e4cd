from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")

import torch
import transformers

from stance.model.modeling import StanceConfig, StanceModel
from stance.model.spec import HEADS, IGNORED, N_LOGITS

OPEN, CLOSE = 5, 6


def tiny_config(**changes: object) -> StanceConfig:
    encoder = transformers.BertConfig(
        vocab_size=40,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    return StanceConfig(
        encoder=encoder.to_dict(), quote_open_id=OPEN, quote_close_id=CLOSE, **changes
    )


@pytest.fixture(scope="module")
def model() -> StanceModel:
    torch.manual_seed(3)
    return StanceModel(tiny_config()).eval()


def ids(*rows: list[int]) -> dict[str, torch.Tensor]:
    values = torch.tensor(rows)
    return {"input_ids": values, "attention_mask": (values != 0).long()}


@pytest.mark.parametrize(
    ("row", "inside"),
    [
        ([2, 9, OPEN, 10, 11, CLOSE, 12, 3], [2, 3, 4]),
        ([2, OPEN, 10, CLOSE, 9, OPEN, 11, CLOSE, 3], [1, 2, 5, 6]),
    ],
)
def test_the_mean_takes_in_quoted_tokens_alone(
    model: StanceModel, row: list[int], inside: list[int]
) -> None:
    states = torch.randn(1, len(row), 16)
    found = model._mean_of_quote(states, torch.tensor([row]))
    assert torch.allclose(found, states[:, inside].mean(dim=1), atol=1e-6)


def test_a_statement_without_quoted_tokens_has_a_finite_mean(model: StanceModel) -> None:
    found = model._mean_of_quote(torch.randn(1, 3, 16), torch.tensor([[2, 9, 3]]))
    assert torch.equal(found, torch.zeros(1, 16))


def test_padding_changes_nothing(model: StanceModel) -> None:
    row = [2, 9, OPEN, 10, 11, CLOSE, 3]
    with torch.no_grad():
        alone = model(**ids(row)).logits
        padded = model(**ids([*row, 0, 0, 0], [2, OPEN, *range(20, 26), CLOSE, 3])).logits
    assert alone.shape == (1, N_LOGITS)
    assert torch.allclose(alone[0], padded[0], atol=1e-5)


def test_no_targets_no_loss(model: StanceModel) -> None:
    assert model(**ids([2, OPEN, 10, CLOSE, 3])).loss is None


def one_hot(labels: list[int]) -> list[float]:
    sizes = map(len, HEADS.values())
    pairs = zip(labels, sizes, strict=True)
    return [float(index == label) for label, size in pairs for index in range(size)]


def loss_of(model: StanceModel, labels: list[list[int]], **more: torch.Tensor) -> float:
    return loss_of_targets(model, [one_hot(row) for row in labels], **more)


def loss_of_targets(model: StanceModel, targets: list[list[float]], **more: torch.Tensor) -> float:
    rows = [[2, OPEN, 10 + n, CLOSE, 3] for n in range(len(targets))]
    with torch.no_grad():
        return float(model(**ids(*rows), targets=torch.tensor(targets), **more).loss)


def test_a_distribution_costs_the_mean_of_its_labels(model: StanceModel) -> None:
    favor, against = one_hot([0, IGNORED, IGNORED]), one_hot([1, IGNORED, IGNORED])
    mixed = [0.25 * f + 0.75 * a for f, a in zip(favor, against, strict=True)]
    costs = [loss_of_targets(model, [targets]) for targets in (favor, against, mixed)]
    assert costs[2] == pytest.approx(0.25 * costs[0] + 0.75 * costs[1], rel=1e-4)


def test_missing_labels_leave_the_loss_of_the_others(model: StanceModel) -> None:
    none = [IGNORED] * len(HEADS)
    alone = loss_of(model, [[0, 1, 2]])
    assert loss_of(model, [[0, 1, 2], none]) == pytest.approx(alone, rel=1e-4)
    assert loss_of(model, [none]) == 0.0
    one_head = ([0, IGNORED, IGNORED], [IGNORED, 1, IGNORED], [IGNORED, IGNORED, 2])
    assert sum(loss_of(model, [head]) for head in one_head) == pytest.approx(alone, rel=1e-4)


def test_weights_and_class_weights_scale_rows() -> None:
    torch.manual_seed(3)
    rows = [[0, 0, 0], [1, 1, 1]]
    plain = StanceModel(tiny_config()).eval()
    each = [loss_of(plain, [rows[0]]), loss_of(plain, [[IGNORED] * 3, rows[1]])]
    assert loss_of(plain, rows) == pytest.approx(sum(each) / 2, rel=1e-4)
    weights = torch.tensor([3.0, 1.0])
    expected = (3 * each[0] + each[1]) / 4
    assert loss_of(plain, rows, weights=weights) == pytest.approx(expected, rel=1e-4)
    balanced = {head: [3.0] + [1.0] * (len(labels) - 1) for head, labels in HEADS.items()}
    plain.config.class_weights = balanced
    assert loss_of(plain, rows) == pytest.approx(expected, rel=1e-4)


def test_auto_classes_load_what_was_saved(model: StanceModel, tmp_path: Path) -> None:
    model.save_pretrained(tmp_path)
    again = transformers.AutoModel.from_pretrained(tmp_path).eval()
    assert isinstance(again, StanceModel)
    assert again.config.quote_ids == (OPEN, CLOSE)
    assert again.config.inputs == model.config.inputs
    batch = ids([2, 9, OPEN, 10, 11, CLOSE, 3])
    with torch.no_grad():
        assert torch.allclose(again(**batch).logits, model(**batch).logits, atol=1e-6)


def test_the_configuration_names_every_logit() -> None:
    config = transformers.AutoConfig.for_model("stance")
    assert len(config.id2label) == N_LOGITS
    assert config.id2label[0] == "stance:favor"
    assert config.label2id["side:unknown"] == N_LOGITS - 1
