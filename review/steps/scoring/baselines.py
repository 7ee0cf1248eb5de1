"""Scores beside those of an earlier run: how far each fell, and in which segments."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from review.errors import FormatError, InputError
from review.steps.scoring.checks import DROP, Check, by_label
from review.steps.scoring.systems import Table

_REMEDY = "Give a file that review score wrote with --format json."
_OTHER = ("bs:", "ar:", "seed:", "sha256:")
"""Parts of a signature that say nothing of how a score was made: how its interval was drawn, and the digest of scores
from elsewhere, which are others whenever the text is another.
"""
_WORST = 3
_EXACT = 1e-9
"""Less than this is a rounding of the subtraction."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A score of the earlier run; ``segments`` holds single segments' scores by name, where it kept them."""

    value: float
    signature: str
    segments: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier run's scores by system, then metric label. ``count`` is its number of segments, if it says so."""

    path: str
    systems: Mapping[str, Mapping[str, Earlier]]
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Fallen:
    """Which segments got worse: how many of how many, how many got better, and the worst as (name, then, now)."""

    fell: int
    rose: int
    of: int
    worst: tuple[tuple[str, float, float], ...]

    def __str__(self) -> str:
        if not self.fell:
            return f"none of {self.of} segments got worse"
        worst = ", ".join(
            f"{'line' if name.isdecimal() else 'segment'} {name} ({then:.1f} to {now:.1f})"
            for name, then, now in self.worst
        )
        return f"{self.fell} of {self.of} segments got worse and {self.rose} better; the worst: {worst}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A score beside the earlier one. ``drop`` is how much worse it is (below 0: better); ``allowed`` may be None."""

    system: str
    metric: str
    baseline: float
    score: float
    drop: float
    allowed: float | None = None
    fallen: Fallen | None = None

    @property
    def difference(self) -> float:
        """Score less baseline."""
        return self.score - self.baseline

    @property
    def passed(self) -> bool:
        return self.allowed is None or self.drop <= self.allowed + _EXACT


@dataclass(frozen=True, slots=True)
class Differences:
    """Every difference from the baseline, and what could not be compared, one sentence each."""

    path: str
    rows: tuple[Difference, ...]
    warnings: tuple[str, ...]


SegmentScores = Callable[[str, str], Mapping[str, float]]
"""The scores of single segments, by their names, of a system and a metric label."""


def read(path: str) -> Baseline:
    """Read a run that ``score --format json`` wrote. Raises InputError or FormatError, one sentence."""
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        remedy = _REMEDY[0].lower() + _REMEDY[1:]
        raise InputError(f"The baseline {path} cannot be read ({error.strerror}); {remedy}") from None
    except UnicodeDecodeError:
        raise FormatError(path, None, "this is not UTF-8 text", _REMEDY) from None
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"this is not JSON ({error.msg}, column {error.colno})"
        raise FormatError(path, error.lineno, what, _REMEDY) from None
    except (ValueError, RecursionError):
        raise FormatError(path, None, "this is not JSON that can be read", _REMEDY) from None
    try:
        systems = {_text(one["name"]): dict(_scores(one)) for one in data["systems"]}
        counts = [data.get("segments"), *(one.get("segments") for one in data["systems"])]
        if not any(systems.values()):
            raise FormatError(path, None, "there is no score in it", _REMEDY)
        if len(systems) != len(data["systems"]):
            raise FormatError(path, None, "two systems in it have one name", _REMEDY)
        return Baseline(path, systems, sum(count for count in counts if isinstance(count, int)) or None)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError):
        raise FormatError(path, None, "this is JSON, but no scores of systems", _REMEDY) from None


def _scores(system: Any) -> Iterator[tuple[str, Earlier]]:
    segments: dict[str, dict[str, float]] = {}
    listed = system.get("segments")  # a batch's run has their number here
    for one in listed if isinstance(listed, list) else ():
        for label, found in one["metrics"].items():
            segments.setdefault(label, {})[str(one["line"])] = _number(found["score"])
    for one in system.get("segment_scores") or ():
        for label, value in one["before"].items():
            segments.setdefault(label, {})[f"{one['document']}:{one['segment']}"] = _number(value)
    for label, found in system["metrics"].items():
        yield label, Earlier(_number(found["score"]), _text(found["signature"]), segments.get(label, {}))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError
    return float(value)


def differences(
    table: Table, baseline: Baseline, allowed: Mapping[str, float] | None = None, segments: SegmentScores | None = None
) -> Differences:
    """Put each system's scores beside the baseline's of the same system and metric.

    A system is known again by its name, or where both runs have one alone. ``allowed`` is the greatest drop by metric
    name or label, under "" that of all others. ``segments`` is asked where the baseline kept single segments' scores.
    Raises InputError where signatures differ, nothing can be compared, or a metric of ``allowed`` was not compared.
    """
    limits = by_label(allowed or {}, table)
    warnings: list[str] = []
    rows: list[Difference] = []
    same_texts = baseline.count in (None, table.segments)
    if not same_texts:
        warnings.append(
            f"{baseline.path} is of {baseline.count} segments and this run of {table.segments}: the scores are of "
            "different texts."
        )
    one_each = len(table.systems) == len(baseline.systems) == 1
    for system in table.systems:
        known = next(iter(baseline.systems.values())) if one_each else baseline.systems.get(system)
        if known is None:
            warnings.append(f"{baseline.path} has no system {system}: its scores are not compared.")
            continue
        for score in table.at("system", system):
            earlier = known.get(score.metric)
            if earlier is None:
                warnings.append(f"{baseline.path} has no {score.metric} of {system}: it is not compared.")
                continue
            if comparable(score.signature) != comparable(earlier.signature):
                raise InputError(
                    f"{system}: {score.metric} cannot be compared with {baseline.path}, whose signature is "
                    f"{earlier.signature} and not {score.signature}; score both in the same way."
                )
            higher = score.metric not in table.lower_is_better
            drop = earlier.value - score.value if higher else score.value - earlier.value
            fallen = None
            if segments and earlier.segments and same_texts:
                fallen = _fallen(earlier.segments, segments(system, score.metric), higher)
            limit = limits.get(score.metric, limits.get(""))
            rows.append(Difference(system, score.metric, earlier.value, score.value, drop, limit, fallen))
    if not rows:
        raise InputError(
            f"{baseline.path} has no system and metric of this run (systems: {', '.join(baseline.systems)}); "
            "name systems alike with --system."
        )
    warnings += _left_out(table, baseline, one_each)
    for label in limits:
        if label and label not in {one.metric for one in rows}:
            raise InputError(f"The drop of {label} cannot be checked: both runs must have {label}; ask for it with -m.")
    return Differences(baseline.path, tuple(rows), tuple(warnings))


def _left_out(table: Table, baseline: Baseline, one_each: bool) -> Iterator[str]:
    """What the baseline has and this run has not: a check must not fall silent."""
    gone = [] if one_each else [name for name in baseline.systems if name not in table.systems]
    if gone:
        yield f"{baseline.path} also has {', '.join(gone)}, which this run does not score."
    scored = {one.metric for one in table.at("system")}
    labels = {label: None for known in baseline.systems.values() for label in known if label not in scored}
    if labels:
        yield f"{baseline.path} also has {', '.join(labels)}, which this run does not score."


def comparable(signature: str) -> str:
    """What two signatures must share for their scores to be compared: how the scores were made."""
    return "|".join(part for part in signature.split("|") if not part.startswith(_OTHER))


def _fallen(then: Mapping[str, float], now: Mapping[str, float], higher: bool) -> Fallen | None:
    both = [(name, then[name], value) for name, value in now.items() if name in then]
    sign = 1 if higher else -1
    drops = sorted(
        ((sign * (old - new), place) for place, (_, old, new) in enumerate(both)), key=lambda each: (-each[0], each[1])
    )
    fell = [place for drop, place in drops if drop > _EXACT]
    rose = sum(drop < -_EXACT for drop, _ in drops)
    return Fallen(len(fell), rose, len(both), tuple(both[place] for place in fell[:_WORST])) if both else None


def drops(found: Differences) -> list[Check]:
    """One check for each difference that has a greatest drop."""
    checks = []
    for one in found.rows:
        if one.allowed is None:
            continue
        moved = "fell" if one.score < one.baseline else "rose" if one.score > one.baseline else "stayed"
        moved += "" if moved == "stayed" else f" by {abs(one.difference):.2f}"
        course = f"{moved} (from {one.baseline:.2f} to {one.score:.2f})"
        judged = "within" if one.passed else "more than"
        where = f"; {one.fallen}" if one.fallen and not one.passed else ""
        sentence = f"{one.system}: {one.metric} {course}, {judged} the {one.allowed:g} allowed{where}."
        checks.append(Check(one.system, one.metric, DROP, one.score, one.allowed, one.passed, sentence))
    return checks
