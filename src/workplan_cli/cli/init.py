"""`workplan init`: a new repository."""

import re
from pathlib import Path
from typing import Annotated

import typer

from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError

HELP = """Make a new repository in DIR: a plan to fill in, or with --example a small one that is complete.

\b
  workplan init my-plan --title "Plan for Clean Rivers" --language en,es
  workplan init try-it --example

DIR is made; one that is there must be empty. Everything is written, or nothing.
"""

DOTTED = ("gitignore", "gitattributes")
"""Files whose names begin with a dot in the new repository, and do not in ours, where git would heed them."""


WORDS: dict[str, dict[str, str]] = {
    "States": {"es": "Estados", "pt": "Estados", "fr": "États"},
    "Secretariat": {"es": "Secretaría", "pt": "Secretaria", "fr": "Secrétariat"},
    "Training": {"es": "Capacitación", "pt": "Capacitação", "fr": "Formation"},
    "The plan as adopted": {"es": "El plan aprobado", "pt": "O plano aprovado", "fr": "Le plan adopté"},
    "General": {"es": "General", "pt": "Geral", "fr": "Généralités"},
}
"""The words of a new plan that may stand as they are, in the languages that the tool speaks; all others are to be replaced."""


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to make it.", show_default=False)],
    title: Annotated[str | None, typer.Option("--title", help="The title of the plan.", show_default=False)] = None,
    language: Annotated[
        str, typer.Option("--language", "--lang", metavar="LANGS", help="Its languages, the first one first: en,es.")
    ] = "en",
    example: Annotated[bool, typer.Option("--example", help="Copy the fictional example instead.")] = False,
) -> None:
    """Gather the files, then plant them."""
    from workplan_cli.cli import terminal
    from workplan_cli.cli.options import here
    from workplan_cli.storage.plant import plant

    if example and (title is not None or language != "en"):
        raise WorkplanError("the example has its own title and languages", "leave out --title and --language, or --example")
    files = example_files() if example else new_files(title or "Plan of Action", language)
    plant(here() / folder, files)
    shown = visible(str(folder))
    after = (
        "go into it and look around: workplan show XAA" if example else "write data/guidelines.yaml, and ask: workplan validate"
    )
    terminal.emit(f"made '{shown}' with {len(files)} files\n  {after}\n")


def example_files() -> dict[str, bytes]:
    """The example's files by path, with the dotted ones of every new repository."""
    from workplan_cli import resources

    return {**_below(resources.example()), **{f".{name}": _template(name).encode() for name in DOTTED}}


def new_files(title: str, language: str) -> dict[str, bytes]:
    """The files of a repository that is still to be written. Raises WorkplanError for a title or a language that cannot be."""
    from string import Template

    from workplan_cli import resources

    languages = languages_of(language)
    title = visible(" ".join(title.split()))
    if not title:
        raise WorkplanError("the title is empty", 'write --title "Plan for Clean Rivers"')
    words = {
        "id": identity(title),
        "title": quoted(title),
        "heading": title,
        "language": languages[0],
        "languages": ", ".join(languages),
        "translation": ", ".join(f"{one}: unofficial" for one in languages),
    }
    files = {}
    for path, content in _below(resources.templates() / "repository").items():
        text = Template(content.decode()).substitute(words)
        files[f".{path}" if path in DOTTED else path] = in_every_language(text, languages).encode()
    return files


def languages_of(written: str) -> tuple[str, ...]:
    """The codes in `en,es`. Raises WorkplanError for one that is no ISO 639 code, or stands twice."""
    languages = tuple(one for one in re.split(r"[\s,]+", written) if one)
    for one in languages or (written,):
        if not re.fullmatch("[a-z]{2,3}", one):
            raise WorkplanError(
                f"'{visible(one)}' is not a language", "write codes of two or three small letters, as in ISO 639: en,es"
            )
    if len(set(languages)) < len(languages):
        raise WorkplanError(f"a language stands twice in '{visible(written)}'", "name each once")
    return languages


def identity(title: str) -> str:
    """An id made of a title: small letters and digits, joined by hyphens."""
    from workplan_cli.analysis.subjects import folded

    words = re.findall("[a-z0-9]+", folded(title))
    return "-".join(words)[:60].rstrip("-") or "plan"


def quoted(words: str) -> str:
    """Words as YAML writes them in double quotes."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def in_every_language(text: str, languages: tuple[str, ...]) -> str:
    """`key: «words»` written out for each language; marked as owed, `(es) words`, where they are not in that language."""

    def spread(found: re.Match[str]) -> str:
        lines = [f"{found['lead']}:"]
        indent = " " * (len(found["lead"]) - len(found["lead"].lstrip(" -")) + 2)
        for language in languages:
            owed = found["words"] if language == "en" else f"({language}) {found['words']}"
            lines.append(f"{indent}{language}: {quoted(WORDS.get(found['words'], {}).get(language, owed))}")
        return "\n".join(lines)

    return re.sub(r"^(?P<lead>[ -]*[\w-]+): «(?P<words>.*)»$", spread, text, flags=re.M)


def _template(name: str) -> str:
    from workplan_cli import resources

    return (resources.templates() / "repository" / name).read_text(encoding="utf-8")


def _below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder of ours."""
    try:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    except OSError as error:
        raise WorkplanError(
            f"the tool's own files cannot be read: {(error.strerror or str(error)).lower()}", "install workplan-cli anew"
        ) from None
