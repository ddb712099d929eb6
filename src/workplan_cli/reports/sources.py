"""What of a source may be shown, and where it can be read: evidence, bibliography, archived copies.

This module alone knows that of a restricted thing only the title and the custodian are shown. Every other view asks here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

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
class TableRow:
    """A cell of a table, with what picks out its row beside what all rows shown share."""

    values: tuple[str, ...]
    cell: str
    page: str | None


@dataclass(frozen=True)
class EvidenceView:
    """One citation, ready to show, or several cells of one table. Of a restricted one only title and custodian are filled.

    `page` is the line of the archived copy in this report, as an address from its root, None where the copy is not published;
    `web` is the document itself on the web, safe to put in a link.
    """

    title: str
    publisher: str | None = None
    pinpoint: str | None = None
    quotation: str | None = None
    language: str | None = None
    shared: tuple[tuple[str, str], ...] = ()
    """For a table: the columns that all rows have in common, with what stands in them."""
    columns: tuple[str, ...] = ()
    """For a table: the columns that tell the rows apart."""
    rows: tuple[TableRow, ...] = ()
    note: Text | None = None
    page: str | None = None
    web: str | None = None
    verified: bool = False
    restricted: bool = False
    custodian: str | None = None


@dataclass(frozen=True)
class Citations:
    """What something rests on: how many pieces of evidence, and how they are shown."""

    count: int = 0
    views: tuple[EvidenceView, ...] = ()


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

    def citations(self, pieces: Iterable[Evidence]) -> Citations:
        """What may be shown of some pieces of evidence. Cells of one table that follow each other are shown together."""
        given = tuple(pieces)
        groups = [tuple(group) for _, group in groupby(given, key=self._together)]
        views = [view for group in groups for view in self._views(group)]
        return Citations(len(given), tuple(views))

    def bibliography(self) -> tuple[SourceLine, ...]:
        """Every source, by id."""
        return tuple(self._line(source) for _, source in sorted(self.sources.items()))

    def _together(self, piece: Evidence) -> tuple[object, ...]:
        """What pieces have in common that are shown together; a quotation is alone."""
        source = self.sources.get(piece.source)
        if source is None or is_restricted(piece, source) or piece.cell is None or piece.quotation is not None or piece.note:
            return (id(piece),)
        return (piece.source, piece.column, piece.pinpoint, tuple(piece.row), piece.url, self.verified(piece))

    def _views(self, group: tuple[Evidence, ...]) -> Iterator[EvidenceView]:
        first = group[0]
        source = self.sources.get(first.source)
        if source is None:
            yield EvidenceView(first.source, restricted=first.access is Access.RESTRICTED)
        elif is_restricted(first, source):
            yield EvidenceView(source.title, restricted=True, custodian=source.custodian)
        else:
            shared, columns, rows = self._table(group)
            yield EvidenceView(
                title=source.title,
                publisher=source.publisher,
                pinpoint=first.pinpoint,
                quotation=first.quotation,
                language=first.language or source.language,
                shared=shared,
                columns=columns,
                rows=rows,
                note=first.note,
                page=self._page(first) if len(group) == 1 else self._top(first),
                web=web_address(first.url) or web_address(source.url),
                verified=self.verified(first),
            )

    def _table(self, group: tuple[Evidence, ...]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...], tuple[TableRow, ...]]:
        """The cells of a group: what all their rows share, the columns that differ, and the rows."""
        if group[0].cell is None:
            return (), (), ()
        first = group[0].row
        apart = tuple(column for column in first if len({piece.row[column] for piece in group}) > 1)
        shared = tuple((column, value) for column, value in first.items() if column not in apart)
        rows = (TableRow(tuple(one.row[column] for column in apart), one.cell or "", self._page(one)) for one in group)
        return shared, apart, tuple(rows)

    def _page(self, piece: Evidence) -> str | None:
        """The line of the archived copy in which a piece of evidence stands."""
        top, lines = self._top(piece), self.located(piece)
        return f"{top}#L{lines[0]}" if top is not None and lines else top

    def _top(self, piece: Evidence) -> str | None:
        return page_of(piece.source) if piece.source in self.copies else None

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
