"""Evaluation: how good the flags are, against the errors that people marked in a batch or in an MQM file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from review.formats import Source
from review.pages import session, working
from review.pages.importing import LANGUAGES
from review.settings import settings
from review.steps.evaluating import jobs as steps
from review.steps.evaluating import reports
from review.store import batches, marks

if TYPE_CHECKING:
    from review.store.batches import BatchRow

BATCH, FILE = "a batch's marks", "an MQM file"
_GROUPS = {reports.FLAGS: "All flags", reports.SURELY: "Sure flags", reports.CEILING: "One rater"}
_COLUMNS = {
    "flags a segment": "Flags a segment",
    "precision": "Precision",
    "by chance": "By chance",
    "lift": "Lift",
    "recall of major spans": "Recall, major",
    "character F1": "Character F1",
}
_ROW = 33
"""Pixels of a table's row: the chart beside it has rows of the same height."""
_MORE = f"""Sure flags have a confidence of {reports.SURE} or more. One rater: each rater's marks, taken as flags,
against the others'. In the charts: a dot for precision with its interval, a tick for chance."""
_WARNINGS = 3
"""Warnings that are shown at once."""
_RIGHT, _CHANCE = "#2f6fb5", "#8a94a6"

Plain = Mapping[str, Mapping[str, float | None]]
"""Figures by name, as ``reports.as_json`` makes them."""


@session.page
def evaluation() -> None:
    """Choose what to compare with, wait, and read the figures; the work is a job that can be cancelled."""
    st.title("Evaluation")
    if working.shown("evaluate", done=_done):
        return
    project = session.user().project
    with session.store().read() as connection:
        marked = marks.batches(connection, project)
        rows = {row.id: row for row in batches.rows(connection, project) if row.id in marked}
    st.caption(
        "How good the flags are, against errors that people marked: by detector, by category, and for whole segments, "
        "with 95% intervals."
    )
    way = st.radio("Compare with", [BATCH, FILE], index=0 if rows else 1, horizontal=True, key="evaluation-way")
    payload = _of_batch(rows, marked) if way == BATCH else _of_file()
    if payload is not None and st.button("Evaluate", type="primary"):
        working.start("evaluate", payload())
        st.rerun()


def _of_batch(rows: Mapping[int, BatchRow], marked: Mapping[int, int]) -> Callable[[], dict[str, Any]] | None:
    """The job of a batch that has marks; None where there is none."""
    if not rows:
        st.info(
            "No batch has an error marked yet. Select words on the review page and mark them (m or F9), and this page "
            "compares the flags with the marks; or give an MQM file."
        )
        return None
    known = list(rows)
    batch = st.selectbox(
        "Batch",
        known,
        index=session.place("batch", known) or 0,
        format_func=lambda key: f"{rows[key].name} · {session.count(marked[key], 'mark')}",
        key="evaluation-batch",
    )
    st.caption(
        "Articles that nobody marked or rated are left out, and marks on words that a reviewer had changed already."
    )
    return lambda: steps.of_batch(batch)


def _of_file() -> Callable[[], dict[str, Any]] | None:
    """The job of an uploaded file; None until it is there."""
    left, right = st.columns([3, 2])
    file = left.file_uploader("MQM annotations", key="evaluation-file", help="TSV as Marot and WMT write it, or .gz.")
    with right:
        one, two = st.columns(2)
        source = one.selectbox("Source language", LANGUAGES, accept_new_options=True, key="evaluation-from")
        target = two.selectbox("Target language", LANGUAGES, index=1, accept_new_options=True, key="evaluation-to")
    if file is None:
        st.caption(
            "A tab-separated table with the columns system, doc, seg_id, rater, source, target, category and severity, "
            "one marked error a row, the words between <v> and </v>; UTF-8, gzip or not, "
            f"up to {settings().upload_megabytes} MB. A batch whose errors reviewers marked will do as well."
        )
        return None
    with st.expander("References and other systems' outputs"):
        one, two, three = st.columns([3, 3, 2])
        references = _files(one, "References", "references")
        alternatives = _files(two, "Other outputs", "alternatives")
        documents = _files(three, "Documents (TSV of line, document, segment)", "documents", several=False)
        most = three.number_input("Other outputs beside a system, at most", 1, 20, 2, key="evaluation-most")
        st.caption("One segment a line, in the MQM file's order or as the table of documents says.")
    return lambda: steps.of_file(
        session.store(),
        Source.of(file.getvalue(), file.name),
        (source or "", target or ""),
        references,
        alternatives,
        documents[0] if documents else None,
        int(most),
    )


def _files(place: Any, label: str, key: str, *, several: bool = True) -> list[Source]:
    found = place.file_uploader(label, accept_multiple_files=several, key=f"evaluation-{key}")
    files = found if several else [found]
    return [Source.of(file.getvalue(), file.name) for file in files or [] if file is not None]


def _done(result: dict[str, Any], again: Callable[[], None]) -> None:
    """The figures, and the way back to the beginning."""
    report = result["report"]
    facts = list(result["files"])
    for key in ("articles", "documents", "systems", "segments", "raters"):
        facts.append(session.count(result[key], key.removesuffix("s")))
    st.caption(" · ".join(facts))
    for warning in result["warnings"][:_WARNINGS]:
        st.warning(warning)
    if more := result["warnings"][_WARNINGS:]:
        with st.expander(session.count(len(more), "more warning")):
            st.text("\n".join(more))
    left, middle, right = st.columns([50, 45, 27])
    with left:
        st.header("Flags", anchor=False)
        _side_by_side(report, _GROUPS, "Flags against marks", without=("AUC of risk", "Spearman with MQM"))
    with middle:
        st.header("Segments", anchor=False)
        groups = {reports.SEGMENTS: "Risk", reports.CEILING: "One rater"}
        _side_by_side(report, groups, "Risk against marks", only=report[reports.SEGMENTS])
    with right:
        st.header("Omissions", anchor=False)
        _side_by_side(report, {reports.OMISSIONS: "On the source"}, "Flags on the source against marks")
    _named("By detector", report[reports.BY_DETECTOR])
    _named("By category", report[reports.BY_CATEGORY])
    st.caption(" ".join(reports.NOTES.split()) + f" {_MORE}")
    _downloads(report, again)


def _side_by_side(
    report: Mapping[str, Plain],
    groups: Mapping[str, str],
    alt: str,
    only: Plain | None = None,
    without: Sequence[str] = (),
) -> None:
    """Groups of figures as the columns of one table; a figure that a group does not have is left empty."""
    there = {key: title for key, title in groups.items() if key in report}
    names = reports.in_order({name for key in there for name in report[key]})
    _frame(
        [
            {"Figure": name[0].upper() + name[1:]}
            | {
                title: reports.shown(reports.figure(report[key][name]))
                for key, title in there.items()
                if name in report[key]
            }
            for name in names
            if name not in without and (only is None or name in only)
        ],
        alt,
    )


def _named(title: str, rows: Mapping[str, Plain]) -> None:
    """A table of figures by detector or category, and its chart beside it."""
    st.header(title, anchor=False)
    if not rows:
        st.write("No flag was made.")
        return
    ranked = sorted(rows, key=lambda name: -(rows[name]["flags a segment"]["value"] or 0))
    left, right = st.columns([5, 2])
    with left:
        _frame(
            [
                {title.removeprefix("By ").capitalize(): name}
                | {column: reports.shown(reports.figure(rows[name][key])) for key, column in _COLUMNS.items()}
                for name in ranked
            ],
            title,
        )
    with right:
        _chart(rows, ranked)


def _frame(rows: list[dict[str, Any]], alt: str) -> None:
    import pandas as pd

    st.dataframe(pd.DataFrame(rows).fillna(""), hide_index=True, alt=alt, height="content")


def _chart(rows: Mapping[str, Plain], ranked: Sequence[str]) -> None:
    """Precision with its interval, and precision by chance as a tick, by name."""
    import altair as alt
    import pandas as pd

    frame = pd.DataFrame(
        [
            {"Name": name, "Precision": own["value"], "low": own["low"], "high": own["high"], "By chance": chance}
            for name in ranked
            for own, chance in [(rows[name]["precision"], rows[name]["by chance"]["value"])]
        ]
    )
    place = alt.Y("Name:N", sort=list(ranked), title=None, scale=alt.Scale(type="band"), axis=None)
    marks_at = alt.Axis(orient="top", values=[0, 0.25, 0.5, 0.75, 1], format=".2f", minExtent=30, maxExtent=30)

    def axis(column: str) -> alt.X:
        return alt.X(f"{column}:Q", scale=alt.Scale(domain=[0, 1]), title=None, axis=marks_at)

    base = alt.Chart(frame).encode(
        y=place,
        tooltip=[
            "Name:N",
            *(alt.Tooltip(f"{name}:Q", format=".2f") for name in ("Precision", "low", "high", "By chance")),
        ],
    )
    interval = base.mark_rule(color=_RIGHT, strokeWidth=2).encode(x=axis("low"), x2="high:Q")
    point = base.mark_point(color=_RIGHT, filled=True, size=60, opacity=1).encode(x=axis("Precision"))
    chance = base.mark_tick(color=_CHANCE, thickness=3, size=16).encode(x=axis("By chance"))
    st.altair_chart(
        (interval + chance + point).properties(
            height=alt.Step(_ROW), padding={"top": 4, "bottom": 4, "left": 8, "right": 14}
        ),
        alt="Precision with its interval against precision by chance",
    )


def _downloads(report: Mapping[str, Any], again: Callable[[], None]) -> None:
    files = [
        ("evaluation.csv", "text/csv", reports.as_csv(report)),
        ("evaluation.json", "application/json", json.dumps(report, indent=2, ensure_ascii=False) + "\n"),
    ]
    *places, last, _ = st.columns([1.2, 1.2, 1.6, 6])
    for place, (name, mime, text) in zip(places, files, strict=True):
        place.download_button(
            name, text, name, mime, key=f"evaluation-{name}", on_click="ignore", icon=":material/download:"
        )
    last.button("Evaluate something else", on_click=again)
