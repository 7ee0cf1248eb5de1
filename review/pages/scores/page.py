"""Choose a batch and metrics; read its scores before and after review, down to the segment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from review.metrics import available
from review.metrics import tokenizers as tokenizer_room
from review.pages import session, working
from review.pages.scores import charts, tables
from review.settings import settings
from review.steps import scoring
from review.steps.scoring import BatchScores, jobs, reports
from review.store import batches

if TYPE_CHECKING:
    from review.store.batches import BatchRow

AUTOMATIC = "by language"
_AT_ONCE = 5.0
"""Seconds of sacrebleu that are spent at once; what takes longer is a job, asked for by a button."""
_KEPT = 4
"""Scored batches that the process keeps, for all who look at them."""
_EVERY = 2
"""Seconds between two looks at what reviewers did."""


@session.page
def scores() -> None:
    """Show a batch's scores; nothing is scored twice while its texts stay as they are."""
    st.title("Scores")
    project = session.user().project
    with session.store().read() as connection:
        rows = batches.rows(connection, project)
    if not rows:
        st.write("Nothing is imported yet, so there is nothing to score.")
        session.lead("Import an article", "import")
        return
    batch, names, tokenize = _choices(rows)
    if not names:
        st.info("Choose at least one metric.")
        return
    followed = _followed(settings().database_url, project, batch.id, tuple(names), tokenize)
    found = _scored(followed, batch, names, tokenize)
    if found is not None:
        _show(batch, found)
        _follow(followed, followed.changed)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _followed(database: str, project: int, batch: int, names: tuple[str, ...], tokenize: str) -> scoring.Followed:
    """The batch's scores by these metrics, shared by all sessions of the process."""
    return scoring.Followed(session.store(), project, batch, names, tokenize)


@st.fragment(run_every=_EVERY)
def _follow(followed: scoring.Followed, seen: int) -> None:
    """Look at what reviewers did, and show the page again where it changed the scores."""
    followed.scores()
    if followed.changed != seen:
        st.rerun()
    st.caption("The scores follow the reviewers' corrections.")


def _choices(rows: Sequence[BatchRow]) -> tuple[BatchRow, list[str], str]:
    """The row of choices. The address keeps the batch."""
    by_id = {row.id: row for row in rows}
    left, middle, right = st.columns([3, 4, 2], vertical_alignment="bottom")
    chosen = left.selectbox(
        "Batch",
        list(by_id),
        index=session.place("batch", list(by_id)) or 0,
        format_func=lambda key: by_id[key].name,
        key="scores-batch",
    )
    if str(chosen) != st.query_params.get("batch"):
        st.query_params["batch"] = str(chosen)
    labels = {name: metric.label for name, metric in available().items()}
    names = middle.pills(
        "Metrics",
        list(labels),
        selection_mode="multi",
        default=["bleu", "chrf"],
        format_func=lambda name: labels[name],
        key="scores-metrics",
    )
    usable = [name for name in tokenizer_room.names() if tokenizer_room.available(name)]
    tokenize = right.selectbox("BLEU's tokenizer", [AUTOMATIC, *usable], key="scores-tokenizer")
    return by_id[chosen], list(names), "" if tokenize == AUTOMATIC else tokenize


def _scored(followed: scoring.Followed, batch: BatchRow, names: Sequence[str], tokenize: str) -> BatchScores | None:
    """The batch's scores; a large batch waits for a button, is scored by a job, and shows how far that is."""
    if followed.scored:
        return followed.scores()
    seconds = 2 * batch.segments * sum(available()[name].milliseconds for name in names) / 1000
    key = f"-{batch.id}-{'-'.join(names)}-{tokenize}"
    place = st.empty()

    def measured() -> BatchScores:
        bar = place.progress(0.0, "Scoring…")

        def progress(done: int, total: int) -> None:
            bar.progress(done / total if total else 1.0, f"Scoring… {done:,} of {total:,}")

        found = followed.scores(progress)
        place.empty()
        return found

    if seconds <= _AT_ONCE:
        return measured()
    made: list[BatchScores] = []
    if not working.shown("score", lambda result, again: made.append(measured()), key):
        with place.container():
            payload = jobs.of_batch(batch.id, names, tokenize)
            st.button(
                f"Score {batch.segments:,} segments",
                type="primary",
                on_click=working.start,
                args=("score", payload, key),
            )
            st.caption("A batch of this size takes a while; what was measured is kept, and corrections cost no time.")
    return made[0] if made else None


def _show(batch: BatchRow, found: BatchScores) -> None:
    for warning in found.warnings:
        st.warning(warning)
    confirmed = any(scope.confirmed_only for scope in found.systems)
    scope = st.segmented_control(
        "Segments",
        ["all", "confirmed"],
        default="all",
        required=True,
        disabled=not confirmed,
        format_func=lambda kind: f"{kind} segments",
        help=None if confirmed else "No segment of this batch is confirmed yet.",
        key="scores-scope",
    )
    only = confirmed and scope == "confirmed"
    systems = [one for one in found.systems if one.confirmed_only == only]
    _against_references(found, systems, only)
    _work(systems)
    _parts(batch, found, only)
    _downloads(batch, found)


def _against_references(found: BatchScores, systems: list[scoring.Scope], only: bool) -> None:
    st.header("Against references", anchor=False)
    counted = sum(one.referenced for one in systems)
    everything = sum(one.segments for one in systems)
    kind = "confirmed segments" if only else "segments"
    if not counted:
        st.info(
            f"None of these {everything:,} {kind} has a reference, so BLEU, chrF and TER cannot be computed. "
            "What the editor did is measured below; a reference can be attached on the review page."
        )
        return
    st.caption(
        f"{counted:,} of {everything:,} {kind} have a reference"
        + ("; the others are left out here." if counted < everything else ".")
        + " An editor who sees the reference moves towards it, and the score after review shows that too."
    )
    tables.references(systems)
    st.caption("  \n".join(reports.signatures(score for one in systems for score in one.before)))
    # A single segment's BLEU says little, so the histogram begins with another metric where there is one.
    label = next((name for name in found.labels if name != "BLEU"), found.labels[0])
    if len(found.labels) > 1:
        label = (
            st.segmented_control("Charted metric", found.labels, default=label, required=True, key="scores-charted")
            or label
        )
    left, right = st.columns(2)
    with left:
        charts.systems(systems, label)
    with right:
        charts.histogram([row for row in found.segments if not only or tables.confirmed(row)], label)


def _work(systems: list[scoring.Scope]) -> None:
    st.header("The editor's work", anchor=False)
    st.caption(
        "Each output against its own post-edit. This counts edits and ranks nothing: "
        "a post-edit is made from the output, so it is no independent reference."
    )
    tables.work(systems)
    st.caption("  \n".join(f"H{line}" for line in reports.signatures(one.effort.hter for one in systems)))


def _parts(batch: BatchRow, found: BatchScores, only: bool) -> None:
    segments = [row for row in found.segments if not only or tables.confirmed(row)]
    parts, lines = st.tabs(["Articles", f"Segments ({len(segments):,})"])
    with parts:
        tables.articles([one for one in found.articles if one.confirmed_only == only], batch.id)
    with lines:
        if st.checkbox("Changed segments only", key="scores-changed"):
            segments = [row for row in segments if row.edits.changed]
        if segments:
            tables.segments(segments, found.labels, batch.id)
        else:
            st.write("No segment has been changed yet.")


def _downloads(batch: BatchRow, found: BatchScores) -> None:
    files: list[tuple[str, str, Callable[[], str]]] = [
        ("scores.csv", "text/csv", lambda: reports.batch_csv(found, "document")),
        ("segment-scores.csv", "text/csv", lambda: reports.batch_csv(found, "segment")),
        ("scores.json", "application/json", lambda: reports.as_json(reports.batch_data(batch.name, found, "segment"))),
    ]
    for column, (name, mime, make) in zip(st.columns([1, 1.3, 1, 6]), files, strict=False):
        column.download_button(
            name,
            make,
            f"{batch.name}.{name}",
            mime,
            key=f"scores-{name}",
            on_click="ignore",
            icon=":material/download:",
        )
