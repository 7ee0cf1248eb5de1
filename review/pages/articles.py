"""The list of articles: how far each is, what is flagged in it, and the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from review.model import SEVERITIES, STATUSES
from review.pages import session
from review.store import articles as stored
from review.store import batches

if TYPE_CHECKING:
    import pandas as pd

    from review.store.articles import ArticleRow

ANY = "any"
ORDERS = ("as imported", "riskiest first")


@session.page
def articles() -> None:
    """Show every article of the project, narrowed by batch, text, flag and status."""
    st.title("Articles")
    project = session.user().project
    with session.store().read() as connection:
        names = {row.id: row.name for row in batches.rows(connection, project)}
    if not names:
        st.write("Nothing is imported yet.")
        session.lead("Import an article", "import")
        return
    rows = _filtered(project, names)
    if not rows:
        st.info("No article matches these filters. Clear one of them to see more.")
        return
    done, words = sum(row.done_words for row in rows), sum(row.words for row in rows)
    st.caption(
        f"{session.count(len(rows), 'article')} · {session.count(words, 'word')}, {done:,} of them confirmed · "
        + session.count(sum(row.open_flags for row in rows), "open flag")
    )
    _table(rows)


def _filtered(project: int, names: dict[int, str]) -> list[ArticleRow]:
    """The filter row, and the articles that pass it. The address keeps the batch."""
    from review.detectors import detectors

    titles = {name: found.title for name, found in detectors().items()}
    search, batch, kind, severity, status, order = st.columns([3, 2, 2, 1.4, 1.4, 1.4], vertical_alignment="bottom")
    numbers = [0, *names]
    text = search.text_input("Search", placeholder="an article or a system", key="articles-search")
    chosen = batch.selectbox(
        "Batch",
        numbers,
        index=session.place("batch", numbers) or 0,
        format_func=lambda key: names.get(key, "all batches"),
    )
    detector = kind.selectbox("Flag", [ANY, *titles], format_func=lambda name: titles.get(name, ANY))
    level = severity.selectbox("Severity", [ANY, *reversed(SEVERITIES)])
    state = status.selectbox("Status", [ANY, *STATUSES])
    by_risk = order.selectbox("Order", ORDERS, help="Risk is for each word: the riskiest text for the least reading.")
    with session.store().read() as connection:
        found = stored.rows(
            connection,
            project,
            batch=chosen or None,
            search=text.strip(),
            detector="" if detector == ANY else detector,
            severity="" if level == ANY else level,
            status="" if state == ANY else state,
        )
    return sorted(found, key=lambda row: -row.risk) if by_risk == ORDERS[1] else found


def _table(rows: list[ArticleRow]) -> None:
    frame = _frame(rows)
    config = st.column_config
    picked = st.dataframe(
        frame,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"articles-table-{st.session_state.get('articles-left', 0)}",
        height=min(35 * (len(frame) + 1) + 3, 760),
        column_config={
            "Open": config.LinkColumn("Link", display_text="new tab", width=75),
            "Article": config.TextColumn(width="large"),
            "Progress": config.ProgressColumn(format="percent", min_value=0, max_value=1, width="small"),
            "Risk": config.NumberColumn(format="%.2f", help="0 to 1: how much its flags weigh", width="small"),
            "Words": config.NumberColumn(format="localized", width="small"),
        },
    )
    chosen = picked["selection"]["rows"] if picked else []
    if chosen:
        # A table under a new key: whoever comes back finds no row chosen, and is not sent away again.
        st.session_state["articles-left"] = st.session_state.get("articles-left", 0) + 1
        row = rows[chosen[0]]
        session.go(batch=row.batch, article=row.id)


def _frame(rows: list[ArticleRow]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "Open": [session.link(batch=row.batch, article=row.id) for row in rows],
            "Article": [row.name for row in rows],
            "Batch": [row.batch_name for row in rows],
            "System": [row.system for row in rows],
            "Languages": [_languages(row) for row in rows],
            "Progress": [row.done_words / row.words if row.words else 0.0 for row in rows],
            "Flags": [row.open_flags for row in rows],
            "Worst": [row.worst_severity for row in rows],
            "Risk": [row.risk for row in rows],
            "Changed": [row.changed for row in rows],
            "Segments": [row.segments for row in rows],
            "Words": [row.words for row in rows],
        }
    )


def _languages(row: ArticleRow) -> str:
    source = row.source_language or "?"
    return f"{source if row.has_source else '–'} → {row.target_language or '?'}"
