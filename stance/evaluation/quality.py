"""How good a model is on labelled rows, as plain values: what `stance.json` and its card tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np

from stance.evaluation.groups import (
    archive_dimensions,
    challenge_dimensions,
    score_group,
    score_groups,
)
from stance.evaluation.invariance import StanceReader, score_swaps
from stance.evaluation.metrics import (
    CalibrationFigures,
    LabelFigures,
    score_labels,
    score_probabilities,
)
from stance.evaluation.selective import TARGET, RiskCoverage, score_review, score_selective
from stance.labelled import CHALLENGE, Row, article_of, class_indices, statement_text
from stance.model.calibration import Probabilities, probabilities
from stance.model.engine import Logits
from stance.model.inputs import StatementText
from stance.model.spec import HEADS
from stance.model.store import EngineName, ModelFolder

_DIGITS = 4
"""Decimals of a stored figure: intervals are a hundred times as wide."""

_UNRELATED = HEADS["stance"].index("unrelated")


@dataclass(frozen=True, slots=True)
class HeadFigures:
    """How good one head is on the rows that have a label of it, whose `articles` are resampled."""

    gold: list[str]
    guess: list[str]
    articles: list[str]
    labels: LabelFigures
    calibration: CalibrationFigures
    selective: RiskCoverage


def model_logits(
    folder: ModelFolder, rows: Sequence[Row], engine: EngineName | None = None
) -> Logits:
    """Return the encoder's logits of labelled rows, shape (rows, 11)."""
    encoder = folder.input_encoder()
    return folder.engine(engine).logits([encoder.encode(statement_text(row)) for row in rows])


def word_logits(folder: ModelFolder, rows: Sequence[Row]) -> Logits | None:
    """Return the word model's logits of labelled rows, shape (rows, 11), where there is one."""
    encoder, engine = folder.input_encoder(), folder.lexical_engine()
    if engine is None:
        return None
    return engine.logits([encoder.encode_words(statement_text(row)) for row in rows])


def stance_reader(folder: ModelFolder) -> StanceReader:
    """Return what gives statements their calibrated stance probabilities."""
    encoder, engine = folder.input_encoder(), folder.engine()

    def read(texts: Sequence[StatementText]) -> Probabilities:
        logits = engine.logits([encoder.encode(text) for text in texts])
        return probabilities(logits, folder.metadata.temperatures)["stance"]

    return read


def measure(found: Mapping[str, Probabilities], rows: Sequence[Row]) -> dict[str, Any]:
    """Return each head's figures on `rows`, each with its 95 % interval over articles.

    `found` holds each head's probabilities, shape (rows, labels).
    """
    quality: dict[str, Any] = {"rows": len(rows)}
    for head, figures in head_figures(found, rows).items():
        quality[head] = plain(
            {
                "macro_f1": figures.labels.macro_f1,
                "focus_f1": figures.labels.focus_f1,
                "accuracy": figures.labels.accuracy,
                "ece": figures.calibration.error,
                "kept": figures.selective.kept,
                "area": figures.selective.area,
                "f1": {c.label: c.f1 for c in figures.labels.classes},
            }
        )
    return quality


def head_figures(found: Mapping[str, Probabilities], rows: Sequence[Row]) -> dict[str, HeadFigures]:
    """Return the figures of each head that any of the rows has a label of; see `measure`."""
    figures = {}
    for head, labels in HEADS.items():
        if known := having(rows, head):
            own, articles = found[head][known], clusters(rows, known)
            gold = [rows[i][head] for i in known]
            guess = [labels[i] for i in own.argmax(axis=1)]
            hits = np.array(guess) == np.array(gold)
            figures[head] = HeadFigures(
                gold,
                guess,
                articles,
                score_labels(gold, guess, labels, articles, focus=labels[:2]),
                score_probabilities(own, gold, labels, articles),
                score_selective(own.max(axis=1), hits, articles),
            )
    return figures


def measure_review(
    found: Probabilities, rows: Sequence[Row], review_below: float
) -> dict[str, Any]:
    """Return what a review threshold does on labelled rows.

    `kept` is the share of rows that are not marked for review, `accuracy` that of right stances
    among them, `related` the same among those of them that the model calls anything but unrelated.
    `found` holds stance probabilities, shape (rows, 4).
    """
    known = having(rows, "stance")
    if not known:
        return {}
    guess = found[known].argmax(axis=1)
    hits = guess == class_indices([rows[i] for i in known])[:, 0]
    flagged = found[known].max(axis=1) < review_below
    articles = clusters(rows, known)
    kept, right = score_review(flagged, hits, articles)
    _, related = score_review(flagged | (guess == _UNRELATED), hits, articles)
    return plain(
        {
            "target": TARGET,
            "below": review_below,
            "kept": kept,
            "accuracy": right,
            "related": related,
        }
    )


def measure_groups(found: Probabilities, rows: Sequence[Row]) -> dict[str, Any]:
    """Return the stance figures of every group of rows: dimension, then group, then figure.

    `found` holds stance probabilities, shape (rows, 4).
    """
    known, own, guess = _stances(found, rows)
    return plain(score_groups(own, guess, archive_dimensions(own), clusters(rows, known)))


def measure_swaps(rows: Sequence[Row], read: StanceReader) -> dict[str, Any]:
    """Return what swapping the speakers of labelled rows does, by the kind of swap."""
    return plain(score_swaps([row for row in rows if row.get("speaker")], read))


def measure_challenge(rows: Sequence[Row], read: StanceReader) -> dict[str, Any]:
    """Return the stance figures on a challenge set: in `all`, by phenomenon, by era or decade.

    Rows whose `split` is another one than the challenge are left out.
    """
    chosen = [row for row in rows if row.get("split", CHALLENGE) == CHALLENGE]
    if not having(chosen, "stance"):
        return {}
    known, own, guess = _stances(read([statement_text(row) for row in chosen]), chosen)
    drawn = [
        row.get("pair") or cluster
        for row, cluster in zip(own, clusters(chosen, known), strict=True)
    ]
    whole = {"all": {"all": score_group(own, guess, drawn)}}
    return plain(whole | score_groups(own, guess, challenge_dimensions(own), drawn))


def having(rows: Sequence[Row], head: str) -> list[int]:
    """Return the numbers of the rows that have a label of `head`."""
    return [number for number, row in enumerate(rows) if row.get(head) is not None]


def clusters(rows: Sequence[Row], which: Sequence[int]) -> list[str]:
    """Return what to resample some rows by: their article, or each by itself."""
    return [article_of(rows[number], number) for number in which]


def plain(figures: Mapping[str, object]) -> dict[str, Any]:
    """Return figures as JSON has them, rounded; those that are None are left out."""
    return {name: _plain(value) for name, value in figures.items() if value is not None}


def _plain(value: object) -> object:
    if is_dataclass(value):
        return plain({field.name: getattr(value, field.name) for field in fields(value)})
    if isinstance(value, Mapping):
        return plain(value)
    return round(value, _DIGITS) if isinstance(value, float) else value


def _stances(found: Probabilities, rows: Sequence[Row]) -> tuple[list[int], list[Row], list[str]]:
    """Return the rows that have a stance: their numbers, they themselves, what is predicted."""
    known = having(rows, "stance")
    labels = HEADS["stance"]
    return known, [rows[i] for i in known], [labels[i] for i in found[known].argmax(axis=1)]
