"""The statements of an article in order: one speaker goes on, or another takes over."""

from __future__ import annotations

from typing import NamedTuple

from stance.records import UNKNOWN_SPEAKER, Speaker, Statement
from stance.speakers.attribution import (
    find_attribution,
    is_listed,
    preceding_sentence,
    sentence_before,
)
from stance.speakers.confidence import confidence
from stance.speakers.coreference import NOBODY, Coreference, Source
from stance.speakers.evidence import (
    Attribution,
    Kind,
    locate,
    locate_end,
    sentence_start,
)
from stance.speakers.names import Person
from stance.speakers.narration import Narration
from stance.speakers.roles import role_of


class _Said(NamedTuple):
    """What was found for the statement before."""

    statement: Statement
    attribution: Attribution
    source: Source


class Discourse:
    """Finds the speaker of each statement in text order; later ones lean on earlier ones."""

    def __init__(self, narration: Narration, coreference: Coreference) -> None:
        """Start at the beginning of an article."""
        self._narration = narration
        self._coreference = coreference
        self._before: _Said | None = None
        self._roles: dict[int, str | None] = {}

    def speaker(self, statement: Statement) -> Speaker:
        """Return who says a statement; call it once for each, in text order."""
        said = self._before = self._said(statement)
        if said is None:
            return UNKNOWN_SPEAKER
        self._coreference.remember(statement.start, said.attribution, said.source)
        span, source = said.attribution.span, said.source
        return Speaker(
            name=source.name,
            mention=self._narration.text[slice(*span)],
            mention_span=span,
            role=self._role(source.person),
            confidence=confidence(said.attribution.kind, source.means),
        )

    def _role(self, person: Person | None) -> str | None:
        if person is None:
            return None
        if id(person) not in self._roles:
            self._roles[id(person)] = role_of(person, self._narration)
        return self._roles[id(person)]

    def _said(self, statement: Statement) -> _Said | None:
        attribution = find_attribution(self._narration, statement)
        if attribution is not None:
            source = self._coreference.resolve(attribution)
            if source is not NOBODY:
                return _Said(statement, attribution, source)
        elif is_listed(self._narration, statement):
            listed = self._coreference.protagonist()
            if listed is not None:
                return _Said(statement, *listed)
        if self._before is not None and self._goes_on(self._before.statement, statement):
            return self._before._replace(
                statement=statement,
                attribution=self._before.attribution._replace(kind=Kind.RUN),
            )
        attribution = attribution or sentence_before(self._narration, statement)
        if attribution is None:
            return None
        source = self._coreference.resolve(attribution)
        if source.person is None and attribution.kind is Kind.PREVIOUS_SENTENCE:
            return None
        return _Said(statement, attribution, source)

    def _goes_on(self, before: Statement, statement: Statement) -> bool:
        """Tell whether the sentence before a statement's own holds the statement before."""
        place = locate(self._narration, statement)
        preceding = preceding_sentence(self._narration, place)
        if preceding is None:
            return False
        paragraph, low, high = preceding
        end = locate_end(self._narration, before)
        if end.paragraph == place.paragraph and end.last >= sentence_start(
            place.tokens, place.first
        ):
            return True
        return end.paragraph == paragraph and low <= end.last < high
