"""Scores of marked errors as JSON data."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from review.metrics.mqm import BASES, Tally
from review.steps.scoring.mqm.comparing import LEVEL, Compared
from review.steps.scoring.mqm.reading import Scored
from review.steps.scoring.reports.mqm.view import JUDGED, View, notes


def as_data(scored: Scored, view: View, warnings: Sequence[str], compared: Compared | None = None) -> dict[str, Any]:
    """The scores as JSON data: systems, the best first, each with the level that was asked for inside."""
    ratings = scored.ratings
    inner: dict[str, list[dict[str, Any]]] = {}
    spread = spreads(scored)
    if view.level != "system":
        for tally in ratings.tallies(view.level):
            inner.setdefault(tally.system, []).append(_entry(tally, view))
    systems = []
    for tally in ratings.tallies("system"):
        entry = _entry(tally, view)
        entry["rater_spread"] = spread[tally.system]
        if compared:
            entry["cluster"] = compared.clusters[tally.system]
            if compared.intervals:
                entry["interval"] = list(compared.intervals[tally.system])
        if tally.system in inner:
            entry[f"by_{view.level}"] = inner[tally.system]
        systems.append(entry)
    data: dict[str, Any] = {"systems": systems}
    if view.level == "rater":
        data["raters"] = [_entry(tally, view) for tally in ratings.raters_overall()]
    if compared:
        data["comparison"] = comparison_data(compared)
    rules = [
        {"severity": list(rule.severities), "category": list(rule.categories), "weight": float(rule.weight)}
        for rule in ratings.weights.rules
    ]
    data["weights"] = {"name": ratings.weights.name, "source": ratings.weights.source, "rules": rules}
    data["basis"] = {
        "input": scored.title,
        "segments": len(ratings.items),
        "raters": len(ratings.raters),
        "words": view.basis,
        "per_words": view.size,
        "threshold": None if view.threshold is None else float(view.threshold),
    }
    quality = f"Quality: 100 less the penalty per 100 words of the {view.basis}."
    return {**data, "notes": [*notes(scored, view), quality], "warnings": list(warnings)}


def _entry(tally: Tally, view: View) -> dict[str, Any]:
    rate = tally.per_words(view.basis, view.size)
    words = tally.words[BASES.index(view.basis)]
    entry: dict[str, Any] = {
        **({"document": tally.document} if tally.level == "segment" else {}),
        "name": tally.name or tally.system,
        "mqm": float(tally.score),
        "penalty": float(tally.penalty),
    }
    if tally.whole is not None:
        entry["share"] = tally.share
    entry |= {"segments": tally.segments, "ratings": tally.ratings, "raters": tally.raters, "errors": tally.errors}
    entry["severities"] = _parts(tally, "severity")
    if tally.level != "category":
        entry["categories"] = _parts(tally, "category")
    entry |= {"words": words, "per_words": None if rate is None else float(rate)}
    entry["quality"] = None if not words else float(100 * (1 - tally.penalty / words))
    if view.threshold is not None and tally.level in JUDGED:
        entry["verdict"] = view.verdict(tally)
    return entry


def _parts(tally: Tally, what: str) -> dict[str, dict[str, Any]]:
    whole = tally.penalty
    return {
        name: {"errors": count, "penalty": float(part), "share": float(part / whole) if whole else None}
        for name, (count, part) in tally.by(what).items()
    }


def spreads(scored: Scored) -> dict[str, dict[str, Any]]:
    """For each system its raters' means, lowest and highest, and their standard deviation (of a sample)."""
    means: dict[str, list[float]] = {}
    for tally in scored.ratings.tallies("rater"):
        means.setdefault(tally.system, []).append(float(tally.score))
    return {
        system: {
            "lowest": min(found),
            "highest": max(found),
            "standard_deviation": statistics.stdev(found) if len(found) > 1 else None,
        }
        for system, found in means.items()
    }


def comparison_data(compared: Compared) -> dict[str, Any]:
    """Every pair of systems as JSON data."""
    pairs = [
        {
            "better": pair.better,
            "worse": pair.worse,
            "segments": pair.segments,
            "units": pair.units,
            "difference": pair.difference,
            "p_value": pair.p_value,
            "adjusted": pair.adjusted,
            "significant": pair.significant,
            **({"interval": list(pair.interval)} if pair.interval else {}),
        }
        for pair in compared.pairs
    ]
    return {
        "test": compared.test,
        "trials": compared.trials,
        "seed": compared.seed,
        "units": f"{compared.unit}s",
        "level": LEVEL,
        "pairs": pairs,
    }
