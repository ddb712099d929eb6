"""Who cites a source. This module alone knows every place in which a document can name one."""

from collections.abc import Iterator

from workplan_cli.model.document import Document
from workplan_cli.model.mandate import MandateSheet
from workplan_cli.model.record import Record
from workplan_cli.model.submission import AnswerSheet


def citations(record: Record, source: str) -> Iterator[tuple[Document, tuple[str, ...]]]:
    """The documents that cite a source, each with what in it does: ids of evidence, of entries, codes of states."""
    sheets: tuple[AnswerSheet | MandateSheet, ...] = (*record.sheets, *record.secretariat)
    for sheet in sheets:
        yield sheet, tuple(id_ for id_, piece in sheet.evidence.items() if piece.source == source)
    for register in record.registers:
        yield (
            register,
            tuple(
                one.id
                for one in register.entries
                if source in one.sources or any(piece.source == source for piece in one.evidence)
            ),
        )
    for treaty in record.treaties.values():
        yield treaty, tuple(code for code, ratification in treaty.states.items() if source in ratification.sources)
    for state in record.states.values():
        named = [
            *state.sources,
            *(word for one in state.membership for word in one.sources),
            *(state.focal.sources if state.focal else ()),
        ]
        yield state, ("profile",) if source in named else ()
    plan = record.plan
    dated = [*(version.sources for version in plan.versions), *(group.sources for group in plan.groups.values()), plan.sources]
    yield plan, ("plan",) if any(source in named for named in dated) else ()
