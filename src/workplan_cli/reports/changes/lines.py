"""One change as a line. This module alone knows the sentences on everything but answers."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from workplan_cli.analysis.changes.kinds import (
    AnswerChange,
    Change,
    DocumentChange,
    EntryChange,
    FieldChange,
    FileChange,
    IndicatorChange,
    OrderChange,
    Outdated,
    ProvisionChange,
)
from workplan_cli.analysis.changes.marking import marked
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import ARCHIVE, Evidence, Source
from workplan_cli.model.mandate import MandateSheet
from workplan_cli.model.plan import Change as Degree
from workplan_cli.model.plan import Provision
from workplan_cli.model.register import Ratification, RoundAct, RoundClosing
from workplan_cli.model.submission import AnswerSheet
from workplan_cli.model.time import PartialDate
from workplan_cli.reports.changes.answers import answer_line, outdated_line
from workplan_cli.reports.changes.line import Line, Side, Tone, Versions, are_texts, fields, is_text, pair, tone_of, versions
from workplan_cli.reports.changes.tongue import Tongue
from workplan_cli.reports.labels import TREATIES


def line_of(change: Change, tongue: Tongue, as_of: Any = None) -> Line | None:
    """A change in words; None for one that shows in others (a list that is longer because something was added to it)."""
    match change:
        case AnswerChange():
            return answer_line(change, tongue)
        case Outdated():
            return outdated_line(change, tongue)
        case ProvisionChange():
            return _provision(change, tongue)
        case IndicatorChange():
            return _indicator(change, tongue)
        case DocumentChange():
            return _document(change, tongue)
        case EntryChange():
            return _entry(change, tongue, as_of)
        case FieldChange():
            return _field(change, tongue)
        case OrderChange():
            return _order(change, tongue)
        case FileChange():
            return _file(change, tongue)


def _provision(change: ProvisionChange, tongue: Tongue) -> Line:
    _ = tongue.gettext
    before, after = change.before, change.after
    if before is None or after is None:
        there = after or before
        assert there is not None
        return Line(change.id, tone_of(before, after), parts=(_new_or_gone(after, tongue), tongue.text(there.text)))
    parts, texts = fields(before, after, tongue, without=("id", "history", "revision", "parts"))
    own = versions("text", before.text, after.text)
    remarks: tuple[str, ...] = ()
    head: list[str] = []
    if before.revision != after.revision:
        head.append(_("revision %(was)s → %(now)s") % {"was": before.revision, "now": after.revision})
    if after.meaning > before.meaning:
        head.append(_("a change of meaning"))
        remarks = (_("answers to the older text are outdated until they are confirmed"),)
    elif own:
        editorial = after.history and after.history[-1].change is Degree.EDITORIAL and before.revision != after.revision
        head.append(_("an editorial change") if editorial else _("the text changed"))
        if before.revision == after.revision:
            remarks = (_("the text changed and its revision did not"),)
    elif before.history != after.history:
        head.append(_("its history changed"))
    head += _parts(before, after, tongue)
    old = {part.id: part.text for part in before.parts}
    of_parts = [one for part in after.parts if part.id in old for one in versions(part.id, old[part.id], part.text)]
    return Line(change.id, Tone.CHANGED, parts=(*head, *parts), remarks=remarks, versions=(*own, *of_parts, *texts))


def _parts(before: Provision, after: Provision, tongue: Tongue) -> Iterator[str]:
    old, new = [part.id for part in before.parts], [part.id for part in after.parts]
    if before.parts != after.parts:
        gone = [f"−{id_}" for id_ in old if id_ not in new]
        more = [f"+{id_}" for id_ in new if id_ not in old]
        yield f"parts: {tongue.several([*gone, *more]) or tongue.gettext('changed')}"


def _indicator(change: IndicatorChange, tongue: Tongue) -> Line:
    _ = tongue.gettext
    before, after = change.before, change.after
    if before is None or after is None:
        there = after or before
        assert there is not None
        return Line(change.id, tone_of(before, after), parts=(_new_or_gone(after, tongue), tongue.text(there.question)))
    parts, texts = fields(before, after, tongue, without=("id",))
    reworded = (_("reworded"),) if before.question != after.question else ()
    remarks = (_("answers given to the other type are counted by nothing"),) if before.type != after.type else ()
    return Line(change.id, Tone.CHANGED, parts=(*reworded, *parts), remarks=remarks, versions=texts)


def _document(change: DocumentChange, tongue: Tongue) -> Line:
    there = change.after or change.before
    assert there is not None
    title = ""
    if isinstance(there, Source):
        title = there.title
        if tongue.veil.hides(there):
            title += f" ({tongue.gettext('restricted')})"
    else:
        names = getattr(there, "names", None) or getattr(there, "title", None)
        title = tongue.text(names) if isinstance(names, dict) else names or ""
    parts = [title, *(_head(there, tongue) if change.after is not None else ())]
    said = tongue.gettext("a new file") if change.before is None else tongue.gettext("the file is gone")
    return Line(f"data/{change.path}", tone_of(change.before, change.after), parts=tuple(filter(None, (said, *parts))))


def _head(document: Document, tongue: Tongue) -> Iterator[str]:
    """What a file says of itself: the acts on a round, and when a voice spoke."""
    if isinstance(document, RoundClosing):
        yield from (_act(one, tongue) for one in document.log)
        if document.files:
            yield tongue.ngettext("with %(num)s file", "with %(num)s files", len(document.files))
    elif isinstance(document, AnswerSheet | MandateSheet):
        said = ((name, getattr(document, name, None)) for name in type(document).key_order)
        yield from (f"{name}: {tongue.value(value)}" for name, value in said if value is not None)


def _act(act: RoundAct, tongue: Tongue) -> str:
    _ = tongue.gettext
    words = {
        "open": _("opened on %(day)s"),
        "close": _("closed on %(day)s"),
        "lock": _("locked on %(day)s"),
        "reopen": _("opened again on %(day)s"),
    }
    said = words[act.act] % {"day": act.on}
    return f"{said}: {act.reason}" if act.reason else said


def _entry(change: EntryChange, tongue: Tongue, as_of: Any) -> Line:
    before, after = change.before, change.after
    subject = str(change.place[-1])
    there = after or before
    if isinstance(there, Ratification):
        return _treaty(change, tongue, as_of)
    if isinstance(there, Evidence):
        return _evidence(change, tongue)
    kind = str(change.place[-2]) if len(change.place) > 1 else ""
    beside = f"{kind} {subject}" if kind not in ("measures", "items") else subject
    if before is None or after is None:
        texts_of = (getattr(there, name, None) for name in ("title", "text", "names", "name"))
        names = next((one for one in texts_of if is_text(one)), None)
        said = tongue.text(names) if names else tongue.value(there)
        return Line(beside, tone_of(before, after), parts=(_new_or_gone(after, tongue), said))
    parts, texts = fields(before, after, tongue)
    return Line(beside, Tone.CHANGED, parts=parts, versions=texts)


def _treaty(change: EntryChange, tongue: Tongue, as_of: Any) -> Line:
    """A state's entry in the register of a treaty: where it stood and stands on the day, and what of the entry changed."""
    treaty = str(getattr(change.within, "treaty", change.path))
    was, now = (_towards(one, tongue, as_of) for one in (change.before, change.after))
    if change.before is None or change.after is None:
        there = change.after or change.before
        assert isinstance(there, Ratification)
        dated = (f"{there.action.value}: {there.date}",) if isinstance(there.date, PartialDate) else ()
        return Line(treaty, tone_of(change.before, change.after), was, now, (_new_or_gone(change.after, tongue), *dated))
    parts, texts = fields(change.before, change.after, tongue)
    return Line(treaty, Tone.CHANGED, None if was == now else was, now, parts, versions=texts)


def _towards(entry: BaseModel | None, tongue: Tongue, as_of: Any) -> Side | None:
    if not isinstance(entry, Ratification):
        return None
    label = TREATIES[entry.standing(as_of)]
    return Side(tongue.gettext(label.word), label)


def _evidence(change: EntryChange, tongue: Tongue) -> Line:
    """A piece of evidence that no answer cites."""
    before, after = change.before, change.after
    hidden = tongue.veil.hides(before) or tongue.veil.hides(after)
    there = after or before
    assert isinstance(there, Evidence)
    titled, uncited = tongue.piece(there, hidden), tongue.gettext("no answer cites it")
    if before is None or after is None:
        return Line(f"evidence {change.place[-1]}", tone_of(before, after), parts=(_new_or_gone(after, tongue), titled, uncited))
    parts, texts = ((tongue.gettext("altered"),), ()) if hidden else fields(before, after, tongue)
    return Line(f"evidence {change.place[-1]}", Tone.CHANGED, parts=(titled, *parts, uncited), versions=texts)


def _field(change: FieldChange, tongue: Tongue) -> Line:
    name = ".".join(map(str, change.place))
    if isinstance(change.within, RoundClosing) and name == "log":
        old, new = change.before or (), change.after or ()
        if new[: len(old)] == old:  # acts are only ever added
            return Line(f"round {change.within.round}", Tone.CHANGED, parts=tuple(_act(one, tongue) for one in new[len(old) :]))
    if tongue.veil.hides(change.within) and name not in ("title", "custodian", "access"):
        return Line(name, Tone.CHANGED, parts=(tongue.gettext("altered"), tongue.gettext("restricted")))
    if are_texts(change.before, change.after):
        return Line(
            name, tone_of(change.before or None, change.after or None), versions=versions(name, change.before, change.after)
        )
    before, after = change.before, change.after
    if isinstance(before, str) and isinstance(after, str) and max(len(before), len(after)) > 60:
        return Line(name, Tone.CHANGED, versions=(Versions(name, marked(before, after)),))
    return Line(name, tone_of(before, after), parts=(pair(before, after, tongue),))


def _order(change: OrderChange, tongue: Tongue) -> Line | None:
    if not change.moved:
        return None
    return Line(".".join(map(str, change.place)), Tone.CHANGED, parts=(tongue.gettext("another order"),))


def _file(change: FileChange, tongue: Tongue) -> Line:
    _ = tongue.gettext
    subject, tone = f"data/{change.path}", tone_of(change.before, change.after)
    if change.path.startswith(ARCHIVE):
        said = {Tone.NEW: _("an archived copy is new"), Tone.GONE: _("an archived copy is gone")}
        remarks = (_("evidence that quotes it may no longer be found"),) if tone is not Tone.NEW else ()
        return Line(subject, tone, parts=(said.get(tone, _("an archived copy is another")),), remarks=remarks)
    pieces = marked(change.before or "", change.after or "")
    said_ = {Tone.NEW: _("a new file"), Tone.GONE: _("the file is gone")}.get(tone)
    return Line(subject, tone, parts=(said_,) if said_ else (), versions=(Versions("text", pieces),))


def _new_or_gone(after: object, tongue: Tongue) -> str:
    return tongue.gettext("added") if after is not None else tongue.gettext("removed")
