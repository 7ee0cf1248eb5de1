"""Judged articles as rows of Appraise, with the texts in columns behind its own.

What its spans cannot tell stands in keys that Appraise passes over: ``exact`` (side, start and end in code points,
end-exclusive, missing), ``part`` where a span belongs to the error of the span before it, and ``note``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from review.formats.appraise_csv import _languages
from review.formats.formulas import safe
from review.formats.study import Said, beyond, documents, names, said
from review.formats.typology import TOOLS, UNSAID
from review.formats.units import told, units
from review.model import Article, ErrorSpan, ReadingHeader


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write a row for each segment and rater; a segment that nobody judged is a row of nobody."""
    whole = more = 0
    for article in documents(articles):
        whole += sum(not rating.segment and rating.value is not None for rating in article.ratings)
        more += sum(len(segment.references) > 1 for segment in article.segments)
        own = names(article)
        found = said(article)
        raters = list(dict.fromkeys(rater for one in found for rater in one.raters))
        for rater in raters:
            for number, (one, name) in enumerate(zip(found, own, strict=True), 1):
                if rater in one.raters:
                    _write(out, _row(article, number, name, one, rater))
        for number, (one, name) in enumerate(zip(found, own, strict=True), 1):
            if not one.raters:
                _write(out, _row(article, number, name, one, ""))
    warnings = []
    if whole:
        warnings.append(f"{whole} ratings of whole articles are left out: a row is about a segment.")
    if more:
        warnings.append(f"{more} segments have several references; the first is written.")
    return warnings


def _write(out: BinaryIO, cells: list[str]) -> None:
    line = io.StringIO(newline="")
    csv.writer(line).writerow([safe(cell) for cell in cells])
    out.write(line.getvalue().encode("utf-8"))


def _row(article: Article, number: int, name: str, one: Said, rater: str) -> list[str]:
    score = one.ratings.get(rater)
    # A plain 0 everywhere is what Appraise writes where nobody rated.
    shown = "" if score is None else "0.00" if score == 0 else str(int(score) if score == int(score) else score)
    spans = [
        _span(one.segment.hypothesis, span, bool(part))
        for error in one.errors.get(rater, ())
        for part, span in enumerate(error)
    ]
    return [
        rater,
        article.system,
        str(number),
        "TGT",
        _languages.long(article.source_language),
        _languages.long(article.target_language),
        shown,
        f"{article.name}#{article.system}",
        "False",
        json.dumps(spans, ensure_ascii=False, separators=(",", ":")),
        "0.0",
        "0.0",
        name,
        one.segment.source or "",
        one.segment.hypothesis,
        one.segment.references[0] if one.segment.references else "",
    ]


def _span(text: str, span: ErrorSpan, part: bool) -> dict[str, Any]:
    lead = len(text) - len(text.lstrip())
    counted = units(text)[lead:]
    missing = span.missing or span.side == "source"
    place = None if missing else told(counted, span.start, span.end)
    first: Any
    last: Any
    if missing or not counted:
        first = last = "missing"
    else:
        first, last = place or (0, len(counted) - 1)
    name = TOOLS.written(span.category, span.subcategory)
    unsaid = span.severity == "neutral" and span.note == UNSAID
    found: dict[str, Any] = {
        "start_i": first,
        "end_i": last,
        "severity": "undecided" if unsaid else span.severity,
        "error_type": name.split("/", 1) if name else None,
    }
    return found | beyond(span, place, part, unsaid)
