"""The canonical form of a file, and the proof that giving it changes nothing that is said.

This module alone decides whether a file may be written anew: it is read before and after, and unless the content is equal and
no comment is lost, the file is left alone. So is a file with a trap in it, whose author means something else than it says.
"""

from collections import Counter
from dataclasses import dataclass

from workplan_cli.diagnostics import Diagnostic, Severity, Span
from workplan_cli.model.record import document_at
from workplan_cli.storage import layout, yaml
from workplan_cli.storage.gaps import comments
from workplan_cli.storage.loader import parse, resolve
from workplan_cli.storage.misplaced import unknown_place
from workplan_cli.storage.sourcemap import SourceMap

FIRST_FAMILY = "WP1"
"""The findings about a file as text: while one stands, its layout is not safe to touch."""


@dataclass(frozen=True)
class Formatted:
    """The canonical form of a file. `text` is None where the file is left alone; then `why` says so, and `line` where, 0 for
    all of it."""

    text: bytes | None
    why: str = ""
    line: int = 0


def canonical(path: str, data: bytes) -> Formatted:
    """The canonical form of the bytes of one file; `path` is relative to `data/`."""
    place = document_at(path)
    if place is None:
        return _left_alone(unknown_place(path))
    trap = _trap(path, data)
    if trap is not None:
        return _left_alone(trap)
    content = yaml.read(data)
    if not isinstance(content, dict) or not content:
        return Formatted(None, "it is no mapping with keys (key: value)")
    source = _source(data)
    if source.problem is not None:  # this project's two parsers differ here, and so may anybody's
        why = "YAML readers do not agree on this line; text with signs in it goes in quotes"
        return Formatted(None, why, source.problem[1].line)
    after = layout.lay_out(source, place[0]).encode()
    if after == data:
        return Formatted(after)
    trap = _trap(path, after)
    if trap is not None:  # what was harmless where it stood, such as a comment without a space after its #
        return Formatted(None, f"in its canonical form {trap.message}")
    if not says_the_same(data, after):
        return Formatted(None, "its layout is one that cannot be changed safely")
    return Formatted(after)


def _trap(path: str, data: bytes) -> Diagnostic | None:
    """The first finding about a file as text, whatever its words mean."""
    place = document_at(path)
    assert place is not None
    found = [one for one in parse(path, data, *place).diagnostics if one.code.id.startswith(FIRST_FAMILY)]
    errors = tuple(one for one in found if one.code.severity is Severity.ERROR)
    return resolve(errors[:1], data)[0] if errors else None


def says_the_same(one: bytes, other: bytes) -> bool:
    """Whether two texts have equal content and equal comments, in whatever order, and every reader can read the second."""
    first, second = _source(one), _source(other)
    try:
        return bool(yaml.read(one) == yaml.read(other)) and second.problem is None and _comments(first) == _comments(second)
    except yaml.YamlProblem:
        return False


def _comments(source: SourceMap) -> Counter[str]:
    return Counter(text for _, text in comments(source))


def _source(data: bytes) -> SourceMap:
    return SourceMap(data.decode().replace("\r\n", "\n").replace("\r", "\n"))


def _left_alone(finding: Diagnostic) -> Formatted:
    span = finding.span or Span(0)
    return Formatted(None, f"{finding.code.id} {finding.message}", span.line)
