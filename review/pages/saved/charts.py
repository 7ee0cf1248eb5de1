"""The page's charts: corrections over time by way, flags and edit rate from article to article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from review.pages.scores import figures
from review.steps.saving import CAPTIONS, Counted, Stretch

COLOURS = {"hand": figures.CALM, "propagation": figures.RIGHT, "suggestion": "#3c8f6c", "memory": "#a3539b"}
FIRST, BEGUN, NOW = "first flagged", "when begun", "now"
DAYS = 60
"""Days after which bars are weeks."""


def over_time(found: Counted) -> None:
    """Corrected segments by day or week (UTC), one colour for each way."""
    import altair as alt
    import pandas as pd

    weekly = bool(found.days) and (found.days[-1].day - found.days[0].day).days > DAYS
    counted: dict[tuple[str, str], list[int]] = {}
    for moment in found.days:
        year, week, _ = moment.day.isocalendar()
        when = f"{year} week {week:02d}" if weekly else moment.day.isoformat()
        for way in COLOURS:
            held = counted.setdefault((when, way), [0, 0])
            held[0] += moment.ways[way].segments
            held[1] += moment.ways[way].acts
    rows = [
        {"When": when, "Way": CAPTIONS[way], "Segments": segments, "Acts": acts}
        for (when, way), (segments, acts) in counted.items()
    ]
    used = [CAPTIONS[way] for way in COLOURS if any(row["Way"] == CAPTIONS[way] and row["Segments"] for row in rows)]
    scale = alt.Scale(domain=used, range=[COLOURS[way] for way in COLOURS if CAPTIONS[way] in used])
    frame = pd.DataFrame([row for row in rows if row["Way"] in used], columns=["When", "Way", "Segments", "Acts"])
    bars: Any = (
        alt.Chart(frame)
        .mark_bar(size=18 if len(found.days) > 12 else 34)
        .encode(
            x=alt.X("When:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("Segments:Q", title="segments corrected", axis=alt.Axis(tickMinStep=1, format=",d")),
            color=alt.Color("Way:N", scale=scale, sort=used, legend=alt.Legend(title="", orient="top", offset=4)),
            tooltip=["When:O", "Way:N", "Segments:Q", "Acts:Q"],
        )
    )
    unit = "week" if weekly else "day"
    figures.draw(bars, f"Segments corrected by {unit}, by how it came about", "saved-over-time", height=260)


def falling(parts: Sequence[Stretch]) -> None:
    """Flags per 1,000 words from article to article: as first flagged, when begun, now."""
    import altair as alt
    import pandas as pd

    rows = [
        {"Articles": (one.start + one.end) / 2, "Which": _which(one), "Counted": label, "Flags": value}
        for one in parts
        for label, value in ((FIRST, one.first), (BEGUN, one.begun), (NOW, one.now))
        if value is not None
    ]
    labels = [FIRST, BEGUN, NOW]
    colours = alt.Scale(domain=labels, range=[figures.CALM, figures.RIGHT, figures.AGAINST])
    legend = alt.Legend(title="", orient="top", offset=4, symbolType="stroke", symbolStrokeWidth=2)
    dashes = alt.Scale(domain=labels, range=[[4, 3], [1, 0], [1, 2]])
    base = alt.Chart(pd.DataFrame(rows, columns=["Articles", "Which", "Counted", "Flags"])).encode(
        x=alt.X(
            "Articles:Q",
            title="articles, in reviewing order",
            axis=alt.Axis(tickMinStep=1, format=",d"),
            scale=alt.Scale(domain=[0.5, max(1, parts[-1].end) + 0.5], nice=False),
        ),
        y=alt.Y("Flags:Q", title="flags per 1,000 words"),
        color=alt.Color("Counted:N", scale=colours, sort=labels, legend=legend),
        tooltip=["Which:N", "Counted:N", alt.Tooltip("Flags:Q", format=".1f")],
    )
    lines = base.mark_line(strokeWidth=1.5).encode(
        strokeDash=alt.StrokeDash("Counted:N", scale=dashes, sort=labels, legend=legend)
    )
    chart: Any = lines + base.mark_point(filled=True, size=36)
    figures.draw(chart, "Flags per 1,000 words, from article to article", "saved-flags", height=230)


def edit_rate(parts: Sequence[Stretch]) -> None:
    """The share of changed segments from article to article."""
    import altair as alt
    import pandas as pd

    rows = [{"Articles": (one.start + one.end) / 2, "Which": _which(one), "Changed": one.rate} for one in parts]
    bars: Any = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar(color=figures.CALM, size=max(4, min(28, 420 // max(1, len(parts)))))
        .encode(
            x=alt.X(
                "Articles:Q",
                title="articles, in reviewing order",
                axis=alt.Axis(tickMinStep=1, format=",d"),
                scale=alt.Scale(domain=[0.5, max(1, parts[-1].end) + 0.5], nice=False),
            ),
            y=alt.Y("Changed:Q", title="segments changed", axis=alt.Axis(format=".0%")),
            tooltip=["Which:N", alt.Tooltip("Changed:Q", format=".1%")],
        )
    )
    figures.draw(bars, "Changed segments as a share of all, from article to article", "saved-rate", height=150)


def _which(one: Stretch) -> str:
    return f"{one.start}" if one.start == one.end else f"{one.start} to {one.end}"
