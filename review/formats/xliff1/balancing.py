"""Halves of inline codes without their other halves: found in a text, and left out of a unit's target."""

from __future__ import annotations

from collections.abc import Sequence

from review.formats.xliff1.inline import CLOSE, OPEN, Content, Key, Mark
from review.formats.xliff1.units import Unit
from review.text.codes import TOKEN

Marks = dict[str, list[Mark]]
"""How the file writes each token, once for each time that it stands there."""

_APART = ("bx", "bpt")
"""What keys of codes begin with whose halves are elements of their own."""


def balance(unit: Unit, texts: list[str | None], marks: list[Marks]) -> list[int]:
    """Leave out halves of bx and ex, bpt and ept whose other halves are nowhere in the unit's target; where a segment
    is not translated yet they may still come with it. Returns the places of the segments that this changed.

    ``texts`` are the new ones, None where a segment stays; both lists are changed in place.
    """
    now = [unit.target_text(part) if text is None else text for part, text in zip(unit.parts, texts, strict=True)]
    known = [
        unit.marks(part) if text is None else own for part, text, own in zip(unit.parts, texts, marks, strict=True)
    ]
    found = [
        (place, match, own[match[0]][0])
        for place, (text, own) in enumerate(zip(now, known, strict=True))
        for match in TOKEN.finditer(text)
        if match[0] in own and own[match[0]][0].key[0] in _APART
    ]
    open_now: dict[Key, list[int]] = {}
    alone: set[int] = set()
    for number, (_, _, mark) in enumerate(found):
        if mark.side == OPEN:
            open_now.setdefault(mark.key, []).append(number)
        elif open_now.get(mark.key):
            open_now[mark.key].pop()
        else:
            alone.add(number)
    alone.update(number for left in open_now.values() for number in left)
    if any(not text.strip() and not part.source.blank for part, text in zip(unit.parts, now, strict=True)):
        both = {mark.key for _, _, mark in found if mark.side == OPEN}
        both &= {mark.key for _, _, mark in found if mark.side == CLOSE}
        alone = {number for number in alone if found[number][2].key in both}
    for number in sorted(alone, reverse=True):
        place, match, _ = found[number]
        now[place] = now[place][: match.start()] + now[place][match.end() :]
        texts[place], marks[place] = now[place], known[place]
    return sorted({found[number][0] for number in alone})


def lone(content: Content) -> list[str]:
    """Halves of codes whose other halves are not here."""
    sides: dict[Key, int] = {}
    for mark in content.marks:
        sides[mark.key] = sides.get(mark.key, 0) + (1 if mark.side == OPEN else -1 if mark.side == CLOSE else 0)
    return [token for token, mark in zip(content.tokens, content.marks, strict=True) if sides[mark.key]]


def whole(tokens: Sequence[str], marks: Marks) -> set[int]:
    """Which of the tokens may be written: all but halves of elements that enclose nothing whole."""
    sound: set[int] = set()
    open_now: list[int] = []
    for place, token in enumerate(tokens):
        mark = marks[token][0]
        if not mark.paired:
            sound.add(place)
        elif mark.side == OPEN:
            open_now.append(place)
        else:
            opening = "<" + token[2:]
            at = next((at for at in range(len(open_now) - 1, -1, -1) if tokens[open_now[at]] == opening), None)
            if at is not None:
                sound |= {open_now[at], place}
                del open_now[at:]
    return sound
