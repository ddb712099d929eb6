"""The style sheet as it goes into every page: without what only its author reads. This module alone shortens CSS."""

import re

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_STRING = re.compile(r"(\"[^\"\n]*\"|'[^'\n]*')")


def shortened(css: str) -> str:
    """The same rules without comments and without blanks that mean nothing; strings stay as they are."""
    pieces = _STRING.split(_COMMENT.sub(" ", css))
    return "".join(piece if place % 2 else _squeezed(piece) for place, piece in enumerate(pieces)).strip()


def _squeezed(css: str) -> str:
    """Blanks go where no rule needs them: never around `+` and `-`, which calc() wants apart, nor before `(`, as in `and (`."""
    one_line = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,>]) ?", r"\1", re.sub(r": (?=\S)", ":", one_line)).replace(";}", "}")
