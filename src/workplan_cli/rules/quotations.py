"""Quotations: the words that evidence cites stand in the archived copy of their source, in the lines it says.

This module alone knows how a program convinces itself that a quotation is true.
"""

import re
from collections.abc import Iterator

from workplan_cli.diagnostics import Code, Severity
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import ARCHIVE, Evidence, Media
from workplan_cli.rules.archive import Archive
from workplan_cli.rules.evidence import HOLDING, name, pieces, place, restricted
from workplan_cli.rules.rule import Context, Found, Rule
from workplan_cli.rules.text import Folded, fold

_LINES = re.compile(r"(?:lines?|l[ií]neas?|linhas?|lignes?) ([0-9]{1,9})(?: ?[-–] ?([0-9]{1,9}))?", re.I)


def quotation_not_found(document: Document, context: Context) -> Iterator[Found]:
    """A quotation is proof only while anyone can find it in the document, word for word.

    Where the source has an archived copy that is a text, the quotation stands in it. White space and hyphens at the ends of
    lines do not count; everything else does.
    """
    for key, piece in pieces(document):
        archive = _text_of(piece, context)
        if archive is None or piece.quotation is None:
            continue
        if piece.quotation not in archive.folded.words or piece.quotation.isspace():
            quotation = fold(piece.quotation)
            if not quotation.words or archive.folded.find(quotation) is None:
                archived = context.sources[piece.source].archived
                yield Found(
                    (*place(document, key), "quotation"),
                    f"the quotation of {name(key)} is not in {piece.source}: {_as_far_as(archive.folded, quotation)}",
                    _mend(archive.folded, quotation) or f"copy the words as they stand in data/{ARCHIVE}{archived}",
                )


def pinpoint_elsewhere(document: Document, context: Context) -> Iterator[Found]:
    """A pinpoint that is off by a page makes a reader doubt a quotation that is true.

    Where the pinpoint of a quotation is "line N" or "lines N-M" (or línea, linha, ligne), the quotation touches one of those
    lines of the archived copy.
    """
    for key, piece in pieces(document):
        lines = named_lines(piece.pinpoint) if piece.quotation is not None else None
        archive = _text_of(piece, context) if lines else None
        if lines is None or archive is None or piece.pinpoint is None or piece.quotation is None:
            continue
        first, last = lines
        text = archive.folded
        if text.touches(piece.quotation, first, last):
            continue
        places = _lines_of(text, fold(piece.quotation), first, last)
        if places:
            written = [f"{start}" if start == end else f"{start}-{end}" for start, end in places[:3]]
            listed = f"line{'s' if len(places) > 1 or '-' in written[0] else ''} {', '.join(written)}"
            word = piece.pinpoint.split()[0].removesuffix("s") + ("s" if "-" in written[0] else "")
            yield Found(
                (*place(document, key), "pinpoint"),
                f"the quotation of {name(key)} stands in {listed} of {piece.source}, not in '{piece.pinpoint}'",
                f"write {word} {written[0]}",
            )


def named_lines(pinpoint: str | None) -> tuple[int, int] | None:
    """The first and the last line that a pinpoint names, or None where it names something else."""
    lines = _LINES.fullmatch(pinpoint) if pinpoint and pinpoint[0] in "lL" else None
    return (int(lines[1]), int(lines[2] or lines[1])) if lines else None


def _text_of(piece: Evidence, context: Context) -> Archive | None:
    """The archived text that a quotation is to stand in; None where there is none, or something else is wrong that is said
    elsewhere.
    """
    source = context.sources.get(piece.source) if piece.quotation is not None else None
    if source is None or source.archived is None or source.media is not Media.TEXT or restricted(piece, context):
        return None
    archive = context.archive(source.archived)
    return archive if archive is not None and archive.text is not None else None


def _as_far_as(archive: Folded, quotation: Folded) -> str:
    """How much of a quotation stands in a text, and how the text goes on."""
    if not quotation.words:
        return "it is blank"
    beginning = archive.beginning(quotation)
    if " " not in beginning:
        return f"not even its beginning '{_start(quotation.words, 30)}'"
    at = archive.find(fold(beginning))
    after = _start(archive.onward(at[1]), 30) if at else ""
    return f"found up to '{_end(beginning, 40)}'" + (f", where the source goes on '{after}'" if after else "")


def _mend(archive: Folded, quotation: Folded) -> str:
    """What to do about the commonest slips, or nothing."""
    bare = quotation.words.strip("\"'“”«»‘’„ ")
    if bare != quotation.words and archive.find(fold(bare)):
        return "leave out the quotation marks around it"
    if re.search(r"\.\.\.|…|\[", quotation.words):
        return "quote one passage without omissions, or make two pieces of evidence of it"
    return ""


def _start(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most + 1].rpartition(" ")[0] or words[:most]


def _end(words: str, most: int) -> str:
    return words if len(words) <= most else "… " + words[-most:].partition(" ")[2]


def _lines_of(archive: Folded, quotation: Folded, first: int, last: int) -> list[tuple[int, int]]:
    """The lines in which a quotation stands; none when one of its places is within the lines named, or it has no place."""
    places: list[tuple[int, int]] = []
    found = archive.find(quotation) if quotation.words else None
    while found is not None:
        start, end = archive.line(found[0]), archive.line(found[1] - 1)
        if start <= last and end >= first:
            return []
        places.append((start, end))
        found = archive.find(quotation, found[1])
    return places


RULES = (
    Rule(Code("WP504", "quotation-not-found"), quotation_not_found, on=HOLDING),
    Rule(Code("WP505", "pinpoint-elsewhere", Severity.WARNING), pinpoint_elsewhere, on=HOLDING),
)
