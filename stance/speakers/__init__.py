"""Who says a statement: from the article's words around it to the person's fullest name.

`narration` reads an article with every quotation masked; `attribution` looks for the words that
attribute a statement (in its sentence: `clauses`, with `subjects` and `phrases`; around it:
`evidence` says where, `weighing` which counts more), and `coreference` finds whom they mean
among the people that `names` and `naming` collect (`antecedents` for pronouns, `descriptions`
for "the minister", `roles` for what the article calls each). `discourse` carries a speaker on
from statement to statement, and `confidence` states how often each kind of evidence was right.
The words are in `stance.words`.
"""

from __future__ import annotations

from collections.abc import Sequence

from stance.extraction.paragraphs import paragraphs
from stance.extraction.quotations import find_quotations
from stance.records import Span, Speaker, Statement
from stance.speakers.coreference import Coreference
from stance.speakers.discourse import Discourse
from stance.speakers.names import People
from stance.speakers.narration import Narration


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
    discourse = Discourse(narration, Coreference(narration, people))
    return [discourse.speaker(statement) for statement in statements]


def _quoted_spans(text: str, spans: list[Span], statements: Sequence[Statement]) -> list[Span]:
    """Return what stands in quotation marks, whether or not it is a statement, in text order."""
    quoted = [quotation.outer for quotation in find_quotations(text, spans)]
    quoted.extend(segment for statement in statements for segment in statement.segments)
    return sorted(quoted)


__all__ = ["attribute"]
