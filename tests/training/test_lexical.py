from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx")
pytest.importorskip("sklearn")

from model.tiny import tiny_encoder, tiny_tokenizer

from stance.labelled import class_indices
from stance.model.calibration import probabilities, uncalibrated
from stance.model.engine import OnnxEngine
from stance.model.inputs import EncodedStatement, StatementText
from stance.model.spec import HEADS, N_LOGITS, head_slices
from stance.training.lexical import fit_lexical, write_lexical

ROWS = [
    {"quote": "we want good bread", "sentiment": "positive", "side": "us"},
    {"quote": "good weather on the river", "sentiment": "positive", "side": "us"},
    {"quote": "a bad enemy", "sentiment": "negative", "side": "us"},
    {"quote": "bad bread and bad weather", "sentiment": "negative"},
    {"quote": "they talk of moscow", "side": "us"},
] * 5
VOCABULARY = tiny_tokenizer().get_vocab_size()


def words(*quotes: str) -> list[EncodedStatement]:
    encoder = tiny_encoder()
    return [encoder.encode_words(StatementText.from_quote(quote)) for quote in quotes]


@pytest.fixture(scope="module")
def fitted() -> tuple[np.ndarray, np.ndarray]:
    quotes = [str(row["quote"]) for row in ROWS]
    return fit_lexical(words(*quotes), class_indices(ROWS), VOCABULARY)


def test_two_of_three_labels_are_learnt_and_the_third_never_said(
    fitted: tuple[np.ndarray, np.ndarray],
) -> None:
    weights, bias = fitted
    counts = np.zeros((3, VOCABULARY))
    for row, one in zip(counts, words("good bread", "a bad river", "the envoy"), strict=True):
        np.add.at(row, one.input_ids, len(one.input_ids) ** -0.5)
    found = probabilities((counts @ weights + bias).astype(np.float32), uncalibrated())
    tone = found["sentiment"]
    labels = [HEADS["sentiment"][index] for index in tone.argmax(axis=1)]
    assert labels[:2] == ["positive", "negative"]
    assert tone[:, HEADS["sentiment"].index("neutral")].max() < 0.01


def test_a_head_with_one_label_says_it_and_one_without_says_nothing(
    fitted: tuple[np.ndarray, np.ndarray],
) -> None:
    weights, bias = fitted
    assert weights.shape == (VOCABULARY, N_LOGITS)
    found = probabilities(bias[None], uncalibrated())
    assert found["side"][0, HEADS["side"].index("us")] > 0.99
    assert np.allclose(found["stance"], 0.25)
    assert not weights[:, head_slices()["stance"]].any()


def test_the_graph_computes_the_regression(tmp_path: Path) -> None:
    random = np.random.default_rng(2)
    weights = random.normal(size=(VOCABULARY, N_LOGITS)).astype(np.float32)
    bias = random.normal(size=N_LOGITS).astype(np.float32)
    write_lexical(weights, bias, tmp_path / "lexical.onnx")
    statements = words("bread", "bread and bread and bread", "we want good weather on the river")
    found = OnnxEngine(tmp_path / "lexical.onnx", threads=1).logits(statements)
    stored = weights.astype(np.float16).astype(np.float32)
    for row, one in zip(found, statements, strict=True):
        ids = one.input_ids
        assert np.allclose(row, stored[ids].sum(axis=0) / len(ids) ** 0.5 + bias, atol=1e-5)
