"""The laws of comparing, over pairs of records made of Arcadia's own entries: nothing is a change of nothing, every change can be
made and taken back, and every change is said."""

import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from workplan_cli import resources
from workplan_cli.analysis.changes.compare import compare, documents_of, record_of
from workplan_cli.analysis.changes.edits import ABSENT, Edit, Order, apply, edits, pieces
from workplan_cli.analysis.changes.kinds import Change, OrderChange, Outdated
from workplan_cli.analysis.changes.marking import Mark, marked
from workplan_cli.analysis.changes.veil import Veil
from workplan_cli.checking.pair import open_pair
from workplan_cli.exchange.changes import as_json
from workplan_cli.model.plan import Plan
from workplan_cli.model.record import Record, document_at
from workplan_cli.reports.catalogue import languages, words
from workplan_cli.reports.changes.lines import line_of
from workplan_cli.reports.changes.tongue import Tongue
from workplan_cli.storage import yaml
from workplan_cli.storage.record import load_record
from workplan_cli.storage.tree import Directory, Memory, Refusal

ROOT = Path(__file__).resolve().parent.parent


@cache
def arcadia() -> Record:
    return load_record(Directory(resources.example() / "data"))[0]


@cache
def places() -> tuple[tuple[str, Any], ...]:
    """Every piece of every document that can be taken out or exchanged for another of its kind."""
    found = [
        (path, pointer)
        for path, document in documents_of(arcadia()).items()
        for pointer, piece in pieces(document).items()
        if isinstance(piece, BaseModel | dict | str) or piece == ()
    ]
    return tuple(found)


@cache
def alike() -> dict[Any, tuple[Any, ...]]:
    """The pieces of each kind: what one may be exchanged for."""
    found: dict[Any, list[Any]] = {}
    for document in documents_of(arcadia()).values():
        for pointer, piece in pieces(document).items():
            found.setdefault(kind_of(pointer, piece), []).append(piece)
    return {kind: tuple(some) for kind, some in found.items()}


class Altered:
    """A record, and what of Arcadia's was altered to make it."""

    def __init__(self, record: Record, gone: tuple[str, ...], altered: tuple[tuple[str, Any], ...]) -> None:
        self.record, self.gone, self.altered = record, gone, altered

    def __repr__(self) -> str:
        return f"Altered(gone={self.gone}, altered={self.altered})"


def kind_of(pointer: tuple[Any, ...], piece: Any) -> Any:
    """Models are of a kind by their class, other pieces by the field they are in too."""
    return type(piece) if isinstance(piece, BaseModel) else (type(piece), pointer[-1])


@st.composite
def records(draw: st.DrawFn) -> Altered:
    """Arcadia with some files gone, and some entries gone, moved or exchanged for others of their kind."""
    documents = dict(documents_of(arcadia()))
    gone = draw(st.lists(st.sampled_from([one for one in documents if one != Plan.location]), max_size=3, unique=True))
    for path in gone:
        del documents[path]
    made: list[Edit] = []
    for path, pointer in draw(st.lists(st.sampled_from(places()), max_size=8, unique=True)):
        if path not in documents:
            continue
        there = pieces(documents[path])
        piece = there[pointer]
        is_entry = isinstance(piece, BaseModel) and not isinstance(there.get(pointer[:-1]), Order)
        if is_entry and draw(st.booleans()):
            made.append(Edit(path, pointer, piece, ABSENT))
        elif not isinstance(there.get(pointer[:-1]), Order):
            made.append(Edit(path, pointer, piece, draw(st.sampled_from(alike()[kind_of(pointer, piece)]))))
    for path in draw(st.lists(st.sampled_from(list(documents)), max_size=2, unique=True)):
        lists = [pointer for pointer, piece in pieces(documents[path]).items() if isinstance(piece, Order)]
        for pointer in lists[:1]:
            ids = pieces(documents[path])[pointer]
            made.append(Edit(path, pointer, ids, Order(draw(st.permutations(ids)))))
    return Altered(record_of(apply(made, documents)), tuple(gone), tuple(map(key, made)))


def all_edits(changes: tuple[Change, ...]) -> list[Edit]:
    return [edit for change in changes for edit in change.edits]


def key(edit: Edit) -> tuple[str, Any]:
    return edit.path, edit.pointer


@given(records())
def test_a_record_does_not_differ_from_itself(given_: Altered) -> None:
    one = given_.record
    again = record_of(apply(edits({}, documents_of(one)), {}))
    assert documents_of(again) == documents_of(one)
    assert compare(one, one) == compare(one, again) == ()


@given(records(), records())
@settings(deadline=None)
def test_the_changes_are_all_there_is_between_two_records_and_each_is_one(one: Altered, other: Altered) -> None:
    a, b = one.record, other.record
    made = all_edits(compare(a, b))
    old, new = documents_of(a), documents_of(b)
    assert Counter(map(key, made)) == Counter(map(key, edits(old, new)))
    assert apply(made, old) == new
    assert apply([edit.reversed() for edit in made], new) == old


@given(records(), records())
@settings(deadline=None)
def test_to_compare_the_other_way_round_is_to_take_back(one: Altered, other: Altered) -> None:
    a, b = one.record, other.record

    def told(changes: tuple[Change, ...]) -> Counter[Any]:
        return Counter(
            (type(one).__name__, one.path, frozenset(map(key, one.edits))) for one in changes if not isinstance(one, Outdated)
        )

    there, back = compare(a, b), compare(b, a)
    assert told(there) == told(back)
    assert {(*key(edit), repr(edit.before)) for edit in all_edits(there)} == {
        (*key(edit), repr(edit.after)) for edit in all_edits(back)
    }


@given(records(), records(), st.sampled_from(languages()))
@settings(deadline=None)
def test_every_change_is_said(one: Altered, other: Altered, language: str) -> None:
    a, b = one.record, other.record
    tongue = Tongue(words(language), Veil(a, b))
    for change in compare(a, b):
        line = line_of(change, tongue, arcadia().plan.periods[0].as_of)
        if isinstance(change, OrderChange) and not change.moved:
            assert line is None
        else:
            assert line is not None
            assert line.was or line.now or line.parts or line.versions, change


@given(records(), records())
@settings(deadline=None)
def test_the_changes_come_in_one_order(one: Altered, other: Altered) -> None:
    a, b = one.record, other.record
    shuffled = record_of(dict(reversed(documents_of(b).items())))
    assert compare(a, shuffled) == compare(a, b)


def test_an_edit_that_does_not_find_what_it_changes_is_refused() -> None:
    documents = documents_of(arcadia())
    with pytest.raises(ValueError, match=r"guidelines.yaml: .*expects"):
        apply([Edit(Plan.location, ("id",), "another", "third")], documents)


def test_every_document_is_its_pieces() -> None:
    documents = documents_of(arcadia())
    kinds = {type(document) for document in documents.values()}
    assert len(kinds) > 10
    assert apply(edits({}, documents), {}) == documents
    assert apply(edits(documents, {}), documents) == {}


@given(st.text(max_size=60), st.text(max_size=60))
def test_marked_words_are_both_versions(before: str, after: str) -> None:
    found = marked(before, after)
    assert "".join(text for mark, text in found if mark is not Mark.NEW) == before
    assert "".join(text for mark, text in found if mark is not Mark.GONE) == after


# Files that say the same, however they are written


def files() -> dict[str, bytes]:
    tree = Directory(resources.example() / "data")
    read = {entry.path: tree.read(entry.path) for entry in tree.entries()}
    return {path: data for path, data in read.items() if not isinstance(data, Refusal)}


def turned(value: Any) -> Any:
    """The same value with the keys of every mapping in another order."""
    if isinstance(value, dict):
        return {name: turned(value[name]) for name in reversed(value)}
    return [turned(one) for one in value] if isinstance(value, list) else value


REWRITTEN: dict[str, Callable[[bytes], bytes]] = {
    "keys in another order, all on one line": lambda data: json.dumps(turned(yaml.read(data)), ensure_ascii=False).encode(),
    "one word a line": lambda data: json.dumps(yaml.read(data), indent=8).encode(),
    "lines of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "comments before and after": lambda data: b"# before\n" + data + b"\n# after\n",
}


@pytest.mark.parametrize("how", REWRITTEN)
def test_another_layout_is_no_change(how: str) -> None:
    before = files()
    after = {path: REWRITTEN[how](data) if document_at(path) else data for path, data in before.items()}
    opened = open_pair(("before", Memory(before)), ("after", Memory(after)))
    assert len(opened.differing) > 30
    assert not opened.before.unread
    assert not opened.after.unread
    assert compare(*opened.records) == ()


@given(records(), records())
@settings(deadline=None, max_examples=30)
def test_every_change_is_told_to_programs(one: Altered, other: Altered) -> None:
    a, b = one.record, other.record
    changes = compare(a, b)
    written = json.loads(as_json("a", "b", changes, None, Veil(a, b)))
    assert written["format"] == "workplan-diff/1"
    assert len(written["changes"]) == len(changes)
    described = (ROOT / "docs/diff.md").read_text(encoding="utf-8")
    for told in written["changes"]:
        assert {"kind", "path", "state", "voice"} <= set(told)
        assert {key for key in (*told, told["kind"]) if f"`{key}`" not in described} == set()


def test_only_what_differs_is_read() -> None:
    read: list[str] = []

    class Watched(Memory):
        def read(self, path: str) -> bytes | Refusal:
            read.append(path)
            return super().read(path)

    before = files()
    path = "states/XAB/2017-2018/submission.yaml"
    after = {**before, path: before[path] + b"# more\n"}
    opened = open_pair(("before", Watched(before)), ("after", Watched(after)))
    assert opened.differing == (path,)
    counted = Counter(read)
    loaded = {one for one, number in counted.items() if number > 2}  # each is read once on either side to tell whether it differs
    assert "states/XAA/2017-2018/submission.yaml" not in loaded
    assert "states/XAB/2017-2018/submission.yaml" in opened.after._read
    assert not any(one.startswith("states/XAA/2") for one in (*opened.before._read, *opened.after._read))
