"""Trials: train with one thing changed, and compare what the models say of rows kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from stance.evaluation.groups import year_of
from stance.evaluation.metrics import score_gain, score_labels
from stance.evaluation.resampling import Interval
from stance.labelled import Row, article_of, statement_text
from stance.model.spec import HEADS, head_slices
from stance.model.torch_engine import TorchEngine
from stance.training.run import Settings, train

LABELS = HEADS["stance"]


@dataclass(slots=True)
class Guesses:
    """Stances that the runs of one kind gave test rows; rows come once for each run."""

    rows: list[Row] = field(default_factory=list)
    stances: list[str] = field(default_factory=list)

    def of_year(self, year: str | None) -> Guesses:
        """Return the guesses on rows of one year, or all of them for None."""
        pairs = zip(self.rows, self.stances, strict=True)
        kept = [(row, guess) for row, guess in pairs if year in (None, year_of(row))]
        return Guesses([row for row, _ in kept], [guess for _, guess in kept])

    @property
    def gold(self) -> list[str]:
        """The labels of the rows."""
        return [row["stance"] for row in self.rows]

    @property
    def articles(self) -> list[str]:
        """What to resample by."""
        return [article_of(row, number) for number, row in enumerate(self.rows)]

    def __str__(self) -> str:
        figures = score_labels(self.gold, self.stances, LABELS, self.articles, focus=LABELS[:2])
        return (
            f"stance macro-F1 {figures.macro_f1}   favor, against {figures.focus_f1}"
            f"   accuracy {figures.accuracy}   rows {len(self.rows)}"
        )

    def gain_over(self, other: Guesses) -> Interval:
        """Return how much better these are than others on the same rows, in macro-F1."""
        return score_gain(self.gold, self.stances, other.stances, LABELS, self.articles)


def try_out(
    settings: Settings,
    seed: int,
    rows: Sequence[Row],
    tested: Sequence[Row],
    guesses: Guesses,
) -> Guesses:
    """Train once, add what the model says of `tested` to `guesses`, and return that alone."""
    with TemporaryDirectory() as checkpoints:
        run = train(replace(settings, seed=seed), rows, tested, Path(checkpoints))
        encoded = [run.encoder.encode(statement_text(row)) for row in tested]
        logits = TorchEngine(run.model).logits(encoded)[:, head_slices()["stance"]]
    own = Guesses(list(tested), [LABELS[i] for i in logits.argmax(axis=1)])
    guesses.rows += own.rows
    guesses.stances += own.stances
    return own
