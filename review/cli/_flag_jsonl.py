"""Flags as JSON Lines: one segment a line, flagged or not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from review.cli import _judging

if TYPE_CHECKING:
    from review.cli._flag_baseline import Seen


def write(segments: Iterable[Seen]) -> Iterator[str]:
    """One line a segment, with what judges said of it; each flag has "new" where there is a baseline."""
    for seen in segments:
        yield json.dumps(_segment(seen), ensure_ascii=False) + "\n"


def _segment(seen: Seen) -> dict[str, Any]:
    from review.steps.flagging import density

    item = seen.item
    line: dict[str, Any] = {
        "article": item.article,
        "segment": item.name,
        "system": item.system,
        "hypothesis": item.segment.hypothesis,
    }
    if item.segment.text != item.segment.hypothesis:
        line["text"] = item.segment.text
    line["risk"] = item.risk
    line["density"] = round(density(item.risk, item.segment.text), 4)
    line["flags"] = [_flag(seen, place) for place in range(len(item.flags))]
    if item.judged:
        line["judged"] = _judging.shown(item)
    return line


def _flag(seen: Seen, place: int) -> dict[str, Any]:
    flag = seen.item.flags[place]
    return {
        "side": flag.side,
        "start": flag.start,
        "end": flag.end,
        "detector": flag.detector,
        "version": flag.version,
        "category": flag.category,
        "subcategory": flag.subcategory,
        "severity": flag.severity,
        "confidence": round(flag.confidence, 3),
        "message": flag.message,
        "suggestions": list(flag.suggestions),
        "fingerprint": seen.fingerprints[place],
        **({} if seen.new is None else {"new": seen.new[place]}),
    }
