"""What a repository brings to its report: words of its own hand, and single blocks of single templates."""

import re
from pathlib import Path

import pytest
from editions import Page, edition, example, pages

from workplan_cli import resources
from workplan_cli.checking.check import check
from workplan_cli.cli.edition import Format, folders
from workplan_cli.errors import WorkplanError
from workplan_cli.settings import Settings
from workplan_cli.storage.tree import Memory

HERE = "narrative/2015-2018"


def told(**passages: str) -> dict[str, bytes]:
    """The example with a narrative of some passages alone; `_` stands for `-` in a name, `__` for the dot before a language."""
    files = {path: data for path, data in example().items() if not path.startswith("narrative/")}
    for name, text in passages.items():
        files[f"{HERE}/{name.replace('__', '.').replace('_', '-')}.md"] = text.encode()
    return files


# Narratives.

PLACES = {
    "opening": "index",
    "treaties": "index",
    "measures": "index",
    "closing": "index",
    "chapter_season": "index",
    "mandates": "mandates",
    "guideline_g04": "guidelines/g04",
    "state_XAA": "states/XAA",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_passage_stands_at_its_place_in_pages_and_documents(place: str) -> None:
    made = pages(told(**{place: "Told by a **hand**."}))
    assert "<p>Told by a <strong>hand</strong>.</p>" in made[f"{PLACES[place]}.html"]
    assert "Told by a **hand**." in made[f"{PLACES[place]}.md"]
    assert sum("Told by a" in text for text in made.values()) == 2


def test_the_places_of_the_test_are_all_there_are() -> None:
    assert check(Memory(told(**dict.fromkeys(PLACES, "Told.")))).diagnostics == ()


def test_without_a_narrative_nothing_is_missing() -> None:
    assert "narrative" not in re.sub(r"<style>.*?</style>", "", pages(told())["index.html"])


def test_a_passage_in_a_language_stands_in_the_report_of_that_language_and_the_other_one_is_marked() -> None:
    files = told(opening="In English.", opening__es="En español.")
    spanish, french = pages(files, "es")["index.html"], pages(files, "fr")["index.html"]
    assert "En español." in spanish
    assert "In English." not in spanish
    assert '<div class="narrative" lang="en">' in french
    assert "[en]" in french
    assert "\\[en\\]\n\nIn English." in pages(files, "fr")["index.md"]


def test_a_passage_in_another_language_alone_is_not_shown_where_it_was_not_written_for() -> None:
    assert "En español." not in pages(told(opening__es="En español."), "fr")["index.html"]


def test_headings_of_a_passage_go_below_the_heading_it_stands_under() -> None:
    files = told(opening="# First\n\nText\n\nSecond\n------\n\n```\n# no heading\n```\n", state_XAA="# First")
    made = pages(files)
    assert "<h2>First</h2>" in made["index.html"]
    assert "<h3>Second</h3>" in made["index.html"]
    assert "## First\n" in made["index.md"]
    assert "### Second\n" in made["index.md"]
    assert "\n# no heading\n" in made["index.md"]
    assert "<h2>First</h2>" in made["states/XAA.html"]


def test_a_narrative_survives_when_the_report_is_made_again(tmp_path: Path) -> None:
    files = told(opening="Told once.")
    assert pages(files)["index.html"] == pages(files)["index.html"]
    assert files[f"{HERE}/opening.md"] == b"Told once."


def test_a_passage_with_no_place_in_the_report_is_a_finding() -> None:
    (found,) = check(Memory(told(openning="Lost."))).diagnostics
    assert str(found.code) == "WP315 unknown-passage"
    assert found.hint == "did you mean 'opening'?"


@pytest.mark.parametrize("name", ["chapter_nowhere", "state_XZZ", "guideline_g99", "closing__espa"])
def test_a_passage_on_what_is_not_there_is_a_finding(name: str) -> None:
    assert [str(one.code) for one in check(Memory(told(**{name: "Lost."}))).diagnostics] == ["WP315 unknown-passage"]


def test_a_narrative_for_a_period_that_is_not_there_is_a_finding() -> None:
    (found,) = check(Memory({**told(), "narrative/2013-2014/opening.md": b"Lost."})).diagnostics
    assert found.message == "the narrative is for the period '2013-2014', which the plan does not have"


@pytest.mark.parametrize("data", [b"caf\xe9", "\u202eolleh".encode(), b"<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n"])
def test_bytes_that_are_not_what_they_seem_are_found_in_a_passage_and_in_a_catalogue(data: bytes) -> None:
    for path in (f"{HERE}/opening.md", "i18n/es.po"):
        found = check(Memory({**told(), path: data})).diagnostics
        assert [one.path for one in found] == [path], found


# Templates.


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A repository's own folder of templates, empty as yet."""
    (tmp_path / "templates").mkdir()
    return tmp_path / "templates"


STATEMENT = """{% extends "shipped/index.html" %}
{% block statement %}<p>Our own word to {{ report.states|length }} states.</p>{% endblock %}
"""


def test_one_block_of_one_template_is_put_otherwise_and_all_else_stays(own: Path) -> None:
    (own / "index.html").write_text(STATEMENT)
    before, after = pages(example()), pages(example(), templates=own)
    assert "Our own word to 3 states." in Page(after["index.html"]).text
    assert "Each voice is shown by itself" not in Page(after["index.html"]).text
    assert {path for path in before if before[path] != after[path]} == {"index.html"}
    notice = re.compile(r'<style>.*?</style>|<div class="notice".*?</div>|<p>Our own word to 3 states.</p>', re.S)
    assert notice.sub("", before["index.html"]).split() == notice.sub("", after["index.html"]).split()


def test_what_all_pages_share_is_put_otherwise_once(own: Path) -> None:
    (own / "base.html").write_text('{% extends "shipped/base.html" %}{% block footer %}<p>Ours.</p>{% endblock %}')
    made = pages(example(), templates=own)
    without = {path for path, text in made.items() if path.endswith(".html") and "<p>Ours.</p>" not in text}
    assert without == {"services.html"}, "the page for people in need stands by itself"


def test_a_style_sheet_of_ones_own_takes_the_shipped_one_s_place(own: Path) -> None:
    (own / "report.css").write_text("body { color: red; } /* ours */")
    assert "<style>body{color:red}</style>" in pages(example(), templates=own)["index.html"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            '{% extends "shipped/index.html" %}\n{% block facts %}{{ view.nothing }}{% endblock %}',
            "index.html cannot be used: line 2: ",
        ),
        ('{% extends "shipped/index.html" %}\n\n{% block facts %}', "index.html cannot be used: line 3: "),
        ('{% extends "shipped/overview.html" %}', "cannot be used: line 1: shipped/overview.html"),
        ("{{ 1 / 0 }}", "index.html cannot be used: line 1: division by zero"),
        ("{{ report.record.__class__.__mro__ }}", "index.html cannot be used: line 1: "),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "index.html cannot be used: line 1: "),
        ("{% for x in range(10 ** 9) %}{% endfor %}", "index.html cannot be used: line 1: "),
    ],
)
def test_a_template_that_cannot_be_used_is_told_with_its_line(own: Path, text: str, says: str) -> None:
    (own / "index.html").write_text(text)
    with pytest.raises(WorkplanError) as refused:
        pages(example(), templates=own)
    assert says in refused.value.message
    assert refused.value.hint == "correct it, or delete it from templates/"


def test_a_repository_s_templates_are_found_where_it_has_any(tmp_path: Path, own: Path) -> None:
    assert folders(Settings(tmp_path)) == (own, resources.templates())
    assert folders(Settings(tmp_path / "other")) == (resources.templates(),)


def test_where_the_repository_s_templates_are_the_shipped_ones_they_are_so_once() -> None:
    assert folders(Settings(resources.templates().parent)) == (resources.templates(),)


def test_in_another_language_a_block_of_ones_own_uses_the_tool_s_words(own: Path) -> None:
    (own / "index.html").write_text(
        '{% extends "shipped/index.html" %}{% block facts %}<p>{{ _("Cite this") }}</p>{% endblock %}'
    )
    made = edition(example(), "fr", templates=own).files((Format.HTML,), alone=True)
    assert "<p>Pour citer</p>" in dict(made)["index.html"].decode()
