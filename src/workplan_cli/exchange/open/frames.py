"""The open data as data frames. This module alone makes them; pandas is imported when one is asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workplan_cli.exchange.open.tables import Row, Table

if TYPE_CHECKING:
    import pandas as pd

_TYPES = {"integer": "Int64", "boolean": "boolean", "number": "Float64", "string": "string", "date": "string"}


def frame(table: Table, rows: Sequence[Row]) -> "pd.DataFrame":
    """A table as a data frame: nothing is missing that was written, and no code is read as something else."""
    import pandas as pd

    made = pd.DataFrame.from_records(list(rows), columns=list(table.names))
    for column in table.columns:
        made[column.name] = made[column.name].astype(_TYPES[column.type])
    return made

