"""Addresses: a url of a source or of evidence can be opened.

This module alone knows which addresses a reader can follow.
"""

import re
from collections.abc import Iterator

from workplan_cli.diagnostics import Code, Pointer
from workplan_cli.model.document import Document
from workplan_cli.model.entry import Register
from workplan_cli.model.evidence import Access, Source
from workplan_cli.rules.evidence import HOLDING, name, pieces, place, restricted
from workplan_cli.rules.rule import Context, Found, Rule

_LONGEST = 2_000
_URL = re.compile(r"https?://[^\s/?#@:]+\.[^\s/?#@:]+(?::[0-9]+)?(?:[/?#]\S*)?", re.I)


def bad_url(document: Document, context: Context) -> Iterator[Found]:
    """An address that does not open sends a reader nowhere, and one that runs a script does worse.

    A `url` begins with http:// or https://, names a host and no user, and has no spaces in it.
    """
    if isinstance(document, Source):
        if document.url and document.access is Access.PUBLIC and not _opens(document.url):
            yield _bad_url(("url",), "url", document.url)
        return
    if isinstance(document, Register) and "url" in document.entry.model_fields:
        for number, entry in enumerate(document.entries):
            url: str | None = getattr(entry, "url", None)
            if url and not _opens(url):
                yield _bad_url((document.register(), number, "url"), f"url of {document.noun} {entry.id}", url)
    for key, piece in pieces(document):
        if piece.url and not _opens(piece.url) and not restricted(piece, context):
            yield _bad_url((*place(document, key), "url"), f"url of {name(key)}", piece.url)


def _opens(url: str) -> bool:
    return len(url) <= _LONGEST and _URL.fullmatch(url) is not None


def _bad_url(pointer: Pointer, subject: str, url: str) -> Found:
    if "@" in url.partition("//")[2].partition("/")[0]:
        return Found(pointer, f"{subject} holds the name of a user", "leave out everything between // and @")
    shown = url if len(url) <= 80 else url[:77] + "…"
    return Found(pointer, f"{subject} '{shown}' {_url_problem(url)}", _url_hint(url))


def _url_problem(url: str) -> str:
    if len(url) > _LONGEST:
        return f"has {len(url)} characters, more than a browser takes"
    scheme, _, rest = url.partition(":")
    if re.search(r"\s", url):
        return "has a space in it"
    if not rest or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+-]*", scheme):
        return "does not begin with https://"
    if scheme.lower() not in ("http", "https"):
        return f"is a '{scheme.lower()}' address, which no reader can open"
    return "names no host"


def _url_hint(url: str) -> str:
    if _opens(f"https://{url}"):
        return f"write https://{url}"
    spaced = re.sub(r"\s+", "%20", url.strip())
    if _opens(spaced):
        return f"write {spaced}"
    return "write the address as the browser shows it: https://host/page; or say where it was read in found_at of the source"


RULES = (Rule(Code("WP509", "bad-url"), bad_url, on=(*HOLDING, Source)),)
