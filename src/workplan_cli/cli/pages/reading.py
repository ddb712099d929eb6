"""A record as someone reads it: the documents, their cells, and the file and line of each.

This module alone knows how a page finds the place that something is written in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from workplan_cli.analysis.cells import Cells
from workplan_cli.analysis.standing import Cell, Standing, Verified
from workplan_cli.diagnostics import Pointer
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Access, Evidence
from workplan_cli.model.indicator import Indicator
from workplan_cli.model.record import Record
from workplan_cli.storage.loader import Loaded
from workplan_cli.storage.record import line_of


@dataclass(frozen=True)
class Reading:
    """A record, and its files by path below `data/`."""

    record: Record
    files: Mapping[str, Loaded]
    verified: Verified

    @cached_property
    def cells(self) -> Cells:
        """The cells, without a day: what has expired is for a report to say."""
        return Cells(self.record, self.verified)

    def voiced(self, state: str, indicator: Indicator, round_: str) -> Iterator[Cell]:
        """One cell in the state's own voice, and in every other that has a sheet on the state in the round."""
        for voice in self.cells.voices if "state" in self.cells.voices else ("state", *self.cells.voices):
            cell = self.cells.at(state, indicator, round_, voice)
            if voice == "state" or (cell.sheet is not None and cell.standing is not Standing.UNANSWERED):
                yield cell

    @cached_property
    def states(self) -> tuple[str, ...]:
        """Every state that has a profile or a sheet, by code."""
        return tuple(sorted({*self.record.states, *(sheet.state for sheet in self.record.sheets)}))

    def place(self, document: Document, pointer: Pointer = ()) -> str:
        """Where it is written: `data/states/XAA/2015-2016/submission.yaml:12`."""
        loaded = self.files.get(document.path)
        return f"data/{document.path}" + (f":{line_of(loaded, pointer)}" if loaded is not None and pointer else "")

    def is_restricted(self, piece: Evidence) -> bool:
        """Whether of a piece of evidence only the source's title and custodian may be shown."""
        source = self.record.sources.get(piece.source)
        return piece.access is Access.RESTRICTED or (source is not None and source.access is Access.RESTRICTED)

    def cited(self, piece: Evidence) -> str:
        """A piece of evidence as one cites it: the source's title, and the place in it."""
        source = self.record.sources.get(piece.source)
        title = f"{source.title} ({piece.source})" if source is not None else piece.source
        if self.is_restricted(piece):
            return title
        row = "row " + ", ".join(f"{column} {value}" for column, value in piece.row.items()) if piece.row else ""
        return ", ".join(filter(None, (title, piece.pinpoint, row)))
