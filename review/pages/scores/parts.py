"""Where the scores come from: how they lie, by length, flags and risk, and where two systems differ most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from review.errors import InputError
from review.metrics import find
from review.pages import session
from review.pages.scores import charts, figures, tables
from review.steps.scoring import BatchScores, slices
from review.store.batches import BatchRow

KINDS = {
    "score": "by score",
    "length": "by length",
    "flags": "by flag",
    "detectors": "by detector",
    "risk": "by risk",
    "status": "by status",
    "differ": "two systems",
}
_SAID = {
    "length": "Words of the reference.",
    "flags": "Segments that carry an open or accepted flag of a category, as the text stands now, and those without.",
    "detectors": "Segments that carry an open or accepted flag of a detector, as the text stands, and those without.",
    "risk": "Fifths of the segments by the risk that flagging gives.",
    "status": "Where the segments stand in review.",
}
_ORDERED = ("length",)
"""Kinds whose groups are drawn from left to right; others have longer names."""
_FEW = 4
"""Names beside each other in a legend."""
_BAR = 14


def parts(batch: BatchRow, found: BatchScores, label: str, only: bool) -> None:
    """Show the chosen metric over parts of the text."""
    st.header("Parts", anchor=False)
    systems = [sheet.system for sheet in found.sheets if sheet.before]
    kinds = [kind for kind in KINDS if kind != "differ" or len(systems) > 1]
    kind = st.segmented_control(
        "Parts", kinds, default="score", required=True, format_func=lambda name: KINDS[name], key="scores-parts",
        label_visibility="collapsed",
    )  # fmt: skip
    try:
        if kind == "score":
            charts.histogram(found, label, only)
        elif kind == "differ":
            _differing(batch, found, systems, label)
        else:
            _groups(batch, found, str(kind), label, only)
    except InputError as error:
        st.info(str(error))


def _groups(batch: BatchRow, found: BatchScores, kind: str, label: str, only: bool) -> None:
    marks = slices.marks(session.store(), batch.id) if kind in slices.MARKED else None
    scored = slices.score_batch(found, kind, marks=marks, confirmed_only=only)
    if not scored:
        st.info("There is nothing to group here.")
        return
    rows: dict[str, dict[str, Any]] = {}
    points, few = [], set[str]()
    labels = figures.short(list(dict.fromkeys(one.system for one in scored)))
    several = len(labels) > 1
    for one in scored:
        name = one.group.name
        row = rows.setdefault(name, {"Segments of": name, "Segments": 0})
        row["Segments"] += one.segments
        for before, after in zip(one.scores, one.after, strict=True):
            if several and before.metric != label:
                continue
            row[labels[one.system] if several else tables.arrow(before.metric)] = before.value
            if not several:
                row[f"{before.metric} after"] = after.value
            if before.metric == label:
                points.append({"Group": name, "System": labels[one.system], label: before.value})
        if one.group.small:
            few.add(name)
    enough = [name for name in rows if name not in few]
    drawn = enough if few and len(enough) > 1 else []
    left, right = st.columns([5, 4])
    with left:
        tables.frame(
            [{**row, "Note": "few" if name in few else "" if few else None} for name, row in rows.items()],
            alt=f"{label} {KINDS[kind]}",
        )
        st.caption(
            _SAID.get(kind, "")
            + (f" {label} of each system's output." if several else "")
            + f" “few”: fewer than {slices.SMALL} segments of a system, which say little"
            + (", and are not drawn." if drawn else ".")
        )
    with right:
        _chart([point for point in points if point["Group"] in (drawn or rows)], drawn or list(rows), label, kind)


def _chart(points: Sequence[dict[str, Any]], order: Sequence[str], label: str, kind: str) -> None:
    """Draw each group's score, by system where there are several."""
    import altair as alt
    import pandas as pd

    field = charts.field(label)
    systems = list(dict.fromkeys(point["System"] for point in points))
    base = alt.Chart(pd.DataFrame(points)).encode(
        tooltip=["Group:N", "System:N", alt.Tooltip(f"{field}:Q", format=".2f")]
    )
    value = {"title": label, "scale": alt.Scale(zero=len(systems) == 1, nice=True)}
    names = {"sort": list(order), "title": None}
    if kind in _ORDERED:
        axis = alt.Axis(labelAngle=0, labelLimit=160, labelFlush=False)
        base = base.encode(x=alt.X("Group:N", axis=axis, **names), y=alt.Y(f"{field}:Q", **value))
    else:
        axis = alt.Axis(labelLimit=180, labelFlush=False, grid=len(systems) > 1)
        base = base.encode(y=alt.Y("Group:N", axis=axis, **names), x=alt.X(f"{field}:Q", **value))
    chart: Any = base.mark_bar(color=figures.RIGHT, size=_BAR)
    if len(systems) > 1:
        colours, shapes = figures.apart(systems)
        legend = alt.Legend(title="", orient="bottom", columns=_FEW, rowPadding=3, offset=4)
        base = base.encode(color=alt.Color("System:N", scale=colours, legend=legend))
        chart = base.mark_point(filled=True, size=40, opacity=1).encode(
            shape=alt.Shape("System:N", scale=shapes, legend=legend)
        )
        if kind in _ORDERED:
            chart = base.mark_line(strokeWidth=0.8) + chart
    below = 22 * -(-len(systems) // _FEW) if len(systems) > 1 else 0
    height = (250 if kind in _ORDERED else 24 * len(order) + 60) + below
    figures.draw(chart, f"{label} {KINDS[kind]}", f"parts-{kind}-{label}", height=height)


def _differing(batch: BatchRow, found: BatchScores, systems: Sequence[str], label: str) -> None:
    one, two, three, _ = st.columns([3, 3, 3, 3], vertical_alignment="bottom")
    first = one.selectbox("System", systems, key="scores-differ-first")
    others = [name for name in systems if name != first]
    second = two.selectbox("against", others, key="scores-differ-second")
    way = three.selectbox("Show", ["both ways", "where the first is better"], key="scores-differ-way")
    found_places = slices.batch_differing(
        found, str(first), str(second), find(label).name, slices.SHOWN, way == "both ways"
    )
    rows = []
    labels = figures.short(systems)
    mine_called, other_called = labels[str(first)], labels[str(second)]
    for place in found_places:
        mine = place.places[0]
        rows.append(
            {
                "Open": session.link(batch=batch.id, article=mine.article, segment=mine.segment),
                "Article": place.document,
                "No.": place.line,
                f"Δ {label}": place.difference,
                f"{label} {mine_called}": place.scores[0],
                f"{label} {other_called}": place.scores[1],
                mine_called: place.texts[0],
                other_called: place.texts[1],
                "Reference": " / ".join(place.references),
                "Source": place.source or None,
            }
        )
    if not rows:
        st.write("No segment differs.")
        return
    tables.frame(
        rows, alt=f"Segments where {first} and {second} differ most by {label}", texts=(mine_called, other_called)
    )
    st.caption(f"The {len(rows)} segments whose {label} differs most, on the machine's outputs.")
