"""What each of the secretariat's mandates asks of a register, done in the example repository by the commands that a person runs.

The rows are those of the work plan's mandates: materials (1, 3, 5), academies (2), networks of training (4), routes (6),
practices and measures (7), authorities (8, 9), reports (10), meetings (11), assistance (12), and the day (13).
"""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from editions import Page
from test_answer import run

from workplan_cli import resources


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rows") / "arcadia"
    shutil.copytree(resources.example(), folder)
    return folder


@pytest.fixture(scope="module")
def report(root: Path) -> Path:
    """The example's report as pages, documents and tables."""
    folder = root.parent / "report"
    code, output = run(root, "report", "--out", str(folder))
    assert code == 0, output
    return folder


def said(root: Path, *words: str) -> str:
    code, output = run(root, *words)
    assert code == 0, output
    return output


def rows(report: Path, register: str) -> list[dict[str, str]]:
    """The table beside a register's page."""
    return list(csv.DictReader(io.StringIO((report / f"data/register-{register}.csv").read_text(encoding="utf-8"))))


def text(report: Path, page: str) -> str:
    return Page((report / page).read_text(encoding="utf-8")).text


def test_1_3_and_5_materials_have_audience_language_format_licence_and_link_and_the_gaps_show(root: Path, report: Path) -> None:
    (handbook, course) = rows(report, "materials")
    assert (handbook["audiences"], handbook["languages"], handbook["form"], handbook["licence"], handbook["date"]) == (
        *("inspectors", "en; es", "handbook", "CC BY 4.0", "2017-04"),
    )
    assert handbook["url"].startswith("https://")
    assert handbook["covers"] == "g09"
    assert course["topics"] == "online", "a computer-based form"
    page = (report / "registers/materials.md").read_text(encoding="utf-8")
    assert "| Judges | none | none | none | none |" in page
    assert "| Labour inspectors | 2 | 1 | none | none |" in page
    assert said(root, "registers", "list", "materials", "--topic", "online").count("online-course") == 1
    assert "wages-handbook" not in said(root, "registers", "list", "materials", "--topic", "online")


def test_2_academies_say_where_the_topic_is_taught_since_when_for_how_long_and_who_says_nothing(report: Path) -> None:
    (one,) = rows(report, "academies")
    assert (one["topics"], one["valid"], one["hours"], one["required"]) == ("wages; lodgings", "2016/", "16", "yes")
    page = text(report, "registers/academies.html")
    assert "Inspectors' Academy" in page
    assert "Nothing is entered of: Borduria, Corvania" in page


def test_4_the_proposal_is_a_document_of_the_record_and_programmes_are_paired(root: Path, report: Path) -> None:
    mandates = text(report, "mandates.html")
    assert "Proposal for networks to share training programmes (CTH/FP/2018/3)" in mandates
    assert (report / "sources/secretariat-network-proposal.html").is_file(), "its archived copy is in the report"
    paired = said(root, "registers", "match", "training", "--format", "csv")
    assert re.search(r"XAB training wages-for-inspectors,XAA training wages-course-2019,", paired)
    offered, sought = rows(report, "training")
    assert (offered["kind"], offered["seats"], offered["valid"]) == ("offered", "20", "2019-02-04/2019-02-15")
    assert (sought["kind"], sought["audiences"]) == ("sought", "inspectors")


def test_6_routes_are_coarse_have_their_source_and_confidence_and_are_drawn_on_the_tiles(root: Path, report: Path) -> None:
    first, second = rows(report, "routes")
    assert (first["origin"], first["transit"], first["destination"]) == ("XB-01", "XAC", "XAA")
    assert (first["confidence"], first["sources"], second["persons"]) == ("medium", "harvest-hands-2016", "<5")
    assert (report / "registers/routes.html").read_text(encoding="utf-8").count("<line ") == 3
    path = root / "data/registers/routes/harvest-hands.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("[XB-01]", '["Port Amity, pier 3"]').replace("persons: 40", "persons: 3"), encoding="utf-8")
    try:
        code, output = run(root, "validate")
    finally:
        path.write_text(before, encoding="utf-8")
    assert code == 1
    assert "WP621" in output
    assert "WP622" in output
    assert "pier 3" not in output, "what is too precise is not told again"


def test_7_practices_and_measures_are_reported_by_state_by_guideline_and_by_theme(root: Path, report: Path) -> None:
    (practice,) = rows(report, "practices")
    assert (practice["holder"], practice["covers"], practice["consent"]) == ("XAA", "g07", "2018-02-01")
    assert practice["criteria"].count(";") == 1
    assert practice["office"]
    compendium = (report / "compendium.md").read_text(encoding="utf-8")
    theme = compendium.partition("## Before and during the season")[2].partition("\n## ")[0]
    on_lodgings = theme.partition("### [7")[2].partition("###")[0]
    assert "Joint inspections of lodgings and wages" in on_lodgings
    assert "National Plan for the Season, 2015-2018" in on_lodgings
    by_holder = compendium.partition("### Corvania")[2].partition("###")[0]
    assert "17-204" in by_holder
    assert "Joint inspections" not in by_holder
    guideline = text(report, "guidelines/g07.html")
    assert "Joint inspections of lodgings and wages" in guideline
    assert "National Plan for the Season, 2015-2018" in guideline
    assert {one["kind"] for one in rows(report, "measures")} == {"law", "policy", "programme", "action-plan"}
    assert "season-plan-2015" in said(root, "registers", "list", "measures", "--guideline", "g08", "--state", "XAA")
    assert "decree-17-204" not in said(root, "registers", "list", "measures", "--guideline", "g08")


def test_8_and_9_authorities_are_asked_for_appointed_conveyed_confirmed_and_handed_out(root: Path, report: Path) -> None:
    contact = rows(report, "authorities")[0]
    days = [contact[name] for name in ("requested", "appointed", "conveyed", "confirmed")]
    assert days == sorted(days)
    assert all(days)
    assert contact["mailbox"] == "season.unit@labour.example"
    assert "+999 555 0100" in text(report, "registers/authorities.html")
    assert said(root, "registers", "export", "authorities").startswith("holder,id,")
    code, output = run(root, "validate", "--as-of", "2020-06-01", "--select", "WP611", "--strict")
    assert code == 1
    assert "authority contact-point was last confirmed on 2018-09-03" in output
    assert "contact-point" not in run(root, "validate", "--as-of", "2019-06-01", "--select", "WP611")[1]
    assert "Ministry of Labour" in said(root, "registers", "confirm", "XAA", "--lang", "en")


def test_10_an_overdue_report_is_a_warning_that_names_its_mandate_and_issued_ones_carry_their_seal(
    root: Path, tmp_path: Path
) -> None:
    code, output = run(root, "validate", "--as-of", "2020-01-01", "--select", "WP613", "--strict")
    assert code == 1
    assert "report second-biennial was due on 2019-12-05 under mandate m01" in output
    own = tmp_path / "arcadia"
    shutil.copytree(root, own)
    sealed = re.search(r"sha256 ([0-9a-f]{64})", said(own, "seal", "2015-2016"))
    assert sealed is not None
    path = own / "data/registers/reports/secretariat.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("issued: 2017-11-03", f"issued: 2017-11-03\n    seal: {sealed[1]}"),
        encoding="utf-8",
    )
    said(own, "report", "--out", str(tmp_path / "report"))
    assert sealed[1] in text(tmp_path / "report", "registers/reports.html")


def test_11_meetings_have_agenda_documents_conclusions_decisions_and_what_follows_and_are_in_the_calendar(
    root: Path, report: Path
) -> None:
    (meeting,) = rows(report, "meetings")
    assert all(meeting[name] for name in ("agenda", "documents", "conclusions", "decisions", "actions"))
    assert "Secretariat, training office" in meeting["actions"]
    assert "2019-06-30" in meeting["actions"]
    calendar = said(root, "registers", "calendar")
    assert "SUMMARY:Second meeting of the national focal points" in calendar
    assert "SUMMARY:Translate the course on recruitment online" in calendar
    assert "Enter programmes" not in calendar, "what is done is no longer to come"


def test_12_assistance_is_asked_for_offered_counted_by_guideline_and_kind_and_matched(root: Path, report: Path) -> None:
    demand = said(root, "registers", "demand", "--format", "csv")
    assert re.search(r"g07,Funding,state,XAA", demand), "an answer says what help is needed"
    assert re.search(r"g04,Help in drafting laws,state,XAB", demand), "and so does the register"
    assert {one["status"] for one in rows(report, "assistance")} == {"open"}
    match = said(root, "registers", "match", "assistance", "--format", "csv")
    assert "secretariat assistance drafting-help" in match
    assert "XAA practices joint-inspection" in match
    assert "XAA state: g04-licences implemented" in match
    assert "Help asked for, by guideline" in text(report, "registers/assistance.html")


def test_13_the_day_is_kept_by_states_and_the_secretariat_is_missed_where_nobody_did_and_is_in_the_calendar(
    root: Path, report: Path
) -> None:
    assert [(one["holder"], one["on"]) for one in rows(report, "observances")] == [
        ("XAA", "2018-06-01"),
        ("secretariat", "2018-06-01"),
    ]
    assert "2015-06-01, 2016-06-01, 2017-06-01" in text(report, "mandates.html")
    calendar = said(root, "registers", "calendar")
    assert re.search(r"DTSTART;VALUE=DATE:20150601\s(?:[^\n]*\n)*?RRULE:FREQ=YEARLY", calendar), "on that day of each year"
