"""Scores beside an earlier run's: a table, and JSON data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from review.steps.scoring.baselines import Differences
from review.steps.scoring.checks import Check
from review.steps.scoring.reports.layout import plain


def baseline_text(found: Differences, width: int = 2) -> str:
    """Baseline, score and difference in columns; a drop that is not allowed is marked; then fallen segments."""
    rows = [
        [
            one.system,
            one.metric,
            f"{one.baseline:.{width}f}",
            f"{one.score:.{width}f}",
            f"{one.difference:+.{width}f}",
            "" if one.allowed is None else f"{one.allowed:g}{'' if one.passed else ' !'}",
        ]
        for one in found.rows
    ]
    lines = [f"{one.system} {one.metric}: {one.fallen}.\n" for one in found.rows if one.fallen]
    head = ["system", "metric", "baseline", "score", "difference", "drop allowed"]
    legend = "" if all(one.passed for one in found.rows) else " (! falls further than is allowed)"
    return f"Against {found.path}{legend}\n{plain(head, rows, 2)}{''.join(lines)}"


def baseline_data(found: Differences) -> dict[str, Any]:
    """The same as JSON data."""
    differences = []
    for one in found.rows:
        entry: dict[str, Any] = {
            "system": one.system,
            "metric": one.metric,
            "baseline": one.baseline,
            "score": one.score,
            "difference": one.difference,
            "drop_allowed": one.allowed,
            "passed": one.passed,
        }
        if one.fallen:
            worst = [{"line": name, "baseline": then, "score": now} for name, then, now in one.fallen.worst]
            entry["segments"] = {
                "fell": one.fallen.fell, "rose": one.fallen.rose, "of": one.fallen.of, "worst": worst,
            }  # fmt: skip
        differences.append(entry)
    return {"path": found.path, "differences": differences, "warnings": list(found.warnings)}


def checks_data(checks: Iterable[Check]) -> list[dict[str, Any]]:
    """Each check as JSON data."""
    return [
        {
            "system": one.system,
            "metric": one.metric,
            "check": one.kind,
            "score": one.score,
            "limit": one.limit,
            "passed": one.passed,
        }
        for one in checks
    ]
