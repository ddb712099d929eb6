"""The report: what it says is what the record holds, each voice for itself, and the same data gives the same bytes."""

import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from editions import Page, changed, edition, example, pages, record, table

from workplan_cli import resources
from workplan_cli.cli import main
from workplan_cli.cli.edition import Format
from workplan_cli.storage.folder import MARKER
from workplan_cli.storage.tree import Directory

ROOT = Path(__file__).resolve().parent.parent
REVIEW = "states/XAC/2017-2018/desk-review.yaml"
SUBMISSION = "states/XAA/2017-2018/submission.yaml"


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example, and the folder that commands run in; its cache is its own."""
    folder = tmp_path / "arcadia"
    shutil.copytree(resources.example(), folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def run(here: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def answered(*arguments: str) -> Said:
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        printed = capsys.readouterr()
        return Said(int(stopped.value.code or 0), printed.out, printed.err)

    return answered


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    """The report of the example."""
    return pages(example())


@pytest.fixture(scope="module")
def shipped() -> dict[str, str]:
    """The report of the shipped record."""
    return pages(record())


# The first page says what there is, and whose word it is.


def test_the_first_page_says_how_many_states_handed_in_a_submission(site: dict[str, str]) -> None:
    assert "2 of 3 states handed in submissions of their own." in Page(site["index.html"]).text
    assert "2 of 3 states handed in submissions of their own." in site["index.md"]


def test_without_any_submission_the_first_page_says_just_that() -> None:
    silent = {path: data for path, data in example().items() if not path.endswith("submission.yaml")}
    made = pages(silent)
    assert "No state's own submission is in this record." in Page(made["index.html"]).text
    assert "No state's own submission is in this record." in made["index.md"]


def test_the_desk_review_says_in_the_record_s_own_words_how_it_was_made(site: dict[str, str]) -> None:
    assert "“from the official gazette of 2017; not reviewed by the state”" in Page(site["index.html"]).text


def test_every_voice_has_a_section_of_its_own_and_no_figure_is_of_two(site: dict[str, str]) -> None:
    headings = [heading for heading in Page(site["index.html"]).headings if "questions are answered" in heading]
    assert [heading.rpartition(": ")[0] for heading in headings] == [
        "State",
        "Assessment by the secretariat",
        "Civil society: Harvest Hands",
        "Desk review",
        "Reply of the state",
    ]


def test_figures_are_those_of_coverage(site: dict[str, str], run: Run) -> None:
    counted = {row["voice"]: row for row in table(run("coverage", "--format", "csv").out) if row["level"] == "all"}
    for row in table(site["data/coverage.csv"]):
        if row["level"] == "all":
            same = counted[row["voice"]]
            assert (row["asked"], row["answered"], row["claims"], row["verified"]) == tuple(
                same[name] for name in ("asked", "answered", "claims", "verified")
            )


def test_a_cell_of_the_matrix_shows_one_mark_only_where_all_indicators_agree(site: dict[str, str]) -> None:
    index = site["index.html"]
    (agreed,) = re.findall(r'href="states/XAA.html#g02" aria-label="[^"]*">([^<]*)<', index)[:1]
    (mixed,) = re.findall(r'href="states/XAA.html#g05" aria-label="[^"]*">([^<]*)<', index)[:1]
    assert agreed == "●"
    assert re.search(r"\d\S \d\S", mixed) or mixed in "●◐◔○▪"
    assert any(re.search(r">\d● \d·<|>\d● \d▪<|>\d◐ \d▪<", line) for line in index.splitlines())


def test_silence_shows_as_such_and_is_never_a_no(site: dict[str, str]) -> None:
    assert "silence: this voice says nothing of this state" in site["index.html"]
    assert "| [Corvania](states/XAC.md) | silence |" in site["index.md"]


def test_states_stand_in_the_alphabetical_order_of_the_language() -> None:
    names = ("Ächtland", "Borduria", "Zorbia")
    files = changed("states/XAC/state.yaml", ('en: "Corvania"', f'en: "{names[0]}"'))
    index = pages(files)["index.md"]
    order = re.findall(r"^\| \[([^\]]+)\]\(states/", index, re.M)[:3]
    assert order == ["Ächtland", "Arcadia", "Borduria"]


def test_the_trend_between_rounds_is_told_in_words_on_the_state_s_page(site: dict[str, str]) -> None:
    page = Page(site["states/XAA.html"]).text
    assert "State: " in page
    assert "improved, from partial to implemented" in page
    assert "withdrawn, from reported to withheld" in page


def test_help_asked_for_stands_by_guideline_with_the_states_that_ask(site: dict[str, str]) -> None:
    assert "| [7\\.](guidelines/g07.md) | Funding | state | Arcadia |" in site["index.md"]
    assert {(row["guideline"], row["need"], row["state"]) for row in table(site["data/needs.csv"])} >= {("g07", "funding", "XAA")}


def test_an_action_plan_that_was_replaced_is_told_from_one_that_merely_ended(site: dict[str, str]) -> None:
    assert "expired and replaced: National Plan for the Season, 2015-2018" in site["index.md"]
    assert "On 2018-12-31, 1 of 2 known action plans for seasonal work were in force" in site["index.md"]


def test_not_a_party_holds_up_to_the_day_it_was_checked(site: dict[str, str]) -> None:
    assert "◐ signed, not party (checked 2018-12-31)" in site["index.md"]
    assert "? unknown (checked 2017-06-30)" in site["index.md"]
    assert "between 2016-11-30 and 2017-06-30" in site["index.md"]


def test_a_suppressed_figure_stays_what_it_is_and_no_total_is_made_across_it(site: dict[str, str]) -> None:
    suppressed = [row for row in table(site["data/values.csv"]) if row["value"] == "<5"]
    assert suppressed
    assert "&lt;5" in site["states/XAA.html"]


def test_figures_are_added_only_where_the_indicator_says_so(site: dict[str, str]) -> None:
    index = site["index.md"]
    licences = index.partition("How many licences to recruit")[2].partition("####")[0]
    inspected = index.partition("How many of the registered lodgings")[2].partition("####")[0]
    assert "total of the states that gave a figure" in licences
    assert "total of the states" not in inspected


def test_every_mandate_is_told_with_what_was_done_or_that_nothing_is_known(site: dict[str, str]) -> None:
    page = Page(site["mandates.html"])
    plan = edition(example()).whole.record.plan
    assert set(plan.mandate_by_id) <= set(page.ids)


def test_a_practice_without_consent_is_on_no_page_and_how_many_wait_for_it_is_said() -> None:
    path = "registers/practices/XAA.yaml"
    cited = "evidence: [{source: xaa-inspectorate-2018, quotation: Words of the office alone.}]"
    made = pages(changed(path, ("    consent: 2018-02-01\n", f"    {cited}\n")), "en")
    assert [page for page, text in made.items() if "Joint inspections" in text or "Words of the office" in text] == []
    assert "1 entry is not shown: its office has not agreed to that." in made["registers/practices.md"]


def test_the_mandates_are_seen_at_a_glance_and_who_said_nothing_is_named(site: dict[str, str], shipped: dict[str, str]) -> None:
    glance = site["mandates.md"].partition("| mandate |")[2].partition("\n\n")[0]
    assert glance.count("\n| ") == 9
    assert "The secretariat itself handed in nothing" in shipped["mandates.md"]
    assert "for these rounds: 2015-2016, 2017-2018." in shipped["mandates.md"]
    silent = [row for row in shipped["mandates.md"].splitlines() if row.startswith("**Desk review** · 2015-2016, 2017-2018")]
    assert len(silent) == 10, "what is said word for word of two rounds, and rests on nothing, is said once"


def test_what_confirms_an_answer_and_what_it_was_carried_from_is_told(site: dict[str, str]) -> None:
    assert (
        "carried from 2015-2016 · confirmed on 2018-11-12: Head of the Seasonal Work Unit" in Page(site["states/XAA.html"]).text
    )


def test_a_reply_says_to_whom(site: dict[str, str]) -> None:
    assert "replies to civil society: Harvest Hands" in Page(site["states/XAA.html"]).text


# It is whole: pages are sound, links lead somewhere, figures have their data, nothing is asked of any server.


@pytest.mark.parametrize("which", ["site", "shipped"])
def test_every_page_is_sound_asks_nothing_of_anyone_and_leads_only_to_what_is_there(
    which: str, request: pytest.FixtureRequest
) -> None:
    made: dict[str, str] = request.getfixturevalue(which)
    read = {path: Page(text) for path, text in made.items() if path.endswith(".html")}
    assert len(read) > 20
    for path, page in read.items():
        assert page.stack == [], path
        assert page.requests == [], path
        assert len(set(page.ids)) == len(page.ids), f"{path}: {[one for one in page.ids if page.ids.count(one) > 1][:3]}"
        for link in page.links:
            if re.match(r"https?://|tel:[+0-9]+$", link):
                continue
            target, _, anchor = link.partition("#")
            to = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
            assert to in made, f"{path} leads to {link}"
            if anchor and to.endswith(".html"):
                assert anchor in read[to].ids, f"{path} leads to {link}"


def test_every_link_of_the_markdown_leads_to_a_document(site: dict[str, str]) -> None:
    documents = {path: text for path, text in site.items() if path.endswith(".md")}
    links = [(path, link) for path, text in documents.items() for link in re.findall(r"(?<!\\)\]\(([^)#]+)\)", text)]
    assert len(links) > 50
    for path, link in links:
        assert os.path.normpath(os.path.join(os.path.dirname(path), link)) in site, f"{path} leads to {link}"


def test_every_line_of_a_markdown_table_has_as_many_cells_as_its_head(site: dict[str, str], shipped: dict[str, str]) -> None:
    for made in (site, shipped):
        for path, text in made.items():
            if path.endswith(".md"):
                for block in re.findall(r"(?:^\|.*\n)+", text, re.M):
                    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
                    assert len(widths) == 1, f"{path}: {block[:300]}"
                    assert re.match(r"\|(?:\s*:?-{3,}:?\s*\||:-:\|)+$", block.splitlines()[1]), f"{path}: {block[:200]}"


def test_every_answer_has_an_address_that_the_data_names(site: dict[str, str]) -> None:
    rows = [row for row in table(site["data/cells.csv"]) if row["page"]]
    assert rows
    for row in rows:
        path, _, anchor = row["page"].partition("#")
        assert f'id="{anchor}"' in site[path]


def test_evidence_leads_to_the_line_of_the_archived_copy_where_its_words_stand(site: dict[str, str]) -> None:
    link = re.search(r'href="\.\./(sources/xac-gazette-88-2017\.html)#(L\d+)"', site["states/XAC.html"])
    assert link
    line = re.search(rf"<li id={link[2]}>([^\n]*)", site[link[1]])
    assert line
    assert "Il est interdit de demander des frais" in line[1]


def test_a_cell_of_a_table_leads_to_its_row(site: dict[str, str]) -> None:
    links = {
        (link[1], link[2])
        for made in site.values()
        for link in re.finditer(r'href="\.\./(sources/[^"#]+)#(L\d+)">([^<]*)</a>\s*<(?:t[dr]|/table)\b', made)
    }
    assert links
    for page, line in links:
        assert f"<li id={line}>" in site[page]


def test_only_copies_that_are_cited_as_evidence_are_published(site: dict[str, str]) -> None:
    whole = edition(example()).whole
    cited = {piece.source for sheet in (*whole.record.sheets, *whole.record.secretariat) for piece in sheet.evidence.values()}
    cited |= {piece.source for register in whole.record.measures.values() for one in register.measures for piece in one.evidence}
    published = {path.removeprefix("sources/").removesuffix(".html") for path in site if path.startswith("sources/")}
    archived = {source.source for source in whole.record.sources.values() if source.archived}
    assert published == cited & archived
    assert archived - published


def test_the_first_page_describes_its_data_to_search_engines(site: dict[str, str]) -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', site["index.html"], re.S)
    assert found
    content = json.loads(found[1])
    assert content["@type"] == "Dataset"
    assert {one["contentUrl"] for one in content["distribution"]} == {path for path in site if path.startswith("data/")}


def test_it_says_how_to_cite_it_with_the_revision_of_its_data(site: dict[str, str]) -> None:
    revision = edition(example()).whole.revision
    assert re.fullmatch("[0-9a-f]{12}", revision)
    assert f"as of 2018-12-31, data revision {revision}." in Page(site["index.html"]).text


# The shipped record.


def test_the_shipped_record_s_report_is_light(shipped: dict[str, str]) -> None:
    sizes = {path: len(text.encode()) for path, text in shipped.items() if not path.endswith(".md")}
    assert sum(sizes.values()) < 9_700_000
    assert max(sizes.values()) < 1_000_000


def test_the_shipped_record_s_report_has_a_page_for_every_state_guideline_and_the_mandates(shipped: dict[str, str]) -> None:
    plan = edition(record()).whole.record
    expected = {f"states/{state}.html" for state in plan.states} | {f"guidelines/{one}.html" for one in plan.plan.guidelines}
    assert len(expected) == 95
    assert expected | {"index.html", "mandates.html"} <= set(shipped)


def test_at_the_end_of_2018_seven_of_the_315_treaty_ties_are_unknown(shipped: dict[str, str]) -> None:
    rows = table(shipped["data/treaties.csv"])
    assert len(rows) == 315
    assert sum(row["standing"] == "unknown" for row in rows) == 7
    assert "treaty ties held on 2018-12-31, and 7 are unknown" in Page(shipped["index.html"]).text


# The same data, the same bytes.


def digest(files: dict[str, str]) -> str:
    return hashlib.sha256("\0".join(f"{path}\0{text}" for path, text in sorted(files.items())).encode()).hexdigest()


def test_the_order_in_which_files_are_listed_changes_no_byte(site: dict[str, str]) -> None:
    paths = list(example())
    random.Random(7).shuffle(paths)
    assert list(paths) != list(example())
    assert digest(pages({path: example()[path] for path in paths})) == digest(site)


def folder_digest(folder: Path) -> str:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    return hashlib.sha256(b"\0".join(path.encode() + b"\0" + data for path, data in sorted(found.items()))).hexdigest()


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_two_runs_in_two_folders_give_the_same_bytes(seed: str, site: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / seed / "repository"
    shutil.copytree(resources.example(), folder)
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": str(ROOT / "src"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "TZ": "Asia/Tokyo" if seed == "1" else "UTC",
        "LC_ALL": "C",
    }
    done = subprocess.run(
        [sys.executable, "-m", "workplan_cli", "report"], cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    written = {
        path.relative_to(folder / "report/2015-2018").as_posix(): path.read_text(encoding="utf-8")
        for path in (folder / "report/2015-2018").rglob("*")
        if path.is_file() and path.name != MARKER
    }
    assert digest(written) == digest(site)


def test_pages_shared_among_processes_are_those_of_one() -> None:
    made = edition(record())
    alone = {path: hashlib.sha256(data).digest() for path, data in made.files((Format.MARKDOWN,), alone=True)}
    shared = {
        path: hashlib.sha256(data).digest() for path, data in edition(record()).files(tuple(Format)) if path.endswith(".md")
    }
    assert shared == alone


def test_templates_that_were_compiled_before_change_no_byte_and_may_be_anything(here: Path, run: Run, tmp_path: Path) -> None:
    run("report")
    first = folder_digest(here / "report")
    kept = sorted((tmp_path / "cache/workplan/templates").rglob("*-*"))
    assert len(kept) > 10
    for number, path in enumerate(kept):
        path.write_bytes([b"", b"nonsense", path.read_bytes()[:-7], b"\0" * 5000][number % 4])
    run("report")
    assert folder_digest(here / "report") == first
    shutil.rmtree(tmp_path / "cache/workplan/templates")
    (tmp_path / "cache/workplan/templates").write_text("a file where a folder should be")
    run("report")
    assert folder_digest(here / "report") == first


def test_the_revision_changes_with_any_byte_of_the_record_and_with_nothing_else() -> None:
    before = edition(example()).whole.revision
    assert edition(dict(reversed(example().items()))).whole.revision == before
    assert edition({**example(), "sources/archive/new.txt": b"x"}).whole.revision != before
    assert edition({**example(), REVIEW: example()[REVIEW] + b"\n"}).whole.revision != before


def test_the_revision_can_be_made_anew_without_this_tool() -> None:
    lines = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {path}\n"
        for path, data in sorted(example().items(), key=lambda one: one[0].encode())
    )
    assert edition(example()).whole.revision == hashlib.sha256(lines.encode()).hexdigest()[:12]


# The command.


def test_the_report_is_written_and_it_says_where_and_how_much(here: Path, run: Run) -> None:
    said = run("report")
    assert said.code == 0
    assert re.fullmatch(
        r"wrote report/2015-2018: \d+ pages \(HTML\), \d+ documents \(Markdown\), 20 tables \(CSV\)\n"
        r"  begin with report/2015-2018/index.html\n",
        said.out,
    )
    assert (here / "report/2015-2018/index.html").is_file()
    assert (here / "report/2015-2018/states/XAA.md").is_file()


def test_what_an_earlier_report_left_is_gone(here: Path, run: Run) -> None:
    run("report")
    run("report", "--format", "md")
    assert not (here / "report/2015-2018/index.html").exists()
    assert (here / "report/2015-2018/index.md").is_file()


@pytest.mark.parametrize("word", ["2015-2018", "2015–2018", "2018"])
def test_a_period_may_be_written_in_several_ways(word: str, here: Path, run: Run) -> None:
    assert run("report", "--period", word, "--format", "md").code == 0
    assert (here / "report/2015-2018/index.md").is_file()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--period", "2013"], "there is no period '2013'\n  there are: 2015-2018"),
        (["--state", "Arcadda"], "there is no state 'Arcadda'\n  did you mean 'Arcadia'?"),
        (["--format", "pfd"], "'pfd' is no format of a report\n  allowed: html, md"),
        (["--lang", "de"], "'de' is no language of a report"),
        (["--as-of", "2018-13-01"], "'2018-13-01' is not a day"),
        (["--out", "data/report"], "lies in the record, and a report is none of it"),
        (["--out", "README.md"], "is not a folder"),
        (["--out", "."], "holds files that no report made"),
    ],
)
def test_a_word_that_means_nothing_is_told_with_what_does(arguments: list[str], says: str, here: Path, run: Run) -> None:
    before = folder_digest(here)
    said = run("report", *arguments)
    assert said.code == 2
    assert says in said.err
    assert folder_digest(here) == before


def test_a_state_s_page_alone_leads_nowhere_that_is_not_there(here: Path, run: Run) -> None:
    said = run("report", "--state", "arcadia", "--format", "html")
    assert "begin with report/2015-2018-XAA/states/XAA.html" in said.out
    made = {
        path.relative_to(here / "report/2015-2018-XAA").as_posix()
        for path in (here / "report/2015-2018-XAA").rglob("*")
        if path.is_file()
    }
    assert {path for path in made if path.startswith("states/")} == {"states/XAA.html"}
    for path in (path for path in made if path.endswith(".html")):
        for link in Page((here / "report/2015-2018-XAA" / path).read_text(encoding="utf-8")).links:
            target = link.partition("#")[0]
            if target and "://" not in target:
                assert os.path.normpath(os.path.join(os.path.dirname(path), target)) in made, f"{path} leads to {link}"


def test_the_pages_of_some_states_have_an_index_of_their_own_in_every_format(here: Path, run: Run) -> None:
    said = run("report", "--state", "XAA,XAC", "--format", "md")
    assert "begin with report/2015-2018-XAA-XAC/index.md" in said.out
    index = (here / "report/2015-2018-XAA-XAC/index.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\(([^)]+)\)", index) == ["states/XAA.md", "states/XAC.md"]


def test_several_languages_have_a_folder_each_and_lead_to_each_other(here: Path, run: Run) -> None:
    assert run("report", "--lang", "es,fr", "--format", "html").code == 0
    page = (here / "report/2015-2018/es/states/XAA.html").read_text(encoding="utf-8")
    assert 'href="../../fr/states/XAA.html" lang="fr" hreflang="fr">Français</a>' in page
    assert (here / "report/2015-2018/fr/states/XAA.html").is_file()


def test_another_day_is_another_report(here: Path, run: Run) -> None:
    run("report", "--as-of", "2014-06-30", "--format", "md")
    index = (here / "report/2015-2018/index.md").read_text(encoding="utf-8")
    assert "as of 2014-06-30" in index
    assert "of 2 known action plans for seasonal work were in force" in index


def test_how_many_texts_are_printed_in_another_language_is_told(run: Run) -> None:
    said = run("report", "--lang", "fr")
    number = re.search(r"(\d+) texts of the record are not in 'fr': printed in another language, and marked so", said.err)
    assert number
    assert int(number[1]) == len(set(_foreign("fr")))


def _foreign(language: str) -> list[tuple[str, str, str]]:
    made = edition(example(), language)
    list(made.files(tuple(Format), alone=True))
    return sorted(made.foreign)


def break_(here: Path) -> None:
    path = here / "data" / SUBMISSION
    path.write_text(path.read_text(encoding="utf-8").replace("result: partial", "result: Partial", 1), encoding="utf-8")


def test_a_record_with_errors_is_not_published(here: Path, run: Run) -> None:
    break_(here)
    said = run("report")
    assert said.code == 1
    assert "the record has an error and is not published\n  see what is wrong: workplan validate;" in said.err
    assert not (here / "report").exists()


def test_a_record_with_errors_is_published_when_told_so_and_says_so_on_its_first_page(here: Path, run: Run) -> None:
    break_(here)
    said = run("report", "--despite-errors")
    assert said.code == 0
    assert "this is not of the whole record; 1 file is read in part" in said.err
    for name in ("index.html", "index.md"):
        text = (here / "report/2015-2018" / name).read_text(encoding="utf-8")
        assert "This document was made from a record with errors." in text
        assert "1 error stands against it; workplan validate names it." in text


def test_an_error_that_the_settings_ignore_does_not_hinder(here: Path, run: Run) -> None:
    path = here / "data" / SUBMISSION
    path.write_text(path.read_text(encoding="utf-8").replace("needs: [funding]", "needs: [gold]", 1), encoding="utf-8")
    assert run("report").code == 1
    (here / "workplan.toml").write_text('[[ignore]]\ncode = "WP312"\nreason = "The list of needs is being drawn up."\n')
    assert run("report").code == 0


def test_a_broken_plan_is_told_and_nothing_is_written(here: Path, run: Run) -> None:
    (here / "data/guidelines.yaml").write_text("id: [\n")
    said = run("report", "--despite-errors")
    assert (said.code, "data/guidelines.yaml cannot be read" in said.err) == (2, True)
    assert not (here / "report").exists()


def test_the_report_is_opened_in_the_browser_when_asked(here: Path, run: Run, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-m", "workplan_cli", "report", "--open"],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "BROWSER": f"{browser} %s"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "opened").read_text().strip() == (here / "report/2015-2018/index.html").resolve().as_uri()


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("raise ModuleNotFoundError('weasyprint')", "install it: pip install 'workplan-cli[pdf]'"),
        ("raise OSError('cannot load library')", "needs the library Pango, which is not installed"),
    ],
    ids=["package", "library"],
)
def test_what_a_pdf_needs_is_told_before_anything_is_done(fault: str, says: str, here: Path, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text(fault)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT / "src")]), "COLUMNS": "200"}
    command = [sys.executable, "-m", "workplan_cli", "report", "--format", "html,pdf", "--out", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_pandas_and_a_browser_are_not_waited_for(here: Path, tmp_path: Path) -> None:
    code = "import sys; from workplan_cli.cli import main\ntry: main(['report'])\nexcept SystemExit: print(sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "'workplan_cli.reports.site'" in done.stdout, done.stderr
    assert re.findall(r"'(?:pandas|numpy|webbrowser|babel|http\.server)'", done.stdout) == []


def test_reading_the_record_changes_nothing_in_it(here: Path, run: Run) -> None:
    before = folder_digest(here / "data")
    assert run("report").code == 0
    assert folder_digest(here / "data") == before
    assert len(Directory(here / "data").entries()) == len(example())
