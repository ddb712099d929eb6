"""The page of a source. This module alone knows what belongs on it."""

from workplan_cli.analysis.citations import citations
from workplan_cli.analysis.subjects import Subject
from workplan_cli.cli import sayings
from workplan_cli.cli.page import Page
from workplan_cli.cli.pages.reading import Reading
from workplan_cli.model.evidence import Access


def show_source(subject: Subject, reading: Reading, page: Page) -> None:
    """What it is, where it can be read, and who cites it."""
    source = reading.record.sources[subject.id]
    page.heading(source.source, source.title)
    public = source.access is Access.PUBLIC
    page.fields([("access", source.access.value), ("custodian", source.custodian or "")])
    page.fields(
        [
            ("publisher", source.publisher or sayings.UNKNOWN),
            ("date", sayings.day(source.date)),
            ("shows", source.as_of or ""),
            ("language", source.language or ""),
            ("address", source.url or ""),
            ("found at", source.found_at or ""),
            ("read on", str(source.read_on or "")),
            ("licence", source.licence or ""),
            ("limits", source.limits or ""),
            ("note", source.note or ""),
            ("archived", f"data/sources/archive/{source.archived}" if source.archived else "no copy"),
        ]
        if public
        else ()
    )
    rows = [(f"data/{document.path}", ", ".join(ids)) for document, ids in citations(reading.record, source.source) if ids]
    page.section("Cited in" if rows else "Cited nowhere")
    if rows:
        page.table(("file", "by"), rows)
    page.quiet(reading.place(source))
