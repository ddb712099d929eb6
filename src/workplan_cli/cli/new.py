"""`workplan new`: a state, a source, an indicator, a practice, … begun. This module alone knows how it is asked for."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from workplan_cli.cli.scope import RootOption
from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.checking.desk import Desk
    from workplan_cli.checking.draft import Draft
    from workplan_cli.checking.kinds import Kind

HELP = """Begin something new: a state, a source, an indicator, an entry of a register.

\b
  workplan new                             what there is, and its names
  workplan new practice                    the keys of a practice
  workplan new practice XAA night-visits --set title="Visits at night"
  workplan new source xaa-gazette-2018 --set title="Official Gazette 8"
  workplan new indicator season g05-refunds --set type=number
  workplan new assessment XAA 2017-2018 --set issued=2019-06-01
  workplan new narrative 2015-2018 opening --lang es --set text="…"

What must be said and is not yet said is written as an empty key, which validate reports until
it is filled. Nothing that is there is overwritten. docs/writing.md

\b
Exit codes: 0 done · 2 wrong use, or a rule stands against it
"""
_PLACED = {
    "plan": "make a new repository: workplan init DIR",
    "answer": "workplan answer STATE INDICATOR VALUE",
}
"""What is begun by another command."""
_NARRATIVE = 'workplan new narrative PERIOD PLACE --set text="…", --lang for words in one language\n'


def new(
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", help="What; all there is when not given.", show_default=False)
    ] = None,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]…", help="How it is named.", show_default=False)] = None,
    given: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="What is said of it; valid.from=2016.")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="The language of texts that name none.")] = None,
    round_: Annotated[str | None, typer.Option("--round", help="For evidence: the round.")] = None,
    voice: Annotated[str, typer.Option("--voice", help="For evidence: whose file.")] = "state",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")] = False,
    root: RootOption = None,
) -> None:
    """Name it, draft it, check it, show it, write it."""
    from workplan_cli.checking.desk import open_desk
    from workplan_cli.checking.draft import drafted
    from workplan_cli.checking.kinds import words_of
    from workplan_cli.checking.passage import WORD, places_of
    from workplan_cli.cli import terminal
    from workplan_cli.cli.kindlist import all_kinds, keys_of
    from workplan_cli.cli.options import here
    from workplan_cli.settings import open_repository
    from workplan_cli.storage.tree import Directory
    from workplan_cli.storage.write import change

    if kind is None:
        terminal.emit(all_kinds())
        return
    one = _kind(kind) if kind != WORD else None
    if one is not None and not names and not given:
        terminal.emit(keys_of(one))
        return
    settings = open_repository(root, here())
    desk = open_desk(Directory(settings.data))
    if one is None:
        if not names and not given:
            terminal.emit(f"{_NARRATIVE}  places: {', '.join(places_of(desk))}\n")
            return
        made = _passage(desk, names or [], _said(given or ()), _language(lang, desk) if lang else None)
    else:
        page = _page(round_, voice, desk) if words_of(one) != one.names else ("", "")
        made = drafted(desk, one, _names(one, names or (), desk), _said(given or ()), _language(lang, desk), page)
    added = _added(made.data, made.before)
    terminal.emit(f"data/{made.path}{'' if made.before is not None else ' (new)'}\n" + "".join(f"  + {line}\n" for line in added))
    for remark in made.found:
        terminal.say(f"{remark.code.id} {remark.message}", remark.hint)
    for gap in made.waiting:
        terminal.emit(f"to be written: {gap.pointer[-1]}, data/{gap.path}:{gap.span.line if gap.span else 1}\n")
    if dry_run:
        terminal.emit("nothing is written: --dry-run\n")
    else:
        change(settings.root, [(f"data/{made.path}", made.data, made.before)])


def _kind(word: str) -> "Kind":
    from workplan_cli.checking.kinds import kinds

    there = kinds()
    if word in _PLACED:
        raise WorkplanError(f"a new {word} is not made here", _PLACED[word])
    found = there.get(word) or next((one for one in there.values() if word and one.also == word), None)
    if found is None:
        raise WorkplanError(
            f"there is no kind '{visible(word)}'", did_you_mean(word, (*there, "narrative"), "see which there are: workplan new")
        )
    return found


def _passage(desk: "Desk", names: list[str], said: dict[str, str], language: str | None) -> "Draft":
    """Words for a report's narrative."""
    from workplan_cli.checking.passage import begun

    if len(names) != 2 or [*said] != ["text"]:
        raise WorkplanError("a narrative is named by period and place, and has its text", _NARRATIVE.strip())
    period, place = names
    return begun(desk, period, place, said["text"], language)


def _names(kind: "Kind", names: Iterable[str], desk: "Desk") -> tuple[str, ...]:
    """The names that were typed, each as it may be; a state that is there may be named by its name."""
    from workplan_cli.checking.kinds import words_of
    from workplan_cli.cli.pack import state_of

    wanted, typed = words_of(kind), tuple(names)
    usage = f"workplan new {kind.word} {' '.join(one.upper() for one in wanted)}"
    if len(typed) != len(wanted):
        raise WorkplanError(f"a new {kind.word} is named by {_and(wanted)}, and {_number(len(typed))} given", f"write: {usage}")
    patterns = dict(zip(kind.names, kind.patterns, strict=True))
    found = []
    for name, word in zip(wanted, typed, strict=True):
        if name == "state" and kind.word != "state":
            word = state_of(word, desk)
        if not re.fullmatch(patterns.get(name, ""), word) or len(word) > 100:
            how = (
                "three capital letters: XAA"
                if name == "state"
                else "letters or digits with hyphens between them: joint-visits-2018"
            )
            raise WorkplanError(f"'{visible(word)}' cannot be the {name} of a {kind.word}", f"write {how}")
        found.append(word)
    return tuple(found)


def _said(given: Iterable[str]) -> dict[str, str]:
    said: dict[str, str] = {}
    for one in given:
        key, equals, value = one.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise WorkplanError(
                f"'{visible(one)}' sets nothing", 'write --set key=value, with quotes around words: title="Two words"'
            )
        if key.strip() in said:
            raise WorkplanError(
                f"'{visible(key.strip())}' is set twice", "set it once; several values with commas: covers=g04,g05"
            )
        said[key.strip()] = value.strip()
    return said


def _page(round_: str | None, voice: str, desk: "Desk") -> tuple[str, str]:
    from workplan_cli.cli.amending import round_that_is_open, voice_of

    return round_that_is_open(round_, desk), voice_of(voice)


def _language(written: str | None, desk: "Desk") -> str:
    languages = desk.record.plan.languages
    if written is not None and written not in languages:
        raise WorkplanError(f"'{visible(written)}' is no language of the record", f"there are: {', '.join(languages)}")
    return written or languages[0]


def _added(data: bytes, before: bytes | None) -> list[str]:
    """The lines that are new, in their order."""
    from difflib import SequenceMatcher

    old, new = (before or b"").decode().splitlines(), data.decode().splitlines()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [visible(line) for what, _, _, start, end in steps if what in ("insert", "replace") for line in new[start:end]]


def _number(many: int) -> str:
    return {0: "none is", 1: "one is"}.get(many, f"{many} are")


def _and(words: Iterable[str]) -> str:
    return " and ".join(words)
