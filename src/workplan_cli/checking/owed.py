"""Texts that a report has to print in another language, or that nobody has written yet. This module alone knows which they are.

They are no findings: nobody here may translate the plan's own text, and a state writes in the language it writes in. But a
reader of a report in French is told how much of it is not, and whoever translates wants to see the number fall.
"""

from collections.abc import Iterable, Iterator, Sequence

from workplan_cli.diagnostics import Pointer
from workplan_cli.model.document import Document
from workplan_cli.model.indicator import IndicatorTable
from workplan_cli.model.plan import Plan
from workplan_cli.model.text import Text
from workplan_cli.model.texts import texts


def owed(document: Document, languages: Sequence[str]) -> Iterator[tuple[str, Pointer, Text]]:
    """Each text of a document that lacks one of `languages`, once for each that it lacks, with that language and its place."""
    for place, text in texts(document):
        for language in languages:
            if language not in text:
                yield language, place, text


def owing(documents: Iterable[Document], languages: Sequence[str]) -> dict[str, int]:
    """How many texts lack each language, as `owed:es`; a language that no text lacks is not there. As `unwritten`, how many of
    the plan and its questions are still what `workplan init` wrote in their place."""
    documents, found = tuple(documents), dict[str, int]()
    unwritten = sum(
        any(_is_to_be_written(language, words) for language, words in text.items())
        for document in documents
        if isinstance(document, Plan | IndicatorTable)
        for _place, text in texts(document)
    )
    if unwritten:
        found["unwritten"] = unwritten
    for document in documents:
        for language, _place, _text in owed(document, languages):
            found[f"owed:{language}"] = found.get(f"owed:{language}", 0) + 1
    return found


def _is_to_be_written(language: str, words: str) -> bool:
    return words.startswith(f"({language}) ") or (words.startswith("…") and words.rstrip("?").endswith("…"))
