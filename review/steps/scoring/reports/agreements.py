"""Agreement with human scores: JSON data and plain tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from review.metrics.agreement import NAMES
from review.steps.scoring.agreement import Agreement
from review.steps.scoring.reports.layout import plain


def agreement_data(found: Sequence[Agreement]) -> list[dict[str, Any]]:
    """Agreements as JSON data; null is a number that is not defined."""
    return [
        {
            "metric": one.metric,
            "human": one.human,
            "level": one.level,
            "systems": one.systems,
            "segments": one.segments,
            "scores": one.scores,
            **{name: None if math.isnan(one.values[name]) else one.values[name] for name in NAMES},
            "intervals": {name: list(around) for name, around in one.intervals.items()},
        }
        for one in found
    ]


def agreement_text(found: Sequence[Agreement]) -> str:
    """A table for each human score, best accuracy of systems first, with what the numbers mean above it."""
    parts = []
    for human in dict.fromkeys(one.human for one in found):
        mine = [one for one in found if one.human == human]
        order = {
            one.metric: (-_known(one.values["accuracy"]), -_known(one.values["pearson"]))
            for one in mine
            if one.level == "system"
        }
        rows = [
            [one.metric, one.level, str(one.systems), str(one.scores), *(_cell(one, name) for name in NAMES)]
            for one in sorted(mine, key=lambda one: (one.level == "segment", *order[one.metric]))
        ]
        title = f"Agreement with {human} (1 is full; accuracy is of pairs of systems; 95% intervals over segments)\n"
        parts.append(title + plain(["metric", "level", "systems", "scores", *NAMES], rows, 2))
    return "\n".join(parts)


def _known(value: float) -> float:
    return -2.0 if math.isnan(value) else value


def _cell(one: Agreement, name: str) -> str:
    value = one.values[name]
    if math.isnan(value):
        return "-"
    if around := one.intervals.get(name):
        return f"{value:.3f} ({around[0]:.3f} to {around[1]:.3f})"
    return f"{value:.3f}"
