"""Reports made in memory: the files of a repository in, the files of its report out."""

import csv
import io
import re
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from workplan_cli import resources
from workplan_cli.cli.edition import PAGES, Edition, Wanted, prepare
from workplan_cli.storage.tree import Memory

RECORD = Path(__file__).resolve().parent.parent / "data"


@cache
def example() -> dict[str, bytes]:
    """The fictional repository's files, by path below `data/`."""
    return below(resources.example() / "data")


@cache
def record() -> dict[str, bytes]:
    """The shipped record's files, by path below `data/`."""
    return below(RECORD)


def below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def edition(files: Mapping[str, bytes], *languages: str, templates: Path | None = None, **wanted: object) -> Edition:
    """The report on some files, not yet made."""
    where = (*([templates] if templates else []), resources.templates())
    return prepare(Memory(dict(files)), where, Wanted(languages=languages, **wanted))  # type: ignore[arg-type]


def pages(files: Mapping[str, bytes], *languages: str, templates: Path | None = None, **wanted: object) -> dict[str, str]:
    """Every file of the report on some files."""
    made = edition(files, *languages, templates=templates, **wanted).files(PAGES, alone=True)
    return {path: content.decode() for path, content in made}


def changed(path: str, *pairs: tuple[str, str]) -> dict[str, bytes]:
    """The example with some words of one file exchanged; each stands there."""
    text = example()[path].decode()
    for old, new in pairs:
        assert old in text, f"{path} does not hold {old!r}"
        text = text.replace(old, new)
    return {**example(), path: text.encode()}


def table(text: str) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text)))


class Page(HTMLParser):
    """A page as a reader finds it: its words without the style sheet, its links, its addresses, its open tags."""

    VOID = ("meta", "link", "br", "input", "rect", "line", "circle", "hr")
    OPTIONAL = ("li", "p", "td", "th", "tr", "thead", "tbody", "tfoot", "dt", "dd")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.requests: list[str] = []
        self.stack: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a":
            self.links.append(str(found.get("href")))
        elif found.get("src") or found.get("href") or tag in ("iframe", "object", "link", "base", "img"):
            self.requests.append(f"{tag} {found}")
        if any(name.startswith("on") for name in found):
            self.requests.append(f"{tag} {found}")
        if tag not in self.VOID:
            self.stack.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append("")

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack[-1] != tag and self.stack[-1] in self.OPTIONAL:
            self.stack.pop()
        assert self.stack, f"</{tag}> closes nothing"
        assert self.stack[-1] == tag, f"</{tag}> closes <{self.stack[-1]}>"
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        if "style" in self.stack or "script" in self.stack:
            return
        self.words.append(data)
        if self.headings and self.stack and re.fullmatch("h[1-6]", next((t for t in reversed(self.stack) if t[0] == "h"), "")):
            self.headings[-1] += data

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())
