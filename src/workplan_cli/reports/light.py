"""A page without what no browser needs. This module alone takes from a finished page; what is seen stays as it is."""

import re

from workplan_cli.reports.stylesheet import fitted

_IMPLIED = ("</td>", "</th>", "</tr>", "</thead>", "</tbody>", "</tfoot>", "</li>", "</dt>", "</dd>")
"""End tags that HTML lets go: what may follow each, a further cell, row or line or the end of the whole, says the same."""
_SCRIPT = re.compile(r"(<script\b.*?</script)", re.S | re.I)


def light(page: str, css: str, is_ours: bool) -> str:
    """A page with the rules it can use, and without end tags that the next tag implies. Scripts stay as they are."""
    pieces = _SCRIPT.split(page)
    return fitted("".join(piece if place % 2 else _without_ends(piece) for place, piece in enumerate(pieces)), css, is_ours)


def _without_ends(html: str) -> str:
    for tag in _IMPLIED:
        html = html.replace(tag, "")
    return html
