"""The Memory page: a phrase looked for in all that was translated; memories brought in and taken out as TMX."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from typing import Any, Literal, cast

import streamlit as st

from review.errors import ReviewError
from review.formats import Source
from review.pages import session, working
from review.pages.importing import LANGUAGES
from review.settings import settings
from review.steps import memory as steps
from review.steps.memory import Hit
from review.store.memories import MemoryRow

SHOWN = 50
SAMPLE = 20
ALL = "Everything"

_TABLE = """<style>
.rendition-hits { width: 100%; border-collapse: collapse; font-size: 0.875rem; line-height: 1.5; }
.rendition-hits td { padding: 0.35rem 0.75rem 0.35rem 0; vertical-align: top; width: 42%;
  border-top: 1px solid color-mix(in srgb, currentColor 14%, transparent); }
.rendition-hits td:last-child { width: 16%; padding-right: 0; opacity: 0.85; font-size: 0.8125rem; }
.rendition-hits mark { background: light-dark(#fff0b3, #5c4a00); color: inherit; padding: 0 1px; }
.rendition-hits a { color: inherit; }
</style>"""


@session.page
def memory() -> None:
    """Search the memory; show what it is made of; bring in and take out."""
    st.title("Memory")
    _search()
    work, rows = steps.listed(session.store(), session.user().project)
    _listed(work, rows)
    with st.expander("Bring in a memory (TMX)", expanded="job-memory-import" in st.session_state):
        _bring_in()
    with st.expander("Export as TMX", expanded="job-memory-export" in st.session_state):
        _export(work, rows)


def _search() -> None:
    words, where = st.columns([4, 2], vertical_alignment="bottom")
    text = words.text_input(
        "Search", key="memory-search", placeholder="a phrase, in either language", value=st.query_params.get("text", "")
    ).strip()
    sides = ("translation", "source")
    side = where.radio("Where", sides, horizontal=True, label_visibility="collapsed", key="memory-side")
    if not text:
        return
    chosen = cast(Literal["source", "target"], "source" if side == "source" else "target")
    try:
        found = steps.concordance(session.store(), session.user().project, text, chosen, SHOWN)
    except ReviewError as error:
        st.error(str(error))
        return
    if not found.hits:
        st.info(f"The memory does not have this in the {side}. Only whole words are found; letter case does not count.")
        return
    st.html(_TABLE + f'<table class="rendition-hits">{"".join(_hit(hit, chosen) for hit in found.hits)}</table>')
    if found.more:
        st.caption(f"The newest {len(found.hits)} are shown; there are more. Add a word to narrow the search.")


def _hit(hit: Hit, side: str) -> str:
    """A row of the results, the phrase marked, with the way to its place."""
    known = hit.known
    texts = {"source": escape(known.source or ""), "target": escape(known.target)}
    whole = (known.source if side == "source" else known.target) or ""
    parts = (whole[: hit.start], whole[hit.start : hit.end], whole[hit.end :])
    before, marked, after = (escape(part) for part in parts)
    texts[side] = f"{before}<mark>{marked}</mark>{after}"
    place = escape(known.origin)
    if known.article is not None:
        address = escape(session.link(article=known.article, segment=known.segment))
        place = f'<a href="{address}" target="_self">{escape(known.article_name)}</a>, {place}'
    by = " · ".join(part for part in (escape(known.by), _day(known.at)) if part)
    cells = [*(f'<td dir="auto">{text}</td>' for text in texts.values()), f"<td>{place}<br>{by}</td>"]
    return f"<tr>{''.join(cells)}</tr>"


def _listed(work: int, rows: list[MemoryRow]) -> None:
    st.subheader("What it is made of")
    st.markdown(f"**Reviewed here** · {session.count(work, 'segment')} confirmed, approved or corrected")
    for row in rows:
        name, about, away = st.columns([5, 6, 2], vertical_alignment="center")
        name.markdown(f"**{_plain(row.name)}** · {session.count(row.units, 'unit')}")
        pairs = ", ".join(f"{one or '?'} → {two or '?'} {count:,}" for one, two, count in row.languages)
        about.caption(f"{pairs} · brought in by {_plain(row.by)}, {_day(row.created_at)}")
        with away.popover("Remove"):
            st.write(f"{session.count(row.units, 'unit')} of {_plain(row.name)} will be gone.")
            if st.button("Remove it", key=f"memory-away-{row.id}", type="primary"):
                _remove(row.name)
    if steps.behind(session.store(), session.user().project):
        st.caption("New entries are being made ready to be found; matches may lack some for a minute.")


def _remove(name: str) -> None:
    user = session.user()
    try:
        steps.remove(session.store(), user.project, user.actor, name)
    except ReviewError as error:
        st.error(str(error))
        return
    st.rerun()


def _bring_in() -> None:
    if working.shown("memory-import", done=_brought):
        return
    file = st.file_uploader("TMX, version 1.1 to 1.4b", type=["tmx", "xml"], key="memory-file")
    if not file:
        st.caption(f"Up to {settings().upload_megabytes} MB; larger files by `python -m review memory import`.")
        return
    one, two = st.columns(2)
    known = ("", *LANGUAGES)
    languages = (
        one.selectbox("Source language", known, format_func=lambda name: name or "as the file says", key="memory-from"),
        two.selectbox("Target language", known, format_func=lambda name: name or "all", key="memory-to"),
    )
    source = Source.of(file.getvalue(), file.name)
    chosen = (languages[0] or "", languages[1] or "")
    try:
        with st.spinner("Reading…"):
            found = steps.preview(source, chosen)
    except ReviewError as error:
        st.error(str(error))
        return
    for warning in found.warnings:
        st.warning(warning)
    if not found.units:
        st.info("The file holds no unit with texts in two languages as chosen.")
        return
    pairs = ", ".join(f"{one or '?'} → {two or '?'} {count:,}" for one, two, count in found.languages)
    tool = str(found.header.get("creationtool", ""))
    facts = [f"TMX {found.header.get('version') or '?'}", f"made by {tool}" if tool else "", pairs]
    facts.append("" if found.whole else "the first units are shown")
    st.caption(" · ".join(fact for fact in facts if fact))
    shown = [{"Source": unit.source, "Translation": unit.target, "By": unit.by} for unit in found.units[:SAMPLE]]
    st.dataframe(shown, hide_index=True, height=min(35 * (len(shown) + 1) + 3, 390))
    name = st.text_input("Name of the memory", value=source.stem, max_chars=200, key="memory-name")
    label = f"Bring in {session.count(len(found.units), 'unit')}" if found.whole else "Bring in the file"
    if st.button(label, type="primary", key="memory-in", disabled=not name.strip()):
        working.start("memory-import", steps.payload(session.store(), source, name.strip(), chosen))
        st.rerun()


def _brought(result: dict[str, Any], again: Callable[[], None]) -> None:
    st.success("Brought in. Matches and searches find it from now on.")
    for warning in result.get("warnings", []):
        st.warning(warning)
    st.button("Bring in another", on_click=again, key="memory-again")


def _export(work: int, rows: list[MemoryRow]) -> None:
    if working.shown("memory-export", done=_exported):
        return
    if not work and not rows:
        st.info("Nothing is remembered yet. Confirm or correct a segment, or bring in a memory.")
        return
    pick, go = st.columns([5, 2], vertical_alignment="bottom")
    name = pick.selectbox("What", [ALL, *(row.name for row in rows)], key="memory-out")
    if go.button("Prepare the file", key="memory-prepare"):
        working.start("memory-export", {} if name == ALL else {"memory": name})
        st.rerun()


def _exported(result: dict[str, Any], again: Callable[[], None]) -> None:
    for warning in result.get("warnings", []):
        st.warning(warning)
    data = steps.kept(session.store(), result["sha"])
    get, more = st.columns([1, 1], width=420)
    label = f"Download {session.count(result['units'], 'unit')}"
    get.download_button(label, data, "memory.tmx", "application/xml", type="primary", on_click="ignore")
    more.button("Export another", on_click=again, width="stretch", key="memory-export-again")


def _day(at: int | None) -> str:
    return "" if not at else datetime.fromtimestamp(at / 1_000_000, UTC).strftime("%Y-%m-%d")


def _plain(text: str) -> str:
    """A name as it is, whatever Markdown would make of it."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]()#+-.!|<>~$:" else letter for letter in text)
