"""Systems against each other: ranks and clusters with intervals, and every pair's p-value as a heat map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from review.errors import InputError
from review.pages.scores import pairs, tables
from review.steps import scoring

if TYPE_CHECKING:
    from review.metrics.significance import Pairwise

TESTS = {"bootstrap": "Paired bootstrap", "randomization": "Approximate randomization"}
_AT_ONCE = 200_000_000
"""Segments times trials times systems that are drawn without being asked for: a few seconds."""


def leaderboard(followed: scoring.Followed, found: scoring.BatchScores, label: str) -> None:
    """Show how the machine's outputs rank by one metric, and whether the differences are real."""
    st.header("Systems", anchor=False)
    left, middle, right = st.columns([3, 3, 6], vertical_alignment="bottom")
    test = left.selectbox("Test", list(TESTS), format_func=lambda name: TESTS[name], key="scores-test")
    kind = middle.selectbox("p-values", ["of each pair", "adjusted (Holm)"], key="scores-p-values")
    segments = max(len(sheet.references) for sheet in found.sheets)
    work = segments * scoring.TRIALS[test] * len(found.sheets)
    asked = f"scores-compare-{id(followed)}-{test}"
    if work > _AT_ONCE and not followed.has_compared(test) and not st.session_state.get(asked):
        right.button("Compare the systems", type="primary", key=asked)
        st.caption("A comparison of this size takes a while.")
        return
    try:
        with st.spinner("Comparing…"):
            results, warnings = followed.compared(test)
    except InputError as error:
        st.info(str(error))
        return
    result = next(one for one in results if one.metric == label)
    others = {one.metric: dict(zip(one.systems, one.scores, strict=True)) for one in results if one is not result}
    for warning in warnings:
        st.warning(warning)
    left, right = st.columns([5, 4])
    with left:
        _ranks(result, others)
        st.caption(_explained(result))
    with right:
        pairs.heat_map(result, kind != "of each pair")
        st.caption("  \n".join([*result.warnings, f"{result.metric}: {result.signature}"]))


def _ranks(result: Pairwise, others: dict[str, dict[str, float]]) -> None:
    rows = []
    for place, system in enumerate(result.systems):
        low, high = result.ranks[place]
        row: dict[str, Any] = {
            "Cluster": result.clusters[place],
            "Rank": str(low) if low == high else f"{low}–{high}",
            "System": system,
            tables.arrow(result.metric): result.scores[place],
        }
        if result.lower and result.upper:
            row["95% interval"] = f"{result.lower[place]:.2f} – {result.upper[place]:.2f}"
        row |= {tables.arrow(label): scores[system] for label, scores in others.items()}
        rows.append(row)
    tables.frame(rows, alt=f"Systems ranked by {result.metric}")


def _explained(result: Pairwise) -> str:
    return (
        f"Ranks as WMT gives them: from one plus the systems that are better by {result.metric} at "
        f"p < {result.level:g} to the last place that this leaves. A new cluster begins where every system above is "
        f"better than every system below. {TESTS[result.test]}, {result.trials:,} trials, on the machine's outputs."
    )
