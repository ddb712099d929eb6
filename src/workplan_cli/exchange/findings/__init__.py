"""Findings in the formats of other programs: one module a format, a pure function from `Findings` to text.

Nothing here reads a repository; the command line hands over what was found and writes what comes back.
"""

from collections.abc import Callable

from workplan_cli.exchange.findings import baseline, github, gitlab, json, junit, sarif
from workplan_cli.exchange.result import Findings

FORMATS: dict[str, Callable[[Findings], str]] = {
    "json": json.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "sarif": sarif.render,
    "junit": junit.render,
    "baseline": baseline.render,
}
"""What `--format` and `--output-file` can name, beside `text`."""
