"""`workplan search`: where words stand in the record."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import RootOption
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.analysis.search import Found, Part, Wanted
    from workplan_cli.storage.tree import Tree

HELP = """Find words in the plan, the answers, the registers and the sources, with file and line.

\b
  workplan search linea gratuita             both words in one passage; accents do not count
  workplan search '"safe house"' --in answers
  workplan search hotline --in text,registers --lang es

A word is found where it begins a word: `traffick` finds trafficking. Of restricted evidence
only titles and custodians are looked at. Archived copies are not.

\b
Exit codes: 0 looked everywhere · 1 some files could not be read whole · 2 wrong use
"""
_ROOM = 70
"""Letters shown on each side of the first word that was found."""


class Shape(StrEnum):
    """How what is found is written."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True)
class Hit:
    """A passage that was found, by file and line."""

    part: str
    path: str
    line: int
    found: "Found"


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help='What to find; "a phrase" in double quotes.')],
    within: Annotated[
        list[str] | None, typer.Option("--in", metavar="PARTS", help="Only in text, answers, registers, sources.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--lang", metavar="LANG", help="Leave out texts that are in another language.")
    ] = None,
    most: Annotated[int, typer.Option("--max", metavar="N", min=0, help="Show at most N as text; 0 for all.")] = 50,
    shape: Annotated[Shape, typer.Option("--format", help="How it is written.")] = Shape.TEXT,
    root: RootOption = None,
) -> None:
    """Look, place, show."""
    from workplan_cli.analysis.search import Wanted
    from workplan_cli.cli import options, terminal
    from workplan_cli.settings import open_repository
    from workplan_cli.storage.tree import Directory

    wanted = Wanted.of(" ".join(words))
    if not wanted.phrases:
        raise WorkplanError("there is no word to look for", "write a word of letters or digits: workplan search hotline")
    settings = open_repository(root, options.here())
    unread: list[str] = []
    hits = list(_hits(Directory(settings.data), wanted, _parts(within or []), language, unread))
    if shape is Shape.JSON:
        terminal.emit_bytes(_json(hits).encode("utf-8", "backslashreplace"))
    else:
        terminal.emit(_text(hits, most))
    for path in unread:
        terminal.say(f"data/{path} could not be read whole", "see what is wrong with it: workplan validate")
    raise typer.Exit(1 if unread else 0)


def _parts(written: list[str]) -> "tuple[Part, ...]":
    from workplan_cli.analysis.search import Part
    from workplan_cli.cli import options
    from workplan_cli.diagnostics import did_you_mean

    known = tuple(part.value for part in Part)
    chosen = options.words(written)
    for word in chosen:
        if word not in known:
            raise WorkplanError(f"'{word}' is no part of the record", did_you_mean(word, known, f"allowed: {', '.join(known)}"))
    return tuple(part for part in Part if not chosen or part.value in chosen)


def _hits(tree: "Tree", wanted: "Wanted", parts: "tuple[Part, ...]", language: str | None, unread: list[str]) -> Iterator[Hit]:
    """All that is found, the parts in their order and each by path; `unread` takes the files that could not be read whole."""
    from workplan_cli.analysis.search import part_of, search
    from workplan_cli.storage.loader import load
    from workplan_cli.storage.record import lines_of
    from workplan_cli.storage.tree import Refusal

    paths: dict[Part, list[str]] = {part: [] for part in parts}
    for entry in tree.entries():
        part = part_of(entry.path)
        if part in paths:
            paths[part].append(entry.path)
    is_restricted = _restricted(tree)
    for part in parts:
        for path in paths[part]:
            data = tree.read(path)
            if isinstance(data, Refusal):
                unread.append(path)
                continue
            if not wanted.may_be_in(data.decode(errors="replace")):
                continue
            loaded = load(tree, path)
            if loaded.document is None or loaded.damaged:
                unread.append(path)
            found = list(search(loaded.document, wanted, language, is_restricted)) if loaded.document is not None else []
            lines = lines_of(loaded, [one.passage.pointer for one in found])
            yield from (Hit(part.value, path, line, one) for one, line in zip(found, lines, strict=True))


def _restricted(tree: "Tree") -> "Callable[[str], bool]":
    """Whether a source is restricted, by its id; each is read when it is first asked for."""
    from functools import cache

    from workplan_cli.model.evidence import Access, Source
    from workplan_cli.storage.loader import load

    @cache
    def is_restricted(source: str) -> bool:
        document = load(tree, Source.location.format(source=source)).document
        return isinstance(document, Source) and document.access is Access.RESTRICTED

    return is_restricted


def _text(hits: list[Hit], most: int) -> str:
    from workplan_cli.cli.terminal import glyphs, styled
    from workplan_cli.diagnostics import visible

    shown = hits[:most] if most else hits
    lines = []
    for hit in shown:
        lines.append(f"{styled(f'data/{hit.path}:{hit.line}', '36')}  {visible('/'.join(hit.found.passage.names))}\n")
        lines.append(f"  {_excerpt(hit.found, glyphs().more)}\n")
    files = len({hit.path for hit in hits})
    many = f"{len(hits):,} passage{'' if len(hits) == 1 else 's'} in {files:,} file{'' if files == 1 else 's'}"
    rest = f"; the first {len(shown):,} are shown, all with --max 0" if len(shown) < len(hits) else ""
    return "".join(lines) + (f"found in {many}{rest}\n" if hits else "found nowhere\n")


def _excerpt(found: "Found", more: str) -> str:
    """The passage around the first word that was found, with what was found marked, on one line."""
    from workplan_cli.cli.terminal import styled
    from workplan_cli.diagnostics import visible

    words, start = found.passage.words, found.spans[0][0]
    begin, end = max(0, start - _ROOM), min(len(words), start + 2 * _ROOM)
    pieces, at = [], begin
    for first, last in found.spans:
        if at <= first and last <= end:
            pieces += [_flat(words[at:first]), styled(visible(words[first:last]), "1")]
            at = last
    pieces.append(_flat(words[at:end]))
    return (more if begin else "") + "".join(pieces) + (more if end < len(words) else "")


def _flat(words: str) -> str:
    from workplan_cli.diagnostics import visible

    return visible(words.replace("\n", " "))


def _json(hits: list[Hit]) -> str:
    import json

    rows = [
        {
            "file": f"data/{hit.path}",
            "line": hit.line,
            "part": hit.part,
            "pointer": list(hit.found.passage.pointer),
            "language": hit.found.passage.language or None,
            "text": hit.found.passage.words,
            "found": [list(span) for span in hit.found.spans],
        }
        for hit in hits
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
