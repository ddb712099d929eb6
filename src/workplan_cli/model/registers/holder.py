"""Who keeps a file of entries. This module alone knows how a holder is written."""

from typing import Annotated

from pydantic import Field

Holder = Annotated[str, Field(pattern=r"^([A-Z]{3}|[a-z0-9]+(-[a-z0-9]+)*)$")]
"""A state by its code, or another keeper by a small word."""
