"""The model: an encoder, a pooled statement, and one linear head for each task.

A regular `transformers` model: importing this module registers it with the auto classes, so that
`AutoModel.from_pretrained(folder)` works. Needs the `train` extra.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, PretrainedConfig, PreTrainedModel
from transformers.modeling_outputs import SequenceClassifierOutput

from stance.model.spec import HEADS, N_LOGITS, InputSpec, head_slices


class StanceConfig(PretrainedConfig):  # type: ignore[no-untyped-call]
    """Configuration of `StanceModel`: the encoder's own, the heads' labels and the input's form.

    `quote_open_id` and `quote_close_id` are the ids of the tokens around a quoted piece;
    `task_weights` scale each head's part of the loss, `class_weights` (per head, one number a
    label) the part of each label.
    """

    model_type = "stance"

    def __init__(
        self,
        encoder: Mapping[str, Any] | None = None,
        inputs: Mapping[str, int] | None = None,
        quote_open_id: int = 0,
        quote_close_id: int = 0,
        dropout: float = 0.1,
        task_weights: Mapping[str, float] | None = None,
        class_weights: Mapping[str, list[float]] | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        self.encoder = dict(encoder or {})
        self.inputs = dict(inputs or InputSpec().to_dict())
        self.heads = {head: list(labels) for head, labels in HEADS.items()}
        self.quote_open_id = quote_open_id
        self.quote_close_id = quote_close_id
        self.dropout = dropout
        self.task_weights = dict(task_weights or dict.fromkeys(HEADS, 1.0))
        self.class_weights = dict(class_weights or {})
        kwargs.pop("heads", None)
        names = [f"{head}:{label}" for head, labels in HEADS.items() for label in labels]
        kwargs["id2label"] = dict(enumerate(names))
        kwargs["label2id"] = {name: index for index, name in enumerate(names)}
        super().__init__(**kwargs)

    @property
    def quote_ids(self) -> tuple[int, int]:
        """Ids of the tokens before and after a quoted piece."""
        return self.quote_open_id, self.quote_close_id

    def encoder_config(self) -> PretrainedConfig:
        """Return the encoder's configuration as the object that `AutoModel` builds from."""
        values = dict(self.encoder)
        return AutoConfig.for_model(values.pop("model_type"), **values)


class StanceModel(PreTrainedModel):  # type: ignore[no-untyped-call]
    """Reads a statement in its context; gives the logits of stance, sentiment and side.

    The statement is represented by the mean of the encoder's states over the quoted tokens, next
    to the state of the first token.
    """

    config_class = StanceConfig
    base_model_prefix = "encoder"

    def __init__(self, config: StanceConfig, encoder: nn.Module | None = None) -> None:
        super().__init__(config)
        encoder_config = config.encoder_config()
        self.encoder = encoder or AutoModel.from_config(encoder_config)  # type: ignore[no-untyped-call]
        if getattr(self.encoder, "pooler", None) is not None:
            self.encoder.pooler = None  # a sentence pooler that nothing here reads
        width = encoder_config.hidden_size
        self.dense = nn.Linear(2 * width, width)
        self.dropout = nn.Dropout(config.dropout)
        self.heads = nn.Linear(width, N_LOGITS)
        self.uses_token_types = getattr(encoder_config, "type_vocab_size", 0) > 1
        if encoder is None:
            self.post_init()  # type: ignore[no-untyped-call]

    def forward(
        self,
        input_ids: Tensor,
        attention_mask: Tensor,
        token_type_ids: Tensor | None = None,
        targets: Tensor | None = None,
        weights: Tensor | None = None,
        **_: Any,  # noqa: ANN401
    ) -> SequenceClassifierOutput:
        """Return `logits` of shape (batch, 11), and the `loss` where `targets` are given.

        `input_ids`, `attention_mask` and `token_type_ids` are (batch, length); `targets` (batch,
        11) holds a distribution over each head's labels, all 0 where a head has none; `weights`
        (batch,) scales each row.
        """
        types = {"token_type_ids": token_type_ids} if self.uses_token_types else {}
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, **types
        ).last_hidden_state
        pooled = torch.cat([states[:, 0], self._mean_of_quote(states, input_ids)], dim=-1)
        logits = self.heads(self.dropout(torch.tanh(self.dense(self.dropout(pooled)))))
        loss = None if targets is None else self._loss(logits, targets, weights)
        return SequenceClassifierOutput(loss=loss, logits=logits)

    def _mean_of_quote(self, states: Tensor, input_ids: Tensor) -> Tensor:
        """Average `states` (batch, length, width) over the tokens inside quotation marks."""
        opened = torch.cumsum((input_ids == self.config.quote_open_id).to(torch.int32), dim=1)
        closed = torch.cumsum((input_ids == self.config.quote_close_id).to(torch.int32), dim=1)
        inside = (opened > closed).to(states.dtype).unsqueeze(-1)
        return (states * inside).sum(dim=1) / inside.sum(dim=1).clamp(min=1.0)

    def _loss(self, logits: Tensor, targets: Tensor, weights: Tensor | None) -> Tensor:
        """Return the cross-entropy with the target distributions, weighted over the heads."""
        total = logits.new_zeros((), dtype=torch.float32)
        rows = torch.ones(len(targets), device=logits.device) if weights is None else weights
        for head, where in head_slices().items():
            target = targets[:, where]
            scale = torch.tensor(
                self.config.class_weights.get(head, [1.0] * target.shape[1]), device=logits.device
            )
            known = rows * (target * scale).sum(dim=-1)  # 0 where there is no target
            loss = -(target * logits[:, where].float().log_softmax(dim=-1)).sum(dim=-1)
            mean = (loss * known).sum() / known.sum().clamp(min=1e-6)
            total = total + self.config.task_weights[head] * mean
        return total


AutoConfig.register("stance", StanceConfig, exist_ok=True)
AutoModel.register(StanceConfig, StanceModel, exist_ok=True)
