"""Every change between two records, in the order in which one reads them.

This module alone knows which edits belong to one change, and what a change of the plan does to answers that nobody touched.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from workplan_cli.analysis.asking import counts
from workplan_cli.analysis.changes.edits import ABSENT, Documents, Edit, Order, edits
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
    Rest,
)
from workplan_cli.model.document import Document
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.indicator import IndicatorTable
from workplan_cli.model.mandate import MandateAnswer, MandateSheet
from workplan_cli.model.plan import Plan, Provision
from workplan_cli.model.record import Record
from workplan_cli.model.submission import Answer, AnswerSheet, voice_of

Sheet = AnswerSheet | MandateSheet


def documents_of(record: Record) -> dict[str, Document]:
    """The documents of a record by their path."""
    found: dict[str, Document] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        held = (value,) if isinstance(value, Document) else value.values() if isinstance(value, dict) else value
        found.update((one.path, one) for one in held if isinstance(one, Document))
    return found


def record_of(documents: Documents) -> Record:
    """The record that documents make. Raises KeyError where there is no plan among them."""
    plan = documents[Plan.location]
    assert isinstance(plan, Plan)
    return Record.of(plan, tuple(document for _, document in sorted(documents.items())))


@dataclass(frozen=True)
class Pair:
    """Two records. What is the same in both may be left out of both, but for the plan, the indicators, and the sheets of the
    states that differ.
    """

    before: Record
    after: Record

    @cached_property
    def old(self) -> Documents:
        """The documents of the first."""
        return documents_of(self.before)

    @cached_property
    def new(self) -> Documents:
        """The documents of the second."""
        return documents_of(self.after)

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of every question, guideline and mandate in the plan; those that are gone stand last."""
        found: dict[str, int] = {}
        for record in (self.after, self.before):
            provisions = [*record.plan.guidelines, *record.plan.mandate_by_id]
            by_guideline: dict[str, list[str]] = {}
            for id_, indicator in record.indicators.items():
                by_guideline.setdefault(indicator.guideline, []).append(id_)
            for provision in provisions:
                for id_ in (provision, *by_guideline.get(provision, ())):
                    found.setdefault(id_, len(found))
        return found

    def provision_of(self, record: Record, question: str) -> Provision | None:
        """The guideline an indicator asks about, or the mandate itself."""
        indicator = record.indicators.get(question)
        if indicator is not None:
            return record.plan.guidelines.get(indicator.guideline)
        return record.plan.mandate_by_id.get(question)

    def is_outdated(self, record: Record, question: str, answer: Answer | None) -> bool:
        """Whether an answer is to a text that has changed in meaning since."""
        provision = self.provision_of(record, question)
        return answer is not None and provision is not None and answer.revision < provision.meaning


def compare(before: Record, after: Record, files: Iterable[FileChange] = ()) -> tuple[Change, ...]:
    """Every change, in reading order: the plan, its questions, state by state, the secretariat, all else, files."""
    pair = Pair(before, after)
    found = [*_changes(pair), *_outdated(pair), *files]
    return tuple(sorted(found, key=lambda change: _place(change, pair)))


def _changes(pair: Pair) -> Iterator[Change]:
    by_path: dict[str, list[Edit]] = {}
    for edit in edits(pair.old, pair.new):
        by_path.setdefault(edit.path, []).append(edit)
    for path, some in by_path.items():
        yield from _of_document(path, tuple(some), pair)


def _of_document(path: str, some: tuple[Edit, ...], pair: Pair) -> Iterator[Change]:
    old, new = pair.old.get(path), pair.new.get(path)
    document = new if new is not None else old
    assert document is not None
    is_whole = old is None or new is None
    heads = tuple(edit for edit in some if is_whole and not _is_entry(edit))
    if is_whole:
        yield DocumentChange(path, old, new, heads)
    rest = tuple(edit for edit in some if not is_whole or _is_entry(edit))
    if isinstance(document, AnswerSheet | MandateSheet):
        yield from _answers(path, document, tuple(edit for edit in rest if _is_entry(edit)), pair)
        rest = tuple(edit for edit in rest if not _is_entry(edit))
    for edit in rest:
        yield _single(path, document, edit)


def _is_entry(edit: Edit) -> bool:
    return isinstance(edit.before if edit.after is ABSENT else edit.after, BaseModel) and len(edit.pointer) > 1


def _single(path: str, document: Document, edit: Edit) -> Change:
    before, after = (None if one is ABSENT else one for one in (edit.before, edit.after))
    if isinstance(before, Order) or isinstance(after, Order):
        return OrderChange(path, document, edit.pointer, _moved(before or (), after or ()), (edit,))
    if not _is_entry(edit):
        return FieldChange(path, document, edit.pointer, before, after, (edit,))
    id_ = str(edit.pointer[-1])
    if isinstance(document, IndicatorTable):
        return IndicatorChange(path, id_, before, after, (edit,))
    if isinstance(before, Provision) or isinstance(after, Provision):
        return ProvisionChange(path, id_, before, after, (edit,))
    return EntryChange(path, document, edit.pointer, before, after, (edit,))


def _moved(before: Iterable[Any], after: Iterable[Any]) -> bool:
    """Whether the entries that stayed stand in another order."""
    old, new = [*before], [*after]
    return [one for one in old if one in new] != [one for one in new if one in old]


def _answers(path: str, document: Sheet, some: tuple[Edit, ...], pair: Pair) -> Iterator[Change]:
    """The answers of a sheet that were touched, or whose evidence was; then the evidence that no answer cites."""
    old, new = pair.old.get(path), pair.new.get(path)
    was, is_ = _answered(old), _answered(new)
    cited = {str(edit.pointer[1]): edit for edit in some if edit.pointer[0] == "evidence"}
    own = {str(edit.pointer[1]): edit for edit in some if edit.pointer[0] != "evidence"}
    taken: set[str] = set()
    for question in dict.fromkeys((*is_, *was)):
        before, after = was.get(question), is_.get(question)
        ids = {id_ for answer in (before, after) if answer is not None for id_ in _cites(answer)}
        rest = _rest(_pieces(old, before), _pieces(new, after))
        touched = [cited[id_] for id_ in sorted(ids & set(cited)) if id_ not in taken]
        if question not in own and not rest:
            continue
        taken |= {str(edit.pointer[1]) for edit in touched}
        outdated = pair.is_outdated(pair.after, question, after) and not pair.is_outdated(pair.before, question, before)
        yield AnswerChange(
            path=path,
            state=document.state if isinstance(document, AnswerSheet) else None,
            round=document.round,
            voice=_voice(document),
            question=question,
            before=before,
            after=after,
            evidence=rest,
            earlier=_earlier(document, question, pair) if before is None else None,
            is_outdated=outdated,
            edits=(*((own[question],) if question in own else ()), *touched),
        )
    for id_, edit in cited.items():
        if id_ not in taken:
            before_, after_ = (None if one is ABSENT else one for one in (edit.before, edit.after))
            yield EntryChange(path, document, edit.pointer, before_, after_, (edit,))


def _answered(document: Document | None) -> Mapping[str, Answer]:
    if isinstance(document, AnswerSheet):
        return document.answers
    return document.mandates if isinstance(document, MandateSheet) else {}


def _voice(document: Sheet) -> str:
    return voice_of(document) if isinstance(document, AnswerSheet) else document.voice


def _cites(answer: Answer) -> Iterator[str]:
    yield from answer.evidence
    yield from (value.evidence for value in answer.values if value.evidence)
    if isinstance(answer, MandateAnswer):
        yield from (id_ for activity in answer.activities for id_ in activity.evidence)


def _pieces(document: Document | None, answer: Answer | None) -> tuple[Evidence, ...]:
    if answer is None or not isinstance(document, AnswerSheet | MandateSheet):
        return ()
    ids = dict.fromkeys(_cites(answer))
    return tuple(document.evidence[id_] for id_ in ids if id_ in document.evidence)


def _rest(before: tuple[Evidence, ...], after: tuple[Evidence, ...]) -> Rest:
    """What happened to evidence. A piece that is gone and one that is new are one piece changed where both are of one place in
    one source, or else of one source.
    """
    gone, new = [piece for piece in before if piece not in after], [piece for piece in after if piece not in before]
    changed = []
    for same in (lambda piece: (piece.source, piece.pinpoint, tuple(piece.row.items())), lambda piece: piece.source):
        for piece in tuple(gone):
            match = next((one for one in new if same(one) == same(piece)), None)
            if match is not None:
                changed.append((piece, match))
                gone.remove(piece)
                new.remove(match)
    return Rest(tuple(new), tuple(gone), tuple(changed))


def _earlier(document: Sheet, question: str, pair: Pair) -> tuple[str, Answer] | None:
    """What the same voice answered in the last earlier round."""
    rounds = pair.after.plan.round_ids
    sheets: tuple[Sheet, ...] = pair.after.sheets if isinstance(document, AnswerSheet) else pair.after.secretariat
    mine = {
        one.round: _answered(one)
        for one in sheets
        if _voice(one) == _voice(document) and getattr(one, "state", None) == getattr(document, "state", None)
    }
    before = rounds[: rounds.index(document.round)] if document.round in rounds else ()
    for round_ in reversed(before):
        answer = mine.get(round_, {}).get(question)
        if answer is not None and counts(answer):
            return round_, answer
    return None


def _outdated(pair: Pair) -> Iterator[Outdated]:
    """The answers that a change of the plan made outdated, and that are themselves the same as before."""
    sheets: tuple[Sheet, ...] = (*pair.after.sheets, *pair.after.secretariat)
    for sheet in sheets:
        before = _answered(pair.old.get(sheet.path))
        for question, answer in _answered(sheet).items():
            if before.get(question) != answer or not pair.is_outdated(pair.after, question, answer):
                continue
            provision = pair.provision_of(pair.after, question)
            if provision is not None and not pair.is_outdated(pair.before, question, answer):
                state = sheet.state if isinstance(sheet, AnswerSheet) else None
                yield Outdated(sheet.path, state, sheet.round, _voice(sheet), question, provision.id, answer.revision)


def _place(change: Change, pair: Pair) -> tuple[Any, ...]:
    """Where a change stands among the others."""
    state = state_of(change)
    last = len(pair.order)
    if isinstance(change, FileChange):
        return (5, change.path)
    if change.path == Plan.location:
        return (0, pair.order.get(getattr(change, "id", ""), -1), *_pointer(change))
    if isinstance(change, IndicatorChange) or change.path.startswith("indicators/"):
        return (1, pair.order.get(getattr(change, "id", ""), last), change.path, *_pointer(change))
    inside = (2, state) if state is not None else (3, "") if change.path.startswith("secretariat/") else (4, change.path)
    if isinstance(change, AnswerChange | Outdated):
        return (*inside, 1, change.path, 1, pair.order.get(change.question, last), change.question)
    kind = 1 if change.path.startswith(("states/", "secretariat/")) and not change.path.endswith("/state.yaml") else 0
    return (*inside, kind if not change.path.startswith("registers/") else 2, change.path, 0, -1, *_pointer(change))


def _pointer(change: Change) -> tuple[str, ...]:
    return tuple(str(key) for edit in change.edits[:1] for key in edit.pointer)


def state_of(change: Change) -> str | None:
    """The state that a change is about; None for what is about none, or about more than one."""
    if isinstance(change, AnswerChange | Outdated):
        return change.state
    if isinstance(change, EntryChange) and change.place[0] == "states":
        return str(change.place[1])
    document = getattr(change, "within", None) or getattr(change, "after", None) or getattr(change, "before", None)
    found = getattr(document, "state", None) if isinstance(document, Document) else None
    return found if isinstance(found, str) and len(found) == 3 and found.isupper() else None


def voice_of_change(change: Change) -> str | None:
    """The voice that a change is in; None for what is in none."""
    if isinstance(change, AnswerChange | Outdated):
        return change.voice
    document = getattr(change, "within", None) or getattr(change, "after", None) or getattr(change, "before", None)
    return _voice(document) if isinstance(document, AnswerSheet | MandateSheet) else None


def chapters_of(change: Change, before: Record, after: Record) -> frozenset[str]:
    """The chapters that a change is about."""
    found = set()
    for record in (before, after):
        word = getattr(change, "question", None) or getattr(change, "id", None)
        indicator = record.indicators.get(word or "")
        chapter = record.plan.chapter_of.get(indicator.guideline if indicator is not None else word or "")
        if chapter is not None:
            found.add(chapter.id)
    place = change.place if isinstance(change, EntryChange | FieldChange | OrderChange) else ()
    within = {str(place[1])} if len(place) > 1 and place[0] == "chapters" else set()
    return frozenset(found | within)
