"""Checks as JUnit XML, as code hosts read it: one test case for each system, metric and kind of check.

Written to fit both the schema of Ant's JUnit task and that of Jenkins' xUnit plug-in; GitLab knows a test case again
by its class name and name, so neither says a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from review.steps.scoring.checks import Check

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document can hold."""


def document(checks: Sequence[Check], signatures: Sequence[str], seconds: float, now: datetime | None = None) -> str:
    """The XML text. ``signatures`` are lines of label, colon and signature; ``seconds`` is what scoring took."""
    when = (now or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%S")
    failed = [check for check in checks if not check.passed]
    root = ElementTree.Element("testsuites")
    suite = ElementTree.SubElement(
        root, "testsuite",
        {
            "name": "review score", "package": "review", "id": "0", "timestamp": when, "hostname": "localhost",
            "tests": str(len(checks)), "failures": str(len(failed)), "errors": "0", "skipped": "0",
            "time": f"{seconds:.3f}",
        },
    )  # fmt: skip
    properties = ElementTree.SubElement(suite, "properties")
    for line in signatures:
        label, _, signature = line.partition(": ")
        ElementTree.SubElement(properties, "property", {"name": _token(label), "value": _text(signature)})
    for check in checks:
        name = {"name": f"{_token(check.metric)} {check.kind}", "classname": _token(check.system), "time": "0.000"}
        case = ElementTree.SubElement(suite, "testcase", name)
        if not check.passed:
            failure = ElementTree.SubElement(case, "failure", {"type": check.kind, "message": _text(check.sentence)})
            # Some readers show the message alone, others the text alone.
            failure.text = _text(check.sentence)
    ElementTree.SubElement(suite, "system-out").text = "".join(f"{_text(check.sentence)}\n" for check in checks)
    ElementTree.SubElement(suite, "system-err")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _text(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _token(text: str) -> str:
    """A name as ``xs:token`` has it: single spaces between words."""
    return " ".join(_text(text).split()) or "-"
