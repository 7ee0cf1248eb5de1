"""Which column of a table holds what: guessed by its names, and chosen by the user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

ROLES = {
    "hypothesis": "Translation",
    "source": "Source",
    "reference": "Reference",
    "article": "Article",
    "segment": "Segment number",
    "system": "System",
    "post_edit": "Post-edit",
}
"""What a column can hold, as the page calls it."""


def mapping(known: Mapping[str, list[str]], columns: Sequence[str], name: str) -> dict[str, str]:
    """Ask which column is what; a change reads the file again. A role without a column is ""."""
    st.caption("Which column holds what")
    guessed = {role: "|".join(known.get(role) or ()) for role in ROLES}
    found = {}
    for role, place in zip(ROLES, st.columns(len(ROLES)), strict=True):
        names = list(dict.fromkeys(["", guessed[role], *columns]))
        found[role] = place.selectbox(
            ROLES[role],
            names,
            index=names.index(guessed[role]),
            format_func=lambda column: column or "none",
            key=f"column-{role}-{name}",
        )
    if found != guessed and found["hypothesis"]:
        st.session_state[_key(name)] = found
        st.rerun()
    return found


def chosen(name: str) -> dict[str, str]:
    """The columns that were chosen for a file; none where they are guessed."""
    found: dict[str, str] = st.session_state.get(_key(name), {})
    return found


def forget(name: str) -> None:
    """Guess again."""
    st.session_state.pop(_key(name), None)


def _key(name: str) -> str:
    return f"import-columns-{name}"
