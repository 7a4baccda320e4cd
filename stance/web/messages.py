"""What the page says when there is nothing to show, or something to beware of."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal


@dataclass(frozen=True, slots=True)
class Message:
    """A few words to the reader: what is the matter, and what to do about it."""

    kind: Literal["hint", "problem"]
    title: str
    advice: str

    def html(self) -> str:
        """Return the message as HTML; a screen reader says it at once."""
        role = "alert" if self.kind == "problem" else "status"
        return (
            f'<div class="message {self.kind}" role="{role}"><h2>{escape(self.title)}</h2>'
            f"<p>{escape(self.advice)}</p></div>"
        )


EMPTY = Message(
    "hint",
    "There is no text yet.",
    "Paste an article into the box, open a file, or choose one of the examples.",
)
NOT_ENGLISH = Message(
    "problem",
    "This does not look like English.",
    "The model was trained on English news alone; what it would say of other languages is worth "
    "nothing, so nothing was scored. If this is English, add a few more sentences.",
)
NO_QUOTES = Message(
    "hint",
    "No quoted statement was found.",
    "Only words in quotation marks, or set off like them, are scored. Articles that report speech "
    "without quoting it have nothing to show here.",
)
NO_STATEMENT = Message(
    "problem",
    "No statement of this article has this id.",
    "Score the same text first, and take the `statement_id` of one of its rows.",
)
TIME_OUT = Message(
    "problem",
    "This took too long.",
    "The article was not finished in time. Try again in a moment, or with a part of it.",
)
FAILED = Message(
    "problem",
    "Something went wrong on our side.",
    "The article was not scored. Try again; if it happens twice, tell whoever runs this page.",
)


def unrelated(unsure: int) -> Message:
    """Return what to say where every statement is labelled unrelated, some without certainty."""
    doubt = f" {unsure} of them {'is' if unsure == 1 else 'are'} unsure: look at those marked ?."
    return Message(
        "hint",
        "No statement about US–Russia relations was found.",
        "The statements below are all labelled as being about something else."
        f"{doubt if unsure else ''} Stance toward the relations can only be read where they are "
        "the subject.",
    )


def too_long(characters: int, limit: int) -> Message:
    """Return what to say of a text of more characters than are read."""
    return Message(
        "problem",
        "This text is too long.",
        f"It has {characters:,} characters; up to {limit:,} are read at a time here. Give one "
        "article at a time, or use the command `stance score`, which reads whole archives.",
    )


def busy(seconds: int) -> Message:
    """Return what to say when the service takes on no more work for now."""
    wait = "a second" if seconds <= 1 else f"{seconds} seconds"
    return Message(
        "problem",
        "Too many articles are being read at the moment.",
        f"Nothing is lost: press the button again in {wait}.",
    )


def unusable(reason: str) -> Message:
    """Return what to say of an input that cannot be read, for a reason of one line."""
    return Message("problem", "This cannot be read.", f"The reason: {reason}.")
