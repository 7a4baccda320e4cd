"""Pair single quotation marks, which look like apostrophes."""

from __future__ import annotations

from collections.abc import Sequence

from stance.extraction.marks import Family, Mark, Role

_PLURAL_ENDINGS = frozenset("sSzZxX")


def pair_singles(text: str, marks: Sequence[Mark]) -> list[int | None]:
    """Find for each single mark that opens a quotation the one that closes it.

    The first mark that can close does, unless it stands after a plural's s: that is more likely
    an apostrophe (the dogs' bowls), and closes only where no better one comes before the next
    opening mark. Where all of those belong to quotations inside, a later one closes. Marks that
    would cut a pair of double marks in half pair with nothing.

    Args:
        text: The text.
        marks: All marks of one paragraph in order.

    Returns:
        For each mark the index of its closing mark, or None. *Length:* as `marks`.
    """
    pairs: list[int | None] = [None] * len(marks)
    doubles = _count_doubles(marks)
    closers: list[int] = []  # marks further on that are not taken yet, the nearest last
    nearest: int | None = None
    weak: int | None = None
    for at in range(len(marks) - 1, -1, -1):
        mark = marks[at]
        if mark.family is not Family.SINGLE:
            continue
        if mark.role is not Role.OPEN:
            if mark.role is Role.CLOSE and text[mark.start - 1] in _PLURAL_ENDINGS:
                weak = at
            else:
                closers.append(at)
                nearest = at
            continue
        close = closers[-1] if closers else weak
        if nearest is None and weak is not None:
            close = weak
        if close is not None and (doubles[close] - doubles[at]) % 2 == 0:
            pairs[at] = close
            if close != weak:
                closers.pop()
        nearest = weak = None
    return pairs


def _count_doubles(marks: Sequence[Mark]) -> list[int]:
    counts = [0]
    for mark in marks:
        counts.append(counts[-1] + (mark.family is Family.DOUBLE))
    return counts
