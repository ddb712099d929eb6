"""A page carries the rules that it can use and no others, and nothing seen is lost: test_browser looks for that."""

from pathlib import Path

import pytest
from editions import Page, example, pages

from workplan_cli import resources
from workplan_cli.reports.light import light
from workplan_cli.reports.stylesheet import fitted, shortened

CSS = shortened((resources.templates() / "report.css").read_text(encoding="utf-8"))


def left(css: str, body: str, *, is_ours: bool = True) -> str:
    """What is left of a style sheet in a page with such a body."""
    page = f"<html><head><style>{css}</style></head><body>{body}</body></html>"
    made = fitted(page, css, is_ours)
    before, rest = made.split("<style>")
    kept, after = rest.split("</style>")
    assert f"{before}<style></style>{after}" == page.replace(css, "")
    return kept


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("a{x:1}b{x:2}", "a{x:1}"),
        ("a,b{x:1}", "a{x:1}"),
        (".here{x:1}.there{x:2}", ".here{x:1}"),
        ("a.here b.there{x:1}", ""),
        ("b>a,a + .here,a.there{x:1}", "a + .here{x:1}"),
        ("a:focus-visible{x:1}b:focus{x:2}.here::before{x:3}", "a:focus-visible{x:1}.here::before{x:3}"),
        ("[hidden]{x:1}*{x:2}:root{x:3}#there{x:4}", "[hidden]{x:1}*{x:2}:root{x:3}#there{x:4}"),
        ("a:not(.there){x:1}a:has(>b,.there){x:2}b:is(a,.here){x:3}", "a:not(.there){x:1}a:has(>b,.there){x:2}"),
        ("tbody td{x:1}html{x:2}", "html{x:2}"),
        ("@media print{a{x:1}b{x:2}}@media screen{b{x:1}}", "@media print{a{x:1}}"),
        ("@media print{@supports (x:1){b{x:1}}}", ""),
        ("@supports (x:{}){a{x:1}}", "@supports (x:{}){a{x:1}}"),
        ("@page{x:1;@top-left{y:2}}@font-face{x:1}@import 'b';b{x:1}", "@page{x:1;@top-left{y:2}}@font-face{x:1}@import 'b';"),
        ("a{content:'}b{'}b{content:\"{\"}", "a{content:'}b{'}"),
        ("a{x:1;&:hover{y:2} b{z:3}}", "a{x:1;&:hover{y:2} b{z:3}}"),
        (".th\\65re{x:1}", ".th\\65re{x:1}"),
        ("b{x:1", "b{x:1"),
        ("a){x:1}b{x:2}", "a){x:1}"),
    ],
)
def test_a_rule_goes_only_where_nothing_in_the_page_could_take_it(css: str, kept: str) -> None:
    assert left(css, '<a class="here and now">b tbody td there</a>') == kept


def test_names_of_colours_go_with_the_last_rule_that_uses_them() -> None:
    css = ":root{--one:#111;--two:#222;--three:var(--two)}a{color:var(--three)}b{color:var(--one)}"
    assert left(css, "<a>") == ":root{--two:#222;--three:var(--two)}a{color:var(--three)}"
    assert left(css, '<a style="color: var(--one)">') == css.removesuffix("b{color:var(--one)}")


def test_what_a_script_may_add_stays() -> None:
    assert left(".there{x:1}table{x:2}.other{x:3}", "<script>one.className = 'there'; make('table')</script>") == (
        ".there{x:1}table{x:2}"
    )


@pytest.mark.parametrize("body", ["<a CLASS='there'>", "<a class=there>", "<A class = 'x there'>", '<a\nclass="there"\n>'])
def test_a_repository_s_own_template_may_write_a_class_as_html_allows(body: str) -> None:
    assert left("a{x:1}.there{x:1}", body, is_ours=False) == "a{x:1}.there{x:1}"


def test_a_page_without_the_style_sheet_is_left_alone() -> None:
    assert fitted("<style>a{}</style>", "b{}") == "<style>a{}</style>"
    assert fitted("<style></style>", "") == "<style></style>"


@pytest.mark.parametrize("is_ours", [True, False])
def test_end_tags_that_the_next_tag_implies_go_and_scripts_stay(is_ours: bool) -> None:
    page = "<table><tr><th>1</th><td>2</td></tr></table><SCRIPT>x = '</td>'</SCRIPT><ul><li>3</li></ul><script>'</li>'</script>"
    assert light(page, "", is_ours) == (
        "<table><tr><th>1<td>2</table><SCRIPT>x = '</td>'</SCRIPT><ul><li>3</ul><script>'</li>'</script>"
    )


def test_every_page_of_the_example_is_lighter_than_the_whole_style_sheet_would_make_it() -> None:
    made = {path: text for path, text in pages(example()).items() if path.endswith(".html") and "/services" not in path}
    assert len(made) > 20
    for path, text in made.items():
        assert CSS not in text, path
        assert "</td>" not in text
        assert Page(text).words


def test_a_repository_s_own_style_sheet_is_fitted_like_ours(tmp_path: Path) -> None:
    (tmp_path / "report.css").write_text("main { color: red } .nowhere { color: blue }", encoding="utf-8")
    made = pages(example(), templates=tmp_path)
    assert "<style>main{color:red}</style>" in made["index.html"]
