"""Long work, seen from a page: how far it is, a way to stop it, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from review.model import Job
from review.pages import session
from review.steps import jobs as work
from review.store import jobs

SECONDS = 0.5
"""How often a page asks."""


def start(kind: str, payload: dict[str, Any], key: str = "") -> None:
    """Queue work of this kind and follow it on this page; ``key`` tells several of a kind apart."""
    user = session.user()
    st.session_state[f"job-{kind}{key}"] = work.start(session.store(), user.project, user.actor, kind, payload)


def shown(kind: str, done: Callable[[dict[str, Any], Callable[[], None]], None], key: str = "") -> bool:
    """Show the work of this kind that this page follows; False where there is none.

    ``done(result, again)`` draws the end; ``again`` takes the page back to its beginning.
    """
    number = st.session_state.get(f"job-{kind}{key}")
    if number is None:
        return False

    def again() -> None:
        st.session_state.pop(f"job-{kind}{key}", None)

    job = _job(number)
    if job.state in ("queued", "running"):
        _running(number)
    elif job.state == "done":
        done(dict(job.result or {}), again)
    elif job.state == "cancelled":
        st.info("Cancelled; nothing of it was stored.")
        st.button("Start again", on_click=again)
    else:
        st.error(job.error)
        st.button("Start again", on_click=again)
    return True


@st.fragment(run_every=SECONDS)
def _running(number: int) -> None:
    job = _job(number)
    if job.state not in ("queued", "running"):
        st.rerun()
    if job.state == "queued":
        st.progress(0.0, "Waiting for its turn…")
    elif job.total:
        st.progress(min(job.progress / job.total, 1.0), f"{job.progress:,} of {job.total:,}")
    else:
        st.progress(0.0, f"{job.progress:,} so far")
    if job.cancel_requested:
        st.caption("Stopping…")
    elif st.button("Cancel"):
        session.store().write(lambda connection: jobs.cancel(connection, number))
        st.rerun(scope="fragment")


def _job(number: int) -> Job:
    with session.store().read() as connection:
        return jobs.get(connection, number)
