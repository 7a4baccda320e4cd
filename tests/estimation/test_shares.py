from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from stance.errors import InputError
from stance.estimation.coding import Coding, Key
from stance.estimation.sampling import draw
from stance.estimation.shares import FEWEST_CODED, GroupShares, Tally
from stance.records import STANCES

from .rows import MODEL, scored

SAID = ["favor"] * 100 + ["against"] * 200 + ["neutral"] * 100 + ["unrelated"] * 600
TRUE = {
    f"s{i}": "unrelated" if said == "against" and i % 4 == 0 else said
    for i, said in enumerate(SAID)
}
"""A model that calls a quarter of what it reads as against wrongly so: 20 %, where 15 % are."""


def coded(batch: pa.RecordBatch, size: int, seed: int = 1) -> dict[Key, Coding]:
    rows = draw([batch], size, seed).rows
    keys = [(str(row["article_id"]), str(row["statement_id"])) for row in rows]
    return {key: Coding(TRUE[key[1]], "positive", MODEL) for key in keys}


def estimated(
    batch: pa.RecordBatch, sheet: dict[Key, Coding], by: tuple[str, ...] = ()
) -> list[GroupShares]:
    tally = Tally("stance", by, sheet)
    for start in range(0, batch.num_rows, 64):
        tally.add(batch.slice(start, 64))
    return tally.estimates()


def test_without_a_coded_sample_the_model_s_own_shares_are_told() -> None:
    [everything] = estimated(scored(SAID, sure=1.0), {})
    assert (everything.statements, everything.coded) == (1000, 0)
    assert everything.estimates["against"].model == pytest.approx(0.2)
    assert everything.estimates["balance"].model == pytest.approx(-0.1)
    assert everything.estimates["against"].corrected is None


def test_everything_coded_gives_the_truth_and_no_interval() -> None:
    batch = scored(SAID)
    [everything] = estimated(batch, coded(batch, len(SAID)))
    found = {name: one.corrected for name, one in everything.estimates.items()}
    for name, truth in zip(STANCES, (0.1, 0.15, 0.1, 0.65), strict=True):
        interval = found[name]
        assert interval is not None
        assert interval.value == pytest.approx(truth)
        assert interval.high - interval.low == pytest.approx(0)


def test_intervals_hold_the_truth_where_counting_is_wrong() -> None:
    batch, held, values = scored(SAID), 0, []
    for seed in range(120):
        [everything] = estimated(batch, coded(batch, 100, seed))
        interval = everything.estimates["against"].corrected
        assert interval is not None
        held += interval.low <= 0.15 <= interval.high
        values.append(interval.value)
    assert np.mean(values) == pytest.approx(0.15, abs=0.005)
    assert 108 <= held <= 120


def test_groups_with_too_few_coded_statements_are_not_corrected() -> None:
    sides = ["us" if i % 20 else "russia" for i in range(len(SAID))]
    batch = scored(SAID, speaker_side=sides)
    us, russia = estimated(batch, coded(batch, 100), ("speaker_side",))
    assert (us.group, us.statements, russia.group) == (("us",), 950, ("russia",))
    assert us.coded + russia.coded == 100
    assert russia.coded < FEWEST_CODED
    assert russia.estimates["favor"].corrected is None
    assert us.estimates["favor"].corrected is not None


def test_groups_add_up_to_the_whole() -> None:
    sides = ["us" if i % 3 else "russia" for i in range(len(SAID))]
    batch = scored(SAID, speaker_side=sides)
    sheet = coded(batch, 200)
    [whole] = estimated(batch, sheet)
    parts = estimated(batch, sheet, ("speaker_side",))
    for name, one in whole.estimates.items():
        assert one.corrected is not None
        own = [(p.statements, p.estimates[name].corrected) for p in parts]
        total = sum(count * interval.value for count, interval in own if interval)
        assert total / 1000 == pytest.approx(one.corrected.value)


def test_shares_stay_shares() -> None:
    batch = scored(["unrelated"] * 500 + ["favor"] * 30)
    sheet = {key: Coding("unrelated", None, MODEL) for key in coded_keys(batch, 60)}
    [everything] = estimated(batch, sheet)
    for name in STANCES:
        interval = everything.estimates[name].corrected
        assert interval is not None
        assert 0 <= interval.low <= interval.value <= interval.high <= 1


def coded_keys(batch: pa.RecordBatch, size: int) -> list[Key]:
    return [(str(r["article_id"]), str(r["statement_id"])) for r in draw([batch], size, 1).rows]


def test_a_model_that_is_never_caught_wrong_is_not_certain() -> None:
    batch = scored(SAID)
    sheet = {key: Coding(SAID[int(key[1][1:])], None, MODEL) for key in coded_keys(batch, 60)}
    interval = estimated(batch, sheet)[0].estimates["against"].corrected
    assert interval is not None
    assert interval.value == pytest.approx(0.2)
    assert interval.high - interval.low > 0.01


def test_sentiment_is_estimated_from_its_labels() -> None:
    batch = scored(SAID)
    tally = Tally("sentiment", (), coded(batch, len(SAID)))
    tally.add(batch)
    [everything] = tally.estimates()
    assert set(everything.estimates) == {"positive", "neutral", "negative", "balance"}
    assert everything.estimates["positive"].model == pytest.approx(1 / 3, abs=0.01)
    interval = everything.estimates["positive"].corrected
    assert interval is not None
    assert interval.value == pytest.approx(1.0)


def test_a_kind_that_nobody_coded_is_named() -> None:
    batch = scored(SAID)
    sheet = {key: one for key, one in coded(batch, 100).items() if one.stance != "neutral"}
    with pytest.raises(InputError, match="none of the 100 statements that are neutral"):
        estimated(batch, sheet)


def test_another_model_s_sample_is_refused() -> None:
    batch = scored(SAID)
    sheet = {key: Coding("favor", None, "other 2") for key in coded_keys(batch, 50)}
    with pytest.raises(InputError, match=r"the sample is of other 2, these rows are of tiny 1"):
        estimated(batch, sheet)


def test_it_is_told_how_often_each_label_is_right() -> None:
    batch = scored(SAID)
    tally = Tally("stance", (), coded(batch, len(SAID)))
    tally.add(batch)
    right = tally.right()
    assert [right[name].value for name in ("all", *STANCES)] == pytest.approx(
        [0.95, 1.0, 0.75, 1.0, 1.0]
    )
    assert right["all"].low == right["all"].high, "everything is coded"
    part = Tally("stance", (), coded(batch, 150))
    part.add(batch)
    right = part.right()
    assert right["all"].low < 0.95 < right["all"].high
    assert right["against"].low < 0.75 < right["against"].high
    assert right["favor"].value == 1.0 > right["favor"].low
