"""The report in a real browser: no errors, no requests, nothing that axe-core objects to, in light, in dark and on a phone.

And by keyboard: every stop shows that it has the focus, stops come in the order of the page, and what is long can be skipped.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from devtools import CHROMIUM, Browser, browser
from editions import example, pages, record

from workplan_cli import resources

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: .ci/system-packages installs it where apt is")
PHONE = 400
"""Pixels: how wide a narrow phone is."""
EXAMPLE = (
    "index.html", "states/XAA.html", "guidelines/g08.html", "mandates.html", "sources/xaa-act-12-2013.html", "registers.html",
    "registers/measures.html", "services.html",
)  # fmt: skip
SHIPPED = (
    "index.html", "states/PER.html", "guidelines/g22.html", "mandates.html", "sources/ilab-2018-PER.html", "registers.html",
    "registers/measures.html", "services.html",
)  # fmt: skip
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that can differ between light and dark."""


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core, by Deque Systems, under the Mozilla Public License 2.0; from a package that carries it."""
    import axe_core_python

    return (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as one:
        yield one


def written(files: dict[str, str], folder: Path) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def arcadia(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(pages(example(), "en"), tmp_path_factory.mktemp("arcadia"))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(pages(record(), "en"), tmp_path_factory.mktemp("shipped"))


def objections(tab: Browser, axe: str, rules: list[str] | None = None) -> Any:
    """What axe-core objects to in the open page, with everything that folds unfolded."""
    tab.ask("document.querySelectorAll('details').forEach(one => one.open = true)")
    tab.ask(f"{axe}; true")
    options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    return tab.ask(
        f"axe.run(document, {json.dumps(options)}).then(found => found.violations.map(one => one.id + ': ' + "
        "one.nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(' | ')))"
    )


def overflow(tab: Browser) -> Any:
    """By how many pixels the page is wider than its window. A phone would show it whole, and small."""
    return tab.ask("Math.max(document.documentElement.scrollWidth, innerWidth) - document.documentElement.clientWidth")


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
@pytest.mark.parametrize("page", EXAMPLE)
def test_axe_finds_nothing_and_nothing_is_asked_of_anyone(page: str, look: str, arcadia: Path, axe: str, tab: Browser) -> None:
    tab.look(dark=look == "dark", width=PHONE if look == "phone" else 1200)
    tab.open(arcadia / page)
    assert tab.ask("matchMedia('(prefers-color-scheme: dark)').matches") is (look == "dark")
    assert tab.ask("document.documentElement.clientWidth") == (PHONE if look == "phone" else 1200)
    assert objections(tab, axe) == []
    assert overflow(tab) == 0
    assert tab.asked == [(arcadia / page).as_uri()]
    assert tab.faults == []


@pytest.mark.parametrize("page", SHIPPED)
def test_the_shipped_record_s_pages_are_as_sound(page: str, shipped: Path, axe: str, tab: Browser) -> None:
    tab.look()
    tab.open(shipped / page)
    assert objections(tab, axe) == []
    tab.look(dark=True)
    assert objections(tab, axe, COLOURS) == []
    tab.look(width=PHONE)
    assert overflow(tab) == 0
    assert tab.asked == [(shipped / page).as_uri()]
    assert tab.faults == []


LEFT_OUT = """
  (css => {
    const whole = new CSSStyleSheet(), bare = /::?[\\w-]+(\\([^()]*\\))?/g;
    whole.replaceSync(css);
    const rules = list => [...list].flatMap(rule =>
      rule.cssRules?.length ? rules(rule.cssRules) : rule.selectorText ? [rule] : []);
    const has = new Set(rules(document.styleSheets[0].cssRules).flatMap(rule => rule.selectorText.split(', ')));
    return rules(whole.cssRules).flatMap(rule => rule.selectorText.split(', ')).filter(
      one => !has.has(one) && document.querySelector(one.replace(bare, '') || '*'));
  })
"""
"""The selectors of a style sheet that the page's own does not have, and that some element of the page would match."""


@pytest.mark.parametrize("page", [*(f"arcadia {page}" for page in EXAMPLE), *(f"shipped {page}" for page in SHIPPED)])
def test_no_rule_is_left_out_of_a_page_that_something_there_would_take(
    page: str, arcadia: Path, shipped: Path, tab: Browser
) -> None:
    place, path = page.split()
    name = {"sources": "source.css", "services.html": "services.css"}.get(path.partition("/")[0], "report.css")
    css = (resources.templates() / name).read_text(encoding="utf-8")
    tab.open({"arcadia": arcadia, "shipped": shipped}[place] / path)
    assert tab.ask(f"{LEFT_OUT}({json.dumps(css)})") == []
    assert tab.ask(f"{LEFT_OUT}({json.dumps('main.nowhere {} .nowhere::after {} @media print { nowhere {} }')})") == []
    assert tab.ask(f"{LEFT_OUT}({json.dumps('body > main {}')})") == ["body > main"]


A4 = 680
"""Pixels: how wide the words of an A4 page are, between its margins."""


@pytest.mark.parametrize("page", ["index.html", "states/PER.html", "guidelines/g17.html", "registers/measures.html"])
def test_a_printed_page_loses_no_column_and_no_mark(page: str, shipped: Path, tab: Browser) -> None:
    tab.look(width=A4)
    tab.open(shipped / page)
    tab.ask("document.querySelectorAll('details').forEach(one => one.open = true)")
    tab.tell("Emulation.setEmulatedMedia", media="print")
    edge = "Math.max(...[...document.querySelectorAll('td, th')].map(one => one.getBoundingClientRect().right))"
    assert tab.ask(edge) <= A4
    marks = "[...document.querySelectorAll('.mark, .matrix td, .stack span')].map(one => getComputedStyle(one).printColorAdjust)"
    assert set(tab.ask(marks)) <= {"exact"}
    tab.tell("Emulation.setEmulatedMedia", media="screen")
    assert page == "registers/measures.html" or "economy" in tab.ask(marks)


@pytest.mark.parametrize("page", ["registers/measures.html", "registers/authorities.html", "registers/practices.html"])
def test_a_register_stands_on_a_phone_without_scrolling_and_names_what_it_says(page: str, arcadia: Path, tab: Browser) -> None:
    tab.look(width=PHONE)
    tab.open(arcadia / page)
    hidden = "[...document.querySelectorAll('.scroll:has(> .stacked)')].map(one => one.scrollWidth - one.clientWidth)"
    assert tab.ask(hidden) == [0]
    names = "[...document.querySelectorAll('.stacked tbody tr:first-child td[data-name]')].map(one => one.dataset.name)"
    heads = "[...document.querySelectorAll('.stacked thead th')].slice(2).map(one => one.textContent.trim())"
    assert tab.ask(names) == tab.ask(heads)
    assert tab.ask("getComputedStyle(document.querySelector('.stacked td[data-name]'), '::before').content") != "none"


STOPS = """
  window.stops = [...document.querySelectorAll('a[href], input, summary, [tabindex="0"]')].filter(one => one.checkVisibility());
  window.here = () => {
    var one = document.activeElement, look = getComputedStyle(one), box = one.getBoundingClientRect();
    return {place: stops.indexOf(one), ring: look.outlineStyle === 'none' ? 0 : parseFloat(look.outlineWidth),
            seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0};
  };
  stops.length"""


@pytest.mark.parametrize(
    "page", ["arcadia index.html", "arcadia registers/measures.html", "arcadia services.html", "shipped states/PER.html"]
)
def test_tab_stops_at_everything_in_the_order_of_the_page_and_shows_where_it_is(
    page: str, arcadia: Path, shipped: Path, tab: Browser
) -> None:
    which, path = page.split()
    tab.look()
    tab.open({"arcadia": arcadia, "shipped": shipped}[which] / path)
    many = tab.ask(STOPS)
    assert many > 0
    for place in range(many):
        tab.press("Tab")
        here = tab.ask("here()")
        what = tab.ask("document.activeElement.outerHTML.slice(0, 200)")
        assert here["place"] == place, what
        assert here["ring"] >= 2, what
        assert here["seen"], what


def test_the_skip_link_is_the_first_stop_and_leads_past_the_bar(shipped: Path, tab: Browser) -> None:
    tab.look()
    tab.open(shipped / "index.html")
    tab.press("Tab")
    assert tab.ask("document.activeElement.matches('.skip[href=\"#main\"]')")
    assert tab.ask("document.activeElement.getBoundingClientRect().left") > 0
    tab.press("Enter")
    tab.until("location.hash === '#main'")
    tab.press("Tab")
    assert tab.ask("document.querySelector('main').contains(document.activeElement)")


def test_a_matrix_of_two_thousand_stops_is_skipped_with_one_key(shipped: Path, tab: Browser) -> None:
    tab.look()
    tab.open(shipped / "index.html")
    assert tab.ask("document.querySelectorAll('.matrix td a').length") > 1000
    tab.ask("document.querySelector('.skip.past').focus()")
    assert tab.ask("document.activeElement.getBoundingClientRect().left") > 0
    tab.press("Enter")
    tab.until("location.hash === '#past-1'")
    tab.press("Tab")
    after = "document.activeElement.compareDocumentPosition([...document.querySelectorAll('.matrix a[href*=\"#g\"]')].at(-1))"
    assert tab.ask(f"{after} & Node.DOCUMENT_POSITION_PRECEDING")


def test_on_a_phone_the_matrix_scrolls_by_arrow_keys_and_no_cell_with_the_focus_hides_behind_the_names(
    shipped: Path, tab: Browser
) -> None:
    tab.look(width=PHONE)
    tab.open(shipped / "index.html")
    tab.ask("window.box = document.querySelector('.scroll:has(> .matrix)'); box.focus()")
    assert tab.ask("document.activeElement === box && box.scrollWidth > box.clientWidth && box.scrollLeft === 0")
    tab.press("ArrowRight")
    tab.until("box.scrollLeft > 0")
    tab.ask("box.querySelector('tbody tr:nth-child(3) td:last-child a').focus()")
    for _ in range(tab.ask("box.querySelectorAll('tbody tr:nth-child(3) a').length") - 1):
        tab.press("Tab", shift=True)
        assert tab.ask(
            "(() => { var one = document.activeElement, at = one.getBoundingClientRect();"
            " return one.contains(document.elementFromPoint(at.left + 2, at.top + at.height / 2)); })()"
        )


def test_an_analyst_finds_what_peru_answered_on_hotlines_in_three_clicks(shipped: Path, tab: Browser) -> None:
    """Guidelines, then 22, then Peru."""
    tab.look()
    tab.open(shipped / "index.html")
    for link in (
        "[...document.querySelectorAll('.bar a')].find(one => one.textContent.trim() === 'Guidelines')",
        "document.querySelector('#guideline-g22 a')",
        "[...document.querySelectorAll('main a')].find(one => one.textContent.trim() === 'Peru')",
    ):
        tab.ask(f"{link}.focus()")
        before = tab.ask("location.href")
        tab.press("Enter")
        tab.until(f"location.href !== {json.dumps(before)} && document.readyState === 'complete'")
    assert tab.ask("location.pathname").endswith("states/PER.html")
    answers = "[...document.querySelectorAll('#g22 .answer[id^=\"g22-hotline.\"]')]"
    tab.until(f"{answers}.some(one => {{ var top = one.getBoundingClientRect().top; return top >= 0 && top < innerHeight; }})")


def test_the_filter_finds_a_state_without_its_accents(tmp_path: Path, tab: Browser) -> None:
    tab.look()
    tab.open(written({"index.html": pages(record(), "es")["index.html"]}, tmp_path) / "index.html")
    assert tab.ask("document.querySelector('.filter').hidden") is False
    tab.ask("document.getElementById('find').focus()")
    tab.tell("Input.insertText", text="haiti")
    rows = "[...document.querySelector('table.filtered').tBodies[0].rows]"
    assert tab.ask(f"{rows}.filter(one => !one.hidden).map(one => one.cells[0].textContent.trim())") == ["Haití"]
    assert tab.faults == []


def test_the_matrix_is_a_real_table_whose_links_have_names(arcadia: Path, tab: Browser) -> None:
    tab.look()
    tab.open(arcadia / "index.html")
    seen = tab.ask(
        """(() => { var matrix = document.querySelector('table.matrix'), links = [...matrix.querySelectorAll('tbody a')];
        return {links: links.length, caption: !!matrix.caption,
              headers: matrix.querySelectorAll('thead th[scope=col]').length,
              rows: matrix.querySelectorAll('tbody th[scope=row]').length,
              named: links.every(l => (l.getAttribute('aria-label') || l.textContent).trim().length > 3),
              region: !!matrix.closest('[role=region][tabindex="0"][aria-label]')}; })()"""
    )
    assert seen["links"] > 0
    assert seen["headers"] > 1
    assert seen["rows"] == 3
    assert seen["named"] is seen["caption"] is seen["region"] is True


def test_without_javascript_the_page_says_the_same(arcadia: Path) -> None:
    page = (arcadia / "index.html").read_text(encoding="utf-8")
    assert page.count("<script") == page.count("</script>")
    bare = re.sub(r"<script.*?</script>", "", page, flags=re.S)
    for words in ("Arcadia", "Borduria", 'id="guidelines"', "<table"):
        assert words in bare
