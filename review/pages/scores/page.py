"""Choose a batch and metrics; read its scores before and after review, down to the segment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from review.errors import MissingError
from review.metrics import available
from review.metrics import tokenizers as tokenizer_room
from review.pages import session, working
from review.pages.scores import charts, tables
from review.pages.scores.history import over_time
from review.pages.scores.leaderboard import leaderboard
from review.pages.scores.marked import marked_errors
from review.pages.scores.parts import parts
from review.pages.scores.places import badness, places
from review.settings import settings
from review.steps import scoring
from review.steps.scoring import BatchScores, jobs, reports
from review.store import batches

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from review.store.batches import BatchRow

AUTOMATIC = "by language"
_AT_ONCE = 5.0
"""Seconds of sacrebleu that are spent at once; what takes longer is a job, asked for by a button."""
_BESIDE = 2
"""Metrics whose table has room beside the chart."""
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
    batch, names, tokenize, scope, label = _choices(rows)
    if not names:
        st.info("Choose at least one metric.")
        return
    followed = _followed(settings().database_url, project, batch.id, tuple(names), tokenize)
    found = _scored(followed, batch, names, tokenize)
    # Before the page is drawn: what others find meanwhile may be on it in part, and is drawn again.
    seen = followed.changed
    if found is not None:
        _show(followed, batch, found, _confirmed_only(scope, found), tokenize, label)
        _follow(followed, seen)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _followed(database: str, project: int, batch: int, names: tuple[str, ...], tokenize: str) -> scoring.Followed:
    """The batch's scores by these metrics, shared by all sessions of the process."""
    return scoring.Followed(session.store(), project, batch, names, tokenize)


@st.fragment(run_every=_EVERY)
def _follow(followed: scoring.Followed, seen: int) -> None:
    """Look at what reviewers did, and show the page again where it changed the scores, or the batch is gone."""
    try:
        followed.scores()
    except MissingError:
        st.rerun()
    if followed.changed != seen:
        st.rerun()
    st.caption("The scores follow the reviewers' corrections.")


def _choices(rows: Sequence[BatchRow]) -> tuple[BatchRow, list[str], str, str, str]:
    """Batch, metrics, tokenizer, segments and the metric that ranks, in a row. The address keeps the batch."""
    by_id = {row.id: row for row in rows}
    left, middle, right, fourth, last = st.columns([3, 3, 2, 2, 2])
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
    scope = fourth.segmented_control("Segments", ["all", "confirmed"], default="all", required=True, key="scores-scope")
    return (
        by_id[chosen],
        list(names),
        "" if tokenize == AUTOMATIC else tokenize,
        str(scope),
        _label(last, [labels[name] for name in names]),
    )


def _confirmed_only(scope: str, found: BatchScores) -> bool:
    if scope != "confirmed":
        return False
    confirmed = any(one.confirmed_only for one in found.systems)
    if not confirmed:
        st.info("No segment of this batch is confirmed yet, so all are shown.")
    return confirmed


def _scored(followed: scoring.Followed, batch: BatchRow, names: Sequence[str], tokenize: str) -> BatchScores | None:
    """The batch's scores; a large batch waits for a button, is scored by a job, and shows how far that is."""
    # Always there, so that what follows keeps its place on the page, and with it focus and scroll position.
    place = st.empty()
    if followed.scored:
        return followed.scores()
    seconds = 2 * batch.segments * sum(available()[name].milliseconds for name in names) / 1000
    key = f"-{batch.id}-{'-'.join(names)}-{tokenize}"

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


def _show(
    followed: scoring.Followed, batch: BatchRow, found: BatchScores, only: bool, tokenize: str, label: str
) -> None:
    for warning in found.warnings:
        st.warning(warning)
    systems = [one for one in found.systems if one.confirmed_only == only]
    referenced = [sheet for sheet in found.sheets if sheet.before]
    label = label if referenced else ""
    if label:
        systems.sort(key=lambda one: badness(one, label))
    if len(referenced) > 1:
        leaderboard(followed, found, label)
    _against_references(systems, only, label)
    if referenced:
        parts(batch, found, label, only)
    marked_errors(batch, found, label)
    _work(systems)
    over_time(batch, found, label, tokenize)
    places(batch, found, only, label)
    _downloads(batch, found)


def _label(place: DeltaGenerator, labels: Sequence[str]) -> str:
    """The metric that ranks and charts go by, chosen at ``place`` where there are several; "" where there is none."""
    if len(labels) < 2:
        return labels[0] if labels else ""
    # A single segment's BLEU says little, so the charts begin with another metric where there is one.
    first = next(at for at, name in enumerate(labels) if name != "BLEU")
    return str(place.selectbox("Ranked and charted by", labels, index=first, key="scores-charted"))


def _against_references(systems: list[scoring.Scope], only: bool, label: str) -> None:
    st.header("Before and after review, against references", anchor=False)
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
    several = len(systems[0].before) > _BESIDE
    left, right = (st.container(), st.container()) if several else st.columns([5, 4])
    with left:
        tables.references(systems)
        st.caption("  \n".join(reports.signatures(score for one in systems for score in one.before)))
    with right:
        charts.systems(systems, label)


def _work(systems: list[scoring.Scope]) -> None:
    st.header("The editor's work", anchor=False)
    st.caption(
        "Each output against its own post-edit. This counts edits and ranks nothing: "
        "a post-edit is made from the output, so it is no independent reference."
    )
    tables.work(systems)
    st.caption("  \n".join(f"H{line}" for line in reports.signatures(one.effort.hter for one in systems)))


def _downloads(batch: BatchRow, found: BatchScores) -> None:
    files: list[tuple[str, str, Callable[[], str]]] = [
        ("scores.csv", "text/csv", lambda: reports.batch_csv(found, "document")),
        ("segment-scores.csv", "text/csv", lambda: reports.batch_csv(found, "segment")),
        ("scores.json", "application/json", lambda: reports.as_json(reports.batch_data(batch.name, found, "segment"))),
    ]
    row = st.container(horizontal=True)
    for name, mime, make in files:
        row.download_button(
            name,
            make,
            f"{batch.name}.{name}",
            mime,
            key=f"scores-{name}",
            on_click="ignore",
            icon=":material/download:",
        )
