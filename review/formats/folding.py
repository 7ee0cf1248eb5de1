"""From segments back to places in a file: what a merge, a split, an insertion or a deletion means there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from review.formats import states
from review.model import Segment
from review.text.sentences import join


@dataclass(frozen=True, slots=True)
class Unit:
    """Segments that share one place. ``locators`` are several after a merge, none for an inserted sentence."""

    segments: tuple[Segment, ...]

    @property
    def locators(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(locator for segment in self.segments for locator in segment.locators))

    @property
    def deleted(self) -> bool:
        """True where every segment of it is struck out."""
        return all(segment.deleted for segment in self.segments)

    @property
    def text(self) -> str:
        """What stands there now, "" where it is deleted."""
        return join(segment.text for segment in self.segments if not segment.deleted)

    @property
    def touched(self) -> bool:
        """True where somebody worked on it, or a merge or split made it."""
        return len(self.segments) > 1 or any(item.correction is not None or item.parents for item in self.segments)

    @property
    def paragraph(self) -> int:
        return self.segments[0].paragraph


def fold(segments: Iterable[Segment]) -> list[Unit]:
    """Segments in order, put together where they share a locator.

    The second half of a split has parents and no locator, and belongs to the half before it.
    """
    groups: list[list[Segment]] = []
    for segment in segments:
        shared = groups and set(segment.locators) & {item for part in groups[-1] for item in part.locators}
        half = groups and not segment.locators and segment.parents and any(part.locators for part in groups[-1])
        if shared or half:
            groups[-1].append(segment)
        else:
            groups.append([segment])
    return [Unit(tuple(group)) for group in groups]


class Line(NamedTuple):
    """What a line or row holds now, and its status. ``column`` stands after the number in its locator, or is ""."""

    text: str
    column: str
    status: str = "new"


def numbered(articles: Iterable[Iterable[Segment]], kind: str, shown: str = "") -> tuple[dict[int, Line], list[str]]:
    """The lines or rows that were worked on, by number, for files in which every number must stay; and warnings.

    ``kind`` is the locator's first part, ``shown`` what warnings call it. Inserted sentences go to the end of the
    line before them, or to the front of the first; of merged lines the first holds the text.
    """
    found: dict[int, Line] = {}
    emptied: list[int] = []
    inserted = 0
    for segments in articles:
        number, last, waiting = 0, Line("", ""), ""
        for unit in fold(segments):
            places = [locator.split(":", 2)[1:] for locator in unit.locators if locator.startswith(kind + ":")]
            if places:
                number = int(places[0][0])
                text = join((waiting, unit.text))
                column = places[0][1] if len(places[0]) > 1 else ""
                last = Line(text, column, "draft" if waiting else states.together(unit.segments))
                if waiting or unit.touched:
                    found[number] = last
                others = [(int(place[0]), place[1] if len(place) > 1 else "") for place in places[1:]]
                found.update((other, Line("", column, states.DELETED)) for other, column in others)
                emptied += [number] * unit.deleted + [other for other, _ in others]
                waiting = ""
            elif unit.text:
                inserted += 1
                if number:
                    last = Line(join((last.text, unit.text)), last.column, "draft")
                    found[number] = last
                else:
                    waiting = join((waiting, unit.text))
    return found, _warnings(sorted(emptied), inserted, shown or kind)


def _warnings(emptied: list[int], inserted: int, kind: str) -> list[str]:
    found = []
    if emptied:
        shown = ", ".join(map(str, emptied[:10])) + (", ..." if len(emptied) > 10 else "")
        found.append(f"Deleted or merged away, so left empty to keep the count: {kind} {shown}.")
    if inserted:
        found.append(
            f"One inserted sentence stands at the end of the {kind} before it."
            if inserted == 1
            else f"{inserted} inserted sentences stand at the end of the {kind} before them."
        )
    return found
