"""What an import has found, in words: answer by answer, then how much, and what was left out and why.

This module alone knows how proposals are told.
"""

from collections import Counter
from collections.abc import Sequence

from workplan_cli.checking.intake import RegisterFile, Sheet
from workplan_cli.diagnostics import visible
from workplan_cli.exchange.imports.edits import Change, Fate
from workplan_cli.exchange.imports.entries import EntryChange
from workplan_cli.exchange.imports.importer import Dropped

Changes = Sequence[tuple[Sheet, list[Change]]]
Listed = Sequence[tuple[RegisterFile, list[EntryChange]]]
_PUT = (Fate.NEW, Fate.CHANGED, Fate.REPLACED)


def answers(changes: Changes) -> str:
    """A line for each figure or answer that is new, goes or stays: `XAA g01-victims: + 2016 female 12`."""
    return "".join(_sheet(sheet, found) for sheet, found in changes)


def entries(listed: Listed) -> str:
    """A line for each key of an entry that is new, comes to it, goes or stays: `XAA act-3-2016: + number 3 of 2016`."""
    return "".join(_register(sheet, found) for sheet, found in listed)


def summary(changes: Changes, listed: Listed, dropped: Sequence[Dropped], wrote: bool, verbose: bool) -> str:
    """How much was proposed or written, and how many cells were left out for which reason; with `verbose`, each of them."""
    answered = [(sheet.path, [one.fate for one in found]) for sheet, found in changes]
    entered = [(sheet.path, [one.fate for one in found]) for sheet, found in listed]
    text = _how_many(answered, "answer", "answers", wrote) if answered or not entered else ""
    text += _how_many(entered, "entry", "entries", wrote) if entered else ""
    fates = Counter(fate for _, several in (*answered, *entered) for fate in several)
    put = sum(fates[one] for one in _PUT)
    text += f"{_counted(len(dropped), 'cell')} of the table left out\n" if dropped else ""
    for reason, number in sorted(Counter(one.reason for one in dropped).items(), key=lambda one: (-one[1], one[0])):
        text += f"  {number:>6,}  {visible(reason)}\n"
        if verbose:
            text += "".join(f"          {_left_out(one)}\n" for one in dropped if one.reason == reason)
    return text + ("nothing is written yet; to write it: --write\n" if put and not wrote else "")


def _how_many(files: Sequence[tuple[str, list[Fate]]], noun: str, several: str, wrote: bool) -> str:
    fates = Counter(fate for _, found in files for fate in found)
    put, changed = sum(fates[one] for one in _PUT), fates[Fate.CHANGED]
    touched = sum(any(fate in _PUT for fate in found) for _, found in files)
    what = f"{put:,} {noun if put == 1 else several}" + (f" ({changed:,} of them changed)" if changed else "")
    words = [f"{what} {'written to' if wrote else 'proposed for'} {_counted(touched, 'file')}"]
    words += [f"{fates[Fate.SAME]:,} there already"] if fates[Fate.SAME] else []
    words += [f"{fates[Fate.CONFLICT]:,} left as they are, which say something else"] if fates[Fate.CONFLICT] else []
    more = f"to take the import's {several} in place of those: --replace\n" if fates[Fate.CONFLICT] else ""
    return "; ".join(words) + "\n" + more


def stays(changes: Changes, listed: Listed) -> bool:
    """Whether an answer, an entry or a file was left as it is although the table says something else."""
    fates = {one.fate for _, found in changes for one in found} | {one.fate for _, found in listed for one in found}
    refused = any(sheet.refusal for sheet, _ in changes) or any(file.refusal for file, _ in listed)
    return refused or Fate.CONFLICT in fates


def _sheet(sheet: Sheet, changes: Sequence[Change]) -> str:
    if sheet.refusal:
        return f"data/{sheet.path}: left alone, {sheet.refusal}\n"
    lines = []
    for change in changes:
        one, fate = change.proposal, "left as it is: " if change.fate is Fate.CONFLICT else ""
        lines += [f"  {one.state} {one.indicator}: {fate}{sign} {visible(words)}\n" for sign, words in change.words]
    return f"data/{sheet.path}{'' if sheet.document else ' (new)'}\n{''.join(lines)}" if lines else ""


def _register(sheet: RegisterFile, found: Sequence[EntryChange]) -> str:
    if sheet.refusal:
        return f"data/{sheet.path}: left alone, {sheet.refusal}\n"
    lines = []
    for one in found:
        fate = "left as it is: " if one.fate is Fate.CONFLICT else ""
        name = f"{one.entry.state} {one.id}{' (new)' if one.fate is Fate.NEW and sheet.document else ''}"
        lines += [f"  {name}: {fate}{sign} {visible(words)}\n" for sign, words in one.words]
    return f"data/{sheet.path}{'' if sheet.document else ' (new)'}\n{''.join(lines)}" if lines else ""


def _left_out(one: Dropped) -> str:
    cell = one.cell if len(one.cell) <= 60 else one.cell[:59] + "…"
    return visible(f"line {one.line}, {one.column} '{cell}'" + (f", of {one.about}" if one.about else ""))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
