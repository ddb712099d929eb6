"""Which findings are shown: what is selected, what is ignored and why, what was known before.

This module alone decides it. The order is part of the meaning: ignores of the settings and the baseline are held against
everything that was found, so that whether one still hides something does not depend on what somebody wants to see today; only
then it is narrowed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from workplan_cli.diagnostics import Code, Diagnostic, Identity, Severity, Span, did_you_mean
from workplan_cli.errors import WorkplanError
from workplan_cli.settings import CONFIG, Ignore

IGNORE_HIDES_NOTHING = Code("WP901", "ignore-hides-nothing", Severity.WARNING)
BASELINE_FIXED = Code("WP902", "baseline-fixed")
UNKNOWN_CODE = Code("WP903", "unknown-code")

CODES = (IGNORE_HIDES_NOTHING, BASELINE_FIXED, UNKNOWN_CODE)


@dataclass(frozen=True)
class Baseline:
    """Findings that were there before and are not shown again: what each is known by, and where it stands in the baseline's
    file."""

    path: str = ""
    known: tuple[tuple[Identity, Span | None], ...] = ()


@dataclass(frozen=True)
class Wish:
    """What someone wants to see: codes by their ids, and files or folders by their paths in the repository."""

    select: frozenset[str] | None = None
    """None is everything."""
    ignore: frozenset[str] = frozenset()
    paths: tuple[str, ...] = ()
    """Empty is everything."""
    files: frozenset[str] | None = None
    """Single files by their paths, as a change touches them; None is everything."""


@dataclass(frozen=True)
class Chosen:
    """What is shown, and how much is not, by reason: `ignored`, `known`, `deselected`, `elsewhere`."""

    shown: tuple[Diagnostic, ...]
    known: tuple[Diagnostic, ...] = ()
    """Those that the baseline hides."""
    hidden: dict[str, int] = field(default_factory=dict)


def codes_of(words: Iterable[str], codes: Sequence[Code]) -> frozenset[str]:
    """The ids that words mean. Raises WorkplanError for a word that means none."""
    found: set[str] = set()
    for word in words:
        ids = matching(word, codes)
        if not ids:
            raise WorkplanError(f"'{word}' is no code, family or name of a finding", _closest_code(word, codes))
        found |= ids
    return frozenset(found)


def matching(word: str, codes: Iterable[Code]) -> frozenset[str]:
    """The ids that a word means: one code (`WP503`), a family (`WP5`), or a name (`uncited-evidence`)."""
    prefix = word.upper() if re.fullmatch(r"WP\d{0,3}", word, re.I) else None
    return frozenset(code.id for code in codes if code.name == word or (prefix is not None and code.id.startswith(prefix)))


def choose(
    found: Sequence[Diagnostic],
    codes: Sequence[Code] = (),
    ignores: Sequence[Ignore] = (),
    baseline: Baseline | None = None,
    wish: Wish | None = None,
    asleep: frozenset[str] = frozenset(),
    always: Sequence[Diagnostic] = (),
) -> Chosen:
    """Part the findings, in four steps: ignores, baseline, codes wished for, places wished for.

    `found` has paths from the root of the repository. `codes` are all there are; they matter only where there are ignores.
    `asleep` are the ids of rules that did not run (they need a day), so that nothing is said of what they would have found.
    `always` are findings about a change, which no file of the change may hide: neither its ignores nor its baseline.
    """
    wish = wish or Wish()
    silent, remarks = _ignored(found, codes, ignores, asleep)
    left = [one for position, one in enumerate(found) if position not in silent]
    known, fixed = _known(left, baseline or Baseline(), asleep)
    left = [one for position, one in enumerate(left) if position not in {*known}]
    if not any(_hinders(one) for one in left):
        remarks += fixed
    else:
        remarks = [one for one in remarks if one.code is not IGNORE_HIDES_NOTHING]
    everything = sorted([*left, *remarks, *always], key=lambda one: one.sort_key)
    wanted = [one for one in everything if (wish.select is None or one.code.id in wish.select) and one.code.id not in wish.ignore]
    near = tuple(one for one in wanted if _is_near(one.path, wish.paths) and (wish.files is None or one.path in wish.files))
    hidden = {
        "ignored": len(silent),
        "known": len(known),
        "deselected": len(everything) - len(wanted),
        "elsewhere": len(wanted) - len(near),
    }
    return Chosen(near, tuple(known.values()), {why: count for why, count in hidden.items() if count})


def _hinders(one: Diagnostic) -> bool:
    """Whether a finding means that a file could not be read whole: then others may be there unseen, and nothing can be said to
    be gone."""
    return one.code.severity is Severity.ERROR and one.code.id.startswith(("WP1", "WP2"))


def _ignored(
    found: Sequence[Diagnostic], codes: Sequence[Code], ignores: Sequence[Ignore], asleep: frozenset[str]
) -> tuple[set[int], list[Diagnostic]]:
    """The positions of what is ignored, and a remark on each ignore that is wrong or needless."""
    silent: set[int] = set()
    remarks: list[Diagnostic] = []
    for ignore in ignores:
        ids, globs = matching(ignore.code, codes), [_glob(path) for path in ignore.paths]
        if not ids:
            message = f"'{ignore.code}' in an ignore is no code, family or name of a finding"
            remarks.append(Diagnostic(UNKNOWN_CODE, CONFIG, message, _closest_code(ignore.code, codes), span=ignore.span))
            continue
        hits = {
            position
            for position, one in enumerate(found)
            if one.code.id in ids and any(glob.fullmatch(one.path) for glob in globs)
        }
        silent |= hits
        if not hits and not ids & asleep:
            where = "" if ignore.paths == ("**",) else " in " + ", ".join(ignore.paths)
            message = f"the ignore of {ignore.code}{where} hides nothing"
            remarks.append(Diagnostic(IGNORE_HIDES_NOTHING, CONFIG, message, "delete it, or correct its paths", span=ignore.span))
    return silent, remarks


def _known(
    found: Sequence[Diagnostic], baseline: Baseline, asleep: frozenset[str]
) -> tuple[dict[int, Diagnostic], list[Diagnostic]]:
    """What the baseline knows, by position; and what it knows that is there no longer. Two equal entries stand for two
    findings."""
    owed = Counter(identity for identity, _ in baseline.known)
    known: dict[int, Diagnostic] = {}
    for position, one in enumerate(found):
        if owed and owed[one.identity] > 0:
            owed[one.identity] -= 1
            known[position] = one
    fixed = []
    for identity, span in reversed(baseline.known):
        code, path, _, message = identity
        if owed[identity] > 0:
            owed[identity] -= 1
            if code not in asleep:
                words = f"the known finding {code} of {path} is there no longer: {message}"
                fixed.append(
                    Diagnostic(BASELINE_FIXED, baseline.path, words, "delete its line, or write the baseline anew", span=span)
                )
    return known, fixed[::-1]


def _is_near(path: str, places: tuple[str, ...]) -> bool:
    return not places or any(place in ("", ".", path) or path.startswith(f"{place}/") for place in places)


def _glob(pattern: str) -> re.Pattern[str]:
    """`*` is any run of letters in one name, `**` any run of names."""
    pieces = re.split(r"(\*\*/?|\*|\?)", pattern)
    words = {"**": ".*", "**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(words.get(piece, re.escape(piece)) for piece in pieces), re.S)


def _closest_code(word: str, codes: Iterable[Code]) -> str:
    if word.upper().startswith("WP"):
        word = word.translate(str.maketrans("oOlI", "0011"))
    names = [name for code in codes for name in (code.id, code.name)]
    return did_you_mean(word, names, "workplan explain rule lists them all")
