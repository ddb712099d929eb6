"""Narratives: words of human hand stand where a report has a place for them. This module alone knows what a wrong name means."""

from collections.abc import Iterator

from workplan_cli.diagnostics import Code, did_you_mean
from workplan_cli.model.narrative import NARRATIVE, passage_at, places
from workplan_cli.rules.rule import Context, Facts, Found, Rule, Scope


def unknown_passage(facts: Facts, context: Context) -> Iterator[tuple[str, Found]]:
    """Words in a file whose name is no place of a report would be printed nowhere, and nobody would miss them.

    A narrative lies in the folder of a period of the plan. Its name is a place of the report (`opening`, `treaties`,
    `measures`, `mandates`, `closing`, `chapter-…`, `guideline-…`, `state-…`), and may end in a language: `opening.es.md`.
    """
    if context.unread_plan & {"chapters", "periods"}:
        return
    periods = [period.id for period in context.plan.periods]
    for path in sorted(facts.paths):
        if not path.startswith(NARRATIVE) or path.count("/") != 2 or not path.endswith(".md"):
            continue
        if path.endswith("/README.md") or passage_at(path, context.plan, context.states) is not None:
            continue
        _, period, name = path.removesuffix(".md").split("/")
        if period not in periods:
            yield (
                path,
                Found((), f"the narrative is for the period '{period}', which the plan does not have", _one_of(period, periods)),
            )
        else:
            hint = did_you_mean(name, places(context.plan, context.states), "workplan explain rule WP315 lists the places")
            yield path, Found((), f"'{name}' is no place of a report", hint)


def _one_of(word: str, known: list[str]) -> str:
    return did_you_mean(word, known, f"there are: {', '.join(known)}" if known else "the plan has no period")


RULES = (Rule(Code("WP315", "unknown-passage"), unknown_passage, scope=Scope.RECORD),)
