"""How a cell moved from one round to the next, in seven words. This module alone knows them."""

from enum import StrEnum

from workplan_cli.analysis.standing import ABSENCES, ANSWERS, RESULTS, Cell, Standing


class Trend(StrEnum):
    """What became of an answer."""

    NEW = "new"
    IMPROVED = "improved"
    WENT_BACK = "went-back"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    """Another value, or another absence, where better and worse have no meaning."""
    WITHDRAWN = "withdrawn"
    """There was a result; now the voice says that it gives none."""
    NO_LONGER_ANSWERED = "no-longer-answered"


_RANK = {standing: place for place, standing in enumerate(reversed(RESULTS))}


def trend(before: Cell, after: Cell) -> Trend | None:
    """The movement between two rounds; None where neither has an answer, and where the question is put no longer."""
    was, is_ = before.standing in ANSWERS, after.standing in ANSWERS
    if not was:
        return Trend.NEW if is_ else None
    if after.standing is Standing.NOT_ASKED:
        return None
    if not is_:
        return Trend.NO_LONGER_ANSWERED
    if before.standing in _RANK and after.standing in _RANK:
        return _moved(_RANK[after.standing] - _RANK[before.standing])
    if after.standing in ABSENCES and before.standing not in ABSENCES:
        return Trend.WITHDRAWN
    if after.standing in RESULTS or (before.standing in ABSENCES and after.standing not in ABSENCES):
        return Trend.NEW
    return Trend.UNCHANGED if _said(before) == _said(after) else Trend.CHANGED


def _moved(steps: int) -> Trend:
    return Trend.IMPROVED if steps > 0 else Trend.WENT_BACK if steps < 0 else Trend.UNCHANGED


def _said(cell: Cell) -> tuple[Standing, object]:
    answer = cell.answer
    if cell.standing is not Standing.REPORTED or answer is None:
        return cell.standing, None
    return cell.standing, (answer.values, answer.choice, answer.date, answer.text)
