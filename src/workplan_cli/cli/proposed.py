"""What an import has found, in words: answer by answer, then how much, and what was left out and why.

This module alone knows how proposals are told.
"""

from collections import Counter
from collections.abc import Sequence

from workplan_cli.checking.intake import Sheet
from workplan_cli.diagnostics import visible
from workplan_cli.exchange.imports.edits import Change, Fate
from workplan_cli.exchange.imports.importer import Dropped

Changes = Sequence[tuple[Sheet, list[Change]]]
_PUT = (Fate.NEW, Fate.REPLACED)


def answers(changes: Changes) -> str:
    """A line for each figure or answer that is new, goes or stays: `XAA g01-victims: + 2016 female 12`."""
    return "".join(_sheet(sheet, found) for sheet, found in changes)


def summary(changes: Changes, dropped: Sequence[Dropped], wrote: bool, verbose: bool) -> str:
    """How much was proposed or written, and how many cells were left out for which reason; with `verbose`, each of them."""
    fates = Counter(one.fate for _, found in changes for one in found)
    put = fates[Fate.NEW] + fates[Fate.REPLACED]
    files = sum(any(one.fate in _PUT for one in found) for _, found in changes)
    words = [f"{_counted(put, 'answer')} {'written to' if wrote else 'proposed for'} {_counted(files, 'file')}"]
    words += [f"{fates[Fate.SAME]:,} there already"] if fates[Fate.SAME] else []
    words += [f"{fates[Fate.CONFLICT]:,} left as they are, which say something else"] if fates[Fate.CONFLICT] else []
    text = "; ".join(words) + "\n"
    text += "to take the import's answers in place of those: --replace\n" if fates[Fate.CONFLICT] else ""
    text += f"{_counted(len(dropped), 'cell')} of the table left out\n" if dropped else ""
    for reason, number in sorted(Counter(one.reason for one in dropped).items(), key=lambda one: (-one[1], one[0])):
        text += f"  {number:>6,}  {visible(reason)}\n"
        if verbose:
            text += "".join(f"          {_left_out(one)}\n" for one in dropped if one.reason == reason)
    return text + ("nothing is written yet; to write it: --write\n" if put and not wrote else "")


def stays(changes: Changes) -> bool:
    """Whether an answer or a file was left as it is although the table says something else."""
    return any(sheet.refusal or any(one.fate is Fate.CONFLICT for one in found) for sheet, found in changes)


def _sheet(sheet: Sheet, changes: Sequence[Change]) -> str:
    if sheet.refusal:
        return f"data/{sheet.path}: left alone, {sheet.refusal}\n"
    lines = []
    for change in changes:
        one, fate = change.proposal, "left as it is: " if change.fate is Fate.CONFLICT else ""
        lines += [f"  {one.state} {one.indicator}: {fate}{sign} {visible(words)}\n" for sign, words in change.words]
    return f"data/{sheet.path}{'' if sheet.document else ' (new)'}\n{''.join(lines)}" if lines else ""


def _left_out(one: Dropped) -> str:
    cell = one.cell if len(one.cell) <= 60 else one.cell[:59] + "…"
    return visible(f"line {one.line}, {one.column} '{cell}'" + (f", of {one.about}" if one.about else ""))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
