"""What help is asked for, and who could give it.

This module alone knows that an answer with `needs` and an open request in the register ask for the same. Who could help is a
proposal for people: open offers, practices, and states that report the thing implemented with evidence anyone can verify.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workplan_cli.analysis.cells import Cells
from workplan_cli.analysis.entries import Kept, kept, published
from workplan_cli.analysis.gaps import Example, examples_of
from workplan_cli.analysis.scope import Scope
from workplan_cli.model.record import Record
from workplan_cli.model.registers import Assistance, AssistanceKind, AssistanceRegister, AssistanceStatus, PracticeRegister


@dataclass(frozen=True)
class Asking:
    """Someone asks for help: in the answer to an indicator, or in an entry of the register."""

    holder: str
    voice: str
    guidelines: tuple[str, ...]
    """Empty where a request names none."""
    needs: tuple[str, ...]
    indicator: str | None = None
    entry: Kept | None = None


@dataclass(frozen=True)
class Demand:
    """One kind of help, asked for with one guideline in one voice, and by whom. The guideline is None where none was named."""

    guideline: str | None
    need: str
    voice: str
    holders: tuple[str, ...]


@dataclass(frozen=True)
class Help:
    """Who asks, what another has, and in what they meet."""

    asking: Asking
    has: Kept | Example
    because: tuple[str, ...]


def askings(cells: Cells, scope: Scope, voices: Iterable[str]) -> Iterator[Asking]:
    """The help that is asked for in the answers that stand, voice by voice and state by state; then the open requests."""
    for voice in voices:
        for state in scope.states:
            for indicator in scope.indicators:
                answer = cells.over(state, indicator, scope.rounds, voice).answer
                if answer is not None and answer.needs:
                    needs = tuple(dict.fromkeys(answer.needs))
                    yield Asking(state, voice, (indicator.guideline,), needs, indicator=indicator.id)
    for one in _open(cells.record, AssistanceKind.REQUEST):
        yield Asking(one.register.kept_by, one.entry.voice, one.entry.covers, getattr(one.entry, "needs", ()), entry=one)


def demand(found: Iterable[Asking], scope: Scope) -> tuple[Demand, ...]:
    """How often each kind of help is asked for, guideline by guideline in the order of the plan, what names none at the end."""
    holders: dict[tuple[str | None, str, str], list[str]] = {}
    for one in found:
        for guideline in one.guidelines or (None,):
            for need in one.needs:
                asking = holders.setdefault((guideline, need, one.voice), [])
                if one.holder not in asking:
                    asking.append(one.holder)
    order = {guideline: place for place, guideline in enumerate(scope.plan.guidelines)}
    keys = sorted(holders, key=lambda key: (order.get(key[0] or "", len(order)), key[1], key[2] != "state", key[2]))
    return tuple(Demand(*key, tuple(sorted(holders[key]))) for key in keys)


def helps(cells: Cells, scope: Scope, voices: tuple[str, ...]) -> tuple[Help, ...]:
    """Who could help whom: for each asking the offers, then the practices, then the states that have what it is about."""
    offers = tuple(_open(cells.record, AssistanceKind.OFFER))
    practices = tuple(published(cells.record, PracticeRegister.register()))
    examples = tuple(one for state in scope.states for voice in voices for one in examples_of(cells, state, voice, scope))
    return tuple(
        help_ for asking in askings(cells, scope, voices) for help_ in _helps(asking, offers, practices, examples, cells)
    )


def _helps(
    asking: Asking, offers: tuple[Kept, ...], practices: tuple[Kept, ...], examples: tuple[Example, ...], cells: Cells
) -> Iterator[Help]:
    for has in (*offers, *practices):
        guidelines = tuple(id_ for id_ in asking.guidelines if id_ in has.entry.covers)
        needs = tuple(need for need in asking.needs if need in getattr(has.entry, "needs", ()))
        is_offer = isinstance(has.entry, Assistance)
        is_about = guidelines or (is_offer and not (asking.guidelines and has.entry.covers))
        if has.register.kept_by != asking.holder and is_about and (needs or not is_offer):
            yield Help(asking, has, (*needs, *guidelines))
    for example in examples:
        guideline = cells.record.indicators[example.indicator].guideline
        is_same = example.indicator == asking.indicator if asking.indicator else guideline in asking.guidelines
        if example.state != asking.holder and is_same:
            yield Help(asking, example, (guideline,))


def _open(record: Record, kind: AssistanceKind) -> Iterator[Kept]:
    for one in kept(record, AssistanceRegister.register()):
        if isinstance(one.entry, Assistance) and one.entry.kind is kind and one.entry.status is AssistanceStatus.OPEN:
            yield one
