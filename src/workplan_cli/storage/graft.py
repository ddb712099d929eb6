"""Answers and evidence put into a file of answers that someone else writes in.

This module alone knows how a sheet of answers is laid out: an answer with each field on its line, evidence on one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from workplan_cli.model.evidence import Evidence
from workplan_cli.model.submission import Answer
from workplan_cli.storage import spelling, yaml
from workplan_cli.storage.splice import Edit, Put, Remove, edits_between, spliced


def new_sheet(head: Mapping[str, str], answers: Mapping[str, Answer], evidence: Mapping[str, Evidence]) -> bytes:
    """A file of answers that is not there yet."""
    text = "".join(f"{spelling.scalar(key)}: {spelling.scalar(words)}\n" for key, words in head.items())
    text += "answers:\n" + "".join(spelling.entry(id_, one, spelling.STEP) for id_, one in answers.items())
    if evidence:
        text += "evidence:\n" + "".join(spelling.line(id_, one, spelling.STEP) for id_, one in evidence.items())
    return text.encode()


def graft(
    path: str,
    data: bytes,
    answers: Mapping[str, Answer],
    evidence: Mapping[str, Evidence],
    without: Collection[str],
    order: Sequence[str],
) -> bytes:
    """The bytes of a sound file of answers with some put in, each behind the last that stands before it in `order`; of one that
    is there, only the keys that differ change; with evidence behind the others, and `without` some.

    Raises WorkplanError where the file at `path` is laid out in a way that leaves no place for them.
    """
    there = _section(data, "evidence") if without else {}
    gone = [id_ for id_ in without if id_ in there and id_ not in evidence]
    edits = list(edits_of(data, answers, evidence, order, 1))
    if gone and not evidence and set(gone) == set(there):
        edits.append(Remove(("evidence",)))
    else:
        edits += [Remove(("evidence", id_)) for id_ in gone]
    return spliced(path, data, edits)


def edits_of(
    data: bytes,
    answers: Mapping[str, Answer],
    evidence: Mapping[str, Evidence],
    order: Sequence[str],
    depth: int | None,
) -> Iterator[Edit]:
    """The edits that put answers and evidence into a file: of what is there, the keys that differ and no others. `depth` says
    how a new answer is spread, as `Put` has it."""
    there, pieces = _section(data, "answers"), _section(data, "evidence")
    for id_, answer in answers.items():
        yield from _entry(("answers", id_), there, Put(("answers", id_), spelling.given(answer), order, depth if there else 1))
    for id_, piece in evidence.items():
        yield from _entry(("evidence", id_), pieces, Put(("evidence", id_), spelling.given(piece), depth=0))


def _entry(pointer: tuple[str, str], there: Mapping[str, Any], whole: Put) -> Iterator[Edit]:
    old = there.get(pointer[1])
    if isinstance(old, dict) and old:
        yield from edits_between(old, whole.value, pointer)
    else:
        yield whole


def _section(data: bytes, name: str) -> Mapping[str, Any]:
    try:
        content = yaml.read(data)
    except yaml.YamlProblem:
        return {}
    found = content.get(name) if isinstance(content, dict) else None
    return found if isinstance(found, dict) else {}
