"""What corrections saved: acts and segments by way, how flags fall from article to article, and one's own time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from review.pages import session
from review.pages.saved import charts, mine
from review.steps.rates import LEADERS
from review.steps.saving import CAPTIONS, Counts, Reviewed, Stretch, reports, stretches
from review.steps.saving.articles import per_thousand
from review.steps.saving.reports import Report
from review.store import batches, people

LISTED = 500
"""Articles that are listed on the page; the files hold all."""

HEADS = {"hand": "Hand", "propagation": "Propagated", "suggestion": "Accepted", "memory": "Memory"}
"""Short heads of columns."""

COUNTED = (
    "One act is one decision, however many segments it corrects; typing in one sentence is one act. What was undone "
    "does not count. A segment that is corrected twice counts twice. *Saved*: segments that a propagation or an "
    "accepted suggestion corrected beyond one for each act."
)
ORDERED = (
    "Open flags per 1,000 words, articles in the order in which somebody began to review them. *First flagged*: under "
    "the terms of that time. *When begun*: just before the first act in the article, so with what propagations mended "
    "and dismissals settled until then, and with what new terms flag. *Now*: under the terms of today."
)


@session.page
def saved() -> None:
    """Show a project's or a batch's savings."""
    st.title("What it saved")
    user = session.user()
    store = session.store()
    with store.read() as connection:
        names = {row.id: row.name for row in batches.rows(connection, user.project)}
        lead = people.role(connection, user.project, user.actor) in LEADERS
    left, _ = st.columns([2, 5])
    numbers = [0, *names]
    batch = left.selectbox(
        "Corrections in",
        numbers,
        index=session.place("batch", numbers) or 0,
        format_func=lambda key: names.get(key, "the whole project"),
        key="saved-batch",
    )
    with st.spinner("Counting…", show_time=False):
        found = reports.report(store, user.project, batch or None, names.get(batch, "The whole project"))
    if found.counted.total == Counts() and not found.articles:
        _nothing(bool(names))
    else:
        _ways(found, user.name, lead)
        _articles(found)
        _files(found, lead)
    mine.mine(user, batch or None, found.articles, lead)


def _nothing(any_batch: bool) -> None:
    if any_batch:
        st.info("Nothing has been corrected here yet. Each correction is counted as it is made, and shown here.")
        session.lead("Review", "")
    else:
        st.info("No articles yet. Import one; what its corrections take and save is counted here.")
        session.lead("Import an article", "import")


def _ways(found: Report, me: str, lead: bool) -> None:
    counted = found.counted
    st.markdown(f"**{reports.headline(counted)}**")
    left, right = st.columns([5, 4], gap="medium")
    with left:
        charts.over_time(counted)
    with right:
        rows = [
            {
                "Corrections": CAPTIONS[way],
                "Acts": one.acts if way != "import" else None,
                "Segments": one.segments,
                "Segments an act": one.segments / one.acts if one.acts and way != "import" else None,
            }
            for way, one in counted.ways.items()
            if one != Counts() or way in ("hand", "propagation", "suggestion")
        ]
        _frame(rows, "Corrections by how they came about")
        persons = counted.people if lead else {name: ways for name, ways in counted.people.items() if name == me}
        if persons:
            _frame([_person(name, ways) for name, ways in persons.items()], "Acts by person")
        st.caption(COUNTED)
    if found.learned.terms:
        st.caption(f"{reports.about_terms(found.learned)} [Terms]({session.link('terms')})")


def _person(name: str, ways: Mapping[str, Counts]) -> dict[str, Any]:
    mine = {way: one for way, one in ways.items() if way != "import"}
    total = sum(mine.values(), Counts())
    return {
        "Person": name,
        "Acts": total.acts,
        "Segments": total.segments,
        **{head: mine[way].acts or None for way, head in HEADS.items()},
    }


def _articles(found: Report) -> None:
    st.header("From article to article", anchor=False)
    parts = stretches(found.articles)
    if parts:
        st.caption(_trend(found.articles) + ORDERED)
        left, right = st.columns([5, 4], gap="medium")
        with left:
            charts.falling(parts)
            charts.edit_rate(parts)
        with right:
            _frame([_part(one) for one in parts], "Flags per 1,000 words from article to article", tallest=430)
    else:
        st.caption("Nobody began to review an article here since this is counted.")
    rows = [_row(place, one) for place, one in enumerate(found.articles[:LISTED], 1)]
    if len({one.batch for one in found.articles}) == 1:
        rows = [{name: value for name, value in row.items() if name != "Batch"} for row in rows]
    _frame(rows, "Articles in the order in which reviewing began", tallest=420)
    if len(found.articles) > LISTED:
        st.caption(f"The first {LISTED:,} of {len(found.articles):,}; the files below hold all.")


def _trend(articles: list[Reviewed]) -> str:
    ends = reports.trend(articles)
    if ends is None or ends[0].begun is None or ends[1].begun is None:
        return ""
    first, last = ends
    return (
        f"When begun: **{first.begun:.1f}** flags per 1,000 words in the first {_many(first)}, **{last.begun:.1f}** in "
        f"the last {_many(last)} (as first flagged: {reports.number(first.first)} and {reports.number(last.first)}). "
    )


def _many(one: Stretch) -> str:
    count = one.end - one.start + 1
    return "article" if count == 1 else f"{count:,} articles"


def _part(one: Stretch) -> dict[str, Any]:
    return {
        "Articles": f"{one.start}" if one.start == one.end else f"{one.start} to {one.end}",
        "First flagged": one.first,
        "When begun": one.begun,
        "Now": one.now,
        "Changed": 100 * one.rate,
    }


def _row(place: int, one: Reviewed) -> dict[str, Any]:
    row = {
        "Order": place if one.begun_at is not None else None,
        "Open": session.link("", batch=one.batch, article=one.article),
        "Article": f"{one.name} · {one.system}" if one.system and one.system != one.name else one.name,
        "Batch": one.batch_name,
        "Segments": one.segments,
        "Changed": 100 * one.rate,
        "HTER": one.hter,
        "Characters": None if one.characters is None else 100 * one.characters,
        **{head: one.ways.get(way) for way, head in HEADS.items()},
        "First flagged": per_thousand([one.first]),
        "When begun": per_thousand([one.begun]),
        "Now": per_thousand([one.now]),
        "Finished": "yes" if one.finished else "",
    }
    if one.hter is None:
        del row["HTER"], row["Characters"]
    return row


def _frame(rows: list[dict[str, Any]], alt: str, *, tallest: int = 300) -> None:
    """A table; whole where it is short."""
    import pandas as pd

    config = st.column_config
    per = {"format": "%.1f", "width": 84, "help": "Open flags per 1,000 words"}
    frame = pd.DataFrame(rows)
    frame = frame.drop(columns=[name for name in HEADS.values() if name in frame and frame[name].isna().all()])
    st.dataframe(
        frame,
        hide_index=True,
        alt=alt,
        placeholder="–",
        height="content" if 36 * (len(rows) + 1) <= tallest else tallest,
        column_config={
            "Open": config.LinkColumn("Link", display_text="open", width=60),
            "Article": config.TextColumn(width=190),
            "Order": config.NumberColumn(width=60),
            "Acts": config.NumberColumn(format="localized", width=70),
            "Segments": config.NumberColumn(format="localized", width=80),
            "Segments an act": config.NumberColumn(format="%.1f", width=120),
            "First flagged": config.NumberColumn(**per),
            "When begun": config.NumberColumn(**per),
            "Now": config.NumberColumn(**per),
            "Hand": config.NumberColumn(format="localized", width=65, help="Corrected by hand"),
            "Propagated": config.NumberColumn(format="localized", width=88, help="Corrected by propagation"),
            "Accepted": config.NumberColumn(format="localized", width=78, help="Corrected by accepted suggestion"),
            "Memory": config.NumberColumn(format="localized", width=72, help="Corrected by a match from memory"),
            "Finished": config.TextColumn(width=75),
            "Batch": config.TextColumn(width=110),
            "Changed": config.NumberColumn(format="%.0f%%", width=75, help="Changed segments as a share of all"),
            "HTER": config.NumberColumn(
                format="%.1f", width=70, help="Translation edit rate of the output against the text now"
            ),
            "Characters": config.NumberColumn(
                format="%.1f%%", width=88, help="Characters edited, as a share of the text's length"
            ),
        },
    )


def _files(found: Report, lead: bool) -> None:
    files = st.container(horizontal=True)
    files.download_button(
        "Articles (CSV)", lambda: reports.as_csv(found.articles), "saved.csv", "text/csv", on_click="ignore",
        icon=":material/download:", key="saved-csv",
    )  # fmt: skip
    files.download_button(
        "Everything (JSON)", lambda: reports.as_json(found, people=lead), "saved.json", "application/json",
        on_click="ignore", icon=":material/download:", key="saved-json",
    )  # fmt: skip
