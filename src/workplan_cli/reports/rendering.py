"""From a view to text. This module alone knows Jinja.

A template formats a view; it does not filter, sort, count or look anything up. What others wrote is untrusted: everything that
goes into a page is tamed and escaped for what the page is, and a text that is not in the report's language carries a mark.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.compiler import CodeGenerator
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from workplan_cli.analysis.coverage import Share
from workplan_cli.errors import WorkplanError
from workplan_cli.model.text import Text, in_language
from workplan_cli.model.time import Interval
from workplan_cli.reports import labels
from workplan_cli.reports.catalogue import Words
from workplan_cli.reports.compiled import Compiled
from workplan_cli.reports.measures import FORCES, KINDS, REACHES
from workplan_cli.reports.narrative import Narrative
from workplan_cli.reports.registers import grouped
from workplan_cli.reports.sources import CopyView
from workplan_cli.reports.tame import for_markdown, tame

_PLACEHOLDER = re.compile(r"(%(?:\(\w+\)s|%))")
_REMEMBERED = 4096
"""Words that are kept as they were made fit for a page: most of what a page prints, it prints again and again."""


class _Finishing(CodeGenerator):
    """Compiles what a template prints to `finalize` and no more. What that gives back is fit for the page; Jinja would escape it
    once again, which finds nothing to do and takes half of the time of a page."""

    def _output_child_pre(self, node: object, frame: object, finalize: Any) -> None:
        self.write(finalize.src)

    def _output_child_post(self, node: object, frame: object, finalize: object) -> None:
        self.write(")")


@dataclass(frozen=True)
class Renderer:
    """Templates in one language. `folders` are searched in order; the last holds the shipped templates, which `shipped/…` names
    directly, so that a repository's own template can extend the one it stands before."""

    words: Words
    folders: tuple[Path, ...]
    narrative: Narrative
    mother_tongue: str = "en"
    """The language of what the record has in one language only."""
    organisations: Mapping[str, str] = field(default_factory=dict)
    compiled: Compiled | None = None
    """Where the shipped templates are kept as they were compiled; a repository's own are compiled anew each time."""
    foreign: set[tuple[str, str]] = field(default_factory=set)
    """The texts of the record, with their languages, that were printed for want of one in the report's."""

    @property
    def language(self) -> str:
        """The language of the pages."""
        return self.words.language

    def html(self, template: str, **view: Any) -> str:
        """A page."""
        return self._made(self._html, template, view)

    def markdown(self, template: str, **view: Any) -> str:
        """A Markdown document."""
        return self._made(self._markdown, template, view)

    @property
    def is_ours(self) -> bool:
        """Whether no repository brings templates of its own."""
        return len(self.folders) == 1

    def asset(self, name: str) -> str:
        """A style sheet or script that lies among the templates."""
        found = next(folder / name for folder in self.folders if (folder / name).is_file())
        return found.read_text(encoding="utf-8")

    def document(self, name: str) -> bytes:
        """A template that is a file of another program."""
        found = next(folder / name for folder in self.folders if (folder / name).is_file())
        return found.read_bytes()

    def gettext(self, message: str) -> str:
        """One of the tool's own messages."""
        return self.words.translations.gettext(message)

    def voice(self, voice: str) -> str:
        """A voice in words; civil society's with the organisation's name."""
        word, organisation = labels.voice_word(voice)
        name = self.organisations.get(organisation, organisation)
        return f"{self.gettext(word)}: {name}" if organisation else self.gettext(word)

    def share(self, share: Share) -> str:
        """A share with its denominator: `3 of 9 (33 %)`; nothing of nothing is "none"."""
        if share.whole == 0:
            return self.gettext("none")
        return self.gettext("%(part)s of %(whole)s") % {"part": share.part, "whole": share.whole} + f" ({share.percent}\u00a0%)"

    def when(self, value: Any) -> str:
        """A date as it was read; an interval in words; `unknown` for none."""
        if value is None:
            return self.gettext("unknown")
        if isinstance(value, Interval):
            after, before = value.after, value.before
            if after and before:
                return self.gettext("between %(after)s and %(before)s") % {"after": after, "before": before}
            return (
                self.gettext("after %(after)s") % {"after": after}
                if after
                else self.gettext("before %(before)s") % {"before": before}
            )
        return self.gettext(labels.SIGNATURES[value]) if value in labels.SIGNATURES else str(value)

    def dimension(self, word: str) -> Text:
        """A word by which figures are divided: the tool's own, one that the record's catalogue translates, or as the record
        has it."""
        said = self.gettext(labels.DIMENSIONS.get(word, word))
        is_said = word in labels.DIMENSIONS or said != word
        return {self.language if is_said else self.mother_tongue: said if is_said else word.replace("-", " ")}

    def plain(self, text: Text | None) -> str:
        """A text of the record where no mark-up can stand, in an attribute or a title."""
        words, mark = self._in_language(text)
        return f"{words} [{mark}]" if mark else words

    def _in_language(self, text: Text | None) -> tuple[str, str]:
        """The words of a text, and the language they are in where it is not the report's."""
        words, language = in_language(text, self.language)
        if not words or not language or language == self.language:
            return tame(words), ""
        self.foreign.add((words, language))
        return tame(words), language

    def _text_html(self, text: Text | None) -> Markup:
        words, mark = self._in_language(text)
        if not mark:
            return escape(words)
        return Markup('<span lang="{}">{} <small class="tongue">[{}]</small></span>').format(mark, words, mark)

    def _text_markdown(self, text: Text | None) -> Markup:
        words, mark = self._in_language(text)
        return Markup(for_markdown(words) + (f" \\[{mark}\\]" if mark else ""))

    @cached_property
    def _html(self) -> Environment:
        return self._environment(lambda words: escape(tame(words)), _message_html, self._text_html, self.narrative.html)

    @cached_property
    def _markdown(self) -> Environment:
        return self._environment(
            lambda words: Markup(for_markdown(words)), _message_markdown, self._text_markdown, self.narrative.markdown
        )

    def _environment(
        self,
        safe: Callable[[str], Markup],
        message: Callable[[str], Markup],
        text: Callable[[Text | None], Markup],
        narrative: Callable[..., Markup],
    ) -> Environment:
        """Templates for one kind of page. `safe` makes any string fit for it; `message` does, and leaves placeholders alone."""
        # By type too: what is Markup is equal to the string that it is not fit to be.
        safe, message = lru_cache(_REMEMBERED, typed=True)(safe), lru_cache(_REMEMBERED, typed=True)(message)

        def finish(value: object) -> Markup:
            if type(value) is Markup:
                return value
            return safe(value) if isinstance(value, str) and not isinstance(value, Markup) else escape(value)

        loaders = [FileSystemLoader(folder) for folder in self.folders]
        # What a repository brings with it may come from anyone who can propose a change: its templates see the view and no more.
        kind = ImmutableSandboxedEnvironment if not self.is_ours else Environment
        environment = kind(
            loader=ChoiceLoader([*loaders, PrefixLoader({"shipped": loaders[-1]})]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.i18n"],
            bytecode_cache=self.compiled if self.is_ours else None,
            finalize=finish,
        )
        environment.code_generator_class = _Finishing
        said = self.words.translations
        environment.install_gettext_callables(  # type: ignore[attr-defined]
            lambda one: message(said.gettext(one)),
            lambda one, more, number: message(said.ngettext(one, more, number)),
            newstyle=True,
        )
        environment.globals.update(
            lang=self.language,
            STANDINGS=labels.STANDINGS,
            TREATIES=labels.TREATIES,
            FORCES=FORCES,
            KINDS=KINDS,
            REACHES=REACHES,
            voice=lambda voice: safe(self.voice(voice)),
            narrative=narrative,
        )
        environment.filters.update(
            text=text,
            safe_text=lambda value: safe(str(value)),
            plain=lambda value: safe(self.plain(value)),
            word=lambda word: safe(self.gettext(str(word))),
            flag=lambda value: safe(self.gettext(labels.FLAGS[value])),
            trend=lambda value: safe(self.gettext(labels.TRENDS[value])),
            action=lambda value: safe(self.gettext(labels.ACTIONS[value])),
            dimension=lambda word: text(self.dimension(word)),
            share=lambda value: safe(self.share(value)),
            when=lambda value: safe(self.when(value)),
            numbered=_numbered,
            dialled=lambda phone: "".join(sign for sign in str(phone) if sign in "+0123456789"),
            groupby_holder=lambda rows: grouped(rows, self.gettext),
            sentence=lambda words: words[:1].upper() + words[1:],
        )
        return environment

    def _made(self, environment: Environment, template: str, view: Mapping[str, Any]) -> str:
        try:
            return environment.get_template(template).render(view)
        except Exception as error:
            if not isinstance(error, TemplateError) and self.is_ours:
                raise  # the tool's own fault
            place, line = self._place(error, template)
            said = " ".join(str(error).split()) or type(error).__name__
            raise WorkplanError(
                f"the template {place} cannot be used: line {line}: {said}", "correct it, or delete it from templates/"
            ) from None

    def _place(self, error: Exception, template: str) -> tuple[str, int]:
        """The template and the line that an error comes from, as far as Jinja tells."""
        if isinstance(error, TemplateSyntaxError):
            return error.name or template, error.lineno
        names = [str(folder) for folder in self.folders]
        frames = [frame for frame in extract_tb(error.__traceback__) if any(frame.filename.startswith(name) for name in names)]
        return (Path(frames[-1].filename).name, frames[-1].lineno or 1) if frames else (template, 1)


def _numbered(copy: CopyView) -> Markup:
    """The lines of an archived copy as items of a list; those that are cited have an address. All at once: there are many."""
    lines = [line.rstrip() for line in str(escape(tame(copy.text.rstrip("\n")).replace("\r", ""))).split("\n")]
    items = [f"<li>{line}" for line in lines]
    for number in copy.cited:
        if number <= len(lines):
            items[number - 1] = f"<li id=L{number}>{lines[number - 1]}"
    return Markup("".join(items))


def _message_html(words: str) -> Markup:
    return escape(words)


def _message_markdown(words: str) -> Markup:
    """A message with what would mean something to Markdown escaped; its placeholders are filled later."""
    pieces = _PLACEHOLDER.split(words)
    return Markup(
        "".join(piece if place % 2 else piece.replace("<", "\\<").replace("*", "\\*") for place, piece in enumerate(pieces))
    )
