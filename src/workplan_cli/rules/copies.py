"""Archived copies: what a source said on the day it was read, kept so that it can be read again.

This module alone knows what a source and its copy owe each other.
"""

from collections.abc import Iterator

from workplan_cli.diagnostics import Code, Severity, closest, did_you_mean
from workplan_cli.model.evidence import ARCHIVE, Access, Media, Source
from workplan_cli.rules.archive import Archive
from workplan_cli.rules.rule import Context, Facts, Found, Rule, Scope


def archive_mismatch(source: Source, context: Context) -> Iterator[Found]:
    """An archived copy proves what a source said only while it is there, can be read, and is the very copy that was archived.

    `archived` is a path below `data/sources/archive/` and does not lead out of it; the file is there, in UTF-8
    (comma-separated where `media` is table); `sha256` is given and is the file's own.
    """
    path = source.archived
    if path is None or source.access is Access.RESTRICTED:
        return
    if path.startswith("/") or "\\" in path or ".." in path.split("/"):
        yield Found(
            ("archived",),
            f"archived '{path}' leads out of data/{ARCHIVE}",
            "put the copy into that folder and write its path from there",
        )
    elif path not in context.archive_paths:
        inside = next((known for known in context.archive_paths if path.endswith(f"/{known}")), None)
        hint = f"write {inside}: the path counts from data/{ARCHIVE}" if inside else did_you_mean(path, context.archive_paths)
        yield Found(("archived",), f"archived '{path}' is not in data/{ARCHIVE}", hint or "put the copy there, or delete the key")
    elif (archive := context.archive(path)) is not None:
        yield from _altered(source, archive)
    elif path not in context.archive_refused:
        yield Found(("archived",), f"archived '{path}' cannot be read", "put a readable copy there, and check again")


def archive_without_source(facts: Facts, context: Context) -> Iterator[tuple[str, Found]]:
    """An archived copy that no source names has no title, no date, no licence and no publisher: nobody may cite it.

    Every file below `data/sources/archive/` is `archived` in a source. Silent where a source could not be read, and for a
    file that a source names with a slip, which is reported there.
    """
    if context.unread_sources:
        return
    named = {source.archived for source in context.sources.values() if source.archived}
    unnamed, missing = context.archive_paths - named, named - context.archive_paths
    slips = {closest(name, unnamed) for name in missing} if unnamed else set()
    for path in sorted(unnamed - slips):
        if not any(name.endswith(f"/{path}") for name in missing):
            yield (
                f"{ARCHIVE}{path}",
                Found((), "no source names this copy", f"write data/sources/<id>.yaml with archived: {path}, or delete the file"),
            )


def _altered(source: Source, archive: Archive) -> Iterator[Found]:
    if source.sha256 is None:
        yield Found(("archived",), f"the copy '{source.archived}' has no sha256", f"add sha256: {archive.sha256}", on_key=True)
    elif source.sha256.lower() != archive.sha256:
        yield Found(
            ("sha256",),
            f"the copy '{source.archived}' is not the one that was archived: its sha256 is another",
            f"restore the file from git; or, if this is the right copy, write {archive.sha256}",
        )
    elif archive.text is None:
        yield Found(
            ("archived",),
            f"the copy '{source.archived}' is not text in UTF-8",
            "archive its text: quotations are looked up in it",
        )
    elif source.media is Media.TABLE and archive.table is None:
        yield Found(
            ("archived",),
            f"the copy '{source.archived}' is not a table",
            "archive it as comma-separated values with a line of column names",
        )
    elif archive.table is not None and source.column is not None and source.column not in archive.table.columns:
        columns = ", ".join(archive.table.columns[:12])
        hint = did_you_mean(source.column, archive.table.columns, f"it has {columns}")
        yield Found(("column",), f"the copy '{source.archived}' has no column '{source.column}'", hint)


RULES = (
    Rule(Code("WP507", "archive-mismatch"), archive_mismatch, on=(Source,)),
    Rule(Code("WP508", "archive-without-source", Severity.WARNING), archive_without_source, scope=Scope.RECORD),
)
