"""Case pages as data: one Markdown page a rule, its wrong example, exactly what the tool says of it, and a right one."""

import ast
import datetime
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from workplan_cli.checking.authorship import Author, not_its_authors
from workplan_cli.checking.catalogue import CODES
from workplan_cli.checking.check import check
from workplan_cli.checking.choice import Baseline, choose
from workplan_cli.diagnostics import Diagnostic
from workplan_cli.exchange.findings.baseline import read
from workplan_cli.rules import RULES
from workplan_cli.settings import parse_settings
from workplan_cli.storage.tree import Memory, Refusal

CASES = Path(__file__).parent / "cases"
_BLOCK = re.compile(r"^`(?P<path>[^`\n]+)`\n\n```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S)
_SAYS = re.compile(r"^## Says\n+```text\n(?P<text>.*?)^```$", re.M | re.S)
_AUTHOR = re.compile(r"^Changed by `([^`]+)`\.$", re.M)
_AS_OF = re.compile(r"^As of (\d{4}-\d{2}-\d{2})\.$", re.M)


@dataclass(frozen=True)
class Case:
    """One page. Files are by path from the root of a repository; a file in a block marked `bytes` is a Python bytes literal,
    in one marked `refusal` a reason and words, as the file system would give them (`absent`: the file of the base is not
    there)."""

    code: str
    name: str
    says: str
    wrong: dict[str, bytes | Refusal] = field(default_factory=dict)
    right: dict[str, bytes | Refusal] = field(default_factory=dict)
    as_of: datetime.date | None = None
    author: str = "keeper"
    """The role of who changes the base into what the page has."""


def read_case(path: Path) -> Case:
    text = path.read_text(encoding="utf-8")
    code, name = re.match(r"# (WP\d{3}) ([\w-]+)\n", text).groups()  # type: ignore[union-attr]
    before, _, right = text.partition("\n## Right\n")
    says = _SAYS.search(before)
    as_of = _AS_OF.search(before)
    author = _AUTHOR.search(before)
    return Case(
        code,
        name,
        says["text"] if says else "",
        _files(before),
        _files(right),
        datetime.date.fromisoformat(as_of[1]) if as_of else None,
        author[1] if author else "keeper",
    )


def cases() -> list[Path]:
    return sorted(CASES.glob("WP*.md"))


def base() -> dict[str, bytes | Refusal]:
    """The smallest repository, on which the pages are tried."""
    root = CASES / "base"
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def tree(files: dict[str, bytes | Refusal]) -> Memory:
    """What lies below `data/`."""
    there = {
        path: content for path, content in files.items() if not (isinstance(content, Refusal) and content.reason == "absent")
    }
    return Memory({path.removeprefix("data/"): content for path, content in there.items() if path.startswith("data/")})


def found(
    files: dict[str, bytes | Refusal], as_of: datetime.date | None = None, author: str = "keeper"
) -> tuple[Diagnostic, ...]:
    """What is shown of a repository: the check, then its `workplan.toml` and its baseline `known.json`, where it has them, and
    whose the files are in which it differs from the base."""
    diagnostics = [replace(one, path=f"data/{one.path}") for one in check(tree(files), as_of).diagnostics]
    asleep = frozenset(rule.code.id for rule in RULES if rule.needs_day and as_of is None)
    ignores = parse_settings(Path(), _text(files, "workplan.toml")).ignores
    known = Baseline("known.json", read(_text(files, "known.json"), "known.json")) if "known.json" in files else None
    strangers = tuple(not_its_authors(_changed(files), Author(author, (author,)), tree(base()), tree(files)))
    return choose(diagnostics, CODES, ignores, known, asleep=asleep, always=strangers).shown


def _changed(files: dict[str, bytes | Refusal]) -> dict[str, str]:
    before = base()
    gone = {path for path, content in files.items() if isinstance(content, Refusal) and content.reason == "absent"}
    return {
        path: "deleted" if path in gone else "edited" if path in before else "added"
        for path, content in files.items()
        if content != before.get(path)
    }


def _text(files: dict[str, bytes | Refusal], path: str) -> str:
    content = files.get(path, b"")
    assert isinstance(content, bytes)
    return content.decode()


def _files(text: str) -> dict[str, bytes | Refusal]:
    found: dict[str, bytes | Refusal] = {}
    for match in _BLOCK.finditer(text):
        content = match["text"]
        if match["kind"] == "bytes":
            found[match["path"]] = ast.literal_eval(content.strip())
        elif match["kind"] == "refusal":
            reason, _, words = content.strip().partition(": ")
            found[match["path"]] = Refusal(reason, words)
        else:
            found[match["path"]] = content.encode()
    return found
