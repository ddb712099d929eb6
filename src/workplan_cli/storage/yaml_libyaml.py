"""PyYAML's C parser with the YAML 1.2 core schema. This module alone knows how to read with it."""

import re
from collections.abc import Callable, Hashable
from typing import Any

import yaml
from yaml._yaml import CParser

Problem = Callable[[str, int, int], Exception]
"""Makes an exception of what is wrong, its line and its column; 0 where none is known."""

NAME = f"libyaml (PyYAML {yaml.__version__})"

_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)", re.ASCII)
_BASED = re.compile(r"[-+]?0(?:[oO][0-7]+|[xX][0-9a-fA-F]+)", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_FIRST = frozenset("~nNtTfF.+-0123456789")


class Tagged:
    """A value with a tag: kept apart so that no model takes it for plain data."""


def plain(text: str) -> Any:
    """What a plain scalar means by the core schema. As in yamlrocks, a whole number with a zero before it stays text, and `0X1F`
    and `-0x1F` are numbers too."""
    if text and text[0] not in _FIRST:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text) or _BASED.fullmatch(text):
        return _whole(text)
    if _FLOAT.fullmatch(text) and not text.lstrip("+-").isdigit():
        return float(text)
    return text


def _whole(text: str) -> int | str:
    """A number; with more digits than Python writes, the text."""
    try:
        number = int(text, 0)
        str(number)
    except ValueError:
        return text
    return number


class _Parser(CParser):
    """Composes nodes and leaves every untagged one untagged."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return ""

    def descend_resolver(self, current: Any, index: Any) -> None:
        return None

    def ascend_resolver(self) -> None:
        return None


def documents(data: bytes, problem: Problem) -> list[Any]:
    """Every document in `data`. Raises what `problem` makes of a message, a line and a column."""
    if _may_be_deep(data):
        _refuse_depth(data, problem)
    parser = _Parser(data)
    found: list[Any] = []
    try:
        while parser.check_node():
            found.append(_build(parser.get_node(), problem))
    except yaml.YAMLError as error:
        raise problem(*_said(error)) from None
    except RecursionError:
        raise problem(TOO_DEEP, 0, 0) from None
    finally:
        parser.dispose()
    return found


def look_through(data: bytes, problem: Problem) -> None:
    """Raise what `problem` makes of what keeps `data` from being YAML. Nothing is built."""
    parser = CParser(data)
    try:
        parser.raw_parse()
    except yaml.YAMLError as error:
        raise problem(*_said(error)) from None
    finally:
        parser.dispose()


def _said(error: yaml.YAMLError) -> tuple[str, int, int]:
    """What libyaml says, with line and column; 0 where it names none."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return str(error), 0, 0
    mark = error.problem_mark or error.context_mark
    return error.problem or str(error), mark.line + 1 if mark else 0, mark.column + 1 if mark else 0


MAX_DEPTH = 500
"""The C composer calls itself for every level and would overrun the stack beyond some 10,000; its parser gets slow before."""
TOO_DEEP = "the nesting is too deep"
_BRACKETS = re.compile(rb"[\[\]{}]")
_RUN = re.compile(rb"(?:[-?:] ){200}|(?:^|\n) {500}")


def _may_be_deep(data: bytes) -> bool:
    """Whether a cheap look cannot rule out deep nesting; brackets inside text only make it look again."""
    depth = 0
    for match in _BRACKETS.finditer(data):
        depth = depth + 1 if match.group() in b"[{" else max(0, depth - 1)
        if depth > MAX_DEPTH:
            return True
    return _RUN.search(data) is not None


def _refuse_depth(data: bytes, problem: Problem) -> None:
    depth = 0
    try:
        for event in yaml.parse(data, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                mark = event.start_mark
                raise problem(TOO_DEEP, mark.line + 1 if mark else 0, mark.column + 1 if mark else 0)
    except yaml.YAMLError:
        return  # the composer will say what it is


def _build(node: Any, problem: Problem) -> Any:
    if node.tag:
        return Tagged()
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.style else plain(node.value)  # the C parser calls a plain style ""
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, problem) for child in node.value]
    built: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = _build(key_node, problem)
        mark = key_node.start_mark
        if not isinstance(key, Hashable):
            raise problem("a key must be a single word or a text", mark.line + 1, mark.column + 1)
        if key in built:
            raise problem(f"duplicate mapping key: {key}", mark.line + 1, mark.column + 1)
        built[key] = _build(value_node, problem)
    return built
