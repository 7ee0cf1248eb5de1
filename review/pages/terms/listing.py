"""The list of concepts: searched, narrowed, one opened, several ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from review.model.term import TERM_STATUSES
from review.pages import session
from review.pages.terms import chosen
from review.steps.terms import browsing
from review.steps.terms.browsing import Entry

if TYPE_CHECKING:
    import pandas as pd

ANY = "any"
TALLEST = 640
"""Pixels of the table; it draws only the rows that are seen, however many there are."""


def listing() -> list[Entry]:
    """Draw the filters and the list. Returns the concepts that are ticked, in the order of the list."""
    user = session.user()
    found = browsing.entries(session.store(), user.project)
    rows = _filtered(found)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(f"{len(rows):,} of {session.count(sum(not one.off for one in found), 'concept')}")
        if st.button("Add a concept", key="terms-add", shortcut="A", help="A"):
            chosen.choose(chosen.NEW)
    if not rows:
        st.info("No term matches. Clear a filter, add a concept, or select words on the review page and press t.")
        return []
    keys = [row.key for row in rows]
    table = f"terms-table-{hash(tuple(keys))}-{st.session_state.get('terms-turn', 0)}"
    held = st.session_state.get("terms-frame")
    if held is None or held[0] is not found or held[1] != table:
        # Ten thousand rows take half a second to lay out: once for a filter, not at each click.
        held = st.session_state["terms-frame"] = (found, table, _frame(rows))
    picked = st.dataframe(
        held[2],
        hide_index=True,
        height=min(35 * (len(rows) + 1) + 3, TALLEST),
        on_select=lambda: _open(table, keys),
        selection_mode=["multi-row", "single-cell"],
        key=table,
        alt="Concepts",
        column_config={
            "Source term": st.column_config.TextColumn(width=110),
            "Write": st.column_config.TextColumn(width=170),
            "Do not write": st.column_config.TextColumn(width=170),
            "Subject": st.column_config.TextColumn(width=90),
            "Termbase": st.column_config.TextColumn(width=90),
        },
    )
    return [rows[place] for place in picked["selection"]["rows"] if place < len(rows)]


def _filtered(found: tuple[Entry, ...]) -> list[Entry]:
    user = session.user()
    text = st.text_input(
        "Search", placeholder="either language, definitions, notes", key="terms-search", label_visibility="collapsed"
    )
    one, two, three, four = st.columns(4)
    subjects = sorted({entry.concept.subject for entry in found if entry.concept.subject})
    bases = {entry.base.name: entry.base.title for entry in found}
    subject = one.selectbox("Subject", [ANY, *subjects], key="terms-subject")
    base = two.selectbox("Termbase", [ANY, *bases], format_func=lambda name: bases.get(name, ANY), key="terms-base")
    status = three.selectbox("Status", [ANY, *TERM_STATUSES], key="terms-status")
    what = four.selectbox("Show", browsing.SHOW, key="terms-show")
    narrowed = browsing.narrowed(found, search=text, subject=_any(subject), termbase=_any(base), status=_any(status))
    return browsing.shown(session.store(), user.project, user.actor, narrowed, what)


def _any(value: str) -> str:
    return "" if value == ANY else value


def _open(table: str, keys: list[chosen.Key]) -> None:
    """Open the concept whose cell was chosen, or the only one that is ticked."""
    selection = st.session_state[table]["selection"]
    cells, ticked = selection["cells"], selection["rows"]
    if cells:
        chosen.choose(keys[cells[0][0]])
    elif len(ticked) == 1:
        chosen.choose(keys[ticked[0]])


def _frame(rows: list[Entry]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "Source term": [" · ".join(row.texts(source=True)) for row in rows],
            "Write": [" · ".join(row.texts("preferred", "admitted")) for row in rows],
            "Do not write": [" · ".join(row.texts("deprecated", "superseded", "forbidden")) for row in rows],
            "Subject": [row.concept.subject for row in rows],
            "Termbase": [row.base.title for row in rows],
        }
    )
