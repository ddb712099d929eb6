"""An archived copy put beside the source that a piece of evidence cites: what it makes of the files, and what it proves.

This module alone decides whether a copy may become the archived one: not of what is restricted, not in the place of another,
and not where the words or the cell that are cited are not in it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from workplan_cli.checking.amend import found_in_all, refuse_errors
from workplan_cli.checking.desk import Desk
from workplan_cli.diagnostics import Diagnostic, did_you_mean, visible
from workplan_cli.errors import WorkplanError
from workplan_cli.model.entry import Register
from workplan_cli.model.evidence import ARCHIVE, Access, Evidence, Media, Source
from workplan_cli.model.registers import REGISTERS
from workplan_cli.rules.archive import Archive
from workplan_cli.rules.text import fold
from workplan_cli.storage.loader import load
from workplan_cli.storage.splice import Edit, Put, spliced
from workplan_cli.storage.tree import Refusal

_TEXTS = {".txt": Media.TEXT, ".md": Media.TEXT, ".csv": Media.TABLE}
"""The endings that a copy may have, and how it is read."""


@dataclass(frozen=True)
class Cited:
    """What cites a source: a piece of evidence in a file of answers, or all that an entry of a register cites of it."""

    name: str
    """How it is called in a sentence."""
    pieces: tuple[Evidence, ...]
    source: Source
    data: bytes
    """The file of the source."""


@dataclass(frozen=True)
class Attachment:
    """The files that an attachment writes, the copy first: path below `data/`, content, and what was there before."""

    files: tuple[tuple[str, bytes, bytes | None], ...]
    proves: str
    """What of the evidence was looked up in the copy, in words."""
    found: tuple[Diagnostic, ...] = ()
    """What the rules find anew, none of it an error."""


def cited(desk: Desk, path: str, id_: str) -> Cited:
    """A piece of evidence of the file of answers at `path`. Raises WorkplanError where there is none, or no source to archive."""
    sheet = desk.answers(path)
    if sheet is None:
        raise WorkplanError(f"there is no data/{path} that can be read", "name another with --round or --voice")
    if id_ not in sheet.evidence:
        hint = did_you_mean(id_, sheet.evidence, f"there is: {', '.join(sheet.evidence) or 'none'}")
        raise WorkplanError(f"data/{path} has no evidence '{visible(id_)}'", hint)
    return _of_source(desk, f"evidence {id_}", sheet.evidence[id_].source, (sheet.evidence[id_],))


def cited_by_entry(desk: Desk, register: str, holder: str, id_: str, source: str | None) -> Cited:
    """What an entry of a register cites of one source: the one that is named, or the only one."""
    names = [one.register() for one in REGISTERS]
    if register not in names:
        raise WorkplanError(
            f"there is no register '{visible(register)}'", did_you_mean(register, names, f"there are: {', '.join(names)}")
        )
    path = f"registers/{register}/{holder}.yaml"
    document = load(desk.tree, path).document if path in desk.paths else None
    if not isinstance(document, Register):
        raise WorkplanError(f"there is no data/{visible(path)} that can be read", f"see who holds it: data/registers/{register}/")
    entry = next((one for one in document.entries if one.id == id_), None)
    if entry is None:
        there = [one.id for one in document.entries]
        hint = did_you_mean(id_, there, f"there are: {', '.join(there)}")
        raise WorkplanError(f"data/{path} has no {document.noun} '{visible(id_)}'", hint)
    sources = tuple(dict.fromkeys((*(one.source for one in entry.evidence), *entry.sources)))
    name = f"the {document.noun} {id_}"
    if not sources:
        raise WorkplanError(f"{name} cites no source", f"name one in data/{path}: sources: [ID]")
    if source is None and len(sources) > 1:
        raise WorkplanError(f"{name} cites {len(sources)} sources", f"say which the copy is of: --source {sources[0]}")
    if source is not None and source not in sources:
        raise WorkplanError(
            f"{name} does not cite '{visible(source)}'", did_you_mean(source, sources, f"it cites: {', '.join(sources)}")
        )
    wanted = source or sources[0]
    return _of_source(desk, name, wanted, tuple(one for one in entry.evidence if one.source == wanted))


def _of_source(desk: Desk, name: str, source: str, pieces: tuple[Evidence, ...]) -> Cited:
    if source not in desk.context.source_ids:
        hint = did_you_mean(source, desk.context.source_ids, f"write it: workplan new source {visible(source)}")
        raise WorkplanError(f"{name} cites '{visible(source)}', which is no source of the record", hint)
    loaded = load(desk.tree, Source.location.format(source=source))
    if not isinstance(loaded.document, Source) or loaded.damaged:
        raise WorkplanError(
            f"data/{loaded.path} cannot be read", f"see what is wrong with it: workplan validate data/{loaded.path}"
        )
    if Access.RESTRICTED in (*(one.access for one in pieces), loaded.document.access):
        raise WorkplanError(
            f"{name} rests on {source}, which is restricted: no copy of it may be kept here",
            "ask its custodian; if it is public after all, change 'access' first",
        )
    return Cited(name, pieces, loaded.document, loaded.data)


def attached(desk: Desk, cited_: Cited, copy: bytes | None, ending: str, url: str | None) -> Attachment:
    """What a copy, an address, or both make of the source. Raises WorkplanError where a rule stands against it."""
    source = cited_.source
    edits: list[Edit] = []
    files: list[tuple[str, bytes, bytes | None]] = []
    if url is not None and source.url != url:
        _refuse_another(source, "url", source.url, url)
        edits.append(Put(("url",), url))
    archive = None
    if copy is not None:
        archive, place, told = _archive(desk, source, copy, ending)
        edits += told
        files += [(place, copy, None)] if place not in desk.paths else []
    if edits:
        files.append((source.path, spliced(source.path, cited_.data, edits), cited_.data))
    found = found_in_all(desk, {path: data for path, data, _ in files}) if files else ()
    refuse_errors(found)
    return Attachment(tuple(files), _proof(cited_, archive), found)


def _archive(desk: Desk, source: Source, copy: bytes, ending: str) -> tuple[Archive, str, list[Edit]]:
    """The copy as the rules see it, its place, and what the source is to say of it."""
    media = source.media if "media" in source.model_fields_set else _TEXTS.get(ending, Media.TEXT)
    sha256 = hashlib.sha256(copy).hexdigest()
    archive = Archive(sha256, _text(copy), media)
    if source.archived is not None:
        leads_out = source.archived.startswith("/") or "\\" in source.archived or ".." in source.archived.split("/")
        if not leads_out and source.sha256 is not None and source.sha256.lower() == sha256:
            return archive, ARCHIVE + source.archived, []
        raise WorkplanError(
            f"{source.source} has an archived copy already, '{visible(source.archived)}', and this is another",
            "a copy is never overwritten: what is cited from it would change; write a source of its own for the new edition",
        )
    if not copy:
        raise WorkplanError("the copy is empty", "name a file that holds the words that are cited")
    if archive.text is None or "\0" in archive.text:
        raise WorkplanError(
            "the copy is not text in UTF-8, and quotations are looked up in it",
            "attach its text: of a PDF, for instance, `pdftotext -layout FILE`; the document itself is found by its --url",
        )
    if media is Media.TABLE and archive.table is None:
        raise WorkplanError("the copy is not a table", "save it as comma-separated values with a line of column names")
    if ending not in _TEXTS:
        ending = ".csv" if media is Media.TABLE else ".txt"
    name = source.source + ending
    _refuse_taken(desk, name, copy)
    said: Mapping[str, str] = {"archived": name, "sha256": sha256} | (
        {"media": media.value} if media is Media.TABLE and source.media is not media else {}
    )
    return archive, ARCHIVE + name, [Put((key,), words) for key, words in said.items()]


def _refuse_taken(desk: Desk, name: str, copy: bytes) -> None:
    """A file of that name may be there from an attachment that was cut short, and is then this very copy."""
    there = desk.tree.read(ARCHIVE + name) if ARCHIVE + name in desk.paths else None
    if there is None or there == copy:
        return
    why = f": {there.found}" if isinstance(there, Refusal) else ""
    raise WorkplanError(
        f"data/{ARCHIVE}{name} is there already, and is another file{why}",
        "a copy is never overwritten; move that file away first",
    )


def _refuse_another(source: Source, key: str, there: str | None, wanted: str) -> None:
    if there is not None:
        raise WorkplanError(
            f"{source.source} has the {key} '{visible(there)}' already, and '{visible(wanted)}' is another",
            f"if it has moved, change it in data/{source.path}",
        )


def _proof(cited_: Cited, archive: Archive | None) -> str:
    """What of the evidence is in the copy, a line a piece: whatever is not there is an error, and never comes so far."""
    if archive is None:
        return ""
    looked_up = [_found(cited_.name, one, archive) for one in cited_.pieces]
    return "\n".join(one for one in looked_up if one) or f"{cited_.name} quotes nothing to look up in it"


def _found(name: str, piece: Evidence, archive: Archive) -> str:
    if archive.media is Media.TABLE:
        return f"the cell of {name} is in it: {visible(piece.cell)}" if piece.cell else ""
    at = archive.folded.find(fold(piece.quotation)) if piece.quotation else None
    return f"the quotation of {name} is in it, line {archive.folded.line(at[0])}" if at else ""


def _text(copy: bytes) -> str | None:
    try:
        return copy.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
