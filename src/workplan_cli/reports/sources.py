"""What of a source may be shown, and where it can be read: evidence, bibliography, archived copies.

This module alone knows that of a restricted thing only the title and the custodian are shown. Every other view asks here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from workplan_cli.analysis.standing import Verified
from workplan_cli.model.evidence import Access, Evidence, Source
from workplan_cli.model.record import Record
from workplan_cli.model.text import Text
from workplan_cli.model.time import PartialDate
from workplan_cli.reports.tame import web_address

Copy = Callable[[str], str | None]
"""The words of an archived copy by its path below `sources/archive/`, or None."""
Located = Callable[[Evidence], tuple[int, int] | None]
"""The first and the last line of the archived copy in which the words of a piece of evidence stand."""

_MOST = 400
"""Lines that one piece of evidence marks; one that names more quotes no passage."""


@dataclass(frozen=True)
class EvidenceView:
    """One citation, ready to show. Of a restricted one only title and custodian are filled."""

    title: str
    publisher: str | None
    pinpoint: str | None = None
    quotation: str | None = None
    language: str | None = None
    row: tuple[tuple[str, str], ...] = ()
    cell: str | None = None
    note: Text | None = None
    page: str | None = None
    """The line of the archived copy in this report, as an address from its root; None where the copy is not published."""
    web: str | None = None
    """The document itself, on the web; safe to put in a link."""
    verified: bool = False
    restricted: bool = False
    custodian: str | None = None


@dataclass(frozen=True)
class SourceLine:
    """A source in the bibliography. Of a restricted one only title and custodian are filled."""

    id: str
    title: str
    publisher: str | None = None
    date: PartialDate | None = None
    licence: str | None = None
    web: str | None = None
    page: str | None = None
    restricted: bool = False
    custodian: str | None = None


@dataclass(frozen=True)
class CopyView:
    """An archived copy as it was archived, and its lines, counted from 1, in which evidence is found: links may lead to them."""

    source: Source
    text: str
    cited: tuple[int, ...]

    @property
    def web(self) -> str | None:
        """The document on the web; safe to put in a link."""
        return web_address(self.source.url)


def page_of(source: str) -> str:
    """The page of an archived copy, from the report's root."""
    return f"sources/{source}.html"


@dataclass(frozen=True)
class Shelf:
    """The sources of a report. `copies` are the archived copies that are published with it, by source."""

    sources: Mapping[str, Source]
    verified: Verified
    located: Located
    copies: Mapping[str, CopyView] = field(default_factory=dict)

    def evidence(self, pieces: Iterable[Evidence]) -> tuple[EvidenceView, ...]:
        """What may be shown of some pieces of evidence."""
        return tuple(self._evidence(piece) for piece in pieces)

    def bibliography(self) -> tuple[SourceLine, ...]:
        """Every source, by id."""
        return tuple(self._line(source) for _, source in sorted(self.sources.items()))

    def _evidence(self, piece: Evidence) -> EvidenceView:
        source = self.sources.get(piece.source)
        if source is None:
            return EvidenceView(piece.source, None, restricted=piece.access is Access.RESTRICTED)
        if is_restricted(piece, source):
            return EvidenceView(source.title, None, restricted=True, custodian=source.custodian)
        page = None
        if source.source in self.copies:
            lines = self.located(piece)
            page = page_of(source.source) + (f"#L{lines[0]}" if lines else "")
        return EvidenceView(
            title=source.title,
            publisher=source.publisher,
            pinpoint=piece.pinpoint,
            quotation=piece.quotation,
            language=piece.language or source.language,
            row=tuple(piece.row.items()),
            cell=piece.cell,
            note=piece.note,
            page=page,
            web=web_address(piece.url) or web_address(source.url),
            verified=self.verified(piece),
        )

    def _line(self, source: Source) -> SourceLine:
        if source.access is Access.RESTRICTED:
            return SourceLine(source.source, source.title, restricted=True, custodian=source.custodian)
        page = page_of(source.source) if source.source in self.copies else None
        return SourceLine(
            source.source, source.title, source.publisher, source.date, source.licence, web_address(source.url), page
        )


def is_restricted(piece: Evidence, source: Source) -> bool:
    """Whether a piece of evidence, or its source, is not public."""
    return piece.access is Access.RESTRICTED or source.access is Access.RESTRICTED


def shelf(record: Record, pieces: Iterable[Evidence], verified: Verified, located: Located, copy: Copy) -> Shelf:
    """The sources, and the archived copies that some pieces of evidence quote and that may be published."""
    withheld = {source.archived for source in record.sources.values() if source.access is Access.RESTRICTED}
    cited: dict[str, set[int]] = {}
    for piece in pieces:
        source = record.sources.get(piece.source)
        if (
            source is not None
            and source.archived is not None
            and source.archived not in withheld
            and not is_restricted(piece, source)
        ):
            lines = located(piece)
            cited.setdefault(source.source, set()).update(range(lines[0], min(lines[1], lines[0] + _MOST) + 1) if lines else ())
    copies = {}
    for id_, numbers in cited.items():
        text = copy(record.sources[id_].archived or "")
        if text is not None:
            copies[id_] = CopyView(record.sources[id_], text, tuple(sorted(numbers)))
    return Shelf(record.sources, verified, located, copies)
