"""The page of a guideline, and that of a chapter. This module alone knows what belongs on them."""

from workplan_cli.analysis.subjects import Subject
from workplan_cli.cli import sayings
from workplan_cli.cli.page import Page
from workplan_cli.cli.pages.reading import Reading
from workplan_cli.model.indicator import ChoiceIndicator, Indicator, NumberIndicator, Owed, RateIndicator, TreatyIndicator
from workplan_cli.model.plan import Editorial, Provision


def show_guideline(subject: Subject, reading: Reading, page: Page) -> None:
    """Its text, what is asked about it, and who has answered what."""
    plan = reading.record.plan
    guideline, chapter = plan.guidelines[subject.id], plan.chapter_of[subject.id]
    page.heading(f"{guideline.id}  guideline {guideline.number}", f"{chapter.number} {page.say(chapter.name or chapter.heading)}")
    page.words(page.say(guideline.text))
    show_provision(guideline, reading, page)
    own = [one for one in reading.record.indicators.values() if one.guideline == guideline.id]
    page.section("Indicators" if own else "Indicators: none")
    for indicator in own:
        page.words(f"{indicator.id} ({asks(indicator)})")
        page.words(page.say(indicator.question), 2)
        page.quiet(page.say(indicator.guidance), 2)
    also = [one.id for one in reading.record.indicators.values() if guideline.id in one.also]
    page.fields([("see also", ", ".join(also))])
    show_answers([one for one in own if not isinstance(one, TreatyIndicator)], reading, page)


def show_provision(provision: Provision, reading: Reading, page: Page) -> None:
    """What stands around the text of a guideline or mandate: parts, notes, strength, revisions."""
    for part in provision.parts:
        page.words(f"{part.number} {page.say(part.text)}" + (f" ({', '.join(part.treaties)})" if part.treaties else ""), 2)
    last = provision.history[-1] if provision.history else None
    since = f" of {last.on}" if last is not None and last.on else ""
    page.fields(
        [
            ("addressed to", page.say(reading.record.plan.addressees.get(provision.addressee), provision.addressee)),
            ("strength", provision.strength.value),
            (
                "revision",
                f"{provision.revision}{since}"
                + (f" ({last.change.value})" if last is not None and provision.revision > 1 else ""),
            ),
            *(("before", f"{one.revision}: {page.say(one.text)}") for one in provision.history[:-1]),
        ]
    )
    show_notes((*provision.editorial, *(note for part in provision.parts for note in part.editorial)), page)


def show_notes(notes: tuple[Editorial, ...], page: Page) -> None:
    """Editorial notes: what is quoted from the text, and what is said of it."""
    if notes:
        page.section("Editorial notes")
        page.fields((f"“{note.on}”" if len(note.on) < 20 else "“…”", page.say(note.note)) for note in notes)


def show_answers(indicators: list[Indicator], reading: Reading, page: Page) -> None:
    """Every answer to some indicators, and the states from which there is none."""
    rows = []
    answered = set()
    for state in reading.states:
        for indicator in indicators:
            for cell in (one for round_ in reading.record.plan.round_ids for one in reading.voiced(state, indicator, round_)):
                if cell.answer is not None:
                    answered.add(state)
                    rows.append((state, cell.voice, cell.round, indicator.id, sayings.standing(cell, page)))
    if not indicators:
        return
    page.section("Answers" if rows else "Answers: none")
    if rows:
        page.table(("state", "voice", "round", "indicator", "answer"), rows)
    silent = [state for state in reading.states if state not in answered]
    page.fields([("no answer in any voice", ", ".join(silent))])


def asks(indicator: Indicator) -> str:
    """What kind of answer an indicator asks for, in a few words."""
    words = [indicator.type, indicator.kind.value]
    if isinstance(indicator, NumberIndicator | RateIndicator):
        words.append(f"in {indicator.unit} by {', '.join(indicator.by)}")
    elif isinstance(indicator, ChoiceIndicator):
        words.append("several of " + ", ".join(indicator.options) if indicator.many else "one of " + ", ".join(indicator.options))
    elif isinstance(indicator, TreatyIndicator):
        words.append(f"read from the register {indicator.treaty}")
    if indicator.evidence is Owed.REQUIRED:
        words.append("evidence required")
    return ", ".join(words)


def show_chapter(subject: Subject, reading: Reading, page: Page) -> None:
    """The guidelines of a chapter."""
    plan = reading.record.plan
    chapter = next(one for one in plan.chapters if one.id == subject.id)
    page.heading(f"{chapter.number} {page.say(chapter.heading)}", chapter.id)
    page.table(("id", "text"), ((one.id, page.say(one.text)) for one in chapter.guidelines))
    show_notes(chapter.editorial, page)
