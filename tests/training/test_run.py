from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("datasets")

import torch
from model.tiny import tiny_encoder
from transformers import EvalPrediction, Trainer

from stance.errors import ModelError
from stance.model.spec import HEADS, IGNORED, N_LOGITS, QUOTE_OPEN, head_slices
from stance.training.data import encode_rows
from stance.training.run import (
    MAX_CLASS_WEIGHT,
    Settings,
    _collator,
    _last_checkpoint,
    _metrics,
    _new_model,
    class_weights,
    collate_rows,
    hide_speakers,
    train,
    train_average,
)
from training.rows import ROWS


@pytest.fixture
def epochs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Where each epoch that is trained starts, counted in finished epochs."""
    begun: list[int] = []
    step = Trainer.training_step

    def counted(self: Trainer, *arguments: Any, **more: Any) -> torch.Tensor:  # noqa: ANN401
        begun.append(int(self.state.epoch or 0))
        return step(self, *arguments, **more)

    monkeypatch.setattr(Trainer, "training_step", counted)
    return begun


def test_speakers_are_hidden_from_the_same_rows_each_time() -> None:
    rows = [{"quote": str(number), "speaker": "envoy"} for number in range(500)]
    half = Settings("any", hide_speaker=0.5)
    hidden = hide_speakers(rows, half)
    assert hidden == hide_speakers(rows, half)
    assert hidden != hide_speakers(rows, replace(half, seed=2))
    assert 200 < sum(row["speaker"] is None for row in hidden) < 300
    assert hide_speakers(rows, Settings("any", hide_speaker=0.0)) == rows


@pytest.mark.parametrize(("balance", "rare"), [(0.0, 1.0), (0.5, 1.58), (1.0, 2.5), (2.0, 3.0)])
def test_rare_classes_weigh_more_but_not_without_bound(balance: float, rare: float) -> None:
    rows = [{"stance": "unrelated"}] * 9 + [{"stance": "favor"}, {"sentiment": "neutral"}]
    found = class_weights(rows, balance)
    assert found["stance"][0] == pytest.approx(rare, abs=0.01)
    assert found["stance"][0] >= found["stance"][3] > 0
    assert max(found["stance"]) <= MAX_CLASS_WEIGHT
    assert len(found["side"]) == len(HEADS["side"])


def test_metrics_pass_over_missing_labels() -> None:
    labels = np.array([[0, 1, IGNORED], [1, IGNORED, IGNORED]])
    logits = np.zeros((2, N_LOGITS))
    logits[0, head_slices()["stance"].start] = logits[1, head_slices()["stance"].start + 1] = 9
    found = _metrics(EvalPrediction(logits, labels))
    assert found["stance"] == pytest.approx(2 / 4)
    assert "side" not in found
    assert found["score"] == pytest.approx((found["stance"] + found["sentiment"]) / 2)


def test_masking_spares_markers_and_happens_in_training_alone(settings: Settings) -> None:
    model, tokenizer = _new_model(settings, ROWS)
    every = _collator(model, tokenizer, replace(settings, mask_tokens=1.0))
    examples = list(encode_rows(ROWS, tiny_encoder()))
    plain = collate_rows(examples)["input_ids"]
    model.eval()
    assert torch.equal(every(examples)["input_ids"], plain)
    model.train()
    masked = every(examples)["input_ids"]
    markers = plain == model.config.quote_open_id
    assert markers.sum() == len(ROWS)
    assert torch.equal(masked[markers], plain[markers])
    special = torch.tensor([*tokenizer.all_special_ids, *model.config.quote_ids])
    assert torch.isin(masked, special).all()
    assert (masked == tokenizer.mask_token_id).any()


def test_finished_epochs_are_not_trained_again(
    settings: Settings, tmp_path: Path, epochs: list[int]
) -> None:
    two = replace(settings, epochs=2)
    train(settings, ROWS, ROWS, tmp_path)
    assert epochs == [0, 0]
    (tmp_path / "checkpoint-3").mkdir()  # a kill in the middle of writing it
    epochs.clear()
    train(two, ROWS, ROWS, tmp_path)
    assert epochs == [1, 1]
    epochs.clear()
    train(two, ROWS, ROWS, tmp_path)
    assert epochs == []


def test_a_run_that_stopped_early_stays_stopped(
    settings: Settings, tmp_path: Path, epochs: list[int]
) -> None:
    still = replace(settings, epochs=6, batch_size=8, patience=1, learning_rate=1e-9)
    train(still, ROWS, ROWS, tmp_path)
    assert epochs == [0, 1]
    epochs.clear()
    train(still, ROWS, ROWS, tmp_path)
    assert epochs == []


def test_the_last_checkpoint_is_a_whole_one(tmp_path: Path) -> None:
    assert _last_checkpoint(tmp_path / "none") is None
    assert _last_checkpoint(tmp_path) is None
    for step in (8, 16, 120):
        (tmp_path / f"checkpoint-{step}").mkdir()
    for step in (8, 16):
        (tmp_path / f"checkpoint-{step}" / "trainer_state.json").write_text("{}")
    assert _last_checkpoint(tmp_path) == str(tmp_path / "checkpoint-16")


def test_weights_of_runs_are_averaged(
    settings: Settings, tmp_path: Path, epochs: list[int]
) -> None:
    both = [settings, replace(settings, seed=2, epochs=settings.epochs + 1)]
    mean = train_average(both, ROWS, ROWS, tmp_path).model.state_dict()
    epochs.clear()
    folders = [tmp_path / "checkpoints" / f"seed-{s.seed}-epochs-{s.epochs}" for s in both]
    runs = [train(one, ROWS, ROWS, folder) for one, folder in zip(both, folders, strict=True)]
    assert epochs == []  # finished runs come back from their checkpoints
    first, second = (run.model.state_dict() for run in runs)
    assert not torch.equal(first["heads.weight"], second["heads.weight"])
    for name in ("heads.weight", "dense.bias"):
        expected = (first[name] + second[name]) / 2
        assert torch.allclose(mean[name].cpu(), expected.cpu(), atol=1e-6)


def test_a_base_that_is_not_there(settings: Settings, tmp_path: Path) -> None:
    missing = replace(settings, base=str(tmp_path / "none"))
    with pytest.raises(ModelError, match="cannot load the base model"):
        train(missing, ROWS, ROWS, tmp_path / "checkpoints")


def test_the_model_of_a_base_knows_the_markers(settings: Settings) -> None:
    model, tokenizer = _new_model(settings, ROWS)
    assert tokenizer.convert_ids_to_tokens(model.config.quote_open_id) == QUOTE_OPEN
    assert model.get_input_embeddings().num_embeddings == len(tokenizer)
    assert model.config.inputs == settings.inputs.to_dict()


def test_frozen_layers_stay_as_they_were(settings: Settings, tmp_path: Path) -> None:
    still = replace(settings, frozen_layers=1, learning_rate=1e-2)
    before, after = _new_model(still, ROWS)[0], train(still, ROWS, ROWS, tmp_path).model
    states = [dict(model.encoder.named_parameters()) for model in (before, after)]
    changed = {name for name, value in states[0].items() if not torch.equal(value, states[1][name])}
    assert "encoder.layer.1.output.dense.weight" in changed
    assert not [name for name in changed if "layer.0." in name]
    assert torch.equal(
        states[1]["embeddings.word_embeddings.weight"][: settings.inputs.body],
        states[0]["embeddings.word_embeddings.weight"][: settings.inputs.body],
    )
