"""The fast parser, in Rust, and libyaml beside it. This module alone knows yamlrocks.

yamlrocks takes some texts that libyaml refuses, makes another item of a line that belongs to nothing, and refuses some that
libyaml takes. libyaml decides: it looks through every file (in C, keeping nothing: six tenths of what yamlrocks takes) in which
it could find anything, and reads what yamlrocks refuses. So a file means the same on every machine.
"""

from typing import Any

import yamlrocks

from workplan_cli.storage import yaml_libyaml
from workplan_cli.storage.yaml_simple import is_simple

NAME = f"yamlrocks {yamlrocks.__version__}" if hasattr(yamlrocks, "__version__") else "yamlrocks"

_OPTIONS = yamlrocks.OPT_DUPLICATE_KEYS_ERROR | yamlrocks.OPT_PASSTHROUGH_TAG | yamlrocks.OPT_REJECT_COMPLEX_KEYS

_LARGE = 16_384
"""Bytes from which it pays to ask whether a text is simple."""


def documents(data: bytes, problem: yaml_libyaml.Problem) -> list[Any]:
    """Every document in `data`. Raises what `problem` makes of a message, a line and a column."""
    try:
        found = list(yamlrocks.loads_all(data, option=_OPTIONS))
    except yamlrocks.YAMLRocksError:
        return yaml_libyaml.documents(data, problem)
    if len(data) < _LARGE or not is_simple(data):
        yaml_libyaml.look_through(data, problem)
    return found
