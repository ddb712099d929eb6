"""Every page in `cases/` is true: its wrong example gives exactly what it says, and its right example gives nothing."""

from pathlib import Path

import pytest
from casebook import base, cases, read_case, tree

from workplan_cli.checking.check import check
from workplan_cli.diagnostics import Diagnostic
from workplan_cli.storage.tree import Refusal

import datetime


def said(files: dict[str, bytes | Refusal], as_of: datetime.date | None) -> str:
    return "".join(line(one) for one in check(tree(files), as_of).diagnostics)


def line(one: Diagnostic) -> str:
    place = f":{one.span.line}:{one.span.column}" if one.span else ""
    hint = f"  {one.hint}\n" if one.hint else ""
    return f"data/{one.path}{place} {one.code}: {one.message}\n{hint}"


def test_the_base_repository_is_clean() -> None:
    assert said(base(), None) == ""


@pytest.mark.parametrize("page", cases(), ids=lambda page: page.stem)
def test_the_wrong_example_gives_exactly_what_the_page_says(page: Path) -> None:
    case = read_case(page)
    assert case.wrong, "the page has no wrong example"
    assert case.code in case.says
    assert said({**base(), **case.wrong}, case.as_of) == case.says


@pytest.mark.parametrize("page", cases(), ids=lambda page: page.stem)
def test_the_right_example_is_clean(page: Path) -> None:
    case = read_case(page)
    assert case.right, "the page has no right example"
    assert said({**base(), **case.right}, case.as_of) == ""
