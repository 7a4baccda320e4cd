"""Errors that a user can cause and mend; each message is one line that says what to do."""


class StanceError(Exception):
    """Base of every error that the command line shows as one line instead of a traceback."""


class InputError(StanceError):
    """An input that cannot be read at all: missing, wrong kind, or without its text column."""


class ArticleError(StanceError):
    """One article that cannot be used; the run goes on without it."""


class OutputError(StanceError):
    """An output that cannot be written, or a resume that does not fit what is there."""


class ModelError(StanceError):
    """A model folder that is missing, incomplete or of another version."""
