"""Words of human hand, merged into a report at its marked places. This module alone knows how their Markdown is read.

They may use Markdown and nothing else: HTML in them is shown as it was typed, links lead to the web or nowhere, and a picture
becomes a link, because a report asks nothing of any server. Headings go below the heading they stand under.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from workplan_cli.model.narrative import Passage
from workplan_cli.reports.tame import tame

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_TAG = re.compile(r"<(?=[A-Za-z/!?])(?!https?://[^\s<>]*>)")
_WAY = r"<?(?:https?://|mailto:|#|[^\s:<>()]*(?:[)/#?\s>]|$))"
"""What a link may lead to: an address on the web, a mailbox, a place in these pages."""
_LINK = re.compile(rf"\]\((?!\s*+{_WAY})", re.I)
_REFERENCE = re.compile(rf"^( {{0,3}})\[([^\]]+)\]:(?!\s*+{_WAY})", re.I | re.M)
_PICTURE = re.compile(r"!(?=\[)")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=\s|$)")
_DEEPEST = 6


@dataclass(frozen=True)
class Narrative:
    """The passages of a report in one language: place, and the language and words found for it."""

    language: str
    passages: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def html(self, place: str, below: int = 2) -> Markup:
        """A place's words as HTML, the highest of its headings just under level `below`; nothing where no one wrote any."""
        if place not in self.passages:
            return Markup("")
        language, text = self.passages[place]
        tokens = self._reader.parse(tame(text))
        deeper = below - _highest(tokens) + 1
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(_DEEPEST, int(token.tag[1]) + deeper)}"
        body = Markup(self._reader.renderer.render(tokens, self._reader.options, {}))
        if language == self.language:
            return Markup('<div class="narrative">\n{}</div>\n').format(body)
        return Markup(
            '<div class="narrative" lang="{0}">\n<p class="quiet"><small class="tongue">[{0}]</small></p>\n{1}</div>\n'
        ).format(language, body)

    def markdown(self, place: str, below: int = 2) -> Markup:
        """A place's words as Markdown, the highest of its headings just under level `below`, and without HTML."""
        if place not in self.passages:
            return Markup("")
        language, text = self.passages[place]
        lines = tame(text).strip("\n").split("\n")
        fenced, setext = self._places(lines)
        deeper = below - _highest(self._reader.parse(tame(text))) + 1
        for number, line in enumerate(lines):
            if number not in fenced:
                lines[number] = _harmless(_HEADING.sub(lambda found: "#" * min(_DEEPEST, len(found[1]) + deeper), line))
        for number, level in sorted(setext.items(), reverse=True):
            lines[number - 1 : number + 1] = ["#" * min(_DEEPEST, level + deeper) + " " + lines[number - 1].strip()]
        mark = "" if language == self.language else f"\\[{language}\\]\n\n"
        return Markup(mark + "\n".join(lines) + "\n\n")

    def _places(self, lines: list[str]) -> tuple[set[int], dict[int, int]]:
        """The lines that are code, and those that make a heading by underlining, with its level."""
        fenced: set[int] = set()
        setext: dict[int, int] = {}
        for token in self._reader.parse("\n".join(lines)):
            if token.map is None:
                continue
            if token.type in ("fence", "code_block"):
                fenced.update(range(*token.map))
            elif token.type == "heading_open" and token.markup in ("=", "-"):
                setext[token.map[1] - 1] = int(token.tag[1])
        return fenced, setext

    @cached_property
    def _reader(self) -> "MarkdownIt":
        from markdown_it import MarkdownIt

        return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def _highest(tokens: "Sequence[Token]") -> int:
    """The level of the highest heading in a passage; 1 where there is none."""
    return min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=1)


def narrative(
    passages: Iterable[Passage], period: str, language: str, default: str, text: Callable[[str], str | None]
) -> Narrative:
    """For each place the words in the report's language; else those without one, which are in the record's first language."""
    found: dict[str, tuple[str, str]] = {}
    for passage in sorted(passages, key=lambda one: (one.language is not None, one.path)):
        if passage.period == period and passage.language in (None, language):
            words = text(passage.path)
            if words is not None and words.strip():
                found[passage.place] = (passage.language or default, words)
    return Narrative(language, found)


def _harmless(line: str) -> str:
    """A line of Markdown without HTML, without pictures, and without links to anything that acts. What is code between backticks
    is treated alike: where it begins and ends cannot be told from one line."""
    line = _REFERENCE.sub(r"\1\\[\2]:", line)
    return _PICTURE.sub("", _LINK.sub(r"]\\(", _TAG.sub("&lt;", line)))
