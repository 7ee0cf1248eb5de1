"""The Replace page itself: fields, what would be changed, the act, what was replaced lately."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

import streamlit as st

from review.model import Rule, Scope
from review.pages import session, working
from review.pages.replacing import acting
from review.pages.replacing.chosen import Chosen
from review.pages.replacing.fields import fields
from review.pages.replacing.hits import table
from review.steps import finding
from review.steps.finding import Found
from review.store import batches

PAGE = 50
"""Segments shown at a time."""


@session.page
def replacing() -> None:
    """Look for words, see every place, replace them in one act, take it back in one."""
    st.title("Replace")
    with session.store().read() as connection:
        names = {row.id: row.name for row in batches.rows(connection, session.user().project)}
    if not names:
        st.write("There is no text to look in yet.")
        session.lead("Import an article", "import")
        return
    rule, scope = fields(names)
    acting.told()
    if not working.shown("propagate", acting.finished, "-replace") and rule is not None:
        mark = _mark(rule, scope)
        if st.session_state.get("replace-mark") != mark:
            st.session_state["replace-mark"] = mark
            acting.begin()
        st.session_state["replace-found"] = {}
        _preview(rule, scope, mark, scope.batch or next(iter(names)))
    elif not st.session_state.get("replace-find"):
        st.caption("Every place is shown, before and after; nothing changes until you press Replace.")
    acting.latest()


def _mark(rule: Rule, scope: Scope) -> str:
    """What tells this rule in this scope from all others: twelve hex digits."""
    return hashlib.sha256(json.dumps([asdict(rule), scope.batch]).encode()).hexdigest()[:12]


@st.fragment
def _preview(rule: Rule, scope: Scope, mark: str, batch: int) -> None:
    """Totals and one page of hits; ticking runs this alone, and looks for nothing anew."""
    chosen: Chosen = st.session_state["replace-chosen"]
    starts: list[int | None] = st.session_state["replace-pages"]
    found = _found(rule, scope, starts[-1])
    if not found.rows and len(starts) > 1:  # the hits of this page are gone meanwhile
        starts[1:] = []
        found = _found(rule, scope, None)
    if not found.segments:
        st.info(_none(rule))
        return
    st.write(totals(found))
    acts = st.container(horizontal=True, vertical_alignment="center")
    key = f"hits-{mark}-{starts[-1] or 0}-{st.session_state['replace-acts']}-{chosen.revision}"
    table(found.rows, chosen, key)
    with acts:
        acting.button(rule, scope, chosen, batch)
        st.button(
            "Tick none" if chosen.every else "Tick all",
            help="Confirmed segments are ticked one by one.",
            on_click=chosen.set_all,
            args=(not chosen.every,),
            key="replace-all",
        )
        if said := chosen.told():
            st.caption(said, width="content")
        st.space("stretch")
        _turning(found, starts)


def _turning(found: Found, starts: list[int | None]) -> None:
    """The pages: where we are, and the way on and back."""
    first = (len(starts) - 1) * PAGE + 1
    if found.next is None and len(starts) == 1:
        return
    st.caption(f"{first:,} to {first + len(found.rows) - 1:,} of {found.segments:,}", width="content")
    st.button("‹", help="Earlier hits", disabled=len(starts) == 1, on_click=starts.pop, key="replace-earlier")
    st.button(
        "›",
        help="Further hits",
        disabled=found.next is None,
        on_click=starts.append,
        args=(found.next,),
        key="replace-further",
    )


def _found(rule: Rule, scope: Scope, after: int | None) -> Found:
    """A page of hits, remembered until the whole page is drawn again."""
    kept: dict[int | None, Found] = st.session_state["replace-found"]
    if after not in kept:
        with st.spinner("Looking…", show_time=False):
            kept[after] = finding.find(session.store(), scope, rule, after=after, limit=PAGE)
    return kept[after]


def totals(found: Found) -> str:
    """How much a rule would change, in one sentence."""
    said = (
        f"**{session.count(found.hits, 'hit')}** in {session.count(found.segments, 'segment')} "
        f"of {session.count(found.articles, 'article')}"
    )
    if found.protected:
        stay = "stays as it is" if found.protected == 1 else "stay as they are"
        said += f"; {session.count(found.protected, 'confirmed segment')} {stay} unless ticked"
    if found.skipped:
        said += f"; {found.skipped:,} cannot be changed"
    return said + "."


def _none(rule: Rule) -> str:
    said = "This stands nowhere"
    if rule.source:
        said += " where the source has what it must"
    if rule.kind == "words" and not rule.inflected:
        return said + ". Look for inflected forms too, or for characters within words."
    return said + (". Look for characters to find it within words." if rule.kind == "words" else ".")
