"""What a state is asked to confirm once a year, as Markdown to send: its authorities and its services, entry by entry.

This module alone knows the words of that sheet. It is written in the languages in which the state's own offices are reached.
"""

from collections.abc import Callable, Iterator
from typing import Any

from workplan_cli.analysis.entries import Kept, Narrowed, kept
from workplan_cli.model.entry import Register
from workplan_cli.model.record import Record
from workplan_cli.model.registers import AuthorityRegister, ServiceRegister
from workplan_cli.model.text import in_language
from workplan_cli.model.time import Validity
from workplan_cli.reports.labels import LANGUAGES, N_
from workplan_cli.reports.registers import FIELDS, TITLES, WORDS
from workplan_cli.reports.tame import for_markdown

ASKED: tuple[tuple[type[Register], str], ...] = ((AuthorityRegister, "confirmed"), (ServiceRegister, "checked"))
"""The registers that are confirmed, and the field in which the day of it stands."""
BOXES = (N_("Yes, all of it still holds."), N_("No. What holds now:"), N_("It no longer exists, since:"))
TICK = N_("Please tick one box under each entry, and write what holds now where it has changed. No names of persons.")
NAME = N_("Nothing is entered. Please name what there is: the office, its telephone and mailbox, its languages.")
Say = Callable[[str], str]


def languages_of(record: Record, state: str) -> tuple[str, ...]:
    """The languages in which a state's authorities are reached, of those of the plan; the plan's first where none is known."""
    spoken = {
        language
        for one in kept(record, AuthorityRegister.register(), Narrowed(holders=(state,)))
        for language in getattr(one.entry, "languages", ())
    }
    return tuple(one for one in record.plan.languages if one in spoken) or record.plan.languages[:1] or ("en",)


def confirmation(record: Record, state: str, language: str, gettext: Say) -> str:
    """The sheet of one state in one language."""
    return "\n\n".join(_blocks(record, state, language, gettext)) + "\n"


def _blocks(record: Record, state: str, language: str, gettext: Say) -> Iterator[str]:
    profile = record.states.get(state)
    name = in_language(profile.names, language)[0] if profile is not None else ""
    asked = gettext("Please confirm what is entered")  # Python 3.11 finds no message within an f-string
    yield f"# {for_markdown(asked)}: {for_markdown(name or state)} ({state})"
    yield for_markdown(gettext(TICK))
    for document, key in ASKED:
        found = tuple(kept(record, document.register(), Narrowed(holders=(state,))))
        title = gettext(TITLES[document.register()])
        yield f"## {for_markdown(title[:1].upper() + title[1:])}"
        if not found:
            yield for_markdown(gettext(NAME))
        for one in found:
            yield from _entry(one, document, key, language, gettext)
    yield from (f"{for_markdown(gettext(words))} ____" for words in (N_("Office that answers:"), N_("Date of the answer:")))


def _entry(one: Kept, document: type[Register], key: str, language: str, gettext: Say) -> Iterator[str]:
    yield f"### {for_markdown(in_language(one.entry.title, language)[0])}"
    fields = ((column, _said(column, getattr(one.entry, column), language, gettext)) for column in document.columns)
    lines = [f"- {_inside(f'{gettext(FIELDS[column])}: {words}')}" for column, words in fields if words]
    if lines:
        yield "\n".join(lines)
    if getattr(one.entry, key) is None:
        yield for_markdown(gettext("It was never confirmed until now."))
    yield "\n".join(f"- [ ] {for_markdown(gettext(words))}" for words in BOXES)


def _inside(words: str) -> str:
    """Words that begin with a field's name: a plus sign in them begins no list, and a telephone is read as it is dialled."""
    return for_markdown(words).replace("\\+", "+")


def _said(column: str, value: Any, language: str, gettext: Say) -> str:
    match value:
        case None | ():
            return ""
        case bool():
            word = WORDS["yes" if value else "no"]
            return gettext(word)
        case dict():
            return in_language(value, language)[0]
        case tuple():
            return "; ".join(_said(column, one, language, gettext) for one in value)
        case Validity():
            return f"{value.since or ''}/{value.until or ''}"
        case str() if column == "languages":
            return gettext(LANGUAGES.get(value, value))
        case str() if column == "kind":
            return gettext(WORDS[value])
        case _:
            return str(value)
