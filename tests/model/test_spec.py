from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stance.errors import ModelError
from stance.model.spec import HEADS, N_LOGITS, InputSpec, head_slices

budgets = st.integers(1, 500)


def test_the_heads_share_out_the_logits() -> None:
    covered = [index for where in head_slices().values() for index in range(N_LOGITS)[where]]
    assert covered == list(range(N_LOGITS))
    for head, where in head_slices().items():
        assert where.stop - where.start == len(HEADS[head])


@given(st.builds(InputSpec, budgets, budgets, budgets, budgets, budgets))
def test_budgets_round_trip(spec: InputSpec) -> None:
    assume(spec.quote <= spec.body)
    assert InputSpec.from_dict(spec.to_dict()) == spec


@pytest.mark.parametrize(
    "changes",
    [
        {"body": None},
        {"body": "many"},
        {"quote": 0},
        {"quote": 145},
        {"title": -1},
        {"footnote": 3},
    ],
)
def test_other_budgets_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ModelError, match="the model's inputs"):
        InputSpec.from_dict(InputSpec().to_dict() | changes)


def test_missing_budgets_are_refused() -> None:
    with pytest.raises(ModelError, match="the model's inputs must be"):
        InputSpec.from_dict({"body": 10})
