"""How often each kind of evidence names the right speaker."""

from __future__ import annotations

from stance.speakers.coreference import Means
from stance.speakers.evidence import Kind

_MEASURED = {
    (Kind.AFTER, Means.NAME): 0.98,  # 755 of 765
    (Kind.BETWEEN, Means.NAME): 0.97,  # 779 of 798
    (Kind.BEFORE, Means.NAME): 0.95,  # 692 of 725
    (Kind.AFTER, Means.PRONOUN): 0.90,  # 260 of 290
    (Kind.BETWEEN, Means.PRONOUN): 0.90,  # 240 of 266
    (Kind.BEFORE, Means.PRONOUN): 0.84,  # 168 of 200
    (Kind.AFTER, Means.DESCRIPTION): 0.80,  # 82 of 103
    (Kind.BETWEEN, Means.DESCRIPTION): 0.70,  # 44 of 64
    (Kind.BEFORE, Means.DESCRIPTION): 0.62,  # 98 of 157
    (Kind.AFTER, Means.ALONE): 0.82,  # 40 of 49
    (Kind.BETWEEN, Means.ALONE): 0.64,  # 24 of 40
    (Kind.BEFORE, Means.ALONE): 0.69,  # 81 of 118
    (Kind.AFTER, Means.ROLE): 0.82,  # 26 of 32
    (Kind.BETWEEN, Means.ROLE): 0.74,  # 15 of 21
    (Kind.BEFORE, Means.ROLE): 0.73,  # 31 of 43
    (Kind.RUN, Means.NAME): 0.78,  # 48 of 61
    (Kind.PREVIOUS_SENTENCE, Means.NAME): 0.62,  # 28 of 45
    (Kind.SUBJECT, Means.NAME): 0.78,  # 27 of 34
    (Kind.SUBJECT, Means.DESCRIPTION): 0.53,  # 12 of 23
    (Kind.SUBJECT, Means.ALONE): 0.42,  # 9 of 22
    (Kind.DASH, Means.NAME): 0.86,  # 22 of 25
}
"""Share of right names on the statements of `us_russia_train` whose speaker its labels tell.

Statements found by `stance.extraction` in whole articles; shares of fewer than 100 statements are
drawn toward their kind's. The cells not listed had fewer than 20 statements. On the 805 such
statements of `us_russia_dev` that get a name the expected calibration error is 0.03."""

_BY_KIND = {
    Kind.TURN: 0.85,  # 8 of 9
    Kind.DASH: 0.80,  # 22 of 26
    Kind.ACCORDING: 0.82,  # 30 of 36
    Kind.LEAD_IN: 0.74,  # 21 of 28
    Kind.PASSIVE: 0.68,  # 11 of 16
    Kind.POSSESSIVE: 0.67,  # 6 of 9
    Kind.SUBJECT: 0.61,  # 56 of 92
    Kind.PREVIOUS_SENTENCE: 0.60,  # 36 of 60
    Kind.LOOSE_AFTER: 0.55,  # 3 of 6
    Kind.RUN: 0.50,  # 15 of 33 where no name is given
}
"""The same share where kind and means together are too rare to tell."""


def confidence(kind: Kind, means: Means) -> float:
    """Return the probability that a name is right that was found by a kind of evidence.

    0 where the words of the attribution led to nobody.
    """
    if means is Means.NOTHING:
        return 0.0
    return _MEASURED.get((kind, means), _BY_KIND.get(kind, 0.6))
