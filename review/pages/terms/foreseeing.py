"""What saving a concept would change, seen before it is saved."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.errors import ReviewError
from review.model import Concept
from review.pages import session
from review.pages.terms.words import example, plain
from review.steps.terms import impact, validating
from review.steps.terms.impact import Impact, Place
from review.store import terms as stored

ARTICLES = 6
"""Articles that are named with their counts."""


def foreseen(before: Concept | Sequence[Concept] | None, after: Concept) -> list[str]:
    """Say what would be flagged from then on, what no longer, and what of it people had confirmed.

    Returns what speaks against saving it, in sentences.
    """
    user = session.user()
    with session.store().read() as connection:
        version = stored.version(connection, user.project)
    held = st.session_state.get("terms-foreseen")
    if held is None or held[0] != (version, before, after):
        try:
            with st.spinner("Looking through the articles…", show_time=False):
                found = impact.impact(session.store(), user.project, before, after)
                against = validating.objections(session.store(), user.project, before, after, found)
        except ReviewError as error:
            st.error(str(error))
            return []
        held = st.session_state["terms-foreseen"] = ((version, before, after), found, against)
    _shown(held[1])
    return list(held[2])


def _shown(found: Impact) -> None:
    most = " at least" if found.more else ""
    told = [f"**{found.added:,}** new", f"**{found.ended:,}** no longer", f"**{found.wrongly:,}** in confirmed text"]
    if found.advised:
        told.insert(1, f"**{found.advised:,}** with another suggestion")
    st.markdown(f"Flags{most} **{session.count(found.flagged, 'place')}** in all articles: {', '.join(told)}.")
    if found.articles:
        listed = [
            f"[{plain(name)}]({session.link(batch=batch, article=article)}) {places:,}"
            for batch, article, name, places in found.articles[:ARTICLES]
        ]
        more = f" and {session.count(len(found.articles) - ARTICLES, 'more')}" if len(found.articles) > ARTICLES else ""
        st.caption("By article: " + " · ".join(listed) + more.replace("mores", "more"))
    for title, places, total in (
        ("In confirmed text", found.wrong_places, found.wrongly),
        ("New", found.added_places, found.added),
        ("No longer", found.ended_places, found.ended),
    ):
        _examples(title, places, total)


def _examples(title: str, places: tuple[Place, ...], total: int) -> None:
    if not places:
        return
    count = f"{total:,}" if total == len(places) else f"{len(places)} of {total:,}"
    st.markdown(f"*{title}* ({count})\n" + "\n".join(f"- {example(place)}" for place in places))
