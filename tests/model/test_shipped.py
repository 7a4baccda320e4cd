"""What any model that ships must do. Scores themselves are pinned nowhere."""

from __future__ import annotations

import pytest

from stance.model.store import ModelFolder, shipped_model
from stance.scorer import Scorer

FAVOR = (
    "We should sit down with Russia and mend this relationship, because both our countries gain",
    "I want better relations between America and Russia, and I will work for them",
    "Cooperation with the United States is good for Russia, and we hope for a new friendship",
    "Lifting the sanctions on Russia and talking to Putin would make the whole world safer",
)
AGAINST = (
    "Putin is a thug who attacked our democracy, and Russia must pay a heavy price for it",
    "Russia cannot be trusted, and we need much tougher sanctions against the Kremlin",
    "The Russian government lied and broke the treaty, and America must punish this aggression",
    "Washington is to blame, and the American sanctions are a hostile act against Russia",
)
UNRELATED = (
    "The bakery on our street will close in May, and nobody knows where to buy bread",
    "We scored twice in the second half and the goalkeeper played the game of her life",
    "The county will mend the bridge as soon as the state sends the money for it",
    "My tomatoes did not ripen this year because it rained through the whole of August",
)
EXPECTED = {"favor": FAVOR, "against": AGAINST, "unrelated": UNRELATED}


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer(ModelFolder(shipped_model()), threads=2)


def test_unmistakable_statements(scorer: Scorer) -> None:
    cases = [(quote, label) for label, quotes in EXPECTED.items() for quote in quotes]
    scores = scorer.score_statements([quote for quote, _ in cases])
    wrong = [
        (score.stance, label, quote)
        for (quote, label), score in zip(cases, scores, strict=True)
        if score.stance != label
    ]
    assert len(wrong) <= 0.2 * len(cases), wrong


def test_sides_of_the_fence(scorer: Scorer) -> None:
    def mean(quotes: tuple[str, ...]) -> float:
        return sum(s.stance_score for s in scorer.score_statements(quotes)) / len(quotes)

    assert mean(FAVOR) > 0.2
    assert mean(AGAINST) < -0.2
    assert abs(mean(UNRELATED)) < 0.2


def test_tone(scorer: Scorer) -> None:
    glad, angry = scorer.score_statements(
        ["This is wonderful news and I am proud and happy", "This is a disgrace and a vile lie"]
    )
    assert (glad.sentiment, angry.sentiment) == ("positive", "negative")


def test_the_folder_is_small_and_holds_no_pickle() -> None:
    files = [path for path in shipped_model().rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 50_000_000
    assert {path.suffix for path in files} <= {".json", ".onnx", ".md", ".safetensors"}
    assert not any(path.read_bytes().startswith(b"\x80") for path in files)


def test_the_folder_says_what_it_is(scorer: Scorer) -> None:
    about = scorer.describe()
    assert about["labels"]["stance"] == ["favor", "against", "neutral", "unrelated"]
    assert about["quality"]["stance"]["macro_f1"]["value"] > 0.55
    assert scorer.name == f"{about['name']} {about['version']}"
    assert shipped_model().joinpath("README.md").read_text("utf-8").startswith("---\n")
