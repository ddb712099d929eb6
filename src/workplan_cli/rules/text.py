"""How words are compared: the one folding that quotations and archived copies share. This module alone knows it."""

import re

_HYPHEN_AT_LINE_END = re.compile(r"(?<=\w)[-\u00ad]\s*\n\s*(?=\w)")
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """White space folded to single spaces, ends stripped, words that were divided at a line's end joined.

    A hyphen at a line's end is dropped with the break: `traf-\\nficking` and `trafficking` are the same words. `well-\\nknown` would become `wellknown`, so both
    sides of a comparison try the form with its hyphens too (`unhyphenated`).
    """
    return _SPACE.sub(" ", _HYPHEN_AT_LINE_END.sub("", text)).strip()


def kept_hyphens(text: str) -> str:
    """As `fold`, but a hyphen at a line's end stays: `well-\\nknown` is `well-known`."""
    return _SPACE.sub(" ", re.sub(r"(?<=\w-)\s*\n\s*(?=\w)", "", text)).strip()
