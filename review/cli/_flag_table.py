"""Flags for reading: two lines each, under their article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from review.cli._flag_baseline import Seen


def write(segments: Iterable[Seen]) -> Iterator[str]:
    """The flags, and how many there are; "new" stands before those that the baseline does not have."""
    title: tuple[str, str] | None = None
    every = touched = count = fresh = 0
    compared = False
    for seen in segments:
        item = seen.item
        every += 1
        touched += bool(item.flags)
        compared = compared or seen.new is not None
        if item.flags and (item.article, item.system) != title:
            title = (item.article, item.system)
            yield f"{item.article}{f' ({item.system})' if item.system else ''}\n"
        for place, flag in enumerate(item.flags):
            count += 1
            new = bool(seen.new and seen.new[place])
            fresh += new
            text = item.segment.text if flag.side == "target" else item.segment.source or ""
            surface = short(text[flag.start : flag.end]) or "(whole segment)"
            advice = " or ".join(f"“{short(s)}”" if s else "delete" for s in flag.suggestions[:3])
            where = "" if flag.side == "target" else " in the source"
            mark = "new  " if new else ""
            yield f"  {item.name:>4}  {flag.severity:<8}  {mark}{flag.detector} {flag.confidence:.2f}  "
            yield f"“{surface}”{where}"
            yield f" → {advice}\n" if advice else "\n"
            yield f"        {flag.message}\n"
    flags = f"{count} flag{'' if count == 1 else 's'}"
    yield f"{flags} in {touched} of {every} segments{f', {fresh} of them new' if compared else ''}.\n"


def short(text: str) -> str:
    """At most 60 characters on one line; where space is the matter, it is shown."""
    inner = " ".join(text.split())
    if len(inner) <= 1 and not inner.isalnum():
        before, after = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
        return "␣" * before + inner + "␣" * (after if inner else 0)
    return inner if len(inner) <= 60 else inner[:57].rstrip() + "..."
