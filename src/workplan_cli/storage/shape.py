"""From what pydantic says to what a drafter can act on.

This module alone reads pydantic's errors. Each becomes one finding: what was found, in quotes; what is allowed; the closest valid word; what to do.
"""

import difflib
import re
import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from workplan_cli.diagnostics import Code, Diagnostic, Key, Pointer
from workplan_cli.model.document import Document
from workplan_cli.model.text import field_names

UNKNOWN_KEY = Code("WP201", "unknown-key")
MISSING_KEY = Code("WP202", "missing-key")
WRONG_TYPE = Code("WP203", "wrong-type")
NOT_ALLOWED = Code("WP204", "not-allowed")
BAD_DATE = Code("WP205", "bad-date")
QUOTE_IT = Code("WP206", "quote-it")
OUT_OF_RANGE = Code("WP207", "out-of-range")
IDENTITY = Code("WP208", "identity-in-file")
EMPTY_VALUE = Code("WP209", "empty-value")

CODES = (UNKNOWN_KEY, MISSING_KEY, WRONG_TYPE, NOT_ALLOWED, BAD_DATE, QUOTE_IT, OUT_OF_RANGE, IDENTITY, EMPTY_VALUE)

_KINDS = {
    "dict": "a mapping (key: value)",
    "list": "a list (- item)",
    "str": "a text",
    "int": "a number",
    "float": "a number with decimals",
    "bool": "true or false",
    "NoneType": "nothing",
}
_WANTED = {
    "string_type": "a text",
    "int_type": "a whole number, without quotes",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "tuple_type": "a list (- item)",
    "list_type": "a list (- item)",
}
_PATTERNS = {
    r"^[A-Z]{3}$": "three capital letters, as in ISO 3166-1 alpha-3",
    r"^[a-z]{2,3}$": "two or three small letters, as in ISO 639",
    r"^[a-z0-9]+([.-][a-z0-9]+)*$": "small letters, digits, dots and hyphens",
    r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$": "letters, digits, dots, hyphens and underscores",
}


def findings(path: str, model: type[Document], tree: Any, errors: list[ErrorDetails]) -> list[Diagnostic]:
    """One finding a place, in the order of the errors."""
    grouped: dict[tuple[Pointer, bool], list[ErrorDetails]] = {}
    for error in errors:
        pointer = real_pointer(tree, error["loc"], missing=error["type"] == "missing")
        on_key = error["type"] in ("extra_forbidden", "missing", "invalid_key") or "[key]" in error["loc"]
        grouped.setdefault((pointer, on_key), []).append(error)
    return [_finding(path, model, tree, pointer, group) for (pointer, _), group in grouped.items()]


def closest(word: str, allowed: typing.Iterable[str]) -> str | None:
    """The allowed word nearest to what was written, if any is near; case and separators do not count."""
    choices = list(allowed)
    plain = {re.sub(r"[\W_]", "", choice).casefold(): choice for choice in choices}
    found = difflib.get_close_matches(re.sub(r"[\W_]", "", word).casefold(), plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def real_pointer(tree: Any, location: tuple[Key, ...], missing: bool = False) -> Pointer:
    """The steps of pydantic's location that exist in the document: it also names union members, which no drafter wrote."""
    pointer: list[Key] = []
    here = tree
    steps = list(location)
    wanted = steps.pop() if missing and steps else None
    for step in steps:
        if isinstance(here, dict) and step in here:
            here = here[step]
        elif isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here):
            here = here[step]
        else:
            continue
        pointer.append(step)
    if wanted is not None:
        pointer.append(wanted)
    return tuple(pointer)


def _finding(path: str, model: type[Document], tree: Any, pointer: Pointer, group: list[ErrorDetails]) -> Diagnostic:
    error = group[0]
    kind = error["type"]
    subject = _subject(pointer)
    found = error["input"]
    if kind == "extra_forbidden":
        return _unknown_key(path, model, tree, pointer)
    if kind == "missing":
        *_, wanted = pointer
        owner = _subject(pointer[:-1])
        return Diagnostic(MISSING_KEY, path, f"{owner} lacks '{wanted}'", f"add '{wanted}:'", pointer, on_key=True)
    if "[key]" in error["loc"] or kind == "invalid_key":
        # The key itself is not a text, or not of the right form.
        key = error["input"]
        if not isinstance(key, str):
            return Diagnostic(
                QUOTE_IT, path, f"the key {key!r} in {_subject(pointer[:-1])} is read as {_kind(key)}", f'write it in quotes: "{key}":', pointer, True
            )  # fmt: skip
        allowed = _PATTERNS.get(str(error.get("ctx", {}).get("pattern")), "another form")
        return Diagnostic(NOT_ALLOWED, path, f"the key '{key}' in {_subject(pointer[:-1])} does not fit: it is written in {allowed}", "", pointer, True)
    if found is None:
        return Diagnostic(
            EMPTY_VALUE, path, f"{subject} is empty", "write a value, or delete the key", pointer, on_key=True
        )
    if kind == "bad_date":
        reason = error["msg"]
        return Diagnostic(
            BAD_DATE, path, f"{subject} '{_shown(found)}' {reason}", "write 2014-03-07, or 2014-03 or 2014 where only that is known", pointer
        )  # fmt: skip
    if kind == "string_type" and isinstance(found, bool | int | float):
        return Diagnostic(
            QUOTE_IT, path, f"{subject} is read as {_kind(found)}, not as text", "write it in quotes", pointer
        )  # fmt: skip
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _type_of_union(path, pointer, error)
    words = _allowed(group)
    numbers = any(e["type"] in ("int_type", "float_type", "int_from_float") for e in group)
    if words:
        allowed_text = _or(words) if not numbers else f"a number, or {_or(words)}"
        guess = closest(str(found), words) if isinstance(found, str) else None
        hint = f"did you mean '{guess}'?" if guess else ""
        if numbers and isinstance(found, str) and re.fullmatch(r"[0-9]+(\.[0-9]+)?", found):
            hint = f"write {found.lstrip('0') or '0'} without quotes or leading zeros"
        return Diagnostic(
            NOT_ALLOWED, path, f"{subject} is '{_shown(found)}'; allowed: {allowed_text}", hint, pointer
        )
    if kind in _WANTED:
        hint = ""
        if isinstance(found, str) and kind.startswith(("int", "float")):
            hint = "write it without quotes and without leading zeros" if found.strip("0123456789. ") == "" else ""
        return Diagnostic(WRONG_TYPE, path, f"{subject} must be {_WANTED[kind]}; found {_kind(found)}{_quoted(found)}", hint, pointer)
    if kind == "string_pattern_mismatch":
        form = _PATTERNS.get(str(error.get("ctx", {}).get("pattern")), "another form")
        return Diagnostic(NOT_ALLOWED, path, f"{subject} '{_shown(found)}' does not fit: it is written in {form}", "", pointer)
    if kind == "string_too_short":
        return Diagnostic(EMPTY_VALUE, path, f"{subject} is empty", "write a value, or delete the key", pointer)
    if kind.startswith(("greater_than", "less_than", "finite_number", "too_")):
        limit = error["msg"].removeprefix("Input should be ")
        return Diagnostic(OUT_OF_RANGE, path, f"{subject} is {_shown(found)}; it must be {limit}", "", pointer)
    return Diagnostic(WRONG_TYPE, path, f"{subject}: {error['msg'][:1].lower()}{error['msg'][1:]}{_quoted(found)}", "", pointer)


def _unknown_key(path: str, model: type[Document], tree: Any, pointer: Pointer) -> Diagnostic:
    key = str(pointer[-1])
    owner = model_at(model, tree, pointer[:-1])
    allowed = [name for name in field_names(owner) if owner is not model or name not in model.identity()] if owner else []
    guess = closest(key, allowed)
    hint = f"did you mean '{guess}'?" if guess else "allowed here: " + ", ".join(allowed)
    where = f" in {_subject(pointer[:-1])}" if len(pointer) > 1 else ""
    return Diagnostic(UNKNOWN_KEY, path, f"unknown key '{key}'{where}", hint, pointer, on_key=True)


def _type_of_union(path: str, pointer: Pointer, error: ErrorDetails) -> Diagnostic:
    context = error.get("ctx", {})
    discriminator = str(context.get("discriminator", "'type'")).strip("'")
    if error["type"] == "union_tag_not_found":
        return Diagnostic(
            MISSING_KEY, path, f"{_subject(pointer)} lacks '{discriminator}'", f"add '{discriminator}:'", (*pointer, discriminator), on_key=True
        )  # fmt: skip
    words = re.findall(r"'([^']+)'", str(context.get("expected_tags", "")))
    tag = str(context.get("tag", ""))
    guess = closest(tag, words)
    return Diagnostic(
        NOT_ALLOWED,
        path,
        f"{discriminator} is '{tag}'; allowed: {_or(words)}",
        f"did you mean '{guess}'?" if guess else "",
        (*pointer, discriminator),
    )


def model_at(model: type[BaseModel], tree: Any, pointer: Pointer) -> type[BaseModel] | None:
    """The model that describes the mapping a pointer leads to."""
    annotation: Any = model
    here = tree
    for step in pointer:
        options = list(_models(annotation, here))
        annotation = _inner(options, step) if options else _element(annotation)
        if isinstance(here, dict):
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int):
            here = here[step]
        if annotation is None:
            return None
    return next(_models(annotation, here), None)


def _inner(options: list[type[BaseModel]], step: Key) -> Any:
    for option in options:
        field = field_names(option).get(str(step))
        if field is not None:
            return field.annotation
    return None


def _models(annotation: Any, here: Any) -> Iterator[type[BaseModel]]:
    """The models an annotation may mean; with a `type` in the document, the member of a union that it names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    if typing.get_origin(annotation) in (typing.Union, types.UnionType, typing.Annotated):
        found = [model for member in typing.get_args(annotation) for model in _models(member, here)]
        if isinstance(here, dict) and len(found) > 1:
            named = [m for m in found if here.get("type") in typing.get_args(getattr(m.model_fields.get("type"), "annotation", None))]
            found = named or found
        yield from found


def _element(annotation: Any) -> Any:
    """What a container holds: the values of a dict, the items of a tuple."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is dict:
        return arguments[1]
    if origin in (tuple, list):
        return arguments[0]
    if origin in (typing.Union, types.UnionType, typing.Annotated):
        return next((found for member in arguments if (found := _element(member)) is not None), None)
    return None


def _allowed(group: list[ErrorDetails]) -> list[str]:
    words: list[str] = []
    for error in group:
        if error["type"] in ("enum", "literal_error"):
            words += re.findall(r"'([^']+)'", str(error.get("ctx", {}).get("expected", "")))
    return words


def _or(words: list[str]) -> str:
    quoted = [f"'{word}'" for word in words]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " or " + quoted[-1]


def _subject(pointer: Pointer) -> str:
    """A pointer in words: `result of g22-hotline`."""
    if not pointer:
        return "the file"
    last = pointer[-1]
    if isinstance(last, int):
        return f"item {last + 1} of {_subject(pointer[:-1])}"
    named = [step for step in pointer[:-1] if isinstance(step, str)]
    return f"{last} of {named[-1]}" if len(named) > 1 else str(last)


def _kind(value: Any) -> str:
    return _KINDS.get(type(value).__name__, "something with a tag")


def _shown(value: Any) -> str:
    text = str(value).replace("\n", " ")
    return text if len(text) <= 60 else text[:57] + "…"


def _quoted(value: Any) -> str:
    return f" '{_shown(value)}'" if isinstance(value, str | int | float) else ""
