"""Shares of labels, group by group, from what a model says of all and a person of a sample.

The difference estimator of survey sampling (Särndal, Swensson and Wretman, 1992), which has come
back as prediction-powered inference (Angelopoulos et al., 2023) and as design-based supervised
learning (Egami et al., 2023): the mean of what the model says of all statements, plus the mean of
what the person says less what the model says, over a random sample. The model may be wrong in any
way, and the estimate is still right on average; the better it is, the narrower the interval.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stance.errors import InputError
from stance.estimation.coding import Coding, Key, model_of
from stance.estimation.scored import PROBABILITIES
from stance.estimation.strata import STRATA, strata_of
from stance.evaluation.resampling import Interval
from stance.records import SENTIMENTS, STANCES

Head = Literal["stance", "sentiment"]
Group = tuple[str | None, ...]

LABELS: Mapping[Head, tuple[str, ...]] = {"stance": STANCES, "sentiment": SENTIMENTS}
BALANCE: Mapping[Head, tuple[str, str]] = {
    "stance": ("favor", "against"),
    "sentiment": ("positive", "negative"),
}
"""The two labels of a head whose shares are set against each other: their difference is the last
figure, −1 to 1."""

FEWEST_CODED = 10
"""Coded statements that a group must have to be corrected."""

PRIOR = 2.0
"""Observations as which errors count that vary like the labels themselves.

A stratum whose few coded rows are all right has no variance of its own, but is not certain. With
it, intervals hold the truth in 94 to 97 of 100 samples of 200 (`scripts/coded_sample.py`)."""

Z = 1.96
"""Standard errors on either side of an estimate: a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure of a group: what the model alone says, and the corrected value.

    `corrected` is None where too few statements of the group are coded. A share lies between 0 and
    1, a balance between −1 and 1.
    """

    model: float
    corrected: Interval | None = None


@dataclass(frozen=True, slots=True)
class GroupShares:
    """A group's estimates by name: the labels, then `balance`."""

    group: Group
    statements: int
    coded: int
    estimates: Mapping[str, Estimate]


class CodedRow(NamedTuple):
    """A row of the archive that a person has coded.

    `said` is the model's label and `label` the person's; `error` is what the person says less what
    the model says, one figure a label and the balance last.
    """

    stratum: int
    group: Group
    said: str
    label: str
    error: NDArray[np.float64]


@dataclass(slots=True)
class Tally:
    """What has been read of an archive: sums of all rows, and the rows that a person has coded.

    `sizes` and `said` are each stratum's rows and the sums of what the model says of them, `groups`
    both of each group.
    """

    head: Head
    by: tuple[str, ...]
    coded: Mapping[Key, Coding]
    groups: dict[Group, NDArray[np.float64]] = field(default_factory=dict)
    sizes: NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(STRATA), dtype=np.int64))
    said: NDArray[np.float64] = field(init=False)
    rows: list[CodedRow] = field(default_factory=list)
    _known: pa.Array = field(init=False)

    def __post_init__(self) -> None:
        self.said = np.zeros((len(STRATA), len(LABELS[self.head]) + 1))
        self._known = pa.array({statement for _, statement in self.coded}, pa.string())

    def add(self, batch: pa.RecordBatch) -> None:
        """Add rows of `stance.estimation.scored.read_scored`, which has read the columns `by`.

        Raises:
            InputError: A coded row was scored by another model than the one it was sampled from.
        """
        if not batch.num_rows:
            return
        said, strata = with_balance(self._said(batch), self.head), strata_of(batch)
        which, groups = _groups(batch, self.by)
        sums = np.zeros((len(groups), said.shape[1] + 1))
        np.add.at(sums, which, np.column_stack([np.ones(len(said)), said]))
        for group, own in zip(groups, sums, strict=True):
            self.groups[group] = self.groups.get(group, 0) + own
        self.sizes += np.bincount(strata, minlength=len(STRATA))
        np.add.at(self.said, strata, said)
        for row in self._coded_rows(batch):
            label = self._label(batch, row)
            if label is not None:
                truth = np.array([[float(label == one) for one in LABELS[self.head]]])
                error = with_balance(truth, self.head)[0] - said[row]
                guess = str(batch.column(self.head)[row])
                self.rows.append(
                    CodedRow(int(strata[row]), groups[which[row]], guess, label, error)
                )

    def _said(self, batch: pa.RecordBatch) -> NDArray[np.float64]:
        """Return what the model says: stance probabilities, or the sentiment as ones and zeros."""
        if self.head == "stance":
            return np.column_stack([np.asarray(batch.column(name)) for name in PROBABILITIES])
        found = [pc.equal(batch.column("sentiment"), label) for label in SENTIMENTS]
        return np.column_stack([np.asarray(one, dtype=np.float64) for one in found])

    def _coded_rows(self, batch: pa.RecordBatch) -> Iterable[int]:
        """Return the rows of a batch whose statement may have been coded."""
        there = pc.is_in(batch.column("statement_id"), value_set=self._known)
        return [int(row) for row in np.flatnonzero(np.asarray(there, dtype=bool))]

    def _label(self, batch: pa.RecordBatch, row: int) -> str | None:
        article, statement, model = (
            batch.column(name)[row].as_py() for name in ("article_id", "statement_id", "model")
        )
        coding = self.coded.get((article, statement))
        if coding is None:
            return None
        if coding.model != model_of(model):
            raise InputError(
                f"the sample is of {coding.model}, these rows are of {model_of(model)}: "
                "sample again"
            )
        return coding.stance if self.head == "stance" else coding.sentiment

    def estimates(self) -> list[GroupShares]:
        """Return each group's estimates, the group with the most statements first.

        Raises:
            InputError: A kind of statements has been left out by the coder, so that nothing is
                known of the errors there.
        """
        coded = np.bincount(self._strata(), minlength=len(STRATA))
        for name, size, count in zip(STRATA, self.sizes, coded, strict=True):
            if self.rows and size and not count:
                raise InputError(f"none of the {size:,} statements that are {name} are coded")
        inside = Counter(row.group for row in self.rows)
        largest = sorted(self.groups, key=lambda group: -self.groups[group][0])
        return [self._estimated(group, inside[group]) for group in largest]

    def _estimated(self, group: Group, inside: int) -> GroupShares:
        statements, *totals = self.groups[group]
        model = np.array(totals) / statements
        names = (*LABELS[self.head], "balance")
        estimates = {name: Estimate(float(model[at])) for at, name in enumerate(names)}
        if inside >= FEWEST_CODED:
            errors = np.array([row.error * (row.group == group) for row in self.rows])
            share = statements / self.sizes.sum()
            said = self.said / np.maximum(self.sizes, 1)[:, None]
            expected = share * np.array([_variance(mean, self.head) for mean in said])
            correction, error = self._total(errors, expected)
            value, half = model + correction / statements, Z * error / statements
            lowest = np.where(np.array(names) == "balance", -1.0, 0.0)
            bounds = np.clip([value, value - half, value + half], lowest, 1.0)
            estimates = {
                name: Estimate(one.model, Interval(*map(float, bounds[:, at])))
                for at, (name, one) in enumerate(estimates.items())
            }
        return GroupShares(group, int(statements), inside, estimates)

    def right(self) -> dict[str, Interval]:
        """Return the share of the model's labels that the person agrees with.

        Of all statements, as `all`, and of those that have each label, where one of them is coded.
        """
        found = {}
        hits = np.array([row.said == row.label for row in self.rows], dtype=np.float64)
        for name in ("all", *LABELS[self.head]):
            inside = np.array([name in ("all", row.said) for row in self.rows], dtype=np.float64)
            if inside.any():
                found[name] = self._share_right(hits * inside, inside)
        return found

    def _share_right(self, hits: NDArray[np.float64], inside: NDArray[np.float64]) -> Interval:
        """Return the ratio of two totals of the archive, each estimated from the coded rows."""
        none = np.zeros((len(STRATA), 2))
        (right, total), _ = self._total(np.column_stack([hits, inside]), none)
        value = right / total
        strata = self._strata()
        coded, own_hits, own = (
            np.bincount(strata, weights, minlength=len(STRATA))
            for weights in (np.ones_like(hits), hits, inside)
        )
        guess = (own_hits + 1) / (own + 2)  # never quite 0 or 1
        expected = guess * (1 - guess) * own / np.maximum(coded, 1)
        _, error = self._total((hits - value * inside)[:, None], expected[:, None])
        half = Z * error[0] / total
        low, high = np.clip([value - half, value + half], 0.0, 1.0)
        return Interval(float(value), float(low), float(high))

    def _strata(self) -> NDArray[np.int64]:
        """Return the stratum of each coded row."""
        return np.array([row.stratum for row in self.rows], dtype=np.int64)

    def _total(
        self, values: NDArray[np.float64], expected: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return totals of the archive, and their standard errors, by a stratified sample.

        Args:
            values: figures of the coded rows, shape (rows, figures).
            expected: variance of each figure that counts as `PRIOR` observations, shape (strata,
                figures).
        """
        strata = self._strata()
        total, variance = np.zeros(values.shape[1]), np.zeros(values.shape[1])
        for stratum in np.unique(strata):
            own, size = values[strata == stratum], self.sizes[stratum]
            n = len(own)
            total += size * own.mean(axis=0)
            spread = ((own - own.mean(axis=0)) ** 2).sum(axis=0) + PRIOR * expected[stratum]
            variance += size**2 * (1 - n / size) / n * spread / (n - 1 + PRIOR)
        return total, np.sqrt(variance)


def with_balance(shares: NDArray[np.float64], head: Head) -> NDArray[np.float64]:
    """Return shares, shape (rows, labels), with the balance as their last column."""
    more, less = (LABELS[head].index(label) for label in BALANCE[head])
    return np.column_stack([shares, shares[:, more] - shares[:, less]])


def _variance(mean: NDArray[np.float64], head: Head) -> NDArray[np.float64]:
    """Return the variance of single labels, and of their balance, whose mean is this."""
    more, less = (LABELS[head].index(label) for label in BALANCE[head])
    shares, balance = mean[:-1], mean[-1]
    return np.array([*(shares * (1 - shares)), shares[more] + shares[less] - balance**2])


def _groups(batch: pa.RecordBatch, by: Sequence[str]) -> tuple[NDArray[np.int64], list[Group]]:
    """Return each row's group as an index into the groups of the batch."""
    if not by:
        return np.zeros(batch.num_rows, dtype=np.int64), [()]
    columns = zip(*(batch.column(name).to_pylist() for name in by), strict=True)
    numbers: dict[Group, int] = {}
    which = [numbers.setdefault(group, len(numbers)) for group in columns]
    return np.array(which), list(numbers)
