"""The figures of coverage for other programs. This module alone knows their shape as JSON and as CSV.

Both hold counts only: who wants a percentage divides, and sees what by. Keys and columns stay; new ones come at the end.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from workplan_cli.analysis.coverage import Share, Tally
from workplan_cli.analysis.levels import Coverage, Figures
from workplan_cli.analysis.numbers import Total
from workplan_cli.analysis.standing import Flag, Standing
from workplan_cli.analysis.treaties import TreatyTally
from workplan_cli.analysis.trend import Trend
from workplan_cli.model.register import TreatyStanding

COLUMNS = (
    *(
        "voice",
        "level",
        "id",
        "cells",
        "asked",
        "answered",
        "applicable",
        "implemented_strict",
        "missing",
        "claims",
        "verified",
        "set_apart",
    ),
    *(standing.value for standing in Standing),
    *(flag.value for flag in Flag),
)


def as_json(coverage: Coverage) -> str:
    """Every voice at every level, and the treaties."""
    scope = coverage.scope
    return _dumped(
        {
            "plan": scope.plan.id,
            "revision": coverage.revision,
            "period": scope.period.id,
            "round": scope.round,
            "rounds": list(scope.rounds),
            "as_of": str(scope.as_of),
            "states": list(scope.states),
            "chapters": [chapter.id for chapter in scope.chapters],
            "indicators": [indicator.id for indicator in scope.indicators],
            "voices": [_voice(figures) for figures in coverage.voices],
            "treaties": [_treaty(one) for one in coverage.treaties],
            "left_out": list(coverage.left_out),
            "in_part": list(coverage.in_part),
        }
    )


def as_csv(coverage: Coverage) -> str:
    """A row for each voice, level and id. The standings partition `cells`; the other counts are named in docs/coverage.md."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for figures in coverage.voices:
        for level, id_, tally in _levels(figures):
            counts = _counts(tally)
            writer.writerow([figures.voice, level, id_, *(counts[column] for column in COLUMNS[3:])])
    return text.getvalue()


def _levels(figures: Figures) -> Iterator[tuple[str, str, Tally]]:
    yield "all", "", figures.whole
    levels: Mapping[str, Mapping[Any, Tally]] = {
        "round": figures.rounds,
        "strength": figures.strengths,
        "chapter": figures.chapters,
        "guideline": figures.guidelines,
        "state": figures.states,
    }
    for level, tallies in levels.items():
        for id_, tally in tallies.items():
            yield level, str(id_), tally


def _counts(tally: Tally) -> dict[str, int]:
    return {
        "cells": tally.cells,
        "asked": tally.asked,
        "answered": tally.reporting.part,
        "applicable": tally.applicable,
        "implemented_strict": tally.count(Standing.IMPLEMENTED, strict=True),
        "missing": tally.missing,
        "claims": tally.claims,
        "verified": tally.verified,
        "set_apart": tally.unverified,
        **{standing.value: tally.standings[standing] for standing in Standing},
        **{flag.value: tally.flags[flag] for flag in Flag},
    }


def _voice(figures: Figures) -> dict[str, Any]:
    return {
        "voice": figures.voice,
        "states_with_a_sheet": list(figures.spoken),
        "states_without": list(figures.silent),
        "all": _tally(figures.whole),
        **{
            level: {str(id_): _tally(tally) for id_, tally in tallies.items()}
            for level, tallies in (
                ("rounds", figures.rounds),
                ("strengths", figures.strengths),
                ("chapters", figures.chapters),
                ("guidelines", figures.guidelines),
                ("states", figures.states),
            )
        },
        "moves": {
            round_: {chapter: {word.value: moved[word] for word in Trend} for chapter, moved in chapters.items()}
            for round_, chapters in figures.moves.items()
        },
        "numbers": [_number(one) for one in figures.totals],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "reporting": _share(tally.reporting),
        "implementation": {
            "relaxed": _share(tally.implementation()),
            "strict": _share(tally.implementation(strict=True)),
            "bounds_relaxed": [_share(one) for one in tally.bounds()],
            "bounds_strict": [_share(one) for one in tally.bounds(strict=True)],
        },
        "evidence": _share(tally.evidence),
        "counts": _counts(tally),
    }


def _share(share: Share) -> dict[str, int]:
    return {"part": share.part, "whole": share.whole}


def _number(one: Total) -> dict[str, Any]:
    return {
        "indicator": one.indicator,
        "year": one.year,
        "dimensions": dict(one.dimensions),
        "states": list(one.states),
        "sum": list(one.counts) if one.counts is not None else None,
        "why": one.why or None,
    }


def _treaty(one: TreatyTally) -> dict[str, Any]:
    counts = {standing.value: one.counts[standing] for standing in TreatyStanding}
    return {"treaty": one.treaty, "indicator": one.indicator, "guideline": one.guideline, "states": one.states, **counts}


def _dumped(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
