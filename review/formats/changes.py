"""What a reviewer changed in a segment, as pieces that every writer can show: kept, inserted, deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from review.model import Segment
from review.text.diff import opcodes
from review.text.sentences import separator

KEPT, INSERTED, DELETED = "kept", "inserted", "deleted"


class Piece(NamedTuple):
    """A run of text that is kept, inserted or deleted."""

    kind: str
    text: str


def pieces(segment: Segment, language: str = "") -> list[Piece]:
    """A segment's way from the machine's text to the current one, by word; by character for CJK."""
    correction = segment.correction
    if correction is None or (not correction.deleted and correction.text == segment.hypothesis):
        return [Piece(KEPT, segment.hypothesis)] if segment.hypothesis else []
    if correction.deleted:
        return [Piece(DELETED, segment.hypothesis)] if segment.hypothesis else []
    found = []
    for tag, before, after in opcodes(segment.hypothesis, correction.text, language):
        if tag == "equal":
            found.append(Piece(KEPT, after))
        else:
            found += [Piece(DELETED, before)] if before else []
            found += [Piece(INSERTED, after)] if after else []
    return found


def touched(segment: Segment) -> bool:
    """True where the text differs from the machine's, or is deleted."""
    return segment.deleted or segment.text != segment.hypothesis


def flowing(segments: Iterable[Segment], language: str = "") -> Iterator[tuple[Segment, list[Piece]]]:
    """The segments of one paragraph, each with its pieces and, before them, the blank that parts it from the last.

    Kept and inserted pieces joined give the paragraph as it is, kept and deleted ones as it was.
    """
    before = after = ""
    for segment in segments:
        now = "" if segment.deleted else segment.text
        was_gap, is_gap = separator(before, segment.hypothesis), separator(after, now)
        found = pieces(segment, language)
        if was_gap and is_gap:
            found.insert(0, Piece(KEPT, was_gap))
        elif was_gap:
            found.insert(0, Piece(DELETED, was_gap))
        elif is_gap:
            found.insert(0, Piece(INSERTED, is_gap))
        before, after = segment.hypothesis or before, now or after
        yield segment, found


def day(at: int) -> str:
    """UTC microseconds as people write a date and time, to the minute."""
    return datetime.fromtimestamp(at / 1_000_000, UTC).strftime("%-d %b %Y, %H:%M")


def iso(at: int) -> str:
    """UTC microseconds as an ISO date and time to the second, "" for 0."""
    return datetime.fromtimestamp(at / 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""
