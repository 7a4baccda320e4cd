"""Pair quotation marks into quotations, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stance.extraction.marks import Family, Mark, Role, find_marks
from stance.extraction.singles import pair_singles
from stance.records import Span

_SAID = frozenset(("said", "says", "told", "asked", "added", "wrote"))
"""Verbs that tell a quotation's end where a mark is missing; rarer ones gain nothing here."""
_SAID_ALTERNATIVES = "|".join(sorted(_SAID))
_ATTRIBUTION = re.compile(
    rf"[,?!](?=\s(?:(?:he|she|they|(?:[A-Z][\w.’'-]{{1,20}}\s){{1,3}})\s?(?:{_SAID_ALTERNATIVES})"
    rf"|(?:{_SAID_ALTERNATIVES})\s(?:he|she|they|[A-Z]))\b)"
)
"""Where the words of a quotation that lacks its closing mark give way to `she said`."""

MAX_SIGNATURE_WORDS = 8
"""Words of a name with an office that ends a pull quote inside its marks."""

LOOK_AHEAD = 8
"""Marks after a misprinted one among which its closing mark is looked for."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One outermost pair of quotation marks within one paragraph.

    `start` and `end` bound the quoted characters; `outer` takes in the marks. `paragraph` is an
    index into the paragraphs of the text. `closed` is false where no closing mark was found;
    `continues` is true where the quotation goes on from the paragraph before.
    """

    start: int
    end: int
    outer: Span
    paragraph: int
    family: Family
    closed: bool
    continues: bool


def find_quotations(text: str, spans: Sequence[Span]) -> list[Quotation]:
    """Find the outermost quotations of a text, whether anyone says them or not.

    A quotation that is not closed ends with its paragraph. It goes on in the next one when that
    opens with a mark again, or holds the missing closing mark before any other.

    Args:
        text: Any text; takes time linear in its length.
        spans: Its paragraphs, as `paragraphs` returns them.

    Returns:
        Non-empty, non-overlapping quotations in text order, each within one paragraph.
    """
    grouped = _group(text, spans)
    found: list[Quotation] = []
    pending: Family | None = None
    for index, (span, marks) in enumerate(zip(spans, grouped, strict=True)):
        if not marks:
            pending = None
            continue
        following = grouped[index + 1] if index + 1 < len(grouped) else []
        goes_on = bool(following) and _resumes(following[0], spans[index + 1][0])
        scan = _Paragraph(text, span, index, marks, goes_on)
        pending = scan.pair(pending)
        found.extend(scan.found)
    return found


def _group(text: str, spans: Sequence[Span]) -> list[list[Mark]]:
    """Distribute the marks of a text over its paragraphs."""
    grouped: list[list[Mark]] = [[] for _ in spans]
    index = 0
    for mark in find_marks(text):
        while index < len(spans) and spans[index][1] <= mark.start:
            index += 1
        if index == len(spans):
            break
        if mark.start >= spans[index][0]:
            grouped[index].append(mark)
    return grouped


def _resumes(mark: Mark, paragraph_start: int) -> bool:
    """Tell whether a paragraph's first mark takes up a quotation left open before it."""
    return mark.role is not Role.CLOSE and mark.start == paragraph_start


class _Paragraph:
    """The state of pairing within one paragraph."""

    def __init__(self, text: str, span: Span, index: int, marks: list[Mark], goes_on: bool) -> None:
        self.text = text
        self.span = span
        self.index = index
        self.marks = marks
        self.goes_on = goes_on
        self.found: list[Quotation] = []
        self._singles = pair_singles(text, marks)
        self._lowest = _lowest_depths(marks)

    def pair(self, pending: Family | None) -> Family | None:
        """Fill `found`; take and return the family of a quotation left open at an end."""
        at = 0
        first = self.marks[0]
        if pending is not None and first.family is pending and first.role is Role.CLOSE:
            at = 1 if self._is_signature(first) else self._take(None, pending, 0, continues=True)
        while at < len(self.marks):
            mark = self.marks[at]
            resumed = pending is mark.family and mark.start == self.span[0]
            if mark.family is Family.SINGLE:
                at = self._take_single(at, resumed)
            elif self._opens(mark) or self._opens_misprinted(at):
                at = self._take(mark, mark.family, at + 1, continues=resumed)
            elif at == 0 and self._lacks_opener(mark):
                at = self._take(None, mark.family, 0, continues=False)
            else:
                at += 1
        last = self.found[-1] if self.found else None
        return last.family if last is not None and not last.closed else None

    def _opens(self, mark: Mark) -> bool:
        """Tell whether a mark opens a quotation where none is open."""
        if mark.role is Role.CLOSE:
            return False
        before = self.text[mark.start - 1 : mark.start]
        return not (mark.role is Role.EITHER and before.isdigit())

    def _opens_misprinted(self, at: int) -> bool:
        """Tell whether a closing mark stands where an opening one is meant (says,” we …”)."""
        mark = self.marks[at]
        before = self.text[mark.start - 1 : mark.start]
        if mark.start > self.span[0] and not before.isspace() and before not in ",:":
            return False
        nearby = self.marks[at + 1 : at + 1 + LOOK_AHEAD]
        following = (other.role for other in nearby if other.family is mark.family)
        return next(following, None) is Role.CLOSE and not self._attributes(mark)

    def _is_signature(self, mark: Mark) -> bool:
        """Tell whether a paragraph up to a closing mark at its end is a name and no words said."""
        words = self.text[self.span[0] : min(mark.start, self.span[0] + 100)].split()
        capitals = sum(word[0].isupper() for word in words)
        return mark.end == self.span[1] and capitals >= 2 and len(words) <= MAX_SIGNATURE_WORDS

    def _lacks_opener(self, mark: Mark) -> bool:
        """Tell whether a paragraph begins inside a quotation whose opening mark is missing."""
        ends_words = self.text[mark.start - 1 : mark.start] in tuple(",.?!")
        return mark.family is Family.DOUBLE and ends_words and self._attributes(mark)

    def _attributes(self, mark: Mark) -> bool:
        """Tell whether a verb of saying follows a mark within a few words."""
        words = self.text[mark.end : min(mark.end + 60, self.span[1])].split()[:4]
        return any(word.rstrip(",.:;") in _SAID for word in words)

    def _take(self, opener: Mark | None, family: Family, at: int, *, continues: bool) -> int:
        """Read from an opening mark (or the paragraph's start) to where its quotation ends.

        Returns:
            The index of the first mark after the quotation.
        """
        depth = 1
        while at < len(self.marks):
            mark = self.marks[at]
            if mark.family is family:
                if mark.role is Role.OPEN and self._lowest[family][at + 1] <= -(depth + 1):
                    depth += 1
                elif mark.role is Role.OPEN and mark.shape is not Role.CLOSE:
                    self._add(opener, mark.start, None, continues)
                    return at
                else:
                    depth -= 1
            if depth == 0:
                self._add(opener, mark.start, mark, continues)
                return at + 1
            at += 1
        self._add(opener, self.span[1], None, continues, family)
        return at

    def _take_single(self, at: int, resumed: bool) -> int:
        """Take a quotation in single marks where one opens; return the next mark's index."""
        mark = self.marks[at]
        close = self._singles[at]
        if close is not None:
            self._add(mark, self.marks[close].start, self.marks[close], resumed)
            return close + 1
        if mark.start != self.span[0] or mark.role is not Role.OPEN or not self.goes_on:
            return at + 1
        if any(other.family is not Family.SINGLE for other in self.marks):
            return at + 1
        self._add(mark, self.span[1], None, resumed)
        return len(self.marks)

    def _add(
        self,
        opener: Mark | None,
        end: int,
        closer: Mark | None,
        continues: bool,
        family: Family = Family.DOUBLE,
    ) -> None:
        """Record a quotation, without the white space inside its marks; drop an empty one."""
        start = opener.end if opener else self.span[0]
        if closer is None and (end < self.span[1] or not self.goes_on):
            attribution = _ATTRIBUTION.search(self.text, start, end)
            end = attribution.end() if attribution else end
        quoted = self.text[start:end]
        lead = len(quoted) - len(quoted.lstrip())
        quoted = quoted.strip()
        if not any(map(str.isalnum, quoted)):
            return
        outer = (opener.start if opener else start, closer.end if closer else end)
        family = opener.family if opener else family
        begin = start + lead
        self.found.append(
            Quotation(
                begin,
                begin + len(quoted),
                outer,
                self.index,
                family,
                closer is not None,
                continues,
            )
        )


def _lowest_depths(marks: Sequence[Mark]) -> dict[Family, list[int]]:
    """Return for each family the lowest nesting depth reached from each mark on, relative to it.

    Opening marks count +1 and all others −1. *Length:* one more than `marks`.
    """
    lowest = {family: [0] * (len(marks) + 1) for family in {mark.family for mark in marks}}
    for family, depths in lowest.items():
        for at in range(len(marks) - 1, -1, -1):
            mark = marks[at]
            if mark.family is not family:
                depths[at] = depths[at + 1]
                continue
            step = 1 if mark.role is Role.OPEN else -1
            depths[at] = min(step, step + depths[at + 1])
    return lowest
