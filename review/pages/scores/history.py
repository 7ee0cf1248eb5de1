"""A batch's scores over time: runs that were kept, as lines that never join what cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from review.metrics import Options
from review.model import Run
from review.pages import session
from review.pages.scores import charts, figures, tables
from review.steps.scoring import BatchScores, runs
from review.store import runs as kept
from review.store.batches import BatchRow

_LISTED = 20
"""Runs that are listed."""


def over_time(batch: BatchRow, found: BatchScores, label: str, tokenize: str) -> None:
    """Keep the scores as they stand, and show how they moved."""
    st.header("Over time", anchor=False)
    left, right, _ = st.columns([3, 2, 7], vertical_alignment="bottom")
    note = left.text_input("Label", placeholder="what changed: a model's version", key="scores-run-label")
    if right.button("Keep these scores", icon=":material/bookmark_add:", key="scores-run-keep"):
        _keep(batch, found, note, tokenize)
    with session.store().read() as connection:
        history = [run for run in kept.history(connection, session.user().project) if run.batch == batch.id]
    if not history:
        st.caption("No scores of this batch are kept yet. Kept ones can be compared over time, here and by `runs`.")
        return
    if label:
        _chart(history, label)
    _table(history[::-1][:_LISTED], label)


def _keep(batch: BatchRow, found: BatchScores, note: str, tokenize: str) -> None:
    user = session.user()
    articles = [article for sheet in found.sheets for article in sheet.current()]
    run = runs.of_batch(batch.name, note, found, articles, Options(), tokenize=tokenize, batch=batch.id)
    runs.keep(session.store(), user.project, user.actor, run)


def _chart(history: Sequence[Run], label: str) -> None:
    import altair as alt
    import pandas as pd

    rows = [
        {
            "When": _when(point.run),
            "System": line.system,
            "Text": line.text or charts.BEFORE,
            label: point.score.value,
            "Line": number,
            "Label": point.run.label,
        }
        for number, line in enumerate(runs.lines(history))
        if line.metric == label
        for point in line.points
    ]
    if not rows:
        st.caption(f"No kept run has {label}.")
        return
    field = charts.field(label)
    systems = figures.short(list(dict.fromkeys(str(row["System"]) for row in rows)))
    for row in rows:
        row["System"] = systems[str(row["System"])]
    colours, _ = figures.apart(list(systems.values()))
    base = alt.Chart(pd.DataFrame(rows)).encode(
        x=alt.X("When:T", title=None, axis=alt.Axis(format="%Y-%m-%d %H:%M", tickCount=5, labelFlush=True)),
        y=alt.Y(f"{field}:Q", title=label, scale=alt.Scale(zero=False, nice=True)),
        color=alt.Color("System:N", scale=colours, legend=alt.Legend(title="", orient="top", offset=4)),
        detail="Line:N",
        tooltip=[
            "When:T", "System:N", "Text:N", alt.Tooltip(f"{field}:Q", format=".2f"), "Label:N",
        ],
    )  # fmt: skip
    dashes = alt.StrokeDash(
        "Text:N", sort=[charts.BEFORE, charts.AFTER], scale=alt.Scale(range=[[4, 3], [1, 0]]),
        legend=alt.Legend(title="", orient="top", offset=4),
    )  # fmt: skip
    chart: Any = base.mark_line(strokeWidth=1.5).encode(strokeDash=dashes) + base.mark_point(filled=True, size=40)
    figures.draw(chart, f"{label} of kept runs over time", f"runs-{label}", height=240)


def _when(run: Run) -> datetime:
    return datetime.fromtimestamp(run.at / 1_000_000, UTC)


def _table(history: Sequence[Run], label: str) -> None:
    rows = []
    for run in history:
        row: dict[str, Any] = {
            "Kept": f"{_when(run):%Y-%m-%d %H:%M} UTC",
            "By": run.actor,
            "Label": run.label or None,
            "Segments": run.segments,
        }
        for one in run.scores:
            if one.metric == label and one.text == charts.AFTER:
                row[f"{one.system}"] = one.value
        rows.append(row)
    tables.frame(rows, alt="Kept runs, newest first")
    if label:
        st.caption(f"{label} after review, by system. A line ends where signature or references are other ones.")
