"""The open data as data frames. This module alone makes them; pandas is imported when one is asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workplan_cli.exchange.open.tables import Row, Table

if TYPE_CHECKING:
    from pandas import DataFrame as Frame

    __all__ = ["Frame", "frame"]

_TYPES = {"integer": "Int64", "boolean": "boolean", "number": "Float64", "string": "string", "date": "string", "object": "string"}


def frame(table: Table, rows: Sequence[Row]) -> "Frame":
    """A table as a data frame: nothing is missing that was written, and no code is read as something else."""
    import pandas as pd

    made = pd.DataFrame.from_records(list(rows), columns=list(table.names))
    return made.astype({column.name: _TYPES[column.type] for column in table.columns})
