"""Why the tool cannot go on, in words for the person who typed the command.

Wrong data is never an exception (it is a `Diagnostic`); these are for a missing repository, an unusable option, a full disk.
"""


class WorkplanError(Exception):
    """The tool cannot do what was asked. `hint` says what to do about it; the command line exits with 2."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
