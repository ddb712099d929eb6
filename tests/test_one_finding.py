"""One defect gives one finding: not none, and not a cascade of what follows from it."""

import pytest
from casebook import base, found

from workplan_cli.storage.tree import Refusal

SUBMISSION = "data/states/XAA/2015-2016/submission.yaml"
LAW = "data/sources/xaa-law.yaml"
COPY = "data/sources/archive/xaa-law.txt"


def codes(path: str, content: bytes | Refusal | str) -> list[str]:
    written = content.encode() if isinstance(content, str) else content
    return [f"{one.code.id} {one.span.line if one.span else '-'}" for one in found({**base(), path: written})]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # A key with a slip is not also missing.
        ("answers:\n  g01-law: {revision: 2, statsu: final, result: planned}\n", "WP201 2"),
        # What stands below a key that is no text is not looked at before the key is.
        ("answers:\n  2016: {result: done}\n", "WP206 2"),
        # A thousands comma ends the value in [] and {}.
        ("answers:\n  g01-victims: {revision: 2, status: final, values: [{year: 2016, value: 12,500}]}\n", "WP206 2"),
        # A number in disguise explains that a text is none.
        ("answers:\n  g01-story: {revision: 2, status: final, text: {en: 0x1F}}\n", "WP116 2"),
        # An anchor, and each place that repeats it.
        (
            "answers:\n  g01-law: &a {revision: 2, status: final, result: planned}\n  g01-line: *a\n  g01-free:\n    <<: *a\n",
            "WP111 2",
        ),
        # Both sides of an unfinished merge, twice in the file.
        ("answers:\n<<<<<<< a\n  x: 1\n=======\n  x: 2\n>>>>>>> b\n", "WP107 2"),
        # A cut-off text also loses the brackets that close it.
        ("answers:\n  g01-story: {revision: 2, status: final, text: {en: Law #5}}\n", "WP114 2"),
        # No-break spaces in the indentation make one long key.
        ("answers:\n\u00a0\u00a0g01-law: {revision: 2, status: final, result: planned}\n", "WP115 2"),
        # A quote that is never closed is reported where it opens.
        ('answers:\n  g01-law:\n    note:\n      en: "Law\n    status: final\n', "WP108 4"),
        # No space after the colons.
        ("answers:\n  g01-law:\n    revision:2\n    status:final\n", "WP203 3"),
        # A broken answer is not also an answer that says nothing.
        ("answers:\n  g01-law: {revision: 2, status: final, result: done}\n", "WP204 2"),
        # Another name for a key that the file format has.
        ("answers:\n  g01-law: {revision: 2, status: final, result: planned, valid: {from: 2016, until: 2018}}\n", "WP201 2"),
        # A slip in a citation is not also evidence that nobody cites.
        (
            "answers:\n  g01-law: {revision: 2, status: final, result: planned, evidence: [law-13]}\n"
            "evidence:\n  law-12: {source: xaa-law}\n",
            "WP502 2",
        ),
        # A quotation of a restricted source is not also looked for, nor its address opened.
        (
            "answers:\n  g01-law: {revision: 2, status: final, result: planned, evidence: [e1]}\n"
            "evidence:\n  e1: {source: xaa-closed, quotation: Said in confidence., url: 'file:///minutes'}\n",
            "WP510 4",
        ),
        ("null\n", "WP117 1"),
        ("---\n", "WP117 1"),
        ("- g01-law\n", "WP203 1"),
    ],
)
def test_one_defect_in_a_submission_is_one_finding(text: str, said: str) -> None:
    assert codes(SUBMISSION, text) == [said]


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("data/guidelines.yaml", Refusal("unreadable", "permission denied"), "WP102 -"),
        ("data/guidelines.yaml", "id: [\n", "WP108 2"),
        (COPY, Refusal("link", "it is a link that leads out of the repository"), "WP103 -"),
        (COPY, "LAW No. 12 OF 2013\n", "WP507 7"),
        (COPY, b"\xff\xfeL\x00A\x00W\x00", "WP507 7"),
        (LAW, "title: Law\narchived: xaa-lwa.txt\n", "WP507 2"),
        (LAW, "title: Law\narchived: data/sources/archive/xaa-law.txt\n", "WP507 2"),
        (LAW, "title: Law\narchived: xaa-law.txt\n", "WP507 2"),
        (LAW, "title: [Law]\narchived: xaa-law.txt\n", "WP203 1"),
        (LAW, "title: Law\naccess: restricted\narchived: xaa-law.txt\n", "WP510 3"),
        ("data/states/xaa/state.yaml", "names: {en: Arcadia, es: Arcadia}\n", "WP101 -"),
        ("data/rounds/2015-2016.yaml", "state: closed\nlog: [{on: 2017-02-28, act: close}]\nfiles: [states]\n", "WP203 3"),
    ],
)
def test_one_defect_in_another_file_is_one_finding(path: str, content: bytes | Refusal | str, said: str) -> None:
    assert codes(path, content) == [said]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("data/README.md", "For people."),
        ("data/sources/LICENSE", "CC BY 4.0"),
        (LAW, "title: Law\narchived: xaa-law.txt\nsha256: 6D424DFAA62C9DDA2EC530F1417ACBC9D683FF221BAE1626D774420E5FEE5EB8\n"),
        (SUBMISSION, "---\nanswers: {}\n...\n"),
        (SUBMISSION, "answers:\r\n  g01-law: {revision: 2, status: final, result: planned}\r\n"),
        (SUBMISSION, "answers:\n  g01-story: {revision: 2, status: final, text: {en: 'N.º\u00a05 # 5 %: & * !'}}\n"),
    ],
)
def test_what_is_no_defect_is_no_finding(path: str, content: str) -> None:
    assert codes(path, content) == []
