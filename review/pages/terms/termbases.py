"""The project's termbases on the Terms page: their order, on or off, brought in from files and taken out as files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from review.errors import ReviewError
from review.model import Concept
from review.pages import session
from review.pages.importing import LANGUAGES
from review.pages.terms.words import plain
from review.steps import terms as steps
from review.steps.terms import Base, Comparison
from review.store import people

KINDS = ("csv", "tbx-v2", "tbx-v3", "tbx-v3-dct")
STATUSES = ("preferred", "admitted", "deprecated", "superseded", "forbidden")


def termbases() -> None:
    """Show the termbases in their order with what can be done to each; bring one in; take one out."""
    user = session.user()
    with session.store().read() as connection:
        found = steps.bases(connection, user.project)
        shares = people.role(connection, user.project, user.actor) in steps.SHARERS
    st.caption(
        "What a termbase says goes before what those below it say. A change flags again wherever the termbase is on. "
        "A shared one is there for all projects of this installation; only members of its own change it."
    )
    for number, base in enumerate(found):
        _row(base, first=number == 0, last=number == len(found) - 1, shares=shares)
    with st.expander("Bring in a termbase"):
        _bring_in()
    with st.expander("Export a termbase"):
        _export(found)


def _row(base: Base, *, first: bool, last: bool, shares: bool) -> None:
    name, on, up, down, share, away = st.columns([6, 2, 1, 1, 2, 2], vertical_alignment="center")
    kind = " · comes with the program" if base.shipped else ""
    if base.owner:
        kind = f" · shared by {plain(base.whose)}"
    name.markdown(f"**{plain(base.title)}** · {session.count(base.concepts, 'concept')}{kind}")
    wanted = on.toggle("On", base.enabled, key=f"termbase-on-{base.name}", help=f"Whether {base.name} flags")
    if wanted != base.enabled:
        _act(partial(steps.switch, name=base.name, on=wanted))
    if up.button("↑", key=f"termbase-up-{base.name}", disabled=first, help=f"Move {base.name} up"):
        _act(partial(steps.move, name=base.name, by=-1))
    if down.button("↓", key=f"termbase-down-{base.name}", disabled=last, help=f"Move {base.name} down"):
        _act(partial(steps.move, name=base.name, by=1))
    if not base.own:
        return
    if base.concepts:
        shared = share.toggle(
            "Shared", base.shared, key=f"termbase-share-{base.name}", disabled=not shares,
            help=f"Whether all projects may use {base.name}; an owner or lead decides",
        )  # fmt: skip
        if shared != base.shared:
            _act(partial(steps.share, name=base.name, on=shared))
    with away.popover("Remove"):
        st.write(f"{session.count(base.concepts, 'concept')} of {plain(base.name)} will be gone.")
        if st.button("Remove it", key=f"termbase-away-{base.name}", type="primary"):
            _act(partial(steps.remove, name=base.name))


def _act(change: Callable[..., object]) -> None:
    """Do something to the project's termbases and show what has come of it."""
    who = session.user()
    try:
        change(session.store(), who.project, who.actor)
    except ReviewError as error:
        st.error(str(error))
        return
    st.rerun()


def _bring_in() -> None:
    file = st.file_uploader("CSV or TBX, version 2 or 3", type=["csv", "tsv", "tbx", "xml", "txt"], key="termbase-file")
    source, target = st.columns(2)
    languages = (
        source.selectbox("Language of a CSV's source column", LANGUAGES, accept_new_options=True) or "",
        target.selectbox("Language of its renderings", LANGUAGES, index=1, accept_new_options=True) or "",
    )
    if not file:
        return
    try:
        with st.spinner("Reading…"):
            reading = steps.preview(file.getvalue(), file.name, languages)
    except ReviewError as error:
        st.error(str(error))
        return
    st.write(f"{reading.kind.title}: {_understood(reading.concepts)}")
    for warning in reading.warnings:
        st.warning(warning)
    if reading.problems:
        st.error(_entries(len(reading.problems)))
        rows = [{"Line": p.line, "What": p.what, "What to do": p.remedy} for p in reading.problems]
        st.dataframe(rows, hide_index=True)
        return
    if not reading.concepts:
        st.info("The file holds no concept.")
        return
    st.dataframe([_shown(concept) for concept in reading.concepts[:20]], hide_index=True)
    name = st.text_input("Name of the termbase", value=Path(file.name).stem, max_chars=80, key="termbase-name")
    _compared(steps.compare(session.store(), session.user().project, name, reading.concepts))
    if st.button(f"Bring in {session.count(len(reading.concepts), 'concept')}", type="primary", key="termbase-in"):
        _act(partial(steps.bring_in, name=name, concepts=reading.concepts))


def _compared(found: Comparison | None) -> None:
    """Say what bringing the file in changes in a termbase of that name that is there already."""
    if found is None:
        return
    st.warning(
        f"There is a termbase of this name: {len(found.new):,} new, {len(found.changed):,} changed, "
        f"{len(found.gone):,} gone, {found.same:,} as they are. Changes are kept in each concept's history."
    )
    rows = [{"Concept": _first(one), "What": "new", "How": ""} for one in found.new]
    for changed in found.changed:
        told = "; ".join(f"{one.what}: {one.before or '–'} → {one.after or '–'}" for one in changed.differences)
        rows.append({"Concept": _first(changed.concept), "What": "changed", "How": told})
    rows += [{"Concept": _first(one), "What": "gone", "How": ""} for one in found.gone]
    if rows:
        st.dataframe(rows, hide_index=True, key="termbase-compared", alt="What the file changes")


def _first(concept: Concept) -> str:
    return " · ".join(term.text for term in concept.terms[:2])


def _entries(number: int) -> str:
    what = "An entry cannot be read" if number == 1 else f"{number:,} entries cannot be read"
    return f"{what}; nothing is brought in before that is put right."


def _understood(concepts: Sequence[Concept]) -> str:
    """How many concepts and terms there are, in which languages and with which statuses."""
    terms = [term for concept in concepts for term in concept.terms]
    languages = ", ".join(dict.fromkeys(term.language for term in terms))
    statuses = Counter(term.status for term in terms)
    listed = ", ".join(f"{statuses[status]:,} {status}" for status in STATUSES if statuses[status])
    return f"{session.count(len(concepts), 'concept')}, {session.count(len(terms), 'term')} ({listed}) in {languages}."


def _shown(concept: Concept) -> dict[str, str]:
    row = {"Id": concept.id, "Subject": concept.subject}
    for status in STATUSES:
        row[status.capitalize()] = " · ".join(term.text for term in concept.terms if term.status == status)
    return row


def _export(found: Sequence[Base]) -> None:
    one, two, three = st.columns([3, 3, 2], vertical_alignment="bottom")
    titles_of = {base.name: base.title for base in found}
    name = one.selectbox("Termbase", list(titles_of), format_func=titles_of.__getitem__, key="termbase-out")
    titles = {kind: steps.kinds()[kind].title for kind in KINDS}
    kind = two.selectbox("Format", KINDS, format_func=titles.__getitem__, key="termbase-kind")
    if not (three.button("Prepare the file", key="termbase-prepare") and name and kind):
        return
    with st.spinner("Writing the file…"):
        data, lost = steps.export(session.store(), session.user().project, name, kind)
    for sentence in lost:
        st.warning(sentence)
    chosen = steps.kinds()[kind]
    filename = f"{name}{chosen.suffixes[0]}"
    st.download_button(f"Download {filename}", data, filename, chosen.mime, type="primary", on_click="ignore")
