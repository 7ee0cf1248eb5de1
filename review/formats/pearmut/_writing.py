"""Judged articles as Pearmut's log has them: an entry for each document, model and rater.

What Pearmut's fields cannot tell stands in keys that it passes over: ``exact`` (side, start and end in code points,
end-exclusive, missing) where first and last character do not tell the place, ``part`` where a span belongs to the error
of the span before it, ``note``; in items, ``document`` and ``segment``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from review.formats.study import Said, beyond, documents, names, said
from review.formats.typology import TOOLS, UNSAID
from review.formats.units import told, units
from review.model import Article, ErrorSpan, ReadingHeader, Segment

SKIPPED = "\n"


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write JSON Lines. An article that nobody judged is an entry of nobody."""
    whole = more = 0
    for number, article in enumerate(documents(articles)):
        whole += sum(not rating.segment and rating.value is not None for rating in article.ratings)
        more += sum(len(segment.references) > 1 for segment in article.segments)
        found = said(article)
        items = [_item(article, segment, name) for segment, name in zip(article.segments, names(article), strict=True)]
        raters: list[str | None] = list(dict.fromkeys(rater for one in found for rater in one.raters))
        for rater in raters or [None]:
            entry = {
                "user_id": rater,
                "item_i": number,
                "annotation": [_answer(article, one, rater) for one in found],
                "item": items,
            }
            out.write(json.dumps(entry, ensure_ascii=False).encode("utf-8") + b"\n")
    warnings = []
    if whole:
        warnings.append(f"{whole} ratings of whole articles are left out: Pearmut rates segments.")
    if more:
        warnings.append(f"{more} segments have several references; the first is written.")
    return warnings


def item_id(article: Article, name: str) -> str:
    """An id that no other item has: the segment's name, after the document's where it does not begin with it."""
    return name if name.startswith(article.name) else f"{article.name}_#_{name}"


def _item(article: Article, segment: Segment, name: str) -> dict[str, Any]:
    item: dict[str, Any] = {"item_id": item_id(article, name), "document": article.name, "segment": segment.name}
    item["src"] = segment.source
    if segment.references:
        item["ref"] = segment.references[0]
    return {**item, "tgt": {article.system: segment.hypothesis}}


def _answer(article: Article, one: Said, rater: str | None) -> dict[str, Any] | None:
    """What a rater said of a segment; None where they said nothing."""
    if rater is None or rater not in one.raters:
        return None
    counted = units(one.segment.hypothesis, SKIPPED)
    spans = [_span(span, counted, bool(part)) for error in one.errors.get(rater, ()) for part, span in enumerate(error)]
    score = one.ratings.get(rater)
    number = int(score) if score is not None and score == int(score) else score
    return {article.system: {"score": number, "error_spans": spans}}


def _span(span: ErrorSpan, counted: list[int], part: bool) -> dict[str, Any]:
    missing = span.missing or span.side == "source"
    place = None if missing else told(counted, span.start, span.end)
    first, last = place or ((len(counted), len(counted)) if missing else _around(span, counted))
    unsaid = span.severity == "neutral" and span.note == UNSAID
    found: dict[str, Any] = {
        "start_i": first,
        "end_i": last,
        "category": TOOLS.written(span.category, span.subcategory) or None,
        "severity": None if unsaid else span.severity,
    }
    return found | beyond(span, place, part, unsaid)


def _around(span: ErrorSpan, counted: list[int]) -> tuple[int, int]:
    """The nearest that first and last character can tell: the whole text for a mark of the whole segment."""
    if not counted:
        return 0, 0
    if span.end == 0:
        return 0, len(counted) - 1
    inside = [number for number, place in enumerate(counted) if span.start <= place < max(span.end, span.start + 1)]
    return (inside[0], inside[-1]) if inside else (len(counted) - 1, len(counted) - 1)
