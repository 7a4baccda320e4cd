"""What ties a statement to the words for its source, and where the statement stands."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from stance.records import Span, Statement
from stance.speakers.narration import Narration, Token, ends_sentence
from stance.speakers.phrases import Phrase

WINDOW = 90
"""Tokens looked at on either side of a quotation; sentences of news are shorter."""


class Kind(Enum):
    """The evidence that ties a statement to its source."""

    BETWEEN = "clause between the quoted pieces"
    AFTER = "clause after the quotation"
    BEFORE = "clause before the quotation"
    ACCORDING = "according to"
    PASSIVE = "verb with by"
    POSSESSIVE = "someone's words"
    DASH = "name after a dash or alone after the quotation"
    TURN = "name and colon at the head of the paragraph"
    LEAD_IN = "sentence before that ends in a colon"
    LOOSE_AFTER = "sentence after the quotation"
    SUBJECT = "subject of the sentence that quotes"
    LISTED = "item of a list of one person's words"
    RUN = "statement that goes directly before"
    PREVIOUS_SPEECH = "source of the sentence before"
    PREVIOUS_SENTENCE = "subject of the sentence before"


class Attribution(NamedTuple):
    """The evidence for one statement's source and the source's words.

    `tokens` are those of the paragraph at index `paragraph` that holds the `phrase`.
    """

    kind: Kind
    paragraph: int
    tokens: list[Token]
    phrase: Phrase

    @property
    def span(self) -> Span:
        """Offsets of the source's words in the article's text."""
        return self.tokens[self.phrase[0]].start, self.tokens[self.phrase[1] - 1].end


class Place(NamedTuple):
    """Where a statement stands: its first paragraph and its quotations' token indexes there."""

    paragraph: int
    tokens: list[Token]
    pieces: tuple[int, ...]

    @property
    def first(self) -> int:
        """Index of the first quotation."""
        return self.pieces[0]

    @property
    def last(self) -> int:
        """Index of the last quotation."""
        return self.pieces[-1]


def locate(narration: Narration, statement: Statement) -> Place:
    """Find the tokens of a statement, whose quotations must be masked in `narration`.

    Of a statement that runs over several paragraphs, its place is the first one; the clauses
    after its last piece belong to that piece's paragraph.
    """
    paragraph = narration.paragraph_at(statement.start)
    pieces = tuple(
        narration.token_at(paragraph, start)
        for start, _ in statement.segments
        if narration.paragraph_at(start) == paragraph and _stands(narration, statement, start)
    )
    return Place(paragraph, narration.tokens(paragraph), pieces)


def locate_end(narration: Narration, statement: Statement) -> Place:
    """Find the tokens of the pieces in a statement's last paragraph."""
    paragraph = narration.paragraph_at(statement.end - 1)
    tokens = narration.tokens(paragraph)
    low = narration.paragraphs[paragraph][0]
    pieces = tuple(
        narration.token_at(paragraph, max(start, low))
        for start, end in statement.segments
        if end > low and _stands(narration, statement, start)
    )
    return Place(paragraph, tokens, pieces)


def _stands(narration: Narration, statement: Statement, start: int) -> bool:
    """Tell whether a piece is the article's own and no headline that the page pastes in."""
    return start == statement.start or narration.is_quoted(start)


def sentence_start(tokens: list[Token], index: int) -> int:
    """Return the index of the first token of the sentence that holds the one at `index`."""
    floor = max(0, index - WINDOW)
    at = index
    while at > floor and not ends_sentence(tokens, at - 1):
        at -= 1
    return at
