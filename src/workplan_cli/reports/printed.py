"""The words of a page as they go into a document: which of them, and how they stand out from those around them.

This module alone knows what of a page only a screen can use: drawings, buttons, tables to download. All of it is left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from workplan_cli.reports.tame import tame

_BLANK = re.compile(r"[ \t\r\n\f]+")
_EDGE = re.compile(r"[\t\r\n\f]")
_DRAWN = frozenset(("svg", "script", "style", "input", "button", "img", "label"))
_LEFT_OUT = frozenset(("data", "filter", "stack", "tiles", "sr", "spark"))
"""Classes of what only a screen can use, or what a text beside it says in words."""


@dataclass(frozen=True)
class Look:
    """How words stand out from those around them."""

    bold: bool = False
    italic: bool = False
    code: bool = False
    listed: bool = False
    """Whether marks stand beside each other to be explained, and none is what is said."""
    language: str = ""
    link: str = ""
    """The opening tag of the link that the words are."""


@dataclass(frozen=True)
class Words:
    """Words that look alike; `is_break` is the end of a line."""

    text: str
    look: Look
    is_break: bool = False


def classes(element: Element) -> frozenset[str]:
    """The classes of an element."""
    return frozenset(str(element.get("class") or "").split())


def is_left_out(element: Element) -> bool:
    """Whether an element is nothing for a document."""
    tag: object = element.tag  # of a comment it is no word
    if not isinstance(tag, str) or tag in _DRAWN or element.get("hidden") is not None:
        return True
    if element.tag == "figure" and element.find("ol") is not None:
        return True  # the map, whose squares the table beneath it names
    if element.tag == "a" and element.text == "#":
        return True  # what leads to where one is
    return bool(classes(element) & _LEFT_OUT)


def within(element: Element, look: Look) -> Look:
    """How words look within an element."""
    tag, kinds = element.tag, classes(element)
    if tag in ("b", "strong", "dt") or ("mark" in kinds and not look.listed):
        look = replace(look, bold=True)
    elif "legend" in kinds:
        look = replace(look, listed=True)
    elif tag in ("i", "em", "cite"):
        look = replace(look, italic=True)
    elif tag in ("code", "kbd"):
        look = replace(look, code=True)
    language = element.get("lang")
    return replace(look, language=language) if language else look


def says(line: list[Words]) -> bool:
    """Whether a line has more than blanks."""
    return any(words.text.strip() or words.is_break for words in line)


def drawn_together(line: Iterable[Words]) -> Iterator[Words]:
    """The words of a line that has no blank at its ends, and none behind another."""
    found: list[Words] = []
    for words in line:
        text = (_EDGE if words.look.code else _BLANK).sub(" ", tame(words.text))
        at_blank = not found or found[-1].is_break or found[-1].text.endswith(" ")
        if at_blank and not words.look.code:
            text = text.lstrip(" ")
        if text or words.is_break:
            found.append(replace(words, text=text))
    while found and (found[-1].is_break or not found[-1].text.strip(" ")):
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    yield from found


def lines(text: str, look: Look) -> list[Words]:
    """Text that keeps its lines, as one line with breaks."""
    found: list[Words] = []
    for line in text.strip("\n").split("\n"):
        found += [Words(line, look), Words("", look, is_break=True)]
    return found[:-1]


def text_of(element: Element) -> str:
    """What an element says, without what is left out."""
    if is_left_out(element):
        return ""
    return (element.text or "") + "".join(text_of(child) + (child.tail or "") for child in element)


def led(line: list[Words], link: str) -> list[Words]:
    """A line that leads somewhere as a whole."""
    return [replace(words, look=replace(words.look, link=link)) for words in line]
