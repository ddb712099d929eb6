"""A whole file of the record, and the place it has in the repository.

This module alone knows how a path and an identity are the same thing: `states/{state}/{round}/submission.yaml` names the file,
and its words in braces become fields of the document, which are therefore never written inside it.
"""

import re
from functools import cache
from typing import ClassVar

from workplan_cli.model.text import Model

PATTERNS = {
    "state": r"[A-Z]{3}",
    "round": r"[a-z0-9]+(?:[.-][a-z0-9]+)*",
    "org": r"[a-z0-9]+(?:-[a-z0-9]+)*",
    "chapter": r"[a-z0-9]+(?:-[a-z0-9]+)*",
    "source": r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*",
    "treaty": r"[A-Z0-9]+(?:-[A-Z0-9]+)*",
    "holder": r"[A-Z]{3}|[a-z0-9]+(?:-[a-z0-9]+)*",
}
"""What each word in braces may stand for."""


class Document(Model):
    """A model that is a whole file. `location` is its place below `data/`."""

    location: ClassVar[str]

    @classmethod
    def identity(cls) -> tuple[str, ...]:
        """The names of the fields that the path fills."""
        return tuple(re.findall(r"{(\w+)}", cls.location))

    @classmethod
    def at(cls, path: str) -> dict[str, str] | None:
        """The identity that a path below `data/` gives, or None when the path is not a place of this document."""
        match = _regex(cls.location).fullmatch(path)
        return match.groupdict() if match else None

    @property
    def path(self) -> str:
        """Its path below `data/`."""
        return self.location.format(**{name: getattr(self, name) for name in self.identity()})


@cache
def _regex(location: str) -> re.Pattern[str]:
    pieces = re.split(r"{(\w+)}", location)
    text = "".join(
        re.escape(piece) if position % 2 == 0 else f"(?P<{piece}>{PATTERNS[piece]})" for position, piece in enumerate(pieces)
    )
    return re.compile(text)
