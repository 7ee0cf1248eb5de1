"""The page's charts: systems as bars, segment scores as a histogram, before and after review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from review.metrics import find
from review.steps.scoring import Scope, slices
from review.steps.scoring.batches import SegmentScores

if TYPE_CHECKING:
    import altair as alt

BEFORE, AFTER = "machine output", "after review"
_COLOURS = ("#8a94a6", "#2f6fb5")


def systems(scopes: Sequence[Scope], label: str) -> None:
    """A bar for each system's output and one for the text after review, best output first."""
    import altair as alt
    import pandas as pd

    rows = [
        {"System": one.system, "Text": text, label: score.value}
        for one in scopes
        for text, scores in ((BEFORE, one.before), (AFTER, one.after))
        for score in scores
        if score.metric == label
    ]
    frame = pd.DataFrame(rows)
    outputs = frame[frame["Text"] == BEFORE].sort_values(label, ascending=not find(label).higher_is_better)
    bars = alt.Chart(frame).encode(
        y=alt.Y("System:N", sort=list(outputs["System"]), title=None),
        yOffset=alt.YOffset("Text:N", sort=[BEFORE, AFTER]),
        x=alt.X(f"{_field(label)}:Q", title=label, scale=alt.Scale(domainMin=0)),
        color=_colour(),
        tooltip=["System:N", "Text:N", alt.Tooltip(f"{_field(label)}:Q", format=".2f")],
    )
    numbers = bars.mark_text(align="left", dx=3).encode(
        text=alt.Text(f"{_field(label)}:Q", format=".2f"), color=alt.value("gray")
    )
    _draw(bars.mark_bar() + numbers, f"{label} by system", max(120, 44 * len(scopes) + 60))


def histogram(rows: Sequence[SegmentScores], label: str) -> None:
    """How many segments score how well, before and after review. Scores above 100 (TER) count in the last bar."""
    import altair as alt
    import pandas as pd

    counted = [
        {"Score": int(part.start), "Text": text, "Segments": part.size}
        for text, side in ((BEFORE, "before"), (AFTER, "after"))
        for part in slices.histogram(getattr(row, side).get(label) for row in rows)
    ]
    bars = (
        alt.Chart(pd.DataFrame(counted, columns=["Score", "Text", "Segments"]))
        .mark_bar()
        .encode(
            x=alt.X("Score:O", title=f"{label} of a segment, from", axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset("Text:N", sort=[BEFORE, AFTER]),
            y=alt.Y("Segments:Q", axis=alt.Axis(tickMinStep=1, format=",d")),
            color=_colour(),
            tooltip=["Score:O", "Text:N", "Segments:Q"],
        )
    )
    _draw(bars, f"Segments by {label}, before and after review", 260)


def _field(label: str) -> str:
    """A column name as Vega-Lite wants it: dots and brackets would be paths."""
    return label.replace(".", "\\.").replace("[", "\\[")


def _colour() -> alt.Color:
    import altair as alt

    scale = alt.Scale(domain=[BEFORE, AFTER], range=list(_COLOURS))
    return alt.Color("Text:N", scale=scale, sort=[BEFORE, AFTER], legend=alt.Legend(title=None, orient="top"))


def _draw(chart: alt.LayerChart | alt.Chart, title: str, height: int) -> None:
    st.altair_chart(chart.properties(height=height), alt=title)
