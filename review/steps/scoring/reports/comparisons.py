"""Paired tests of systems: JSON, CSV and plain tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from review.metrics.base import Comparison
from review.steps.scoring.reports.layout import as_csv, fine, p_value, plain, rounded


def comparison_data(found: Sequence[Comparison], test: str, trials: int, seed: int) -> dict[str, Any]:
    """A paired test as JSON data; the first system is the baseline and has no p-value."""
    results = [
        {
            "system": one.system,
            "metric": one.metric,
            "score": one.score,
            "p_value": one.p_value,
            "mean": one.mean,
            "interval": one.interval,
            **(_exact(one) if one.exact_mean is not None else {}),
            "signature": one.signature,
        }
        for one in found
    ]
    return {"test": test, "baseline": found[0].system, "trials": trials, "seed": seed, "results": results}


def comparison_text(found: Sequence[Comparison], test: str, trials: int, width: int = 2) -> str:
    """A paired test in columns, with its signatures below."""
    coarse = {one.metric for one in found if not fine(one.signature, one.score)}
    rows = [
        [
            one.system,
            one.metric,
            f"{one.score:.{digits}f}",
            "" if one.mean is None else f"{one.mean:.{digits}f} ± {one.interval:.{digits}f}",
            "baseline" if one.p_value is None else f"{p_value(one.p_value)}{'*' if one.p_value < 0.05 else ''}",
        ]
        for one in found
        for digits in [width if one.metric in coarse else width + 2]
    ]
    title = f"Paired {test} against {found[0].system}, {trials} trials (* p < 0.05)\n"
    lines = list(dict.fromkeys(f"{one.metric}: {one.signature}" for one in found))
    return (
        title + plain(["system", "metric", "score", "mean ± 95%", "p-value"], rows, 2) + "\n" + "\n".join(lines) + "\n"
    )


def comparison_csv(found: Sequence[Comparison], width: int | None = None) -> str:
    """A paired test, one system and metric a row; exact numbers where a metric has them beside sacrebleu's."""
    extra = tuple(_exact(found[0])) if any(one.exact_mean is not None for one in found) else ()
    rows = [
        (
            one.system, one.metric, rounded(one.score, width), one.p_value, one.mean, one.interval,
            *(_exact(one)[name] for name in extra), one.signature,
        )
        for one in found
    ]  # fmt: skip
    return as_csv(rows, ("system", "metric", "score", "p_value", "mean", "interval", *extra, "signature"))


def _exact(one: Comparison) -> dict[str, float | None]:
    return {
        "exact_p_value": one.exact_p_value,
        "exact_mean": one.exact_mean,
        "exact_interval": one.exact_interval,
    }
