"""One training run: labelled rows in, a model folder out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import f1_score
from tokenizers import Tokenizer
from transformers import (
    AutoConfig,
    AutoModel,
    AutoTokenizer,
    EarlyStoppingCallback,
    EvalPrediction,
    PretrainedConfig,
    PreTrainedTokenizerBase,
    Trainer,
    TrainerState,
    TrainingArguments,
    set_seed,
)
from transformers.trainer import TRAINER_STATE_NAME

from stance.errors import ModelError
from stance.labelled import Row
from stance.model.inputs import EncodedStatement, InputEncoder
from stance.model.modeling import StanceConfig, StanceModel
from stance.model.restore import load_torch_model
from stance.model.spec import HEADS, IGNORED, QUOTE_CLOSE, QUOTE_OPEN, InputSpec, head_slices
from stance.model.store import is_stance_model
from stance.model.torch_engine import collate, has_bf16, usable_device
from stance.training.data import encode_rows
from stance.training.rounding import rounded_activations


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run can be told.

    `class_balance` is the exponent of inverse class frequency in the loss: 0 for none, 1 for
    classes that weigh the same. `hide_speaker` is the share of training rows whose speaker is
    withheld, and `mask_tokens` that of the tokens that are masked, afresh in every epoch, so that
    the model leans on no single word. `quantise` trains with the rounding that the int8 export
    will do. `patience` counts epochs without a better development score before training stops; 0
    trains all `epochs` and keeps the last. `bf16` trains in half precision on a machine that
    computes in it.
    """

    base: str
    seed: int = 1
    epochs: int = 6
    batch_size: int = 16
    learning_rate: float = 1e-4
    warmup: float = 0.1
    weight_decay: float = 0.01
    dropout: float = 0.1
    class_balance: float = 0.5
    label_smoothing: float = 0.05
    teacher_share: float = 0.5
    frozen_layers: int = 0
    hide_speaker: float = 0.2
    mask_tokens: float = 0.1
    quantise: bool = True
    patience: int = 2
    bf16: bool = True
    inputs: InputSpec = field(default_factory=InputSpec)
    task_weights: Mapping[str, float] = field(
        default_factory=lambda: {"stance": 1.0, "sentiment": 0.8, "side": 0.4}
    )


CHECKPOINTS = "checkpoints"
"""Folder in the model folder that a run goes on from; the finished model does not need it."""

MAX_CLASS_WEIGHT = 3.0
"""Bound on a class's weight: a label with a handful of rows must not rule the loss."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A fine-tuned model with what it reads through."""

    model: StanceModel
    tokenizer: PreTrainedTokenizerBase
    encoder: InputEncoder


def train_average(
    settings: Sequence[Settings], rows: Sequence[Row], dev: Sequence[Row], out: Path
) -> Trained:
    """Fine-tune once for each of the settings and average the weights.

    Model soups (Wortsman et al., 2022): runs from one base model that differ in the order of the
    data, or in how long they learn, end near enough to each other for the mean of their weights to
    be better than each. It costs nothing at inference.
    """
    runs = [
        train(one, rows, dev, out / CHECKPOINTS / f"seed-{one.seed}-epochs-{one.epochs}")
        for one in settings
    ]
    first, *_ = runs
    load_mean([run.model for run in runs], [1 / len(runs)] * len(runs))
    return first


def load_mean(models: Sequence[StanceModel], shares: Sequence[float]) -> None:
    """Give the first model the mean of all models' weights, each by its share; these sum to 1."""
    states = [model.state_dict() for model in models]
    mean = {
        name: sum(
            share * state[name].float() for share, state in zip(shares, states, strict=True)
        ).to(value.dtype)
        for name, value in states[0].items()
    }
    models[0].load_state_dict(mean)


def train(
    settings: Settings, rows: Sequence[Row], dev: Sequence[Row], checkpoints: Path
) -> Trained:
    """Fine-tune the base encoder on `rows`.

    A run that was killed goes on from its last checkpoint. Raises `ModelError` when the base
    model cannot be loaded.
    """
    last = _last_checkpoint(checkpoints)
    if last is not None and (epochs := _stopped_after(last)) is not None:
        settings = replace(settings, epochs=epochs)
    set_seed(settings.seed)
    model, tokenizer = _new_model(settings, rows)
    encoder = InputEncoder(backend(tokenizer), InputSpec.from_dict(model.config.inputs))
    trainer = Trainer(
        model=model,
        args=_arguments(settings, checkpoints),
        train_dataset=encode_rows(
            hide_speakers(rows, settings), encoder, settings.label_smoothing, settings.teacher_share
        ),
        eval_dataset=encode_rows(dev, encoder),
        data_collator=_collator(model, tokenizer, settings),
        compute_metrics=_metrics,
        callbacks=[EarlyStoppingCallback(settings.patience)] if settings.patience else [],
    )
    with rounded_activations(model) if settings.quantise else nullcontext():
        trainer.train(resume_from_checkpoint=last)
    return Trained(model, tokenizer, encoder)


def _last_checkpoint(folder: Path) -> str | None:
    """Return the newest checkpoint that was written to its end, if there is any."""
    complete = folder.glob(f"checkpoint-*/{TRAINER_STATE_NAME}")  # the file written last
    steps = {int(path.parent.name.rpartition("-")[2]): path.parent for path in complete}
    return str(steps[max(steps)]) if steps else None


def _stopped_after(checkpoint: str) -> int | None:
    """Return after how many epochs a run stopped early, None where it did not."""
    state = TrainerState.load_from_json(str(Path(checkpoint) / TRAINER_STATE_NAME))
    control = state.stateful_callbacks.get("TrainerControl", {}).get("args", {})
    early = control.get("should_training_stop") and state.global_step < state.max_steps
    return round(state.epoch or 0) if early else None


def hide_speakers(rows: Sequence[Row], settings: Settings) -> list[Row]:
    """Withhold the speaker of some rows, the same ones for the same seed."""
    hidden = np.random.default_rng(settings.seed).random(len(rows)) < settings.hide_speaker
    return [
        {**row, "speaker": None} if hide else row for row, hide in zip(rows, hidden, strict=True)
    ]


def class_weights(rows: Sequence[Row], balance: float) -> dict[str, list[float]]:
    """Return each head's class weights: (mean class size / class size) ** balance, bounded."""
    weights = {}
    for head, labels in HEADS.items():
        counts = Counter(row[head] for row in rows if row.get(head) is not None)
        mean = sum(counts.values()) / len(labels)
        weights[head] = [
            min((mean / max(counts[label], 1)) ** balance, MAX_CLASS_WEIGHT) for label in labels
        ]
    return weights


def _collator(
    model: StanceModel, tokenizer: PreTrainedTokenizerBase, settings: Settings
) -> Callable[[Sequence[Mapping[str, Any]]], dict[str, torch.Tensor]]:
    """Return what pads a batch and, while the model is training, masks some of its tokens."""
    special = torch.tensor(sorted({*tokenizer.all_special_ids, *model.config.quote_ids}))
    mask = tokenizer.mask_token_id

    def collate_masked(examples: Sequence[Mapping[str, Any]]) -> dict[str, torch.Tensor]:
        batch = collate_rows(examples)
        if model.training and mask is not None and settings.mask_tokens > 0:
            ids = batch["input_ids"]
            chosen = torch.rand(ids.shape) < settings.mask_tokens
            batch["input_ids"] = ids.masked_fill(chosen & ~torch.isin(ids, special), mask)
        return batch

    return collate_masked


def collate_rows(examples: Sequence[Mapping[str, Any]]) -> dict[str, torch.Tensor]:
    """Pad a batch of encoded rows."""
    batch = collate([EncodedStatement(e["input_ids"], e["token_type_ids"]) for e in examples])
    for name in ("labels", "targets", "weights"):
        batch[name] = torch.tensor([e[name] for e in examples])
    return batch


def _base_config(base: str) -> PretrainedConfig:
    """Return the encoder's configuration, without dropout of attention weights.

    Drawing its random numbers takes a fifth of a training step on a CPU, and without it the
    attention runs fused.
    """
    config: PretrainedConfig = AutoConfig.from_pretrained(base)
    if hasattr(config, "attention_probs_dropout_prob"):
        config.attention_probs_dropout_prob = 0.0
    return config


def _new_model(
    settings: Settings, rows: Sequence[Row]
) -> tuple[StanceModel, PreTrainedTokenizerBase]:
    """Build the model on the base encoder, or go on from a stance model."""
    weights = class_weights(rows, settings.class_balance)
    try:
        tokenizer = AutoTokenizer.from_pretrained(settings.base)
        if is_stance_model(settings.base):
            base = load_torch_model(Path(settings.base))
        else:
            base = AutoModel.from_pretrained(settings.base, config=_base_config(settings.base))
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(f"cannot load the base model {settings.base}: {reason}") from error
    if isinstance(base, StanceModel):
        base.config.class_weights = weights
        base.config.task_weights = dict(settings.task_weights)
        _freeze(base.encoder, settings.frozen_layers)
        return base, tokenizer
    tokenizer.add_tokens([QUOTE_OPEN, QUOTE_CLOSE], special_tokens=True)
    base.resize_token_embeddings(len(tokenizer))
    config = StanceConfig(
        encoder={**base.config.to_dict(), "_name_or_path": ""},  # a path of the training machine
        inputs=settings.inputs.to_dict(),
        quote_open_id=marker_id(tokenizer, QUOTE_OPEN),
        quote_close_id=marker_id(tokenizer, QUOTE_CLOSE),
        dropout=settings.dropout,
        task_weights=settings.task_weights,
        class_weights=weights,
    )
    _freeze(base, settings.frozen_layers)
    return StanceModel(config, base), tokenizer


def _freeze(encoder: torch.nn.Module, layers: int) -> None:
    """Stop the embeddings and the lowest layers from learning; none where `layers` is 0."""
    frozen = ("embeddings.", *(f"encoder.layer.{index}." for index in range(layers)))
    for name, parameter in encoder.named_parameters() if layers else ():
        parameter.requires_grad = not name.startswith(frozen)


def backend(tokenizer: PreTrainedTokenizerBase) -> Tokenizer:
    """Return the fast tokenizer inside; raise `ModelError` where the base model has none."""
    inside = getattr(tokenizer, "backend_tokenizer", None)
    if not isinstance(inside, Tokenizer):
        raise ModelError("the base model has no fast tokenizer (tokenizer.json)")
    return inside


def marker_id(tokenizer: PreTrainedTokenizerBase, marker: str) -> int:
    """Return the id of a token that was added to the tokenizer."""
    return dict(backend(tokenizer).get_vocab())[marker]


def _arguments(settings: Settings, checkpoints: Path) -> TrainingArguments:
    return TrainingArguments(
        output_dir=str(checkpoints),
        per_device_train_batch_size=settings.batch_size,
        per_device_eval_batch_size=32,
        num_train_epochs=settings.epochs,
        learning_rate=settings.learning_rate,
        warmup_steps=settings.warmup,
        weight_decay=settings.weight_decay,
        bf16=settings.bf16 and has_bf16(usable_device()),
        use_cpu=not torch.cuda.is_available(),
        seed=settings.seed,
        eval_strategy="epoch",
        save_strategy="epoch",
        save_total_limit=2,
        load_best_model_at_end=settings.patience > 0,
        metric_for_best_model="score",
        logging_steps=50,
        report_to=[],
        label_names=["labels"],
        remove_unused_columns=False,
        train_sampling_strategy="group_by_length",
        length_column_name="length",
    )


def _metrics(prediction: EvalPrediction) -> dict[str, float]:
    """Return each head's macro-F1; `score`, the mean of stance and sentiment, stops training."""
    figures = {}
    labels, logits = np.asarray(prediction.label_ids), np.asarray(prediction.predictions)
    for task, (head, where) in enumerate(head_slices().items()):
        gold = labels[:, task]
        known = gold != IGNORED
        guess = logits[known][:, where].argmax(axis=1)
        if known.any():
            classes = range(len(HEADS[head]))
            figures[head] = float(
                f1_score(gold[known], guess, average="macro", labels=classes, zero_division=0)
            )
    figures["score"] = (figures.get("stance", 0.0) + figures.get("sentiment", 0.0)) / 2
    return figures
