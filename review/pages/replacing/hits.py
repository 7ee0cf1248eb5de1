"""The table of hits: a component of the browser's, told one page of them, which says what was ticked and written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from review.pages import session
from review.pages.replacing.chosen import Chosen
from review.steps.finding import Hit

_HERE = Path(__file__).parent
Parts = list[tuple[str, bool]]
"""A text in pieces, each with whether it is changed."""


@cache
def _component() -> Callable[..., Any]:
    js, css = ((_HERE / name).read_text("utf-8") for name in ("hits.js", "hits.css"))
    return st.components.v2.component("rendition_hits", js=js, css=css, isolate_styles=True)


def table(page: tuple[Hit, ...], chosen: Chosen, key: str) -> bool:
    """Show hits; put what was ticked and written into ``chosen``. Returns whether that changed.

    ``key`` stands for these hits and no others.
    """
    state: Mapping[str, Any] = st.session_state.get(key) or {}
    told = state.get("choice")
    changed = chosen.hear(page, told) if told and told.get("key") == key else False
    rows = [row(hit, chosen) for hit in page]
    data = {"key": key, "revision": chosen.revision, "print": _print(page), "rows": rows, "from": "", "to": ""}
    _component()(key=key, data=data, height="content", on_choice_change=_nothing)
    return changed


def row(hit: Hit, chosen: Chosen) -> dict[str, Any]:
    """A hit as the table shows it."""
    before, after = parts(hit)
    return {
        "segment": hit.segment,
        "article": hit.article_name,
        "number": hit.number,
        "system": hit.system if hit.system != hit.article_name else "",
        "status": hit.status,
        "link": session.link("", batch=hit.batch, article=hit.article, segment=hit.segment),
        "source": hit.source or "",
        "before": before,
        "after": after,
        "protected": hit.protected,
        "skipped": hit.skipped,
        "ticked": chosen.ticked(hit),
        "own": chosen.own.get(hit.segment),
    }


def parts(hit: Hit) -> tuple[Parts, Parts]:
    """The text before and after, cut where it changes."""
    before: Parts = []
    after: Parts = []
    place = 0
    for change in sorted(hit.changes, key=lambda one: one.start):
        same = hit.text[place : change.start]
        before += [(same, False), (hit.text[change.start : change.end], True)]
        after += [(same, False), (change.text, True)]
        place = change.end
    rest = (hit.text[place:], False)
    return [*before, rest], [*after, rest]


def _print(page: tuple[Hit, ...]) -> str:
    """Twelve hex digits that change where other hits are to be shown, or the same ones read otherwise."""
    told = repr([(hit.segment, hit.text, hit.changes, hit.status, hit.skipped) for hit in page])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _nothing() -> None:
    pass
