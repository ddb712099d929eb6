"""A page's main part as paragraphs and tables of a Word document, in the named styles of its template.

This module alone knows WordprocessingML. It writes what a page says and nothing of how it looks: that is the styles' affair, and
they are the template's.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from markupsafe import escape

from workplan_cli.reports.columns import cells_of, narrowest, rows_of, span_of, widths_of
from workplan_cli.reports.printed import Look, Words, classes, is_left_out, led, lines, says, text_of, within
from workplan_cli.reports.runs import runs_of, web

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

_HEADING = re.compile(r"h([1-6])")
_BLOCKS = frozenset(f"h{level}" for level in range(1, 7)) | frozenset(
    ("p", "ul", "ol", "dl", "table", "div", "section", "figure", "figcaption", "details", "summary", "blockquote", "nav", "pre")
)


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
        self._flow(main, BODY, Look())
        self._turn(False)
        return "".join(self.parts)

    def _named(self, main: Element) -> tuple[tuple[str, int, Element], ...]:
        """The headings that the contents name, with their addresses and levels."""
        found = [one for one in main.iter() if one.tag in ("h2", "h3") and text_of(one).strip()]
        for number, heading in enumerate(found, 1):
            if not heading.get("id"):
                heading.set("id", f"contents-{number}")
        return tuple((str(one.get("id")), int(str(one.tag)[1]) - 2, one) for one in found)

    # What a page is made of.

    def _flow(self, element: Element, style: str, look: Look, keep: bool = False, right: bool = False) -> None:
        """What an element holds: its blocks one by one, and the words between them as paragraphs."""
        look = within(element, look)
        line: list[Words] = [Words(element.text or "", look)]
        children = list(element)
        for child, follower in zip(children, [*children[1:], None], strict=False):
            if not is_left_out(child):
                if child.tag in _BLOCKS:
                    self._paragraph(style, line, keep, right)
                    line = []
                    self._block(child, style, look, follower is not None and _HEADING.fullmatch(str(follower.tag)) is not None)
                else:
                    line += self._inline(child, look)
            line.append(Words(child.tail or "", look))
        self._paragraph(style, line, keep, right)

    def _block(self, element: Element, style: str, look: Look, is_above: bool = False) -> None:
        """A block; `is_above` says that a heading follows, from which no page break may part it."""
        self._mark(element)
        tag, kinds = str(element.tag), classes(element)
        heading = _HEADING.fullmatch(tag)
        if heading:
            self._flow(element, HEADINGS[min(max(0, int(heading[1]) - 2), len(HEADINGS) - 1)], look)
        elif "contents" in kinds:
            self._contents(element)
        elif tag == "table":
            self._table(element, look)
        elif tag in ("ul", "ol"):
            self._list(element, look, 0)
        elif tag == "dl":
            self._definitions(element, look)
        elif tag == "blockquote":
            self._flow(element, QUOTE, look)
        elif tag == "pre":
            self._paragraph(style, lines("".join(element.itertext()), replace(look, code=True)))
        elif tag == "figcaption":
            self._flow(element, BULLETS[0], look)
        elif tag == "summary":
            self._flow(element, SMALL, look, keep=True)
        elif tag == "details" and element.find(".//caption") is not None:
            self._flow(_without_summary(element), style, look)
        elif "notice" in kinds:
            self._flow(element, NOTICE, look)
        elif tag == "p" and "quiet" in kinds:
            self._flow(element, SMALL, look, keep=is_above)
        else:
            self._flow(element, style, look)

    def _list(self, element: Element, look: Look, level: int) -> None:
        """A list; numbers are written out, so that each list of a document counts for itself."""
        at = min(level, len(BULLETS) - 1)
        look = within(element, look)
        number = int(element.get("start") or 1) if str(element.get("start") or "1").isdecimal() else 1
        for place, item in enumerate((one for one in element if one.tag == "li" and not is_left_out(one)), number):
            self._mark(item)
            first = BULLETS[at] if element.tag == "ul" else CONTINUED[at]
            line: list[Words] = [Words(f"{place}. " if element.tag == "ol" else "", look)]
            self._item(item, [first], CONTINUED[at], look, line, level)

    def _item(self, item: Element, first: list[str], then: str, look: Look, line: list[Words], level: int) -> None:
        look = within(item, look)
        line.append(Words(item.text or "", look))

        def flush() -> None:
            nonlocal line
            if says(line):
                self._paragraph(first.pop() if first else then, line)
            line = []

        for child in item:
            if not is_left_out(child):
                if child.tag in ("ul", "ol"):
                    flush()
                    self._list(child, look, level + 1)
                elif child.tag in ("p", "blockquote", "summary"):
                    if says(line[1:]) or not line:
                        flush()
                    self._mark(child)
                    line += self._inline(child, look)
                    flush()
                elif child.tag in ("details", "div"):
                    flush()
                    self._item(child, first, then, look, [], level)
                elif child.tag in _BLOCKS:
                    flush()
                    self._block(child, then, look)
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
        if not self.headings:
            return
        title = nav.find("p")
        if title is not None:
            self._flow(title, CONTENTS, Look())
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u '
        begin += '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        for number, (id_, level, heading) in enumerate(self.headings):
            line = led(self._inline(heading, Look()), self._link(f"#{id_}"))
            self.pending.clear()  # these words are the heading's, and no place to lead to
            self._paragraph(ENTRIES[level], line, before=begin if number == 0 else "")
        after = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        self.parts.append(f"<w:p>{after}{_PAGE if self.begins_anew else ''}</w:p>")

    def _table(self, element: Element, look: Look) -> None:
        rows = [
            (cells, section.tag == "thead")
            for section in element
            for row in rows_of(section)
            if (cells := cells_of(row, element))
        ]
        if not rows:
            return
        look = within(element, look)
        if self.depth == 0:
            self._turn(self.is_wide or sum(narrowest([cells for cells, _ in rows])) > self.sheet.upright_width)
        caption = element.find("caption")
        if caption is not None:
            self._flow(caption, CAPTION, look, keep=True)
        width = self.sheet.wide_width if self.is_wide else self.sheet.upright_width
        widths = widths_of([cells for cells, _ in rows], width)
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
                span = min(span_of(cell), len(widths) - place)
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
        self._flow(cell, CELL, look, right="n" in classes(cell))
        if len(self.parts) == before or not self.parts[-1].endswith("</w:p>"):
            self.parts.append("<w:p/>")
        self.parts.append("</w:tc>")

    # What a paragraph is made of.

    def _inline(self, element: Element, look: Look) -> list[Words]:
        """The words of an element that stands in a line."""
        if is_left_out(element):
            return []
        self._mark(element)
        kinds = classes(element)
        look = within(element, look)
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
        address = web(href)
        return f'<w:hyperlink r:id="{escape(self.address(address))}">' if address else ""

    def _mark(self, element: Element) -> None:
        """Remember the address of an element for the paragraph that begins next, if anything leads to it."""
        id_ = element.get("id")
        if id_ in self.places:
            self.pending.append(id_)

    def _paragraph(self, style: str, line: list[Words], keep: bool = False, right: bool = False, before: str = "") -> None:
        runs = runs_of(line, self.styles[LINK])
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

    def _bookmark(self, address: str) -> str:
        number = self.places[address]
        id_ = _FIRST + number
        return f'<w:bookmarkStart w:id="{id_}" w:name="{_place(number)}"/><w:bookmarkEnd w:id="{id_}"/>'

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


_FIRST = 10_000
"""The number before that of the first place; a template's own are lower."""
_LOOK = 'w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
_HEADED = f'<w:tblLook w:val="04A0" w:firstRow="1" {_LOOK}'
_UNHEADED = f'<w:tblLook w:val="0480" w:firstRow="0" {_LOOK}'
_FLAT = '<w:spacing w:before="0" w:after="0"/>'
_PAGE = '<w:r><w:br w:type="page"/></w:r>'


def _without_summary(details: Element) -> Element:
    """What can be unfolded in a page, without the words that the caption of its table says again."""
    unfolded = Element("div")
    unfolded.extend([child for child in details if child.tag != "summary"])
    return unfolded


def _empty_cell(width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p/></w:tc>'


def _place(number: int) -> str:
    return f"_place{number}"
