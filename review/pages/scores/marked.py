"""The errors that people marked in the batch, beside its automatic scores: counts, penalty, MQM."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from review.errors import InputError
from review.metrics.mqm_weights import find_weights
from review.pages import session
from review.pages.scores import tables
from review.steps.scoring import BatchScores, mqm
from review.steps.scoring.reports.mqm import View, as_data, notes
from review.store import marks
from review.store.batches import BatchRow

_CATEGORIES = 3
"""Categories that are named for each system."""


def marked_errors(batch: BatchRow, found: BatchScores, label: str) -> None:
    """Show the marks of a batch that has some, each system's beside its score."""
    project = session.user().project
    with session.store().read() as connection:
        if batch.id not in marks.batches(connection, project):
            return
    st.header("Errors that people marked", anchor=False)
    try:
        scored = mqm.of_batch(session.store(), project, batch.id, find_weights("wmt"))
    except InputError as error:
        st.info(str(error))
        return
    sourced = any(segment.source for sheet in found.sheets for segment in sheet.segments)
    view = View(basis="source" if sourced else "target")
    data = as_data(scored, view, scored.warnings)
    machine = {
        scope.system: {one.metric: one.value for one in scope.before}
        for scope in found.systems
        if not scope.confirmed_only
    }
    tables.frame([_row(one, machine, label) for one in data["systems"]], alt="Marked errors by system")
    for warning in scored.warnings:
        st.caption(warning)
    st.caption(" ".join(notes(scored, view)))


def _row(one: Mapping[str, Any], machine: Mapping[str, Mapping[str, float]], label: str) -> dict[str, Any]:
    row: dict[str, Any] = {"System": one["name"], "MQM ↓": one["mqm"], "Errors": one["errors"]}
    for severity, found in one["severities"].items():
        row[severity.capitalize()] = found["errors"]
    costly = list(one["categories"].items())[:_CATEGORIES]
    row["Costliest"] = ", ".join(f"{name} {found['errors']}" for name, found in costly) or None
    row["Penalty per 1,000 words"] = one["per_words"]
    row |= {"Segments": one["segments"], "Raters": one["raters"]}
    if label:
        row[tables.arrow(label)] = machine.get(one["name"], {}).get(label)
    return row
