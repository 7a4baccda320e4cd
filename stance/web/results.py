"""One article that was read: what every part of the page shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stance.records import Article, ScoredStatement, Span


@dataclass(frozen=True, slots=True)
class Result:
    """An article and its scored statements, in text order.

    The statements are without their contexts, which may be a hundred times the article together;
    `contexts` tells where in its text they are, and `file` the name of the file it came as.
    """

    article: Article
    statements: tuple[ScoredStatement, ...]
    contexts: tuple[Span, ...]
    file: str = ""

    @classmethod
    def of(cls, article: Article, statements: Sequence[ScoredStatement], file: str = "") -> Result:
        """Return the result that keeps statements as they were scored."""
        starts = [context_start(article.text, one) for one in statements]
        spans = (
            (start, start + len(one.context)) for start, one in zip(starts, statements, strict=True)
        )
        bare = tuple(replace(one, context="") for one in statements)
        return cls(article, bare, tuple(spans), file)

    def whole(self) -> Iterator[ScoredStatement]:
        """Yield the statements with their contexts."""
        return map(self._whole, range(len(self.statements)))

    def statement(self, index: object) -> ScoredStatement | None:
        """Return a statement by its index as a browser sent it; None where there is none."""
        if not isinstance(index, int) or not 0 <= index < len(self.statements):
            return None
        return self._whole(index)

    def _whole(self, index: int) -> ScoredStatement:
        start, end = self.contexts[index]
        return replace(self.statements[index], context=self.article.text[start:end])


def context_start(text: str, one: ScoredStatement) -> int:
    """Return where in the article's text the context of a statement begins."""
    size = len(one.context)
    return max(text.find(one.context, max(one.end - size, 0), one.start + size), 0)
