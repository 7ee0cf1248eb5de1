"""The change report as CSV: each act that changed a text, by whom, when, why, and on which flag's advice."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, NamedTuple

from review.formats.base import Format
from review.formats.changes import iso, touched
from review.formats.formulas import safe
from review.model import Article, Change, ReadingHeader, Segment

COLUMNS = (
    "article", "segment", "system", "act", "source", "machine_translation", "before", "after", "corrected", "by", "at",
    "reason", "flag", "category", "severity", "advice", "suggestion",
)  # fmt: skip
"""``before`` and ``after`` are the one act's; ``corrected`` is the text as it is now, "" where it is deleted."""


class Row(NamedTuple):
    """One act on one segment, for both reports."""

    article: Article
    segment: Segment
    act: str
    before: str
    after: str
    by: str
    at: int
    reason: str
    flag: dict[str, Any]


def rows(article: Article) -> Iterator[Row]:
    """The acts on an article's segments, in text order, oldest first within a segment; comments among them."""
    for segment in article.segments:
        correction = segment.correction
        if correction is None:
            continue
        changes = list(correction.changes)
        last = changes[-1].after if changes else segment.hypothesis
        if not correction.deleted and correction.text != last:
            kind = "insert" if correction.inserted and not last else "edit"
            changes.append(Change(kind, last, correction.text, correction.author, correction.at))
        for change in changes:
            yield Row(
                article, segment, change.kind, change.before, change.after, change.actor, change.at, change.reason,
                dict(change.flag or {}),
            )  # fmt: skip
        if correction.deleted and last != "":
            yield Row(article, segment, "delete", last, "", correction.author, correction.at, "", {})
        for comment in correction.comments:
            yield Row(article, segment, "comment", "", "", comment.actor, comment.at, comment.text, {})


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write a CSV for spreadsheets: UTF-8 with a byte order mark, formulas made harmless."""
    text = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for article in articles:
        for row in rows(article):
            segment, flag = row.segment, row.flag
            now = "" if segment.deleted else segment.text
            values = (
                article.name, segment.name, article.system, row.act, segment.source or "", segment.hypothesis,
                row.before, row.after, now, row.by, iso(row.at), row.reason, flag.get("detector", ""),
                flag.get("category", ""), flag.get("severity", ""), flag.get("message", ""),
                " | ".join(flag.get("suggestions", ())),
            )  # fmt: skip
            writer.writerow([safe(str(value)) for value in values])
    text.detach()
    return []


def summary(article: Article) -> dict[str, int]:
    """How many segments there are, and how many were changed, deleted, inserted."""
    found = article.segments
    return {
        "segments": len(found),
        "changed": sum(touched(item) and not item.deleted and bool(item.hypothesis) for item in found),
        "deleted": sum(item.deleted for item in found),
        "inserted": sum(bool(item.correction and item.correction.inserted and not item.deleted) for item in found),
    }


FORMAT = Format(
    "report",
    "Change report, CSV",
    (".csv",),
    "text/csv",
    build=build,
    holds=frozenset({"source", "machine", "comments", "history", "deleted", "inserted", "systems"}),
    group="report",
    about="every act in a table: by whom, when, why and on which flag's advice; only what was worked on",
)
