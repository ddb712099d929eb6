"""Pages as one Word document, made with a template that whoever answers for the report edits in Word.

This module alone knows docxtpl and what is in the file of a document. The template has the letterhead, the styles and the fields;
the pages come in where it says `{{p body }}`. It is an extra: what needs it says so by `require` before any work is done. No
clock is read: the document is dated by the day of which it speaks.
"""

import datetime
import io
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from workplan_cli.errors import WorkplanError
from workplan_cli.reports.tame import tame
from workplan_cli.reports.wordml import NAMESPACES, STYLES, Sheet, Writer

TEMPLATE = "report.docx"
BODY = "{{p body }}"
_PLACE = "workplan_body"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_HINT = f"edit a copy of the shipped one: docs/report.md; or delete templates/{TEMPLATE}"


@dataclass(frozen=True)
class Cover:
    """What a document says of itself: its title, its language, the day it speaks of, and the words of the template's fields."""

    title: str
    language: str
    day: datetime.date
    fields: Mapping[str, str]
    begins_anew: bool = True
    """Whether a page begins behind the table of contents."""


def require() -> None:
    """Raise WorkplanError where no Word document can be made here, with what to install."""
    try:
        import docxtpl  # noqa: F401
        import tinyhtml5  # noqa: F401
    except ImportError:
        raise WorkplanError(
            "a report as DOCX needs docxtpl, which is not installed", "install it: pip install 'workplan-cli[office]'"
        ) from None


def word(main: Element, template: bytes, cover: Cover) -> bytes:
    """A page's main part as a document. Raises WorkplanError for a template that cannot be used."""
    made = _filled(template, cover)
    _put_in(made, main, cover)
    _date(made, cover)
    content = io.BytesIO()
    made.save(content)
    return _settled(content.getvalue())


def _filled(template: bytes, cover: Cover) -> Any:
    """The template with its fields filled, and a mark where the pages go. A repository's own sees its fields and no more."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    fields = {name: tame(words) for name, words in cover.fields.items()}
    place = Markup(f'<w:p><w:bookmarkStart w:id="0" w:name="{_PLACE}"/><w:bookmarkEnd w:id="0"/></w:p>')
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render({**fields, "body": place}, ImmutableSandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
    except Exception as error:  # a file that anyone may have edited: no Word document, or with a field that there is not
        said = tame(" ".join(str(error).split())) or type(error).__name__
        raise WorkplanError(f"the template {TEMPLATE} cannot be used: {said}", _HINT) from None
    return document.docx


def _put_in(document: Any, main: Element, cover: Cover) -> None:
    """Write the pages where the mark is."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    marks = [one for one in document.element.body.iter(qn("w:bookmarkStart")) if one.get(qn("w:name")) == _PLACE]
    if len(marks) != 1 or marks[0].getparent().getparent() is not document.element.body:
        raise WorkplanError(
            f"the template {TEMPLATE} has no place for the report, or more than one",
            f"write {BODY} once, in a paragraph of its own that stands in no table",
        )
    writer = Writer(_styles(document), _addresses(document), _sheet(document), cover.begins_anew)
    made = parse_xml(f"<w:body {NAMESPACES}>{writer.write(main)}</w:body>")
    mark = marks[0].getparent()
    for block in list(made):
        mark.addprevious(block)
    mark.getparent().remove(mark)
    if writer.has_turned:  # the last section is none that begins the document
        _without_first_page(document.sections[-1]._sectPr)


def _styles(document: Any) -> dict[str, str]:
    """The ids of the template's styles by the names that are the same in Word of any language."""
    found = {str(one.element.name_val).lower(): one.style_id for one in document.styles}
    missing = [name for name in STYLES if name.lower() not in found]
    if missing:
        raise WorkplanError(f"the template {TEMPLATE} has no style '{missing[0]}'", _HINT)
    return {name: found[name.lower()] for name in STYLES}


def _addresses(document: Any) -> Any:
    from docx.opc.constants import RELATIONSHIP_TYPE

    return lambda address: document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def _sheet(document: Any) -> Sheet:
    """The template's paper upright and turned, with the header and footer that it has."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.xmlchemy import serialize_for_reading

    last = document.sections[-1]
    upright = deepcopy(last._sectPr)
    _without_first_page(upright)
    wide = deepcopy(upright)
    wide.page_width, wide.page_height, wide.orientation = last.page_height, last.page_width, WD_ORIENT.LANDSCAPE
    margins = last.left_margin + last.right_margin
    return Sheet(
        serialize_for_reading(last._sectPr),
        serialize_for_reading(upright),
        serialize_for_reading(wide),
        (last.page_width - margins) // 635,
        (last.page_height - margins) // 635,
    )


def _without_first_page(section: Any) -> None:
    """Let a section begin with the header that all its pages have."""
    from docx.oxml.ns import qn

    for title in section.findall(qn("w:titlePg")):
        section.remove(title)


def _date(document: Any, cover: Cover) -> None:
    """Say what the document is, in which language, and of which day."""
    from docx.oxml.ns import qn

    properties = document.core_properties
    properties.title, properties.language = tame(cover.title)[:255], cover.language
    properties.created = properties.modified = datetime.datetime.combine(cover.day, datetime.time())
    properties.revision, properties.last_modified_by = 1, ""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), cover.language)


def _settled(content: bytes) -> bytes:
    """The same document with its parts in one order and of one time, so that the same pages give the same bytes."""
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as after:
        for name in sorted(before.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            part = zipfile.ZipInfo(name, _EARLIEST)
            part.compress_type, part.external_attr, part.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            after.writestr(part, before.read(name))
    return settled.getvalue()
