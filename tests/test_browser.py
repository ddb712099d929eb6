"""The report in a real browser: no errors, no requests, nothing that axe-core objects to, in light, in dark and on a phone.

Headless Chromium (Debian's package; `.ci/system-packages` installs it) opens copies of the pages with a probe added at their end.
The probe puts what it saw into the document, which the browser prints.
"""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from editions import example, pages, record

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: .ci/system-packages installs it where apt is")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
LOOKS = {
    "light": (),
    "dark": ("--force-dark-mode", "--blink-settings=preferredColorScheme=0"),
    "phone": (),
}
PHONE = 400
"""Pixels. Chromium's own window is never narrower than 500, so the page is put into a frame of this width."""
PAGES = ("index.html", "states/XAA.html", "guidelines/g08.html", "mandates.html", "sources/xaa-act-12-2013.html")
_ANSWER = re.compile(r'<pre id="probe">(.*?)</pre>', re.S)

LISTEN = "<script>window.faults = []; addEventListener('error', e => faults.push(String(e.message))); \
addEventListener('securitypolicyviolation', e => faults.push('refused: ' + e.blockedURI)); \
console.error = (...words) => faults.push(words.join(' '));</script>"
WRITE = "function write(seen) { var box = document.createElement('pre'); box.id = 'probe'; box.textContent = seen; \
document.body.append(box); }"
REPORT = f"<script>{WRITE} function tell(seen) {{ var said = JSON.stringify(seen); \
if (parent === window) write(said); else parent.postMessage(said, '*'); }}</script>"


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core, by Deque Systems, under the Mozilla Public License 2.0; from a package that carries it."""
    import axe_core_python

    return (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def arcadia() -> dict[str, str]:
    return pages(example(), "en")


def see(folder: Path, page: str, probe: str, *flags: str, library: str = "", width: int | None = None) -> Any:
    """What a probe saw in a page; in a frame of `width` pixels where one is given."""
    head, _, rest = page.partition("<head>")
    told = f"{head}<head>{LISTEN}{rest}".replace("</body>", f"<script>{library}</script>{REPORT}<script>{probe}</script></body>")
    if width is not None:
        frame = f'<iframe width="{width}" height="900" style="border: 0" srcdoc="{html.escape(told)}"></iframe>'
        listen = f"<script>{WRITE} addEventListener('message', e => write(e.data));</script>"
        told = f"<!doctype html><html lang='en'><title>Frame</title><body>{listen}{frame}</body></html>"
    place = folder / "page.html"
    place.write_text(told, encoding="utf-8")
    command = [
        str(CHROMIUM),
        *FLAGS,
        *flags,
        f"--user-data-dir={folder / 'profile'}",
        "--virtual-time-budget=20000",
        "--dump-dom",
        place.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
    answer = _ANSWER.search(done.stdout)
    assert answer, done.stderr[-500:]
    return json.loads(html.unescape(answer[1]))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_and_nothing_is_asked_of_anyone(
    page: str, look: str, arcadia: dict[str, str], axe: str, tmp_path: Path
) -> None:
    probe = """
      axe.run(document, {resultTypes: ['violations']}).then(found => tell({
        violations: found.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120)).join(' | ')),
        faults: faults, asked: performance.getEntriesByType('resource').map(e => e.name),
        dark: matchMedia('(prefers-color-scheme: dark)').matches, wide: document.documentElement.scrollWidth - innerWidth,
        width: innerWidth,
      }))"""
    seen = see(tmp_path, arcadia[page], probe, *LOOKS[look], library=axe, width=PHONE if look == "phone" else None)
    assert (seen["width"] == PHONE) is (look == "phone")
    assert seen["violations"] == []
    assert seen["faults"] == []
    assert seen["asked"] == []
    assert seen["dark"] is (look == "dark")
    assert seen["wide"] <= 0, "the page is wider than its window"


def test_the_filter_finds_a_state_without_its_accents(tmp_path: Path) -> None:
    seen = see(
        tmp_path,
        pages(record(), "es")["index.html"],
        """
        var box = document.getElementById('find'); box.value = 'haiti'; box.dispatchEvent(new Event('input'));
        var table = document.querySelector('table.filtered');
        tell({hidden: document.querySelector('.filter').hidden, faults: faults,
              left: Array.from(table.tBodies[0].rows).filter(r => !r.hidden).map(r => r.cells[0].textContent.trim())});
        """,
    )
    assert seen == {"hidden": False, "faults": [], "left": ["Haití"]}


def test_the_matrix_is_a_real_table_and_can_be_walked_by_keyboard(arcadia: dict[str, str], tmp_path: Path) -> None:
    seen = see(
        tmp_path,
        arcadia["index.html"],
        """
        var matrix = document.querySelector('table.matrix'), links = Array.from(matrix.querySelectorAll('tbody a'));
        links[0].focus();
        tell({links: links.length, focused: document.activeElement === links[0],
              headers: matrix.querySelectorAll('thead th[scope=col]').length,
              rows: matrix.querySelectorAll('tbody th[scope=row]').length, caption: !!matrix.caption,
              named: links.every(l => (l.getAttribute('aria-label') || l.textContent).trim().length > 3),
              reached: links.every(l => l.tabIndex === 0), region: !!matrix.closest('[role=region][tabindex="0"][aria-label]')});
        """,
    )
    assert seen["links"] > 0
    assert seen["headers"] > 1
    assert seen["rows"] == 3
    assert seen["focused"] is seen["named"] is seen["caption"] is seen["reached"] is seen["region"] is True


def test_without_javascript_the_page_says_the_same(arcadia: dict[str, str]) -> None:
    page = arcadia["index.html"]
    assert page.count("<script") == page.count("</script>")
    bare = re.sub(r"<script.*?</script>", "", page, flags=re.S)
    for words in ("Arcadia", "Borduria", 'id="guidelines"', "<table"):
        assert words in bare
