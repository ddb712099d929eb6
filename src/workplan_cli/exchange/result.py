"""A check's result as people and other programs are told of it. This module alone knows what every format is made from.

Whatever a file's name or a drafter's words may hold, nothing in a report acts: `Findings` makes all its text visible once, so
no format has to.
"""

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from workplan_cli.diagnostics import Diagnostic, Severity, visible

_WHAT = (
    ("State", "state", "states"),
    ("indicators", "indicator", "indicators"),
    ("TreatyRegister", "treaty", "treaties"),
    ("measures", "measure", "measures"),
    ("entries", "entry of other registers", "entries of other registers"),
    ("Source", "source", "sources"),
)
_WHY = {"ignored": "ignored", "known": "in the baseline", "deselected": "of other codes", "elsewhere": "in other places"}


@dataclass(frozen=True)
class Findings:
    """What is shown, what it was found in, and what is not shown. Paths go from the root of the repository."""

    shown: tuple[Diagnostic, ...] = ()
    files: int = 0
    """How many files were checked."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many documents of each class, indicators, measures, other entries, answers of each voice (`answers:state`), and texts
    that lack a language (`owed:es`)."""
    known: tuple[Diagnostic, ...] = ()
    """Those that a baseline hides."""
    hidden: Mapping[str, int] = field(default_factory=dict)
    """How many are not shown, by reason."""
    as_of: datetime.date | None = None
    pages: Mapping[str, str] = field(default_factory=dict)
    """The first paragraph of a code's page, by code."""
    version: str = ""
    folder: str = ""
    """Where the repository lies in the checkout that a service looks at: empty, or a path that ends in `/`."""

    def __post_init__(self) -> None:
        """Make every text visible."""
        for name in ("shown", "known"):
            object.__setattr__(self, name, tuple(_harmless(one) for one in getattr(self, name)))

    def of(self, severity: Severity) -> tuple[Diagnostic, ...]:
        """Those shown of one severity, in reading order."""
        return tuple(one for one in self.shown if one.code.severity is severity)

    @property
    def by_severity(self) -> tuple[Diagnostic, ...]:
        """Errors first, each kind in reading order: for readers that stop after the first few."""
        return tuple(one for severity in Severity for one in self.of(severity))


def headline(findings: Findings) -> str:
    """The result in one line: `2 errors, 1 warning in 2 of 187 files`."""
    files = counted(findings.files, "file", "files")
    if not findings.shown:
        where = " in what was asked for" if findings.hidden.get("elsewhere") else ""
        return f"{files}: no findings{where}"
    touched = len({one.path for one in findings.shown})
    return f"{totals(findings.shown)} in {touched:,} of {files}"


def totals(shown: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`."""
    tally = Counter(one.code.severity for one in shown)
    return ", ".join(counted(tally[severity], severity, f"{severity}s") for severity in Severity if tally[severity])


def inventory(findings: Findings) -> str:
    """What was checked, in words: answers by voice, which are never added up, and how many texts have no translation, by
    language. Empty where nothing could be read."""
    found = [counted(findings.counts[key], one, many) for key, one, many in _WHAT if findings.counts.get(key)]
    answers = ", ".join(f"{count:,} {voice}" for voice, count in _each(findings.counts, "answers:"))
    unwritten = findings.counts.get("unwritten", 0)
    owed = [f"{unwritten:,} still to be written"] if unwritten else []
    owed += [f"{count:,} not in {language}" for language, count in _each(findings.counts, "owed:")]
    parts = (", ".join(found), f"answers: {answers}" if answers else "", "texts: " + ", ".join(owed) if owed else "")
    return "; ".join(part for part in parts if part)


def _each(counts: Mapping[str, int], prefix: str) -> list[tuple[str, int]]:
    """The counts whose keys begin so, without that beginning, in its order."""
    return sorted((key.removeprefix(prefix), count) for key, count in counts.items() if key.startswith(prefix) and count)


def not_shown(findings: Findings) -> str:
    """How much is not shown, and why: `3 in the baseline, 1 ignored`. Empty where all is."""
    return ", ".join(f"{count:,} {_WHY[why]}" for why, count in findings.hidden.items())


def counted(count: int, one: str, many: str) -> str:
    """`1 file`, `1,204 files`."""
    return f"{count:,} {one if count == 1 else many}"


def fingerprints(shown: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    """Each finding with a hash that stays when lines move, and differs between equal findings of one file."""
    seen: Counter[object] = Counter()
    for one in shown:
        seen[one.identity] += 1
        words = "\0".join((*one.identity, str(seen[one.identity])))
        yield one, hashlib.sha256(words.encode()).hexdigest()


def _harmless(one: Diagnostic) -> Diagnostic:
    related = tuple((visible(words), span) for words, span in one.related)
    return replace(one, path=visible(one.path), message=visible(one.message), hint=visible(one.hint), related=related)
