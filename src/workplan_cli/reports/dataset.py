"""What a search engine for data sets reads: schema.org as JSON-LD. This module alone knows its words."""

import json
from collections.abc import Sequence

from markupsafe import Markup

from workplan_cli.reports.rendering import Renderer
from workplan_cli.reports.view import Report


def dataset(report: Report, renderer: Renderer, tables: Sequence[str]) -> Markup:
    """The report's tables as a data set, for a script element; `<` is an escape in it, so that no text of the record ends it."""
    first, last = report.period.id.partition("-")[::2]
    content = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"{renderer.plain(report.plan.title)}: {report.period.id}",
        "description": renderer.gettext(
            "Who reported, what is implemented, and what can be verified, with the answers and their evidence."
        ),
        "version": report.revision,
        "inLanguage": renderer.language,
        "temporalCoverage": f"{first}/{last}" if last else first,
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": f"data/{name}.csv"} for name in tables
        ],
    }
    return Markup(json.dumps(content, ensure_ascii=False).replace("<", "\\u003c"))
