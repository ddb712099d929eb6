"""Closed rounds: what was handed in stays as it was handed in.

This module alone knows what the closing of a round promises.
"""

from collections.abc import Iterator

from workplan_cli.diagnostics import Code
from workplan_cli.model.register import RoundClosing, RoundState
from workplan_cli.rules.rule import Context, Facts, Found, Rule, Scope

_STATE_AFTER = {"open": RoundState.OPEN, "reopen": RoundState.OPEN, "close": RoundState.CLOSED, "lock": RoundState.LOCKED}


def locked_round_edited(facts: Facts, context: Context) -> Iterator[tuple[str, Found]]:
    """A published report stands on the files of its round: changed in silence, they make it a report on something else.

    Where `data/rounds/<round>.yaml` says closed or locked, every file it lists is there with the sha256 it lists, and every
    file of the round is listed. To change one, reopen the round with a dated reason.
    """
    for round_id, closing in context.closings.items():
        if closing.state is RoundState.OPEN:
            continue
        reopen = f"take the change back; or write in data/{closing.path} state: open and the act reopen, with its day and reason"
        for path, sha256 in closing.files.items():
            if path not in facts.paths:
                yield (
                    closing.path,
                    Found(("files", path), f"round {round_id} is {closing.state}, and its file '{path}' is gone", reopen, True),
                )
            elif facts.hashes.get(path, sha256).lower() != sha256.lower():
                yield (
                    path,
                    Found(
                        (), f"round {round_id} is {closing.state}, and this is not the file it was {closing.state} with", reopen
                    ),
                )
        for path in sorted(facts.paths - closing.files.keys()):
            if round_of_path(path) == round_id:
                yield path, Found((), f"round {round_id} is {closing.state}, and this file was not there then", reopen)


def round_log(closing: RoundClosing, context: Context) -> Iterator[Found]:
    """Who reads that a round was opened again must be able to read why.

    The acts in `log` stand in the order of their days, each `reopen` gives its reason, and the last act is the one that made
    the `state`.
    """
    for number, act in enumerate(closing.log):
        if act.act == "reopen" and not (act.reason or "").strip():
            yield Found(
                ("log", number, "act"),
                f"round {closing.round} is reopened on {act.on} and no reason is given",
                "add reason: what had to be changed, and at whose request",
            )
        if number and act.on < closing.log[number - 1].on:
            yield Found(
                ("log", number, "on"),
                f"the log of round {closing.round} goes back from {closing.log[number - 1].on} to {act.on}",
                "list the acts in the order of their days",
            )
    if not closing.log or _STATE_AFTER[closing.log[-1].act] is not closing.state:
        last = f"the last act in its log is '{closing.log[-1].act}'" if closing.log else "its log is empty"
        yield Found(
            ("state",),
            f"round {closing.round} is '{closing.state}', and {last}",
            "add the act that made it so, with its day, or correct the state",
        )


def round_of_path(path: str) -> str | None:
    """The round that a file belongs to by its path below `data/`."""
    parts = path.split("/")
    if parts[0] == "states" and len(parts) > 3:
        return parts[2]
    return parts[1] if parts[0] == "secretariat" and len(parts) > 2 else None


RULES = (
    Rule(Code("WP606", "locked-round-edited"), locked_round_edited, scope=Scope.RECORD),
    Rule(Code("WP607", "round-log"), round_log, on=(RoundClosing,), needs_whole=True),
)
