"""A comparison as one page that needs nothing beside it. This module alone knows how its template is filled."""

from pathlib import Path

from markupsafe import Markup

from workplan_cli.analysis.changes.marking import shortened
from workplan_cli.reports.catalogue import words
from workplan_cli.reports.changes.summary import Summary
from workplan_cli.reports.narrative import Narrative
from workplan_cli.reports.rendering import Renderer
from workplan_cli.reports.stylesheet import shortened as shortened_css


def webpage(said: Summary, language: str, templates: Path) -> str:
    """The page, in a language."""
    renderer = Renderer(words(language), (templates,), Narrative(language))
    css = shortened_css(renderer.asset("report.css") + renderer.asset("changes.css"))
    return renderer.html("changes.html", said=said, css=Markup(css), shortened=shortened)
