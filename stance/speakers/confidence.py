"""How often each kind of evidence names the right speaker."""

from __future__ import annotations

from stance.speakers.coreference import Means
from stance.speakers.evidence import Kind

_MEASURED = {
    (Kind.AFTER, Means.NAME): 0.98,  # 755 of 765
    (Kind.BETWEEN, Means.NAME): 0.97,  # 780 of 799
    (Kind.BEFORE, Means.NAME): 0.95,  # 680 of 717
    (Kind.AFTER, Means.PRONOUN): 0.90,  # 260 of 290
    (Kind.BETWEEN, Means.PRONOUN): 0.90,  # 240 of 266
    (Kind.BEFORE, Means.PRONOUN): 0.84,  # 169 of 200
    (Kind.AFTER, Means.DESCRIPTION): 0.81,  # 80 of 98
    (Kind.BETWEEN, Means.DESCRIPTION): 0.68,  # 41 of 60
    (Kind.BEFORE, Means.DESCRIPTION): 0.62,  # 93 of 149
    (Kind.AFTER, Means.ALONE): 0.80,  # 40 of 49
    (Kind.BETWEEN, Means.ALONE): 0.63,  # 24 of 38
    (Kind.BEFORE, Means.ALONE): 0.68,  # 80 of 117
    (Kind.AFTER, Means.ROLE): 0.72,  # 27 of 37
    (Kind.BETWEEN, Means.ROLE): 0.64,  # 16 of 25
    (Kind.BEFORE, Means.ROLE): 0.67,  # 35 of 52
    (Kind.RUN, Means.NAME): 0.77,  # 47 of 60
    (Kind.PREVIOUS_SENTENCE, Means.NAME): 0.61,  # 27 of 44
    (Kind.SUBJECT, Means.NAME): 0.78,  # 28 of 35
    (Kind.SUBJECT, Means.DESCRIPTION): 0.54,  # 12 of 22
    (Kind.SUBJECT, Means.ALONE): 0.43,  # 9 of 21
    (Kind.DASH, Means.NAME): 0.85,  # 22 of 25
}
"""Share of right names on the statements of `us_russia_train` whose speaker its labels tell.

Statements found by `stance.extraction` in whole articles; shares of fewer than 100 statements are
drawn toward their kind's. The cells not listed had fewer than 20 statements."""

_BY_KIND = {
    Kind.TURN: 0.85,  # 8 of 9
    Kind.DASH: 0.80,  # 22 of 26
    Kind.ACCORDING: 0.80,  # 29 of 36
    Kind.LEAD_IN: 0.74,  # 21 of 28
    Kind.PASSIVE: 0.68,  # 11 of 16
    Kind.POSSESSIVE: 0.67,  # 6 of 9
    Kind.SUBJECT: 0.63,  # 57 of 90
    Kind.PREVIOUS_SENTENCE: 0.61,  # 38 of 62
    Kind.LOOSE_AFTER: 0.55,  # 3 of 6
    Kind.RUN: 0.50,  # 16 of 35 where no name is given
}
"""The same share where kind and means together are too rare to tell."""


def confidence(kind: Kind, means: Means) -> float:
    """Return the probability that a name is right that was found by a kind of evidence.

    0 where the words of the attribution led to nobody.
    """
    if means is Means.NOTHING:
        return 0.0
    return _MEASURED.get((kind, means), _BY_KIND.get(kind, 0.6))
