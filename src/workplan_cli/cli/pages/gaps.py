"""The page of gaps: how many each state has, or each of them, with whom one can ask. This module alone knows how it is laid
out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from workplan_cli.analysis.gaps import Example, Gap, Lack, helpers
from workplan_cli.analysis.standing import Standing
from workplan_cli.cli.grid import FigurePage, Row
from workplan_cli.cli.pages.coverage import voice_name
from workplan_cli.cli.scope import Opened
from workplan_cli.exchange.result import counted

WORDS = {
    Lack.UNANSWERED: "no answer, or one that is carried and not confirmed",
    Lack.UNEVIDENCED: "claims without evidence that was found in an archived copy",
    Lack.OUTDATED: "answers to a text that has changed in meaning since",
    Lack.EXPIRED: "what is said ended before the as-of date",
}


def show_gaps(gaps: Sequence[Gap], examples: Sequence[Example], opened: Opened, page: FigurePage, one_by_one: bool) -> None:
    """For each voice, the states in alphabetical order of their codes: counts, or with `one_by_one` each gap."""
    scope = opened.scope
    asked = counted(len(scope.indicators), "indicator", "indicators")
    page.heading("Gaps", page.say(scope.plan.title))
    page.fields(
        [
            ("rounds", ", ".join(scope.rounds)),
            ("as of", str(scope.as_of)),
            ("of", f"{counted(len(scope.states), 'state', 'states')}, {asked} asked"),
        ]
    )
    by_indicator: dict[str, list[Example]] = {}
    for one in examples:
        by_indicator.setdefault(one.indicator, []).append(one)
    for voice in opened.voices:
        own = [gap for gap in gaps if gap.voice == voice]
        if one_by_one:
            for state in scope.states:
                _show_each([gap for gap in own if gap.state == state], state, voice, by_indicator, opened, page)
        else:
            _show_counts(own, voice, opened, page)
    if one_by_one:
        page.quiet("Implemented in: states that report it so, with evidence that was found; one can ask them.")
    else:
        page.fields([(lack.value, words) for lack, words in WORDS.items()])
        page.quiet("Each gap, and who reports the thing implemented: workplan gaps --state CODE")


def _show_counts(gaps: Sequence[Gap], voice: str, opened: Opened, page: FigurePage) -> None:
    page.section(f"Voice: {voice_name(voice)}")
    counts = Counter((gap.state, gap.lack) for gap in gaps)
    rows: list[Row] = [
        (f"{state} {_name(state, opened, page)}", *(f"{counts[state, lack]:,}" for lack in Lack)) for state in opened.scope.states
    ]
    sums = Counter(gap.lack for gap in gaps)
    page.figures(("state", *(lack.value for lack in Lack)), [*rows, None, ("all", *(f"{sums[lack]:,}" for lack in Lack))])


def _show_each(
    gaps: Sequence[Gap], state: str, voice: str, by_indicator: Mapping[str, Sequence[Example]], opened: Opened, page: FigurePage
) -> None:
    page.section(f"{state} {_name(state, opened, page)}, voice: {voice_name(voice)}".replace(" ,", ","))
    if not gaps:
        page.words("No gap.")
    if voice != "state" and sum(gap.standing is Standing.UNANSWERED for gap in gaps) == len(opened.scope.indicators):
        page.words(f"This voice is silent on the state: all {len(gaps)} are unanswered. They are listed with --format csv.")
        return
    for lack in Lack:
        members = [gap for gap in gaps if gap.lack is lack]
        if members:
            page.words(f"{lack.value}, {len(members)} of {len(opened.scope.indicators)}: {WORDS[lack]}")
            rows = [
                (gap.indicator, _said(gap, page), _listed(helpers(gap, by_indicator.get(gap.indicator, ())))) for gap in members
            ]
            page.table(("indicator", "stands", "implemented in"), rows, 2)


def _said(gap: Gap, page: FigurePage) -> str:
    return page.mark(gap.standing.value) if gap.lack is Lack.UNANSWERED else f"{page.mark(gap.standing.value)}, {gap.round}"


def _listed(others: Sequence[Example]) -> str:
    by_voice: dict[str, list[str]] = {}
    for one in others:
        by_voice.setdefault(one.voice, []).append(one.state)
    return "; ".join(f"{voice_name(voice)}: {', '.join(states)}" for voice, states in by_voice.items())


def _name(state: str, opened: Opened, page: FigurePage) -> str:
    profile = opened.survey.record.states.get(state)
    return page.say(profile.names) if profile is not None else ""
