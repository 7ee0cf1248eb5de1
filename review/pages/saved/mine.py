"""My time: what it is, before anything is measured; a switch, a way to share it, and a button that deletes it all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from review.pages import session
from review.steps import saving
from review.steps.saving import Own, Reviewed
from review.steps.saving.own import IDLE
from review.store import articles

WHAT = (
    "**Off unless you switch it on.** Then the review page counts, for each sentence, the time that you spend on it "
    f"and how many keys you press, never which. Time counts only while the page has the focus, and at most {IDLE} "
    "seconds from one act to the next. It is kept under your name in this program's database, and nowhere else. Only "
    "you see it, unless you share it with the leads of your projects. You can delete it all at any time."
)


def mine(user: session.User, batch: int | None, known: Sequence[Reviewed], lead: bool) -> None:
    """The person's own part of the page."""
    st.header("My time", anchor=False)
    store = session.store()
    chosen = saving.settings_of(store, user.actor)
    st.caption(WHAT)
    left, middle, right, _ = st.columns([2.6, 2.6, 2, 4], vertical_alignment="center")
    on = left.toggle("Count my time and keystrokes", value=chosen.on, key="saved-on")
    shared = middle.toggle(
        "Share mine with the project's leads",
        value=chosen.shared,
        key="saved-shared",
        disabled=not (on or chosen.shared),
    )
    if (on, shared) != (chosen.on, chosen.shared):
        chosen = saving.choose(store, user.actor, on=on, shared=shared)
    whole = saving.own(store, user.actor, user.project)
    if right.button("Delete all of mine…", disabled=not whole.articles, key="saved-forget"):
        _forget(user)
    if "saved-forgotten" in st.session_state:
        st.toast(st.session_state.pop("saved-forgotten"))
    own = saving.own(store, user.actor, user.project, batch) if batch else whole
    if own.articles:
        _table(own, known, user)
    elif chosen.on:
        st.caption("It is on, and nothing has been counted here yet: it begins as you review.")
    if lead:
        _others(user, batch)


@st.dialog("Delete all that was counted of you?")
def _forget(user: session.User) -> None:
    st.write("Your time and keystrokes, in every project, are deleted for good. Your corrections stay.")
    if st.button("Delete", type="primary", key="saved-forget-sure", on_click=_gone, args=(user.actor,)):
        st.rerun()


def _gone(actor: int) -> None:
    count = saving.forget(session.store(), actor)
    st.session_state["saved-forgotten"] = f"Deleted: your time on {session.count(count, 'sentence')}."


def duration(seconds: float) -> str:
    """A length of time in words' short forms: "3 h 05 min", "4 min 10 s", "12 s"."""
    whole = round(seconds)
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
    return f"{whole // 60} min {whole % 60:02d} s" if whole >= 60 else f"{whole} s"


def _table(own: Own, known: Sequence[Reviewed], user: session.User) -> None:
    import pandas as pd

    names = {one.article: (one.name, one.batch) for one in known}
    with session.store().read() as connection:
        for key in own.articles.keys() - names.keys():
            row = articles.get(connection, key)
            names[key] = (row.name, row.batch)
    st.caption(
        f"{duration(own.seconds)} and {own.keystrokes:,} keys pressed on {session.count(own.segments, 'sentence')}."
    )
    rows: list[dict[str, Any]] = [
        {
            "Link": session.link("", batch=names[key][1], article=key),
            "Article": names[key][0],
            "Sentences": segments,
            "Time": duration(seconds),
            "Seconds a sentence": seconds / segments,
            "Keys a sentence": keystrokes / segments,
        }
        for key, (segments, seconds, keystrokes) in own.articles.items()
    ]
    config = st.column_config
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        alt="My time and key presses by article",
        height="content" if len(rows) <= 10 else 390,
        column_config={
            "Link": config.LinkColumn(display_text="open", width=60),
            "Article": config.TextColumn(width=230),
            "Time": config.TextColumn(width=110, alignment="right"),
            "Seconds a sentence": config.NumberColumn(format="%.1f"),
            "Keys a sentence": config.NumberColumn(format="%.1f"),
        },
    )


def _others(user: session.User, batch: int | None) -> None:
    """What people chose to share with the leads."""
    import pandas as pd

    found = saving.shared(session.store(), user.actor, user.project, batch)
    if not found:
        return
    st.caption("Shared with the project's leads:")
    rows = [
        {
            "Person": one.name,
            "Sentences": one.segments,
            "Time": duration(one.seconds),
            "Seconds a sentence": one.seconds / one.segments,
            "Keys a sentence": one.keystrokes / one.segments,
        }
        for one in found
    ]
    config = st.column_config
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        alt="Time that people share with the project's leads",
        column_config={
            "Seconds a sentence": config.NumberColumn(format="%.1f"),
            "Keys a sentence": config.NumberColumn(format="%.1f"),
        },
    )
