"""What was done to concepts: the versions of one, each to be put back; and what was done lately."""

from __future__ import annotations

import streamlit as st

from review.pages import session
from review.pages.terms import chosen
from review.pages.terms.words import plain, when
from review.steps.terms import editing, history
from review.steps.terms.history import Difference, Version
from review.store import concept_changes
from review.store import terms as stored

LATELY = 15
"""Changes that are listed where no concept is open."""


def of(termbase: str, name: str) -> None:
    """The versions of a concept, the last first."""
    project = session.user().project
    with session.store().read() as connection:
        versions = history.history(connection, project, termbase, name)
        now = stored.one(connection, project, termbase, name)
    with st.expander(f"History ({len(versions)})" if versions else "History", expanded=False):
        if not versions:
            st.caption("Nobody has changed it since it came.")
        for place, version in enumerate(versions):
            _version(version, now.version if now else None, last=place == 0)


def _version(version: Version, now: int | None, *, last: bool) -> None:
    note = f" {plain(version.note)}" if version.note else ""
    told, back = st.columns([4, 2], vertical_alignment="top")
    lines = [f"**{version.number}** · {version.act}{note} · {plain(version.by)} · {when(version.at)}"]
    lines += [line(one) for one in version.differences]
    told.markdown("  \n".join(lines))
    if last:
        if back.button("Undo this", key=f"terms-undo-{version.change}", width="stretch"):
            chosen.undo(version.change, f"Undone: version {version.number}.")
    elif (
        version.concept is not None
        and editing.owned(version.concept.termbase)
        and back.button("Put this version back", key=f"terms-back-{version.change}", width="stretch")
    ):
        who = session.user()
        chosen.act(
            lambda: history.put_back(session.store(), who.project, who.actor, version.change, now).change,
            f"Version {version.number} is back.",
        )


def line(one: Difference) -> str:
    """A difference between two versions, as a line of Markdown."""
    what = plain(one.what)
    if not one.before:
        return f"{what}: + {plain(one.after)}"
    if not one.after:
        return f"{what}: − {plain(one.before)}"
    return f"{what}: {plain(one.before)} → {plain(one.after)}"


def lately() -> None:
    """How to begin, and what was done lately in the project."""
    st.subheader("Choose a concept")
    st.caption("Choose a cell to edit its concept here. Tick several rows to merge or remove them. A adds one.")
    with session.store().read() as connection:
        changes = concept_changes.recent(connection, session.user().project, LATELY)
    if not changes:
        return
    st.markdown("**Changed lately**")
    for change in changes:
        concept = change.after or change.before
        name = next((term.text for term in concept.terms), change.name) if concept else change.name
        link = session.link("terms", concept=change.name, termbase=change.termbase)
        st.markdown(f"[{plain(name)}]({link}) · {change.act} · {plain(change.by)} · {when(change.at)}")
