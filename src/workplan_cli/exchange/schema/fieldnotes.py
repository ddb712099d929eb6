"""What the models say of their own fields: the text below a field, as it stands in the source.

This module alone reads source code. Editors show these words when the pointer rests on a key.
"""

import ast
import inspect
from functools import cache

from pydantic import BaseModel

from workplan_cli.model.text import Model


def notes(model: type[BaseModel]) -> dict[str, str]:
    """The note below each field of a model, its own and those it inherits, by the name the field has in YAML."""
    found: dict[str, str] = {}
    for ancestor in reversed(model.__mro__):
        if issubclass(ancestor, Model) and ancestor is not Model:
            found.update(_own(ancestor))
    return {field.alias or name: found[name] for name, field in model.model_fields.items() if name in found}


@cache
def models() -> dict[str, type[BaseModel]]:
    """Every model by its name."""
    found: list[type[BaseModel]] = [Model]
    for model in found:
        found += model.__subclasses__()
    return {model.__name__: model for model in found}


@cache
def _own(model: type[BaseModel]) -> dict[str, str]:
    try:
        (definition,) = ast.parse(inspect.getsource(model)).body
    except OSError:  # an installation without sources has no notes
        return {}
    assert isinstance(definition, ast.ClassDef)
    found = {}
    for field, below in zip(definition.body, definition.body[1:], strict=False):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(note))):
                found[name] = inspect.cleandoc(note)
    return found
