"""From bytes to documents: the one way a file becomes part of the record.

This module alone knows the order of the checks on one file: what it is by its path, whether its bytes are text, whether the text is YAML without traps, whether
the YAML has the shape of its document. Each step that fails yields findings; a file that is broken in one place is still read in all others.
"""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from workplan_cli.diagnostics import Code, Diagnostic, Pointer, Span
from workplan_cli.model.document import Document
from workplan_cli.model.record import DOCUMENTS, document_at
from workplan_cli.storage import shape, traps, yaml
from workplan_cli.storage.sourcemap import SourceMap
from workplan_cli.storage.tree import MAX_BYTES, Refusal, Tree

UNKNOWN_PLACE = Code("WP101", "unknown-place")
UNREADABLE = Code("WP102", "unreadable-file")
OUTSIDE = Code("WP103", "link-outside")
TOO_LARGE = Code("WP104", "too-large")
SYNTAX = Code("WP108", "syntax")
DUPLICATE_KEY = Code("WP110", "duplicate-key")
MANY_DOCUMENTS = Code("WP113", "many-documents")
EMPTY = Code("WP117", "empty-file")

CODES = (UNKNOWN_PLACE, UNREADABLE, OUTSIDE, TOO_LARGE, SYNTAX, DUPLICATE_KEY, MANY_DOCUMENTS, EMPTY)

ARCHIVE = "sources/archive/"
"""Where the archived copies lie: any file may be there; each is to be named by a source."""


@dataclass(frozen=True)
class Loaded:
    """One file, read as far as it can be. `document` is None when nothing of it could be; `damaged` are the entries left out or amended."""

    path: str
    document: Document | None
    diagnostics: tuple[Diagnostic, ...] = ()
    damaged: tuple[Pointer, ...] = ()
    data: bytes = b""


def load(tree: Tree, path: str) -> Loaded:
    """Read one file of the record. `path` is relative to `data/`, and so are the paths of the findings."""
    place = document_at(path)
    if place is None:
        return Loaded(path, None, (unknown_place(path),))
    data = tree.read(path)
    if isinstance(data, Refusal):
        return Loaded(path, None, (refused(path, data),))
    return parse(path, data, *place)


def parse(path: str, data: bytes, model: type[Document], identity: dict[str, str]) -> Loaded:
    """Read the bytes of one document."""
    bad = traps.undecodable(data, path)
    if bad:
        return Loaded(path, None, (bad,), data=data)
    found = [*traps.conflicts(data, path)] or [*traps.hidden(data, path)]
    if found:
        return Loaded(path, None, tuple(found), data=data)
    try:
        content = yaml.read(data)
    except yaml.YamlProblem as problem:
        return Loaded(path, None, tuple(_unreadable_yaml(path, data, problem)), data=data)
    found = [*traps.look(data, path)]
    blocked = any(finding.code in (traps.ANCHOR, traps.TAG, traps.TAB, traps.NO_BREAK) for finding in found)
    if blocked:
        return Loaded(path, None, tuple(found), data=data)
    document, shape_findings, damaged = _validate(path, content, model, identity)
    return Loaded(path, document, (*found, *shape_findings), damaged, data)


def resolve(diagnostics: tuple[Diagnostic, ...], data: bytes) -> tuple[Diagnostic, ...]:
    """The findings of one file with their pointers turned into lines and columns."""
    if all(finding.span is not None for finding in diagnostics):
        return diagnostics
    try:
        source = SourceMap(data.decode())
    except UnicodeDecodeError:
        return diagnostics
    return tuple(
        finding if finding.span is not None else finding.at(source.find(finding.pointer, finding.on_key)) for finding in diagnostics
    )


def unknown_place(path: str) -> Diagnostic:
    """A file that nothing would ever read: a name with a slip in it loses a state's answers without a word."""
    hint = "the record's files are " + ", ".join(dict.fromkeys(document.location for document in DOCUMENTS[:4])) + ", …"
    parent = path.rpartition("/")[0]
    siblings = [document.location for document in DOCUMENTS if document.location.count("/") == path.count("/")]
    same = [name for name in siblings if name.split("/")[0] == path.split("/")[0]]
    if same:
        hint = f"in {parent or 'data'}/ the record has " + ", ".join(location.rpartition("/")[2] for location in same)
        if path.endswith(".yml"):
            hint = f"name it {path.rpartition('/')[2].removesuffix('.yml')}.yaml"
    return Diagnostic(UNKNOWN_PLACE, path, f"'{path}' is not a place of the record: nothing would read it", hint)


def refused(path: str, refusal: Refusal) -> Diagnostic:
    """A path that is not a readable file inside the repository."""
    if refusal.reason == "link":
        return Diagnostic(OUTSIDE, path, f"the file is not read: {refusal.found}", "put the file itself here")
    if refusal.reason == "size":
        return Diagnostic(
            TOO_LARGE, path, f"the file is not read: {refusal.found}; the most is {MAX_BYTES:,}", "split it, or archive the document elsewhere"
        )  # fmt: skip
    return Diagnostic(UNREADABLE, path, f"the file cannot be read: {refusal.found}", "put a readable file here, or remove it")


def _unreadable_yaml(path: str, data: bytes, problem: yaml.YamlProblem) -> list[Diagnostic]:
    """One finding for a file that is not YAML: the trap that explains it where there is one, else the parser's own word."""
    if isinstance(problem, yaml.EmptyDocument):
        return [Diagnostic(EMPTY, path, "the file is empty", "write the document, or delete the file", span=Span(1, 1, 1, 1))]
    source = SourceMap(data.decode())
    if isinstance(problem, yaml.SeveralDocuments):
        second = source.roots[1].start if len(source.roots) > 1 else 0
        return [
            Diagnostic(MANY_DOCUMENTS, path, "a second document begins here", "keep one document a file; delete the '---'", span=source.span(second))
        ]
    doubles = _duplicate_keys(path, source)
    if doubles:
        return doubles
    explained = [finding for finding in traps.look(data, path) if finding.code in (traps.TAB, traps.NO_BREAK, traps.TAG, traps.CUT)]
    if explained:
        return explained[:1]
    if "deep" in problem.message or "nesting" in problem.message:
        span = Span(max(problem.line, 1), max(problem.column, 1))
        return [Diagnostic(TOO_LARGE, path, "the nesting is too deep", "no document of the record nests so far", span=span)]
    message, span = source.problem or (problem.message, Span(max(problem.line, 1), max(problem.column, 1)))
    return [Diagnostic(SYNTAX, path, f"this is not YAML: {message}", _advice(message), span=span)]


def _advice(message: str) -> str:
    if "mapping values are not allowed" in message:
        return "a text with ': ' in it goes in quotes; or a line above lacks its colon or has another indentation"
    if "unexpected end of stream" in message:
        return "a quote is opened and never closed"
    if "expected ',' or" in message:
        return "a bracket is opened and never closed, or a comma is missing"
    if "alias" in message or "cannot start any token" in message:
        return "text that begins with one of * & % @ ` ! goes in quotes"
    if "block" in message or "indent" in message:
        return "keys of one mapping stand in one column"
    return "compare the line with the ones around it: colon, quotes, indentation"


def _duplicate_keys(path: str, source: SourceMap) -> list[Diagnostic]:
    """Equal keys in one mapping: only one of the two would be read."""
    found = []
    for node in source.nodes:
        first: dict[str, Span] = {}
        for key in node.keys:
            span = source.span(key.start, key.end)
            if key.value in first:
                other = first[key.value]
                message = f"the key '{key.value}' stands twice: first in line {other.line}, again in line {span.line}"
                found.append(
                    Diagnostic(DUPLICATE_KEY, path, message, "keep one of the two", span=span, related=((f"first '{key.value}'", other),))
                )
            first.setdefault(key.value, span)
    return found


def _validate(
    path: str, content: Any, model: type[Document], identity: dict[str, str]
) -> tuple[Document | None, list[Diagnostic], tuple[Pointer, ...]]:
    if not isinstance(content, dict):
        kind = "a list" if isinstance(content, list) else "one single text"
        return None, [Diagnostic(shape.WRONG_TYPE, path, f"the file must be a mapping (key: value); found {kind}")], ()
    repeated = [name for name in identity if name in content]
    if repeated:
        content = {key: value for key, value in content.items() if key not in repeated}
    extra = [
        Diagnostic(
            shape.IDENTITY, path, f"'{name}' is written in the file; the path says it already: '{identity[name]}'", "delete the line", (name,), True
        )
        for name in repeated
    ]  # fmt: skip
    try:
        return model.model_validate({**content, **identity}), extra, ()
    except ValidationError as error:
        errors = error.errors(include_url=False)
    found = extra + shape.findings(path, model, content, errors)
    document, damaged = _salvage(model, content, identity, errors)
    return document, found, damaged


def _salvage(
    model: type[Document], content: dict[Any, Any], identity: dict[str, str], errors: list[Any]
) -> tuple[Document | None, tuple[Pointer, ...]]:
    """The document without what is wrong in it: first without the wrong fields, then without the entries that hold them.

    A list keeps its items, so that every pointer stays true; where an item cannot stay, the document is given up.
    """
    damaged: list[Pointer] = []
    for _ in range(3):
        content = _without(content, errors, damaged)
        try:
            return model.model_validate({**content, **identity}), tuple(dict.fromkeys(pointer[:2] for pointer in damaged))
        except ValidationError as error:
            errors = error.errors(include_url=False)
        except RecursionError:
            return None, ()
    return None, ()


def _without(content: dict[Any, Any], errors: list[Any], damaged: list[Pointer]) -> dict[Any, Any]:
    copy = _copied(content)
    for error in errors:
        pointer = shape.real_pointer(content, error["loc"])
        damaged.append(pointer or ("",))
        _delete(copy, pointer)
    return copy


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_copied(child) for child in value]
    return value


def _delete(content: dict[Any, Any], pointer: Pointer) -> None:
    """Take out the deepest mapping entry on the way; list items stay."""
    holder: Any = content
    last: tuple[dict[Any, Any], Any] | None = None
    for step in pointer:
        if isinstance(holder, dict) and step in holder:
            last, holder = (holder, step), holder[step]
        elif isinstance(holder, list) and isinstance(step, int) and step < len(holder):
            holder = holder[step]
        else:
            break
    if last is not None:
        last[0].pop(last[1], None)
