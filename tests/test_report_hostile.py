"""What others wrote is shown and does nothing: not in a page, not in Markdown, not in a spreadsheet, not on a screen."""

import csv
import io
import os
import re
from functools import cache
from html.parser import HTMLParser

import pytest
from editions import Page, example, pages
from hostile import ATTACKS, hostile
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from workplan_cli.model.narrative import Passage
from workplan_cli.reports.narrative import narrative
from workplan_cli.reports.tame import for_csv, for_markdown, tame, web_address

ACTS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")
TEXTS = st.text() | st.lists(st.sampled_from(ATTACKS), min_size=1).map("".join)


@cache
def attacked() -> dict[str, str]:
    """The report of the record that attacks."""
    return pages(hostile())


@cache
def benign() -> dict[str, str]:
    """The report of the example as it is."""
    return pages(example())


class Skeleton(HTMLParser):
    """The tags of a page with the names of their attributes, and the values of those that a browser acts on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[tuple[str, tuple[str, ...]]] = set()
        self.styles: set[str] = set()
        self.scripts: list[str] = []
        self.in_script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add((tag, tuple(sorted(name for name, _ in attributes))))
        self.styles |= {re.sub(r"\d+", "N", str(value)) for name, value in attributes if name == "style"}
        self.in_script = tag == "script"

    def handle_data(self, data: str) -> None:
        if self.in_script:
            self.scripts.append(data)
            self.in_script = False


def of(made: dict[str, str], ending: str) -> dict[str, str]:
    found = {path: text for path, text in made.items() if path.endswith(ending)}
    assert len(found) > 5
    return found


def test_the_attacks_are_in_the_report() -> None:
    whole = "".join(attacked().values())
    for shown in (
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "'=HYPERLINK",
        r"\u202eevil",
        r"\x1b[31mred",
        "{{ 7 * 7 }}",
        "' onmouseover",
    ):
        assert shown in whole or shown.replace("'", "&#39;") in whole, shown


def test_no_character_that_acts_is_in_any_file() -> None:
    for path, text in attacked().items():
        found = ACTS.search(text)
        assert not found, f"{path}: {text[found.start() - 60 : found.end() + 20]!r}" if found else ""


# Pages.


def test_an_attack_adds_no_tag_no_attribute_no_style_and_no_script_to_any_page() -> None:
    ours = [Skeleton(text) for text in of(benign(), ".html").values()]
    tags = {tag for one in ours for tag in one.tags} | {
        ("blockquote", ()),
        ("ol", ()),
        ("p", ("class",)),
        ("div", ("class", "lang")),
    }
    scripts = {one for page in ours for one in page.scripts if not one.startswith("{")}
    for path, text in of(attacked(), ".html").items():
        page = Skeleton(text)
        assert page.tags <= tags, f"{path}: {page.tags - tags}"
        assert page.styles <= {style for one in ours for style in one.styles}, path
        assert {one for one in page.scripts if not one.startswith("{")} <= scripts, path


def test_no_link_of_a_page_leads_to_anything_that_acts() -> None:
    for path, text in of(attacked(), ".html").items():
        page = Page(text)
        assert page.requests == [], path
        for link in page.links:
            target = link.partition("#")[0]
            known = (
                not target
                or re.fullmatch(r"tel:[+0-9]+", target)
                or os.path.normpath(os.path.join(os.path.dirname(path), target)) in attacked()
            )
            assert known, f"{path} leads to {link}"


def test_an_address_on_the_web_may_be_followed_and_no_other() -> None:
    assert web_address("https://www.example.org/a?b=c#d") == "https://www.example.org/a?b=c#d"
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://a b",
        'https://a"b',
        "ftp://a",
        "HTTPS://a\n",
        "",
    ):
        assert web_address(url) is None, url


def test_the_data_for_search_engines_ends_where_it_ends() -> None:
    index = attacked()["index.html"]
    assert index.count("</script>") == benign()["index.html"].count("</script>")


# Markdown.


def tokens(text: str) -> list[Token]:
    """A document as a forge reads it: with HTML."""
    flat: list[Token] = []
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text):
        flat += [token, *(token.children or ())]
    return flat


def test_an_attack_adds_no_html_no_picture_and_no_code_to_a_document() -> None:
    allowed = {token.type for text in of(benign(), ".md").values() for token in tokens(text)}
    for path, text in of(attacked(), ".md").items():
        found = {token.type for token in tokens(text)}
        assert found <= allowed, f"{path}: {found - allowed}"
        assert not found & {"html_inline", "html_block", "image", "fence", "code_block", "s_open"}, path


def test_an_attack_adds_no_heading_and_no_list_to_a_document() -> None:
    for path, text in of(attacked(), ".md").items():
        for kind in ("heading_open", "ordered_list_open", "table_open"):
            ours = sum(token.type == kind for token in tokens(benign()[path]))
            assert sum(token.type == kind for token in tokens(text)) == ours, f"{path}: {kind}"


def test_every_link_of_a_document_is_ours() -> None:
    for path, text in of(attacked(), ".md").items():
        for token in tokens(text):
            if token.type == "link_open":
                target = str(token.attrs["href"]).partition("#")[0] or os.path.basename(path)
                assert os.path.normpath(os.path.join(os.path.dirname(path), target)) in attacked(), f"{path}: {token.attrs}"


@given(TEXTS)
def test_any_text_is_one_paragraph_of_plain_words_in_markdown(text: str) -> None:
    shown = tokens(f"- {for_markdown(text)}\n\n| a |\n|---|\n| {for_markdown(text)} |\n")
    plain = {"inline", "text", "text_special", "paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close"}
    plain |= {"list_item_open", "list_item_close", "softbreak", "entity"}
    assert {token.type for token in shown if not re.match("table|thead|tbody|t[rhd]_", token.type)} <= plain
    assert sum(token.type == "td_open" for token in shown) == 1
    assert sum(token.type == "list_item_open" for token in shown) == 1


# Tables.


def test_no_cell_of_a_table_is_a_formula() -> None:
    looked = 0
    for path, text in of(attacked(), ".csv").items():
        for row in csv.reader(io.StringIO(text)):
            for cell in row:
                assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")), f"{path}: {cell}"
                looked += cell.startswith("'")
    assert looked


@given(TEXTS)
def test_any_text_is_a_text_to_a_spreadsheet_and_is_not_lost(text: str) -> None:
    cell = for_csv(text)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell in (tame(text), f"'{tame(text)}")


@given(TEXTS)
def test_taming_twice_is_taming_once_and_leaves_what_merely_shows(text: str) -> None:
    assert tame(tame(text)) == tame(text)
    assert not ACTS.search(tame(text))
    if text.isprintable():
        assert tame(text) == text


# Narratives: words of a hand that may use Markdown, and nothing that acts.

PASSAGE = Passage("narrative/2015-2018/opening.md", "2015-2018", "opening")


def told(text: str) -> tuple[str, str]:
    """A passage as HTML, and as Markdown."""
    found = narrative([PASSAGE], "2015-2018", "en", "en", lambda path: text)
    return str(found.html("opening")), str(found.markdown("opening"))


NARRATIVES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>\n\ntext",
    "[x](javascript:alert(1))",
    "[x]( <javascript:alert(1)>)",
    "[x](JaVaScRiPt&#58;alert(1))",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "![x](https://evil.example/x.png)",
    "![x][y]\n\n[y]: https://evil.example/x.png",
    "<javascript:alert(1)>",
    "`<b>` and \\`<script>alert(1)</script>\\`",
    "a `b\n<script>alert(1)</script>` c",
    "\u202etxet \x1b[31m",
    "<!-- x --> <?php ?> <![CDATA[x]]>",
)


@pytest.mark.parametrize("text", NARRATIVES)
def test_a_narrative_brings_no_html_no_picture_and_no_link_that_acts(text: str) -> None:
    html, markdown = told(text)
    assert not re.search(r"<(?!/?(?:div|p|a|code|strong|em)\b)", html), html
    assert not re.search(r"href=\"(?!https?:|#)", html), html
    for made in (html, markdown):
        assert not ACTS.search(made)
    for token in tokens(markdown):
        assert token.type not in ("html_inline", "html_block", "image"), markdown
        if token.type == "link_open":
            assert re.match(r"https?:", str(token.attrs["href"])), markdown


@given(
    st.lists(
        st.sampled_from([*NARRATIVES, *ATTACKS, "\n", "\n\n", "> ", "    ", "```\n", "- ", "# "]), min_size=1, max_size=8
    ).map("".join)
)
def test_no_mixture_of_attacks_makes_a_narrative_act(text: str) -> None:
    html, markdown = told(text)
    assert "<script" not in html
    assert "<img" not in html
    for token in tokens(markdown):
        assert token.type not in ("html_inline", "html_block", "image"), markdown
        if token.type == "link_open":
            assert not re.match(r"(?i)\s*(?:javascript|data|vbscript|file):", str(token.attrs["href"])), markdown
