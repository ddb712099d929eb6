"""Findings as Markdown for the summary of a step. This module alone knows how to write for that page, which drops a text over
its limit whole."""

import re

from workplan_cli.exchange.result import Findings, headline, inventory, not_shown

LIMIT = 900_000
"""Bytes; GitHub drops a summary of over a megabyte without a word."""
_ROOM = 300
"""Bytes kept for the last line."""


def render(findings: Findings, limit: int = LIMIT) -> str:
    """A heading, a table of findings by severity as far as there is room, and what was checked."""
    head = f"### workplan validate: {escaped(headline(findings))}\n\n"
    remarks = [
        f"Checked: {inventory(findings)}." if inventory(findings) else "",
        f"Not shown: {not_shown(findings)}." if findings.hidden else "",
    ]
    head += "".join(f"{escaped(remark)}\n\n" for remark in remarks if remark)
    rows = ["| | place | finding |\n|---|---|---|\n"] if findings.shown else []
    size = len((head + "".join(rows)).encode()) + _ROOM
    for position, one in enumerate(findings.by_severity):
        place = f"{one.path}:{one.span.line}:{one.span.column}" if one.span else one.path
        hint = f"<br>{escaped(one.hint)}" if one.hint else ""
        row = f"| {one.code.severity} | {escaped(place)} | {escaped(str(one.code))}<br>{escaped(one.message)}{hint} |\n"
        size += len(row.encode())
        if size > limit:
            rows.append(f"\nand {len(findings.shown) - position:,} more: run workplan validate to see them all\n")
            break
        rows.append(row)
    return head + "".join(rows)


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: no tag, no link, no mention, no cell of a table."""
    return re.sub(r"[&<>\"'`*_~\[\]()|\\#!@:$+.-]", lambda found: f"&#{ord(found.group())};", text)
