from __future__ import annotations

import random

import numpy as np
import pytest

from stance.errors import ModelError
from stance.model.engine import OnnxEngine, usable_cores
from stance.model.inputs import EncodedStatement, InputEncoder, StatementText
from stance.model.spec import N_LOGITS
from stance.model.store import ModelFolder

QUOTES = (
    "No.",
    "We would rather talk to Moscow than shout at it",
    "The ferry will not run on Sunday, and no one has told the harbour master why",
    "They lied to us about the missiles, and they will lie again",
    "Talks resume at noon in the annex",
    "word " * 300,
)


@pytest.fixture(scope="module")
def statements(encoder: InputEncoder) -> list[EncodedStatement]:
    return [encoder.encode(StatementText.from_quote(quote)) for quote in QUOTES]


def test_logits_do_not_depend_on_company(
    engine: OnnxEngine, statements: list[EncodedStatement]
) -> None:
    alone = np.concatenate([engine.logits([one]) for one in statements])
    assert alone.shape == (len(statements), N_LOGITS)
    assert np.array_equal(engine.logits(statements), alone)
    order = list(range(len(statements))) * 3
    random.Random(5).shuffle(order)
    assert np.array_equal(engine.logits([statements[i] for i in order]), alone[order])


def test_threads_change_nothing(
    shipped: ModelFolder, engine: OnnxEngine, statements: list[EncodedStatement]
) -> None:
    single = OnnxEngine(shipped.path / "model.onnx", threads=1)
    assert np.array_equal(single.logits(statements), engine.logits(statements))


def test_no_statements(engine: OnnxEngine) -> None:
    assert engine.logits([]).shape == (0, N_LOGITS)


def test_the_word_model_runs_on_ids_alone(shipped: ModelFolder, encoder: InputEncoder) -> None:
    words = shipped.lexical_engine(threads=1)
    assert words is not None
    one = encoder.encode_words(StatementText.from_quote(QUOTES[1]))
    again = EncodedStatement(one.input_ids, [1] * len(one.input_ids))
    found = words.logits([one, again])
    assert found.shape == (2, N_LOGITS)
    assert np.array_equal(found[0], found[1])


def test_a_file_that_is_no_model(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("models") / "model.onnx"
    with pytest.raises(ModelError, match="cannot load the model"):
        OnnxEngine(path)


def test_usable_cores() -> None:
    assert usable_cores() >= 1
