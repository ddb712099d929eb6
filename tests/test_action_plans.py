"""Action plans on the plan's own subject are counted apart from those of wider scope, each with its denominator."""

import re

import pytest
from casebook import base, tree
from editions import Page, changed, example, pages, record, table

from workplan_cli.checking.check import check

PLAN = "guidelines.yaml"
XAA = "registers/measures/XAA.yaml"
OTHER = ("covers: [g01, g07]", "covers: [g07]")
"""The plan of 2011, which ended, as one of wider scope."""


@pytest.fixture(scope="module")
def shipped() -> dict[str, dict[str, str]]:
    """The report of the shipped record, in each language."""
    return {language: pages(record(), language) for language in ("en", "es", "pt", "fr")}


def told(files: dict[str, bytes]) -> tuple[str, list[str]]:
    """The heading over the measures, and the lines that count action plans below it."""
    index = pages(files)["index.md"]
    match = re.search(r"^## ((?:On|No national) [^\n]*)\n\n((?:- [^\n]*\n)*)", index, re.M)
    assert match
    return match[1].replace("\\", ""), match[2].splitlines()


def test_plans_on_the_subject_come_first_and_others_are_counted_apart() -> None:
    assert told(changed(XAA, OTHER)) == (
        "On 2018-12-31, 1 of 1 known action plans for seasonal work were in force; of wider or other scope: 0 of 1",
        ["- Action plans for seasonal work (1): 1 in force.", "- Of wider or other scope (1): 1 expired and replaced."],
    )


def test_where_there_is_no_other_none_is_spoken_of() -> None:
    assert told(example()) == (
        "On 2018-12-31, 1 of 2 known action plans for seasonal work were in force",
        ["- Action plans for seasonal work (2): 1 in force, 1 expired and replaced."],
    )


def test_a_plan_that_does_not_say_what_it_covers_is_in_neither_number() -> None:
    heading, lines = told(changed(XAA, ("    covers: [g01, g07]\n", "")))
    assert heading.endswith("1 of 1 known action plans for seasonal work were in force; of a scope that is not stated: 0 of 1")
    assert lines[1] == "- Of a scope that is not stated (1): 1 expired and replaced."


def test_none_on_the_subject_is_no_share_of_nothing() -> None:
    heading, lines = told(changed(XAA, OTHER, ("covers: [g01, g07, g08, g09]", "covers: [g08]")))
    assert heading == "On 2018-12-31: of action plans for seasonal work none is known here; of wider or other scope: 1 of 2"
    assert lines == ["- Of wider or other scope (2): 1 in force, 1 expired and replaced."]


def test_a_plan_of_action_that_does_not_divide_them_has_one_number() -> None:
    text = re.sub(r"(?m)^action_plans:\n(  .*\n)+", "", example()[PLAN].decode())
    heading, lines = told({**example(), PLAN: text.encode()})
    assert heading == "On 2018-12-31, 1 of 2 known action plans were in force"
    assert lines == ["- 1 in force, 1 expired and replaced."]


def test_the_table_and_the_state_s_page_and_the_data_say_which_is_which() -> None:
    made = pages(changed(XAA, OTHER))
    rows = [line for line in made["index.md"].splitlines() if "National Plan for the Season" in line]
    assert ["action plan, of wider or other scope" in row for row in rows] == [False, True]
    assert "action plan, of wider or other scope" in Page(made["states/XAA.html"]).text
    assert "action plan, of wider or other scope" in made["states/XAA.md"]
    scopes = {row["id"]: row["scope"] for row in table(made["data/measures.csv"]) if row["state"] == "XAA"}
    assert (scopes["season-plan-2011"], scopes["season-plan-2015"]) == ("other", "subject")
    assert {scope for id_, scope in scopes.items() if not id_.startswith("season-plan")} == {""}


def test_what_action_plans_cover_is_a_guideline() -> None:
    text = base()["data/guidelines.yaml"]
    assert isinstance(text, bytes)
    files = {**base(), "data/guidelines.yaml": text + b"action_plans: {title: {en: plans, es: planes}, covers: [g01, g1]}\n"}
    assert [(one.code.id, one.message) for one in check(tree(files)).diagnostics] == [
        ("WP301", "action_plans covers guideline 'g1', which the plan does not have")
    ]


def test_what_action_plans_are_called_is_owed_in_every_language() -> None:
    text = base()["data/guidelines.yaml"]
    assert isinstance(text, bytes)
    files = {**base(), "data/guidelines.yaml": text + b"action_plans: {title: {en: plans}, covers: [g01]}\n"}
    assert [(one.code.id, one.message) for one in check(tree(files)).diagnostics] == [
        ("WP801", "the title of action_plans lacks es")
    ]


def test_page_one_of_the_shipped_report_counts_as_the_page_on_the_register_does(shipped: dict[str, dict[str, str]]) -> None:
    # The table itself is held by test_desk_review.
    heading = "13 of 24 known action plans against trafficking in persons were in force; of wider or other scope: 4 of 7"
    assert f"On 2018-12-31, {heading}" in Page(shipped["en"]["index.html"]).text
    scopes = [row["scope"] for row in table(shipped["en"]["data/measures.csv"]) if row["kind"] == "action-plan"]
    assert (scopes.count("subject"), scopes.count("other"), scopes.count("unstated")) == (24, 7, 0)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "estaban vigentes 13 de los 24 planes de acción contra la trata de personas conocidos; de alcance más amplio"),
        ("pt", "estavam em vigor 13 dos 24 planos de ação contra o tráfico de pessoas conhecidos; de alcance mais amplo"),
        (
            "fr",
            "13 des 24 plans d'action contre la traite des personnes connus étaient en vigueur; de portée plus large",
        ),
    ],
)
def test_page_one_says_so_in_each_language(shipped: dict[str, dict[str, str]], language: str, words: str) -> None:
    assert Page(shipped[language]["index.html"]).text.count(words) == 2
