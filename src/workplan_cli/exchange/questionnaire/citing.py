"""The sheet of evidence that came back: which piece a number means, what was changed, which sources are new.

This module alone makes evidence of lines of a sheet. Of what is restricted it takes the title and the custodian, and refuses the
rest before it can reach a file.
"""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from workplan_cli.exchange.imports.proposals import free_id
from workplan_cli.exchange.questionnaire.form import Form
from workplan_cli.exchange.questionnaire.problems import Problem, problem
from workplan_cli.exchange.questionnaire.returned import Line, Returned, Typed, clean
from workplan_cli.exchange.questionnaire.vocabulary import Vocabulary
from workplan_cli.exchange.questionnaire.words import N_, Cited, Tongue, folded
from workplan_cli.model.evidence import Access, Evidence, Source

NO_NUMBER = N_('"%(cell)s" is not a number of the sheet of evidence')
NOTHING_THERE = N_("line %(number)s of the sheet of evidence is empty")
ONE_ONLY = N_('"%(cell)s" names several pieces of evidence, and a figure rests on one')
NO_TITLE = N_("the document has no title")
RESTRICTED_TOLD = N_("of a restricted document only its title and who keeps it are written: take the rest out")
FIXED = N_("this line is not changed in a sheet: describe the other document in a new line")
NO_ACCESS = N_('"%(cell)s" is neither public nor restricted')
SEVERAL = N_('several sources are called "%(cell)s": write one of %(there)s in place of its title')
UNCITED = N_("no answer names the number of this document, and it is left out")
WAITS = N_("the document %(number)s is not taken as it stands in the sheet of evidence, and this answer waits for it")
BAD_LANGUAGE = N_('"%(cell)s" is no language: write es, en, pt, fr')

_BESIDE = frozenset(
    one for words in ("n no nr n° num numero number doc", "see ver vea voir veja cf", "and y e et") for one in words.split()
)
"""What people write beside the numbers of documents."""
_TEXTS = {Cited.PINPOINT: "pinpoint", Cited.LINK: "url", Cited.QUOTATION: "quotation", Cited.LANGUAGE: "language"}
_TONGUES = {
    **dict.fromkeys(("english", "ingles", "anglais"), "en"),
    **dict.fromkeys(("spanish", "espanol", "espanhol", "espagnol", "castellano"), "es"),
    **dict.fromkeys(("portuguese", "portugues", "portugais"), "pt"),
    **dict.fromkeys(("french", "frances", "francais"), "fr"),
}


class Citing:
    """The evidence of a sheet. Ids are those of the record; new pieces have ids that are free there."""

    def __init__(self, returned: Returned, form: Form, vocabulary: Vocabulary, problems: list[Problem]) -> None:
        self.returned, self.form, self.words, self.problems = returned, form, vocabulary, problems
        self.tongue: Tongue = next(one for one in vocabulary.tongues if one.language == form.subject.language)
        self.there: dict[str, Evidence] = dict(form.now.evidence) if form.now is not None else {}
        self.new: dict[str, Evidence] = {}
        self.sources: dict[str, Source] = {}
        self.edits: dict[str, tuple[Evidence, Typed]] = {}
        """Pieces that were there and were changed, with the first cell that was."""
        self.bad: set[str] = set()
        """Pieces with a problem."""
        self.lines: dict[str, int] = {}
        self.numbers: dict[int, str] = {}
        """The piece that each number of the sheet means."""
        for number, line in returned.evidence.items():
            self._take(number, line)

    def cited(self, typed: Typed, key: str, most: int | None) -> tuple[str, ...] | None:
        """The ids of the pieces whose numbers stand in a cell; None where one cannot be taken, which is said."""
        found: list[str] = []
        parts = filter(None, re.split(r"[\s,;/.+&()]+|(?<=[a-zº°])(?=\d)", typed.text.casefold()))
        for part in (one for one in parts if folded(one) not in _BESIDE):
            number = int(part) if part.isdigit() and len(part) < 6 else None
            if number is None or number not in self.returned.evidence:
                self._not("answers", key, "evidence", Typed(typed.place, part), NO_NUMBER)
                return None
            if number not in self.numbers:
                self._not("answers", key, "evidence", typed, NOTHING_THERE, number=str(number))
                return None
            if self.numbers[number] in self.bad:
                self._not("answers", key, "evidence", typed, WAITS, number=str(number))
                return None
            found.append(self.numbers[number])
        if most is not None and len(found) > most:
            self._not("answers", key, "evidence", typed, ONE_ONLY)
            return None
        return tuple(dict.fromkeys(found))

    def piece(self, id_: str) -> Evidence | None:
        """A piece by its id, as it stands in the record, or new."""
        return self.there.get(id_) or self.new.get(id_)

    def carried(self, id_: str, piece: Evidence) -> str:
        """The id under which a piece of the last round is cited in this one."""
        same = next((name for name, one in {**self.there, **self.new}.items() if one == piece), None)
        name = same or free_id(id_, {**self.there, **self.new})
        if same is None:
            self.new[name] = piece
        return name

    def uncited(self, cited: frozenset[str]) -> list[Problem]:
        """New pieces that no answer of the sheet names."""
        return [
            self._problem("evidence", str(number), "document", self._cell(number, Cited.DOCUMENT), UNCITED)
            for id_, number in self.lines.items()
            if id_ in self.new and id_ not in cited and id_ not in self.bad
        ]

    def _take(self, number: int, line: Line) -> None:
        cells = {column: line[column.value] for column in list(Cited)[2:] if column.value in line}
        written = line[Cited.ID.value].text if Cited.ID.value in line else ""
        base = self.returned.base["evidence"].get(str(number))
        if base is not None and written and not written.startswith("+"):
            self.numbers[number] = written
            self._edit(number, written, cells, base)
        elif any(one.text for column, one in cells.items() if column is not Cited.ACCESS):
            self._add(number, cells)

    def _edit(self, number: int, id_: str, cells: Mapping[Cited, Typed], base: Mapping[str, str]) -> None:
        changed = {column: one for column, one in cells.items() if one.text != clean(str(base.get(column.value, "")))}
        piece = self.there.get(id_)
        if piece is None:
            self.bad.add(id_)
            return
        if not changed:
            return
        source = self.form.sources.get(piece.source)
        is_restricted = piece.access is Access.RESTRICTED or (source is not None and source.access is Access.RESTRICTED)
        first = next(iter(changed.values()))
        if is_restricted or piece.row or piece.cell or Cited.DOCUMENT in changed or Cited.KEEPER in changed:
            column = next(iter(changed))
            self._not("evidence", str(number), column.value, first, FIXED)
            return
        content = piece.model_dump(by_alias=True, exclude_unset=True)
        for column, name in _TEXTS.items():
            if column in changed:
                content.pop(name, None)
                content |= {name: changed[column].text} if changed[column].text else {}
        if content.get("language"):
            content["language"] = _language(content["language"])
        if Cited.ACCESS in changed:
            access = self._access(number, changed[Cited.ACCESS])
            if access is None:
                return
            content["access"] = access
            if access == "restricted" and any(content.get(name) for name in _TEXTS.values()):
                self._not("evidence", str(number), "access", changed[Cited.ACCESS], RESTRICTED_TOLD)
                return
        edited = self._valid(number, content, cells)
        if edited is not None and edited != piece:
            self.edits[id_] = edited, first

    def _add(self, number: int, cells: Mapping[Cited, Typed]) -> None:
        """A piece in a new line, and its source where the record does not have it."""
        name = free_id(f"e{len(self.there) + len(self.new) + 1}", {*self.there, *self.new, *self.bad})
        self.numbers[number], self.lines[name] = name, number
        title = cells.get(Cited.DOCUMENT, Typed("", ""))
        access = self._access(number, cells.get(Cited.ACCESS, Typed("", "")))
        if not title.text or access is None:
            if not title.text:
                other = next(one for one in cells.values() if one.text)
                self._not("evidence", str(number), "document", Typed(title.place or other.place, ""), NO_TITLE)
            self.bad.add(name)
            return
        said = {name_: cells[column].text for column, name_ in _TEXTS.items() if column in cells and cells[column].text}
        source = self._source(number, title, cells, access)
        if source is None:
            self.bad.add(name)
            return
        if access == "restricted" or source.access is Access.RESTRICTED:
            told = next((column for column in _TEXTS if column in cells and cells[column].text), None)
            if told is not None:
                self._not("evidence", str(number), told.value, cells[told], RESTRICTED_TOLD)
                self.bad.add(name)
                return
            said = {}
        if said.get("url") == source.url:
            said.pop("url", None)
        if "language" in said:
            said["language"] = _language(said["language"])
        content: dict[str, Any] = {"source": source.source, **said, "access": access}
        piece = self._valid(number, content, cells)
        if piece is None:
            self.bad.add(name)
            return
        same = next((id_ for id_, one in self.there.items() if _alike(one, piece)), None)
        if same is not None:
            self.numbers[number] = same
            del self.lines[name]
        else:
            self.new[name] = piece

    def _source(self, number: int, title: Typed, cells: Mapping[Cited, Typed], access: str) -> Source | None:
        """The source that a title or an id names; a new one where none does."""
        known = {**self.form.sources, **self.sources}
        if title.text in known:
            return known[title.text]
        fits = [one for one in known.values() if folded(one.title) == folded(title.text)]
        link = cells.get(Cited.LINK, Typed("", "")).text
        if len(fits) > 1:
            fits = [one for one in fits if link and one.url == link] or fits
        if len(fits) > 1:
            there = ", ".join(sorted(one.source for one in fits)[:6])
            self._not("evidence", str(number), "document", title, SEVERAL, there=there)
            return None
        if fits:
            return fits[0]
        slug = "-".join(re.sub(r"[^a-z0-9]+", " ", folded(title.text)).split()[:8])[:48].strip("-") or "document"
        id_ = free_id(f"{self.form.subject.state.lower()}-{slug}", known)
        keeper = cells.get(Cited.KEEPER, Typed("", "")).text
        content: dict[str, Any] = {"source": id_, "title": " ".join(title.text.split())}
        if access == "restricted":
            content |= {"custodian": keeper} if keeper else {}
        else:
            content |= {"publisher": keeper} if keeper else {}
            language = cells.get(Cited.LANGUAGE, Typed("", "")).text
            content |= {"language": _language(language)} if language else {}
            content |= {"url": link} if link else {}
        try:
            source = Source.model_validate({**content, "access": access})
        except ValidationError:
            self._not("evidence", str(number), "language", cells.get(Cited.LANGUAGE, title), BAD_LANGUAGE)
            return None
        self.sources[id_] = source
        return source

    def _access(self, number: int, typed: Typed) -> str | None:
        if not typed.text:
            return "public"
        found = self.words.access.get(folded(typed.text))
        if found is None:
            self._not("evidence", str(number), "access", typed, NO_ACCESS)
        return found

    def _valid(self, number: int, content: dict[str, Any], cells: Mapping[Cited, Typed]) -> Evidence | None:
        try:
            return Evidence.model_validate(content)
        except ValidationError:
            self._not("evidence", str(number), "language", cells.get(Cited.LANGUAGE, Typed("", "")), BAD_LANGUAGE)
            return None

    def _cell(self, number: int, column: Cited) -> Typed:
        return self.returned.evidence[number].get(column.value, Typed("", ""))

    def _problem(self, sheet: str, key: str, column: str, typed: Typed, message: str, **more: str) -> Problem:
        return problem(sheet, key, column, typed, message, **more).said(self.tongue)

    def _not(self, sheet: str, key: str, column: str, typed: Typed, message: str, **more: str) -> None:
        self.problems.append(self._problem(sheet, key, column, typed, message, **more))


def _alike(one: Evidence, other: Evidence) -> bool:
    """Whether two pieces say the same, whatever was left to a default."""
    return one.model_dump(exclude_defaults=True) == other.model_dump(exclude_defaults=True)


def _language(text: str) -> str:
    return _TONGUES.get(folded(text), folded(text))
