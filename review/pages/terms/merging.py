"""Several concepts that are ticked: made one, or removed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from review.errors import ReviewError
from review.pages import session
from review.pages.terms import chosen, foreseeing
from review.pages.terms.words import plain
from review.steps.terms import editing, merging
from review.steps.terms.browsing import Entry

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

MOST = 20
"""Concepts that are merged at once."""


def several(ticked: Sequence[Entry]) -> None:
    """Show what the ticked concepts make together, with what the first overrules; merge or remove them."""
    st.subheader(f"{session.count(len(ticked), 'concept')} ticked")
    names = [f"{plain(_name(entry))} ({plain(entry.base.title)})" for entry in ticked]
    place = st.selectbox(
        "The first, whose statuses win",
        range(len(ticked)),
        format_func=lambda number: f"{_name(ticked[number])} ({ticked[number].base.title})",
        key=f"terms-first-{hash(tuple(names))}",
    )
    first = ticked[place or 0]
    others = [entry for entry in ticked if entry is not first]
    left, right = st.columns(2)
    united = None
    if len(ticked) <= MOST:
        try:
            united = merging.united([first.concept, *(entry.concept for entry in others)])
        except ReviewError as error:
            st.error(str(error))
    go = left.empty()
    remove = right.button("Remove or switch off", key="terms-remove-all", width="stretch")
    if len(ticked) > MOST:
        st.info(f"At most {MOST} concepts are merged at once; untick some.")
    who = session.user()
    named = [first.named, *(entry.named for entry in others)]
    if remove:
        chosen.act(
            lambda: editing.remove(session.store(), who.project, who.actor, named),
            f"Removed {session.count(len(named), 'concept')}.",
            then=lambda: chosen.choose(None),
        )
    if united is None:
        _button(go, disabled=True)
        return
    for sentence in united.conflicts:
        st.warning(plain(sentence))
    for status in ("preferred", "admitted", "deprecated", "superseded", "forbidden"):
        listed = [plain(term.text) for term in united.concept.terms if term.status == status]
        if listed:
            st.markdown(f"{status}: " + " · ".join(listed))
    against = foreseeing.foreseen([first.concept, *(entry.concept for entry in others)], united.concept)
    override = ""
    for sentence in against:
        st.warning(plain(sentence))
    if against:
        override = st.text_input("Why they are to be merged all the same", key="terms-merge-override")
    if _button(go, disabled=bool(against) and not override.strip()):
        made: list[editing.Saved] = []

        def change() -> int:
            made.append(
                editing.merge(session.store(), who.project, who.actor, united.concept, named, override=override)
            )
            return made[0].change

        chosen.act(
            change,
            f"Merged {session.count(len(named), 'concept')}: {', '.join(names)}.",
            then=lambda: chosen.choose((made[0].concept.termbase, made[0].concept.id)),
        )


def _button(place: DeltaGenerator, *, disabled: bool) -> bool:
    return place.button("Merge", type="primary", key="terms-merge", shortcut="M", width="stretch", disabled=disabled)


def _name(entry: Entry) -> str:
    return next((term.text for term in entry.concept.terms), entry.concept.id)
