"""What the encoder reads: one statement with its surroundings, as token ids.

This is the one place that knows the form of the model's input. Training, evaluation and every
engine go through `InputEncoder`. A sequence reads

    CLS  paragraph with [QUOTE] … [/QUOTE] around each quoted piece  SEP
         speaker  SEP  title  SEP  end of the paragraph before  SEP

with token type 0 for the first line and 1 for the second. Each part has a budget in tokens
(`InputSpec`); the quotation comes first when the paragraph is too long, then the words around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from stance.errors import ModelError
from stance.model.spec import QUOTE_CLOSE, QUOTE_OPEN, InputSpec
from stance.records import PIECE_SEPARATOR, Span

_CHARACTERS_PER_TOKEN = 16
"""Text beyond this many characters per token of budget is cut before tokenizing: it bounds the
cost of an absurdly long paragraph. English news has some 4.5 characters a token."""


@dataclass(frozen=True, slots=True)
class StatementText:
    """A statement with the surroundings that the model may read.

    `pieces` are the quoted segments as spans of `context`, the paragraph.
    """

    context: str
    pieces: tuple[Span, ...]
    previous: str = ""
    title: str = ""
    speaker: str = ""

    @classmethod
    def from_quote(
        cls,
        quote: str,
        context: str | None = None,
        *,
        previous: str | None = None,
        title: str | None = None,
        speaker: str | None = None,
    ) -> StatementText:
        """Find the pieces of `quote` in `context`; a quote that is not there stands alone."""
        text = context or ""
        pieces = _locate(quote, text)
        if pieces is None:
            text, pieces = quote, ((0, len(quote)),)
        return cls(text, pieces, previous or "", title or "", speaker or "")


def _locate(quote: str, context: str) -> tuple[Span, ...] | None:
    pieces: list[Span] = []
    position = 0
    for piece in quote.split(PIECE_SEPARATOR):
        start = context.find(piece, position)
        if start < 0 or not piece:
            return None
        position = start + len(piece)
        pieces.append((start, position))
    return tuple(pieces)


def speaker_text(name: str | None, role: str | None = None) -> str:
    """Return what the model reads of a speaker: the name and what the article calls them."""
    return ", ".join(part for part in (name, role) if part)


@dataclass(frozen=True, slots=True)
class EncodedStatement:
    """Token ids and token types of one statement, both of length `len(input_ids)`."""

    input_ids: list[int]
    token_type_ids: list[int]


class InputEncoder:
    """Turns statements into token ids for one model."""

    def __init__(self, tokenizer: Tokenizer, spec: InputSpec) -> None:
        # Text that spells a special token, "[SEP]" say, is read as text.
        tokenizer.encode_special_tokens = True
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._spec = spec
        self._cls = _token_id(tokenizer, "[CLS]", "<s>")
        self._sep = _token_id(tokenizer, "[SEP]", "</s>")
        self._open = _token_id(tokenizer, QUOTE_OPEN)
        self._close = _token_id(tokenizer, QUOTE_CLOSE)

    @classmethod
    def from_file(cls, path: Path, spec: InputSpec) -> InputEncoder:
        """Load a `tokenizer.json`; raise `ModelError` when it cannot be read."""
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises bare Exception
            raise ModelError(f"cannot read the tokenizer {path}: {error}") from error
        return cls(tokenizer, spec)

    def encode(self, statement: StatementText) -> EncodedStatement:
        """Return the token ids of one statement, at most `InputSpec.max_tokens` of them."""
        spec = self._spec
        body = [self._cls, *self._body(statement), self._sep]
        rest = [
            *self._head(statement.speaker, spec.speaker),
            self._sep,
            *self._head(statement.title, spec.title),
            self._sep,
            *self._tail(statement.previous, spec.previous),
            self._sep,
        ]
        return EncodedStatement(body + rest, [0] * len(body) + [1] * len(rest))

    def encode_words(self, statement: StatementText) -> EncodedStatement:
        """Return the token ids of the quoted pieces alone, for the word model."""
        ids = [
            token
            for start, end in statement.pieces
            for token in self._head(statement.context[start:end], self._spec.quote)
        ]
        return EncodedStatement(ids or [self._sep], [0] * max(len(ids), 1))

    def _body(self, statement: StatementText) -> list[int]:
        context, pieces = statement.context, statement.pieces
        quoted = self._quoted(context, pieces)
        room = self._spec.body - len(quoted)
        left = self._tail(context[: pieces[0][0]], room)
        right = self._head(context[pieces[-1][1] :], room)
        # Each side may use what the other leaves over.
        left_room = max(room // 2, room - len(right))
        left = left[len(left) - min(len(left), left_room) :]
        return left + quoted + right[: room - len(left)]

    def _quoted(self, context: str, pieces: Sequence[Span]) -> list[int]:
        """Return the marked pieces with the words between them, within the quote's budget."""
        room = self._spec.quote
        ids: list[int] = []
        position = pieces[0][0]
        for start, end in pieces:
            between = self._head(context[position:start], room)
            # The comma before an attribution clause belongs to the newspaper, not the speaker.
            piece = self._head(context[start:end].rstrip(", "), room - len(between) - 2)
            if ids and not piece:
                break
            ids += [*between, self._open, *piece, self._close]
            room = self._spec.quote - len(ids)
            position = end
        return ids

    def _head(self, text: str, budget: int) -> list[int]:
        if budget <= 0 or not text:
            return []
        return self._ids(text[: budget * _CHARACTERS_PER_TOKEN])[:budget]

    def _tail(self, text: str, budget: int) -> list[int]:
        if budget <= 0 or not text:
            return []
        return self._ids(text[-budget * _CHARACTERS_PER_TOKEN :])[-budget:]

    def _ids(self, text: str) -> list[int]:
        # The tokenizer refuses half a surrogate pair, which JSON can spell.
        text = text.encode("utf-8", "replace").decode("utf-8")
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids


def _token_id(tokenizer: Tokenizer, *names: str) -> int:
    for name in names:
        token_id: int | None = tokenizer.token_to_id(name)
        if token_id is not None:
            return token_id
    raise ModelError(f"the tokenizer has none of the tokens {', '.join(names)}")
