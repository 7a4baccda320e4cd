"""What a model predicts and how much it reads: facts that every engine and the training share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from stance.errors import ModelError
from stance.records import SENTIMENTS, SIDES, STANCES

HEADS: Mapping[str, tuple[str, ...]] = {
    "stance": STANCES,
    "sentiment": SENTIMENTS,
    "side": SIDES,
}
"""The labels of each head, in the order of its logits. The model's one output concatenates them."""

N_LOGITS = sum(len(labels) for labels in HEADS.values())

IGNORED = -100
"""Class index of a row that a head has no label for."""

QUOTE_OPEN = "[QUOTE]"
QUOTE_CLOSE = "[/QUOTE]"
"""Special tokens around each quoted piece; the model pools over the tokens between them."""


def head_slices() -> dict[str, slice]:
    """Return where each head's logits stand along the last axis of the model's output."""
    slices = {}
    start = 0
    for head, labels in HEADS.items():
        slices[head] = slice(start, start + len(labels))
        start += len(labels)
    return slices


@dataclass(frozen=True, slots=True)
class InputSpec:
    """How many tokens of each part of a statement's surroundings the encoder reads.

    `body` bounds the paragraph with the quotation in it, of which the quotation takes at most
    `quote`; `speaker`, `title` and `previous` (the end of the paragraph before) follow.
    """

    body: int = 144
    quote: int = 112
    speaker: int = 16
    title: int = 24
    previous: int = 48

    @property
    def max_tokens(self) -> int:
        """Length of the longest sequence: all parts, one leading and four separating tokens."""
        return self.body + self.speaker + self.title + self.previous + 5

    def to_dict(self) -> dict[str, int]:
        """Return the budgets as plain numbers, for the model's configuration file."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> InputSpec:
        """Read the budgets of a configuration file; unknown or missing parts are an error."""
        expected = {field.name for field in fields(cls)}
        if set(values) != expected:
            message = f"the model's inputs must be {sorted(expected)}, not {sorted(values)}"
            raise ModelError(message)
        if not all(isinstance(value, int) and value > 0 for value in values.values()):
            raise ModelError(f"the model's inputs must be positive numbers, not {dict(values)}")
        if values["quote"] > values["body"]:
            raise ModelError("the model's inputs give the quote more tokens than its paragraph")
        return cls(**values)
