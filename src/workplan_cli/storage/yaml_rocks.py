"""The fast parser, in Rust. This module alone knows yamlrocks."""

from collections.abc import Callable
from typing import Any

import yamlrocks

NAME = f"yamlrocks {yamlrocks.__version__}" if hasattr(yamlrocks, "__version__") else "yamlrocks"

_OPTIONS = yamlrocks.OPT_DUPLICATE_KEYS_ERROR | yamlrocks.OPT_PASSTHROUGH_TAG | yamlrocks.OPT_REJECT_COMPLEX_KEYS


def documents(data: bytes, problem: Callable[[str, int, int], Exception]) -> list[Any]:
    """Every document in `data`. Raises what `problem` makes of a message, a line and a column."""
    try:
        return list(yamlrocks.loads_all(data, option=_OPTIONS))
    except yamlrocks.YAMLRocksError as error:
        line, column = getattr(error, "line", None) or 0, getattr(error, "column", None) or 0
        raise problem(str(error).partition(" at line ")[0], line, column) from None
