"""From a paragraph and its new texts to what must happen to its cells: which go, and what comes in between which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple

from review.formats.docx.cells import Cell
from review.formats.docx.placing import Entry
from review.formats.docx.spelling import Spelled
from review.model import Comment, Correction
from review.text.codes import TOKEN
from review.text.diff import opcodes
from review.text.sentences import separator

_SIGNS = 0x10F000
"""Codes are compared as single signs of a private plane, so that a word-wise diff never cuts one."""


@dataclass(slots=True)
class New:
    """Text, or a thing moved here (``thing``: its cell), that comes in with the look of the cell ``like``."""

    text: str
    like: Cell | None
    change: Correction | None
    thing: Cell | None = None


@dataclass(slots=True)
class Remark:
    """Where a comment begins (``begins``) or ends."""

    comment: Comment
    begins: bool


@dataclass(slots=True)
class Break:
    """A paragraph ends here and another begins."""

    change: Correction | None


@dataclass(slots=True)
class Edit:
    """``gone`` are the cells that go, each with the change that struck it; ``new`` is what comes in before a cell."""

    gone: dict[int, Correction | None] = field(default_factory=dict)
    new: dict[int, list[New | Remark | Break]] = field(default_factory=dict)

    def insert(self, at: int, item: New | Remark | Break) -> None:
        items = self.new.setdefault(at, [])
        last = items[-1] if items else None
        if isinstance(last, New) and isinstance(item, New) and last.thing is None and item.thing is None:
            same = last.change is item.change and (last.like is item.like or _alike(last.like, item.like))
            if same:
                last.text += item.text
                return
        items.append(item)


def _alike(one: Cell | None, other: Cell | None) -> bool:
    return one is not None and other is not None and one.look.raw == other.look.raw and one.link is other.link


def edit(cells: Sequence[Cell], entries: Sequence[Entry], language: str) -> Edit:
    """What happens to a paragraph's cells. Gaps between sentences go with the deleted ones beside them."""
    made = Edit()
    shown, at, change = "", None, None
    for entry in entries:
        if at is not None and not entry.inserted:
            gap = range(at, entry.start)
            if entry.parted:
                made.insert(at, Break(entry.change or change))
                shown = ""
            blank = any(cells[place].thing is None or cells[place].thing.gap for place in gap)  # type: ignore[union-attr]
            if shown and entry.text is not None:
                if not blank and (entry.touched or _new_at(made, at)):
                    _separate(made, entry.start, shown, entry, cells)
            else:
                by = entry.change if entry.text is None else change
                _strike(made, cells, gap, by)
        if entry.fresh:
            made.insert(entry.start, Break(entry.change))
            shown = ""
        if entry.text is not None:
            for comment in entry.comments:
                made.insert(entry.start, Remark(comment, True))
            if entry.inserted:
                like = _near(cells, entry.start)
                gap_text = separator(shown, entry.text) if shown else ""
                made.insert(entry.end, New(gap_text + entry.text, like, entry.change))
            elif entry.touched:
                _change_sentence(made, cells, entry, language)
            for comment in entry.comments:
                made.insert(entry.end, Remark(comment, False))
            shown = entry.text
        else:
            for comment in entry.comments:
                made.insert(entry.start, Remark(comment, True))
                made.insert(entry.end, Remark(comment, False))
            for place in range(entry.start, entry.end):
                made.gone[place] = entry.change
        change = entry.change
        at = entry.end
    return made


def _new_at(made: Edit, at: int) -> bool:
    return any(isinstance(item, New) for item in made.new.get(at, ()))


def _separate(made: Edit, at: int, shown: str, entry: Entry, cells: Sequence[Cell]) -> None:
    """A blank before a sentence that had none before it, because its neighbour is new."""
    gap = separator(shown, entry.text or "")
    if gap and _new_at(made, at):
        made.insert(at, New(gap, _near(cells, at), entry.change))


def _strike(made: Edit, cells: Sequence[Cell], places: range, change: Correction | None) -> None:
    for place in places:
        thing = cells[place].thing
        if thing is None or thing.gap:
            made.gone[place] = change


def _near(cells: Sequence[Cell], at: int) -> Cell | None:
    """The text cell whose look a new sentence takes: outside links, the one before it, else behind."""
    for order in (range(at - 1, -1, -1), range(at, len(cells))):
        for place in order:
            if cells[place].thing is None and cells[place].link is None:
                return cells[place]
    return next((cell for cell in cells if cell.thing is None), None)


class _Old(NamedTuple):
    """A sign of what stood there: its cell's number (-1 for a pair's token) and the pair that it is in, 0 for none."""

    sign: str
    place: int
    pair: int


class _Now(NamedTuple):
    """A sign of the new text, the pair that it is in, and the thing that it stands for ("" for a character)."""

    sign: str
    pair: int


def _change_sentence(made: Edit, cells: Sequence[Cell], entry: Entry, language: str) -> None:
    tokens = _Tokens(entry, cells)
    old, new = list(tokens.old()), list(tokens.new(entry.text or ""))
    gone_from = entry.start
    for olds, news in _between_things(old, new, tokens.things):
        gone_from = _change_part(made, tokens, olds, news, gone_from, entry, language)


def _between_things(
    old: list[_Old], new: list[_Now], things: dict[str, Cell]
) -> Iterator[tuple[list[_Old], list[_Now]]]:
    """Both sides cut at the things that stay where they are; each of these is a part of its own."""
    mine = [place for place, item in enumerate(old) if item.sign in things and item.place >= 0]
    theirs = [place for place, item in enumerate(new) if item.sign in things]
    matcher = SequenceMatcher(
        None, [old[place].sign for place in mine], [new[place].sign for place in theirs], autojunk=False
    )
    at = there = 0
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            left, right = mine[block.a + step], theirs[block.b + step]
            yield old[at:left], new[there:right]
            yield [old[left]], [new[right]]
            at, there = left + 1, right + 1
    yield old[at:], new[there:]


def _change_part(
    made: Edit, tokens: _Tokens, old: list[_Old], new: list[_Now], at: int, entry: Entry, language: str
) -> int:
    """Apply the difference of one part; returns the cell before which the next one goes on."""
    one = other = 0
    before, after = ("".join(item.sign for item in side) for side in (old, new))
    for _, was, now in opcodes(before, after, language):
        olds, news = old[one : one + len(was)], new[other : other + len(now)]
        one, other = one + len(was), other + len(now)
        pairs = zip(olds, news, strict=True) if was == now else [(item, None) for item in olds]
        struck: dict[int, Cell] = {}
        waiting: list[_Now] = []
        for item, same in pairs:
            if item.place < 0:
                continue
            at = max(at, item.place)
            if same is not None and (same.pair == item.pair or item.sign in tokens.things):
                _put(made, tokens, waiting, struck, at, entry)
                waiting, struck = [], {}
                at = item.place + 1
                continue
            made.gone[item.place] = entry.change
            struck.setdefault(item.pair, tokens.cells[item.place])
            at = item.place + 1
            if same is not None:
                waiting.append(same)
        _put(made, tokens, waiting if was == now else news, struck, at, entry)
    return at


def _put(made: Edit, tokens: _Tokens, new: list[_Now], struck: dict[int, Cell], at: int, entry: Entry) -> None:
    for item in new:
        if item.sign in tokens.pairs_of:
            continue
        thing = tokens.things.get(item.sign)
        like = struck.get(item.pair) or tokens.like(item.pair, at)
        made.insert(at, New("" if thing else item.sign, like, entry.change, thing))


class _Tokens:
    """The codes of an entry's sentences as signs, and what each stands for."""

    def __init__(self, entry: Entry, cells: Sequence[Cell]) -> None:
        self.entry, self.cells = entry, cells
        self.things: dict[str, Cell] = {}
        self.pairs_of: dict[str, int] = {}
        self.pairs: dict[int, Cell] = {}
        self.signs: dict[str, str] = {}
        known = entry.known or [(item, cells) for item in entry.spelled]
        for spelled, its_cells in known:
            for number, place in spelled.things.items():
                self.things[self._sign(f"<{number}/>")] = its_cells[place]
            for number, cell in spelled.pairs.items():
                self.pairs[number] = cell
                for token in (f"<{number}>", f"</{number}>"):
                    self.pairs_of[self._sign(token)] = number
        self.usual: Cell | None = next((item.usual for item in entry.spelled if item.usual), None)

    def _sign(self, token: str) -> str:
        return self.signs.setdefault(token, chr(_SIGNS + len(self.signs)))

    def old(self) -> Iterator[_Old]:
        """The signs of what stood there, the gaps between merged sentences among them."""
        at: int | None = None
        for spelled in self.entry.spelled:
            for place in range(at if at is not None else spelled.start, spelled.start):
                if self.cells[place].thing is None:
                    yield _Old(self.cells[place].char, place, 0)
            yield from self._old(spelled)
            at = spelled.end

    def _old(self, spelled: Spelled) -> Iterator[_Old]:
        numbers = {place: number for number, place in spelled.things.items()}
        now = 0
        for place in range(spelled.start, spelled.end):
            pair = spelled.states[place - spelled.start]
            if pair != now:
                if now:
                    yield _Old(self.signs[f"</{now}>"], -1, 0)
                if pair:
                    yield _Old(self.signs[f"<{pair}>"], -1, 0)
                now = pair
            sign = self.signs[f"<{numbers[place]}/>"] if place in numbers else self.cells[place].char
            yield _Old(sign, place, pair)
        if now:
            yield _Old(self.signs[f"</{now}>"], -1, 0)

    def new(self, text: str) -> Iterator[_Now]:
        """The signs of the new text. A pair of which one half is missing is none."""
        whole = {number for number in self.pairs if f"<{number}>" in text and f"</{number}>" in text}
        at, pair = 0, 0
        for match in TOKEN.finditer(text):
            token = match[0]
            if token not in self.signs:
                continue
            for char in text[at : match.start()]:
                yield _Now(char, pair)
            at = match.end()
            number = int(match[2])
            if token.endswith("/>"):
                yield _Now(self.signs[token], pair)
            elif number in whole:
                pair = 0 if token.startswith("</") else number
                yield _Now(self.signs[token], 0)
        for char in text[at:]:
            yield _Now(char, pair)

    def like(self, pair: int, at: int) -> Cell | None:
        """The cell whose look new text takes: of its pair, else the sentence's own text before it or behind it."""
        if pair in self.pairs:
            return self.pairs[pair]
        for spelled in self.entry.spelled:
            for order in (range(min(at, spelled.end) - 1, spelled.start - 1, -1), range(spelled.start, spelled.end)):
                for place in order:
                    if spelled.states[place - spelled.start] == 0 and self.cells[place].thing is None:
                        return self.cells[place]
        return self.usual or _near(self.cells, at)
