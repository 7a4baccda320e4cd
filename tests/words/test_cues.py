from __future__ import annotations

import pytest

from stance.words.cues import CUE_VERBS, SPEECH_VERBS, inflect


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("say", {"say", "says", "said", "saying"}),
        ("reply", {"reply", "replies", "replied", "replying"}),
        ("declare", {"declare", "declares", "declared", "declaring"}),
        ("admit", {"admit", "admits", "admitted", "admitting"}),
        ("express", {"express", "expresses", "expressed", "expressing"}),
        ("convey", {"convey", "conveys", "conveyed", "conveying"}),
    ],
)
def test_inflection(base: str, forms: set[str]) -> None:
    assert inflect(base) == forms


def test_speech_verbs_are_cues() -> None:
    assert SPEECH_VERBS < CUE_VERBS
    assert "praised" in CUE_VERBS - SPEECH_VERBS
