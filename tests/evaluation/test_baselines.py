import pytest

pytest.importorskip("sklearn")
pytest.importorskip("vaderSentiment")

from stance.errors import InputError
from stance.evaluation import baselines


def row(quote: str, stance: str = "favor", sentiment: str = "neutral") -> dict[str, str]:
    return {
        "quote": quote,
        "paragraph": f"“{quote}” the envoy said.",
        "stance": stance,
        "sentiment": sentiment,
    }


TRAIN = [
    row("we want to talk to Moscow", "favor"),
    row("it is time to talk to Moscow again", "favor"),
    row("talk is better than silence", "favor"),
    row("sanctions must bite harder", "against"),
    row("new sanctions are ready", "against"),
]


def test_majority_takes_the_commonest_label_of_the_training_rows() -> None:
    assert baselines.majority_labels(TRAIN, [row("anything")] * 2, "stance") == ["favor"] * 2


def test_majority_needs_training_rows() -> None:
    with pytest.raises(ValueError, match="no training rows"):
        baselines.majority_labels([], TRAIN, "stance")


@pytest.mark.parametrize(
    ("quote", "sentiment"),
    [
        ("It was a wonderful, warm meeting and I am happy.", "positive"),
        ("This is a disgraceful and dangerous lie.", "negative"),
        ("The delegation lands at noon.", "neutral"),
        ("", "neutral"),
    ],
)
def test_vader_reads_the_tone_of_the_quote(quote: str, sentiment: str) -> None:
    assert baselines.vader_labels([row(quote)]) == [sentiment]


def test_tfidf_learns_from_the_words() -> None:
    rows = [row("talk to us"), row("more sanctions")]
    assert baselines.tfidf_labels(TRAIN, rows, "stance") == ["favor", "against"]


def test_rows_may_hold_a_quote_alone_or_call_their_paragraph_context() -> None:
    train = [{key: one[key] for key in ("quote", "stance")} for one in TRAIN]
    rows = [{"quote": "talk", "context": "to Moscow"}, {"quote": "sanctions", "paragraph": None}]
    assert baselines.tfidf_labels(train, rows, "stance") == ["favor", "against"]


@pytest.mark.parametrize("train", [TRAIN[:1], TRAIN[:3], [row("a", "favor"), row("b", "against")]])
def test_too_few_rows_to_learn_from(train: list[dict[str, str]]) -> None:
    with pytest.raises(InputError, match="too few to learn stance from"):
        baselines.tfidf_labels([{**one, "paragraph": ""} for one in train], TRAIN, "stance")


def test_no_rows_give_no_labels() -> None:
    assert baselines.tfidf_labels(TRAIN, [], "stance") == []
    assert baselines.vader_labels([]) == []
