from __future__ import annotations

import pytest

pytest.importorskip("torch")
pytest.importorskip("datasets")

from model.tiny import tiny_encoder

from stance.labelled import distributions, targets
from stance.model.spec import HEADS, IGNORED, N_LOGITS
from stance.training.data import BORDERLINE_WEIGHT, encode_rows
from stance.training.run import collate_rows
from training.rows import ROWS


def test_encoded_rows_hold_what_the_loss_needs() -> None:
    rows = [{**ROWS[0], "certain": 0}, {"quote": "talk", "certain": 1}]
    encoder = tiny_encoder()
    found = encode_rows(rows, encoder, smoothing=0.1)
    assert len(found) == 2
    assert found["labels"][:] == [targets(ROWS[0]), [IGNORED] * len(HEADS)]
    assert found["targets"][:] == [distributions(ROWS[0], 0.1), [0.0] * N_LOGITS]
    assert found["weights"][:] == [BORDERLINE_WEIGHT, 1.0]
    for example in found:
        assert example["length"] == len(example["input_ids"]) == len(example["token_type_ids"])
    batch = collate_rows(list(found))
    assert batch["input_ids"].shape == (2, max(found["length"]))
    assert batch["labels"].shape == (2, len(HEADS))
    assert batch["targets"].shape == (2, N_LOGITS)
