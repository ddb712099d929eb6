"""From what pydantic says to what a drafter can act on.

This module alone reads pydantic's errors. Each becomes one finding: what was found, in quotes; what is allowed; the closest
valid word; what to do.
"""

import datetime
import re
from typing import Any

from pydantic_core import ErrorDetails

from workplan_cli.diagnostics import Code, Diagnostic, Key, Pointer, closest, did_you_mean
from workplan_cli.model.document import Document
from workplan_cli.model.submission import SUPPRESSED
from workplan_cli.model.text import LARGEST, Text, field_names
from workplan_cli.storage.annotations import means, model_at, words_at
from workplan_cli.storage.wording import any_of, kind_of, misfit, quoted, shown, subject_of

UNKNOWN_KEY = Code("WP201", "unknown-key")
MISSING_KEY = Code("WP202", "missing-key")
WRONG_TYPE = Code("WP203", "wrong-type")
NOT_ALLOWED = Code("WP204", "not-allowed")
BAD_DATE = Code("WP205", "bad-date")
QUOTE_IT = Code("WP206", "quote-it")
OUT_OF_RANGE = Code("WP207", "out-of-range")
IDENTITY = Code("WP208", "identity-in-file")
EMPTY_VALUE = Code("WP209", "empty-value")
NOT_A_FIGURE = Code("WP210", "not-a-figure", confidential=True)

CODES = (UNKNOWN_KEY, MISSING_KEY, WRONG_TYPE, NOT_ALLOWED, BAD_DATE, QUOTE_IT, OUT_OF_RANGE, IDENTITY, EMPTY_VALUE, NOT_A_FIGURE)

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
_MORE = {"greater": "more", "less": "less"}


def findings(path: str, model: type[Document], tree: Any, errors: list[ErrorDetails]) -> list[Diagnostic]:
    """One finding a place, in the order of the errors.

    A key that is missing because it stands there with a slip in it is one finding, and so is a key that is no text, with all
    that is wrong below it.
    """
    grouped: dict[tuple[Pointer, bool], list[ErrorDetails]] = {}
    for error in errors:
        pointer = real_pointer(tree, error["loc"], missing=error["type"] == "missing")
        on_key = error["type"] in ("extra_forbidden", "missing", "invalid_key") or "[key]" in error["loc"]
        grouped.setdefault((pointer, on_key), []).append(error)
    slips = {
        (*pointer[:-1], closest(str(pointer[-1]), _allowed_keys(model, tree, pointer[:-1])))
        for (pointer, _), group in grouped.items()
        if group[0]["type"] == "extra_forbidden"
    }
    unnamed = {
        pointer
        for (pointer, on_key), group in grouped.items()
        if on_key and not isinstance(group[0]["input"], str) and pointer and not isinstance(pointer[-1], str)
    }
    return [
        _finding(path, model, tree, pointer, group)
        for (pointer, on_key), group in grouped.items()
        if (group[0]["type"] != "missing" or pointer not in slips)
        and not any(pointer[:steps] in unnamed for steps in range(1, len(pointer) + (not on_key)))
    ]


def real_pointer(tree: Any, location: tuple[Key, ...], missing: bool = False) -> Pointer:
    """The steps of pydantic's location that exist in the document: it also names union members, which no drafter wrote."""
    pointer: list[Key] = []
    here = tree
    steps = list(location)
    wanted = steps.pop() if missing and steps else None
    for step in steps:
        listed = isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here)
        if listed or (isinstance(here, dict) and step in here):
            here = here[step]
            pointer.append(step)
    if wanted is not None:
        pointer.append(wanted)
    return tuple(pointer)


def _finding(path: str, model: type[Document], tree: Any, pointer: Pointer, group: list[ErrorDetails]) -> Diagnostic:
    error = group[0]
    kind = error["type"]
    subject = subject_of(pointer)
    found = error["input"]
    if kind == "extra_forbidden":
        return _unknown_key(path, model, tree, pointer)
    if kind == "missing":
        *_, wanted = pointer
        return Diagnostic(
            MISSING_KEY, path, f"{subject_of(pointer[:-1])} lacks '{wanted}'", f"add '{wanted}:'", pointer, on_key=True
        )
    if "[key]" in error["loc"] or kind == "invalid_key":
        return _wrong_key(path, tree, pointer, error)
    if found is None:
        return Diagnostic(EMPTY_VALUE, path, f"{subject} is empty", "write a value, or delete the key", pointer, on_key=True)
    if kind == "bad_date":
        return _bad_date(path, model, tree, pointer, error)
    if kind == "string_type" and isinstance(found, bool | int | float):
        hint = "write it in quotes" if isinstance(found, float) else f'write "{shown(found)}"'
        return Diagnostic(QUOTE_IT, path, f"{subject} is read as {kind_of(found)}, not as text", hint, pointer)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _type_of_union(path, pointer, error)
    allowed = _allowed(group)
    if SUPPRESSED in allowed:
        return _not_a_figure(path, pointer, found)
    if allowed:
        hint = did_you_mean(found, allowed) if isinstance(found, str) else ""
        return Diagnostic(NOT_ALLOWED, path, f"{subject} is '{shown(found)}'; allowed: {any_of(allowed)}", hint, pointer)
    if kind in _WANTED:
        message = f"{subject} must be {_WANTED[kind]}; found {kind_of(found)}{quoted(found)}"
        return Diagnostic(WRONG_TYPE, path, message, _advice(model, tree, pointer, kind, found), pointer)
    if kind == "string_pattern_mismatch":
        message, hint = misfit(str(error["input"]), str(error.get("ctx", {}).get("pattern")))
        return Diagnostic(NOT_ALLOWED, path, f"{subject} '{shown(found)}' {message}", hint, pointer)
    if kind == "string_too_short":
        return Diagnostic(EMPTY_VALUE, path, f"{subject} is empty", "write a value, or delete the key", pointer)
    if kind.startswith(("greater_than", "less_than", "finite_number", "too_")):
        limit = error["msg"].removeprefix("Input should be ")
        limit = re.sub(r"(greater|less) than or equal to (\S+)", lambda match: f"{match[2]} or {_MORE[match[1]]}", limit)
        return Diagnostic(OUT_OF_RANGE, path, f"{subject} is {shown(found)}; it must be {limit}", "", pointer)
    return Diagnostic(WRONG_TYPE, path, f"{subject}: {error['msg'][:1].lower()}{error['msg'][1:]}{quoted(found)}", "", pointer)


def _unknown_key(path: str, model: type[Document], tree: Any, pointer: Pointer) -> Diagnostic:
    key = str(pointer[-1])
    allowed = _allowed_keys(model, tree, pointer[:-1])
    hint = did_you_mean(key, allowed, "allowed here: " + ", ".join(allowed))
    where = f" in {subject_of(pointer[:-1])}" if len(pointer) > 1 else ""
    return Diagnostic(UNKNOWN_KEY, path, f"unknown key '{shown(key)}'{where}", hint, pointer, on_key=True)


def _allowed_keys(model: type[Document], tree: Any, pointer: Pointer) -> list[str]:
    owner = model_at(model, tree, pointer)
    return [name for name in field_names(owner) if owner is not model or name not in model.identity()] if owner else []


def _wrong_key(path: str, tree: Any, pointer: Pointer, error: ErrorDetails) -> Diagnostic:
    """A key that is not a text, or not of the right form."""
    key, owner = error["input"], subject_of(pointer[:-1])
    if isinstance(key, str):
        message, hint = misfit(str(error["input"]), str(error.get("ctx", {}).get("pattern")))
        return Diagnostic(NOT_ALLOWED, path, f"the key '{shown(key)}' in {owner} {message}", hint, pointer, True)
    for step in pointer:
        tree = tree[step]
    if tree is None and isinstance(key, int):
        return Diagnostic(
            QUOTE_IT,
            path,
            f"'{shown(key)}' stands alone in {owner}: YAML takes a comma for the end of a value",
            "write numbers without commas",
            pointer,
            True,
        )
    return Diagnostic(
        QUOTE_IT,
        path,
        f"the key {shown(key)} in {owner} is read as {kind_of(key)}",
        f'write it in quotes: "{shown(key)}":',
        pointer,
        True,
    )


def _bad_date(path: str, model: type[Document], tree: Any, pointer: Pointer, error: ErrorDetails) -> Diagnostic:
    found = error["input"]
    message = f"'{shown(found)}' {error['msg']}" if isinstance(found, str | int | float) else f"is {kind_of(found)}, not a date"
    allowed = words_at(model, tree, pointer)
    if means(model, tree, pointer, datetime.date):
        hint = "write the whole day: 2014-03-07"
    elif allowed:
        hint = f"write 2014-03-07, 2014-03 or 2014, as far as it is known; or {any_of(allowed)}"
    else:
        hint = "write 2014-03-07, or 2014-03 or 2014 where only that is known"
    return Diagnostic(BAD_DATE, path, f"{subject_of(pointer)} {message}", hint, pointer)


def _not_a_figure(path: str, pointer: Pointer, found: Any) -> Diagnostic:
    """A count that cannot be read. What was written may be a small count, and is not repeated."""
    hint = ""
    if isinstance(found, str) and re.match(r"\s*[<≤]", found):
        hint = 'write "<5"; no other range is a figure'
    elif isinstance(found, str) and re.search(r"[0-9]", found):
        hint = 'write it without quotes, spaces, separators or words; a count from 1 to 4 is written "<5"'
    elif isinstance(found, int | float) and found > LARGEST:
        hint = "it is larger than any figure of the record: see whether two numbers have run together"
    return Diagnostic(
        NOT_A_FIGURE,
        path,
        f"{subject_of(pointer)} is not a figure; allowed: a number of 0 or more, or '{SUPPRESSED}'",
        hint,
        pointer,
    )


def _advice(model: type[Document], tree: Any, pointer: Pointer, kind: str, found: Any) -> str:
    """How to write what is wanted with what was found."""
    if kind.startswith(("int", "float")):
        return (
            f"write {found.strip().lstrip('0') or '0'}" if isinstance(found, str) and re.fullmatch(r"\s*[0-9]+\s*", found) else ""
        )
    if kind in ("bool_type", "bool_parsing", "string_type"):
        return "write one text, without brackets" if isinstance(found, list) else ""
    if kind in ("tuple_type", "list_type"):
        return "begin each item with '- '" if isinstance(found, dict) else f"write [{shown(found)}]"
    if isinstance(found, str) and re.match(r"[\w-]+:\S", found):
        return "write a space after each colon"
    if means(model, tree, pointer, Text):
        return "write it below its language: {en: …}"
    if isinstance(found, list):
        return "write 'name:' in place of '- ' before each"
    keys = _allowed_keys(model, tree, pointer)
    return f"its keys are {', '.join(keys)}" if keys else ""


def _type_of_union(path: str, pointer: Pointer, error: ErrorDetails) -> Diagnostic:
    context = error.get("ctx", {})
    discriminator = str(context.get("discriminator", "'type'")).strip("'")
    if error["type"] == "union_tag_not_found":
        place = (*pointer, discriminator)
        return Diagnostic(
            MISSING_KEY, path, f"{subject_of(pointer)} lacks '{discriminator}'", f"add '{discriminator}:'", place, True
        )
    words = re.findall(r"'([^']+)'", str(context.get("expected_tags", "")))
    tag = str(context.get("tag", ""))
    guess = closest(tag, words)
    return Diagnostic(
        NOT_ALLOWED,
        path,
        f"{discriminator} is '{tag}'; allowed: {any_of(words)}",
        f"did you mean '{guess}'?" if guess else "",
        (*pointer, discriminator),
    )


def _allowed(group: list[ErrorDetails]) -> list[str]:
    words: list[str] = []
    for error in group:
        if error["type"] in ("enum", "literal_error"):
            words += re.findall(r"'([^']+)'", str(error.get("ctx", {}).get("expected", "")))
    return words
