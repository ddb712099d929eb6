"""A file that is not YAML, or not one document of it, in words a drafter can act on.

This module alone knows the parsers' messages. A broken file gives one finding: the slip that explains it where there is one.
"""

import re
from typing import Any

from workplan_cli.diagnostics import Code, Diagnostic, Span
from workplan_cli.storage import traps, yaml
from workplan_cli.storage.sourcemap import SourceMap
from workplan_cli.storage.wording import shown
from workplan_cli.storage.yaml_libyaml import plain

TOO_LARGE = Code("WP104", "too-large")
SYNTAX = Code("WP108", "syntax")
DUPLICATE_KEY = Code("WP110", "duplicate-key")
MANY_DOCUMENTS = Code("WP113", "many-documents")
EMPTY = Code("WP117", "empty-file")

_EXPLAINING = (traps.TAB, traps.NO_BREAK, traps.TAG, traps.CUT)
_NO_COLON = "could not find expected ':'"
_WORDS = (
    (
        r"expected '-'",
        "this line belongs to no item of the list above",
        "a new item begins with '- '; the keys of one item stand in one column, the first right after its '- '",
    ),
    (
        r"expected ':'",
        "this line is neither a key with its value nor part of the text above",
        "write 'key: value'; text that goes on over lines stands further to the right than its key",
    ),
    (
        r"mapping values are not allowed",
        "a colon stands where none is expected",
        "put text with ': ' in it in quotes; or the line above lacks its colon, the space after it, or has another indentation",
    ),
    (
        r"unexpected end of stream|end of stream",
        "what is opened here is never closed",
        "close the quote or the bracket; inside \"…\" a quote is written \\\", and inside '…' it is written ''",
    ),
    (
        r"expected ',' or|expected flow|flow (sequence|mapping)",
        "a comma or a closing bracket is missing before this",
        "compare the brackets of this line and the one above",
    ),
    (
        r"expected key|expected <block end>|block (end|mapping|collection)|indent",
        "a new key is expected here",
        "keys of one mapping stand in one column; text with a quote in it goes in the other kind of quotes",
    ),
    (
        r"cannot start any token|alphabetic or numeric|alias|anchor",
        "no text may begin with this character",
        "text that begins with one of * & % @ ` ! goes in quotes",
    ),
    (r"escape", "a backslash in double quotes begins a special character", "use single quotes, or write the backslash twice"),
    (r"complex mapping key|a key must be", "a list or mapping stands where a key is expected", "put the key in quotes"),
    (r"node content", "a value is expected here", "write it, or close the bracket above"),
)
"""What parsers say, as patterns; what is meant; what to do."""


def explain(path: str, data: bytes, problem: yaml.YamlProblem) -> list[Diagnostic]:
    """What keeps a file's bytes from being one document."""
    if isinstance(problem, yaml.EmptyDocument):
        return [empty(path)]
    line, column = max(problem.line, 1), max(problem.column, 1)
    place = Span(line, column, line, column)
    if "nesting" in problem.message:  # asked first: to look for places in such a file takes long
        hint = "write it flat: no file of the record nests so far"
        return [Diagnostic(TOO_LARGE, path, "the nesting is too deep", hint, span=place)]
    source = SourceMap(data.decode())
    if isinstance(problem, yaml.SeveralDocuments) or (source.problem is None and len(source.roots) > 1):
        return [_second_document(path, source)]
    slips = [*traps.look(data, path)]
    blocking = [finding for finding in slips if finding.code in traps.BLOCKING]
    if source.problem is None and blocking:
        return blocking
    doubles = _duplicate_keys(path, source)
    if doubles:
        return doubles
    explained = [finding for finding in slips if finding.code in _EXPLAINING]
    if explained:
        return explained[:1]
    said, place = source.problem or (problem.message, place)
    message, hint = _in_words(said)
    if source.opened is not None and ("end of stream" in said or _NO_COLON in said):
        place = source.opened
    return [Diagnostic(SYNTAX, path, f"this is not YAML: {message}", hint, span=place)]


def empty(path: str) -> Diagnostic:
    """A file with nothing in it, or nothing but comments."""
    return Diagnostic(EMPTY, path, "the file is empty", "write the document, or delete the file", span=Span(1, 1, 1, 1))


def _in_words(said: str) -> tuple[str, str]:
    """A parser's message in plain words, with the next thing to do; the parser's own where it is not known."""
    for pattern, message, hint in _WORDS:
        if re.search(pattern, said):
            return message, hint
    return said, "compare the line with the ones around it: colon, quotes, indentation"


def _second_document(path: str, source: SourceMap) -> Diagnostic:
    place = source.span(source.roots[1].start) if len(source.roots) > 1 else source.problem[1] if source.problem else Span(1, 1)
    return Diagnostic(
        MANY_DOCUMENTS, path, "a second document begins here", "keep one document a file; delete the '---'", span=place
    )


def _duplicate_keys(path: str, source: SourceMap) -> list[Diagnostic]:
    """Equal keys in one mapping, in whatever spelling: only one of the two would be read."""
    found = []
    for node in source.nodes:
        first: dict[Any, Span] = {}
        for key in node.keys:
            meant = plain(key.value) if key.is_plain else key.value
            span = source.span(key.start, key.end)
            if meant in first:
                other = first[meant]
                message = f"the key '{shown(key.value)}' stands twice: first in line {other.line}, again in line {span.line}"
                related = ((f"first '{shown(key.value)}'", other),)
                found.append(Diagnostic(DUPLICATE_KEY, path, message, "keep one of the two", span=span, related=related))
            first.setdefault(meant, span)
    return found
