"""What is taken from questionnaires that came back: file by file, looked at before it is written, and told.

This module alone puts what sheets say, what rules say, and what is written together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_cli.diagnostics import Diagnostic, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.checking.desk import Desk, Sheet
    from workplan_cli.exchange.imports.edits import Change
    from workplan_cli.exchange.questionnaire.merging import Merged, Said
    from workplan_cli.exchange.questionnaire.problems import Problem
    from workplan_cli.exchange.questionnaire.reading import Reading


@dataclass(frozen=True)
class Taking:
    """What becomes of one file of answers, and of the sheets that speak of it."""

    sheet: "Sheet"
    merged: "Merged"
    put: "tuple[Change, ...]" = ()
    data: bytes | None = None
    """What the file is to hold; None where it stays as it is."""
    sources: "dict[str, bytes]" = field(default_factory=dict)
    """New files of sources, by path below `data/`."""
    problems: "tuple[Problem, ...]" = ()

    @property
    def is_partial(self) -> bool:
        """Whether something that a sheet says was not taken."""
        from workplan_cli.exchange.imports.edits import Fate

        left = any(one.fate is Fate.CONFLICT for one in self.merged.changes)
        refused = bool(self.sheet.refusal) and bool(self.merged.changes or self.merged.edits)
        return bool(refused or self.problems or self.merged.clashes or self.merged.edit_clashes or left)


def take(readings: "Sequence[Reading]", desk: "Desk", with_replace: bool) -> list[Taking]:
    """What becomes of each file that some sheets speak of."""
    from workplan_cli.exchange.questionnaire.merging import merge

    by_file: dict[tuple[str, str], list[Reading]] = {}
    for one in readings:
        subject = one.form.subject
        by_file.setdefault((desk.path(subject.state, subject.round, subject.voice), subject.round), []).append(one)
    found = []
    for (path, round_), several in by_file.items():
        sheet = desk.sheet(path, round_)
        merged = merge(several, sheet.document, with_replace)
        problems = [problem for one in several for problem in one.problems]
        for one in several:
            cited = frozenset(id_ for read in one.answers for id_ in read.proposal.evidence)
            problems += one.citing.uncited(cited) if not one.problems else []
        found.append(_sound(Taking(sheet, merged, problems=tuple(problems)), desk))
    return found


def _sound(taking: Taking, desk: "Desk") -> Taking:
    """The same with what is to be written: answers in which `validate` would find an error are left out, one by one."""
    from workplan_cli.exchange.imports.edits import edit
    from workplan_cli.exchange.questionnaire.merging import puts
    from workplan_cli.exchange.questionnaire.remarks import remarks

    put, problems = list(puts(taking.merged)), list(taking.problems)
    if taking.sheet.refusal:
        return taking
    while put or taking.merged.edits:
        wanted = edit(put, taking.sheet.document)
        evidence = {**taking.merged.edits, **wanted.evidence}
        cited = {one.source for one in wanted.evidence.values()}
        sources = {id_: one for id_, one in taking.merged.sources.items() if id_ in cited}
        data = desk.made(taking.sheet, wanted.answers, evidence)
        wrong = [one for one in desk.wrong(taking.sheet.path, data, sources) if _is_about(one, wanted.answers, evidence)]
        wrong += [one for one in (desk.wrong_source(source) for source in sources.values()) if one is not None]
        if not wrong:
            made = {source.path: _source_file(source) for source in sources.values()}
            return replace(taking, put=tuple(put), data=data, sources=made, problems=tuple(problems))
        out = {id_ for one in wrong for id_ in _answers_with(one, wanted.answers, evidence)}
        for one in wrong:
            for id_ in sorted(_answers_with(one, wanted.answers, evidence)):
                problems += remarks(one, id_, taking.merged.said[id_])
        kept = [one for one in put if one.proposal.indicator not in out]
        if len(kept) == len(put):
            first = wrong[0]
            raise WorkplanError(f"data/{first.path} would have an error, {first.code.id}: {first.message}", first.hint)
        put = kept
    return replace(taking, problems=tuple(problems))


def _source_file(source: object) -> bytes:
    from workplan_cli.checking.desk import source_file
    from workplan_cli.model.evidence import Source

    assert isinstance(source, Source)
    return source_file(source)


def _is_about(one: Diagnostic, answers: Iterable[str], evidence: Iterable[str]) -> bool:
    return (len(one.pointer) > 1 and one.pointer[1] in {*answers, *evidence}) or not one.pointer


def _answers_with(one: Diagnostic, answers: object, evidence: object) -> set[str]:
    """The answers that a finding is about: its own, or those that cite the evidence or the source it is about."""
    from workplan_cli.exchange.imports.edits import cited_by
    from workplan_cli.model.submission import Answer

    assert isinstance(answers, dict)
    assert isinstance(evidence, dict)
    given: dict[str, Answer] = answers
    if one.pointer[:1] == ("answers",) and len(one.pointer) > 1:
        return {str(one.pointer[1])}
    if one.pointer[:1] == ("evidence",) and len(one.pointer) > 1:
        named = {str(one.pointer[1])}
    else:
        named = {id_ for id_, piece in evidence.items() if one.path.endswith(f"/{piece.source}.yaml")}
    return {id_ for id_, answer in given.items() if named & set(cited_by(answer))}


def write(taken: Sequence[Taking], root: Path) -> None:
    """Write every file or none: sources first, so that no answer cites what is not there."""
    from workplan_cli.storage.write import change

    sources = {path: data for one in taken for path, data in one.sources.items() if not (root / "data" / path).exists()}
    files: list[tuple[str, bytes, bytes | None]] = [(f"data/{path}", data, None) for path, data in sources.items()]
    for one in taken:
        if one.data is not None and one.data != one.sheet.data:
            files.append((f"data/{one.sheet.path}", one.data, one.sheet.data))
    change(root, files)


def told(taken: Sequence[Taking], wrote: bool) -> str:
    """All of it in words: answer by answer, then what was not taken and why, then how much."""
    text = "".join(_file(one) for one in taken)
    problems = [problem for one in taken for problem in one.problems]
    text += "".join(f"{visible(one.place)}: {visible(one.message)}\n" for one in dict.fromkeys(problems))
    put = sum(len(one.put) for one in taken)
    edits = sum(len(one.merged.edits) for one in taken if one.data is not None)
    files = sum(one.data is not None for one in taken)
    parts = [f"{_counted(put, 'answer')} {'written to' if wrote else 'proposed for'} {_counted(files, 'file')}"]
    parts += [f"{_counted(edits, 'piece')} of evidence put otherwise"] if edits else []
    parts += [f"{_counted(len(dict.fromkeys(problems)), 'cell')} not taken"] if problems else []
    clashes = sum(len(one.merged.clashes) for one in taken)
    parts += [f"{_counted(clashes, 'answer')} on which sheets differ"] if clashes else []
    text += "; ".join(parts) + "\n"
    return text + ("nothing is written yet; to write it: --write\n" if files and not wrote else "")


def _file(one: Taking) -> str:
    from workplan_cli.exchange.imports.edits import Fate

    if one.sheet.refusal:
        return f"data/{one.sheet.path}: left alone, {one.sheet.refusal}\n" if one.is_partial else ""
    put = {change.proposal.indicator for change in one.put}
    lines = []
    for change in one.merged.changes:
        id_, left = change.proposal.indicator, change.fate is Fate.CONFLICT
        if left:
            lines.append(
                f"  {change.proposal.state} {id_}: left as it is, which was changed since the sheet was packed; --replace\n"
            )
        if left or id_ in put:
            lines += [f"  {change.proposal.state} {id_}: {sign} {visible(words)}\n" for sign, words in change.words]
    for id_, several in one.merged.clashes.items():
        state = several[0].read.proposal.state
        lines.append(f"  {state} {id_}: the sheets differ, and none is taken\n")
        lines += [f"    {_whose(said)}\n" for said in several]
    lines += [f"  evidence {id_}: put otherwise\n" for id_ in one.merged.edits if one.data is not None]
    lines += [f"  evidence {id_}: changed in two ways, and left as it is\n" for id_ in one.merged.edit_clashes]
    lines += [f"  data/{path} (new)\n" for path in one.sources]
    return f"data/{one.sheet.path}{'' if one.sheet.document else ' (new)'}\n{''.join(lines)}" if lines else ""


def _whose(said: "Said") -> str:
    from workplan_cli.exchange.imports.edits import told

    words = "; ".join(told(said.read.proposal.answer, said.read.proposal.evidence))
    return visible(f"{said.reading.returned.name} {said.read.place}: {words}")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
