"""What went wrong, in words a person can act on, in both languages."""

from __future__ import annotations

from tools.finding import Text


class AutopsieError(Exception):
    """An expected failure: what happened and what to do, never a traceback.

    Attributes:
        message: one line in each language.
        exit_code: what the command line returns: 2 for bad input, 1 for failure.
    """

    exit_code = 1

    def __init__(self, en: str, fr: str) -> None:
        super().__init__(en)
        self.message = Text(en=en, fr=fr)


class BadInput(AutopsieError):
    """The request cannot be carried out as it was given."""

    exit_code = 2


class TooLong(BadInput):
    """More than the model reads at once."""


class Missing(AutopsieError):
    """A model, a data set or a program is not there; the message says how to get it."""


class Unavailable(AutopsieError):
    """A server or a capability is out of reach now; what was found before stays."""


class Stopped(AutopsieError):
    """The person pressed Stop, or the time limit of the tool was reached."""
