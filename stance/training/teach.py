"""Distillation: what a large model says of statements that nobody labelled.

The small model learns the teachers' probabilities next to the gold labels (Hinton, Vinyals & Dean
2015, "Distilling the Knowledge in a Neural Network"). The statements are those that the product
itself finds in articles, with the speakers that it finds, so the model learns from what it will
read.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from stance.gate import may_concern_relations
from stance.labelled import Row, statement_text
from stance.model.calibration import Probabilities, softmax
from stance.model.inputs import StatementText
from stance.model.spec import HEADS, head_slices
from stance.model.torch_engine import TorchEngine
from stance.reading import read_article
from stance.records import PIECE_SEPARATOR, Article, Speaker
from stance.training.run import Trained

SURE = 0.95
"""Probability from which teachers are sure."""

_UNRELATED = HEADS["stance"].index("unrelated")

_DIGITS = 4
"""Decimals that are kept of a teacher's probabilities."""


def unlabelled_rows(
    articles: Iterable[Article],
    labelled: Iterable[Row],
    left_out: Collection[str],
    *,
    gate: bool = True,
) -> Iterator[Row]:
    """Yield the statements of articles as rows without labels.

    With `gate`, only articles that can concern US–Russia relations are read.

    Articles whose id is in `left_out` (those of development and calibration rows) are passed over,
    and so are statements that begin as a labelled one, or as one met before, does.
    """
    seen = {_words(row["quote"]) for row in labelled}
    for article in articles:
        if article.id in left_out or (gate and not may_concern_relations(article)):
            continue
        found = read_article(article)
        for text, speaker in zip(found.texts, found.speakers, strict=True):
            row = _row(article, text, speaker)
            words = _words(row["quote"])
            if words and words not in seen:
                seen.add(words)
                yield row


def _words(quote: str) -> str:
    """Return the start of a quote without its marks, to tell whether two are the same."""
    return " ".join("".join(c if c.isalnum() else " " for c in quote).lower().split())[:60]


def _row(article: Article, text: StatementText, speaker: Speaker) -> Row:
    return {
        "article": article.id,
        "quote": PIECE_SEPARATOR.join(text.context[a:b] for a, b in text.pieces),
        "paragraph": text.context,
        "previous": text.previous,
        "title": text.title,
        "speaker": speaker.name,
        "role": speaker.role,
    }


def taught(rows: Sequence[Row], teachers: Sequence[Trained]) -> list[Row]:
    """Return the rows with the `probabilities` of an ensemble: the softmax of its mean logits."""
    logits = np.mean([_logits(teacher, rows) for teacher in teachers], axis=0)
    heads = {head: softmax(logits[:, where]) for head, where in head_slices().items()}
    return [{**row, "probabilities": _row_of(heads, index)} for index, row in enumerate(rows)]


def thinned(rows: Sequence[Row], share: float, seed: int = 0) -> list[Row]:
    """Keep every row with a gold stance, and of the others those that have something to teach.

    Of the statements that the teachers are `SURE` are unrelated, which most are, only about
    `share` (0 to 1) stays, chosen by article and quote: the same ones for the same `seed`.
    """
    kept = []
    for row in rows:
        key = f"{seed}:{row.get('article')}:{row['quote']}"
        drawn = zlib.crc32(key.encode("utf-8", "replace")) < share * 2**32
        gold = row.get("stance") is not None
        if drawn or gold or row["probabilities"]["stance"][_UNRELATED] < SURE:
            kept.append(row)
    return kept


def _logits(teacher: Trained, rows: Sequence[Row]) -> np.ndarray:
    engine = TorchEngine(teacher.model, bf16=True)
    return engine.logits([teacher.encoder.encode(statement_text(row)) for row in rows])


def _row_of(heads: dict[str, Probabilities], index: int) -> dict[str, list[float]]:
    return {head: np.round(found[index], _DIGITS).tolist() for head, found in heads.items()}
