"""Scores as sacrebleu prints them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from review.metrics import surface
from review.metrics.base import Comparison
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


def sacrebleu_text(table: Table, width: int = 1) -> str:
    """What ``sacrebleu -f text`` prints for one system: a line for each metric, aligned at the equals sign."""
    lines = [surface.formatted(one, width) for one in sacrebleu_order(table.at("system"))]
    widest = max(line.index("=") - 1 for line in lines)
    return "".join(f"{line[: line.index('=') - 1]:>{widest}}{line[line.index('=') - 1 :]}\n" for line in lines)


def score_only(table: Table, width: int = 1) -> str:
    """The numbers alone: of one system a line for each metric, as sacrebleu; of several a line for each system."""
    lines = []
    for system in table.systems:
        ordered = sacrebleu_order(table.at("system", system))
        lines.append([surface.formatted(one, width, score_only=True) for one in ordered])
    return "\n".join(lines[0] if len(lines) == 1 else [" ".join(line) for line in lines]) + "\n"


def comparison_sacrebleu(found: Sequence[Comparison], names: Sequence[str]) -> str:
    """What ``sacrebleu --paired-bs`` or ``--paired-ar`` prints as JSON."""
    listed: dict[str, dict[str, Any]] = {}
    titles = [f"Baseline: {names[0]}", *names[1:]]
    order = dict(zip(dict.fromkeys(one.system for one in found), titles, strict=True))
    for one in sorted(found, key=lambda each: (list(order).index(each.system), each.metric.upper())):
        entry = listed.setdefault(one.system, {"system": order[one.system]})
        entry[one.metric] = {"score": one.score, "p_value": one.p_value, "mean": one.mean, "ci": one.interval}
    return json.dumps(list(listed.values()), indent=4) + "\n"
