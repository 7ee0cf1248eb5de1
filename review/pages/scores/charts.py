"""The page's charts: systems as bars, segment scores as a histogram, before and after review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from review.metrics import find
from review.pages.scores import figures
from review.steps.scoring import BatchScores, Scope, slices

if TYPE_CHECKING:
    import altair as alt

BEFORE, AFTER = "machine output", "after review"
_COLOURS = (figures.CALM, figures.RIGHT)


def systems(scopes: Sequence[Scope], label: str) -> None:
    """A bar for each system's output and one for the text after review, best output first."""
    import altair as alt
    import pandas as pd

    labels = figures.short([one.system for one in scopes])
    rows = [
        {"System": labels[one.system], "Name": one.system, "Text": text, label: score.value}
        for one in scopes
        for text, scores in ((BEFORE, one.before), (AFTER, one.after))
        for score in scores
        if score.metric == label
    ]
    frame = pd.DataFrame(rows)
    outputs = frame[frame["Text"] == BEFORE].sort_values(label, ascending=not find(label).higher_is_better)
    bars = alt.Chart(frame).encode(
        y=alt.Y("System:N", sort=list(outputs["System"]), title=None, axis=alt.Axis(labelLimit=180)),
        yOffset=alt.YOffset("Text:N", sort=[BEFORE, AFTER]),
        x=alt.X(
            f"{field(label)}:Q", title=label, scale=alt.Scale(domain=[0, 1.12 * frame[label].max() or 1], nice=False)
        ),
        color=_colour(),
        tooltip=[alt.Tooltip("Name:N", title="System"), "Text:N", alt.Tooltip(f"{field(label)}:Q", format=".2f")],
    )

    def chart(in_the_dark: bool) -> alt.LayerChart:
        numbers = bars.mark_text(align="left", dx=3, fontSize=10.5).encode(
            text=alt.Text(f"{field(label)}:Q", format=".2f"), color=alt.value(figures.ink(in_the_dark))
        )
        return bars.mark_bar() + numbers

    height = max(120, 34 * len(scopes) + 70)
    figures.draw(
        chart(figures.dark()), f"{label} by system", f"systems-{label}", height=height, printed=lambda: chart(False)
    )


def histogram(found: BatchScores, label: str, only: bool) -> None:
    """How many segments score how well, before and after review. Scores above 100 (TER) count in the last bar."""
    import altair as alt
    import numpy as np
    import pandas as pd

    counted = []
    for text, side in ((BEFORE, "before"), (AFTER, "after")):
        values = [
            sheet.values(side, label)[sheet.confirmed[sheet.kept]] if only else sheet.values(side, label)
            for sheet in found.sheets
            if sheet.before
        ]
        everything = np.concatenate(values) if values else np.zeros(0)
        counted += [
            {"Score": int(part.start), "Text": text, "Segments": part.size}
            for part in slices.histogram(everything.tolist())
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
    figures.draw(bars, f"Segments by {label}, before and after review", f"histogram-{label}", height=260)


def field(label: str) -> str:
    """A column name as Vega-Lite wants it: dots and brackets would be paths."""
    return label.replace(".", "\\.").replace("[", "\\[")


def _colour() -> alt.Color:
    import altair as alt

    scale = alt.Scale(domain=[BEFORE, AFTER], range=list(_COLOURS))
    return alt.Color("Text:N", scale=scale, sort=[BEFORE, AFTER], legend=alt.Legend(title="", orient="top", offset=4))
