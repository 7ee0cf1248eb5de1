"""What is asked of scores: none under its limit, none that fell too far from an earlier run's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from review.errors import InputError
from review.metrics import find
from review.steps.scoring.systems import Table

UNDER, DROP = "fail-under", "max-drop"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was asked of one score. ``kind`` is UNDER or DROP; ``sentence`` says how it came out."""

    system: str
    metric: str
    kind: str
    score: float
    limit: float
    passed: bool
    sentence: str


def under(table: Table, limits: Mapping[str, float]) -> list[Check]:
    """Check each system's score against its limit (TER's is an upper one).

    ``limits`` is by metric name or label. Raises InputError for a metric that was not scored.
    """
    checks = []
    for label, limit in by_label(limits, table).items():
        scores = [one for one in table.at("system") if one.metric == label]
        if not scores:
            raise InputError(
                f"The limit for {label} cannot be checked: {label} was not asked for, or nothing has a reference."
            )
        higher = label not in table.lower_is_better
        for one in scores:
            passed = one.value >= limit if higher else one.value <= limit
            side = ("not " if passed else "") + ("below" if higher else "above")
            sentence = f"{one.system}: {label} {one.value:.2f} is {side} {limit:g}."
            checks.append(Check(one.system, label, UNDER, one.value, limit, passed, sentence))
    return checks


def by_label(limits: Mapping[str, float], table: Table) -> dict[str, float]:
    """The limits by metric label instead of the names, labels or aliases that were typed; "" stays.

    Raises MissingError for an unknown metric and InputError for two limits of one.
    """
    there = {one.metric.lower(): one.metric for one in table.at("system")}
    found: dict[str, float] = {}
    for asked, limit in limits.items():
        label = asked and (there.get(asked.lower()) or find(asked).label)
        if label in found:
            raise InputError(f"{label} has two limits ({found[label]:g} and {limit:g}); give one.")
        found[label] = limit
    return found
