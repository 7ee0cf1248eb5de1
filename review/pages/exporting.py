"""Export: the corrected translation of an article or a batch as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from review.pages import session, working
from review.steps import exporting as steps
from review.store import articles, batches
from review.store.articles import ArticleRow
from review.store.batches import BatchRow

AT_ONCE = 3000
"""Segments up to which the file is made without being asked for."""


@session.page
def exporting() -> None:
    """Choose what and how; see what was changed in it; download it."""
    st.title("Export")
    project = session.user().project
    with session.store().read() as connection:
        found = {row.id: row for row in batches.rows(connection, project)}
    if not found:
        st.write("There is nothing to export yet.")
        session.lead("Import an article", "import")
        return
    batch, article, system = _what(found)
    chosen = _listed(project, batch, article, system)
    kind = _format(batch)
    _state(chosen)
    _lost(batch, kind, article, system)
    if sum(row.segments for row in chosen) <= AT_ONCE:
        _file(batch, kind, article, system)
    else:
        _prepared(batch, kind, article, system)


def _format(batch: int) -> str:
    """What the file is for, then which format: one line on each."""
    found = steps.choices(session.store(), batch)
    groups = list(dict.fromkeys(choice.group for choice in found))
    group = st.segmented_control("What for", groups, default=groups[0], required=True, key="export-group")
    members = {choice.name: choice for choice in found if choice.group == (group or groups[0])}
    kind = st.radio(
        "Format",
        list(members),
        format_func=lambda name: members[name].title,
        captions=[_about(choice) for choice in members.values()],
        key=f"export-format-{group}",
        label_visibility="collapsed",
    )
    return str(kind)


def _about(choice: steps.Choice) -> str:
    told = choice.about[:1].upper() + choice.about[1:]
    return f"{told} ({choice.suffix})" if told else choice.suffix


def _lost(batch: int, kind: str, article: int | None, system: str | None) -> None:
    """What the format cannot tell of what is to be exported, before the file is made."""
    for sentence in steps.losses(session.store(), batch, kind, article, system, dry=False):
        st.info(sentence, icon=":material/info:")


def _what(found: dict[int, BatchRow]) -> tuple[int, int | None, str | None]:
    """The batch, and the article or the system of it that is wanted; None means all."""
    one, two, three = st.columns(3)
    numbers = list(found)
    batch = one.selectbox(
        "Batch",
        numbers,
        index=session.place("batch", numbers) or 0,
        format_func=lambda key: found[key].name,
    )
    with session.store().read() as connection:
        rows = {row.id: row for row in articles.rows(connection, session.user().project, batch)}
    keys: list[int | None] = [None, *rows]
    asked = session.place("article", list(rows)) if batch == session.number("batch") else None
    article = two.selectbox(
        "Article",
        keys,
        index=0 if asked is None else asked + 1,
        format_func=lambda key: _label(rows[key]) if key else f"all {len(rows)}",
    )
    systems: list[str | None] = [None, *dict.fromkeys(row.system for row in rows.values())]
    system = None
    if article is None and len(systems) > 2:
        system = three.selectbox("System", systems, format_func=_named)
    return batch, article, system


def _named(system: str | None) -> str:
    """A system as the list calls it; each is called otherwise, or the list would mistake one for another."""
    return "all" if system is None else system or "unnamed"


def _label(row: ArticleRow) -> str:
    return f"{row.name} · {row.system}" if row.system else row.name


def _listed(project: int, batch: int, article: int | None, system: str | None) -> list[ArticleRow]:
    with session.store().read() as connection:
        rows = articles.rows(connection, project, batch, system=system)
    return [row for row in rows if article in (None, row.id)]


def _state(chosen: list[ArticleRow]) -> None:
    """How finished what is exported is, so that nobody publishes half a review unawares."""
    segments, changed = sum(row.segments for row in chosen), sum(row.changed for row in chosen)
    words, done = sum(row.words for row in chosen), sum(row.done_words for row in chosen)
    flags = sum(row.open_flags for row in chosen)
    share = f"{done / words:.0%} of the words confirmed" if words else "no words"
    st.caption(
        f"{session.count(segments, 'segment')}, {changed:,} changed · {share} · {session.count(flags, 'open flag')}"
    )


def _file(batch: int, kind: str, article: int | None, system: str | None) -> None:
    warnings: list[str] = []
    with st.spinner("Writing the file…"):
        made = steps.download(session.store(), batch, kind, article, system, warnings)
    for warning in warnings:
        st.warning(warning)
    st.download_button(
        f"Download {made.filename}", made.data, made.filename, made.mime, type="primary", on_click="ignore"
    )
    if made.mime == "text/plain":
        with st.expander("Look at it first"):
            st.text(made.data[:20_000].decode("utf-8", errors="replace"))


def _prepared(batch: int, kind: str, article: int | None, system: str | None) -> None:
    """A large file: a worker makes it, and it waits to be fetched."""
    given = steps.payload(batch, kind, article, system)
    key = "-" + "-".join(str(value) for value in given.values())
    if working.shown("export", done=_ready, key=key):
        return
    if st.button("Prepare the file", type="primary", key=f"export-prepare{key}"):
        working.start("export", given, key=key)
        st.rerun()


def _ready(result: dict[str, Any], again: Callable[[], None]) -> None:
    """The file that a worker made, read when it is asked for."""
    for warning in result["warnings"]:
        st.warning(warning)

    def data() -> bytes:
        with steps.opened(session.store(), result) as file:
            return file.read()

    get, anew = st.columns([3, 2], width=560)
    get.download_button(
        f"Download {result['filename']} ({_size(result['size'])})",
        data,
        result["filename"],
        result["mime"],
        type="primary",
        on_click="ignore",
        width="stretch",
    )
    anew.button("Prepare it anew", on_click=again, width="stretch")
    st.caption("It is the state in which it was prepared, and is kept for three days.")


def _size(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB" if count >= 100_000 else f"{max(count / 1000, 0.1):,.1f} kB"
