from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import InputError
from stance.estimation.sampling import draw
from stance.estimation.strata import FEWEST, STRATA, allocate

from .rows import scored

ARCHIVE = scored(
    ["favor"] * 40 + ["against"] * 300 + ["neutral"] * 5 + ["unrelated"] * 700, skipped=200
)
SIZES = (40, 300, 5, 500, 200)


def test_each_kind_is_drawn_from_and_none_twice() -> None:
    found = draw([ARCHIVE], 120, seed=3)
    assert found.sizes == SIZES
    assert sum(found.drawn) == len(found.rows) == 120
    assert found.drawn[2] == 5, "all of a small kind"
    assert min(found.drawn[i] for i in (0, 1, 3, 4)) >= FEWEST
    assert len({row["statement_id"] for row in found.rows}) == 120
    drawn = Counter(str(row["stance"]) for row in found.rows)
    assert drawn["unrelated"] == found.drawn[3] + found.drawn[4]


def test_batches_change_nothing_and_seeds_do() -> None:
    def ids(seed: int, step: int) -> list[object]:
        parts = [ARCHIVE.slice(i, step) for i in range(0, ARCHIVE.num_rows, step)]
        return [row["statement_id"] for row in draw(parts, 90, seed).rows]

    assert ids(1, 7) == ids(1, 2000)
    assert ids(1, 7) != ids(2, 7)


def test_every_row_is_as_likely_as_another_of_its_kind() -> None:
    times = Counter(
        str(row["statement_id"]) for seed in range(400) for row in draw([ARCHIVE], 60, seed).rows
    )
    against = np.array([times[f"s{i}"] for i in range(40, 340)])
    assert against.std() < 1.3 * np.sqrt(against.mean())


def test_a_small_archive_is_drawn_whole() -> None:
    assert len(draw([scored(["favor", "neutral"])], 50, seed=1).rows) == 2


def test_nothing_cannot_be_sampled() -> None:
    with pytest.raises(InputError, match="no statements"):
        draw([], 50, seed=1)


def test_a_stance_that_is_none_is_named() -> None:
    with pytest.raises(InputError, match="not a stance: 'pro'"):
        draw([scored(["favor", "pro"])], 50, seed=1)


@given(
    st.lists(
        st.tuples(st.integers(0, 2000), st.floats(0, 1)),
        min_size=len(STRATA),
        max_size=len(STRATA),
    ),
    st.integers(50, 500),
)
def test_the_sample_is_divided_whole(strata: list[tuple[int, float]], size: int) -> None:
    sizes, spreads = zip(*strata, strict=True)
    drawn = allocate(sizes, spreads, size)
    assert sum(drawn) == min(size, sum(sizes))
    for count, of in zip(drawn, sizes, strict=True):
        assert min(of, FEWEST) <= count <= of


def test_more_is_drawn_where_more_can_be_wrong() -> None:
    assert allocate([1000, 1000, 2000], [0.1, 0.4, 0.4], 700) == [54, 215, 431]
