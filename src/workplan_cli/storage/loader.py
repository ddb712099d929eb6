"""From bytes to documents: the one way a file becomes part of the record.

This module alone knows the order of the checks on one file: what it is by its path, whether its bytes are text, whether the
text is YAML without traps, whether the YAML has the shape of its document. Each step that fails yields findings; a file that
is broken in one place is still read in all others.
"""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from workplan_cli.diagnostics import Code, Diagnostic, Pointer
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import ARCHIVE as ARCHIVE
from workplan_cli.model.record import document_at
from workplan_cli.storage import shape, syntax, traps, yaml
from workplan_cli.storage.misplaced import UNKNOWN_PLACE, is_prose, is_words, unknown_place
from workplan_cli.storage.salvage import salvage
from workplan_cli.storage.sourcemap import SourceMap
from workplan_cli.storage.syntax import DUPLICATE_KEY, EMPTY, MANY_DOCUMENTS, SYNTAX, TOO_LARGE
from workplan_cli.storage.tree import MAX_BYTES, Refusal, Tree
from workplan_cli.storage.wording import kind_of

UNREADABLE = Code("WP102", "unreadable-file")
OUTSIDE = Code("WP103", "link-outside")

CODES = (UNKNOWN_PLACE, UNREADABLE, OUTSIDE, TOO_LARGE, SYNTAX, DUPLICATE_KEY, MANY_DOCUMENTS, EMPTY)


@dataclass(frozen=True)
class Loaded:
    """One file, read as far as it can be. `document` is None when nothing of it could be; `damaged` are the entries left out
    or amended.
    """

    path: str
    document: Document | None
    diagnostics: tuple[Diagnostic, ...] = ()
    damaged: tuple[Pointer, ...] = ()
    data: bytes = b""


def load(tree: Tree, path: str) -> Loaded:
    """Read one file of the record. `path` is relative to `data/`, and so are the paths of the findings."""
    place = document_at(path)
    if place is None and is_words(path):
        return _words(tree, path)
    if place is None:
        return Loaded(path, None, () if is_prose(path) else (unknown_place(path),))
    data = tree.read(path)
    if isinstance(data, Refusal):
        return Loaded(path, None, (refused(path, data),))
    return parse(path, data, *place)


def _words(tree: Tree, path: str) -> Loaded:
    """Look at a file of words for a report, which is no document: its bytes are text, and show what they say."""
    data = tree.read(path)
    if isinstance(data, Refusal):
        return Loaded(path, None, (refused(path, data),))
    bad = traps.undecodable(data, path)
    return Loaded(path, None, (bad,) if bad else (*traps.conflicts(data, path), *traps.hidden(data, path)), data=data)


def parse(path: str, data: bytes, model: type[Document], identity: dict[str, str], using: yaml.Parser = yaml.PARSER) -> Loaded:
    """Read the bytes of one document."""
    bad = traps.undecodable(data, path)
    if bad:
        return Loaded(path, None, (bad,), data=data)
    found = [*traps.conflicts(data, path)] or [*traps.hidden(data, path)]
    if found:
        return Loaded(path, None, tuple(found), data=data)
    try:
        content = yaml.read(data, using)
    except yaml.YamlProblem as problem:
        return Loaded(path, None, tuple(syntax.explain(path, data, problem)), data=data)
    found = [*traps.look(data, path)]
    if any(finding.code in traps.BLOCKING for finding in found):
        return Loaded(path, None, tuple(found), data=data)
    if not isinstance(content, dict):
        return Loaded(path, None, (*found, _no_mapping(path, content)), data=data)
    repeated = [name for name in identity if name in content]
    content = {key: value for key, value in content.items() if key not in repeated} if repeated else content
    found += [_identity(path, name, identity[name]) for name in repeated]
    try:
        document = model.model_validate({**content, **identity}, by_alias=True, by_name=False)
    except ValidationError as error:
        return _damaged(path, data, model, identity, content, error.errors(include_url=False), found)
    return Loaded(path, document, tuple(found), data=data)


def _damaged(
    path: str,
    data: bytes,
    model: type[Document],
    identity: dict[str, str],
    content: dict[Any, Any],
    errors: list[ErrorDetails],
    found: list[Diagnostic],
) -> Loaded:
    """A file that is YAML and has not the shape of its document."""
    source = SourceMap(data.decode())
    if source.problem is not None:
        problem = yaml.YamlProblem(source.problem[0], source.problem[1].line, source.problem[1].column)
        return Loaded(path, None, tuple(syntax.explain(path, data, problem)), data=data)
    disguised = {finding.span for finding in found if finding.code is traps.BASED}
    misfits = [_placed(finding, source) for finding in shape.findings(path, model, content, errors)]
    document, damaged = salvage(model, content, identity, errors)
    # A number in disguise explains that a text is none.
    return Loaded(path, document, (*found, *(one for one in misfits if one.span not in disguised)), damaged, data)


def resolve(diagnostics: tuple[Diagnostic, ...], data: bytes) -> tuple[Diagnostic, ...]:
    """The findings of one file with their pointers turned into lines and columns."""
    if not data or all(finding.span is not None for finding in diagnostics):
        return diagnostics
    try:
        source = SourceMap(data.decode())
    except UnicodeDecodeError:
        return diagnostics
    return tuple(_placed(finding, source) for finding in diagnostics)


def _placed(finding: Diagnostic, source: SourceMap) -> Diagnostic:
    return finding if finding.span is not None else finding.at(source.find(finding.pointer, finding.on_key))


def refused(path: str, refusal: Refusal) -> Diagnostic:
    """A path that is not a readable file inside the repository."""
    if refusal.reason == "link":
        return Diagnostic(OUTSIDE, path, f"the file is not read: {refusal.found}", "put the file itself here")
    if refusal.reason == "size":
        message = f"the file is not read: {refusal.found}; the most is {MAX_BYTES:,}"
        return Diagnostic(TOO_LARGE, path, message, "split it, or archive the document elsewhere")
    return Diagnostic(UNREADABLE, path, f"the file cannot be read: {refusal.found}", "put a readable file here, or remove it")


def _no_mapping(path: str, content: Any) -> Diagnostic:
    if content is None:
        return syntax.empty(path)
    message = f"the file must be a mapping (key: value); found {kind_of(content)}"
    return Diagnostic(shape.WRONG_TYPE, path, message, "write 'key: value' lines")


def _identity(path: str, name: str, said: str) -> Diagnostic:
    message = f"'{name}' is written in the file; the path says it already: '{said}'"
    return Diagnostic(shape.IDENTITY, path, message, "delete the line", (name,), on_key=True)
