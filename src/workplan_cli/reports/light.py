"""A page without what no browser needs. This module alone takes from a finished page; what is seen stays as it is."""

from workplan_cli.reports.stylesheet import fitted

_IMPLIED = ("</td>", "</th>", "</tr>", "</thead>", "</tbody>", "</tfoot>", "</li>", "</dt>", "</dd>")
"""End tags that HTML lets go: what follows each, a further cell, row or line or the end of the whole, says the same."""


def light(page: str, css: str, is_ours: bool) -> str:
    """A page with the rules it can use, and without end tags that the next tag implies; these only where our own templates
    alone made it, because others may let anything follow."""
    if is_ours:
        for tag in _IMPLIED:
            page = page.replace(tag, "")
    return fitted(page, css, is_ours)
