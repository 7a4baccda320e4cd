"""Which articles can concern US–Russia relations at all.

An article that names neither Russia nor the Soviet Union nor what stands for them holds no
statement about the relations, and the encoder need not read it. The list errs on the side of
reading; `scripts/evaluate.py` prints what recall it costs, and `scripts/benchmark.py` what share
of a general news archive it passes over.
"""

from __future__ import annotations

from stance.records import Article

_NAMES = (
    *("russia", "soviet", "ussr", "u.s.s.r", "moscow", "kremlin", "cold war", "crimea"),
    *("putin", "medvedev", "yeltsin", "gorbachev", "brezhnev", "khrushchev", "stalin"),
    *("lavrov", "peskov"),
)
"""Parts of words, in lower case. Plain substrings: one regular expression takes 7 × as long."""

_ABBREVIATIONS = ("NATO", "Nato", "KGB", "GRU", "FSB")
"""Looked for as they are written, since in lower case they are parts of other words."""


def may_concern_relations(article: Article) -> bool:
    """Return whether the article's text or title names Russia or what stands for it."""
    text = f"{article.title or ''}\n{article.text}"
    lowered = text.lower()
    return any(name in lowered for name in _NAMES) or any(name in text for name in _ABBREVIATIONS)
