"""YAML read by the YAML 1.2 core schema, as plain Python: the one door to whichever parser does it.

This module alone knows that there are two parsers. `yamlrocks` is used where it is installed (Python 3.12 and later),
PyYAML's C parser elsewhere; a differential test keeps them equal. Neither gives positions: those come from
`storage.sourcemap`, and only for files that have findings."""

from typing import Any

try:
    from workplan_cli.storage import yaml_rocks as parser
except ImportError:  # Python 3.11
    from workplan_cli.storage import yaml_libyaml as parser  # type: ignore[no-redef]

BACKEND = parser.NAME
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


def read(data: bytes) -> Any:
    """The one document in `data`: dicts, lists, str, int, float, bool and None.

    Raises YamlProblem for anything else: a syntax error, a duplicate key, an unhashable key, no document or several. Anchors
    and tags are not refused here (`storage.traps` does that, by name); a tagged value comes back as an object that no model
    accepts."""
    documents = parser.documents(data, YamlProblem)
    if not documents:
        raise EmptyDocument("the file is empty")
    if len(documents) > 1:
        raise SeveralDocuments("the file holds more than one document")
    return documents[0]
