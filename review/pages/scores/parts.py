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
_FEW = 4
"""Systems that are drawn in one chart."""


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
        name = f"not {one.group.name}" if one.group.without else one.group.name
        row = rows.setdefault(name, {"Segments of": name, "Segments": 0})
        row["Segments"] += one.segments
        for before, after in zip(one.scores, one.after, strict=True):
            if several and before.metric != label:
                continue
            row[labels[one.system] if several else tables.arrow(before.metric)] = before.value
            if not several:
                row[f"{before.metric} after"] = after.value
            points.append(
                {"Group": name, "System": labels[one.system], label: before.value} if before.metric == label else {}
            )
        if one.group.small:
            few.add(name)
    left, right = st.columns([5, 4])
    with left:
        tables.frame(
            [{**row, "Note": "few" if name in few else None} for name, row in rows.items()],
            alt=f"{label} {KINDS[kind]}",
        )
        st.caption(
            _SAID.get(kind, "")
            + (f" {label} of each system's output." if several else "")
            + f" “few”: fewer than {slices.SMALL} segments of a system, which say little."
        )
    with right:
        _lines([point for point in points if point], list(rows), label, kind)


def _lines(points: Sequence[dict[str, Any]], order: Sequence[str], label: str, kind: str) -> None:
    import altair as alt
    import pandas as pd

    systems = list(dict.fromkeys(point["System"] for point in points))
    frame = pd.DataFrame(points)
    field = charts.field(label)
    base = alt.Chart(frame).encode(
        x=alt.X("Group:N", sort=list(order), title=None, axis=alt.Axis(labelAngle=-25, labelLimit=160)),
        y=alt.Y(f"{field}:Q", title=label, scale=alt.Scale(zero=False, nice=True)),
        tooltip=["Group:N", "System:N", alt.Tooltip(f"{field}:Q", format=".2f")],
    )
    if len(systems) > 1:
        several = len(systems)
        colours = [figures.SEVERAL[at % len(figures.SEVERAL)] for at in range(several)]
        shapes = [figures.SHAPES[at % len(figures.SHAPES)] for at in range(several)]
        legend = alt.Legend(title="", orient="bottom", columns=_FEW, rowPadding=3, offset=4)
        base = base.encode(color=alt.Color("System:N", scale=alt.Scale(domain=systems, range=colours), legend=legend))
        points_of = base.mark_point(filled=True, size=40).encode(
            shape=alt.Shape("System:N", scale=alt.Scale(domain=systems, range=shapes), legend=legend)
        )
        lined = kind not in ("flags", "detectors", "status")
        chart: Any = base.mark_line(strokeWidth=1, opacity=0.5) + points_of if lined else points_of
    else:
        chart = base.mark_bar(color=figures.RIGHT, size=24)
    figures.draw(chart, f"{label} {KINDS[kind]}", f"parts-{kind}-{label}", height=300)


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
