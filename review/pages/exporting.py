"""Export: the corrected translation of an article or a batch as a file."""

from __future__ import annotations

import streamlit as st

from review.pages import session
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
    kinds = {choice.name: choice.title for choice in steps.choices(session.store(), batch)}
    first = list(kinds).index(steps.ORIGINAL if steps.ORIGINAL in kinds else "text")
    kind = st.radio("Format", list(kinds), index=first, format_func=kinds.__getitem__, key="export-format")
    _state(chosen)
    if sum(row.segments for row in chosen) <= AT_ONCE or st.button("Prepare the file"):
        _file(batch, kind or "", article, system)


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
        system = three.selectbox("System", systems, format_func=lambda name: name or "all")
    return batch, article, system


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
