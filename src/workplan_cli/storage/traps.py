"""What can be seen only in the raw file: encodings, hidden characters, conflict markers, and the spellings that YAML reads
otherwise than meant.

This module alone knows the traps. `look` is cheap for a file that has none of them: it searches for single bytes first, and
reads positions only when one of those is there. Every trap is a `Code` with a case page; the function that finds it says why
it matters.
"""

import re
from collections.abc import Iterator

from workplan_cli.diagnostics import Code, Diagnostic, Severity, Span
from workplan_cli.storage.sourcemap import Node, SourceMap
from workplan_cli.storage.wording import shown
from workplan_cli.storage.yaml_libyaml import plain

ENCODING = Code("WP105", "wrong-encoding")
HIDDEN = Code("WP106", "hidden-character")
CONFLICT = Code("WP107", "merge-conflict")
TAB = Code("WP109", "tab")
ANCHOR = Code("WP111", "anchor-or-alias")
TAG = Code("WP112", "tag-or-directive")
CUT = Code("WP114", "cut-off-by-hash")
NO_BREAK = Code("WP115", "no-break-space")
BASED = Code("WP116", "hidden-number", Severity.WARNING)

CODES = (ENCODING, HIDDEN, CONFLICT, TAB, ANCHOR, TAG, CUT, NO_BREAK, BASED)

BLOCKING = (TAB, ANCHOR, TAG, NO_BREAK)
"""With one of these in it, nothing of the file is taken: what it says is not what its author sees."""

_CONTROL_BYTES = bytes(number for number in range(0x20) if number not in (0x09, 0x0A, 0x0D)) + b"\x7f"
_BIDI = re.compile("[\u061c\u200e\u200f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\u0080-\u009f\u2028\u2029\ufffe\uffff]")
_BIDI_LEADS = (b"\xe2\x80", b"\xe2\x81", b"\xef\xbb\xbf", b"\xd8\x9c", b"\xef\xbf")
_BIDI_BYTES = re.compile(rb"\xe2(?:\x80[\x8b\x8e\x8f\xa8-\xae]|\x81[\xa0\xa6-\xa9])|\xef(?:\xbb\xbf|\xbf[\xbe\xbf])|\xd8\x9c")
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKER = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.M)
_DIRECTIVE = re.compile(r"^%\S.*$", re.M)
_ANCHOR_HINT = re.compile(rb"(?:^|[\s:,\[{?-])[&*][^\s]")
_TAG_HINT = re.compile(rb"(?:^|[\s:,\[{?-])!")
_HASH_HINT = re.compile(rb"#(?<=[ \t]#)[^\s#]")
_BASED_HINT = re.compile(rb"0(?<=[\s,\[{+-]0)[xXoO][0-9a-fA-F]")
_TAB_HINT = re.compile(rb"(?:^|\n)[ ]*\t")
_BASED_NUMBER = re.compile(r"[-+]?0(?:[xX][0-9a-fA-F]+|[oO][0-7]+)")
_MANY = 5
"""More hidden characters than this were not typed one by one: the file was damaged whole, and that is one finding."""
_FEW = range(1, 5)
"""So few persons are never named, not even to say how a number is read."""


def undecodable(data: bytes, path: str) -> Diagnostic | None:
    """A file that is not UTF-8 without a byte order mark: every later check would speak of characters that are not there."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Diagnostic(
            ENCODING, path, "the file is in UTF-16", "save it as UTF-8 (in Excel and Notepad: 'UTF-8', not 'Unicode')"
        )
    if data.startswith(b"\xef\xbb\xbf"):
        return Diagnostic(
            ENCODING, path, "the file begins with a byte order mark", "save it as UTF-8 without BOM", span=Span(1, 1, 1, 2)
        )
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode(errors="replace")) + 1
        letter = data[error.start : error.start + 1].decode("cp1252", errors="replace")
        return Diagnostic(
            ENCODING,
            path,
            f"byte 0x{data[error.start]:02X} is not UTF-8 (in Windows-1252 it is '{letter}')",
            "save the file as UTF-8",
            span=Span(line, column, line, column + 1),
        )
    if b"\r" in data and (found := re.search(rb"\r(?!\n)", data)):
        line = data.count(b"\n", 0, found.start()) + 1
        column = len(data[data.rfind(b"\n", 0, found.start()) + 1 : found.start()].decode()) + 1
        return Diagnostic(
            ENCODING,
            path,
            "a line ends in a carriage return alone, as on old Macs: YAML begins a new line there, and other programs do not",
            "save the file with line ends LF or CRLF ('Unix' or 'Windows')",
            span=Span(line, column, line, column + 1),
        )
    return None


def hidden(data: bytes, path: str) -> Iterator[Diagnostic]:
    """Control characters and marks that turn the direction of text: what is read is not what is written."""
    if len(data) == len(data.translate(None, _CONTROL_BYTES)) and (data.isascii() or not _may_hide(data)):
        return
    source = SourceMap(data.decode())
    found = sorted((one for pattern in (_CONTROL, _BIDI) for one in pattern.finditer(source.text)), key=lambda one: one.start())
    others = f", the first of {len(found)} such in this file" if len(found) > _MANY else ""
    for match in found[:1] if others else found:
        what = "control" if _CONTROL.match(match.group()) else "invisible"
        yield Diagnostic(
            HIDDEN,
            path,
            f"the {what} character U+{ord(match.group()):04X} stands here{others}",
            "delete it, and type the text anew if it came from another program",
            span=source.span(match.start(), match.end()),
        )


def _may_hide(data: bytes) -> bool:
    """Whether bytes beyond ASCII hold one of the marks; searches for the bytes they begin with first."""
    return (any(lead in data for lead in _BIDI_LEADS) and _BIDI_BYTES.search(data) is not None) or (
        b"\xc2" in data and _C1.search(data) is not None
    )


def conflicts(data: bytes, path: str) -> Iterator[Diagnostic]:
    """Markers of a merge that was not finished: both sides are in the file."""
    if (b"<" not in data or b"<<<<<<<" not in data) and (b">" not in data or b">>>>>>>" not in data):
        return
    source = SourceMap(data.decode())
    begun = False
    for match in _MARKER.finditer(source.text):
        mark = match.group()[0]
        if mark == "<" or (mark == ">" and not begun):
            yield Diagnostic(
                CONFLICT,
                path,
                f"an unfinished merge stands here: '{match.group()[:40]}'",
                "keep the words that are right, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
                span=source.span(match.start(), match.end()),
            )
        begun = mark == "<" or (begun and mark != ">")


def look(data: bytes, path: str) -> Iterator[Diagnostic]:
    """The traps inside a file that decodes: tabs, anchors, tags, directives, text cut off by `#`, no-break spaces, numbers in
    disguise.
    """
    suspects = (
        (b"\t" in data and _TAB_HINT.search(data))
        or ((b"&" in data or b"*" in data) and _ANCHOR_HINT.search(data))
        or (b"<" in data and b"<<" in data)
        or (b"!" in data and _TAG_HINT.search(data))
        or b"%" in data
        or (b"#" in data and _HASH_HINT.search(data))
        or (b"\xc2" in data and b"\xc2\xa0" in data)
        or (b"\xe2" in data and b"\xe2\x80\xaf" in data)
        or _BASED_HINT.search(data)
    )
    if not suspects:
        return
    source = SourceMap(data.decode())
    for check in (_tabs, _anchors, _tags, _cut, _no_breaks, _based):
        yield from check(source, path)


def _tabs(source: SourceMap, path: str) -> Iterator[Diagnostic]:
    """A tab in the indentation: YAML takes none, and editors show it as any number of spaces."""
    for match in re.finditer(r"^ *(\t+)", source.text, re.M):
        if not _inside_text(source, match.start(1)):
            yield Diagnostic(
                TAB,
                path,
                "a tab stands in the indentation",
                "use spaces: two for each level",
                span=source.span(match.start(1), match.end(1)),
            )


def _anchors(source: SourceMap, path: str) -> Iterator[Diagnostic]:
    """Anchors, aliases and merge keys: the same words would stand in two places, and an edit of one would change the other
    unseen.
    """
    repeated: dict[str, list[Node]] = {}
    for node in source.nodes:
        if node.alias:
            repeated.setdefault(node.value, []).append(node)
    for node in source.nodes:
        if node.anchor is not None:
            at = source.text.find(f"&{node.anchor}", max(0, node.start - 200), node.end + 1)
            at = at if at >= 0 else node.start
            uses = repeated.get(node.anchor, [])
            yield Diagnostic(
                ANCHOR,
                path,
                f"the anchor '&{node.anchor}' stands here"
                + (f", and '*{node.anchor}' repeats it in line {source.span(uses[0].start).line}" if uses else ""),
                "write the words out in each place" if uses else "text that begins with '&' goes in quotes",
                span=source.span(at, at + len(node.anchor) + 1),
                related=tuple((f"'*{node.anchor}'", source.span(other.start, other.end)) for other in uses),
            )
        for key, child in zip(node.keys, node.children, strict=False):
            if key.is_plain and key.value == "<<" and not child.alias:
                yield Diagnostic(
                    ANCHOR, path, "the merge key '<<' stands here", "write the keys out", span=source.span(key.start, key.end)
                )


def _tags(source: SourceMap, path: str) -> Iterator[Diagnostic]:
    """Tags and directives: they tell a parser to read the words as something else."""
    for node in source.nodes:
        if node.tag is not None:
            at = source.text.rfind("!", 0, node.start + 1)
            written = source.text[at : at + 40].split()[0] if at >= 0 else node.tag
            yield Diagnostic(
                TAG,
                path,
                f"the tag '{written}' stands here",
                "delete it; text that begins with '!' goes in quotes",
                span=source.span(max(at, 0), max(at, 0) + len(written)),
            )
    for match in _DIRECTIVE.finditer(source.text):
        if not _inside_text(source, match.start()):
            yield Diagnostic(
                TAG, path, f"the directive '{match.group()[:40]}' stands here", "delete the line",
                span=source.span(match.start(), match.end()),
            )  # fmt: skip


def _cut(source: SourceMap, path: str) -> Iterator[Diagnostic]:
    """`Ley #5` is read as `Ley`: a space and `#` begin a comment. A comment meant as one has a space after its `#`."""
    for node in source.nodes:
        if node.kind != "scalar" or not node.is_plain or not node.value or node.alias:
            continue
        match = re.compile(r"[ \t]+(#[^\s#][^\n\r]*)").match(source.text, node.end)
        if match:
            lost = _without_closing(match.group(1).strip())
            yield Diagnostic(
                CUT,
                path,
                f"'{lost[:40]}' is lost: YAML takes it for a comment and reads only '{node.value[:40]}'",
                f'put the whole in quotes: "{node.value[:40]} {lost[:40]}" (or a space after # if it is a comment)',
                span=source.span(match.start(1), match.end(1)),
            )


def _without_closing(text: str) -> str:
    """A text without the brackets at its end that close what was opened before it."""
    while text and text[-1] in "}]" and text.count(text[-1]) > text.count("{" if text[-1] == "}" else "["):
        text = text[:-1].rstrip()
    return text


def _no_breaks(source: SourceMap, path: str) -> Iterator[Diagnostic]:
    """A no-break space after a colon or in the indentation: YAML does not take it for a space, so key and value become one
    text.
    """
    for match in re.finditer("(?:^[ ]*|:[ ]*|-|,|[\\[{])([\u00a0\u202f]+)", source.text, re.M):
        place = match.start(1)
        if not _inside_quotes(source, place):
            yield Diagnostic(
                NO_BREAK,
                path,
                f"a no-break space (U+{ord(source.text[place]):04X}) stands here, where YAML wants a plain one",
                "replace it by a space",
                span=source.span(place, match.end(1)),
            )


def _based(source: SourceMap, path: str) -> Iterator[Diagnostic]:
    """`0x1F` and `0o17` are read as 31 and 15: nobody means that in a record."""
    for node in source.nodes:
        if not (node.is_plain and _BASED_NUMBER.fullmatch(node.value)):
            continue
        number = plain(node.value)
        message = f"'{shown(node.value)}' is read as the number {shown(number)}"
        hint = f'write {shown(number)}, or "{shown(node.value)}" in quotes'
        if number in _FEW:
            message, hint = "what stands here is read as a number", "write it as a plain number, or in quotes"
        yield Diagnostic(BASED, path, message, hint, span=source.span(node.start, node.end))


def _inside_text(source: SourceMap, place: int) -> bool:
    """Whether a place lies inside a scalar that goes on over lines, where anything may stand."""
    node = source.scalar_at(place)
    return node is not None and node.start < place


def _inside_quotes(source: SourceMap, place: int) -> bool:
    node = source.scalar_at(place)
    if node is None:
        return False
    if not node.is_plain:
        return True
    # In plain text a no-break space is only dangerous where the text begins with it, or right after a would-be key's colon.
    return node.start != place and not re.match("[^\\s:]+:[\u00a0\u202f]", source.text[node.start : node.end])
