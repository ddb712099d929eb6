"""Monitor a plan of action: the record as files, its checks, its reports."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workplan_cli.api import OpenRecord as OpenRecord
    from workplan_cli.api import open_record as open_record

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """What is promised to other people's Python is imported when it is asked for, so that no command waits for it."""
    if name in ("open_record", "OpenRecord"):
        from workplan_cli import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
