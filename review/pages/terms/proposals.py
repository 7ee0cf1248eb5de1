"""What corrections propose as terms: with their evidence and what they would flag, for somebody to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from review.model import Proposal
from review.pages import session
from review.pages.terms import chosen
from review.pages.terms.words import AROUND, plain, when
from review.steps import learning
from review.steps.learning import Conflict, Example, Impact
from review.steps.learning.impacts import edited

if TYPE_CHECKING:
    import pandas as pd

TALLEST = 420
MATCHINGS = ("inflected", "name", "case")
REASONS = ("right in some places", "a matter of taste", "no term", "wrong")
"""Why proposals are declined, most often; another reason may be written."""
EMPTY = (
    "Nothing is proposed. Proposals come from corrections: where reviewers put the same words in place of the same "
    "words in two segments or more, the words, their source term and the corrections stand here, with what a term "
    "entry would flag in all articles. Nothing flags before somebody accepts it."
)


def proposals() -> None:
    """Show what is proposed, one proposal beside the list; conflicts between reviewers first."""
    user = session.user()
    with st.spinner("Looking through the corrections…", show_time=False):
        disputed = learning.conflicts(session.store(), user.project)
        listed = learning.propose(session.store(), user.project)
    if not disputed and not listed:
        st.info(EMPTY)
        return
    with session.store().read() as connection:
        decides = learning.may_decide(connection, user.project, user.actor)
    if not decides:
        st.caption("A lead or an owner of the project decides; you may look at what is proposed.")
    for conflict in disputed:
        _conflict(conflict, decides)
    if listed:
        left, right = st.columns([5, 6], gap="medium")
        with left, st.container(key="terms-list"):
            at = _list(listed)
        with right, st.container(key="terms-editor"):
            _one(listed[at], decides)


def _list(listed: list[Proposal]) -> int:
    """The proposals, most corrections first; returns which is open."""
    held = st.session_state.get("proposal-open")
    at = next((place for place, one in enumerate(listed) if one.id == held), None)
    if at is None:
        at = min(st.session_state.get("proposal-at", 0), len(listed) - 1)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{at + 1} of {session.count(len(listed), 'proposal')}", width="stretch")
        back = st.button("Back", key="proposal-back", shortcut="K", disabled=at == 0)
        on = st.button("Next", key="proposal-next", shortcut="J", disabled=at == len(listed) - 1)
    if back or on:
        st.session_state["proposal-open"] = listed[at - 1 if back else at + 1].id
        st.rerun()
    st.session_state["proposal-open"], st.session_state["proposal-at"] = listed[at].id, at
    numbers = [one.id for one in listed]
    table = f"proposals-{hash(tuple(numbers))}"
    st.dataframe(
        _frame(listed),
        hide_index=True,
        height=min(35 * (len(listed) + 1) + 3, TALLEST),
        on_select=lambda: _open(table, numbers),
        selection_mode="single-cell",
        key=table,
        alt="Proposals",
    )
    return at


def _open(table: str, numbers: list[int]) -> None:
    cells = st.session_state[table]["selection"]["cells"]
    if cells:
        st.session_state["proposal-open"] = numbers[cells[0][0]]


def _frame(listed: list[Proposal]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "Source term": [one.source for one in listed],
            "Write": [one.preferred for one in listed],
            "Do not write": [one.deprecated for one in listed],
            "Corrected": [one.times for one in listed],
            "Left": [one.kept for one in listed],
        }
    )


def _one(found: Proposal, decides: bool) -> None:
    """A proposal to be changed, accepted or declined, with what speaks for it and against it."""
    st.subheader(f"{plain(found.deprecated)} → {plain(found.preferred)}")
    people = ", ".join(f"{plain(name)} ({times:,})" for name, times in found.people)
    kept = f"; left as it was in {session.count(found.kept, 'segment')}" if found.kept else ""
    st.caption(f"Corrected in {session.count(found.times, 'segment')} by {people}{kept}.")
    key = f"proposal-{found.id}"
    one, two = st.columns(2)
    source = one.text_input("Source term (empty: anywhere)", found.source, key=f"{key}-source", disabled=not decides)
    matching = two.selectbox(
        "Matching", MATCHINGS, MATCHINGS.index(found.matching) if found.matching in MATCHINGS else 0,
        key=f"{key}-matching", disabled=not decides,
    )  # fmt: skip
    wrong = one.text_input("Do not write", found.deprecated, key=f"{key}-wrong", disabled=not decides)
    right = two.text_input("Write", found.preferred, key=f"{key}-right", disabled=not decides)
    made = edited(found, source=source, deprecated=wrong, preferred=right, matching=matching)
    with st.spinner("Looking through the articles…", show_time=False):
        seen = learning.impact(session.store(), session.user().project, made)
    override = ""
    if seen.objection:
        st.warning(plain(seen.objection))
        override = st.text_input("Why it is to be added all the same", key=f"{key}-override", disabled=not decides)
    accept, decline, why = st.columns([2, 2, 4], vertical_alignment="bottom")
    take = accept.button(
        "Accept", type="primary", key="proposal-accept", shortcut="A", width="stretch",
        disabled=not decides or (bool(seen.objection) and not override.strip()),
    )  # fmt: skip
    away = decline.button("Decline", key="proposal-decline", shortcut="D", width="stretch", disabled=not decides)
    reason = why.selectbox(
        "Why it is declined", REASONS, accept_new_options=True, key=f"{key}-reason", disabled=not decides
    )
    _seen(seen)
    _evidence(found)
    if take:
        chosen.accept(found.id, made, override)
    if away:
        chosen.decline(found.id, reason or "", f"{found.deprecated} → {found.preferred}")


def _seen(seen: Impact) -> None:
    """What it would flag, and what of that people wrote or approved."""
    places = f"{session.count(seen.hits, 'place')} in {session.count(seen.segments, 'segment')}"
    st.markdown(f"Would flag **{places}** of {session.count(seen.articles, 'article')}.")
    if seen.approved or seen.corrected:
        st.markdown(
            f":orange[Wrongly, as far as people have said]: **{seen.approved:,}** confirmed or approved "
            f"(of {seen.approved_of:,} in which it has an occasion), **{seen.corrected:,}** corrected "
            "with these words left."
        )
    for title, examples in (("In text that people left so", seen.wrong), ("Elsewhere", seen.examples)):
        if examples:
            st.markdown(f"*{title}*\n" + "\n".join(f"- {_example(one)}" for one in examples))


def _example(one: Example) -> str:
    begin, end = max(0, one.start - AROUND), min(len(one.text), one.end + AROUND)
    before = ("…" if begin else "") + plain(one.text[begin : one.start])
    after = plain(one.text[one.end : end]) + ("…" if end < len(one.text) else "")
    link = session.link(article=one.article, segment=one.segment)
    return f"[{plain(one.article_name)} {one.number}]({link}) {before}**{plain(one.text[one.start : one.end])}**{after}"


def _evidence(found: Proposal) -> None:
    with st.expander(f"Corrections ({found.times:,})", expanded=True):
        for one in found.evidence:
            link = session.link(article=one.article, segment=one.segment)
            st.markdown(
                f"[{plain(one.article_name)}]({link}) {plain(one.wrong)} → {plain(one.right)} · "
                f"{plain(one.by)} · {when(one.at)}"
            )


def _conflict(conflict: Conflict, decides: bool) -> None:
    """Renderings that reviewers disagree about: one is chosen, the others are declined, both say why."""
    words = plain(conflict.deprecated or conflict.source)
    sides = {one.id: one for one in conflict.sides}
    key = f"conflict-{'-'.join(map(str, sides))}"
    with st.container(border=True, key=key):
        st.markdown(f"**Reviewers disagree about {words}**")

        def told(number: int) -> str:
            one = sides[number]
            people = ", ".join(f"{name} ({times:,})" for name, times in one.people)
            return f"{one.deprecated} → {one.preferred}: {session.count(one.times, 'segment')}, {people}"

        picked = st.radio(
            f"The right rendering of {words}", list(sides), index=None, format_func=told, key=f"{key}-side",
            label_visibility="collapsed", disabled=not decides,
        )  # fmt: skip
        why, go = st.columns([5, 1], vertical_alignment="bottom")
        reason = why.text_input("Why this one", key=f"{key}-why", disabled=not decides)
        if go.button("Decide", key=f"{key}-go", disabled=not decides or picked is None, width="stretch"):
            chosen.settle(picked or 0, reason)
