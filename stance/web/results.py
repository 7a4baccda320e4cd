"""One article that was read: what every part of the page shows."""

from __future__ import annotations

from dataclasses import dataclass

from stance.records import Article, ScoredStatement


@dataclass(frozen=True, slots=True)
class Result:
    """An article and its scored statements, in text order."""

    article: Article
    statements: tuple[ScoredStatement, ...]

    def statement(self, index: object) -> ScoredStatement | None:
        """Return a statement by its index as a browser sent it; None where there is none."""
        if not isinstance(index, int) or not 0 <= index < len(self.statements):
            return None
        return self.statements[index]
