"""YAML read by the YAML 1.2 core schema, as plain Python: the one door to whichever parser does it.

This module alone knows that there are two parsers. `yamlrocks` is used where it is installed (Python 3.12 and later),
PyYAML's C parser elsewhere; libyaml has the last word in both, and a differential test keeps them equal. Neither gives
positions: those come from `storage.sourcemap`, and only for files that have findings."""

from typing import Any, Protocol

from workplan_cli.storage.yaml_libyaml import Problem

try:
    from workplan_cli.storage import yaml_rocks as _installed
except ImportError:  # Python 3.11
    from workplan_cli.storage import yaml_libyaml as _installed  # type: ignore[no-redef]


class Parser(Protocol):
    """A module that reads YAML."""

    NAME: str

    def documents(self, data: bytes, problem: Problem) -> list[Any]:
        """Every document in `data`. Raises what `problem` makes of a message, a line and a column."""
        ...


PARSER: Parser = _installed

BACKEND = PARSER.NAME
"""The parser in use, for `--version` and for cache keys."""


class YamlProblem(Exception):
    """The bytes are not one YAML document of plain data. `line` and `column` count from 1; 0 where the parser gave none."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


class EmptyDocument(YamlProblem):
    """There is nothing but white space and comments."""


class SeveralDocuments(YamlProblem):
    """There is a second `---` document."""


def read(data: bytes, using: Parser = PARSER) -> Any:
    """The one document in `data`: dicts, lists, str, int, float, bool and None.

    Raises YamlProblem for anything else: a syntax error, a duplicate key, an unhashable key, no document or several. Anchors
    and tags are not refused here (`storage.traps` does that, by name); a tagged value comes back as an object that no model
    accepts."""
    # A literal text at the end of a file without a line end has none in libyaml, and one in yamlrocks.
    documents = using.documents(data if data.endswith(b"\n") else data + b"\n", YamlProblem)
    if not documents:
        raise EmptyDocument("the file is empty")
    if len(documents) > 1:
        raise SeveralDocuments("the file holds more than one document")
    return documents[0]
