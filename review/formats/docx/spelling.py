"""Sentences of a paragraph as texts with inline codes: as few as possible, numbered through the paragraph.

What most of a sentence looks like needs no code; a stretch that looks otherwise, or is a link, is a pair, and a thing
stands alone. A pair may be left out, a thing or a link may not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from review.formats.docx.cells import Cell, Thing
from review.model import Code
from review.text.codes import HIGHEST, TOKEN


@dataclass(frozen=True, slots=True)
class Spelled:
    """A sentence: the cells ``[start, end)``, its text and codes.

    ``pairs`` are the numbers of its stretches, each with its first cell; ``things`` those of its things, with their
    cells; ``states`` says of each of its cells which pair it is in, 0 for none. ``usual`` is a cell of the usual look.
    """

    start: int
    end: int
    text: str
    codes: tuple[Code, ...]
    pairs: dict[int, Cell]
    things: dict[int, int]
    states: list[int]
    usual: Cell | None


def spell(cells: Sequence[Cell], start: int, end: int, first: int) -> Spelled:
    """Spell the cells ``[start, end)``; codes are numbered from ``first``."""
    inside = cells[start:end]
    looks = Counter(cell.state for cell in inside if cell.thing is None and cell.link is None)
    looks = looks or Counter(cell.state for cell in inside if cell.thing is None)
    base = looks.most_common(1)[0][0] if looks else None
    usual = next((cell for cell in inside if cell.thing is None and cell.state == base), None)
    parts: list[str] = []
    codes: list[Code] = []
    pairs: dict[int, Cell] = {}
    things: dict[int, int] = {}
    states: list[int] = []
    number, now, state = first, 0, base
    for place, cell in enumerate(inside):
        if cell.thing is None:
            if cell.state != state:
                parts.append(f"</{now}>" if now else "")
                state, now = cell.state, 0
                if state != base:
                    now, number = number, number + 1
                    parts.append(f"<{now}>")
                    pairs[now] = cell
                    shown = (cell.link.shown if cell.link else cell.look.shown) or "other style"
                    fixed = cell.link is not None
                    codes += [Code(f"<{now}>", shown, fixed), Code(f"</{now}>", f"/{shown}", fixed)]
            parts.append(cell.char)
        else:
            following = next((other for other in inside[place + 1 :] if other.thing is None), None)
            if now and (following is None or following.state != state):
                parts.append(f"</{now}>")
                state, now = base, 0
            parts.append(f"<{number}/>")
            codes.append(Code(f"<{number}/>", cell.thing.shown, cell.thing.kind != "space"))
            things[number] = start + place
            number += 1
        states.append(now)
    parts.append(f"</{now}>" if now else "")
    return Spelled(start, end, "".join(parts), tuple(codes), pairs, things, states, usual)


def flat(cells: Sequence[Cell]) -> tuple[str, list[int]]:
    """The paragraph's text as sentences are found in it, and which cell each character of it is."""
    chars, places = [], []
    for place, cell in enumerate(cells):
        sign = cell.thing.gap if cell.thing else cell.char
        if sign:
            # Other line ends than those of the paragraph's own breaks would end a line for the splitter.
            chars.append(sign if cell.thing or sign not in "\r\n" else " ")
            places.append(place)
    return "".join(chars), places


def stretched(cells: Sequence[Cell], start: int, end: int) -> tuple[int, int]:
    """The cells of a sentence with the things that stand close to it: marks of notes behind, fields on both sides."""
    while end < len(cells) and _close(cells[end].thing, ("note", "field", "")):
        end += 1
    while start and _close(cells[start - 1].thing, ("field", "")):
        start -= 1
    return start, end


def _close(thing: Thing | None, kinds: tuple[str, ...]) -> bool:
    return thing is not None and not thing.gap and thing.kind in kinds


def first_number(text: str, count: int) -> int:
    """The first of ``count`` numbers for codes beside a text that may itself hold what looks like one.

    They follow each other: above what the text holds, or where it leaves room for them.
    """
    taken = sorted({int(match[2]) for match in TOKEN.finditer(text)}) if "<" in text else []
    first = taken[-1] + 1 if taken else 1
    if not taken or first + count <= HIGHEST:
        return first
    rooms = pairwise([0, *taken])
    return next((one + 1 for one, two in rooms if two - one > count), first)


LOCATOR = re.compile(r"(.+):(\d{1,9})#(\d{1,9}):(\d{1,9}):(\d{1,9})")


def locator(part: str, paragraph: int, start: int, end: int, first: int) -> str:
    """``PART:PARAGRAPH#START:END:FIRST``: paragraph counts from 0 in the part, START and END are cells, FIRST is the
    number of the sentence's first code."""
    return f"{part}:{paragraph}#{start}:{end}:{first}"
