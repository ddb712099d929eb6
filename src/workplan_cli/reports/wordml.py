"""A page's main part as paragraphs and tables of a Word document, in the named styles of its template.

This module alone knows WordprocessingML. It writes what a page says and nothing of how it looks: that is the styles' affair, and
they are the template's. What only a screen can use (drawings, buttons, tables to download) is left out.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

from markupsafe import escape

from workplan_cli.reports.tame import tame, web_address

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEADINGS = tuple(f"heading {level}" for level in range(1, 6))
BODY, SMALL, NOTICE, CAPTION, QUOTE, CONTENTS, CELL = (
    "Normal",
    "Small print",
    "Notice",
    "caption",
    "Quote",
    "TOC Heading",
    "Table text",
)
ENTRIES = ("toc 1", "toc 2")
BULLETS = ("List Bullet", "List Bullet 2", "List Bullet 3")
CONTINUED = ("List Continue", "List Continue 2", "List Continue 3")
TABLE, LINK = "Report table", "Hyperlink"
STYLES = (*HEADINGS, BODY, SMALL, NOTICE, CAPTION, QUOTE, CONTENTS, CELL, *ENTRIES, *BULLETS, *CONTINUED, TABLE, LINK)
"""The styles that a template has, by their names; Word shows the first letter large."""

_LETTER, _PADDING = 82, 130
"""About how wide a letter of a table and the padding of its cells are, in twentieths of a point."""
_BLANK = re.compile(r"[ \t\r\n\f]+")
_EDGE = re.compile(r"[\t\r\n\f]")
_HEADING = re.compile(r"h([1-6])")
_BLOCKS = frozenset(f"h{level}" for level in range(1, 7)) | frozenset(
    ("p", "ul", "ol", "dl", "table", "div", "section", "figure", "figcaption", "details", "summary", "blockquote", "nav", "pre")
)
_DRAWN = frozenset(("svg", "script", "style", "input", "button", "img", "label"))
_LEFT_OUT = frozenset(("data", "filter", "stack", "tiles", "sr", "spark"))
"""Classes of what only a screen can use, or what a text beside it says in words."""
_SAFE = "%/:?#[]@!$&()*+,;=~"


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


@dataclass(frozen=True)
class Sheet:
    """The two kinds of paper: the properties of a section on each as XML, and how wide its text is, in twentieths of a point.
    `first` is upright, and may have another header on its first page."""

    first: str
    upright: str
    wide: str
    upright_width: int
    wide_width: int


@dataclass
class Writer:
    """A page on its way into Word. `styles` are the template's ids by name; `address` makes an address on the web one of the
    document's, and gives its id there."""

    styles: Mapping[str, str]
    address: Callable[[str], str]
    sheet: Sheet
    begins_anew: bool = True
    """Whether a page begins behind the table of contents."""
    parts: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    headings: tuple[tuple[str, int, Element], ...] = ()
    """What the contents name: address, level, heading."""
    places: dict[str, int] = field(default_factory=dict)
    """The addresses within the document to which something leads, numbered."""
    is_wide: bool = False
    has_turned: bool = False
    depth: int = 0
    """How many tables it is in."""

    def write(self, main: Element) -> str:
        """The whole of a page."""
        targets = (link.get("href", "") for link in main.iter("a"))
        for target in (*targets, *(f"#{id_}" for id_, *_ in self._named(main))):
            if target.startswith("#"):
                self.places.setdefault(target[1:], len(self.places) + 1)
        self.headings = self._named(main)
        self._flow(main, iter(lambda: BODY, None), Look())
        self._turn(False)
        return "".join(self.parts)

    def _named(self, main: Element) -> tuple[tuple[str, int, Element], ...]:
        """The headings that the contents name, with their addresses and levels."""
        found = [one for one in main.iter() if one.tag in ("h2", "h3")]
        for number, heading in enumerate(found, 1):
            if not heading.get("id"):
                heading.set("id", f"contents-{number}")
        return tuple((str(one.get("id")), int(str(one.tag)[1]) - 2, one) for one in found)

    # What a page is made of.

    def _flow(self, element: Element, styles: Iterator[str], look: Look, keep: bool = False, right: bool = False) -> None:
        """What an element holds: its blocks one by one, and the words between them as paragraphs, each in the next style."""
        look = _within(element, look)
        line: list[Words] = [Words(element.text or "", look)]
        children = list(element)
        for child, follower in zip(children, [*children[1:], None], strict=False):
            if not _is_left_out(child):
                if child.tag in _BLOCKS:
                    self._paragraph(next(styles) if _says(line) else BODY, line, keep, right)
                    line = []
                    self._block(child, styles, look, follower is not None and _HEADING.fullmatch(str(follower.tag)) is not None)
                else:
                    line += self._inline(child, look)
            line.append(Words(child.tail or "", look))
        if _says(line):
            self._paragraph(next(styles), line, keep, right)

    def _block(self, element: Element, styles: Iterator[str], look: Look, is_above: bool = False) -> None:
        """A block; `is_above` says that a heading follows, from which no page break may part it."""
        self._mark(element)
        tag, kinds = str(element.tag), _classes(element)
        heading = _HEADING.fullmatch(tag)
        if heading:
            self._flow(element, _always(HEADINGS[min(max(int(heading[1]) - 1, 1), len(HEADINGS)) - 1]), look)
        elif "contents" in kinds:
            self._contents(element)
        elif tag == "table":
            self._table(element, look)
        elif tag in ("ul", "ol"):
            self._list(element, look, 0)
        elif tag == "dl":
            self._definitions(element, look)
        elif tag == "blockquote":
            self._flow(element, _always(QUOTE), look)
        elif tag == "pre":
            self._paragraph(next(styles), _lines("".join(element.itertext()), replace(look, code=True)))
        elif tag == "figcaption":
            self._flow(element, _always(BULLETS[0]), look)
        elif tag == "summary":
            self._flow(element, _always(SMALL), look, keep=True)
        elif tag == "details" and element.find(".//caption") is not None:
            self._each(element, _always(BODY), look, without=("summary",))
        elif "notice" in kinds:
            self._flow(element, _always(NOTICE), look)
        elif tag == "p" and "quiet" in kinds:
            self._flow(element, _always(SMALL), look, keep=is_above)
        else:
            self._flow(element, styles, look)

    def _each(self, element: Element, styles: Iterator[str], look: Look, without: Iterable[str]) -> None:
        for child in element:
            if child.tag not in without and not _is_left_out(child):
                self._block(child, styles, _within(element, look))

    def _list(self, element: Element, look: Look, level: int) -> None:
        """A list; numbers are written out, so that each list of a document counts for itself."""
        at = min(level, len(BULLETS) - 1)
        look = _within(element, look)
        number = int(element.get("start") or 1) if str(element.get("start") or "1").isdecimal() else 1
        for place, item in enumerate((one for one in element if one.tag == "li" and not _is_left_out(one)), number):
            self._mark(item)
            first = BULLETS[at] if element.tag == "ul" else CONTINUED[at]
            line: list[Words] = [Words(f"{place}. " if element.tag == "ol" else "", look)]
            self._item(item, [first], CONTINUED[at], look, line, level)

    def _item(self, item: Element, first: list[str], then: str, look: Look, line: list[Words], level: int) -> None:
        look = _within(item, look)
        line.append(Words(item.text or "", look))

        def flush() -> None:
            nonlocal line
            if _says(line):
                self._paragraph(first.pop() if first else then, line)
            line = []

        for child in item:
            if not _is_left_out(child):
                if child.tag in ("ul", "ol"):
                    flush()
                    self._list(child, look, level + 1)
                elif child.tag in ("p", "blockquote", "summary"):
                    if _says(line[1:]) or not line:
                        flush()
                    self._mark(child)
                    line += self._inline(child, look)
                    flush()
                elif child.tag in ("details", "div"):
                    flush()
                    self._item(child, first, then, look, [], level)
                elif child.tag in _BLOCKS:
                    flush()
                    self._block(child, _always(then), look)
                else:
                    line += self._inline(child, look)
            line.append(Words(child.tail or "", look))
        flush()

    def _definitions(self, element: Element, look: Look) -> None:
        term: list[Words] = []
        for child in element:
            if child.tag == "dt":
                term = [*self._inline(child, replace(look, bold=True)), Words(": ", look)]
            elif child.tag == "dd":
                self._paragraph(BULLETS[0], term + self._inline(child, look))

    def _contents(self, nav: Element) -> None:
        """The table of contents as a field that Word can make anew, with what it says until then."""
        title = nav.find("p")
        if title is not None:
            self._flow(title, _always(CONTENTS), Look())
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u '
        begin += '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        for number, (id_, level, heading) in enumerate(self.headings):
            line = _led(self._inline(heading, Look()), self._link(f"#{id_}"))
            self.pending.clear()  # these words are the heading's, and no place to lead to
            self._paragraph(ENTRIES[level], line, before=begin if number == 0 else "")
        after = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        self.parts.append(f"<w:p>{after}{_PAGE if self.begins_anew else ''}</w:p>")

    def _table(self, element: Element, look: Look) -> None:
        rows = [(_cells(row, element), section.tag == "thead") for section in element for row in _rows(section)]
        if not rows:
            return
        look = _within(element, look)
        if self.depth == 0:
            self._turn(self.is_wide or sum(_narrowest([cells for cells, _ in rows])) > self.sheet.upright_width)
        caption = element.find("caption")
        if caption is not None:
            self._flow(caption, _always(CAPTION), look, keep=True)
        width = self.sheet.wide_width if self.is_wide else self.sheet.upright_width
        widths = _widths([cells for cells, _ in rows], width)
        self.parts.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self.styles[TABLE]}"/><w:tblW w:w="5000" w:type="pct"/>'
            f"{_HEADED if rows[0][1] else _UNHEADED}</w:tblPr><w:tblGrid>"
        )
        self.parts += (f'<w:gridCol w:w="{one}"/>' for one in widths)
        self.parts.append("</w:tblGrid>")
        self.depth += 1
        for row, is_head in rows:
            head = "<w:tblHeader/>" if is_head else ""
            self.parts.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>")
            place = 0
            for cell in row:
                span = min(_span(cell), len(widths) - place)
                self._cell(cell, sum(widths[place : place + span]), span, look)
                place += span
            self.parts += (_empty_cell(one) for one in widths[place:])
            self.parts.append("</w:tr>")
        self.depth -= 1
        self.parts.append(f'</w:tbl><w:p><w:pPr><w:pStyle w:val="{self.styles[SMALL]}"/>{_FLAT}</w:pPr></w:p>')

    def _cell(self, cell: Element, width: int, span: int, look: Look) -> None:
        spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        self.parts.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}</w:tcPr>')
        before = len(self.parts)
        self._mark(cell)
        self._flow(cell, _always(CELL), look, right="n" in _classes(cell))
        if len(self.parts) == before or not self.parts[-1].endswith("</w:p>"):
            self.parts.append("<w:p/>")
        self.parts.append("</w:tc>")

    # What a paragraph is made of.

    def _inline(self, element: Element, look: Look) -> list[Words]:
        """The words of an element that stands in a line."""
        if _is_left_out(element):
            return []
        self._mark(element)
        kinds = _classes(element)
        look = _within(element, look)
        if element.tag == "br":
            return [Words("", look, is_break=True)]
        if element.tag == "a":
            look = replace(look, link=self._link(element.get("href") or "") or look.link)
        before, after = ("[", "]") if "flag" in kinds else ("", "")
        found = [Words(before + (element.text or ""), look)]
        for child in element:
            found += self._inline(child, look)
            found.append(Words(child.tail or "", look))
        return [*found, Words(after, look)]

    def _link(self, href: str) -> str:
        """The opening tag of a link within the document or to the web; nothing for any other."""
        if href.startswith("#"):
            return f'<w:hyperlink w:anchor="{_place(self.places[href[1:]])}">' if href[1:] in self.places else ""
        address = _web(href)
        return f'<w:hyperlink r:id="{escape(self.address(address))}">' if address else ""

    def _mark(self, element: Element) -> None:
        """Remember the address of an element for the paragraph that begins next, if anything leads to it."""
        id_ = element.get("id")
        if id_ in self.places:
            self.pending.append(id_)

    def _paragraph(self, style: str, line: list[Words], keep: bool = False, right: bool = False, before: str = "") -> None:
        runs = self._runs(line)
        if not runs:
            return
        if self.depth == 0 and style != CAPTION:
            self._turn(False)
        kept = "<w:keepNext/>" if keep else ""
        aligned = '<w:jc w:val="right"/>' if right else ""
        marks = "".join(self._bookmark(id_) for id_ in self.pending)
        self.pending.clear()
        self.parts.append(
            f'<w:p><w:pPr><w:pStyle w:val="{self.styles[style]}"/>{kept}{aligned}</w:pPr>{marks}{before}{runs}</w:p>'
        )

    def _bookmark(self, id_: str) -> str:
        number = self.places[id_]
        return f'<w:bookmarkStart w:id="{number}" w:name="{_place(number)}"/><w:bookmarkEnd w:id="{number}"/>'

    def _runs(self, line: list[Words]) -> str:
        """A line as runs, blanks drawn together; nothing where it says nothing."""
        made, link = [], ""
        for words in _drawn_together(line):
            if words.look.link != link:
                made.append(("</w:hyperlink>" if link else "") + words.look.link)
                link = words.look.link
            made.append(self._run(words))
        return "".join(made) + ("</w:hyperlink>" if link else "")

    def _run(self, words: Words) -> str:
        look = words.look
        properties = (
            (f'<w:rStyle w:val="{self.styles[LINK]}"/>' if look.link.startswith("<w:hyperlink r:id") else "")
            + ('<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>' if look.code else "")
            + ("<w:b/>" if look.bold else "")
            + ("<w:i/>" if look.italic else "")
            + (f'<w:lang w:val="{escape(look.language)}"/>' if look.language else "")
        )
        said = "<w:br/>" if words.is_break else f'<w:t xml:space="preserve">{escape(words.text)}</w:t>'
        return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{said}</w:r>"

    def _turn(self, wide: bool) -> None:
        """Go on on the other kind of paper: what came before becomes a section on its own."""
        if wide != self.is_wide:
            upright = self.sheet.upright if self.has_turned else self.sheet.first
            section = self.sheet.wide if self.is_wide else upright
            self.parts.insert(
                self._above() if wide else len(self.parts),
                f'<w:p><w:pPr><w:pStyle w:val="{self.styles[SMALL]}"/>{_FLAT}{section}</w:pPr></w:p>',
            )
            self.is_wide, self.has_turned = wide, True

    def _above(self) -> int:
        """The place before the headings that were written last: they go with what they stand above."""
        headings = tuple(f'<w:p><w:pPr><w:pStyle w:val="{self.styles[name]}"/>' for name in HEADINGS)
        place = len(self.parts)
        while place and self.parts[place - 1].startswith(headings):
            place -= 1
        return place


_LOOK = 'w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
_HEADED = f'<w:tblLook w:val="04A0" w:firstRow="1" {_LOOK}'
_UNHEADED = f'<w:tblLook w:val="0480" w:firstRow="0" {_LOOK}'
_FLAT = '<w:spacing w:before="0" w:after="0"/>'
_PAGE = '<w:r><w:br w:type="page"/></w:r>'


def _always(style: str) -> Iterator[str]:
    while True:
        yield style


def _classes(element: Element) -> frozenset[str]:
    return frozenset(str(element.get("class") or "").split())


def _is_left_out(element: Element) -> bool:
    tag: object = element.tag  # of a comment it is no word
    if not isinstance(tag, str) or tag in _DRAWN or element.get("hidden") is not None:
        return True
    if element.tag == "figure" and element.find("ol") is not None:
        return True  # the map, whose squares the table beneath it names
    if element.tag == "a" and element.text == "#":
        return True  # what leads to where one is
    return bool(_classes(element) & _LEFT_OUT)


def _within(element: Element, look: Look) -> Look:
    """How words look within an element."""
    tag, kinds = element.tag, _classes(element)
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


def _says(line: list[Words]) -> bool:
    return any(words.text.strip() or words.is_break for words in line)


def _drawn_together(line: list[Words]) -> Iterator[Words]:
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


def _lines(text: str, look: Look) -> list[Words]:
    found: list[Words] = []
    for line in text.strip("\n").split("\n"):
        found += [Words(line, look), Words("", look, is_break=True)]
    return found[:-1]


def _rows(section: Element) -> list[Element]:
    if section.tag == "tr":
        return [section]
    return [row for row in section if row.tag == "tr"] if section.tag in ("thead", "tbody", "tfoot") else []


def _span(cell: Element) -> int:
    written = str(cell.get("colspan") or "1")
    return max(1, int(written)) if written.isdecimal() else 1


def _cells(row: Element, table: Element) -> list[Element]:
    """The cells of a row, without those of a last column that only draws."""
    cells = [cell for cell in row if cell.tag in ("th", "td")]
    return cells[:-1] if table.find("tbody/tr/td/svg[@class='spark']") is not None else cells


def _narrowest(rows: list[list[Element]]) -> list[int]:
    """For each column of a table the width that its longest word needs."""
    longest = [1] * max(sum(_span(cell) for cell in row) for row in rows)
    for place, cell in _single(rows):
        longest[place] = max((longest[place], *(len(word) for word in _text(cell).split())))
    return [_LETTER * min(24, letters) + _PADDING for letters in longest]


def _widths(rows: list[list[Element]], width: int) -> list[int]:
    """How wide the columns are in a table of some width: room for the longest word of each, and the rest by how much they say."""
    narrowest = _narrowest(rows)
    left = width - sum(narrowest)
    if left < 0:
        return [max(1, width * one // sum(narrowest)) for one in narrowest]
    said = [1] * len(narrowest)
    for place, cell in _single(rows):
        said[place] = max(said[place], min(120, len(_text(cell))))
    return [one + left * letters // sum(said) for one, letters in zip(narrowest, said, strict=True)]


def _single(rows: list[list[Element]]) -> Iterator[tuple[int, Element]]:
    """The cells that stand in one column, with its place."""
    for row in rows:
        place = 0
        for cell in row:
            if _span(cell) == 1:
                yield place, cell
            place += _span(cell)


def _text(element: Element) -> str:
    """What an element says, without what is left out."""
    if _is_left_out(element):
        return ""
    return (element.text or "") + "".join(_text(child) + (child.tail or "") for child in element)


def _led(line: list[Words], link: str) -> list[Words]:
    """A line that leads somewhere as a whole."""
    return [replace(words, look=replace(words.look, link=link)) for words in line]


def _empty_cell(width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p/></w:tc>'


def _place(number: int) -> str:
    return f"_place{number}"


def _web(href: str) -> str | None:
    """An address that may stand in a document: on the web, and written as Word reads addresses."""
    address = web_address(href)
    if address is None:
        return None
    try:
        urlsplit(address).port  # noqa: B018
    except ValueError:
        return None
    return quote(address, safe=_SAFE)
