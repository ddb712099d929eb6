"""A comparison as a comment on a pull request. This module alone knows what a forge makes of Markdown, and how long it may be.

Whatever stands in the record calls nobody, links to nothing and draws nothing there: marks of Markdown and HTML are escaped, and
what a forge looks for in plain words (`@name`, `#12`, an address) is broken by a sign without width.
"""

import re
from collections.abc import Iterator

from workplan_cli.analysis.changes.marking import Mark, shortened
from workplan_cli.reports.catalogue import words as catalogue
from workplan_cli.reports.changes.line import Line, Tone, Versions
from workplan_cli.reports.changes.summary import Figure, Summary
from workplan_cli.reports.tame import for_markdown

LIMIT = 60_000
"""Characters; GitHub takes 65,536."""
_SIGNS = {Tone.NEW: "➕", Tone.GONE: "➖", Tone.BETTER: "🔼", Tone.WORSE: "🔽", Tone.CHANGED: "✏️"}
_BREAK = "\u200b"
_CALLS = re.compile(r"(?<=[@#!~&$%])(?=[\w\"(])|(?<=\bGH)(?=-\d)|(?<=\bwww)(?=\.)|(?<=\w)(?=://)", re.I)
"""Where a forge would see a name, a number of an issue, or an address."""
_ROOM = 400
"""Characters kept for the line that says how much is left out."""


def comment(said: Summary, language: str, limit: int = LIMIT) -> str:
    """The comment; what does not fit is counted."""
    _ = catalogue(language).translations.gettext
    ngettext = catalogue(language).translations.ngettext
    number = len(said.lines)
    title = ngettext("%(num)s change", "%(num)s changes", number) % {"num": number} if number else _("No change")
    head = [f"### {safe(title)}", f"{safe(said.names.before)} → {safe(said.names.after)}"]
    if said.outside:
        more = ngettext(
            "%(num)s more is outside of what was asked for", "%(num)s more are outside of what was asked for", said.outside
        )
        head.append(safe(more % {"num": said.outside}))
    unread, tail = [*_unread(said, language)], [*_figures(said, language)]
    room = limit - _ROOM - sum(len(block) + 2 for block in (*head, *unread, *tail))
    if room < limit // 4:  # many files that cannot be read must not crowd out what changed
        unread, tail = ([block[: limit // 4] for block in blocks[:2]] for blocks in (unread, tail))
        room = limit // 4
    body, left = _body(said, room)
    if left:
        body.append(safe(ngettext("… and %(num)s more change", "… and %(num)s more changes", left) % {"num": left}))
    return "\n\n".join([*head, *unread, *body, *tail]) + "\n"


def _body(said: Summary, room: int) -> tuple[list[str], int]:
    """As many lines as there is room for, under their headings, and how many are left."""
    blocks: list[str] = []
    shown = used = 0
    for group in said.groups:
        for place, section in enumerate(group.sections):
            opening = [f"#### {safe(group.title)}"] if place == 0 else []
            opening += [f"**{safe(section.title)}**"] if section.title else []
            items: list[str] = []
            cost = sum(len(one) + 2 for one in opening)
            for line in section.lines:
                item = _item(line, group.code)
                if used + cost + len(item) > room:
                    return ([*blocks, *opening, "\n".join(items)] if items else blocks), len(said.lines) - shown
                items.append(item)
                cost += len(item) + 1
                shown += 1
            blocks += [*opening, "\n".join(items)]
            used += cost
    return blocks, 0


def _item(line: Line, code: str | None) -> str:
    sides = " → ".join(
        f"{side.label.glyph if side.label else ''} {safe(side.words)}".strip()
        for side in (line.was, line.now)
        if side is not None
    )
    said = ", ".join(filter(None, (sides, "; ".join(safe(part) for part in line.parts))))
    subject = f"{code} {line.subject}" if code else line.subject
    rows = [f"- {_SIGNS[line.tone]} **{safe(subject)}**" + (f": {said}" if said else "")]
    rows += [f"  - ⚠️ **{safe(remark)}**" for remark in line.remarks]
    rows += [f"  - {safe(one.name)}: {_marked(one)}" for one in line.versions]
    return "\n".join(rows)


def _marked(versions: Versions) -> str:
    return "".join(_piece(mark, words) for mark, words in shortened(versions.pieces)).strip()


def _piece(mark: Mark, words: str) -> str:
    """Words with their blanks outside of the signs: `~~ a~~` would not be read as struck out."""
    inner = safe(words.strip()) if words.strip() else ""
    before, after = (" " if words[:1].isspace() else ""), (" " if words[-1:].isspace() else "")
    if not inner:
        return " "
    sign = {Mark.SAME: "", Mark.GONE: "~~", Mark.NEW: "**"}[mark]
    return f"{before}{sign}{inner}{sign}{after}"


def _figures(said: Summary, language: str) -> Iterator[str]:
    _ = catalogue(language).translations.gettext
    if not said.figures or said.figured is None:
        return
    states = ", ".join(said.figured.states[:20]) + (" …" if len(said.figured.states) > 20 else "")
    yield f"#### {safe(_('Coverage %(period)s of %(states)s') % {'period': said.figured.period, 'states': states})}"
    columns = (_("voice"), _("chapter"), _("reporting"), _("implementation"), _("evidence"))
    rows = [f"| {' | '.join(map(safe, columns))} |", "|---|---|---|---|---|"]
    rows += [f"| {' | '.join((safe(one.voice), safe(one.name), *_moves(one, language)))} |" for one in said.figures]
    yield "\n".join(rows)


def _moves(figure: Figure, language: str) -> Iterator[str]:
    none = catalogue(language).translations.gettext("none")
    for before, after in figure.measures:
        shares = [none if one.whole == 0 else f"{one.part}/{one.whole} ({one.percent} %)" for one in (before, after)]
        yield safe(shares[1] if before == after else " → ".join(shares))


def _unread(said: Summary, language: str) -> Iterator[str]:
    _ = catalogue(language).translations.gettext
    if said.unreadable:
        yield f"#### {safe(_('Not compared'))}"
        part, whole = _("%(path)s was read in part in %(side)s"), _("%(path)s cannot be read in %(side)s")
        places = ((part if one.in_part else whole, {"path": f"data/{one.path}", "side": one.side}) for one in said.unreadable)
        yield "\n".join(f"- {safe(words % place)}" for words, place in places)


def safe(words: str) -> str:
    """Words that a forge shows and does nothing with."""
    return for_markdown(_CALLS.sub("\ufff9", words.replace("\ufff9", "\ufffd"))).replace("\ufff9", _BREAK)
