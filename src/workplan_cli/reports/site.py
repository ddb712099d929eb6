"""The pages of a report: which there are, what each is made of, and where it lies.

This module alone knows the layout of a report's folder. Pages are made one by one, when asked for; the caller writes them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

from markupsafe import Markup

from workplan_cli.model.plan import Chapter, Provision
from workplan_cli.model.registers import ServiceRegister
from workplan_cli.model.state import State
from workplan_cli.model.text import Text
from workplan_cli.reports.binding import Binding, Leaf, bind, first_of, joined
from workplan_cli.reports.compendium import Compendium, compendium
from workplan_cli.reports.data import TABLES, register_table, table
from workplan_cli.reports.dataset import dataset
from workplan_cli.reports.guidelinepage import GuidelineView, guideline_view
from workplan_cli.reports.hemisphere import Hemisphere
from workplan_cli.reports.labels import TONGUES
from workplan_cli.reports.light import light
from workplan_cli.reports.pdf import pdf
from workplan_cli.reports.registers import RegisterView
from workplan_cli.reports.rendering import Renderer
from workplan_cli.reports.sources import page_of
from workplan_cli.reports.statepage import StateView, state_view
from workplan_cli.reports.stylesheet import shortened
from workplan_cli.reports.view import Report
from workplan_cli.reports.word import TEMPLATE, Cover, word

View = TypeVar("View")


@dataclass(frozen=True)
class Page:
    """A file of a report, by its path from the report's root, and what makes its content."""

    path: str
    make: Callable[[], str | bytes]


@dataclass(frozen=True)
class Site:
    """A report in one language. `tongues` are all the languages it is written in, each in a folder beside this one's."""

    report: Report
    renderer: Renderer
    tongues: tuple[str, ...] = ()

    def html(self) -> Iterator[Page]:
        """The pages, and the data under every figure."""
        yield Page("index.html", partial(self._light, self._index))
        if self.report.is_whole:
            for chapter, guideline in self._guidelines:
                yield Page(f"guidelines/{guideline.id}.html", partial(self._light, self._guideline, chapter, guideline))
            if self.report.plan.mandate_by_id:
                yield Page("mandates.html", partial(self._light, self._mandates))
            kept = self._view.kept
            if kept:
                yield Page("registers.html", partial(self._light, self._registers))
            if ServiceRegister.register() in kept:
                yield Page("services.html", partial(self._services, kept[ServiceRegister.register()]))
            if self._compiled.registers:
                yield Page("compendium.html", partial(self._light, self._compendium))
            for one in kept.values():
                yield Page(f"registers/{one.name}.html", partial(self._light, self._register, one))
                yield Page(f"data/register-{one.name}.csv", partial(register_table, one, self.report.record))
        for state in self.report.shown:
            yield Page(f"states/{state.state}.html", partial(self._light, self._state, state))
        for source in sorted(self.report.shelf.copies):
            yield Page(page_of(source), partial(self._source, source))
        for name in TABLES if self.report.is_whole else ("cells",):
            yield Page(f"data/{name}.csv", partial(table, name, self.report, self._view))

    def _light(self, make: Callable[..., str], *what: Any) -> str:
        """A page as it is published: what is bound into documents needs the whole style sheet, and is never sent."""
        return light(make(*what), self._css["report.css"], self.renderer.is_ours)

    def markdown(self) -> Iterator[Page]:
        """The report as Markdown documents that a forge shows well."""
        yield Page(
            "index.md", partial(self._document, "index.md" if self.report.is_whole else "selection.md", lambda: self._view)
        )
        if self.report.is_whole:
            for chapter, guideline in self._guidelines:
                view = partial(self._guideline_view, chapter, guideline)
                yield Page(f"guidelines/{guideline.id}.md", partial(self._document, "guideline.md", view))
            if self.report.plan.mandate_by_id:
                yield Page("mandates.md", partial(self._document, "mandates.md", lambda: self._view))
            if self._compiled.registers:
                yield Page("compendium.md", partial(self._document, "compendium.md", lambda: self._compiled))
            for one in self._view.kept.values():
                yield Page(f"registers/{one.name}.md", partial(self._document, "register.md", partial(_same, one)))
        for state in self.report.shown:
            yield Page(f"states/{state.state}.md", partial(self._document, "state.md", partial(self._state_view, state)))

    def pdf(self) -> Iterator[Page]:
        """The report as one PDF and the registers as another; of a report on some states, one for each."""
        name = f"{self.report.period.id}-{self.renderer.language}.pdf"
        if self.report.is_whole:
            yield Page(f"report-{name}", self._report_on_paper)
            if self._view.kept:
                yield Page(f"registers-{name}", self._registers_on_paper)
        else:
            for state in self.report.shown:
                yield Page(f"{state.state}-{name}", partial(self._state_on_paper, state))

    def _report_on_paper(self) -> bytes:
        leaves = [Leaf("index.html", self._index())]
        if self.report.plan.mandate_by_id:
            leaves.append(Leaf("mandates.html", self._mandates()))
        rows = {f"guidelines/{guideline.id}.html": f"guideline-{guideline.id}" for _, guideline in self._guidelines}
        return self._on_paper(leaves, 3, rows)

    def _registers_on_paper(self) -> bytes:
        filled = [one for one in self._view.kept.values() if one.rows]
        pages = [Leaf(f"registers/{one.name}.html", self._register(one)) for one in filled]
        compiled = [Leaf("compendium.html", self._compendium())] if self._compiled.registers else []
        return self._on_paper([Leaf("registers.html", self._registers()), *compiled, *pages], 2)

    def _state_on_paper(self, state: State) -> bytes:
        return self._on_paper([Leaf(f"states/{state.state}.html", self._state(state))], 2)

    def _on_paper(self, leaves: list[Leaf], depth: int, elsewhere: Mapping[str, str] = MappingProxyType({})) -> bytes:
        running = {"plan": self.renderer.plain(self.report.plan.title), **self._running}
        places = {**self._on_the_web, **elsewhere}
        binding = Binding(self.renderer.gettext("Contents"), self.renderer.asset("paper.css"), running, depth, places)
        return pdf(bind(leaves, binding))

    @property
    def _on_the_web(self) -> dict[str, str]:
        """For the pages of archived copies, which no document holds: where each source is on the web."""
        return {page_of(id_): copy.web for id_, copy in self.report.shelf.copies.items() if copy.web}

    def docx(self) -> Iterator[Page]:
        """The report as one Word document; of a report on some states, one for each."""
        name = f"{self.report.period.id}-{self.renderer.language}.docx"
        if self.report.is_whole:
            yield Page(f"report-{name}", self._report_in_word)
        else:
            for state in self.report.shown:
                yield Page(f"{state.state}-{name}", partial(self._state_in_word, state))

    def _report_in_word(self) -> bytes:
        guidelines = [
            Leaf(f"guidelines/{guideline.id}.html", self._guideline(chapter, guideline), before="sources", levels=2)
            for chapter, guideline in self._guidelines
        ]
        mandates = [Leaf("mandates.html", self._mandates(), before="sources")] if self.report.plan.mandate_by_id else []
        return self._in_word([Leaf("index.html", self._index()), *guidelines, *mandates], self.report.plan.title)

    def _state_in_word(self, state: State) -> bytes:
        return self._in_word([Leaf(f"states/{state.state}.html", self._state(state))], state.names, self.report.plan.title)

    def _in_word(self, leaves: list[Leaf], title: Text, above: Text | None = None) -> bytes:
        gettext, plain, report = self.renderer.gettext, self.renderer.plain, self.report
        fields = {
            "title": plain(title),
            "plan": plain(report.plan.title),
            "subtitle": gettext("Report on the period %(period)s, as of %(day)s")
            % {"period": report.period.id, "day": report.as_of},
            "period": report.period.id,
            "day": str(report.as_of),
            "revision": report.revision,
            **self._running,
            "made": gettext("Made from the record by a program; the same data gives the same pages. Nothing here ranks states."),
        }
        name = f"{plain(title)} · {plain(above) if above else report.period.id}"
        cover = Cover(name, self.renderer.language, report.as_of, fields, begins_anew=report.is_whole)
        main = first_of(joined(leaves, Binding(gettext("Contents"), depth=2, elsewhere=self._on_the_web)), "main")
        return word(_without_title(main), self.renderer.document(TEMPLATE), cover)

    def _index(self) -> str:
        if not self.report.is_whole:
            return self._page("selection.html", "index.html", view=self._view)
        script = Markup(self.renderer.asset("filter.js"))
        return self._page(
            "index.html", "index.html", view=self._view, dataset=dataset(self.report, self.renderer, self._tables), script=script
        )

    def _guideline(self, chapter: Chapter, guideline: Provision) -> str:
        return self._page("guideline.html", f"guidelines/{guideline.id}.html", view=self._guideline_view(chapter, guideline))

    def _mandates(self) -> str:
        return self._page("mandates.html", "mandates.html", view=self._view)

    def _registers(self) -> str:
        return self._page("registers.html", "registers.html", view=tuple(self._view.kept.values()))

    def _register(self, view: RegisterView) -> str:
        return self._page("register.html", f"registers/{view.name}.html", view=view, hemisphere=self._view)

    def _compendium(self) -> str:
        return self._page("compendium.html", "compendium.html", view=self._compiled)

    @cached_property
    def _compiled(self) -> Compendium:
        return compendium(self.report.plan, self._view.kept.values())

    def _services(self, view: RegisterView) -> str:
        return self._page("services.html", "services.html", css="services.css", view=view)

    def _state(self, state: State) -> str:
        return self._page("state.html", f"states/{state.state}.html", view=self._state_view(state))

    def _source(self, source: str) -> str:
        return self._page("source.html", page_of(source), css="source.css", view=self.report.shelf.copies[source])

    def _page(self, template: str, path: str, css: str = "report.css", **values: Any) -> str:
        """A page with what every page has. `path` is its own; links go up from there."""
        root = "../" * path.count("/")
        pages = [(f"{root}{target}", words, target == path) for target, words in self._menu]
        tongues = [
            (code, TONGUES.get(code, code), f"{root}../{code}/{path}") for code in self.tongues if code != self.renderer.language
        ]
        return self.renderer.html(
            template, report=self.report, root=root, pages=pages, tongues=tongues, css=self._css[css], **values
        )

    def _document(self, template: str, view: Callable[[], Any]) -> str:
        return self.renderer.markdown(template, report=self.report, view=view())

    def _guideline_view(self, chapter: Chapter, guideline: Provision) -> GuidelineView:
        def view() -> GuidelineView:
            return guideline_view(self.report, chapter, guideline, self._view.treaties, self._view.registers)

        return self._last(guideline, view)

    def _state_view(self, state: State) -> StateView:
        def view() -> StateView:
            rows = self._view.treaties.rows if self._view.treaties else ()
            treaties = next((row.cells for row in rows if row.state.state == state.state), ())
            return state_view(self.report, state, treaties, self._view.measures.of(state))

        return self._last(state, view)

    def _last(self, subject: object, view: Callable[[], View]) -> View:
        """What a page shows of a subject, for the page of it in another format that comes next; that of all would be a second
        record."""
        if not self._looked_at or self._looked_at[0] is not subject:
            self._looked_at[:] = subject, view()
        made: View = self._looked_at[1]
        return made

    @property
    def _running(self) -> dict[str, str]:
        """The words that run on every page of a document, by their names in templates."""
        gettext, report = self.renderer.gettext, self.report
        return {
            "voices": gettext("desk review, not state reports") if report.is_desk_review_alone else "",
            "about": gettext("period %(period)s, as of %(day)s, data revision %(revision)s")
            % {"period": report.period.id, "day": report.as_of, "revision": report.revision},
        }

    @cached_property
    def _tables(self) -> tuple[str, ...]:
        """The names of the tables that are written with the whole report."""
        return (*TABLES, *(f"register-{one}" for one in self._view.kept))

    @cached_property
    def _menu(self) -> tuple[tuple[str, str], ...]:
        """Where every page leads: targets from the report's root, with their words."""
        gettext = self.renderer.gettext
        if not self.report.is_whole:
            return (("index.html", gettext("States")),)
        mandates = (("mandates.html", gettext("Mandates")),) if self.report.plan.mandate_by_id else ()
        registers = (("registers.html", gettext("Registers")),) if self._view.kept else ()
        return (
            ("index.html", gettext("Report")),
            ("index.html#who", gettext("States")),
            ("index.html#guidelines", gettext("Guidelines")),
            *mandates,
            *registers,
            ("index.html#sources", gettext("Sources")),
        )

    @cached_property
    def _css(self) -> dict[str, Markup]:
        return {name: Markup(shortened(self.renderer.asset(name))) for name in ("report.css", "source.css", "services.css")}

    @cached_property
    def _view(self) -> Hemisphere:
        return Hemisphere(self.report)

    @cached_property
    def _guidelines(self) -> tuple[tuple[Chapter, Provision], ...]:
        return tuple((chapter, guideline) for chapter in self.report.plan.chapters for guideline in chapter.guidelines)

    @cached_property
    def _looked_at(self) -> list[Any]:
        return []


def _without_title(main: Element) -> Element:
    """A page without its title and the quiet line above it, which a document's first page has of its own."""
    children = list(main)
    title = next((place for place, child in enumerate(children) if child.tag == "h1"), None)
    for child in children[: title + 1] if title is not None else ():
        if child.tag == "h1" or child.get("class") == "quiet":
            main.remove(child)
    return main


def _same(view: RegisterView) -> RegisterView:
    return view
