"""Scores a line: one number, or a system and a number (mt-metrics-eval), or what comet-score prints."""

from __future__ import annotations

import re

from review.formats.segment_scores.base import Rows, number

_PRINTED = re.compile(r"(?P<file>[^\t]+)\tSegment (?P<at>\d+)\tscore: (?P<score>\S+)")
_PRINTED_SUM = re.compile(r"[^\t]+\tscore: \S+$")


def read(text: str, rows: Rows) -> None:
    """Read lines; the first one says of what kind they are. A missing score is ``None`` or, alone, a blank line."""
    lines = text.split("\n")
    if not lines[-1].strip():
        lines.pop()
    first = next(line for line in lines if line.strip())
    if _PRINTED.match(first):
        _read_printed(lines, rows)
    elif len(first.split()) == 1:
        for at, line in enumerate(lines, 1):
            if len(line.split()) > 1:
                rows.refuse(at, "there is more than one number on the line")
            rows.add("", at, line)
    else:
        _read_pairs(lines, rows)


def _read_pairs(lines: list[str], rows: Rows) -> None:
    """Lines of system and score, parted by blanks; what stands after them (raters, for one) is passed over."""
    for at, line in enumerate(lines, 1):
        parts = line.split()
        if not parts:
            continue
        if len(parts) == 1:
            rows.refuse(at, f"the line holds {parts[0][:40]!r} alone", "Write a system and its score on each line.")
        if len(parts) > 2 and isinstance(number(parts[1]), str) and not isinstance(number(parts[2]), str):
            rows.refuse(at, "these are scores of domains", "Give scores of segments (.seg.score).")
        rows.add(parts[0], at, parts[1])


def _read_printed(lines: list[str], rows: Rows) -> None:
    """comet-score counts segments from 0, and ends with a line for each system."""
    for at, line in enumerate(lines, 1):
        found = _PRINTED.match(line)
        if found:
            rows.add(found["file"], at, found["score"], int(found["at"]) + 1)
        elif line.strip() and not _PRINTED_SUM.match(line.rstrip()):
            rows.refuse(at, "the line is not of the form that comet-score prints")
