"""What a review says of each paragraph of the document: which sentences have another text, and what comes in where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from review.errors import FormatError
from review.formats.docx.cells import Cell
from review.formats.docx.spelling import LOCATOR, Spelled, spell
from review.formats.docx.stories import Paragraph
from review.formats.folding import Unit, fold
from review.model import Comment, Correction, Segment


@dataclass(slots=True)
class Entry:
    """A place in a paragraph and the text that belongs there now, None where nothing does.

    ``spelled`` are the sentences that stood there: none for an inserted one, several after a merge. ``known`` are all
    sentences whose codes the text may hold, those of another paragraph among them.
    """

    spelled: list[Spelled]
    text: str | None
    change: Correction | None
    comments: tuple[Comment, ...] = ()
    known: list[tuple[Spelled, Sequence[Cell]]] = field(default_factory=list)
    start: int = 0
    end: int = 0
    fresh: bool = False
    parted: bool = False
    """Whether a new paragraph begins with it (fresh), or what is left of the old one behind new ones (parted)."""
    same: bool = False
    """It reads as it was imported: sentences that the import made one, because they share a sentence of the source."""

    @property
    def inserted(self) -> bool:
        return not self.spelled

    @property
    def before(self) -> str:
        """What stood there."""
        return self.spelled[0].text if len(self.spelled) == 1 else ""

    @property
    def touched(self) -> bool:
        if self.same:
            return self.parted
        return self.inserted or self.parted or len(self.spelled) > 1 or self.text != self.before


@dataclass(slots=True)
class Placed:
    """A paragraph's entries in order, and the new paragraphs that come before or after it."""

    paragraph: Paragraph
    entries: list[Entry] = field(default_factory=list)
    ahead: list[list[Entry]] = field(default_factory=list)
    behind: list[list[Entry]] = field(default_factory=list)

    @property
    def touched(self) -> bool:
        return bool(self.ahead or self.behind) or any(entry.touched or entry.comments for entry in self.entries)


def place(name: str, segments: Iterable[Segment], paragraphs: Sequence[Paragraph]) -> list[Placed]:
    """The paragraphs that have segments, in the order of the document.

    Raises FormatError where a locator leads nowhere: the original is another file than was read.
    """
    return _Placing(name, paragraphs).place(fold(segments))


class _Placing:
    def __init__(self, name: str, paragraphs: Sequence[Paragraph]) -> None:
        self.name = name
        self.by_key = {(item.part, item.number): item for item in paragraphs}
        self.found: dict[tuple[str, int], Placed] = {}

    def place(self, units: list[Unit]) -> list[Placed]:
        last: Placed | None = None
        number = -1
        waiting: list[Unit] = []
        for unit in units:
            if not unit.locators:
                if last is None:
                    waiting.append(unit)
                else:
                    self._insert(last, unit, number)
                    number = unit.segments[-1].paragraph
                continue
            here = self._located(unit)
            if waiting:
                self._ahead(here, waiting, unit)
                waiting = []
            if len(here.entries) > 1 and here.behind and last is here:
                self._inside(here)
            last, number = here, unit.segments[-1].paragraph
        return list(self.found.values())

    def _located(self, unit: Unit) -> Placed:
        """Make entries for a unit; the first of its paragraphs gets the text. Returns the last."""
        groups: dict[tuple[str, int], list[Spelled]] = {}
        known: list[tuple[Spelled, Sequence[Cell]]] = []
        for locator in unit.locators:
            key, spelled, cells = self._spelled(locator)
            groups.setdefault(key, []).append(spelled)
            known.append((spelled, cells))
        change, comments = _change(unit), _comments(unit)
        here = None
        for number, (key, spelled_there) in enumerate(groups.items()):
            here = self.found.setdefault(key, Placed(self.by_key[key]))
            text = (unit.text or None) if number == 0 else None
            spelled_there.sort(key=lambda item: item.start)
            made = Entry(spelled_there, text, change, () if number else comments, known)
            made.same = len(groups) == 1 and _as_imported(unit)
            made.start, made.end = spelled_there[0].start, spelled_there[-1].end
            if here.entries and made.start < here.entries[-1].end:
                raise self._lost()
            here.entries.append(made)
        assert here is not None
        return here

    def _spelled(self, locator: str) -> tuple[tuple[str, int], Spelled, Sequence[Cell]]:
        match = LOCATOR.fullmatch(locator)
        if match is None:
            raise self._lost()
        key = (match[1], int(match[2]))
        start, end, first = (int(part) for part in match.groups()[2:])
        paragraph = self.by_key.get(key)
        if paragraph is None or not start <= end <= len(paragraph.read.cells):
            raise self._lost()
        return key, spell(paragraph.read.cells, start, end, first), paragraph.read.cells

    def _lost(self) -> FormatError:
        return FormatError(
            self.name,
            None,
            "this is not the document that was read",
            "Import it again, or export as docx from scratch.",
        )

    def _insert(self, last: Placed, unit: Unit, number: int) -> None:
        if not unit.text:
            return
        entry = Entry([], unit.text, _change(unit), _comments(unit))
        group = last.behind[-1] if last.behind else last.entries
        if unit.segments[0].paragraph != number:
            last.behind.append([entry])
            return
        entry.start = entry.end = group[-1].end
        group.append(entry)

    def _inside(self, here: Placed) -> None:
        """New paragraphs behind a sentence that others of its paragraph follow: they part it."""
        last = here.entries.pop()
        for group in here.behind:
            for number, entry in enumerate(group):
                entry.fresh = number == 0
                entry.start = entry.end = here.entries[-1].end
                here.entries.append(entry)
        here.behind = []
        here.entries.append(last)
        last.parted = True

    def _ahead(self, here: Placed, waiting: list[Unit], unit: Unit) -> None:
        """Sentences before the first one: in its paragraph, or in paragraphs of their own."""
        own = unit.segments[0].paragraph
        last: int | None = None
        for item in waiting:
            if not item.text:
                continue
            entry = Entry([], item.text, _change(item), _comments(item))
            number = item.segments[0].paragraph
            if number == own:
                entry.start = entry.end = here.entries[-1].start
                here.entries.insert(len(here.entries) - 1, entry)
            elif number == last:
                here.ahead[-1].append(entry)
            else:
                here.ahead.append([entry])
            last = number


def _as_imported(unit: Unit) -> bool:
    segment = unit.segments[0]
    whole = len(unit.segments) == 1 and not segment.parents and not segment.deleted
    return whole and segment.text == segment.hypothesis


def _change(unit: Unit) -> Correction | None:
    found = [segment.correction for segment in unit.segments if segment.correction is not None]
    return next((item for item in found if item.author), found[0] if found else None)


def _comments(unit: Unit) -> tuple[Comment, ...]:
    return tuple(comment for s in unit.segments if s.correction is not None for comment in s.correction.comments)
