"""Answers and evidence put into a file of answers that someone else writes in.

This module alone knows how a sheet of answers is laid out: an answer with each field on its line, evidence on one.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from workplan_cli.model.evidence import Evidence
from workplan_cli.model.submission import Answer
from workplan_cli.storage import spelling, yaml
from workplan_cli.storage.splice import Edit, Put, Remove, spliced


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
    """The bytes of a sound file of answers with some put in, each behind the last that stands before it in `order`, or in the
    place of the one with its id; with evidence behind the others, and `without` some.

    Raises WorkplanError where the file at `path` is laid out in a way that leaves no place for them.
    """
    there = _evidence(data) if without else {}
    gone = [id_ for id_ in without if id_ in there and id_ not in evidence]
    edits: list[Edit] = [Put(("answers", id_), spelling.given(one), order, 1) for id_, one in answers.items()]
    edits += [Put(("evidence", id_), spelling.given(one), depth=0) for id_, one in evidence.items()]
    if gone and not evidence and set(gone) == set(there):
        edits.append(Remove(("evidence",)))
    else:
        edits += [Remove(("evidence", id_)) for id_ in gone]
    return spliced(path, data, edits)


def _evidence(data: bytes) -> Any:
    content = yaml.read(data)
    return (content.get("evidence") if isinstance(content, dict) else None) or {}
