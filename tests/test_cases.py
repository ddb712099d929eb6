"""Every page in `cases/` is true: its wrong example gives exactly what it says, and its right example gives nothing."""

import datetime
from pathlib import Path

import pytest
from casebook import base, cases, found, read_case

from workplan_cli.checking.catalogue import CODES
from workplan_cli.diagnostics import Diagnostic
from workplan_cli.storage.tree import Refusal


def said(files: dict[str, bytes | Refusal], as_of: datetime.date | None, author: str = "keeper") -> str:
    return "".join(line(one) for one in found(files, as_of, author))


def line(one: Diagnostic) -> str:
    place = f":{one.span.line}:{one.span.column}" if one.span else ""
    hint = f"  {one.hint}\n" if one.hint else ""
    return f"{one.path}{place} {one.code}: {one.message}\n{hint}"


def test_the_base_repository_is_clean() -> None:
    assert said(base(), None) == ""


@pytest.mark.parametrize("page", cases(), ids=lambda page: page.stem)
def test_the_wrong_example_gives_exactly_what_the_page_says(page: Path) -> None:
    case = read_case(page)
    assert case.wrong, "the page has no wrong example"
    assert case.code in case.says
    assert said({**base(), **case.wrong}, case.as_of, case.author) == case.says


@pytest.mark.parametrize("page", cases(), ids=lambda page: page.stem)
def test_the_right_example_is_clean(page: Path) -> None:
    case = read_case(page)
    assert case.right, "the page has no right example"
    assert said({**base(), **case.right}, case.as_of, case.author) == ""


def test_every_kind_of_finding_has_exactly_one_page_and_every_page_is_of_one() -> None:
    assert [page.stem for page in cases()] == sorted(f"{code.id}-{code.name}" for code in CODES)
    for page in cases():
        assert page.read_text(encoding="utf-8").startswith(f"# {page.stem.replace('-', ' ', 1)}\n")


def test_no_two_kinds_of_finding_share_an_id_or_a_name() -> None:
    assert len({code.id for code in CODES}) == len(CODES)
    assert len({code.name for code in CODES}) == len(CODES)
