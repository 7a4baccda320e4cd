"""From trained weights to a model folder: export, calibration, quality, model card."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stance.evaluation.quality import (
    measure,
    measure_challenge,
    measure_groups,
    measure_review,
    measure_swaps,
    model_logits,
    stance_reader,
    word_logits,
)
from stance.evaluation.selective import review_threshold
from stance.labelled import Row, class_indices, statement_text
from stance.model.calibration import fit_temperatures, probabilities, uncalibrated
from stance.model.engine import Logits
from stance.model.restore import load_torch_model
from stance.model.spec import HEADS, IGNORED
from stance.model.store import (
    CARD_FILE,
    DEFAULT_TARGET,
    LEXICAL_FILE,
    ONNX_FILE,
    Metadata,
    ModelFolder,
    is_stance_model,
    write_metadata,
)
from stance.training.card import learnt_files, model_card
from stance.training.export import export_onnx
from stance.training.lexical import fit_lexical, write_lexical
from stance.training.run import Trained

MODEL_NAME = "stance-us-russia"
"""Name of a model of the default target."""


_EXAMPLES = 200
"""Statements, or a few more, that show the export how large activations get."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The labelled rows of a run: to learn from, to calibrate with, to report on.

    `challenge` holds rows that are only to be measured on, by the name of the set.
    """

    train: Sequence[Row]
    calibration: Sequence[Row]
    dev: Sequence[Row]
    challenge: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """Return how many rows are learnt from, for their labels or for a teacher's alone."""
        taught = sum(all(row.get(head) is None for head in HEADS) for row in self.train)
        return {
            "train": len(self.train) - taught,
            "taught": taught,
            "calibration": len(self.calibration),
        }


@dataclass(frozen=True, slots=True)
class Base:
    """What a model takes over from the stance model that it goes on from, read before training.

    `words` is the word model, None where the new model is to have its own or none.
    """

    metadata: Metadata
    words: bytes | None

    @property
    def word_temperatures(self) -> dict[str, float] | None:
        """Those of the word model that is taken over, None where none is."""
        return None if self.words is None else self.metadata.lexical_temperatures

    def record(self) -> dict[str, Any]:
        """Return what the metadata of the new model say of it."""
        return {"files": learnt_files(self.metadata.training), "words": self.words is not None}


def read_base(folder: Path, target: str) -> Base | None:
    """Return what a model of `target` takes over from a stance model, None from another base.

    The rows of a fine-tuning are too few for a word model, and may lack its labels, so that of the
    base stays where the target does.
    """
    if not is_stance_model(folder):
        return None
    metadata, words = ModelFolder(folder).metadata, folder / LEXICAL_FILE
    kept = (
        target == metadata.target == DEFAULT_TARGET
        and metadata.lexical_temperatures is not None
        and words.exists()
    )
    return Base(metadata, words.read_bytes() if kept else None)


def finish(
    trained: Trained, rows: Rows, out: Path, metadata: Metadata, base: Base | None = None
) -> Metadata:
    """Write the model folder `out`: everything that `stance.load(out)` and `transformers` read.

    `metadata` tells what the model is and how it was made; its calibration and figures are found
    here, as `judge` says. A model of another target than the default one has no word model, since
    it reads every article; one that goes on from a stance model may have that of its `base`.
    """
    trained.model.save_pretrained(out)
    trained.tokenizer.save_pretrained(out)
    # Read back: in bf16 training wraps the model in an autocast that cannot be exported.
    examples = [
        trained.encoder.encode(statement_text(row))
        for row in rows.train[:: max(1, len(rows.train) // _EXAMPLES)]
    ]
    export_onnx(load_torch_model(out), out / ONNX_FILE, examples)
    (out / LEXICAL_FILE).unlink(missing_ok=True)  # of a model that lay here before
    if base is not None and base.words is not None:
        (out / LEXICAL_FILE).write_bytes(base.words)
    elif metadata.gated:
        _write_lexical(trained, rows, out)
    write_metadata(out, metadata)
    return judge(out, rows)


def model_name(target: str) -> str:
    """Return what to call a model of a target: `stance-us-china-relations`, say."""
    words = re.findall(r"[^\W_]+", target.lower())
    return MODEL_NAME if target == DEFAULT_TARGET else "-".join(["stance", *words])


def judge(path: Path, rows: Rows) -> Metadata:
    """Calibrate and measure the model folder `path`; write its `stance.json` and model card.

    Temperatures and the review threshold are fitted to the quantised model on the calibration
    rows, which the weights never saw; the figures are the quantised model's on the development
    and challenge rows. What those rows do not label keeps the temperature that it has, and so does
    a word model that was taken over.
    """
    folder = ModelFolder(path)
    folder.metadata = metadata = replace(folder.metadata, **_calibration(folder, rows.calibration))
    found = probabilities(model_logits(folder, rows.dev), metadata.temperatures)
    read = stance_reader(folder)
    challenge = {name: measure_challenge(own, read) for name, own in rows.challenge.items()}
    quality = measure(found, rows.dev) | {
        "review": measure_review(found["stance"], rows.dev, metadata.review_threshold),
        "groups": measure_groups(found["stance"], rows.dev),
        "swaps": measure_swaps(rows.dev, read),
        "challenge": {name: figures for name, figures in challenge.items() if figures},
    }
    metadata = replace(metadata, quality=quality)
    write_metadata(path, metadata)
    (path / CARD_FILE).write_text(model_card(metadata), encoding="utf-8")
    return metadata


def _calibration(folder: ModelFolder, rows: Sequence[Row]) -> dict[str, Any]:
    """Fit what turns logits into probabilities, and the one under which a person should read."""
    gold = class_indices(rows)
    logits = model_logits(folder, rows)
    temperatures = _temperatures(logits, gold, folder.metadata.temperatures)
    known = gold[:, 0] != IGNORED
    stance = probabilities(logits, temperatures)["stance"][known]
    below = review_threshold(stance.max(axis=1), stance.argmax(axis=1) == gold[known, 0])
    return {
        "temperatures": temperatures,
        "lexical_temperatures": _word_temperatures(folder, rows),
        "review_below": round(below, 4),
    }


def _word_temperatures(folder: ModelFolder, rows: Sequence[Row]) -> dict[str, float] | None:
    earlier = folder.metadata.lexical_temperatures
    if earlier is not None and folder.metadata.training.get("base", {}).get("words"):
        return earlier
    logits = word_logits(folder, rows)
    if logits is None:
        return None
    return _temperatures(logits, class_indices(rows), earlier or uncalibrated())


def _temperatures(
    logits: Logits, gold: npt.NDArray[np.integer], earlier: Mapping[str, float]
) -> dict[str, float]:
    """Fit every head that has labels; the others keep what they had."""
    labelled = dict(zip(HEADS, (gold != IGNORED).any(axis=0), strict=True))
    fitted = fit_temperatures(logits, gold)
    return {head: fitted[head] if labelled[head] else earlier[head] for head in HEADS}


def _write_lexical(trained: Trained, rows: Rows, out: Path) -> None:
    words = [trained.encoder.encode_words(statement_text(row)) for row in rows.train]
    vocabulary = len(trained.tokenizer)
    write_lexical(*fit_lexical(words, class_indices(rows.train), vocabulary), out / LEXICAL_FILE)
