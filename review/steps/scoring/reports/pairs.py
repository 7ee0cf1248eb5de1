"""Tests of every system against every other: JSON, CSV and plain tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from review.metrics.significance import Pairwise
from review.steps.scoring.reports.layout import as_csv, fine, p_value, plain, rounded


def pairwise_data(found: Pairwise) -> dict[str, Any]:
    """One metric's pairs as JSON data: systems best first, tables of p-values by row and column in that order."""
    systems = [
        {
            "name": name,
            "score": found.scores[place],
            "mean": _at(found.means, place),
            "lower": _at(found.lower, place),
            "upper": _at(found.upper, place),
            "cluster": found.clusters[place],
            "ranks": list(found.ranks[place]),
        }
        for place, name in enumerate(found.systems)
    ]
    exact = {} if found.exact_p_values is None else {"exact_p_values": _table(found.exact_p_values)}
    return {
        "metric": found.metric,
        "test": found.test,
        "trials": found.trials,
        "seed": found.seed,
        "level": found.level,
        "signature": found.signature,
        "higher_is_better": found.higher_is_better,
        "systems": systems,
        "p_values": _table(found.p_values),
        "adjusted": _table(found.adjusted),
        **exact,
        "warnings": list(found.warnings),
    }


def pairwise_text(results: Sequence[Pairwise], width: int = 2) -> str:
    """Each metric's systems with a line between clusters, and its p-values below.

    Scores from elsewhere that are on a scale of about 1 have two decimals more.
    """
    return "\n".join(_metric_text(found, width) for found in results)


def pairwise_csv(results: Sequence[Pairwise], width: int | None = None) -> str:
    """One row for each metric, system and other system."""
    with_exact = any(found.exact_p_values is not None for found in results)
    rows = [
        (
            found.metric, name, found.clusters[row], *found.ranks[row], rounded(found.scores[row], width),
            *(_at(ends, row) for ends in (found.means, found.lower, found.upper)),
            other, rounded(found.scores[column], width),
            found.p_values[row, column], found.adjusted[row, column],
            *([None if found.exact_p_values is None else found.exact_p_values[row, column]] if with_exact else []),
            found.signature,
        )
        for found in results
        for row, name in enumerate(found.systems)
        for column, other in enumerate(found.systems)
        if row != column
    ]  # fmt: skip
    header = (
        "metric", "system", "cluster", "rank_low", "rank_high", "score", "mean", "lower", "upper",
        "other", "other_score", "p_value", "adjusted", *(["exact_p_value"] if with_exact else []), "signature",
    )  # fmt: skip
    return as_csv(rows, header)


def _metric_text(found: Pairwise, width: int) -> str:
    width += 2 if all(fine(found.signature, score) for score in found.scores) else 0
    numbers = [str(place) for place in range(1, len(found.systems) + 1)]
    header = ["system", "", "ranks", found.metric, *(["95% interval"] if found.means else [])]
    rows = []
    for place, name in enumerate(found.systems):
        low, high = found.ranks[place]
        ranks = f"{low}" if low == high else f"{low}-{high}"
        row = [name, numbers[place], ranks, f"{found.scores[place]:.{width}f}"]
        if found.lower and found.upper:
            row.append(f"{found.lower[place]:.{width}f} to {found.upper[place]:.{width}f}")
        rows.append(row)
    lines = plain(header, rows).splitlines()
    board = lines[:2]
    for place, line in enumerate(lines[2:]):
        if place and found.clusters[place] != found.clusters[place - 1]:
            board.append("=" * len(lines[1]))
        board.append(line)
    cells = [
        [name, numbers[row], *(_cell(found, row, column) for column in range(len(numbers)))]
        for row, name in enumerate(found.systems)
    ]
    title = (
        f"{found.metric}: paired {found.test} of every pair, {found.trials} trials\n"
        f"(a double line: every system above is better than every one below, p < {found.level:g})\n"
    )
    table = f"p-values (* also below {found.level:g} after Holm, over all pairs)\n" + plain(["", "", *numbers], cells)
    return title + "\n".join(board) + "\n\n" + table + f"\n{found.metric}: {found.signature}\n"


def _cell(found: Pairwise, row: int, column: int) -> str:
    value = found.p_values[row, column]
    return "" if np.isnan(value) else f"{p_value(value)}{'*' if found.adjusted[row, column] < found.level else ' '}"


def _at(values: Sequence[float] | None, place: int) -> float | None:
    return None if values is None else values[place]


def _table(values: np.ndarray) -> list[list[float | None]]:
    return [[None if np.isnan(one) else float(one) for one in row] for row in values]
