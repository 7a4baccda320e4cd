from __future__ import annotations

import pytest

from stance.extraction import find_statements


def quotes(text: str) -> list[str]:
    return [statement.quote(text) for statement in find_statements(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The port stays open! — Marta Quill (@martaquill) May 2, 2019", ["The port stays open!"]),
        (
            "Port stays open https://t.co/a1 pic.twitter.com/b2 — Marta J. Quill (@mq) May 2, 2019",
            ["Port stays open"],
        ),
        ('<tweet id="7">The port stays open! — Marta Quill (@mq)', ["The port stays open!"]),
        ("https://t.co/a1 The port stays open! — Marta Quill (@mq)", ["The port stays open!"]),
        ("Skip Twitter post 2 by @mq The port stays! — M. Quill (@mq)", ["The port stays!"]),
        ("“The port stays open!” — Marta Quill (@martaquill)", ["The port stays open!"]),
        (
            "He says “no” and means “yes.” Sad! — M. Quill (@mq) May 2, 2019 Sadder! — O. B. (@ob)",
            ["He says “no” and means “yes.” Sad!", "Sadder!"],
        ),
        (
            "Quill tweeted:\n\nThe port stays open, whatever they tell you.\n\nIt rained.",
            ["The port stays open, whatever they tell you."],
        ),
        (
            "Quill wrote on her blog:\n\nThe port stays open, whatever they tell you.",
            ["The port stays open, whatever they tell you."],
        ),
        ("Quill tweeted:\n\n“The port stays open.”", ["The port stays open."]),
        (
            "Marta Quill (@martaquill) The port stays open! https://t.co/a1",
            ["The port stays open!"],
        ),
        ("He said “no” and wrote this:\n\nThe port stays open for all of the ships.", ["no"]),
    ],
)
def test_tweets_and_announced_block_quotes_are_statements(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Read more:\n\nThe port stays open after a long night of talks.",
        "The plan has three parts:\n\nThe port stays open for all of the ships.",
        "She said this much:\n\n— The port stays open for all of the ships.",
        "MARTA QUILL, HOST:\n\nThe port stays open for all of the ships.",
        "Marta Quill (@martaquill) said that the port stays open.",
        "Write to us (@harborpost) about the port and its ships.",
        "x " * 300 + "— Marta Quill (@mq)",
    ],
)
def test_lists_links_and_labels_announce_nothing(text: str) -> None:
    assert quotes(text) == []
