"""What ``replace`` prints: hits for reading or as JSON Lines, and what an act did."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from review.steps.finding import Found, Hit

AROUND = 40
"""Code points shown on each side of a change."""


def table(pages: Iterable[Found], *, including: bool) -> Iterator[str]:
    """Each change on a line, under its article, and how many there are."""
    title: tuple[str, str, int] | None = None
    found = None
    for page in pages:
        found = page
        for hit in page.rows:
            if (hit.article_name, hit.system, hit.article) != title:
                title = (hit.article_name, hit.system, hit.article)
                yield f"{hit.article_name}{f' ({hit.system})' if hit.system else ''}\n"
            note = f"  ({hit.skipped})" if hit.skipped else f"  ({hit.status})" if hit.protected else ""
            for change in hit.changes:
                before = hit.text[max(0, change.start - AROUND) : change.start]
                after = hit.text[change.end : change.end + AROUND]
                middle = f"[{hit.text[change.start : change.end]} → {change.text}]"
                yield f"  {hit.number:>4}  {_line(before + middle + after)}{note}\n"
    if found is not None:
        yield f"{_totals(found, including=including)}\n"


def lines(pages: Iterable[Found]) -> Iterator[str]:
    """One segment a line, as JSON; offsets are code points, end-exclusive."""
    for page in pages:
        for hit in page.rows:
            yield json.dumps(_told(hit), ensure_ascii=False) + "\n"


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _totals(found: Found, *, including: bool) -> str:
    if not found.segments:
        return "No hits."
    text = f"{count(found.hits, 'hit')} in {count(found.segments, 'segment')} of {count(found.articles, 'article')}"
    if found.protected:
        kept = "" if including else ", which stay as they are without --including-confirmed"
        text += f"; {found.protected:,} confirmed or approved{kept}"
    return text + (f"; {found.skipped:,} cannot be changed." if found.skipped else ".")


def _told(hit: Hit) -> dict[str, Any]:
    return {
        "article": hit.article_name,
        "system": hit.system,
        "segment": hit.segment,
        "number": hit.number,
        "status": hit.status,
        "source": hit.source,
        "text": hit.text,
        "after": hit.after,
        "changes": [{"start": one.start, "end": one.end, "text": one.text} for one in hit.changes],
        "protected": hit.protected,
        "skipped": hit.skipped,
    }


def _line(text: str) -> str:
    return " ".join(text.split())
