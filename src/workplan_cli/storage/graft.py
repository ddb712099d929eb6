"""Answers put into a file that someone else writes in: what is not theirs stays byte for byte as it is.

This module alone changes a part of a file. It writes between the lines of the others, then reads the file again, and unless
it says just what it is meant to say, and has lost no comment, nothing is made of it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from workplan_cli.errors import WorkplanError
from workplan_cli.model.evidence import Evidence
from workplan_cli.model.submission import Answer
from workplan_cli.storage import spelling, yaml
from workplan_cli.storage.gaps import Gaps, comments
from workplan_cli.storage.sourcemap import Node, SourceMap

Splice = tuple[int, int, str]
"""From where to where, and what comes there."""

_STEP = spelling.STEP


def new_sheet(head: Mapping[str, str], answers: Mapping[str, Answer], evidence: Mapping[str, Evidence]) -> bytes:
    """A file of answers that is not there yet."""
    text = "".join(f"{spelling.scalar(key)}: {spelling.scalar(words)}\n" for key, words in head.items())
    text += "answers:\n" + "".join(spelling.entry(id_, one, _STEP) for id_, one in answers.items())
    text += "evidence:\n" + "".join(spelling.line(id_, one, _STEP) for id_, one in evidence.items()) if evidence else ""
    return text.encode()


def graft(
    path: str,
    data: bytes,
    answers: Mapping[str, Answer],
    evidence: Mapping[str, Evidence],
    without: Collection[str],
    order: Sequence[str],
) -> bytes:
    """The bytes of a sound file of answers with some put in, each before the first that follows it in `order`, or in the
    place of the one with its id; with evidence behind the others, and `without` some.

    Raises WorkplanError where the file at `path` is laid out in a way that leaves no place for them.
    """
    text = data.decode()
    ending = "\r\n" if "\r\n" in text else "\n"
    text = text if text.endswith("\n") else text + ending
    source = SourceMap(text)
    if source.problem is not None or len(source.roots) != 1 or is_flow(source.roots[0], text):
        raise _refusal(path)
    new_answers = {id_: spelling.entry(id_, one, _STEP) for id_, one in answers.items()}
    new_evidence = {id_: spelling.line(id_, one, _STEP) for id_, one in evidence.items()}
    root = Section(source, source.roots[0])
    splices = [*root.put("answers", new_answers, (), order), *root.put("evidence", new_evidence, without, ())]
    after = text
    for _, (start, end, words) in sorted(enumerate(splices), key=lambda one: (*one[1][:2], one[0]), reverse=True):
        after = after[:start] + words.replace("\n", ending) + after[end:]
    made = after.encode()
    wanted = _meant(data, new_answers, new_evidence, without)
    if _read(made) != wanted or Counter(comments_of(SourceMap(after))) != Counter(comments_of(source)):
        raise _refusal(path)
    return made


class Section:
    """A block mapping whose entries stand on lines of their own."""

    def __init__(self, source: SourceMap, node: Node) -> None:
        self.source, self.node, self.text = source, node, source.text
        self.names = [key.value for key in node.keys]
        self.column = self._line_start(node.keys[0].start)[1] if node.keys else 0

    def put(self, name: str, entries: Mapping[str, str], without: Collection[str], order: Sequence[str]) -> Iterator[Splice]:
        """Put entries, written out at two spaces, into the mapping under a key of this one."""
        if not entries and not without:
            return
        value = self.node.children[self.names.index(name)] if name in self.names else None
        if value is None:
            yield self._new(name, entries)
        elif not value.children:
            yield from self._fill(value, entries)
        elif not entries and {key.value for key in value.keys} <= set(without):
            yield self._replaced(self.names.index(name), "")
        elif not is_flow(value, self.text):
            yield from Section(self.source, value).mend(entries, without, order, self._after_key(name))

    def _new(self, name: str, entries: Mapping[str, str]) -> Splice:
        """A key that is not there: the answers before the evidence, else at the end."""
        if name == "answers" and "evidence" in self.names:
            place = self.begin(self.names.index("evidence"))
        else:
            place = self.end(len(self.names) - 1)
        return place, place, f"{name}:\n" + "".join(entries.values())

    def _fill(self, value: Node, entries: Mapping[str, str]) -> Iterator[Splice]:
        """An empty mapping, `{}` or nothing at all: its brackets go, and the entries come on the lines below."""
        end = self._line_end(value.end)
        if entries:
            start = (
                value.start - 1 if self.text[value.start - 1 : value.start] == " " and value.end > value.start else value.start
            )
            yield start, value.end, ""
            yield end, end, "".join(entries.values())

    def mend(self, entries: Mapping[str, str], without: Collection[str], order: Sequence[str], first: int) -> Iterator[Splice]:
        """Put entries among those that are there; those of the same name, and those `without`, go, and their comments stay."""
        pad = " " * self.column
        rank = {name: place for place, name in enumerate(order)}
        added: dict[int, list[str]] = {}
        for name, written in entries.items():
            written = _indented(written, pad)
            if name in self.names:
                yield self._replaced(self.names.index(name), written)
                continue
            before = [place for place, there in enumerate(self.names) if rank.get(there, -1) < rank.get(name, len(rank))]
            place = self.end(max(before)) if before else first
            added.setdefault(place, []).append(written)
        for place, several in added.items():
            yield place, place, "".join(several)
        for name in without:
            if name in self.names and name not in entries:
                yield self._replaced(self.names.index(name), "")

    def _replaced(self, number: int, written: str) -> Splice:
        start, end = self.begin(number), self.end(number)
        kept = [words for place, words in comments(self.source) if start <= place < end]
        return start, end, "".join(f"{' ' * self.column}{words}\n" for words in kept) + written

    def begin(self, number: int) -> int:
        """Where the line of an entry begins; comments over it are not its own."""
        return self._line_start(self.node.keys[number].start)[0]

    def end(self, number: int) -> int:
        """Where the line after an entry begins, with the comments that belong to it."""
        gaps = Gaps(self.text)
        gaps.past(_last(self.node.children[number], self.text))
        gaps.beside()
        gaps.below(self.column)
        return self._line_end(gaps.at)

    def _after_key(self, name: str) -> int:
        return self._line_end(self.node.keys[self.names.index(name)].end)

    def _line_start(self, place: int) -> tuple[int, int]:
        start = self.text.rfind("\n", 0, place) + 1
        return start, place - start

    def _line_end(self, place: int) -> int:
        end = self.text.find("\n", place)
        return end + 1 if end >= 0 else len(self.text)


def comments_of(source: SourceMap) -> list[str]:
    """The comments of a file, without their places."""
    return [words for _, words in comments(source)]


def _meant(data: bytes, answers: Mapping[str, str], evidence: Mapping[str, str], without: Iterable[str]) -> Any:
    """What the file is to say."""
    wanted = _read(data)
    for name, entries in (("answers", answers), ("evidence", evidence)):
        put = {id_: _read(written.encode())[id_] for id_, written in entries.items()}
        if put or wanted.get(name) is not None:
            wanted[name] = {**(wanted.get(name) or {}), **put}
    gone = set(without) - set(evidence)
    if gone:
        wanted["evidence"] = {id_: one for id_, one in wanted["evidence"].items() if id_ not in gone}
        if not wanted["evidence"]:
            del wanted["evidence"]
    return wanted


def _read(data: bytes) -> Any:
    try:
        return yaml.read(data)
    except yaml.YamlProblem:
        return None


def _last(node: Node, text: str) -> int:
    """The end of the last word of a node."""
    while node.children and not is_flow(node, text):
        node = node.children[-1]
    return len(text[: node.end].rstrip()) if node.is_block else node.end


def is_flow(node: Node, text: str) -> bool:
    """Whether a list or mapping is written in brackets."""
    return node.kind != "scalar" and text[node.start] in "[{"


def _indented(written: str, pad: str) -> str:
    return "".join(pad + one.removeprefix(_STEP) for one in written.splitlines(keepends=True))


def _refusal(path: str) -> WorkplanError:
    return WorkplanError(
        f"data/{path} is laid out in a way that leaves no place for answers; nothing in it was changed",
        "write answers: and evidence: with one entry a line, two spaces in, and import again",
    )
