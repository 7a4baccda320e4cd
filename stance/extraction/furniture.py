"""What a page pastes into its article: links, invitations to subscribe, picture credits.

Such words are blanked in place, so that every offset stays that of the text.
"""

from __future__ import annotations

import re

LINKS_REACH = 600
"""Characters before MORE in which the repeated name stands; three headlines take under 400."""

_LINKS_END = re.compile(r"MORE\b(?<=\sMORE)(?!:)")
_REPEATED_NAME = re.compile(
    r"\b(?P<last>[A-Z][\w'’-]{1,30}) "
    r"(?P<repeat>(?:(?:[A-Z][\w.'’-]{0,30}|\([^()\n]{1,20}\)) ){1,4}(?P=last))(?=[^\sa-z])"
)
_REPEATED_APART = re.compile(
    r"\b(?P<first>[A-Z][\w'’-]{1,30}) (?P<last>[A-Z][\w'’-]{1,30}) "
    r"(?P<repeat>(?P=first) (?:[A-Z][\w.'’-]{0,30} ){0,2}(?P=last))(?= [A-Z])"
)

_NOTICE = re.compile(
    r"^[ \t]*(?:"
    r"ADVERTISEMENT|Advertisement:?(?: Continue reading the main story)?"
    r"|(?i:story continued below)|(?i:continue reading[^\n“”\"]{0,60})"
    r"|Sign up for [^\n“”\"]{0,80}|(?:CLICK|Click) (?:HERE|here)[^\n“”\"]{0,80}"
    r"|(?:READ|WANT) MORE\b[^\n“”\"]{0,120}|More On This\.\.\.|Link Copied"
    r"|SHARE THIS ARTICLE[^\n“”\"]{0,80}|Slideshow \([^\n“”\"]{0,20}\)"
    r"|Media playback is unsupported on your device[^\n“”\"]{0,400}"
    r"|(?:Image|Media) (?:copyright|caption) [^\n“”\"]{0,400}"
    r"|Enlarge this image[^\n“”\"]{0,400}"
    r")[ \t]*$",
    re.MULTILINE,
)
PASTED = (
    r"(?:(?:https?://|pic\.twitter\.com/)[^\s\"“”'’<>()]{1,200}"
    r"|Skip Twitter post (?:\d+ )?by @\w{1,20})"
)
"""Pattern of an address or of the words before a tweet that a page shows inside its text."""

_PASTED = re.compile(PASTED)


def blank_furniture(text: str) -> str:
    """Return a text of the same length with links, notices and credits blanked."""
    return _PASTED.sub(_blank, _NOTICE.sub(_blank, blank_links(text)))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def blank_links(text: str) -> str:
    """Blank the related links that some sites run into a sentence after a politician's name.

    In "Rep. Jane Roe Jane Ann RoeFive things to know MORE (D-Ohio) said" only the first name and
    what follows MORE is the article's.
    """
    pieces = []
    at = 0
    for more in _LINKS_END.finditer(text):
        begin = max(at, more.start() - LINKS_REACH)
        repeat = _REPEATED_NAME.search(text, begin, more.start())
        repeat = repeat or _REPEATED_APART.search(text, begin, more.start())
        if repeat is None:
            continue
        pieces.append(text[at : repeat.start("repeat")])
        pieces.append(" " * (more.end() - repeat.start("repeat")))
        at = more.end()
    return "".join((*pieces, text[at:])) if pieces else text
