"""Findings as JUnit XML, which most build servers show. This module alone knows that format.

A test case is a file with findings; one more stands for all the others. A file that has warnings only passes, and prints them.
"""

from itertools import groupby

from workplan_cli.diagnostics import Diagnostic, Severity
from workplan_cli.exchange.result import Findings, counted, totals


def render(findings: Findings) -> str:
    """One suite; without times, so that equal findings give equal bytes."""
    from xml.etree import ElementTree

    ordered = sorted(findings.shown, key=lambda one: one.path)
    files = [(path, list(of_file)) for path, of_file in groupby(ordered, key=lambda one: one.path)]
    failing = sum(_fails(of_file) for _, of_file in files)
    clean = max(0, findings.files - len(files))
    tally = {"tests": str(len(files) + (clean > 0)), "failures": str(failing), "errors": "0", "skipped": "0"}
    root = ElementTree.Element("testsuites", {"name": "workplan validate", **tally})
    suite = ElementTree.SubElement(root, "testsuite", {"name": "workplan validate", **tally})
    for path, of_file in files:
        case = ElementTree.SubElement(suite, "testcase", {"classname": "workplan", "name": path, "file": path})
        body = "\n".join(_words(one) for one in of_file)
        if _fails(of_file):
            ElementTree.SubElement(case, "failure", {"message": totals(of_file), "type": "finding"}).text = body
        else:
            ElementTree.SubElement(case, "system-out").text = body
    if clean:
        name = counted(clean, "other file", "other files") if files else counted(clean, "file", "files")
        ElementTree.SubElement(suite, "testcase", {"classname": "workplan", "name": name})
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _fails(of_file: list[Diagnostic]) -> bool:
    return any(one.code.severity is Severity.ERROR for one in of_file)


def _words(one: Diagnostic) -> str:
    place = f"{one.path}:{one.span.line}:{one.span.column}" if one.span else one.path
    hint = f"\n  {one.hint}" if one.hint else ""
    return f"{place}: {one.code.severity} {one.code}: {one.message}{hint}"
