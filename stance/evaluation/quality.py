"""How good a model is on labelled rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from stance.evaluation.metrics import score_labels, score_probabilities
from stance.labelled import Row, statement_text
from stance.model.calibration import Probabilities
from stance.model.engine import Logits, OnnxEngine
from stance.model.spec import HEADS
from stance.model.store import EngineName, ModelFolder


def model_logits(
    folder: ModelFolder, rows: Sequence[Row], engine: EngineName | None = None
) -> Logits:
    """Return the encoder's logits of labelled rows, shape (rows, 11)."""
    encoder = folder.input_encoder()
    return folder.engine(engine).logits([encoder.encode(statement_text(row)) for row in rows])


def word_logits(folder: ModelFolder, rows: Sequence[Row]) -> Logits:
    """Return the word model's logits of labelled rows, shape (rows, 11)."""
    encoder = folder.input_encoder()
    engine = OnnxEngine(folder.path / "lexical.onnx")
    return engine.logits([encoder.encode_words(statement_text(row)) for row in rows])


def measure(found: Mapping[str, Probabilities], rows: Sequence[Row]) -> dict[str, Any]:
    """Return each head's figures on `rows`, each with its 95 % interval over articles.

    `found` holds each head's probabilities, shape (rows, labels).
    """
    quality: dict[str, Any] = {"rows": len(rows)}
    for head, labels in HEADS.items():
        known = [i for i, row in enumerate(rows) if row.get(head) is not None]
        if not known:
            continue
        gold = [rows[i][head] for i in known]
        articles = [rows[i].get("article", i) for i in known]
        guess = [labels[i] for i in found[head][known].argmax(axis=1)]
        figures = score_labels(gold, guess, labels, articles, focus=labels[:2])
        calibration = score_probabilities(found[head][known], gold, labels, articles)
        quality[head] = {
            "macro_f1": asdict(figures.macro_f1),
            "focus_f1": asdict(figures.focus_f1),
            "accuracy": asdict(figures.accuracy),
            "ece": asdict(calibration.error),
            "f1": {c.label: asdict(c.f1) for c in figures.classes},
        }
    return quality
