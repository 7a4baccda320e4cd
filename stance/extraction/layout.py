"""Paragraphs of a page that hold no statement: headings, captions, links, menus, newsletters."""

from __future__ import annotations

import re

from stance.records import Span
from stance.words.cues import word_set

_CLUTTER = re.compile(
    r"""
    [\[(*•>\s]{0,3}(?:
      (?:also\ read|read\ also|also\ see|see\ also|read\ more|more\ from|related|recommended
        |must[\ -]read|must[\ -]watch|watch(?:\ now|\ live|\ here)?|listen|don[’']t\ miss
        |click\ (?:here|to)|trending|most\ (?:read|popular)|you\ (?:may|might)\ (?:also\ )?like
        |in\ pics|in\ pictures|gallery|slideshow|video|photos?|image|caption|file\ photo|media
        |advertisement|share\ this|follow\ us|next\ story|previous\ story|up\ next)
      \s*(?:[:|>»]|\ [-–—]\ |$)
      |just\ watched\b
      |(?:image|media|video|photo)\ (?:copyright|caption|credit|playback)\b
      |(?:sign\ up|subscribe|get\ (?:the|our)\ \S+\ (?:newsletter|app))\b
      |(?:photo|image|picture)s?\ (?:by|courtesy|credit|via)\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:getty images|ap photo|\(ap\)|reuters/|/reuters|/afp|afp/|file photo)[^.]{0,40}$",
    re.IGNORECASE,
)
_MARKS = "\"“”„‘’'«»"
_WORD = re.compile(r"\w[\w’'-]*")

MAX_HEADING_WORDS = 16
"""Longest heading; headlines of the development articles have 4 to 15 words."""

MAX_QUOTED_WORDS = 8
"""The same for a heading that stands in quotation marks as a whole."""

MAX_CREDIT_WORDS = 60
"""Longest caption that may end with a photographer's credit."""


def is_clutter(text: str, span: Span) -> bool:
    """Tell whether a paragraph is a page's furniture: a link, a caption, a newsletter line.

    Args:
        text: The article's text.
        span: One of its paragraphs.
    """
    start, end = span
    if _CLUTTER.match(text, start, min(end, start + 80)):
        return True
    if _CREDIT.search(text, max(start, end - 80), end) is None:
        return False
    return len(_WORD.findall(text, start, min(end, start + 600))) <= MAX_CREDIT_WORDS


def is_heading(text: str, span: Span, *, is_first: bool) -> bool:
    """Tell whether a paragraph is a headline or a subheading: short and not a sentence.

    Args:
        text: The article's text.
        span: One of its paragraphs.
        is_first: Whether it is the first of the article, where a headline may end in a full stop.
    """
    start, end = span
    if end - start > 200 or "\n" in text[start:end]:
        return False
    line = text[start:end].rstrip("\"”’'»)]")
    words = _WORD.findall(line)
    if len(words) > (MAX_QUOTED_WORDS if _is_quoted(text, span) else MAX_HEADING_WORDS):
        return False
    if is_first and is_title_case(words):
        return True
    return line[-1:] not in ".!?…:;," and not line.endswith(("...", "—", "--"))


def _is_quoted(text: str, span: Span) -> bool:
    return text[span[0]] in _MARKS and text[span[1] - 1] in _MARKS


_SMALL_WORDS = word_set(
    """
    a an the and but or nor for so yet as at by in into of off on onto out over per than that to
    up via with from vs is it be are was us s t’s about after amid against before not n't no who
    when how if my
    """
)


def is_title_case(words: list[str]) -> bool:
    """Tell whether the words are written as in a title: two or more, the long ones capitalised.

    Words all in capitals are shouting, not a title.
    """
    telling = [word for word in words if word.lower() not in _SMALL_WORDS]
    if len(words) < 2 or not telling or words[0][0].islower():
        return False
    if all(word.isupper() for word in telling):
        return False
    return all(word[0].isupper() or not word[0].isalpha() for word in telling)
