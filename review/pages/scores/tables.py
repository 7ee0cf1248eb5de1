"""The page's tables: numbers aligned and formatted, every row a way to its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from review.metrics import find, known
from review.model import SEVERITIES, Score
from review.model.status import DONE
from review.pages import session
from review.pages.scores import figures
from review.steps.scoring import Scope
from review.steps.scoring.batches import SegmentScores

_SHOWN, _TALLEST = 16, 600
_WIDEST = 260
_OF_ARTICLES = ("Segments", "Changed", "HTER", "Word edits", "Edits per word")
"""What is listed of an article's work; the files have the characters too."""


def confirmed(row: SegmentScores) -> bool:
    """True where a reviewer is done with the segment."""
    return row.status in DONE


def arrow(label: str) -> str:
    """A metric's label with the direction that is better."""
    return f"{label} ↑" if find(label).higher_is_better else f"{label} ↓"


def references(systems: Sequence[Scope]) -> None:
    """Each system's scores before and after review, and the difference."""
    rows = []
    for one in systems:
        row: dict[str, Any] = {"System": one.system, "Segments": one.referenced}
        rows.append({**row, **_pairs(one.before, one.after)})
    frame(rows, alt="Scores against references, before and after review")


def _pairs(before: Sequence[Score], after: Sequence[Score]) -> dict[str, float]:
    cells = {}
    for old, new in zip(before, after, strict=True):
        cells[arrow(old.metric)] = old.value
        cells[f"{old.metric} after"] = new.value
        cells[f"Δ {old.metric}"] = new.value - old.value
    return cells


def work(systems: Sequence[Scope]) -> None:
    """What the editor did to each system's output."""
    frame([{"System": one.system, **_work(one)} for one in systems], alt="The editor's work by system")


def _work(one: Scope) -> dict[str, Any]:
    effort = one.effort
    return {
        "Segments": one.segments,
        "Changed": 100 * effort.changed_share,
        "HTER": effort.hter.value,
        "Word edits": effort.word_edits,
        "Edits per word": 100 * effort.word_rate,
        "Character edits": effort.character_edits,
        "Edits per character": 100 * effort.character_rate,
    }


def articles(parts: Sequence[Scope], batch: int) -> None:
    """Each article's scores, with the way to it."""
    rows = []
    for one in parts:
        row: dict[str, Any] = {
            "Open": session.link(batch=batch, article=one.article_id),
            "Article": one.article,
            "System": one.system,
        }
        effort = _work(one)
        rows.append({**row, **_pairs(one.before, one.after), **{name: effort[name] for name in _OF_ARTICLES}})
    frame(rows, alt="Scores by article")


def segments(rows: Sequence[SegmentScores], labels: Sequence[str], batch: int) -> None:
    """Each segment's scores, with the way to it."""
    listed = []
    for row in rows:
        cells: dict[str, Any] = {
            "Open": session.link(batch=batch, article=row.article_id, segment=row.segment.id),
            "Article": row.article,
            "No.": row.number,
            "System": row.system,
            "Status": row.status,
        }
        for label in labels:
            cells[arrow(label)] = row.before.get(label)
            cells[f"{label} after"] = row.after.get(label)
        cells["HTER"] = row.edits.hter
        cells["Word edits"] = row.edits.word
        cells["Machine output"] = row.segment.hypothesis
        cells["After review"] = "" if row.segment.deleted else row.segment.text
        listed.append(cells)
    frame(listed, alt="Scores by segment")


def frame(rows: list[dict[str, Any]], alt: str, texts: Sequence[object] = ()) -> None:
    """A table with its columns formatted by their names; ``texts`` names further columns of running text."""
    import pandas as pd

    table = pd.DataFrame(rows).dropna(axis="columns", how="all")
    if "System" in table:
        table["System"] = table["System"].map(figures.short(list(dict.fromkeys(table["System"]))))
    st.dataframe(
        table,
        hide_index=True,
        alt=alt,
        placeholder="",
        height="content" if len(table) <= _SHOWN else _TALLEST,
        column_config={name: _column(str(name), table[name], name in texts) for name in table.columns},
    )


def _width(values: Iterable[Any], name: str) -> int:
    """Pixels that the longest text of a column needs, and no more than leaves room for others."""
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return min(22 + round(6.5 * max(longest, len(name))), _WIDEST)


def _column(name: str, values: Iterable[Any], text: bool = False) -> Any:
    config = st.column_config
    if text:
        return config.TextColumn(width="large")
    if name == "Open":
        return config.LinkColumn("Link", display_text="open", width=60)
    if name in ("Machine output", "After review", "Reference", "Source"):
        return config.TextColumn(width="large")
    if name in ("Article", "System", "Status", "Note", "Segments of", "By", "Kept"):
        return config.TextColumn(width=_width(values, name))
    if name in ("Rank", "95% interval"):
        return config.TextColumn(width=_width(values, name), alignment="right")
    if name in ("Cluster", "Errors", "Raters", "Segments", "No.", "Word edits", "Character edits"):
        return config.NumberColumn(format="localized")
    if name in ("Changed", "Edits per word", "Edits per character"):
        return config.NumberColumn(format="%.1f%%")
    if name.startswith("Δ"):
        return config.NumberColumn(format="%+.2f")
    if name.lower() in SEVERITIES:
        return config.NumberColumn(format="localized")
    if name in ("Label", "Costliest"):
        return config.TextColumn(width="medium")
    if name == "HTER":
        return config.NumberColumn(format="%.2f", help="TER of the output against its own post-edit.")
    label, _, after = name.removesuffix(" ↑").removesuffix(" ↓").partition(" ")
    help_text = "The same metric on the text after review." if after == "after" else None
    if not after and known(label.strip()):
        help_text = find(label).advice
    return config.NumberColumn(format="%.2f", help=help_text)
