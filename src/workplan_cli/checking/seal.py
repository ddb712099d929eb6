"""A seal: the hashes of the files of a closed round, and of the report that was made of the record then, with how it was made.

This module alone knows what a seal says and how a later record and report are held against it. It is a text that `sha256sum
-c` reads too, so that a reader needs no trust in this tool.
"""

import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workplan_cli.checking.desk import Desk
from workplan_cli.diagnostics import visible
from workplan_cli.errors import WorkplanError
from workplan_cli.model.register import RoundState
from workplan_cli.rules.closings import round_of_path
from workplan_cli.settings import CONFIG
from workplan_cli.storage.loader import ARCHIVE
from workplan_cli.storage.tree import Directory, Refusal, Tree

FOLDER = "seals"
_HEAD = """\
# The seal of a round: the sha256 of each file of the round, and of each file of the report on it.
# `sha256sum -c` checks those that are here; `workplan verify` makes the report anew and compares it byte for byte.
# What the report was made of beside the round may change in later rounds, and stands behind "made of".
"""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LINE = re.compile(r"(?P<sha256>[0-9a-f]{64})  (?P<path>(?:data|report)/[^\x00-\x1f]+)")
_INPUT = re.compile(r"# made of: (?P<sha256>[0-9a-f]{64})  (?P<path>[^\x00-\x1f]+)")
_FACT = re.compile(r"# (?P<key>[a-z-]+): (?P<value>\S.*)")
_OWED = ("round", "tool", "revision", "period", "as-of", "languages", "formats")


@dataclass(frozen=True)
class Seal:
    """What was sealed. Paths are from the root of the repository; a report's begin with `report/`, wherever it was kept."""

    round: str
    tool: str
    revision: str
    commit: str | None
    """The commit that holds the record just so, where there was one."""
    period: str
    as_of: datetime.date
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    files: Mapping[str, str]
    inputs: Mapping[str, str] = field(default_factory=dict)
    """What else the report was made of: the rest of the record, the repository's own templates, its settings."""

    @property
    def of_round(self) -> dict[str, str]:
        """The files of the round."""
        return {path: sha256 for path, sha256 in self.files.items() if path.startswith("data/")}

    @property
    def of_report(self) -> dict[str, str]:
        """The files of the report, by path within its folder."""
        return {
            path.split("/", 2)[2]: one for path, one in self.files.items() if path.startswith("report/") and path.count("/") > 1
        }

    def text(self) -> str:
        """The seal as a file."""
        facts = {
            "round": self.round,
            "tool": self.tool,
            "revision": self.revision,
            "commit": self.commit,
            "period": self.period,
            "as-of": str(self.as_of),
            "languages": " ".join(self.languages),
            "formats": " ".join(self.formats),
        }
        head = "".join(f"# {key}: {value}\n" for key, value in facts.items() if value is not None)
        head += "".join(f"# made of: {sha256}  {path}\n" for path, sha256 in sorted(self.inputs.items()))
        return _HEAD + head + "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(self.files.items()))


def read_seal(text: str, path: str) -> Seal:
    """The seal that a text is. Raises WorkplanError with the line that is none of a seal."""
    facts: dict[str, str] = {}
    files: dict[str, str] = {}
    inputs: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        fact, file, one = _FACT.fullmatch(line), _LINE.fullmatch(line), _INPUT.fullmatch(line)
        if one is not None:
            inputs[one["path"]] = one["sha256"]
        elif file is not None and file["path"] not in files:
            files[file["path"]] = file["sha256"]
        elif fact is not None and fact["key"] not in facts:
            facts[fact["key"]] = fact["value"]
        elif not line.startswith("#"):
            raise _refusal(path, f"line {number} is no line of a seal: '{visible(line[:80])}'")
    missing = [key for key in _OWED if key not in facts]
    if missing:
        raise _refusal(path, f"it does not say its {', '.join(missing)}")
    commit = facts.get("commit")
    if commit is not None and not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        raise _refusal(path, f"'{visible(commit)}' is no commit")
    try:
        as_of = datetime.date.fromisoformat(facts["as-of"])
    except ValueError:
        raise _refusal(path, f"'{visible(facts['as-of'])}' is no day") from None
    languages, formats = tuple(facts["languages"].split()), tuple(facts["formats"].split())
    return Seal(
        facts["round"], facts["tool"], facts["revision"], commit, facts["period"], as_of, languages, formats, files, inputs
    )


def closed_files(desk: Desk, round_: str) -> dict[str, str]:
    """The files of a round that is closed, hashed. Raises WorkplanError while it is open."""
    closing = desk.record.rounds.get(round_)
    if closing is None or closing.state is RoundState.OPEN:
        raise WorkplanError(
            f"the round {round_} is open, and what is open is not sealed", f"close it: workplan round close {round_}"
        )
    return round_files(desk.tree, round_)


def round_files(tree: Tree, round_: str) -> dict[str, str]:
    """The files of a round in a record, hashed."""
    paths = [one.path for one in tree.entries() if not one.path.startswith(ARCHIVE) and round_of_path(one.path) == round_]
    return {f"data/{path}": sha256 for path, sha256 in hashed(tree, paths).items()}


def report_inputs(root: Path, round_: str) -> dict[str, str]:
    """What a report is made of beside the files of a round, hashed: of a repository the rest of the record, its own templates,
    its settings."""
    found: dict[str, str] = {}
    for folder in ("data", "templates"):
        tree = Directory(root / folder)
        paths = [one.path for one in tree.entries()] if (root / folder).is_dir() else []
        others = [path for path in paths if path.startswith(ARCHIVE) or folder != "data" or round_of_path(path) != round_]
        found |= {f"{folder}/{path}": sha256 for path, sha256 in hashed(tree, others).items() if _SHA256.fullmatch(sha256)}
    return found | (hashed(Directory(root), [CONFIG]) if (root / CONFIG).is_file() else {})


def hashed(tree: Tree, paths: Iterable[str]) -> dict[str, str]:
    """The sha256 of files by path; of one that cannot be read, why."""
    found = {}
    for path in paths:
        data = tree.read(path)
        found[path] = data.found if isinstance(data, Refusal) else hashlib.sha256(data).hexdigest()
    return found


def apart(sealed: Mapping[str, str], there: Mapping[str, str], what: str = "") -> Iterator[str]:
    """What differs between what was sealed and what is there, by name."""
    for path, how in _differing(sealed, there):
        yield f"{what}{path} {how}"


def apart_anew(sealed: Mapping[str, str], made: Mapping[str, str]) -> Iterator[str]:
    """The same for a report made anew. A PDF holds the letters of the machine it was made on: that it differs says little."""
    found = list(_differing(sealed, made))
    of_pdf = [path for path, _ in found if path.endswith(".pdf") and path in sealed and path in made]
    yield from (f"the report made anew: {path} {how}" for path, how in found if path not in of_pdf)
    also = "all other files are as they were sealed" if len(of_pdf) == len(found) else "other files differ too"
    for path in of_pdf:
        yield (
            f"the report made anew: {path} cannot be compared here: a PDF is the same byte for byte only where the same fonts "
            f"and the same WeasyPrint are; {also}"
        )


def _differing(sealed: Mapping[str, str], there: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for path in sorted({*sealed, *there}):
        if path not in there:
            yield path, "was sealed and is not there"
        elif path not in sealed:
            yield path, "was not there when the seal was made"
        elif sealed[path] != there[path]:
            yield path, "is not the file that was sealed"


def _refusal(path: str, why: str) -> WorkplanError:
    return WorkplanError(f"'{visible(path)}' is no seal that can be read: {why}", "take it from git as it was committed")
