"""Marked-up text as its reader sees it: runs of text and inline codes, each with its range in the file's text.

A format (HTML, Markdown) hands the items of a block over; here they become text with numbered codes (``<1>`` ``</1>``
``<2/>``), sentences, and segments with locators ``BLOCK#START:END`` (code points of the decoded file; BLOCK is where
the block's text begins).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from review.model import Code, Segment
from review.text.codes import TOKEN
from review.text.sentences import LINE_END, sentences

TEXT, SPACE, OPEN, CLOSE, ALONE, KEPT = "text", "space", "open", "close", "alone", "kept"

_HEADLINE = 200
_NUMBERS = 99_999
_ROUNDS = 20


class Item(NamedTuple):
    """A part of a block, ``[start, end)`` in the file. ``name``: which OPEN and CLOSE belong together.

    Of TEXT, ``text`` is as read; of SPACE a blank or nothing; of codes how they are shown to people. KEPT is not
    shown and always stays where it is (a comment).
    """

    kind: str
    text: str
    start: int
    end: int
    name: str = ""


class Atom(NamedTuple):
    """A part of a block as text: ``text`` is what its reader sees, a token for a code, "" for what nobody sees."""

    text: str
    start: int
    end: int
    kind: str = TEXT

    @property
    def plain(self) -> bool:
        """True where each character stands in the file as itself."""
        return self.kind == TEXT and len(self.text) == self.end - self.start


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, cell: text from ``start`` to ``end``. ``kind`` is the format's word for it.

    ``partners`` maps the token of one half of a pair to that of the other; ``lone`` are tokens of halves without one.
    """

    kind: str
    start: int
    end: int
    atoms: tuple[Atom, ...]
    codes: tuple[Code, ...] = ()
    partners: tuple[tuple[str, str], ...] = ()
    lone: frozenset[str] = frozenset()

    @property
    def bare(self) -> str:
        """The text without codes."""
        return "".join(atom.text for atom in self.atoms if atom.kind in (TEXT, SPACE))


class Sentence(NamedTuple):
    """A range of a block's atoms."""

    first: int
    last: int


def block(kind: str, items: Sequence[Item]) -> Block | None:
    """A block of items, without what stands at its edges; None where it has no letter or number in it."""
    if not any(item.kind == TEXT and any(map(str.isalnum, item.text)) for item in items):
        return None
    pairs = _pairs(items)
    first, last = _edges(items, pairs)
    inner = list(items[first:last])
    inside = {one - first: two - first for one, two in pairs.items() if first <= one < last and first <= two < last}
    return _numbered(kind, _blanks(inner), inside)


def _pairs(items: Sequence[Item]) -> dict[int, int]:
    """Which opening and closing items belong together, both ways; each closes the last of its name."""
    waiting: dict[str, list[int]] = {}
    found: dict[int, int] = {}
    for place, item in enumerate(items):
        if item.kind == OPEN:
            waiting.setdefault(item.name, []).append(place)
        elif item.kind == CLOSE and waiting.get(item.name):
            partner = waiting[item.name].pop()
            found[place], found[partner] = partner, place
    return found


def _edges(items: Sequence[Item], pairs: dict[int, int]) -> tuple[int, int]:
    """The range of items that must be shown: from the first text to the last, and the codes paired into it."""
    shown = [place for place, item in enumerate(items) if item.kind == TEXT]
    first, last = shown[0], shown[-1] + 1
    edge = [one for one in pairs if one < first or one >= last]
    for _ in range(_ROUNDS):
        wide = first, last
        for one in edge:
            if first <= pairs[one] < last:
                first, last = min(first, one), max(last, one + 1)
        if wide == (first, last):
            return first, last
    return 0, len(items)


def _blanks(items: list[Item]) -> list[Item]:
    """White space as its reader sees it: one blank, or none at the edges and between CJK characters of two lines."""
    seen = [place for place, item in enumerate(items) if item.kind in (TEXT, SPACE, ALONE)]
    following = ""  # the first sign after each place, from the back
    after: dict[int, str] = {}
    for place in reversed(seen):
        after[place] = following
        following = following if items[place].kind == SPACE else _sign(items[place], 0)
    before = " "
    for place in seen:
        item = items[place]
        if item.kind != SPACE:
            before = _sign(item, -1)
            continue
        joined = before == " " or not after[place] or (item.name == LINE and _wide(before) and _wide(after[place]))
        items[place] = item._replace(text="" if joined else " ")
        before = before if joined else " "
    return items


def _sign(item: Item, place: int) -> str:
    """The first or last sign of an item; a picture is like a letter, a line break like a blank."""
    return item.text[place] if item.kind == TEXT else " " if item.name == "br" else "\ufffc"


LINE = "line"
"""The name of SPACE with a line end in it."""


def _wide(character: str) -> bool:
    return (
        "\u3000" <= character <= "\u30ff"
        or "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\uff00" <= character <= "\uffef"
    )


def _numbered(kind: str, items: list[Item], pairs: dict[int, int]) -> Block | None:
    literal = {
        int(match[2]) for match in TOKEN.finditer("".join(item.text for item in items if item.kind in (TEXT, SPACE)))
    }
    number = max(literal, default=0)
    above = number + sum(item.kind in (OPEN, CLOSE, ALONE) for item in items) <= _NUMBERS
    number = number if above else 0
    atoms: list[Atom] = []
    codes: list[Code] = []
    partners: list[tuple[str, str]] = []
    tokens: dict[int, str] = {}
    lone: set[str] = set()
    place = 0
    while place < len(items):
        item = items[place]
        end = item.end
        if item.kind in (TEXT, SPACE, KEPT):
            atoms.append(Atom("" if item.kind == KEPT else item.text, item.start, item.end, item.kind))
            place += 1
            continue
        partner = pairs.get(place)
        if partner is not None and partner < place:
            token = "</" + tokens[partner][1:]
            partners += [(token, tokens[partner]), (tokens[partner], token)]
        else:
            number += 1
            while number in literal:
                number += 1
            if number > _NUMBERS:
                return None
            token = f"<{number}/>" if partner in (None, place + 1) else f"<{number}>"
        tokens[place] = token
        if partner == place + 1:
            end, place = items[partner].end, partner
        elif partner is None and item.kind != ALONE:
            lone.add(token)
        codes.append(Code(token, _shortened(item.text)))
        atoms.append(Atom(token, item.start, end, ALONE if token.endswith("/>") else item.kind))
        place += 1
    return Block(kind, items[0].start, items[-1].end, tuple(atoms), tuple(codes), tuple(partners), frozenset(lone))


def _shortened(shown: str) -> str:
    flat = " ".join(shown.split())
    return flat if len(flat) <= 60 else flat[:59] + "…"


def cut(found: Block, language: str, whole: bool = False) -> list[Sentence]:
    """The sentences of a block; closing codes go with the sentence before them, opening ones with the one after.

    ``whole``: a heading, which is not cut where it is short. What parts two sentences belongs to neither.
    """
    bare: list[str] = []
    where: list[int] = []  # the atom of each bare character
    for place, atom in enumerate(found.atoms):
        if atom.kind in (TEXT, SPACE):
            bare.append(atom.text)
            where += [place] * len(atom.text)
    text = "".join(bare)
    ends = sentences(text, language)
    if whole and len(text) <= _HEADLINE:
        ends = [(ends[0][0], ends[-1][1])]
    ranges = [(where[start], where[end - 1]) for start, end in ends]
    coded = [place for place, atom in enumerate(found.atoms) if atom.kind in (OPEN, CLOSE, ALONE)]
    found_now: list[Sentence] = []
    start = min([ranges[0][0], *coded[:1]])  # white space at the edges stays outside
    for (_, last), (first, _) in pairwise(ranges):
        if first <= last:
            continue
        between = range(last + 1, first)
        opening = next((place for place in between if found.atoms[place].kind == OPEN), first)
        closing = [place for place in between if found.atoms[place].kind == CLOSE and place < opening]
        end = closing[-1] + 1 if closing else last + 1
        found_now.append(Sentence(start, end))
        start = opening
    found_now.append(Sentence(start, max([ranges[-1][1], *coded[-1:]]) + 1))
    return found_now


def parted(found: Block, language: str) -> Block:
    """The block with its plain atoms cut where sentences begin and end, so that each sentence is whole atoms."""
    ends = {place for ends in sentences(found.bare, language) for place in ends}
    cuts: set[int] = set()
    at = 0
    for atom in found.atoms:
        if atom.kind in (TEXT, SPACE):
            cuts |= {atom.start + place for place in range(1, len(atom.text)) if at + place in ends}
            at += len(atom.text)
    return apart(found, cuts)


def apart(found: Block, cuts: Collection[int]) -> Block:
    """The block with its plain atoms cut at these places of the file."""
    atoms: list[Atom] = []
    ordered = sorted(cuts)
    for atom in found.atoms:
        inside = ordered[bisect_right(ordered, atom.start) : bisect_left(ordered, atom.end)] if atom.plain else []
        for start, end in pairwise([atom.start, *inside, atom.end]):
            text = atom.text[start - atom.start : end - atom.start] if inside else atom.text
            atoms.append(Atom(text, start, end, SPACE if inside and text == " " else atom.kind))
    return replace(found, atoms=tuple(atoms))


def segments(found: Iterable[tuple[Block, bool]], language: str) -> list[Segment]:
    """The sentences of blocks as segments, a paragraph a block; True beside a block that is a heading."""
    made: list[Segment] = []
    for paragraph, (whole, heading) in enumerate(found):
        one = parted(whole, language)
        for first, last in cut(one, language, heading):
            atoms = one.atoms[first:last]
            text = "".join(atom.text for atom in atoms)
            here = {atom.text for atom in atoms if atom.kind in (OPEN, CLOSE, ALONE)}
            made.append(
                Segment(
                    hypothesis=text,
                    name=str(len(made) + 1),
                    order=len(made),
                    paragraph=paragraph,
                    locators=(f"{one.start}#{atoms[0].start}:{atoms[-1].end}",),
                    codes=tuple(code for code in one.codes if code.token in here),
                )
            )
    return made


def texts(found: Block, language: str, heading: bool) -> list[str]:
    """The sentences of a block without codes, for a text that stands beside another."""
    one = parted(found, language)
    return [
        "".join(atom.text for atom in one.atoms[first:last] if atom.kind in (TEXT, SPACE)).strip()
        for first, last in cut(one, language, heading)
    ]


def flat(text: str) -> bool:
    """True where white space in a text is single blanks, so that reading it again gives the same."""
    return not LINE_END.search(text) and text == " ".join(text.split(" ")) and "  " not in text and text == text.strip()
