"""Systems against each other: ranks and clusters with intervals, and every pair's p-value as a heat map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from review.errors import InputError
from review.metrics import find
from review.pages.scores import figures, tables
from review.steps import scoring

if TYPE_CHECKING:
    from review.metrics.significance import Pairwise

TESTS = {"bootstrap": "Paired bootstrap", "randomization": "Approximate randomization"}
_LEVELS = ((0.001, "p < 0.001"), (0.01, "p < 0.01"), (0.05, "p < 0.05"))
_NOT = "not significant"
_NUMBERS = 12
"""Up to how many systems a p-value is written into each cell."""
_CELL = 34
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
    if work > _AT_ONCE and not st.session_state.get(asked):
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
        _heat_map(result, kind != "of each pair")
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


def _heat_map(result: Pairwise, adjusted: bool) -> None:
    import altair as alt
    import pandas as pd

    values = result.adjusted if adjusted else result.p_values
    sign = 1 if find(result.metric).higher_is_better else -1
    cells = []
    for i, row in enumerate(result.systems):
        for j, column in enumerate(result.systems):
            if i == j:
                continue
            gain = (result.scores[i] - result.scores[j]) * sign
            cells.append(
                {
                    "Row": row,
                    "Column": column,
                    "p": float(values[i, j]),
                    "Difference": result.scores[i] - result.scores[j],
                    "Said": _said(float(values[i, j]), gain),
                }
            )
    names = list(result.systems)
    domain = [f"{side}, {said}" for side in ("better", "worse") for _, said in _LEVELS] + [_NOT]
    colours = ["#1d5594", "#4f8bcb", "#a9c9ea", "#9a5716", "#d08a45", "#efc99e", "#8a94a640"]
    base = alt.Chart(pd.DataFrame(cells, columns=["Row", "Column", "p", "Difference", "Said"])).encode(
        x=alt.X("Column:N", sort=names, title=None, axis=alt.Axis(orient="top", labelAngle=-40)),
        y=alt.Y("Row:N", sort=names, title=None),
        tooltip=[
            alt.Tooltip("Row:N", title="system"),
            alt.Tooltip("Column:N", title="against"),
            alt.Tooltip("Difference:Q", format="+.2f"),
            alt.Tooltip("p:Q", format=".4f"),
            alt.Tooltip("Said:N", title="the system is"),
        ],
    )
    chart: Any = base.mark_rect(stroke="#8a94a6", strokeWidth=0.3).encode(
        color=alt.Color(
            "Said:N",
            scale=alt.Scale(domain=domain, range=colours),
            legend=alt.Legend(title="the system on the left is", orient="bottom", columns=3, symbolType="square"),
        )
    )
    if len(names) <= _NUMBERS:
        strong = alt.FieldOneOfPredicate(field="Said", oneOf=[domain[at] for at in (0, 1, 3)])
        chart += base.mark_text(fontSize=10).encode(
            text=alt.Text("p:Q", format=".3f"),
            color=alt.condition(strong, alt.value("#ffffff"), alt.value("#5b6573")),
        )
    figures.draw(
        chart.properties(height=alt.Step(_CELL)),
        f"p-values of every pair of systems by {result.metric}" + (", adjusted after Holm" if adjusted else ""),
        f"pairs-{result.metric}-{result.test}",
    )


def _said(p: float, gain: float) -> str:
    said = next((said for level, said in _LEVELS if p < level), "")
    if not said or not gain:
        return _NOT
    return f"{'better' if gain > 0 else 'worse'}, {said}"
