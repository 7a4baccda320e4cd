"""From an article's text to the statements that are quoted in it.

`paragraphs` cuts the text, `marks` finds quotation marks and `quotations` pairs them (`singles`
those that look like apostrophes). `narration` reads the words around them; by these `layout` and
`speech` judge which quotations somebody says, and `joining` which belong to one statement.
`unmarked` adds tweets and block quotes. `statements` puts it all together; `html` reads web pages.
"""

from stance.extraction.statements import find_statements

__all__ = ["find_statements"]
