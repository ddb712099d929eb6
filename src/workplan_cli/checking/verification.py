"""Which evidence a reader can verify: it is public, archived, and a program has found its words or its cell in the very copy
that was archived.

This module alone decides it. It asks the rules that say so to an author (`quotation-not-found`, `cell-not-found`,
`archive-mismatch`), so that what `validate` accepts and what is counted as verified can never differ.
"""

from collections.abc import Callable

from workplan_cli.model.evidence import Access, Evidence, Media, Source
from workplan_cli.model.submission import DeskReview
from workplan_cli.rules.copies import archive_mismatch
from workplan_cli.rules.evidence import restricted
from workplan_cli.rules.quotations import named_lines, quotation_not_found
from workplan_cli.rules.rule import Context
from workplan_cli.rules.tables import cell_not_found
from workplan_cli.rules.text import fold


def verifier(context: Context) -> Callable[[Evidence], bool]:
    """Whether a piece of evidence is verified. Each source's copy is looked at once."""
    sound: dict[str, bool] = {}

    def verified(piece: Evidence) -> bool:
        source = context.sources.get(piece.source)
        if source is None or restricted(piece, context) or not _quotes(piece, source):
            return False
        if source.source not in sound:
            sound[source.source] = _is_sound(source, context)
        return sound[source.source] and _is_found(piece, context)

    return verified


def locator(context: Context) -> Callable[[Evidence], tuple[int, int] | None]:
    """In which lines of the archived copy the words of a piece of evidence stand: those its pinpoint names where it names some,
    else the first place they are found in; None where they are not found.
    """

    def located(piece: Evidence) -> tuple[int, int] | None:
        source = context.sources.get(piece.source)
        if source is None or source.archived is None or not _quotes(piece, source) or restricted(piece, context):
            return None
        archive = context.archive(source.archived)
        if archive is None or archive.text is None:
            return None
        if archive.table is not None:
            return archive.table.line(piece.row)
        named = named_lines(piece.pinpoint)
        if named is not None:
            return named
        text = archive.folded
        found = text.find(fold(piece.quotation or ""))
        return (text.line(found[0]), text.line(found[1] - 1)) if found and found[1] > found[0] else None

    return located


def _quotes(piece: Evidence, source: Source) -> bool:
    """Whether there is anything to look for."""
    return piece.quotation is not None if source.media is Media.TEXT else bool(piece.row) and piece.cell is not None


def _is_sound(source: Source, context: Context) -> bool:
    """Whether the archived copy is there, can be read, and is the one that was archived."""
    if source.access is Access.RESTRICTED or source.archived is None or any(archive_mismatch(source, context)):
        return False
    return context.archive(source.archived) is not None


def _is_found(piece: Evidence, context: Context) -> bool:
    alone = DeskReview.model_construct(evidence={"e": piece}, answers={})
    return not any(quotation_not_found(alone, context)) and not any(cell_not_found(alone, context))
