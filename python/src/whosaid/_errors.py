"""What goes wrong."""

from __future__ import annotations


class WhosaidError(RuntimeError):
    """The program ended with an error; ``code`` is its exit code, ``log`` what it said."""

    def __init__(self, message: str, code: int | None = None, log: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.log = log


class ProgramNotFound(WhosaidError):
    """No program whosaid is found."""
