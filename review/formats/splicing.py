"""Corrected segments back into marked-up text: which ranges of the file change, and to what; all else is copied.

For formats whose blocks are ``runs.Block`` and whose locators are theirs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from review.formats.folding import Unit, fold
from review.formats.runs import ALONE, CLOSE, KEPT, SPACE, TEXT, Atom, Block, apart
from review.model import Code, Segment
from review.text import codes
from review.text.sentences import join, separator

_DIFF = 1500
"""A change of more code points than this is written as one."""

Encode = Callable[[str, Block, bool], str]
"""(new text, its block, whether it begins where the block does) -> how the file writes it."""


class Edit(NamedTuple):
    """``[start, end)`` of the file's text becomes ``text``."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Outcome:
    """What is to be written. All but ``edits`` and ``moved`` are keyed by the start of a touched block.

    expected: what it must read as, without codes. names: of its segments that changed. emptied: those of which nothing
    is left. moved: how many merged segments stood in several blocks.
    """

    edits: list[Edit] = field(default_factory=list)
    expected: dict[int, str] = field(default_factory=dict)
    names: dict[int, list[str]] = field(default_factory=dict)
    emptied: list[int] = field(default_factory=list)
    moved: int = 0


@dataclass(slots=True)
class _Spot:
    """What becomes of a range of a block. ``text``: None for as it was, "" for deleted.

    ``front`` and ``back`` are inserted sentences beside it, ``borrowed`` blocks whose codes it may hold as well,
    ``parts`` the ranges that were made one.
    """

    start: int
    end: int
    text: str | None
    names: tuple[str, ...] = ()
    front: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    borrowed: tuple[int, ...] = ()
    parts: tuple[tuple[int, int], ...] = ()

    @property
    def gone(self) -> bool:
        return self.text == "" and not self.front and not self.back

    @property
    def touched(self) -> bool:
        return self.text is not None or bool(self.front or self.back)


def outcome(
    text: str,
    blocks: Mapping[int, Block],
    segments: Iterable[Segment],
    encode: Encode,
    anew: Collection[int] = (),
) -> Outcome:
    """What the segments of the file's article make of it. ``blocks`` are keyed by their start.

    In a sentence that changed, what stays is copied as the file has it; in the blocks ``anew`` it is written again.
    """
    made = Outcome()
    for start, spots in sorted(_spots(fold(segments), blocks, made).items()):
        if any(spot.touched for spot in spots):
            touched = (name for spot in spots if spot.touched for name in spot.names if name)
            made.names[start] = list(dict.fromkeys(touched))
            _block(text, blocks, blocks[start], _apart(spots), encode, made, start in anew)
    made.edits.sort(key=lambda edit: (edit.start, edit.end))
    return made


def _spots(units: Sequence[Unit], blocks: Mapping[int, Block], made: Outcome) -> dict[int, list[_Spot]]:
    """What becomes of each block that a segment stands in."""
    found: dict[int, list[_Spot]] = {}
    last: _Spot | None = None
    waiting: list[Unit] = []
    for number, unit in enumerate(units):
        places = [place for place in sorted(map(_place, unit.locators)) if place[0] in blocks]
        if not places:
            if last is not None and not _leads(units, number):
                last.back += [unit.text] if unit.text else []
            elif unit.text:
                waiting.append(unit)
            continue
        homes = list(dict.fromkeys(place[0] for place in places))
        made.moved += len(homes) > 1
        for home in homes:
            mine = [place for place in places if place[0] == home]
            spot = _Spot(mine[0][1], max(place[2] for place in mine), "", _names(unit))
            spot.parts = tuple((start, end) for _, start, end in mine)
            if home == homes[0]:
                spot.text = _changed(unit)
                spot.front = [front.text for front in waiting]
                spot.borrowed = tuple(homes[1:])
                last, waiting = spot, []
            found.setdefault(home, []).append(spot)
    if last is not None:
        last.back += [unit.text for unit in waiting]
    return found


def _place(locator: str) -> tuple[int, int, int]:
    block, _, ends = locator.partition("#")
    start, _, end = ends.partition(":")
    return int(block), int(start), int(end)


def _names(unit: Unit) -> tuple[str, ...]:
    return tuple(segment.name for segment in unit.segments)


def _leads(units: Sequence[Unit], number: int) -> bool:
    """True for an inserted sentence of the paragraph after it, not of the one before it."""
    before = next((unit for unit in reversed(units[:number]) if unit.locators), None)
    after = next((unit for unit in units[number + 1 :] if unit.locators), None)
    own = units[number].paragraph
    return after is not None and after.paragraph == own and before is not None and before.paragraph != own


def _changed(unit: Unit) -> str | None:
    """The text that a unit has now, "" where it is deleted, None where it is what the file has."""
    was = join(segment.hypothesis for segment in unit.segments)
    return None if not unit.deleted and unit.text == was else unit.text


def _apart(spots: list[_Spot]) -> list[_Spot]:
    """The spots in the file's order; what stands within another gives its text to it."""
    found: list[_Spot] = []
    for spot in sorted(spots, key=lambda spot: (spot.start, -spot.end)):
        if found and spot.start < found[-1].end:
            found[-1].back += [part for part in (*spot.front, spot.text or "", *spot.back) if part]
        else:
            found.append(spot)
    return found


def _block(
    text: str,
    blocks: Mapping[int, Block],
    block: Block,
    spots: list[_Spot],
    encode: Encode,
    made: Outcome,
    anew: bool,
) -> None:
    block = apart(block, {place for spot in spots for place in (spot.start, spot.end)})
    row = _Row(block)
    gone = {atom.text for spot in spots if spot.text == "" for atom in row.within(spot.start, spot.end)}
    gaps = _gaps(row, spots, gone)
    parts = [_bare(row.within(block.start, spots[0].start))]
    for place, spot in enumerate(spots):
        inside = _inside(row, spot)
        was = "".join(atom.text for atom in inside)
        now = was if spot.text is None else spot.text
        front, back = (join(spot.front), join(spot.back)) if now else ("", join([*spot.front, *spot.back]))
        lead, trail = separator(front, now), separator(now, back)
        if back and not now and place and _closes(row, spot, gone):
            trail = "".join(atom.text for atom, stays in gaps[place - 1] if stays and atom.kind == SPACE)
            blanks = [atom for atom, stays in gaps[place - 1] if stays and atom.kind == SPACE]
            made.edits += [Edit(atom.start, atom.end, "") for atom in blanks]
            parts[-1] = parts[-1].removesuffix(trail)
        if front:
            made.edits.append(Edit(spot.start, spot.start, encode(front, block, spot.start == block.start) + lead))
        if not now:
            made.edits.append(Edit(spot.start, spot.end, _left(text, row, inside, gone)))
        elif now != was:
            raw = row.raw(text)
            if spot.borrowed:
                raw = {**_raw(text, (blocks[other] for other in spot.borrowed)), **raw}
            made.edits += _changes(text, block, inside, now, raw, encode, anew)
        if back:
            made.edits.append(Edit(spot.end, spot.end, trail + encode(back, block, not now and place == 0)))
        borrowed = [code for other in spot.borrowed for code in blocks[other].codes]
        parts.append(front + lead + row.bare(now, borrowed) + trail + back)
        if place < len(gaps):
            blank = ""
            for atom, stays in gaps[place]:
                if not stays:
                    made.edits.append(Edit(atom.start, atom.end, ""))
                blank += atom.text if stays and atom.kind in (TEXT, SPACE) else ""
            parts.append(blank)
    made.expected[block.start] = "".join([*parts, _bare(row.within(spots[-1].end, block.end))])
    if all(spot.gone for spot in spots):
        made.emptied.append(block.start)


class _Row:
    """A block's atoms, found by where they stand; what is asked of all of them is worked out once."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.partners = dict(block.partners)
        self._starts = [atom.start for atom in block.atoms]
        self._tokens = {code.token for code in block.codes}
        self._raw: dict[str, str] | None = None

    def within(self, start: int, end: int) -> list[Atom]:
        """The atoms of ``[start, end)``."""
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return [atom for atom in self.block.atoms[first:last] if atom.end <= end]

    def raw(self, text: str) -> dict[str, str]:
        """How the file writes each code of the block."""
        if self._raw is None:
            self._raw = _raw(text, [self.block])
        return self._raw

    def bare(self, text: str, borrowed: Sequence[Code]) -> str:
        """A text of the block without its codes, nor those of others that it may hold as well."""
        here = {match[0] for match in codes.TOKEN.finditer(text)} & self._tokens
        return codes.bare([*(Code(token) for token in here), *borrowed], text)


def _inside(row: _Row, spot: _Spot) -> list[Atom]:
    """The atoms of a spot; codes between the sentences of a merged one are in none of their texts, and stay."""
    return [
        atom
        if atom.kind in (TEXT, SPACE) or any(start <= atom.start and atom.end <= end for start, end in spot.parts)
        else atom._replace(text="", kind=KEPT)
        for atom in row.within(spot.start, spot.end)
    ]


def _bare(atoms: Iterable[Atom]) -> str:
    return "".join(atom.text for atom in atoms if atom.kind in (TEXT, SPACE))


def _gaps(row: _Row, spots: Sequence[_Spot], gone: Collection[str]) -> list[list[tuple[Atom, bool]]]:
    """What stands between each two spots, and whether it stays: of the blanks around what is deleted one does.

    It is the one before, unless a closing code stays of what is deleted.
    """
    between = [row.within(one.end, two.start) for one, two in pairwise(spots)]
    stays: set[int] = set()
    live = [place for place, spot in enumerate(spots) if not spot.gone]
    for one, two in pairwise(live):
        blank = [gap for gap in range(one, two) if any(atom.text == " " or atom.kind == ALONE for atom in between[gap])]
        closed = [gap for gap in blank if gap > one and _closes(row, spots[gap], gone)]
        stays |= set(closed[-1:] or blank[:1] or [one])
    return [[(atom, gap in stays or atom.kind != SPACE) for atom in atoms] for gap, atoms in enumerate(between)]


def _closes(row: _Row, spot: _Spot, gone: Collection[str]) -> bool:
    """True where a code that was opened before a deleted sentence ends in it."""
    inside = row.within(spot.start, spot.end)
    return any(atom.kind == CLOSE and row.partners.get(atom.text, "") not in gone for atom in inside)


def _left(text: str, row: _Row, inside: Sequence[Atom], gone: Collection[str]) -> str:
    """What must stay of a deleted sentence: halves of pairs of which the other stays, and what nobody sees."""
    partners, lone = row.partners, row.block.lone
    return "".join(
        text[atom.start : atom.end]
        for atom in inside
        if atom.kind == KEPT or atom.text in lone or (atom.text in partners and partners[atom.text] not in gone)
    )


def _raw(text: str, found: Iterable[Block]) -> dict[str, str]:
    """How the file writes each code of these blocks; of equal tokens the first block's."""
    raw: dict[str, str] = {}
    for block in found:
        for atom in block.atoms:
            if atom.kind not in (TEXT, SPACE, KEPT):
                raw.setdefault(atom.text, text[atom.start : atom.end])
    return raw


def _changes(
    text: str,
    block: Block,
    inside: Sequence[Atom],
    new: str,
    raw: Mapping[str, str],
    encode: Encode,
    anew: bool,
) -> list[Edit]:
    """The smallest edits that make ``new`` of a range of atoms."""
    old: list[tuple[str, int, int]] = []
    for atom in inside:
        if atom.plain:
            old += [(sign, atom.start + at, atom.start + at + 1) for at, sign in enumerate(atom.text)]
        elif atom.text:
            old.append((atom.text, atom.start, atom.end))
    units = _units(new, {unit for unit, *_ in old if len(unit) > 1} | set(raw))
    kept = [atom for atom in inside if atom.kind == KEPT]
    found: list[Edit] = []
    for first, last, begin, end in _differences([unit for unit, *_ in old], units, anew):
        start = old[first][1] if first < len(old) and (first < last or not first) else old[first - 1][2]
        stop = old[last - 1][2] if first < last else start
        written = _written(units[begin:end], raw, block, encode, start == block.start)
        hidden = "".join(text[atom.start : atom.end] for atom in kept if start <= atom.start and atom.end <= stop)
        found.append(Edit(start, stop, written + hidden))
    return found


def _units(new: str, known: Collection[str]) -> list[str]:
    """A text as codes and other known strings, and single signs."""
    several = sorted((unit for unit in known if not codes.TOKEN.fullmatch(unit)), key=len, reverse=True)
    whole = re.compile("(?s:" + "|".join([*map(re.escape, several), codes.TOKEN.pattern, "."]) + ")")
    found: list[str] = []
    for match in whole.finditer(new):
        found += [match[0]] if match[0] in known else match[0]
    return found


def _written(units: Sequence[str], raw: Mapping[str, str], block: Block, encode: Encode, leads: bool) -> str:
    found: list[str] = []
    plain = ""
    for unit in units:
        if unit in raw:
            found += [encode(plain, block, leads and not found) if plain else "", raw[unit]]
            plain = ""
        else:
            plain += unit
    return "".join([*found, encode(plain, block, leads and not found) if plain else ""])


def _differences(old: list[str], new: list[str], anew: bool) -> list[tuple[int, int, int, int]]:
    """(first, last, first, last) of what differs, old and new, in order."""
    if anew:
        return [(0, len(old), 0, len(new))]
    front = 0
    while front < min(len(old), len(new)) and old[front] == new[front]:
        front += 1
    back = 0
    while back < min(len(old), len(new)) - front and old[-1 - back] == new[-1 - back]:
        back += 1
    ends = len(old) - back, len(new) - back
    if max(ends) - front > _DIFF:
        return [(front, ends[0], front, ends[1])]
    matcher = SequenceMatcher(None, old[front : ends[0]], new[front : ends[1]], autojunk=False)
    return [
        (front + first, front + last, front + begin, front + end)
        for tag, first, last, begin, end in matcher.get_opcodes()
        if tag != "equal"
    ]
