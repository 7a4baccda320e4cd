"""From an article's text to the statements that are quoted in it."""

from stance.extraction.statements import find_statements

__all__ = ["find_statements"]
