"""Who says a statement: from the article's words around it to the person's fullest name."""

from __future__ import annotations

from collections.abc import Sequence

from stance.extraction import quotations
from stance.extraction.paragraphs import paragraphs
from stance.records import UNKNOWN_SPEAKER, Span, Speaker, Statement
from stance.speakers.attribution import find_attribution
from stance.speakers.confidence import confidence
from stance.speakers.coreference import Coreference
from stance.speakers.names import People
from stance.speakers.narration import Narration
from stance.speakers.roles import role_of


def attribute(
    text: str, statements: Sequence[Statement], title: str | None = None
) -> list[Speaker]:
    """Find out who says each statement of an article.

    Args:
        text: The article's text.
        statements: Statements found in it, in text order, that do not overlap.
        title: The article's headline, if it is not in `text`; helps to full names.

    Returns:
        One speaker per statement, in the same order; `UNKNOWN_SPEAKER` where the article does
        not tell.
    """
    if not statements:
        return []
    spans = paragraphs(text)
    narration = Narration(text, _quoted_spans(text, spans, statements), spans)
    people = People(narration, title)
    coreference = Coreference(narration, people)
    speakers = []
    for statement in statements:
        attribution = find_attribution(narration, statement)
        if attribution is None:
            speakers.append(UNKNOWN_SPEAKER)
            continue
        source = coreference.resolve(attribution)
        coreference.remember(statement.start, source)
        speakers.append(
            Speaker(
                name=source.name,
                mention=text[slice(*attribution.span)],
                mention_span=attribution.span,
                role=source.person and role_of(source.person, narration),
                confidence=confidence(attribution.kind, source.means),
            )
        )
    return speakers


def _quoted_spans(text: str, spans: list[Span], statements: Sequence[Statement]) -> list[Span]:
    """Return what stands in quotation marks, whether or not it is a statement, in text order."""
    quoted = [quotation.outer for quotation in quotations.find_quotations(text, spans)]
    quoted.extend(segment for statement in statements for segment in statement.segments)
    return sorted(quoted)


__all__ = ["attribute"]
