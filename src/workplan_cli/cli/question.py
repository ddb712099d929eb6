"""A question in words: itself, its guidance, what was said before and by whom, and what it takes.

This module alone knows how a question is put to a person, in lines as wide as the screen.
"""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from workplan_cli.cli import given, terminal
from workplan_cli.cli.amending import Sitting
from workplan_cli.diagnostics import visible
from workplan_cli.model.indicator import ChoiceIndicator, ImplementationIndicator, Indicator
from workplan_cli.model.submission import Absence, Answer, Reply, Result, Status
from workplan_cli.model.text import Text, in_language
from workplan_cli.storage import spelling

_WIDEST = 100


def asking(sitting: Sitting, indicator: Indicator, language: str) -> str:
    """A question with all that one must know to answer it."""
    lines = [
        _words(indicator.question, language),
        f"  {_words(indicator.guidance, language)}",
        *before(sitting, indicator, language),
    ]
    lines += _said_to_reply_to(sitting, indicator, language) if sitting.voice == Reply.voice else ()
    absences = [f"{number} {one}" for number, one in enumerate(choices(indicator), 1) if one in {*Absence}]
    if isinstance(indicator, ImplementationIndicator):
        lines.append("  " + row(f"{number} {one}" for number, one in enumerate(choices(indicator), 1)))
    elif isinstance(indicator, ChoiceIndicator):
        lines += [
            f"  {number} {name}: {_words(text, language)}" for number, (name, text) in enumerate(indicator.options.items(), 1)
        ]
        lines += [*(["  several: with commas between them"] if indicator.many else []), "  " + row(absences)]
    else:
        lines.append(f"  {given.takes(indicator)}")
    return "".join(broken(line) for line in lines)


def choices(indicator: Indicator) -> tuple[str, ...]:
    """The words that stand for themselves by number."""
    if isinstance(indicator, ImplementationIndicator):
        return (*(one.value for one in Result), *(one.value for one in Absence))
    return (*indicator.options, *(one.value for one in Absence)) if isinstance(indicator, ChoiceIndicator) else ()


def before(sitting: Sitting, indicator: Indicator, language: str) -> Iterator[str]:
    """What the same voice said in earlier rounds, the last time that it said it itself; and what stands now."""
    standing = sitting.page().answer(indicator.id)
    said, only_carried = None, []
    for round_ in reversed(sitting.earlier):
        sheet = sitting.desk.sheet(sitting.desk.path(sitting.state, round_, sitting.voice), round_).document
        found = sheet.answers.get(indicator.id) if sheet is not None else None
        if found is not None and found.status is Status.CARRIED:
            only_carried.append(round_)
        elif found is not None:
            said = round_, found
            break
    if said is not None:
        yield f"  in {said[0]}: {short(said[1], language)}{_since(said[1])}"
    if only_carried:
        yield f"  in {', '.join(reversed(only_carried))}: carried on, and confirmed by nobody"
    if standing is None:
        return
    what = "the same" if said is not None and short(standing, language) == short(said[1], language) else short(standing, language)
    if standing.status is Status.CARRIED:
        yield f"  now: {what}, carried and to be confirmed"
    else:
        yield f"  now: {what}{', a draft' if standing.status is Status.DRAFT else ''}"


def short(answer: Answer, language: str) -> str:
    """What an answer says, in one line."""
    said = {name: value for name, value in spelling.given(answer).items() if name in given.FIELDS}
    texts = {"reason": answer.reason, "text": answer.text}
    words = [
        _words(text, language) if (text := texts.get(name)) else visible(spelling.flow(value)) for name, value in said.items()
    ]
    return ": ".join(words) or "in words alone"


def _since(answer: Answer) -> str:
    """How long an answer of an earlier round had stood then, and how sure it was."""
    if answer.status is Status.DRAFT:
        return ", a draft"
    if answer.carried_from is None:
        return ""
    return f", said in {answer.carried_from} and confirmed" if answer.confirmed else f", said in {answer.carried_from}"


def _said_to_reply_to(sitting: Sitting, indicator: Indicator, language: str) -> Iterator[str]:
    for voice, sheet in sitting.desk.replied_to(sitting.state, sitting.round).items():
        answer = sheet.answers.get(indicator.id)
        if answer is not None:
            note = f": {_words(answer.note, language)}" if answer.note else ""
            yield f"  {voice} says: {short(answer, language)}{note}"


def row(words: Iterable[str], between: str = "   ") -> str:
    """Words side by side, each of which stays in one line."""
    return between.join(one.replace(" ", "\N{NO-BREAK SPACE}") for one in words)


def broken(line: str) -> str:
    """A line in lines as wide as the screen; what goes on stands further in."""
    wide = terminal.width() if terminal.is_screen() else None
    if wide is None:
        return line.replace("\N{NO-BREAK SPACE}", " ") + "\n"
    indent = " " * (len(line) - len(line.lstrip()))
    found = wrap(line, min(wide - 1, _WIDEST), subsequent_indent=indent + "  ", break_long_words=False, break_on_hyphens=False)
    return "".join(one.replace("\N{NO-BREAK SPACE}", " ") + "\n" for one in found)


def _words(text: Text, language: str) -> str:
    return visible(in_language(text, language)[0])
