"""Pages bound into one document: the same words, with a table of contents, and links that lead to a place within it.

This module alone knows how pages that lie beside each other become one. A link to a page that is not bound in leads to what
stands for it, else loses its address and keeps its words; one to the web stays.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_HEADING = re.compile(r"h([1-6])")
_DEEPEST = 6
_CSS = re.compile(r"[^A-Za-z0-9]")


@dataclass(frozen=True)
class Leaf:
    """A page by its path from the report's root, and its HTML."""

    path: str
    html: str
    before: str = ""
    """The address in the first page before which it stands; at the end when not given."""
    levels: int = 1
    """How much lower than on its own its headings are."""


@dataclass(frozen=True)
class Binding:
    """What a document has beside its pages."""

    contents: str
    """What stands over the table of contents."""
    css: str = ""
    """A style sheet behind the one that the first page has."""
    running: Mapping[str, str] = field(default_factory=dict)
    """Words that the style sheet may print on every page, by the names it has for them."""
    depth: int = 3
    """The lowest level of headings that the contents name."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Pages that are not bound in, and what stands for each: an address within the document, or one on the web."""


def bind(leaves: Sequence[Leaf], how: Binding) -> str:
    """One page out of several, as HTML."""
    whole = joined(leaves, how)
    style = ElementTree.SubElement(first_of(whole, "head"), "style")
    style.text = how.css + _strings(how.running)
    return "<!doctype html>\n" + ElementTree.tostring(whole, encoding="unicode", method="html")


def joined(leaves: Sequence[Leaf], how: Binding) -> Element:
    """One page out of several: the first as it is, each other as a chapter of it."""
    roots = [_parsed(leaf.html) for leaf in leaves]
    mains = [first_of(root, "main") for root in roots]
    for number, (leaf, main) in enumerate(zip(leaves[1:], mains[1:], strict=True), 1):
        _demote(main, leaf.levels)
        _rename(main, f"p{number}.")
    places = dict(how.elsewhere)
    for number, (leaf, main) in enumerate(zip(leaves, mains, strict=True)):
        places.update(_places(leaf.path, main, f"p{number}." if number else ""))
    for leaf, main in zip(leaves, mains, strict=True):
        _lead(main, leaf.path, places)
    whole, body = roots[0], mains[0]
    ends = {child.get("id"): child for child in body}
    for leaf, main in zip(leaves[1:], mains[1:], strict=True):
        section = Element("section", {"class": "chapter"})
        section.extend(list(main))
        end = ends.get(leaf.before) if leaf.before else None
        body.insert(list(body).index(end) if end is not None else len(body), section)
    _insert_contents(body, how)
    return whole


def _strings(running: Mapping[str, str]) -> str:
    """Words as named strings of CSS; all but letters and digits are escaped, so that they are words and nothing else."""
    if not running:
        return ""
    pairs = (f'{name} "{_CSS.sub(_escape, words)}"' for name, words in running.items())
    return f"body {{ string-set: {', '.join(pairs)} }}"


def _escape(found: re.Match[str]) -> str:
    return f"\\{ord(found[0]):x} "


def _parsed(html: str) -> Element:
    import tinyhtml5

    root: Element = tinyhtml5.parse(html, namespace_html_elements=False)
    for parent in list(root.iter()):
        if isinstance(parent.tag, str):
            parent.tag = parent.tag.rpartition("}")[2]  # what is drawn has a namespace, which HTML does not write
        for child in list(parent):
            if child.tag == "script":
                _remove(parent, child)
    return root


def _remove(parent: Element, child: Element) -> None:
    """Take an element out; the words behind it stay."""
    place = list(parent).index(child)
    if place:
        before = parent[place - 1]
        before.tail = (before.tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)


def first_of(root: Element, tag: str) -> Element:
    """The first element of a kind in a page."""
    found = next(root.iter(tag), None)
    assert found is not None, f"a page has no <{tag}>"
    return found


def _headings(main: Element) -> Iterator[tuple[int, Element]]:
    for element in main.iter():
        found = _HEADING.fullmatch(str(element.tag))  # a comment's tag is none
        if found:
            yield int(found[1]), element


def _demote(main: Element, levels: int) -> None:
    """Put every heading some levels lower."""
    for level, heading in list(_headings(main)):
        heading.tag = f"h{min(level + levels, _DEEPEST)}"


def _rename(main: Element, prefix: str) -> None:
    """Put a prefix before every address of a page, so that two pages have none in common."""
    for element in main.iter():
        for name in ("id", "aria-labelledby"):
            if element.get(name):
                element.set(name, prefix + str(element.get(name)))


def _places(path: str, main: Element, prefix: str) -> dict[str, str]:
    """The addresses of a page as others write them, and what they are within the document."""
    top = f"{prefix}top"
    heading = next((one for _, one in _headings(main)), None)
    if heading is not None:
        top = heading.get("id") or top
        heading.set("id", top)
    ids = [str(element.get("id")) for element in main.iter() if element.get("id")]
    return {path: top, **{f"{path}#{id_.removeprefix(prefix)}": id_ for id_ in ids}}


def _lead(main: Element, path: str, places: Mapping[str, str]) -> None:
    """Let every link lead within the document, to the web, or nowhere."""
    for link in main.iter("a"):
        href = link.get("href")
        if href is None or _leads_away(href):
            continue
        target, _, fragment = href.partition("#")
        page = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
        place = places.get(f"{page}#{fragment}") if fragment else None
        place = place or places.get(page)
        if place is None or link.get("download") is not None:
            del link.attrib["href"]
        else:
            link.set("href", place if _leads_away(place) else f"#{place}")


def _leads_away(href: str) -> bool:
    return href.lower().startswith(("http://", "https://", "mailto:"))


def _insert_contents(main: Element, how: Binding) -> None:
    """A table of contents before the first heading below the title; of a page that became a chapter it names the title alone."""
    chapters = {heading for one in main if one.get("class") == "chapter" for _, heading in _headings(one)}
    named = [pair for pair in _headings(main) if 1 < pair[0] <= (2 if pair[1] in chapters else how.depth)]
    if not named:
        return
    contents = Element("nav", {"class": f"contents depth-{how.depth}"})
    title = ElementTree.SubElement(contents, "p", {"class": "contents-title"})
    title.text = how.contents
    rows = ElementTree.SubElement(contents, "ol")
    for number, (level, heading) in enumerate(named, 1):
        if not heading.get("id"):
            heading.set("id", f"heading-{number}")
        row = ElementTree.SubElement(rows, "li", {"class": f"level-{level}"})
        link = ElementTree.SubElement(row, "a", {"href": f"#{heading.get('id')}"})
        link.text = " ".join("".join(heading.itertext()).split())
    children: list[Any] = list(main)
    first = next(place for place, child in enumerate(children) if any(one in child.iter() for _, one in named[:1]))
    main.insert(first, contents)
