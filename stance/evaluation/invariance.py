"""Whether a model judges the words or the person: the same words from another mouth.

Each statement's speaker is swapped for another person of the same side, of the other side, and for
nobody; what the speaker says stays as it is. A model that reads words keeps its label in the first
and mostly in the third case. In the second, labels may change for a reason: “they lied to us” from
the other side accuses the other country.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from stance.evaluation.metrics import mean_of_rows, score_share
from stance.evaluation.resampling import Interval, bootstrap
from stance.labelled import Row, article_of, statement_text
from stance.model.calibration import Probabilities
from stance.model.inputs import StatementText, speaker_text
from stance.model.spec import HEADS
from stance.words.first_names import FEMALE_FIRST_NAMES, MALE_FIRST_NAMES

StanceReader = Callable[[Sequence[StatementText]], Probabilities]
"""Returns the stance probabilities of statements, shape (statements, 4)."""

SAME_SIDE = {"us": "us", "russia": "russia", "other": "other"}
OTHER_SIDE = {"us": "russia", "russia": "us"}

_FAVOR, _AGAINST = (HEADS["stance"].index(label) for label in ("favor", "against"))


@dataclass(frozen=True, slots=True)
class SwapFigures:
    """What a swap of speakers does to `rows` statements.

    `changed` is the share whose stance label changes, `shift` the mean absolute change of
    `stance_score` (0 to 2).
    """

    rows: int
    changed: Interval
    shift: Interval


def score_swaps(rows: Sequence[Row], read: StanceReader, seed: int = 0) -> dict[str, SwapFigures]:
    """Swap the speakers of labelled rows and compare what the model says before and after.

    Rows take part whose speaker has a first name that goes with "he" or "she", and one or two more
    words. The newcomer goes with the same pronoun and is drawn from the other speakers of the
    rows, each as likely as any other. Where the name stands in the paragraph around the quotation,
    the paragraph before or the title, in full or by its last word, it is replaced too.
    """
    named = [row for row in rows if pronoun(row.get("speaker")) is not None]
    if not named:
        return {}
    before = read([statement_text(row) for row in named])
    found = {}
    for name, texts in _swaps(named, random.Random(seed)).items():
        if texts:
            which = list(texts)
            after = read(list(texts.values()))
            found[name] = _compare(before[which], after, [named[i] for i in which])
    return found


def _swaps(rows: Sequence[Row], chooser: random.Random) -> dict[str, dict[int, StatementText]]:
    """Return what is read after each kind of swap, by the number of the row."""
    people: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    for row in rows:
        people[row.get("side"), pronoun(row["speaker"])].add(row["speaker"])

    def to(sides: Mapping[str, str]) -> dict[int, StatementText]:
        chosen = {}
        for i, row in enumerate(rows):
            speaker, side = row["speaker"], sides.get(row.get("side", "unknown"))
            last = speaker.split()[-1]
            pool = [name for name in people.get((side, pronoun(speaker)), ()) if last not in name]
            if side is not None and pool:
                newcomer = chooser.choice(sorted(pool))
                chosen[i] = with_speaker(statement_text(row), speaker, newcomer)
        return chosen

    return {
        "another speaker of the same side": to(SAME_SIDE),
        "no speaker": {i: replace(statement_text(row), speaker="") for i, row in enumerate(rows)},
        "a speaker of the other side": to(OTHER_SIDE),
    }


def pronoun(name: str | None) -> str | None:
    """Return "he" or "she" for a person's name of two or three words, None for anything else."""
    words = (name or "").split()
    if len(words) not in (2, 3) or not all(word[0].isupper() for word in words):
        return None
    if words[0] in MALE_FIRST_NAMES:
        return "he"
    return "she" if words[0] in FEMALE_FIRST_NAMES else None


def with_speaker(text: StatementText, old: str, new: str) -> StatementText:
    """Put another person in the speaker's place, and leave the quoted words as they are."""
    last = re.escape(old.rsplit(maxsplit=1)[-1])
    mention = re.compile(rf"\b(?:({re.escape(old)})|{last})\b")

    def renamed(words: str) -> str:
        return mention.sub(lambda found: new if found[1] else new.rsplit(maxsplit=1)[-1], words)

    context, position = "", 0
    pieces = []
    for start, end in text.pieces:
        context += renamed(text.context[position:start])
        pieces.append((len(context), len(context) + end - start))
        context += text.context[start:end]
        position = end
    return StatementText(
        context=context + renamed(text.context[position:]),
        pieces=tuple(pieces),
        previous=renamed(text.previous),
        title=renamed(text.title),
        speaker=speaker_text(new),
    )


def _compare(before: Probabilities, after: Probabilities, rows: Sequence[Row]) -> SwapFigures:
    articles = [article_of(row, number) for number, row in enumerate(rows)]
    shift = np.abs((after - before)[:, _FAVOR] - (after - before)[:, _AGAINST])
    return SwapFigures(
        rows=len(rows),
        changed=score_share(before.argmax(axis=1) != after.argmax(axis=1), articles),
        shift=bootstrap(np.column_stack((shift, np.ones(len(shift)))), articles, mean_of_rows),
    )
