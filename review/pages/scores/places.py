"""The batch's articles and segments, each a way to its place on the review page."""

from __future__ import annotations

import math

import streamlit as st

from review.metrics import find
from review.pages.scores import tables
from review.steps import scoring
from review.steps.scoring import ORDERS, BatchScores
from review.store.batches import BatchRow

_LISTED = 500
"""Articles and segments that are listed on the page."""


def places(batch: BatchRow, found: BatchScores, only: bool, label: str) -> None:
    """List articles and segments, the first of many."""
    listed, lines = st.tabs(["Articles", "Segments"])
    with listed:
        _articles(batch, found, only, label)
    with lines:
        _segments(batch, found, only)


def badness(one: scoring.Scope, label: str) -> float:
    """Lowest for the best machine output; last what has no score."""
    sign = -1 if find(label).higher_is_better else 1
    return next((sign * score.value for score in one.before if score.metric == label), math.inf)


def _articles(batch: BatchRow, found: BatchScores, only: bool, label: str) -> None:
    chosen = [one for one in found.articles if one.confirmed_only == only]
    if len(chosen) > _LISTED:
        # A table that holds all can be sorted by its headers; of more, the order says which are shown.
        left, _ = st.columns([3, 9])
        order = left.selectbox("Order of articles", ORDERS, key="scores-articles", label_visibility="collapsed")
        if order == ORDERS[1] and label:
            chosen.sort(key=lambda one: -badness(one, label) if one.before else math.inf)
        elif order == ORDERS[2]:
            chosen.sort(key=lambda one: -one.effort.hter.value)
    tables.articles(chosen[:_LISTED], batch.id)
    _rest(len(chosen))


def _rest(count: int) -> None:
    if count > _LISTED:
        st.caption(f"The first {_LISTED:,} of {count:,}; the files below hold all.")


def _segments(batch: BatchRow, found: BatchScores, only: bool) -> None:
    left, right, _ = st.columns([2, 3, 7], vertical_alignment="bottom")
    changed = left.checkbox("Changed segments only", key="scores-changed")
    order = right.selectbox("Order", ORDERS, key="scores-order", label_visibility="collapsed")
    chosen = scoring.segments_by(found, str(order), confirmed_only=only, changed_only=changed)
    if not chosen:
        st.write("No segment has been changed yet.")
        return
    tables.segments(scoring.rows_of(chosen[:_LISTED]), found.labels, batch.id)
    _rest(len(chosen))
