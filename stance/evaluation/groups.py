"""Figures of a model for one kind of statement at a time, to see where it fails."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stance.evaluation.metrics import (
    accuracy,
    confusion_rows,
    label_indices,
    mean_f1_of,
    score_share,
)
from stance.evaluation.resampling import Interval, bootstrap
from stance.labelled import Row
from stance.model.spec import HEADS

FOCUS = HEADS["stance"][:2]
"""The stances of a position, favor and against, whose mean F1 is reported beside that of all."""

MIN_OUTLET = 25
"""Rows that an outlet needs for a line of its own: intervals of fewer say nothing."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_SAMPLED_ID = re.compile(r"D(\d{4})")
_FIRST_RANKED = 3000
"""Rows `D0000` to `D1119` were sampled by keyword, those from `D3000` on chosen by a ranker."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to sort rows into groups: the groups' names in order, and each row's (or None)."""

    groups: tuple[str, ...]
    of_row: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """How well the stance of some rows is found.

    `macro_f1` is the mean F1 of the stances that occur among the group's gold labels: one that
    never does has none. `focus_f1` is that of favor and against, None where neither occurs.
    `pairs` is the share of minimal pairs of which every row is right, None where rows have none.
    """

    rows: int
    macro_f1: Interval
    focus_f1: Interval | None
    accuracy: Interval
    pairs: Interval | None = None


def score_groups(
    rows: Sequence[Row],
    predicted: Sequence[str],
    dimensions: Mapping[str, Dimension],
    clusters: Sequence[Hashable],
) -> dict[str, dict[str, GroupFigures]]:
    """Return the figures of every group of every dimension.

    Args:
        rows: with their gold `stance`, and `pair` where they belong to a minimal pair.
        predicted: the stance that the model gives each row.
        dimensions: by name; those with fewer than two groups are left out.
        clusters: what each row is resampled with: its article or its pair.
    """
    found: dict[str, dict[str, GroupFigures]] = {}
    for name, dimension in dimensions.items():
        if len(dimension.groups) > 1:
            found[name] = {}
            for group in dimension.groups:
                own = [i for i, its in enumerate(dimension.of_row) if its == group]
                found[name][group] = score_group(
                    [rows[i] for i in own], [predicted[i] for i in own], [clusters[i] for i in own]
                )
    return found


def score_group(
    rows: Sequence[Row], predicted: Sequence[str], clusters: Sequence[Hashable]
) -> GroupFigures:
    """Return the figures of some rows, all of which have a `stance`."""
    labels = HEADS["stance"]
    gold = [row["stance"] for row in rows]
    confusion = confusion_rows(gold, predicted, labels)
    present = [label for label in labels if label in gold]
    focus = [label for label in FOCUS if label in gold]

    def mean_f1(of: Sequence[str]) -> Interval:
        return bootstrap(confusion, clusters, mean_f1_of(label_indices(of, labels)))

    return GroupFigures(
        rows=len(rows),
        macro_f1=mean_f1(present),
        focus_f1=mean_f1(focus) if focus else None,
        accuracy=bootstrap(confusion, clusters, accuracy),
        pairs=_pairs_right(rows, predicted),
    )


def _pairs_right(rows: Sequence[Row], predicted: Sequence[str]) -> Interval | None:
    right: dict[str, bool] = {}
    for row, guess in zip(rows, predicted, strict=True):
        if row.get("pair") is not None:
            right[row["pair"]] = right.get(row["pair"], True) and guess == row["stance"]
    return score_share(list(right.values()), list(right)) if right else None


def archive_dimensions(rows: Sequence[Row]) -> dict[str, Dimension]:
    """Return how statements of news articles differ: speaker, outlet, time, length, making."""
    return {
        "side of the speaker": _in_order(rows, lambda row: row.get("side"), HEADS["side"]),
        "speaker": _in_order(rows, _speaker, ("named or described", "unknown")),
        "outlet": _outlets(rows),
        "year": _by_name(rows, year_of),
        "period": _in_order(rows, _period, ("up to 2018", "2019 and later")),
        "words in the quotation": _lengths(rows),
        "label": _in_order(rows, _certainty, ("certain", "borderline")),
        "sample": _in_order(rows, _sample, ("by keyword", "by ranker")),
    }


def challenge_dimensions(rows: Sequence[Row]) -> dict[str, Dimension]:
    """Return how rows of a challenge set differ: in phenomenon, and in era or else decade."""
    dimensions = {"phenomenon": _by_name(rows, lambda row: row.get("phenomenon"))}
    if any(row.get("era") for row in rows):
        return dimensions | {"era": _by_date(rows, lambda row: row.get("era"))}
    return dimensions | {"decade": _by_name(rows, _decade)}


def year_of(row: Row) -> str | None:
    """Return the year of a row's date, None where it tells none."""
    match = _YEAR.search(str(row.get("date") or ""))
    return match[0] if match else None


def _in_order(
    rows: Sequence[Row], group: Callable[[Row], str | None], names: Sequence[str]
) -> Dimension:
    of_row = tuple(map(group, rows))
    return Dimension(tuple(name for name in names if name in of_row), of_row)


def _by_name(rows: Sequence[Row], group: Callable[[Row], str | None]) -> Dimension:
    return _in_order(rows, group, sorted({name for row in rows if (name := group(row))}))


def _by_date(rows: Sequence[Row], group: Callable[[Row], str | None]) -> Dimension:
    """Sort groups by the date of their earliest row."""
    first: dict[str, str] = {}
    for row in rows:
        if name := group(row):
            first[name] = min(str(row.get("date")), first.get(name, "9999"))
    return _in_order(rows, group, sorted(first, key=first.__getitem__))


def _outlets(rows: Sequence[Row]) -> Dimension:
    counts = Counter(row["source"] for row in rows if row.get("source"))
    large = [name for name, count in counts.most_common() if count >= MIN_OUTLET]
    rest = f"outlets of fewer than {MIN_OUTLET} rows"

    def outlet(row: Row) -> str | None:
        name = row.get("source")
        return name if name in large or not name else rest

    return _in_order(rows, outlet, [*large, rest])


def _lengths(rows: Sequence[Row]) -> Dimension:
    """Sort rows into quarters by the number of words of the quotation."""
    counts = np.array([len(row["quote"].split()) for row in rows], dtype=np.int64)
    if not len(counts):
        return Dimension((), ())
    quarter = np.searchsorted(np.quantile(counts, [0.25, 0.5, 0.75]), counts)
    names = {
        number: f"{counts[quarter == number].min()} to {counts[quarter == number].max()}"
        for number in np.unique(quarter).tolist()
    }
    return Dimension(tuple(names.values()), tuple(names[number] for number in quarter.tolist()))


def _speaker(row: Row) -> str:
    return "unknown" if row.get("speaker") in (None, "", "unknown") else "named or described"


def _decade(row: Row) -> str | None:
    year = year_of(row)
    return f"{year[:3]}0s" if year else None


def _period(row: Row) -> str | None:
    year = year_of(row)
    return None if year is None else "up to 2018" if year <= "2018" else "2019 and later"


def _certainty(row: Row) -> str | None:
    return {1: "certain", 0: "borderline"}.get(row.get("certain", -1))


def _sample(row: Row) -> str | None:
    match = _SAMPLED_ID.fullmatch(str(row.get("id")))
    if match is None:
        return None
    return "by ranker" if int(match[1]) >= _FIRST_RANKED else "by keyword"
