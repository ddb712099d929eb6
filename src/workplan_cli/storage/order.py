"""In which order the keys of a mapping are written.

This module alone knows the order: that of the model's fields, as its `key_order` amends it. Keys that are ids (of answers, of
states, of evidence) have no order but the author's.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel

from workplan_cli.model.text import Model, field_names
from workplan_cli.storage.annotations import models, within


def permutation(annotation: Any, keys: Sequence[str], kind: str | None) -> list[int]:
    """The positions of `keys` in the order to write them; by `kind`, what the mapping says under `type`, a union's members
    differ.

    Keys that no model describes stay as they are: all of them where there is no model, else at the end, or behind the leading
    ones where the model takes any key.
    """
    model = next(models(annotation, {"type": kind}), None)
    if model is None:
        return list(range(len(keys)))
    rank, unknown = _ranks(model)
    return sorted(range(len(keys)), key=lambda position: rank.get(keys[position], unknown))


def inside(annotation: Any, key: str | int, kind: str | None) -> Any:
    """The annotation of what stands under a key, or of an item of a list; None where no model says."""
    return within(annotation, {"type": kind}, key)


@cache
def _ranks(model: type[BaseModel]) -> tuple[dict[str, float], float]:
    """The rank of each key the model knows, and that of every other."""
    leading = model.key_order if issubclass(model, Model) else ()
    names = [*leading, *(name for name in field_names(model) if name not in leading)]
    takes_any = model.model_config.get("extra") == "allow"
    return {name: float(rank) for rank, name in enumerate(names)}, len(leading) - 0.5 if takes_any else float(len(names))
