from __future__ import annotations

import itertools

from stance.speakers.confidence import confidence
from stance.speakers.coreference import Means
from stance.speakers.evidence import Kind


def test_every_pair_has_a_probability() -> None:
    for kind, means in itertools.product(Kind, Means):
        assert 0 <= confidence(kind, means) < 1


def test_closer_evidence_is_surer() -> None:
    assert confidence(Kind.AFTER, Means.NAME) > confidence(Kind.BEFORE, Means.PRONOUN)
    assert confidence(Kind.BEFORE, Means.NAME) > confidence(Kind.PREVIOUS_SENTENCE, Means.NAME)
    assert confidence(Kind.AFTER, Means.NOTHING) == 0
