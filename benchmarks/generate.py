"""Make a fictional repository of a given size, the same bytes every time.

Run `python benchmarks/generate.py SIZE DIR`. S is 35 states x 120 indicators x 2 rounds, M is 193 x 200 x 5, L is five times
the states' files of M. One file per state and round. The states' codes run from XAA and, past XZZ, on into codes that ISO
3166 has not assigned; no state is meant by any."""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from string import ascii_uppercase

SIZES = {"S": (35, 120, 2), "M": (193, 200, 5), "L": (965, 200, 5)}
RESULTS = ("implemented", "implemented", "partial", "planned", "not-implemented")
PROSE = (
    "the national committee adopted its programme and trained officials of the police the prosecutors and the labour "
    "inspectorate in every province of the republic while the ministry opened two services for victims with interpreters"
)
WORDS = PROSE.split()
KINDS = (*("implementation",) * 7, "number", "date", "choice")
GUIDELINES = 40


@dataclass(frozen=True)
class Size:
    """How many states, indicators a round, and rounds."""

    states: int
    indicators: int
    rounds: int


def codes(number: int) -> Iterator[str]:
    """State codes: X.., then Q.. and Z.., three letters each."""
    letters = (f"{first}{second}{third}" for first, second, third in product("XQZ", ascii_uppercase, ascii_uppercase))
    for _, code in zip(range(number), letters, strict=False):
        yield code


def indicator_ids(number: int) -> list[str]:
    """Indicators shared out over the guidelines."""
    return [f"g{place % GUIDELINES + 1:02}-item{place // GUIDELINES + 1}" for place in range(number)]


def kind_of(place: int) -> str:
    """Seven in ten are on the scale, the rest numbers, dates and choices."""
    return KINDS[place % len(KINDS)]


def plan(size: Size) -> str:
    """The plan: one chapter of guidelines."""
    rounds = [f"{2015 + 2 * place}-{2016 + 2 * place}" for place in range(size.rounds)]
    lines = [
        "id: plan-of-arcadia",
        "title: {en: Plan of Arcadia}",
        "languages: [en]",
        "translation: {en: official}",
        "addressees: {states: {en: states}}",
        "versions: [{id: first, title: {en: First}, held: true}]",
        "rounds:",
        *(f"  - {{id: {round_}}}" for round_ in rounds),
        "periods:",
        f"  - {{id: all, rounds: [{', '.join(rounds)}], as_of: 2030-12-31}}",
        "chapters:",
        "  - id: general",
        "    number: I.",
        "    heading: {en: GENERAL}",
        "    guidelines:",
    ]
    for place in range(1, GUIDELINES + 1):
        lines.append(
            f'      - {{id: g{place:02}, number: "{place}.", addressee: states, strength: firm, revision: 1, '
            f"history: [{{revision: 1, change: initial, text: {{en: Do thing {place}.}}}}]}}"
        )
    return "\n".join(lines) + "\n"


def indicators(size: Size) -> str:
    """The table of indicators, in the order of their guidelines."""
    lines = ["table: working", "translation: {en: unofficial}", "indicators:"]
    extra = {
        "implementation": "evidence: required",
        "number": "unit: persons, by: [year, sex]",
        "date": "evidence: optional",
        "choice": "options: {a: {en: A}, b: {en: B}}",
    }
    numbered = sorted(enumerate(indicator_ids(size.indicators)), key=lambda pair: pair[1])
    for place, indicator in numbered:
        kind = kind_of(place)
        lines.append(
            f"  - {{id: {indicator}, guideline: {indicator[:3]}, revision: 1, type: {kind}, kind: process, {extra[kind]}, "
            f"question: {{en: Is thing {place} done?}}, guidance: {{en: What counts as done is {place}.}}}}"
        )
    return "\n".join(lines) + "\n"


def submission(size: Size, chance: random.Random) -> str:
    """One state's answers in one round: about half a kilobyte an answer, as in a record with notes and quotations."""
    answers, evidence = [], []
    for place, indicator in enumerate(indicator_ids(size.indicators)):
        kind = kind_of(place)
        note = " ".join(chance.choices(WORDS, k=22))
        head = f"  {indicator}:\n    revision: 1\n    status: final\n"
        if kind == "implementation":
            answers.append(f"{head}    result: {chance.choice(RESULTS)}\n    evidence: [e{place}]\n    note: {{en: {note}}}\n")
            words = " ".join(chance.choices(WORDS, k=18))
            evidence.append(
                f"  e{place}:\n    source: report\n    pinpoint: page {chance.randrange(1, 200)}\n    quotation: {words}\n"
                "    language: en\n    access: public\n"
            )
        elif kind == "number":
            rows = "".join(
                f"      - {{year: 2016, sex: {sex}, value: {chance.randrange(5, 900)}}}\n"
                for sex in ("female", "male", "unknown")
            )
            answers.append(f"{head}    values:\n{rows}    note: {{en: {note}}}\n")
        elif kind == "date":
            answers.append(
                f"{head}    date: {chance.randrange(1990, 2015)}-0{chance.randrange(1, 10)}\n    note: {{en: {note}}}\n"
            )
        else:
            answers.append(f"{head}    choice: [{chance.choice('ab')}]\n    note: {{en: {note}}}\n")
    return "submitted: 2017-02-20\nanswers:\n" + "".join(answers) + "evidence:\n" + "".join(evidence)


def generate(size: Size, root: Path) -> int:
    """Write the repository; the bytes of the states' answers are the return value."""
    chance = random.Random(2015)
    data = root / "data"
    (data / "indicators").mkdir(parents=True, exist_ok=True)
    (data / "sources").mkdir(exist_ok=True)
    (data / "guidelines.yaml").write_text(plan(size))
    (data / "indicators" / "general.yaml").write_text(indicators(size))
    (data / "sources" / "report.yaml").write_text("title: Report of Arcadia\n")
    total = 0
    for code in codes(size.states):
        state = data / "states" / code
        state.mkdir(parents=True, exist_ok=True)
        (state / "state.yaml").write_text(f"names: {{en: State {code}}}\n")
        for place in range(size.rounds):
            folder = state / f"{2015 + 2 * place}-{2016 + 2 * place}"
            folder.mkdir(exist_ok=True)
            text = submission(size, chance)
            (folder / "submission.yaml").write_text(text)
            total += len(text)
    return total


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in SIZES:
        sys.exit(f"usage: python benchmarks/generate.py {'|'.join(SIZES)} DIR")
    written = generate(Size(*SIZES[sys.argv[1]]), Path(sys.argv[2]))
    print(f"{written / 1e6:.1f} MB of answers in {sys.argv[2]}")
