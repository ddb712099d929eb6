"""What `validate` counts as not in a language is what a report in that language marks."""

import json
from collections import Counter
from pathlib import Path

import pytest
from editions import edition, example

from workplan_cli.checking.cache import Cache
from workplan_cli.checking.check import check
from workplan_cli.checking.owed import owed
from workplan_cli.checking.recall import check_or_recall
from workplan_cli.cli.edition import PAGES
from workplan_cli.diagnostics import Pointer
from workplan_cli.exchange.findings import FORMATS
from workplan_cli.exchange.result import Findings, inventory
from workplan_cli.model.document import Document
from workplan_cli.model.text import in_language
from workplan_cli.storage.loader import ARCHIVE, load
from workplan_cli.storage.tree import Directory, Memory

LANGUAGES = ("en", "es", "pt", "fr")
UNSEEN = {
    "Plan preamble text",
    "Plan definition text",
    "Plan aims lead",
    "Plan aims items text",
    "Plan principles heading",
    "Plan principles items text",
    "Plan mandates heading",
    "Plan versions title",
    "Plan versions note",
    "Plan rounds note",
    "Plan chapters guidelines history text",
    "State formal",
    "State focal institution",
    "State focal role",
    "ImportMap note",
}
"""Texts that no page of a report prints, earlier wordings of a guideline among them: a translator owes them all the same."""


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    tree = Memory(example())
    paths = [path for path in example() if path.endswith(".yaml") and not path.startswith(ARCHIVE)]
    return tuple(document for document in (load(tree, path).document for path in paths) if document is not None)


@pytest.fixture(scope="module")
def counts() -> dict[str, int]:
    return check(Memory(example())).counts


def marked(language: str) -> set[tuple[str, str]]:
    """The texts that the report in a language marks, each with the language it stands in."""
    made = edition(example(), language)
    assert list(made.files(PAGES, alone=True))
    return {(words, tongue) for _, words, tongue in made.foreign}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_report_marks_is_counted_and_what_it_does_not_mark_stands_on_no_page(
    documents: tuple[Document, ...], language: str
) -> None:
    shown = marked(language)
    texts = [(one, place, in_language(text, language)) for one in documents for _, place, text in owed(one, (language,))]
    # Who compiled a desk review is one line in no language of its own.
    compilers = {getattr(one, "compiler", None) for one in documents}
    assert {words for words, _ in shown - {words for _, _, words in texts}} <= compilers
    unseen = {_where(one, place) for one, place, words in texts if words not in shown}
    assert unseen <= UNSEEN


def _where(document: Document, place: Pointer) -> str:
    return " ".join((type(document).__name__, *(key for key in place if isinstance(key, str))))


def test_the_count_of_the_check_is_that_of_its_files(documents: tuple[Document, ...], counts: dict[str, int]) -> None:
    by_hand = Counter(language for one in documents for language, _, _ in owed(one, LANGUAGES))
    assert {key: count for key, count in counts.items() if key.startswith("owed:")} == {
        f"owed:{language}": count for language, count in by_hand.items()
    }
    assert all(by_hand[language] for language in ("es", "pt", "fr"))


def test_a_translation_takes_one_from_the_count_and_the_cache_knows_it(tmp_path: Path) -> None:
    root = tmp_path / "data"
    for path, content in example().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    key = "owed:pt"

    def counted() -> int:
        return check_or_recall(Directory(root), Cache.open(tmp_path / "cache.json", "key")).counts[key]

    first = counted()
    assert counted() == first
    names = root / "guidelines.yaml"
    old = 'title: {en: "Draft for the conference of ministers", '
    assert old in names.read_text(encoding="utf-8")
    names.write_text(names.read_text(encoding="utf-8").replace(old, old + 'pt: "Projeto", '), encoding="utf-8")
    assert counted() == first - 1


def test_it_is_told_in_the_summary_and_to_programs_and_is_no_finding(counts: dict[str, int]) -> None:
    findings = Findings(files=1, counts=counts)
    assert f"; texts: 4 not in en, {counts['owed:es']} not in es, " in inventory(findings)
    assert json.loads(FORMATS["json"](findings))["data"]["counts"]["owed:es"] == counts["owed:es"]
    assert check(Memory(example())).diagnostics == ()


def test_where_every_text_is_in_every_language_nothing_is_said() -> None:
    assert inventory(Findings(counts={"State": 1, "owed:es": 0})) == "1 state"
