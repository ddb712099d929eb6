"""The document without what is wrong in it, so that one slip does not hide all the other answers of a file.

This module alone knows what may be left out, and says what was.
"""

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from workplan_cli.diagnostics import Pointer
from workplan_cli.model.document import Document
from workplan_cli.storage import shape


def salvage(
    model: type[Document], content: dict[Any, Any], identity: dict[str, str], errors: list[ErrorDetails]
) -> tuple[Document | None, tuple[Pointer, ...]]:
    """The document without what is wrong in it: first without the wrong fields, then without the entries that hold them.

    A list keeps its items, so that every pointer stays true; where an item cannot stay, the document is given up.
    """
    damaged: list[Pointer] = []
    for _ in range(3):
        content = _without(content, errors, damaged)
        try:
            return model.model_validate({**content, **identity}, by_alias=True, by_name=False), tuple(
                dict.fromkeys(pointer[:2] for pointer in damaged)
            )
        except ValidationError as error:
            errors = error.errors(include_url=False)
        except RecursionError:
            return None, ()
    return None, ()


def _without(content: dict[Any, Any], errors: list[ErrorDetails], damaged: list[Pointer]) -> dict[Any, Any]:
    copy: dict[Any, Any] = _copied(content)
    for error in errors:
        pointer = shape.real_pointer(content, error["loc"])
        damaged.append(pointer or ("",))
        _delete(copy, pointer)
    return copy


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_copied(child) for child in value]
    return value


def _delete(content: dict[Any, Any], pointer: Pointer) -> None:
    """Take out the deepest mapping entry on the way; list items stay."""
    holder: Any = content
    last: tuple[dict[Any, Any], Any] | None = None
    for step in pointer:
        if isinstance(holder, dict) and step in holder:
            last, holder = (holder, step), holder[step]
        elif isinstance(holder, list) and isinstance(step, int) and step < len(holder):
            holder = holder[step]
        else:
            break
    if last is not None:
        last[0].pop(last[1], None)
