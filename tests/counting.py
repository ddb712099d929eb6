"""Small records to count, written as briefly as one would say them."""

from collections.abc import Mapping, Sequence
from datetime import date

from workplan_cli.analysis.cells import Cells
from workplan_cli.analysis.levels import Figures, figures_of, put_together
from workplan_cli.analysis.scope import Scope, narrow
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.indicator import IndicatorTable
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import Record
from workplan_cli.model.submission import AnswerSheet, DeskReview, Submission

ROUNDS = ("2013-2014", "2015-2016", "2017-2018")
END = date(2018, 12, 31)


def guideline(id_: str, strength: str = "firm", revisions: int = 1) -> dict[str, object]:
    history = [{"revision": 1, "change": "initial", "text": {"en": "Do."}}]
    history += [{"revision": number, "change": "meaning", "text": {"en": "Do more."}} for number in range(2, revisions + 1)]
    return {
        "id": id_,
        "number": f"{id_[1:]}.",
        "addressee": "states",
        "strength": strength,
        "revision": revisions,
        "history": history,
    }


def chapter(id_: str, *guidelines: dict[str, object]) -> dict[str, object]:
    return {"id": id_, "number": "I.", "heading": {"en": id_.upper()}, "guidelines": guidelines}


PLAN = Plan.model_validate(
    {
        "id": "plan-of-arcadia",
        "title": {"en": "Plan of Arcadia"},
        "languages": ["en"],
        "translation": {"en": "official"},
        "addressees": {"states": {"en": "states"}},
        "versions": [{"id": "first", "title": {"en": "First"}, "held": True}],
        "rounds": [{"id": ROUNDS[0]}, {"id": ROUNDS[1], "deadline": "2017-01-31"}, {"id": ROUNDS[2]}],
        "periods": [{"id": "2013-2018", "rounds": list(ROUNDS), "as_of": "2018-12-31"}],
        "chapters": [
            chapter("land", guideline("g01"), guideline("g02", "hortatory")),
            chapter("sea", guideline("g03", revisions=2)),
        ],
    }
)


def indicator(id_: str, type_: str = "implementation", **more: object) -> dict[str, object]:
    words = {"question": {"en": "?"}, "guidance": {"en": "!"}}
    extra: Mapping[str, dict[str, object]] = {
        "number": {"unit": "ships", "aggregate": "sum"},
        "rate": {"unit": "ships", "aggregate": "sum", "of": {"part": {"en": "part"}, "whole": {"en": "whole"}}},
        "choice": {"options": {"red": {"en": "Red"}, "blue": {"en": "Blue"}}},
    }
    return {
        "id": id_,
        "guideline": id_[:3],
        "revision": 1,
        "type": type_,
        "kind": "process",
        **words,
        **extra.get(type_, {}),
        **more,
    }


INDICATORS = (
    indicator("g01-law"),
    indicator("g01-body", asked_if={"g01-law": ["implemented", "partial"]}),
    indicator("g01-budget", asked_if={"g01-body": ["implemented"]}),
    indicator("g01-ships", "number"),
    indicator("g02-colour", "choice"),
    indicator("g02-paint", asked_if={"g02-colour": ["red"]}),
    indicator("g02-share", "rate"),
    indicator("g03-line"),
    indicator("g03-note", "text"),
)


def table(*indicators: Mapping[str, object]) -> IndicatorTable:
    content = {"chapter": "land", "table": "working", "translation": {"en": "unofficial"}, "indicators": indicators or INDICATORS}
    return IndicatorTable.model_validate(content)


FOUND = Evidence.model_validate({"source": "found", "quotation": "It is so."})
LOST = Evidence.model_validate({"source": "lost", "quotation": "It is so."})


def verified(piece: Evidence) -> bool:
    return piece.source == FOUND.source


def sheet(
    state: str, round_: str, voice: str = "state", submitted: str | None = None, **answers: Mapping[str, object]
) -> AnswerSheet:
    """One sheet; `g01_law` is the indicator g01-law. An answer is final and to revision 2 where it does not say otherwise."""
    said = {id_.replace("_", "-"): {"revision": 2, "status": "final", **answer} for id_, answer in answers.items()}
    content: dict[str, object] = {"state": state, "round": round_, "answers": said, "evidence": {"e1": FOUND, "e2": LOST}}
    if voice != "state":
        return DeskReview.model_validate(content)
    return Submission.model_validate({**content, **({"submitted": submitted} if submitted else {})})


def record(*sheets: AnswerSheet, indicators: Sequence[Mapping[str, object]] = INDICATORS) -> Record:
    return Record(PLAN, (table(*indicators),), sheets=sheets)


def scope_of(whole: Record, states: Sequence[str] = ("XAA", "XAB"), round_: str | None = None) -> Scope:
    return narrow(whole.plan, whole.indicators, whole.plan.periods[0], tuple(states), round_)


def count(whole: Record, states: Sequence[str] = ("XAA", "XAB"), voice: str = "state", round_: str | None = None) -> Figures:
    """The figures of one voice."""
    scope = scope_of(whole, states, round_)
    cells = Cells(whole, verified, scope.as_of)
    (figures,) = put_together([figures_of(cells, state, voice, scope) for state in scope.states], scope, (voice,))
    return figures


def yes(*evidence: str, **more: object) -> dict[str, object]:
    return {"result": "implemented", "evidence": evidence or ("e1",), **more}


def no(**more: object) -> dict[str, object]:
    return {"result": "not-implemented", **more}
