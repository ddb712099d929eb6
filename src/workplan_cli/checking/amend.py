"""A file of answers changed by a command: what it says before, what it would say after, and what the rules find that is new.

This module alone decides whether a change of a file of answers may be written: not into a round that is closed, and not where
the rules would find an error that they do not find now.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workplan_cli.checking.check import check
from workplan_cli.checking.desk import Desk
from workplan_cli.checking.unit import check_unit, unit_of
from workplan_cli.diagnostics import Diagnostic, Severity
from workplan_cli.errors import WorkplanError
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.register import RoundState
from workplan_cli.model.submission import Answer, AnswerSheet
from workplan_cli.model.texts import texts
from workplan_cli.storage.graft import edits_of, new_sheet
from workplan_cli.storage.loader import load
from workplan_cli.storage.splice import spliced
from workplan_cli.storage.tree import Overlay

_SHOWN = 3


@dataclass(frozen=True)
class Page:
    """One voice's answers on a state in a round, as they are; `document` and `data` are None where there is no file yet."""

    state: str
    round: str
    path: str
    document: AnswerSheet | None = None
    data: bytes | None = None

    def answer(self, indicator: str) -> Answer | None:
        """The answer that stands on an indicator."""
        return self.document.answers.get(indicator) if self.document else None

    @property
    def evidence(self) -> Mapping[str, Evidence]:
        """The evidence in it, by id."""
        return self.document.evidence if self.document else {}

    @property
    def language(self) -> str | None:
        """The language in which most of its texts are written; None where it has none."""
        written = Counter(language for _, text in (texts(self.document) if self.document else ()) for language in text)
        return written.most_common(1)[0][0] if written else None


def open_page(desk: Desk, state: str, round_: str, voice: str) -> Page:
    """The page that a change is for. Raises WorkplanError where its round takes no answers, or where it cannot be read."""
    closing = desk.record.rounds.get(round_)
    if closing is not None and closing.state is not RoundState.OPEN:
        hint = f'what it says was published; to change it: workplan round reopen {round_} --reason "…"'
        raise WorkplanError(f"the round {round_} is {closing.state} and takes no answers", hint)
    path = desk.path(state, round_, voice)
    if path not in desk.paths:
        if voice.startswith("civil-society"):
            org = voice.partition("/")[2]
            begin = f'workplan new parallel-report {state} {round_} {org} --set organisation="…"'
            raise WorkplanError(f"there is no data/{path}", f"begin it with the name of the organisation: {begin}")
        return Page(state, round_, path)
    loaded = load(desk.tree, path)
    if not isinstance(loaded.document, AnswerSheet):
        why = next((f": {one.message}" for one in loaded.diagnostics if one.code.severity is Severity.ERROR), "")
        raise WorkplanError(f"data/{path} cannot be read{why}", f"see what is wrong with it: workplan validate data/{path}")
    return Page(state, round_, path, loaded.document, loaded.data)


def written(desk: Desk, page: Page, answers: Mapping[str, Answer], evidence: Mapping[str, Evidence]) -> bytes:
    """The bytes of a page with some answers and more evidence; of an answer that is there, only the keys that differ change.

    Raises WorkplanError where there is no place for them.
    """
    if page.data is None:
        return new_sheet({}, answers, evidence)
    return spliced(page.path, page.data, edits_of(page.data, answers, evidence, tuple(desk.record.indicators), None))


def found_anew(desk: Desk, files: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    """What the rules find when some files of one unit have other content, and do not find now."""
    unit = unit_of(next(iter(files)))
    paths = [path for path in sorted({*desk.paths, *files}) if unit_of(path) == unit]
    before = check_unit(desk.tree, [path for path in paths if path in desk.paths], desk.context)
    after = check_unit(Overlay(desk.tree, files), paths, desk.context)
    known = {one.identity for one in before.diagnostics}
    return tuple(one for one in after.diagnostics if one.identity not in known)


def found_in_all(desk: Desk, files: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    """What the rules find anywhere in the record when some files have other content, or are new, and do not find now."""
    known = {one.identity for one in check(desk.tree, entries=desk.entries).diagnostics}
    after = check(Overlay(desk.tree, files))
    return tuple(one for one in after.diagnostics if one.identity not in known)


def refuse_errors(found: Sequence[Diagnostic], undone: str = "nothing was written") -> None:
    """Raise WorkplanError where some of what was found is an error."""
    errors = [one for one in found if one.code.severity is Severity.ERROR]
    if not errors:
        return
    said = "; ".join(f"{one.code.id} {one.message}" for one in errors[:_SHOWN])
    more = f"; and {len(errors) - _SHOWN} more" if len(errors) > _SHOWN else ""
    raise WorkplanError(
        f"{said}{more}", f"{undone}; {errors[0].hint or f'what the rule asks: workplan explain {errors[0].code.id}'}"
    )
