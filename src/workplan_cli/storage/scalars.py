"""A scalar as it is written, moved to another place.

This module alone takes scalars apart: plain and quoted ones get their lines joined, literal and folded ones another
indentation. No letter of them changes.
"""

from workplan_cli.storage.gaps import BLOCK_HEADER
from workplan_cli.storage.sourcemap import Node


def joined(written: str, pad: str) -> str:
    """A plain or quoted scalar on one line; where blank lines part it, which YAML reads as line ends, each part on its own."""
    text, *lines = written.split("\n")
    blank = 0
    for line in lines:
        if not line.strip():
            blank += 1
        elif blank:
            text += "\n" * (blank + 1) + pad + line.strip(" \t")
            blank = 0
        elif written[0] == '"' and (len(text) - len(text.rstrip("\\"))) % 2:
            text = text[:-1] + line.lstrip()  # a backslash at the end of a line joins without a space
        else:
            text = text.rstrip() + " " + line.strip(" \t")
    return text


def moved(node: Node, written: str, pad: str) -> tuple[str, int]:
    """A literal or folded scalar with its lines at the indentation `pad`, and how many characters of `written` it takes.

    The blank lines behind it are not its own, unless its header keeps them.
    """
    header = BLOCK_HEADER.match(written)
    assert header is not None
    lines = written[header.end() :].split("\n")
    first = next((line for line in node.value.split("\n") if line.strip(" ")), "")
    deeper = len(first) - len(first.lstrip(" "))
    was = next((len(line) - len(line.lstrip(" ")) - deeper for line in lines if line.strip(" ")), len(written))
    ends = node.value.endswith("\n")
    keeps = ends and "+" in header[2]
    while lines and not lines[-1][was:]:
        del lines[-1]
    size = len(written) if keeps else header.end() + len("\n".join(lines))
    if keeps:
        lines += [""] * (len(node.value) - len(node.value.rstrip("\n")) - bool(lines))
    figures = ("2" if deeper else "") + ("+" if keeps else "" if ends else "-")
    comment = f" {header[3].rstrip()}" if header[3] else ""
    return "\n".join([header[1] + figures + comment, *(pad + line[was:] if line[was:] else "" for line in lines)]), size
