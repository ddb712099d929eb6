"""The signs that stand before a standing on the terminal. This module alone knows which of them the stream can show."""

from collections.abc import Mapping

from workplan_cli.cli import terminal
from workplan_cli.reports.labels import STANDINGS, TREATIES, Label


def signs() -> Mapping[str, str]:
    """The sign of each standing, of a cell or towards a treaty, as far as standard output can show it."""
    in_ascii = terminal.glyphs() is terminal.ASCII
    labels: dict[str, Label] = {one.value: label for one, label in STANDINGS.items()}
    labels.update({one.value: label for one, label in TREATIES.items()})
    return {standing: label.ascii if in_ascii else label.glyph for standing, label in labels.items()}
