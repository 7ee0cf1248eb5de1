"""Scores as sacrebleu prints them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from review.metrics import surface
from review.metrics.base import TESTS, Comparison
from review.model import Score
from review.steps.scoring.systems import Table


def sacrebleu_order(scores: Iterable[Score]) -> list[Score]:
    """sacrebleu prints metrics in the order of their names in capitals."""
    return sorted(scores, key=lambda one: one.metric.upper())


def sacrebleu_json(table: Table, names: Sequence[str], width: int = 1) -> str:
    """What ``sacrebleu`` prints as JSON; it calls systems by ``names``, the paths as they were given."""
    if len(table.systems) == 1:
        found = [surface.formatted(one, width, as_json=True) for one in sacrebleu_order(table.at("system"))]
        return (found[0] if len(found) == 1 else "[\n" + ",\n".join(found) + "\n]") + "\n"
    listed = []
    for name, system in zip(names, table.systems, strict=True):
        scores = sacrebleu_order(table.at("system", system))
        entry = {"system": name}
        entry.update({one.metric: surface.formatted(one, width, score_only=True) for one in scores})
        listed.append(entry)
    return json.dumps(listed, indent=4) + "\n"


def sacrebleu_text(table: Table, names: Sequence[str], kind: str, width: int = 1) -> str:
    """What ``sacrebleu -f text`` or ``latex`` (the ``kind``) prints: for one system a line for each metric, aligned at
    the equals sign; for several a table.
    """
    if len(table.systems) > 1:
        columns: dict[str, list[Any]] = {"System": list(names)}
        for one in (score for system in table.systems for score in sacrebleu_order(table.at("system", system))):
            columns.setdefault(one.metric, []).append(surface.formatted(one, width, score_only=True))
        return surface.results_table(columns, _signatures(table.at("system")), kind, width)
    lines = [surface.formatted(one, width) for one in sacrebleu_order(table.at("system"))]
    if len(lines) == 1:
        return lines[0] + "\n"
    widest = max(line.index("=") - 1 for line in lines)
    return "".join(f"{line[: line.index('=') - 1]:>{widest}}{line[line.index('=') - 1 :]}\n" for line in lines)


def _signatures(scores: Iterable[Score | Comparison]) -> dict[str, str]:
    return {one.metric: one.signature for one in sorted(scores, key=lambda one: one.metric.upper())}


def sentence_level(table: Table, width: int = 1, *, score_only: bool = False) -> str:
    """What ``sacrebleu --sentence-level`` prints: a line for each segment."""
    return "".join(f"{surface.formatted(one, width, score_only=score_only)}\n" for one in table.at("segment"))


def score_only(table: Table, width: int = 1, *, as_json: bool = True) -> str:
    """The numbers alone: of one system as sacrebleu prints them, of several a line for each system."""
    lines = []
    for system in table.systems:
        ordered = sacrebleu_order(table.at("system", system))
        lines.append([surface.formatted(one, width, score_only=True) for one in ordered])
    if len(lines) > 1:
        return "\n".join(" ".join(line) for line in lines) + "\n"
    if as_json and len(lines[0]) > 1:
        return "[\n" + ",\n".join(lines[0]) + "\n]\n"
    return "\n".join(lines[0]) + "\n"


def comparison_native(
    found: Sequence[Comparison], names: Sequence[str], kind: str, test: str, trials: int, width: int = 1
) -> str:
    """What ``sacrebleu --paired-bs`` or ``--paired-ar`` prints with ``-f text`` or ``latex`` (the ``kind``)."""
    columns: dict[str, list[Any]] = {"System": [f"Baseline: {names[0]}", *names[1:]]}
    for one in sorted(found, key=lambda each: each.metric.upper()):
        columns.setdefault(one.metric, []).append((one.score, one.p_value, one.mean, one.interval))
    return surface.results_table(columns, _signatures(found), kind, width, TESTS[test], trials)


def comparison_sacrebleu(found: Sequence[Comparison], names: Sequence[str]) -> str:
    """What ``sacrebleu --paired-bs`` or ``--paired-ar`` prints as JSON."""
    listed: dict[str, dict[str, Any]] = {}
    titles = [f"Baseline: {names[0]}", *names[1:]]
    order = dict(zip(dict.fromkeys(one.system for one in found), titles, strict=True))
    for one in sorted(found, key=lambda each: (list(order).index(each.system), each.metric.upper())):
        entry = listed.setdefault(one.system, {"system": order[one.system]})
        entry[one.metric] = {"score": one.score, "p_value": one.p_value, "mean": one.mean, "ci": one.interval}
    return json.dumps(list(listed.values()), indent=4) + "\n"
