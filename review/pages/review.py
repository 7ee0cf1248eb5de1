"""The review page: one article in the grid, and the way to its neighbours."""

from __future__ import annotations

import re

import streamlit as st

from review.errors import InputError
from review.pages import session
from review.pages.attaching import attach_dialog
from review.pages.grid import fingerprint, grid
from review.steps import opening, passes, rates, reflagging, reviewing, saving
from review.steps.judging.batches import unchecked
from review.store import articles, preferences, standings, tallies
from review.store.articles import ArticleRow


@session.page
def review() -> None:
    """Show the article that the address names, else the first that has work left."""
    user = session.user()
    with session.store().read() as connection:
        rows = articles.rows(connection, user.project)
    if not rows:
        st.title("No articles yet")
        st.write("Import a translation to review it here: a text file, parallel lines, a table or JSON Lines.")
        session.lead("Import an article", "import")
        return
    chosen = _chosen(rows)
    if chosen is None:
        st.error("There is no such article; it may have been deleted. Choose another from the list.")
        chosen = rows[0]
    if (session.number("batch"), session.number("article")) != (chosen.batch, chosen.id):
        # The address says what is shown, so that it can be sent to somebody as it is.
        kept = {"segment": st.query_params["segment"]} if _names(chosen) and "segment" in st.query_params else {}
        st.query_params.from_dict({"batch": str(chosen.batch), "article": str(chosen.id), **kept})
    _bar(rows, chosen)
    _flag(chosen)
    _demotions(chosen, user)
    if "attached" in st.session_state:
        st.toast(st.session_state.pop("attached"))
    _grid(chosen, user)


def _chosen(rows: list[ArticleRow]) -> ArticleRow | None:
    wanted = session.number("article")
    if wanted is not None:
        return next((row for row in rows if row.id == wanted), None)
    if "article" in st.query_params:
        return None
    batch = session.number("batch")
    inside = [row for row in rows if row.batch == batch] if batch is not None else rows
    return next((row for row in inside if row.done_words < row.words), inside[0] if inside else None)


def _names(chosen: ArticleRow) -> bool:
    """Whether the address names the article that is shown."""
    return session.number("article") == chosen.id


def _bar(rows: list[ArticleRow], chosen: ArticleRow) -> None:
    """Which article, the one before and after it, and what can be done with the whole of it."""
    by_id = {row.id: row for row in rows}
    place = [row.id for row in rows].index(chosen.id)
    pick, before, after, more, out = st.columns([10, 0.7, 0.7, 2, 1.4], vertical_alignment="bottom")
    with pick:
        picked = st.selectbox(
            "Article",
            list(by_id),
            index=place,
            format_func=lambda key: label(by_id[key]),
            key=f"pick-{chosen.id}",
            label_visibility="collapsed",
        )
    with before:
        if st.button("‹", help="Previous article", disabled=place == 0, width="stretch"):
            picked = rows[place - 1].id
    with after:
        if st.button("›", help="Next article", disabled=place == len(rows) - 1, width="stretch"):
            picked = rows[place + 1].id
    with more:
        if st.button("Attach source…", help="Add a source or a reference; all work is kept.", width="stretch"):
            attach_dialog(chosen)
    with out:
        session.lead("Export…", "export", primary=False, batch=chosen.batch, article=chosen.id)
    if picked != chosen.id:
        st.query_params.from_dict({"batch": str(by_id[picked].batch), "article": str(picked)})
        st.rerun()


def label(row: ArticleRow) -> str:
    """An article in the list: its name and its system. How far it is stands in the grid's own line, and is live."""
    return f"{row.name} · {row.system}" if row.system and row.system != row.name else row.name


def _flag(chosen: ArticleRow) -> None:
    """Make the flags again where they are out of date. The review goes on where that cannot be done."""
    try:
        with st.spinner("Flagging…", show_time=False):
            reflagging.renew(session.store(), chosen.id)
    except InputError as error:
        st.warning(f"The flags below may be out of date. {error}")
    for line in unchecked(session.store(), chosen.id):
        st.caption(re.sub(r"([^\w\s,;])", r"\\\1", line))  # a service's own words are in it: text, not Markdown


def _demotions(chosen: ArticleRow, user: session.User) -> None:
    """Say which detectors with open flags in the article were demoted, and why."""
    with session.store().read() as connection:
        held = standings.now(connection, user.project)
        here = tallies.in_article(connection, chosen.id) if held.demoted else {}
    known = rates.known()
    for name, one in held.by_name.items():
        if one.state == "demoted" and here.get(name) and name in known and known[name].version == one.rule:
            link = session.link("detectors", detector=name)
            st.caption(
                f"**{known[name].title}** was demoted: {one.notice}. {session.count(here[name], 'open flag')} of it "
                f"here {'is' if here[name] == 1 else 'are'} shown last and faint. [Detectors]({link})"
            )


def _grid(chosen: ArticleRow, user: session.User) -> None:
    store = session.store()
    view = reviewing.view(store, chosen.id, user.actor)
    with store.read() as connection:
        keys = preferences.get(connection, user.actor, "keys", {})
    measured = saving.settings_of(store, user.actor).on
    if measured:
        st.caption(
            f"Your time and key presses are counted here, for you. [My time]({session.link('saved')}) switches it off."
        )
    route = f"{session.base()}/rendition"
    result = grid(
        {
            "route": route,
            "assets": f"{route}/assets/{fingerprint()}",
            "token": passes.issue(user.actor, chosen.batch, opening.database()),
            "store": opening.database(),
            "user": {"id": user.actor, "name": user.name},
            "batch": {"id": chosen.batch, "name": chosen.batch_name},
            "article": view,
            "keys": keys,
            "segment": session.number("segment"),
            "effort": measured,
        },
        key=f"grid-{chosen.id}",
    )
    chosen_keys = result.get("keys")  # as an attribute it would be the dictionary's own method
    if chosen_keys:
        store.write(lambda connection: preferences.put(connection, user.actor, "keys", chosen_keys))
