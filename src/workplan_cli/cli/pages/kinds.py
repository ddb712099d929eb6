"""Which page shows which kind of thing. This module alone knows them all; a page that is needed alone does not wait for it."""

from collections.abc import Callable

from workplan_cli.analysis.subjects import Kind, Subject
from workplan_cli.cli.page import Page
from workplan_cli.cli.pages.guideline import show_chapter, show_guideline
from workplan_cli.cli.pages.indicator import show_indicator
from workplan_cli.cli.pages.mandate import show_mandate
from workplan_cli.cli.pages.reading import Reading
from workplan_cli.cli.pages.register import show_entry, show_measure, show_treaty
from workplan_cli.cli.pages.round import show_round
from workplan_cli.cli.pages.source import show_source
from workplan_cli.cli.pages.state import show_state

PAGES: dict[Kind, Callable[[Subject, Reading, Page], None]] = {
    Kind.STATE: show_state,
    Kind.GUIDELINE: show_guideline,
    Kind.CHAPTER: show_chapter,
    Kind.MANDATE: show_mandate,
    Kind.INDICATOR: show_indicator,
    Kind.TREATY: show_treaty,
    Kind.ROUND: show_round,
    Kind.MEASURE: show_measure,
    Kind.SOURCE: show_source,
    Kind.ENTRY: show_entry,
}
