"""Reports made in memory: the files of a repository in, the files of its report out."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from workplan_cli import resources
from workplan_cli.cli.edition import Edition, Format, Wanted, prepare
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
    made = edition(files, *languages, templates=templates, **wanted).files(tuple(Format), alone=True)
    return {path: content.decode() for path, content in made}


def changed(path: str, *pairs: tuple[str, str]) -> dict[str, bytes]:
    """The example with some words of one file exchanged; each stands there."""
    text = example()[path].decode()
    for old, new in pairs:
        assert old in text, f"{path} does not hold {old!r}"
        text = text.replace(old, new)
    return {**example(), path: text.encode()}
