"""The Consistency page: one source term, all its renderings in a batch, and one of them for all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from review.errors import InputError
from review.pages import session
from review.pages.replacing.fields import address, plain
from review.steps import consistency as steps
from review.steps.consistency import Candidates, Rendered, Spot
from review.store import batches
from review.store.batches import BatchRow

if TYPE_CHECKING:
    import pandas as pd

KINDS = {"term": "Terms", "name": "Names", "words": "Other words"}
NOT_FOUND = "not found"
PAGE = 50
"""Segments shown at a time."""

ROWS, TALLEST = 16, 600
"""Rows shown without scrolling, and the height of a table of more (pixels)."""

_STYLE = """<style>
.spots { border-collapse: collapse; inline-size: 100%; table-layout: fixed; font-size: 14px; line-height: 1.45; }
.spots th, .spots td {
  text-align: start; vertical-align: top; padding: 5px 10px 5px 0; border: 0; overflow-wrap: anywhere;
  border-block-end: 1px solid color-mix(in srgb, currentColor 16%, transparent);
}
.spots th { font-weight: 400; font-size: 12px; }
.spots th:first-child { inline-size: 18%; }
.spots th:nth-child(2) { inline-size: 34%; }
.spots td:first-child { font-size: 12px; }
.spots mark { color: inherit; background: light-dark(#f6e9b2, #4a4220); padding: 0 1px; }
</style>"""


@session.page
def consistency() -> None:
    """Ask about a term, or choose one that is rendered unevenly; see where each rendering stands; unify."""
    st.title("Consistency")
    with session.store().read() as connection:
        found = {row.id: row for row in batches.rows(connection, session.user().project)}
    if not found:
        st.write("There is no text to look in yet.")
        session.lead("Import an article", "import")
        return
    batch, term = _asked(found)
    if term:
        _one(found[batch], term)
    else:
        _many(found[batch])


def _asked(found: dict[int, BatchRow]) -> tuple[int, str]:
    """The batch and the source term, "" for none; the address says the same."""
    numbers = list(found)
    given = {name: st.query_params[name] for name in ("batch", "term") if name in st.query_params}
    if "consistency-term" not in st.session_state or session.addressed("consistency", given):
        place = session.place("batch", numbers)
        st.session_state["consistency-batch"] = numbers[place or 0]
        st.session_state["consistency-term"] = given.get("term", "")[:200].replace("\x00", "")
    left, middle, right = st.columns([2, 4, 2], vertical_alignment="bottom")
    batch = left.selectbox("Batch", numbers, format_func=lambda one: found[one].name, key="consistency-batch")
    term = middle.text_input(
        "Words of the source", placeholder="a name or a term; empty: those rendered unevenly", key="consistency-term"
    ).strip()
    if term:
        right.button("All uneven terms", on_click=_choose, args=("",))
    session.say("consistency", {"batch": str(batch), **({"term": term} if term else {})})
    return batch, term


def _choose(term: str) -> None:
    st.session_state["consistency-term"] = term


def _pick(key: str, terms: Sequence[str]) -> None:
    chosen: Any = st.session_state[key]
    if chosen.selection.rows:
        _choose(terms[chosen.selection.rows[0]])


def _many(row: BatchRow) -> None:
    """The candidates; a click on one shows its renderings."""
    if not row.segments:
        st.info("This batch has no segments.")
        return
    many = _candidates(row)
    if not many.looked:
        st.info("No article of this batch has a source; renderings are found by the source that they stand for.")
        return
    kinds = st.pills(
        "Kinds",
        list(KINDS),
        selection_mode="multi",
        default=["term", "name"],
        format_func=KINDS.__getitem__,
        key="consistency-kinds",
        label_visibility="collapsed",
    )
    shown = [one for one in many.found if one.kind in kinds]
    looked = (
        f"all {many.looked:,} segments that have a source"
        if many.looked >= many.total
        else f"a sample of {many.looked:,} of {many.total:,} segments, whole articles evenly spread"
    )
    if not shown:
        st.info(f"Nothing of these kinds is rendered in more than one way, in {looked}.")
        return
    st.caption(f"{session.count(len(shown), 'term')} with more than one rendering, in {looked}. Choose a row.")
    config = st.column_config
    key = f"consistency-many-{row.id}"
    st.dataframe(
        _frame(shown),
        hide_index=True,
        height="content" if len(shown) <= ROWS else TALLEST,
        on_select=partial(_pick, key, [one.term for one in shown]),
        selection_mode="single-row",
        key=key,
        alt="Source terms that are rendered in several ways",
        column_config={
            "Source": config.TextColumn(width=140),
            "Kind": config.TextColumn(width=80),
            "Segments": config.NumberColumn(format="localized", width=80),
            "Otherwise": config.NumberColumn(
                format="localized", width=85, help="Segments that have another rendering than the usual one"
            ),
            "Usual": config.TextColumn(width=260),
            "Other renderings": config.TextColumn(width="large"),
        },
    )


def _candidates(row: BatchRow) -> Candidates:
    """The batch's candidates, remembered until its texts change."""
    mark = (row.id, row.changed, row.done_words, row.segments)
    kept = st.session_state.get("consistency-candidates")
    if kept is None or kept[0] != mark:
        bar = st.progress(0.0, "Looking through the batch…")

        def progress(done: int, total: int) -> None:
            if done % 20 == 0:
                bar.progress(done / total, "Comparing renderings…")

        made = steps.candidates(
            session.store(),
            session.user().project,
            row.id,
            progress,
        )
        bar.empty()
        kept = st.session_state["consistency-candidates"] = (mark, made)
    return kept[1]


def _frame(shown: Sequence[steps.Candidate]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "Source": [one.term for one in shown],
            "Kind": [one.kind for one in shown],
            "Segments": [one.segments for one in shown],
            "Otherwise": [one.otherwise for one in shown],
            "Usual": [f"{one.renderings[0][0]} ({one.renderings[0][1]:,})" for one in shown],
            "Other renderings": [
                " · ".join(f"{text} ({count:,})" for text, count in one.renderings[1:]) for one in shown
            ],
        }
    )


def _rendered(row: BatchRow, term: str) -> Rendered:
    """A term's renderings, remembered until the batch's texts change."""
    mark = (row.id, row.changed, row.done_words, row.segments, term)
    kept = st.session_state.get("consistency-rendered")
    if kept is None or kept[0] != mark:
        with st.spinner("Looking…", show_time=False):
            made = steps.look(session.store(), session.user().project, row.id, term)
        kept = st.session_state["consistency-rendered"] = (mark, made)
    return kept[1]


def _one(row: BatchRow, term: str) -> None:
    """A term's renderings, the segments of one of them, and the way to unify."""
    found = _rendered(row, term)
    if not found.looked:
        st.info("No segment of this batch has these words in its source.")
        return
    said = f"**{plain(term)}** stands in the source of {session.count(found.segments, 'segment')}"
    if found.looked < found.segments:
        said += f"; the first {found.looked:,} were looked at"
    st.write(f"{said}. {session.count(len(found.renderings), 'rendering')} found.")
    if found.renderings:
        st.dataframe(
            _counts(found), hide_index=True, alt=f"Renderings of {term}", height="content", placeholder="–",
            column_config={"Rendering": st.column_config.TextColumn(width=300)},
        )  # fmt: skip
        _unify(found)
    _spots(found)


def _counts(found: Rendered) -> pd.DataFrame:
    import pandas as pd

    several = len(found.systems) > 1
    rows = [
        {
            "Rendering": one.text,
            "Termbase": one.status or None,
            "Segments": one.segments,
            "Confirmed": one.confirmed,
            **({name or "no system": one.systems.get(name, 0) for name in found.systems} if several else {}),
            "Written": " · ".join(f"{text} ({count:,})" for text, count in list(one.surfaces.items())[:6]),
        }
        for one in found.renderings
    ]
    return pd.DataFrame(rows)


def _unify(found: Rendered) -> None:
    """Choose what to keep, or write it; the preview of Replace is next."""
    best = next((one for one in found.renderings if one.status == "preferred"), found.renderings[0])
    options = list(dict.fromkeys([best.text, *(one.text for one in found.renderings)]))
    left, middle, right = st.columns([3, 4, 2], vertical_alignment="bottom")
    keep = left.selectbox(
        "Keep, or write another",
        options,
        accept_new_options=True,
        key=f"consistency-keep-{found.batch}-{found.term}",
    )
    keep = str(keep or "")
    others = [one.text for one in found.renderings if one.text != keep]
    chosen = middle.multiselect(
        "Replace",
        others,
        default=steps.likely(found, keep),
        key=f"consistency-others-{found.batch}-{found.term}-{keep}",
        help="To begin with, those that the termbase calls wrong or that look much like the one to keep.",
    )
    if right.button(
        "Unify…", type="primary", disabled=not chosen, help="Shows every place before anything is changed."
    ):
        try:
            rule = steps.unifying(found, keep, chosen)
        except InputError as error:
            st.error(plain(str(error)))
        else:
            session.go("replace", **address(rule, found.batch))


def _spots(found: Rendered) -> None:
    """The segments of one rendering in their context, each with its way to the review page."""
    groups = {one.text: one.spots for one in found.renderings}
    if found.missing:
        groups[NOT_FOUND] = found.missing
    chosen = st.pills(
        "Segments with",
        list(groups),
        default=next(iter(groups)),
        format_func=lambda text: f"{text}  {len(groups[text]):,}",
        required=True,
        key=f"consistency-group-{found.batch}-{found.term}",
        label_visibility="collapsed",
    )
    spots = groups.get(str(chosen), ())
    page = 0
    if len(spots) > PAGE:
        last = -(-len(spots) // PAGE)
        at, _ = st.columns([2, 8])
        page = int(at.number_input(f"Page, of {last:,}", 1, last, key=f"consistency-page-{found.term}-{chosen}")) - 1
    rows = "".join(_row(found.batch, found.term, spot) for spot in spots[page * PAGE : (page + 1) * PAGE])
    st.html(
        f'{_STYLE}<table class="spots"><thead><tr><th scope="col">Article, segment</th><th scope="col">Source</th>'
        f'<th scope="col">Translation</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _row(batch: int, term: str, spot: Spot) -> str:
    link = session.link("", batch=batch, article=spot.article, segment=spot.segment)
    where = " · ".join(part for part in (spot.status, spot.system) if part)
    target = _marked(spot.text, [(place.start, place.end) for place in spot.places])
    at = spot.source.lower().find(term.lower())
    source = _marked(spot.source, [(at, at + len(term))] if at >= 0 else [])
    return (
        f'<tr><td><a href="{escape(link)}" target="_blank">{escape(spot.article_name)} · {spot.number}</a><br>'
        f"{escape(where)}</td><td>{source}</td><td>{target}</td></tr>"
    )


def _marked(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text as HTML, with these places marked."""
    parts, at = [], 0
    for start, end in sorted(places):
        parts.append(f"{escape(text[at:start])}<mark>{escape(text[start:end])}</mark>")
        at = end
    return "".join(parts) + escape(text[at:])
