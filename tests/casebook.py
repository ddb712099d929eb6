"""Case pages as data: one Markdown page a rule, its wrong example, exactly what the tool says of it, and a right one."""

import ast
import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path

from workplan_cli.storage.tree import Memory, Refusal

CASES = Path(__file__).parent / "cases"
_BLOCK = re.compile(r"^`(?P<path>[^`\n]+)`\n\n```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S)
_SAYS = re.compile(r"^## Says\n+```text\n(?P<text>.*?)^```$", re.M | re.S)
_AS_OF = re.compile(r"^As of (\d{4}-\d{2}-\d{2})\.$", re.M)


@dataclass(frozen=True)
class Case:
    """One page. Files are by path from the root of a repository; a file in a block marked `bytes` is a Python bytes literal, in one
    marked `refusal` a reason and words, as the file system would give them."""

    code: str
    name: str
    says: str
    wrong: dict[str, bytes | Refusal] = field(default_factory=dict)
    right: dict[str, bytes | Refusal] = field(default_factory=dict)
    as_of: datetime.date | None = None


def read_case(path: Path) -> Case:
    text = path.read_text(encoding="utf-8")
    code, name = re.match(r"# (WP\d{3}) ([\w-]+)\n", text).groups()  # type: ignore[union-attr]
    before, _, right = text.partition("\n## Right\n")
    says = _SAYS.search(before)
    as_of = _AS_OF.search(before)
    return Case(
        code,
        name,
        says["text"] if says else "",
        _files(before),
        _files(right),
        datetime.date.fromisoformat(as_of[1]) if as_of else None,
    )


def cases() -> list[Path]:
    return sorted(CASES.glob("WP*.md"))


def base() -> dict[str, bytes | Refusal]:
    """The smallest repository, on which the pages are tried."""
    root = CASES / "base"
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def tree(files: dict[str, bytes | Refusal]) -> Memory:
    """What lies below `data/`."""
    return Memory({path.removeprefix("data/"): content for path, content in files.items() if path.startswith("data/")})


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
