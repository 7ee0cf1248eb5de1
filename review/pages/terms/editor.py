"""The editor of one concept: its fields, what saving would change, who changed it before."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from review.errors import ReviewError
from review.model import Concept, Term
from review.pages import session
from review.pages.terms import chosen, fields, foreseeing, past
from review.pages.terms.chosen import Draft
from review.pages.terms.words import linked, plain, when
from review.steps import terms as steps
from review.steps.terms import browsing, editing
from review.steps.terms.browsing import Entry
from review.steps.terms.editing import Named
from review.text.priorities import target_of


def editor() -> None:
    """Show the concept that the address names, or what happened lately where it names none."""
    wanted = chosen.key()
    if wanted is None:
        past.lately()
        return
    if wanted == chosen.NEW:
        empty = Concept("", (), termbase=chosen.NEW[0])
        first = (Term("", "zh", matching="exact"), Term("", "en"), Term("", "en", "deprecated"))
        draft = chosen.drafts().setdefault(wanted, Draft(empty, None, replace(empty, terms=first)))
        _edit(wanted, draft, None)
        return
    found = browsing.entries(session.store(), session.user().project)
    entry = browsing.find(found, *wanted)
    if entry is None:
        _gone(wanted)
        return
    moved = chosen.drafts().pop(wanted, None) if entry.key != wanted else None
    if moved is not None and moved.changed:
        # Somebody made the project's own of it meanwhile: what was typed goes along.
        moved.base = replace(moved.base, id=entry.concept.id, termbase=entry.concept.termbase)
        moved.typed = replace(moved.typed, id=entry.concept.id, termbase=entry.concept.termbase)
        chosen.drafts()[entry.key] = moved
    _edit(entry.key, chosen.draft_of(entry), entry)


def _gone(wanted: chosen.Key) -> None:
    draft = chosen.drafts().get(wanted)
    if draft is not None and draft.changed:
        st.warning("Somebody removed this concept while you were editing it. What you typed is below.")
        draft.version = None
        _edit(wanted, draft, None)
        return
    st.info("The address names a concept that is not there: its termbase may be off, or it was removed.")
    past.of(*wanted)


def _edit(key: chosen.Key, draft: Draft, entry: Entry | None) -> None:
    name = next((term.text for term in draft.typed.terms if term.text.strip()), "")
    st.subheader(plain(name) if name and entry else "A new concept")
    _about(draft, entry)
    if entry is not None and entry.version != draft.version:
        _overtaken(draft, entry)
    off = entry is not None and entry.off
    _fields(key, draft, entry, off)
    if entry is not None:
        past.of(*entry.key)


def _about(draft: Draft, entry: Entry | None) -> None:
    """Where it is from, who uses it, and what editing does."""
    if entry is None:
        own = _own_bases()
        if draft.version is None and not draft.base.id and len(own) > 1:
            base = st.selectbox("Termbase", own, key=f"concept-base-{draft.number}")
            draft.base = replace(draft.base, termbase=base)
        return
    parts = [plain(entry.base.title)]
    if entry.version:
        parts.append(f"version {entry.version}")
        parts.append(f"added {when(entry.at)}")
    elif entry.base.shipped:
        parts.append("comes with the program: saving makes the project's own one that goes before it")
    else:
        parts.append(f"shared by {plain(entry.base.whose)}: saving makes this project's own one that goes before it")
    st.caption(" · ".join(parts))
    seen = dict.fromkeys(term.evidence for term in entry.concept.terms if term.evidence.user or term.evidence.url)
    if seen:
        st.caption("Used by " + "; ".join(linked(one.user, one.url, one.date) for one in seen))


def _own_bases() -> list[str]:
    with session.store().read() as connection:
        own = [base.name for base in steps.bases(connection, session.user().project) if base.own]
    return list(dict.fromkeys([chosen.NEW[0], *own]))


def _overtaken(draft: Draft, entry: Entry) -> None:
    """Somebody saved this concept first: nothing that was typed is lost, and neither is what they did."""
    with session.store().read() as connection:
        versions = steps.history.history(connection, session.user().project, *entry.key)
    last = versions[0] if versions else None
    who = (
        f"{plain(last.by)} saved version {entry.version}, {when(last.at)}" if last else "Somebody saved another version"
    )
    st.warning(f"{who}, while you were editing. What you typed is kept below and not saved.")
    for one in last.differences if last else ():
        st.markdown(past.line(one))
    mine, theirs = st.columns(2)
    if mine.button("Go on with mine", key="terms-mine", width="stretch", help="Saving puts yours in place of theirs."):
        draft.version, draft.base = entry.version, entry.concept
        st.rerun()
    if theirs.button("Take theirs", key="terms-theirs", width="stretch", help="What you typed is given up."):
        chosen.drafts().pop(entry.key, None)
        st.rerun()


@st.fragment
def _fields(key: chosen.Key, draft: Draft, entry: Entry | None, off: bool) -> None:
    """The fields with what saving them would change; only this part is drawn again at each change."""
    target = target_of(draft.base) or "en"
    draft.typed = fields.fields(draft, target, off=off)
    changed = draft.changed
    problem, ready = "", draft.typed
    if changed:
        try:
            ready = steps.validating.checked(draft.typed)
        except ReviewError as error:
            problem = str(error)
    acts, seen = st.container(horizontal=True, vertical_alignment="center"), st.container()
    override, against = "", []
    with seen:
        if problem:
            st.error(problem)
        elif changed:
            against = foreseeing.foreseen(None if entry is None else entry.concept, ready)
            for sentence in against:
                st.warning(plain(sentence))
            if against:
                override = st.text_input("Why it is to be saved all the same", key=f"concept-{draft.number}-override")
    with acts:
        stopped = not changed or bool(problem) or off or (bool(against) and not override.strip())
        save = st.button("Save", type="primary", key="terms-save", shortcut="S", disabled=stopped)
        if st.button("Discard", key="terms-discard", disabled=not changed, help="Give up what was typed"):
            chosen.drafts().pop(key, None)
            if entry is None:
                chosen.choose(None)
            st.rerun()
        if off and entry is not None:
            if st.button("Use it again", key="terms-again"):
                _again(entry)
        elif entry is not None:
            words = "Remove" if entry.base.own else "Not in this project"
            if st.button(words, key="terms-remove", shortcut="X", disabled=changed):
                _remove(entry)
    if save:
        _save(key, draft, override)


def _save(key: chosen.Key, draft: Draft, override: str) -> None:
    who = session.user()
    made: list[editing.Saved] = []

    def change() -> int:
        typed = replace(draft.typed, id=draft.base.id, termbase=draft.base.termbase)
        made.append(editing.save(session.store(), who.project, who.actor, typed, draft.version, override=override))
        return made[0].change

    def then() -> None:
        chosen.drafts().pop(key, None)
        chosen.choose((made[0].concept.termbase, made[0].concept.id))

    chosen.act(change, f"Saved {_name(draft.typed)}. The project is flagged again.", then=then)


def _remove(entry: Entry) -> None:
    who = session.user()
    said = f"Removed {_name(entry.concept)}." if entry.base.own else f"Switched off {_name(entry.concept)} here."
    chosen.act(
        lambda: editing.remove(session.store(), who.project, who.actor, [entry.named]), said,
        then=lambda: chosen.choose(None),
    )  # fmt: skip


def _again(entry: Entry) -> None:
    who = session.user()
    named = Named(*entry.key)
    chosen.act(
        lambda: editing.use_again(session.store(), who.project, who.actor, named),
        f"{_name(entry.concept)} is used again.",
    )


def _name(concept: Concept) -> str:
    return plain(next((term.text for term in concept.terms if term.text.strip()), concept.id))
