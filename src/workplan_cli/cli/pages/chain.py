"""The page that explains a figure: the figure, its formula, and every cell it was made of, down to evidence, file and line.

This module alone knows how that chain is laid out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workplan_cli.analysis.chain import Measure, Role, chain, role, share_of
from workplan_cli.analysis.coverage import Tally, tally
from workplan_cli.analysis.scope import Scope
from workplan_cli.analysis.standing import CLAIMS, RESULTS, Cell, Standing, Verified
from workplan_cli.analysis.treaties import standing_towards
from workplan_cli.cli import sayings
from workplan_cli.cli.grid import FigurePage
from workplan_cli.cli.pages.coverage import share, voice_name
from workplan_cli.cli.places import Places
from workplan_cli.model.evidence import Access, Evidence
from workplan_cli.model.record import Record
from workplan_cli.reports.labels import STANDINGS

ROLES = {
    Role.COUNTED: "counted",
    Role.COUNTED_OF: "in the denominator only",
    Role.OPEN: "open",
    Role.LEFT_OUT: "left out",
}


@dataclass(frozen=True)
class Asked:
    """What is to be explained, and with what."""

    scope: Scope
    record: Record
    verified: Verified
    places: Places
    measures: tuple[Measure, ...]
    strict: bool
    revision: str


def show_chain(asked: Asked, voices: Sequence[tuple[str, Sequence[Cell]]], page: FigurePage) -> None:
    """Each voice for itself, then what the treaties of the scope rest on. The cells are those that stand, by state and in the
    order of the plan.
    """
    scope = asked.scope
    page.heading("Coverage explained", page.say(scope.plan.title))
    page.fields(
        [
            ("states", ", ".join(scope.states)),
            (
                "guidelines",
                ", ".join(
                    id_ for id_ in scope.plan.guidelines if id_ in {one.guideline for one in (*scope.indicators, *scope.treaties)}
                ),
            ),
            ("rounds", ", ".join(scope.rounds)),
            ("as of", str(scope.as_of)),
            ("revision", asked.revision),
        ]
    )
    if scope.indicators:
        for voice, cells in voices:
            _show_voice(voice, cells, asked, page)
    _show_treaties(asked, page)


def _show_voice(voice: str, cells: Sequence[Cell], asked: Asked, page: FigurePage) -> None:
    page.section(f"Voice: {voice_name(voice)}")
    whole = tally(cells)
    for measure in asked.measures:
        figure = share_of(chain(cells, measure, asked.strict))
        page.fields([(measure.value, share(figure)), *(("", words) for words in _formula(measure, whole, asked.strict))])
    silent = [cell for cell in cells if cell.answer is None]
    for cell in cells:
        if cell.answer is not None and (roles := _roles(cell, asked)):
            _show_cell(cell, roles, asked, page)
    _show_silent(silent, asked, page)


def _formula(measure: Measure, whole: Tally, strict: bool) -> Iterator[str]:
    """The formula in words, then in numbers; for implementation its bounds too."""
    if measure is Measure.REPORTING:
        yield "= answers / cells asked"
        yield f"= {whole.reporting.part:,} / ({whole.cells:,} - {whole.standings[Standing.NOT_ASKED]:,} not asked)"
    elif measure is Measure.EVIDENCE:
        yield f"= claims with verified evidence / ({' + '.join(STANDINGS[one].word for one in CLAIMS)})"
        yield f"= {whole.verified:,} / ({' + '.join(f'{whole.scale[one]:,}' for one in CLAIMS)})"
    else:
        parts = (*RESULTS, Standing.NOT_PURSUED)
        above = whole.count(Standing.IMPLEMENTED, strict)
        counted = "implemented, neither draft nor unverified" if strict else "implemented"
        yield f"= {counted} / ({' + '.join(STANDINGS[one].word for one in parts)})"
        yield f"= {above:,} / ({' + '.join(f'{whole.scale[one]:,}' for one in parts)})"
        low, high = whole.bounds(strict)
        yield f"bounds: {share(low)} to {share(high)}, as everything open ({whole.missing:,}) is a no, or a yes"


def _roles(cell: Cell, asked: Asked) -> str:
    """The part a cell plays in each measure that looks at it."""
    parts = [(measure, role(cell, measure, asked.strict)) for measure in asked.measures]
    return "; ".join(f"{measure.value}: {ROLES[part]}" for measure, part in parts if part is not None)


def _show_cell(cell: Cell, roles: str, asked: Asked, page: FigurePage) -> None:
    answer, sheet = cell.answer, cell.sheet
    if answer is None or sheet is None:
        return
    page.words("")
    page.words(f"{cell.state} {cell.indicator.id}: {sayings.standing(cell, page)}")
    guideline = asked.scope.plan.guidelines.get(cell.indicator.guideline)
    now = f", now at {guideline.revision}" if guideline is not None and guideline.revision != answer.revision else ""
    page.fields(
        [
            ("counts", roles),
            ("answer", f"{cell.round}, {answer.status.value}, to revision {answer.revision} of {cell.indicator.guideline}{now}"),
            ("reason", page.say(answer.reason)),
            ("valid", sayings.validity(answer.valid)),
            ("note", page.say(answer.note)),
            *_evidence(cell, asked),
            ("written in", asked.places.of(sheet.path, ("answers", cell.indicator.id))),
        ],
        2,
    )


def _evidence(cell: Cell, asked: Asked) -> Iterator[tuple[str, str]]:
    answer, sheet = cell.answer, cell.sheet
    if answer is None or sheet is None:
        return
    for id_ in dict.fromkeys((*answer.evidence, *(value.evidence for value in answer.values if value.evidence))):
        piece = sheet.evidence.get(id_)
        if piece is not None:
            yield from _cited(id_, piece, asked)


def _cited(id_: str, piece: Evidence, asked: Asked) -> Iterator[tuple[str, str]]:
    """A piece of evidence, whether a program has found it, and its words; of a restricted one title and custodian only."""
    source = asked.record.sources.get(piece.source)
    title = source.title if source is not None else piece.source
    if piece.access is Access.RESTRICTED or (source is not None and source.access is Access.RESTRICTED):
        custodian = source.custodian if source is not None else None
        yield id_, f"restricted: {title}" + (f"; ask {custodian}" if custodian else "")
        return
    found = "verified" if asked.verified(piece) else "not verified"
    row = ", ".join(f"{column} {value}" for column, value in piece.row.items())
    yield id_, ", ".join(filter(None, (f"{found}: {title} ({piece.source})", piece.pinpoint, row)))
    yield "", f'"{piece.quotation}"' if piece.quotation else f"cell: {piece.cell}" if piece.cell else ""


def _show_silent(cells: Iterable[Cell], asked: Asked, page: FigurePage) -> None:
    """The cells in which nothing is written, by where they stand and the part they play."""
    groups: dict[tuple[Standing, str], dict[str, list[str]]] = {}
    for cell in cells:
        roles = _roles(cell, asked)
        if roles:
            groups.setdefault((cell.standing, roles), {}).setdefault(cell.state, []).append(cell.indicator.id)
    for (standing, roles), by_state in groups.items():
        page.words("")
        page.words(f"{page.mark(standing.value)}: {sum(map(len, by_state.values())):,}")
        page.fields([("counts", roles), *((state, ", ".join(indicators)) for state, indicators in by_state.items())], 2)


def _show_treaties(asked: Asked, page: FigurePage) -> None:
    """Where each state stands towards each treaty of the scope, by which act and by whose word."""
    for indicator in asked.scope.treaties:
        register = asked.record.treaties.get(indicator.treaty)
        page.section(f"Treaty: {indicator.treaty}, {indicator.part or indicator.guideline}, on {asked.scope.as_of}")
        rows = []
        for state in asked.scope.states:
            standing, entry = standing_towards(register, state, asked.scope.as_of)
            act = f"{sayings.act(entry)}; checked {sayings.day(entry.checked)}" if entry is not None else "no entry"
            sources = f" ({', '.join(entry.sources)})" if entry is not None and entry.sources else ""
            place = asked.places.of(register.path, ("states", state)) if register is not None and entry is not None else ""
            rows.append((state, page.mark(standing.value), f"{act}{sources} {place}".rstrip()))
        page.table(("state", "standing", "act, and where it is written"), rows)
