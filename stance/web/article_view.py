"""The article as it was written, with its statements marked, as HTML.

Every piece of the article's text passes through `html.escape`; nothing of it becomes markup.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise

from stance.extraction.paragraphs import paragraphs
from stance.records import Article, ScoredStatement, Span
from stance.web.looks import STANCE_LOOKS, UNSURE, signed

LONGEST_HEADLINE = 140
"""Characters that a first paragraph without a full stop may have to be set as a headline."""

MAX_NAME = 40
"""Characters of a speaker's name that a tag shows."""

CLOSING_MARKS = "\"'”’»"
MAX_CLOSING = 3
"""A tag stands after up to so many of these, so that it does not part a quotation from its end."""

UNKNOWN_SPEAKER = "speaker unknown"


def article_view(article: Article, statements: Sequence[ScoredStatement]) -> str:
    """Return an article as HTML: its paragraphs, its statements as `<mark>`, a tag after each.

    A tag is a button with the sign and word of the stance, the speaker and the score; its
    `data-index` is the statement's index. Where statements overlap, the later one is on top.
    Without the tags and the title, the text content is the article's text.
    """
    text = article.text
    spans = paragraphs(text)
    tags = _tag_places(text, statements)
    cuts = {*tags, *(place for span in spans for place in span)}
    runs = deque(runs_of(len(text), statements, cuts))

    def up_to(place: int) -> Iterator[str]:
        """Write the runs before `place`, each with the tags of the statements that end with it."""
        while runs and runs[0][1] <= place:
            start, end, owner = runs.popleft()
            piece = text[start:end]
            if owner is None or piece.isspace():
                yield escape(piece)
            else:
                yield mark(escape(piece), statements[owner], owner)
            yield from (tag(statements[index], index) for index in tags.get(end, ()))

    parts = [f'<h3 class="headline">{escape(article.title)}</h3>'] if article.title else []
    for start, end in spans:
        parts.extend(up_to(start))
        headline = not article.title and (start, end) == spans[0] and is_headline(text[start:end])
        parts.extend(('<p class="headline">' if headline else "<p>", *up_to(end), "</p>"))
    parts.extend(up_to(len(text)))
    return f'<article class="article" aria-label="The article">{"".join(parts)}</article>'


def is_headline(paragraph: str) -> bool:
    """Tell whether an article's first paragraph is its headline: short, and no sentence."""
    last = paragraph.rstrip("\"'”’»)")[-1:]
    return len(paragraph) <= LONGEST_HEADLINE and "\n" not in paragraph and last not in ".?!…:,"


def headline_of(article: Article) -> str | None:
    """Return an article's title, or its first paragraph where that is a headline."""
    if article.title:
        return article.title
    first = next((article.text[start:end] for start, end in paragraphs(article.text)), "")
    return first if first and is_headline(first) else None


Run = tuple[int, int, int | None]
"""A stretch of text, half-open offsets, and the index of the statement on top of it, if any."""


def runs_of(length: int, statements: Sequence[ScoredStatement], cuts: Collection[int]) -> list[Run]:
    """Cut a text of `length` characters into runs with one statement on top of each, or none.

    Of statements that overlap, the one that begins last is on top; of those that begin together,
    the one that ends first. Offsets outside the text are cut off. No run goes across one of `cuts`.
    """
    opening: dict[int, list[tuple[int, int]]] = {}
    places = {0, length, *cuts}
    for index, statement in enumerate(statements):
        for start, end in within(statement.segments, length):
            opening.setdefault(start, []).append((end, index))
            places.update((start, end))
    runs: list[Run] = []
    stack: list[tuple[int, int]] = []
    for place, following in pairwise(sorted(places)):
        stack.extend(sorted(opening.get(place, ()), reverse=True))
        while stack and stack[-1][0] <= place:
            stack.pop()
        runs.append((place, following, stack[-1][1] if stack else None))
    return runs


def within(segments: Iterable[Span], length: int) -> Iterator[Span]:
    """Cut spans to a text of `length` characters; those that are empty then are left out."""
    for first, last in segments:
        start, end = max(first, 0), min(last, length)
        if start < end:
            yield start, end


def _tag_places(text: str, statements: Sequence[ScoredStatement]) -> dict[int, list[int]]:
    """Return the statements whose tag stands at each place: after their closing quotation marks."""
    places: dict[int, list[int]] = {}
    for index, statement in enumerate(statements):
        end = max(0, min(statement.end, len(text)))
        after = text[end : end + MAX_CLOSING]
        closing = len(after) - len(after.lstrip(CLOSING_MARKS))
        places.setdefault(end + closing, []).append(index)
    return places


def mark(escaped: str, statement: ScoredStatement, index: int) -> str:
    """Return a piece of a statement, already escaped, with its stance as colour and pattern."""
    strength = f"{abs(statement.stance_score):.2f}"
    unsure = " unsure" if statement.needs_review else ""
    return (
        f'<mark class="{statement.stance}{unsure}" style="--strength:{strength}" '
        f'data-index="{index}">{escaped}</mark>'
    )


def tag(statement: ScoredStatement, index: int) -> str:
    """Return the button that stands after a statement and opens its details."""
    look = STANCE_LOOKS[statement.stance]
    unsure = statement.needs_review
    name = shortened(statement.speaker or UNKNOWN_SPEAKER)
    words = look.word + (UNSURE if unsure else "")
    score = "" if statement.stance == "unrelated" else f" {signed(statement.stance_score)}"
    return (
        f'<button type="button" class="tag {statement.stance}{" unsure" if unsure else ""}" '
        f'data-index="{index}" aria-label="Statement {index + 1}, {escape(name)}: '
        f'{look.phrase}{score}{", not sure" if unsure else ""}. Show details.">'
        f'<span aria-hidden="true">{look.sign} </span><b>{escape(name)}</b> {words}{score}</button>'
    )


def shortened(text: str, limit: int = MAX_NAME) -> str:
    """Return a text with what goes past `limit` characters replaced by an ellipsis."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def legend() -> str:
    """Return the legend of the marks."""
    items = "".join(
        f'<li><mark class="{stance}" style="--strength:0.8">{look.sign} {look.word}</mark> '
        f"{look.rest}</li>"
        for stance, look in STANCE_LOOKS.items()
    )
    unsure = f'<li><mark class="unrelated unsure">{UNSURE}</mark> the model is not sure</li>'
    strength = "<li>The stronger the colour, the farther the score is from 0.</li>"
    return f'<ul class="legend" aria-label="Legend">{items}{unsure}{strength}</ul>'
