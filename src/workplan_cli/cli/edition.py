"""A report as it is asked for: which period, which day, which states, in which languages, with which templates.

This module alone knows how the record, the tool's words and the templates come together in pages.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.checking.outcome import Progress
    from workplan_cli.checking.whole import Whole
    from workplan_cli.reports.catalogue import Words
    from workplan_cli.reports.site import Page, Site
    from workplan_cli.reports.view import Report
    from workplan_cli.settings import Settings
    from workplan_cli.storage.tree import Tree

_MANY = 100
"""Pages from which a second process pays for its start."""
_NAMED = 4
"""States that a folder is named by; the sheets of more share a name."""


class Format(StrEnum):
    """What a report is written as."""

    HTML = "html"
    MARKDOWN = "md"
    PDF = "pdf"
    DOCX = "docx"


DOCUMENTS = (Format.PDF, Format.DOCX)
"""What takes long to make, and an extra."""
PAGES = (Format.HTML, Format.MARKDOWN)
"""What a report is written as when nothing else is asked for: what can be made anywhere, and at once."""


@dataclass(frozen=True)
class Wanted:
    """The words of the options that say what is meant."""

    period: str | None = None
    states: tuple[str, ...] = ()
    as_of: datetime.date | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edition:
    """A report ready to be made, in each of its languages. `name` is that of its folder."""

    name: str
    sites: "tuple[Site, ...]"
    whole: "Whole"
    foreign: set[tuple[str, str, str]] = field(default_factory=set)
    """The report's language, and the texts with their own, that were printed for want of one in it; filled as pages are made."""

    @property
    def first(self) -> str:
        """Where to begin reading, without the ending: the front page, or that of the one state there is."""
        site = self.sites[0]
        alone = site.report.shown[0].state if not site.report.is_whole and len(site.report.shown) == 1 else None
        return self._folder(site) + (f"states/{alone}" if alone else "index")

    def files(
        self, formats: Sequence[Format], progress: "Progress | None" = None, alone: bool = False
    ) -> Iterator[tuple[str, bytes]]:
        """Every file of the report by its path. `alone` keeps the work in this process."""
        from workplan_cli.checking.recall import cores
        from workplan_cli.checking.workers import spread

        pages = _by_subject(self._pages(formats))

        def make(place: int) -> tuple[int, bytes, frozenset[tuple[str, str]]]:
            site, page = pages[place]
            site.renderer.foreign.clear()
            made = page.make()
            return place, made if isinstance(made, bytes) else made.encode(), frozenset(site.renderer.foreign)

        is_long = len(pages) >= _MANY or not set(DOCUMENTS).isdisjoint(formats)
        jobs = cores() if is_long and not alone else 1
        for place, content, foreign in spread(make, tuple(range(len(pages))), jobs, progress):
            site, page = pages[place]
            self.foreign.update((site.renderer.language, *text) for text in foreign)
            yield self._folder(site) + page.path, content

    def _pages(self, formats: Sequence[Format]) -> "Iterator[tuple[Site, Page]]":
        for site in self.sites:
            site.report.prepare()
            if Format.HTML in formats:
                yield from ((site, page) for page in site.html())
            if Format.MARKDOWN in formats:
                yield from ((site, page) for page in site.markdown())
            if Format.PDF in formats:
                yield from ((site, page) for page in site.pdf())
            if Format.DOCX in formats:
                yield from ((site, page) for page in site.docx())

    def _folder(self, site: "Site") -> str:
        return f"{site.renderer.language}/" if len(self.sites) > 1 else ""


def _by_subject(pages: "Iterator[tuple[Site, Page]]") -> "tuple[tuple[Site, Page], ...]":
    """The pages, those on the same subject in several formats one after the other: what they show is made once, and forgotten."""
    together: dict[tuple[int, str], list[tuple[Site, Page]]] = {}
    for site, page in pages:
        together.setdefault((id(site), page.path.rpartition(".")[0]), []).append((site, page))
    return tuple(one for found in together.values() for one in found)


def prepare(tree: "Tree", where: tuple[Path, ...], wanted: Wanted, problems: int = 0) -> Edition:
    """Read the record in a tree, and say what is to be made of it with the templates in some folders.

    Raises WorkplanError for a word that means nothing in the record.
    """
    from workplan_cli.analysis.subjects import Kind
    from workplan_cli.checking.whole import read_whole
    from workplan_cli.cli import named
    from workplan_cli.reports.view import Report

    whole = read_whole(tree)
    record = whole.record
    _, period = named.when(wanted.period, None, wanted.as_of, record.plan)
    codes = tuple(sorted({*record.states, *(sheet.state for sheet in record.sheets)}))
    only = named.ids(wanted.states, Kind.STATE, record, codes)
    report = Report(
        record=record,
        period=period,
        as_of=wanted.as_of or period.as_of,
        revision=whole.revision,
        verified=whole.verified,
        located=whole.located,
        copy=whole.copy,
        only=only,
        problems=problems,
    )
    words = _words(wanted.languages, whole, report.dimensions)
    selection = f"-{'-'.join(only)}" if 0 < len(only) <= _NAMED else f"-{len(only)}-states" if only else ""
    return Edition(f"{period.id}{selection}", _sites(report, words, where, whole), whole)


def folders(settings: "Settings") -> tuple[Path, ...]:
    """Where templates are looked for: the repository's own, where it has any beside the shipped ones, then those."""
    from workplan_cli import resources

    shipped, own = resources.templates(), settings.root / "templates"
    is_own = own.is_dir() and not own.samefile(shipped)
    return (own, shipped) if is_own else (shipped,)


def _sites(report: "Report", words: "tuple[Words, ...]", where: tuple[Path, ...], whole: "Whole") -> "tuple[Site, ...]":
    from workplan_cli.checking.cachekey import templates_folder
    from workplan_cli.model.narrative import passage_at
    from workplan_cli.reports.compiled import Compiled
    from workplan_cli.reports.narrative import narrative
    from workplan_cli.reports.rendering import Renderer
    from workplan_cli.reports.site import Site

    compiled = Compiled(templates_folder())
    plan = whole.record.plan
    found = (passage_at(path, plan, whole.record.states) for path in whole.files.files)
    passages = [passage for passage in found if passage is not None]
    sites = []
    for one in words:
        told = narrative(passages, report.period.id, one.language, report.mother_tongue, whole.text)
        renderer = Renderer(one, where, told, report.mother_tongue, report.organisations, compiled)
        tongues = tuple(other.language for other in words) if len(words) > 1 else ()
        sites.append(Site(report.in_language(one.language), renderer, tongues))
    return tuple(sites)


def _words(written: Sequence[str], whole: "Whole", also: frozenset[str]) -> "tuple[Words, ...]":
    """The tool's words in each language asked for; in the record's first that the tool speaks where none is. `also` are
    words of the record that its own catalogues may translate."""
    from workplan_cli.model.narrative import words_language
    from workplan_cli.reports.catalogue import languages, words

    own = {language: path for path in whole.files.files if (language := words_language(path)) is not None}
    spoken = tuple(dict.fromkeys((*languages(), *sorted(own))))
    chosen = tuple(dict.fromkeys(written)) or (next((one for one in whole.record.plan.languages if one in spoken), "en"),)
    for one in chosen:
        if one not in spoken:
            hint = did_you_mean(
                one, spoken, f"there are: {', '.join(spoken)}; another needs its words in data/i18n/{visible(one)}.po"
            )
            raise WorkplanError(f"'{visible(one)}' is no language of a report", hint)
    return tuple(words(one, whole.text(own[one]) if one in own else None, also) for one in chosen)
