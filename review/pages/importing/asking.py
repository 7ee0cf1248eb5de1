"""Asking for an encoding: how a file would read in each that is likely. The answer holds for that file alone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import streamlit as st

from review.formats import Source
from review.formats.plain import readable_in
from review.text.encodings import Candidate

FEWEST, MOST = 2, 5
"""How many encodings are shown before the others are asked for."""

LIKELY = 0.4
"""How sure those beyond the first few must be."""

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&])")


def key(source: Source) -> str:
    """Where the answer for a file is kept: by its name, its size and how it begins."""
    told = f"{source.name}\0{len(source.data or b'')}\0".encode() + source.head(1 << 20)
    return "import-encoding-" + hashlib.sha256(told).hexdigest()[:20]


def encoded(source: Source) -> Source:
    """The source in the encoding that was chosen for it, or as it is."""
    chosen = st.session_state.get(key(source))
    return replace(source, encoding=chosen) if isinstance(chosen, str) else source


def ask(source: Source) -> None:
    """Ask in which encoding a file reads rightly; nothing where no encoding can read it."""
    place = key(source)
    found = _candidates(source, place)
    if not found:
        return
    known = {item.name: item for item in found}
    first = max(FEWEST, sum(item.sureness >= LIKELY for item in found[:MOST]))
    more = st.session_state.get(f"{place}-all", False)
    offered = found if more else [*found[:first], *_chosen(place, found[first:])]
    st.radio(
        f"In which encoding does {source.name} read rightly?",
        [item.name for item in offered],
        index=None,
        key=place,
        format_func=lambda name: known[name].title,
        captions=[plain(item.sample) for item in offered],
    )
    if len(found) > first:
        st.checkbox(f"Show all {len(found)} encodings in which it can be read", key=f"{place}-all")


def _chosen(place: str, others: list[Candidate]) -> list[Candidate]:
    return [item for item in others if item.name == st.session_state.get(place)]


def _candidates(source: Source, place: str) -> list[Candidate]:
    """The candidates, found once for a file."""
    known: dict[str, list[Candidate]] = st.session_state.setdefault("import-candidates", {})
    if place not in known:
        known[place] = readable_in(replace(source, encoding=""))
    return known[place]


def plain(text: str) -> str:
    """Text as Markdown that shows just it, lines kept apart."""
    return _MARKUP.sub(r"\\\1", text[:200]).replace("\n", "  \n")
