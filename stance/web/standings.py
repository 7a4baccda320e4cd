"""Where each speaker of an article stands: the mean of their scores and how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from typing import Literal

from stance.records import ScoredStatement, SideLabel, StanceLabel

LEANING = 0.2
"""A mean farther from 0 than this is called for or against, where the labels do not agree; a tenth
of the axis to each side is left to those in between, as the score's error on single statements is
some 0.3."""

LEAST_FOR_INTERVAL = 3
"""Statements that an interval needs. With two, the t interval of nearly every pair is wider than
the axis and says nothing."""

_T_QUANTILES = (4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306)
"""97.5 % quantiles of Student's t for 2 to 8 degrees of freedom."""

Camp = Literal["favor", "between", "against"]

_CAMP_OF: Mapping[StanceLabel, Camp] = {"favor": "favor", "against": "against"}


@dataclass(frozen=True, slots=True)
class Standing:
    """One speaker's statements about the relations.

    `mean` is that of their scores, −1 to 1; `interval` the mean's 95 % t interval within the axis,
    None under `LEAST_FOR_INTERVAL` statements. Statements whose speaker is unknown share one
    standing, without name; what they have in common is nothing, so it has no interval.
    """

    speaker: str | None
    side: SideLabel
    statements: tuple[ScoredStatement, ...]
    mean: float
    interval: tuple[float, float] | None

    @property
    def camp(self) -> Camp:
        """On which side of the question the speaker is, if on any.

        What all statements are labelled; where the labels differ, the side of the mean.
        """
        labels = {one.stance for one in self.statements}
        if len(labels) == 1:
            return _CAMP_OF.get(labels.pop(), "between")
        if self.mean > LEANING:
            return "favor"
        return "against" if self.mean < -LEANING else "between"

    @property
    def unsure(self) -> bool:
        """Whether every one of the statements is marked for a person to read."""
        return all(one.needs_review for one in self.statements)


def standings(statements: Sequence[ScoredStatement]) -> list[Standing]:
    """Return the standing of every speaker with a word on the relations, most favourable first.

    The unknown speakers come last. Statements that are `unrelated` count for nothing here.
    """
    spoken: dict[str | None, list[ScoredStatement]] = {}
    for one in statements:
        if one.stance != "unrelated":
            spoken.setdefault(one.speaker, []).append(one)
    found = [_standing(speaker, said) for speaker, said in spoken.items()]
    return sorted(found, key=lambda one: (one.speaker is None, -one.mean))


def _standing(speaker: str | None, said: Sequence[ScoredStatement]) -> Standing:
    scores = [one.stance_score for one in said]
    sides = Counter(one.speaker_side for one in said)
    side: SideLabel = "unknown" if speaker is None else sides.most_common(1)[0][0]
    interval = None if speaker is None else mean_interval(scores)
    return Standing(speaker, side, tuple(said), fmean(scores), interval)


def mean_interval(scores: Sequence[float]) -> tuple[float, float] | None:
    """Return the 95 % t interval of the mean of scores, cut to −1…1; None for too few."""
    if len(scores) < LEAST_FOR_INTERVAL:
        return None
    middle = fmean(scores)
    reach = t_quantile(len(scores) - 1) * stdev(scores) / sqrt(len(scores))
    return max(-1.0, middle - reach), min(1.0, middle + reach)


def t_quantile(freedom: int) -> float:
    """Return the 97.5 % quantile of Student's t for two or more degrees of freedom.

    From 9 on by the first terms of its expansion around the normal quantile (error under 0.001).
    """
    if freedom - 2 < len(_T_QUANTILES):
        return _T_QUANTILES[freedom - 2]
    z = 1.959964
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3
