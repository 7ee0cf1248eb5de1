"""Which concept is open, what was typed into it, and what was done last: kept while the page lives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import streamlit as st

from review.errors import ReviewError
from review.model import Concept, Proposal, Term
from review.pages import session
from review.pages.terms.words import plain
from review.steps import learning
from review.steps.terms import browsing, history
from review.steps.terms.adding import TERMBASE
from review.store import concept_changes

Key = tuple[str, str]
NEW: Key = (TERMBASE, "")
"""The key of a concept that is being added."""

_NUMBERS = count(1)


@dataclass
class Draft:
    """What somebody typed into a concept. ``base`` and ``version`` are what they began from (None: a new one, or one
    that somebody removed); ``typed`` is as it stands in the fields. ``number`` tells its widgets from others', and
    ``first`` is what each of them began with.
    """

    base: Concept
    version: int | None
    typed: Concept
    rows: list[tuple[int, Term]] = field(default_factory=list)
    first: dict[str, Any] = field(default_factory=dict)
    number: int = field(default_factory=lambda: next(_NUMBERS))

    def __post_init__(self) -> None:
        self.rows = [(next(_NUMBERS), term) for term in self.typed.terms]

    @property
    def changed(self) -> bool:
        return self.typed != self.base

    def add(self, term: Term) -> None:
        """One more row, empty."""
        self.rows.append((next(_NUMBERS), term))


def drafts() -> dict[Key, Draft]:
    """What was typed and not saved, by concept: going to another one loses nothing."""
    found: dict[Key, Draft] = st.session_state.setdefault("terms-drafts", {})
    return found


def key() -> Key | None:
    """The concept that the address names."""
    name = st.query_params.get("concept")
    if name is None:
        return None
    return NEW if name == "new" and not st.query_params.get("termbase") else (st.query_params.get("termbase", ""), name)


def choose(wanted: Key | None) -> None:
    """Open a concept: the address names it, so that it can be sent to somebody."""
    for name in ("concept", "termbase"):
        st.query_params.pop(name, None)
    if wanted == NEW:
        st.query_params["concept"] = "new"
    elif wanted is not None:
        st.query_params["concept"], st.query_params["termbase"] = wanted[1], wanted[0]


def draft_of(entry: browsing.Entry) -> Draft:
    """What was typed into a concept; begun anew where nothing was, or where all of it is saved."""
    held = drafts().get(entry.key)
    version = entry.version
    if held is None or (not held.changed and (held.version, held.base) != (version, entry.concept)):
        held = drafts()[entry.key] = Draft(entry.concept, version, entry.concept)
    return held


def act(change: Callable[[], int], said: str, *, then: Callable[[], None] | None = None) -> None:
    """Do something to the terms; what was done is said above, with a way back. Does not return where it was done."""
    try:
        number = change()
    except ReviewError as error:
        st.session_state["terms-problem"] = str(error)
        st.rerun()
    st.session_state.pop("terms-reopen", None)
    if then is not None:
        then()
    st.session_state["terms-done"] = (said, number)
    st.session_state.pop("terms-problem", None)
    # Rows may have moved: what was ticked in the table is not ticked any more.
    st.session_state["terms-turn"] = st.session_state.get("terms-turn", 0) + 1
    st.rerun()


def accept(number: int, made: Proposal, override: str) -> None:
    """Make a proposal a term, as it was changed; the way back takes the entry away again."""
    who = session.user()

    def change() -> int:
        name = learning.accept(
            session.store(), who.project, who.actor, number, source=made.source, deprecated=made.deprecated,
            preferred=made.preferred, matching=made.matching, override=override,
        )  # fmt: skip
        return _last(name)

    act(change, f"{plain(made.deprecated)} → {plain(made.preferred)} flags from now on.")


def settle(number: int, reason: str) -> None:
    """Decide a conflict for this proposal."""
    who = session.user()
    act(lambda: _last(learning.settle(session.store(), who.project, who.actor, number, reason)), "Decided.")


def decline(number: int, reason: str, name: str) -> None:
    """Put a proposal away; the way back opens it again."""
    who = session.user()

    def change() -> int:
        learning.decline(session.store(), who.project, who.actor, number, reason)
        return 0

    act(change, f"Declined {plain(name)}.", then=lambda: st.session_state.update({"terms-reopen": number}))


def _last(name: str) -> int:
    """The number of the last change of one of the project's own concepts."""
    with session.store().read() as connection:
        changes = concept_changes.of_concept(connection, session.user().project, TERMBASE, name)
    return changes[0].number if changes else 0


def done() -> None:
    """Say what was done last, with its undo, or why it was not."""
    problem = st.session_state.pop("terms-problem", None)
    if problem:
        st.error(problem)
    said, number = st.session_state.get("terms-done", ("", 0))
    if not said:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="terms-done-line"):
        st.markdown(f":green[✓] {said}", width="content")
        if number and st.button("Undo", key="terms-undo", shortcut="U"):
            undo(number, f"Undone: {said}")
        reopen = st.session_state.get("terms-reopen")
        if not number and reopen and st.button("Undo", key="terms-undo-decline", shortcut="U"):
            who = session.user()
            learning.reopen(session.store(), who.project, who.actor, reopen)
            st.session_state["proposal-open"] = st.session_state.pop("terms-reopen")
            st.session_state.pop("terms-done")
            st.rerun()
        if st.button("Close", key="terms-done-close", type="tertiary"):
            st.session_state.pop("terms-done")
            st.rerun()


def undo(number: int, said: str) -> None:
    """Take an act back."""
    who = session.user()
    act(lambda: history.undo(session.store(), who.project, who.actor, number), said)
