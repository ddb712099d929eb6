"""A line of words as the runs of a Word paragraph. This module alone writes into a document what others wrote, escaped."""

from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from markupsafe import escape

from workplan_cli.reports.printed import Words, drawn_together
from workplan_cli.reports.tame import web_address

_SAFE = "%/:?#[]@!$&()*+,;=~"
_TO_THE_WEB = "<w:hyperlink r:id"
_CODE = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'


def runs_of(line: Iterable[Words], link_style: str) -> str:
    """A line as runs, blanks drawn together; nothing where it says nothing. `link_style` is that of links to the web."""
    made, link = [], ""
    for words in drawn_together(line):
        if words.look.link != link:
            made.append(("</w:hyperlink>" if link else "") + words.look.link)
            link = words.look.link
        made.append(_run(words, link_style))
    return "".join(made) + ("</w:hyperlink>" if link else "")


def _run(words: Words, link_style: str) -> str:
    look = words.look
    properties = (
        (f'<w:rStyle w:val="{link_style}"/>' if look.link.startswith(_TO_THE_WEB) else "")
        + (_CODE if look.code else "")
        + ("<w:b/>" if look.bold else "")
        + ("<w:i/>" if look.italic else "")
        + (f'<w:lang w:val="{escape(look.language)}"/>' if look.language else "")
    )
    said = "<w:br/>" if words.is_break else f'<w:t xml:space="preserve">{escape(words.text)}</w:t>'
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{said}</w:r>"


def web(href: str) -> str | None:
    """An address that may stand in a document: on the web, and written as Word reads addresses."""
    address = web_address(href)
    if address is None:
        return None
    try:
        urlsplit(address).port  # noqa: B018
    except ValueError:
        return None
    return quote(address, safe=_SAFE)
