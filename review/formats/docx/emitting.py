"""A paragraph's XML again: runs cut where something goes or comes in, tracked or clean; all other bytes as they are.

ISO/IEC 29500-1, 17.13.5: ``w:ins`` and ``w:del`` stand about runs, inside a hyperlink where the run is in one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from review.formats.changes import iso
from review.formats.docx.cells import Cell, Link, Run
from review.formats.docx.editing import Break, Edit, New, Remark
from review.formats.docx.patches import Patches
from review.formats.docx.stories import Paragraph
from review.formats.xml import Node, escaped, quoted, visible
from review.model import Correction

NOBODY = "Rendition"
"""The author of a change whose author is not known: Word asks for one."""
STEADY = frozenset("fldChar instrText commentReference footnoteRef endnoteRef annotationRef".split())
"""What stays where it is when the text beside it goes."""


class Writer:
    """Writes changes into one part. ``tracked``: as tracked changes, else as if they had been accepted."""

    def __init__(
        self,
        patches: Patches,
        prefix: str,
        tracked: bool,
        number: Callable[[], int],
        comment: Callable[[Remark], bytes] | None,
    ) -> None:
        self.patches = patches
        self.prefix = prefix.encode()
        self.tracked = tracked
        self.number = number
        self.comment = comment
        self.between: Callable[[Break], bytes] = lambda item: b""
        self.made_visible: set[str] = set()
        self.lost_links = 0

    def element(self, name: str, change: Correction | None, content: bytes | None = None) -> bytes:
        """``w:ins`` or ``w:del`` about some content, or empty as a mark."""
        author = self.sound(change.author if change and change.author else NOBODY)[:255]
        date = f' {self.prefix.decode()}date="{iso(change.at)}"' if change and change.at else ""
        p = self.prefix
        head = b"<" + p + name.encode() + b" " + p + b'id="' + str(self.number()).encode() + b'" ' + p + b'author="'
        head += quoted(author) + b'"' + date.encode()
        return head + (b"/>" if content is None else b">" + content + b"</" + p + name.encode() + b">")

    def sound(self, text: str) -> str:
        shown, found = visible(text)
        self.made_visible.update(found)
        return shown

    def run(self, item: New) -> bytes:
        """A new run, without the change about it."""
        look = item.like.look.raw if item.like else b""
        p = self.prefix
        if item.thing is not None:
            return self._moved(item.thing)
        content = b""
        for part in re.split(r"(\t|\r\n|\n|\r)", self.sound(item.text)):
            if part == "\t":
                content += b"<" + p + b"tab/>"
            elif part in ("\n", "\r", "\r\n"):
                content += b"<" + p + b"br/>"
            elif part:
                content += self.text(part, "t")
        return b"<" + p + b"r>" + look + content + b"</" + p + b"r>"

    def _moved(self, cell: Cell) -> bytes:
        """The runs of a thing, for another place."""
        p = self.prefix
        made = b""
        for run, node in cell.thing.parts if cell.thing else ():
            if run is None:
                made += self.written(node)
            else:
                made += b"<" + p + b"r>" + run.look.raw + self.written(node) + b"</" + p + b"r>"
        return made

    def new(self, item: New) -> bytes:
        made = self.run(item)
        whole = item.thing.thing.whole if item.thing and item.thing.thing else None
        if whole is not None:
            head = whole.document.body[whole.start : whole.inner]
            inner = self.element("ins", item.change, made) if self.tracked else made
            return head + inner + b"</" + whole.tag.encode() + b">"
        return self.element("ins", item.change, made) if self.tracked else made

    def text(self, text: str, name: str) -> bytes:
        tag = self.prefix + name.encode()
        return b"<" + tag + b' xml:space="preserve">' + escaped(text) + b"</" + tag + b">"

    def written(self, node: Node) -> bytes:
        return self.patches.now(node.start, node.end)

    def item(self, item: New | Remark | Break) -> bytes:
        if isinstance(item, New):
            return self.new(item)
        if isinstance(item, Break):
            return self.between(item)
        return self.comment(item) if self.comment else b""

    def paragraph(self, paragraph: Paragraph, edit: Edit) -> None:
        """Put an edit into the part."""
        cells = paragraph.read.cells
        anchors = _anchors(cells, edit, self)
        runs: dict[int, tuple[Run, list[tuple[int, Cell]]]] = {}
        for place, cell in enumerate(cells):
            for run in _runs_of(cell):
                runs.setdefault(run.node.start, (run, []))[1].append((place, cell))
        for run, own in runs.values():
            self._run(run, own, edit, anchors)
        for place, cell in enumerate(cells):
            if place in edit.gone and cell.thing:
                self._steady(cell, edit.gone[place])
        for offset, data in anchors.offsets:
            self.patches.insert(offset, data)

    def _steady(self, cell: Cell, change: Correction | None) -> None:
        """A thing that stands in no run, or is an element about its runs."""
        assert cell.thing is not None
        whole = cell.thing.whole
        if whole is not None and not self.tracked:
            self.patches.replace(whole.start, whole.end, b"")
        for run, node in cell.thing.parts:
            if run is None:
                data = self.element("del", change, self.written(node)) if self.tracked else b""
                self.patches.replace(node.start, node.end, data)

    def _run(self, run: Run, own: list[tuple[int, Cell]], edit: Edit, anchors: Anchors) -> None:
        """Write a run again where one of its cells goes or something comes in inside it."""
        pieces = list(self._pieces(run, own, edit, anchors))
        kinds = [kind for kind, _, _ in pieces]
        kept = [place for place, kind in enumerate(kinds) if kind == "keep"]
        if "del" not in kinds and (not kept or all(kind == "keep" for kind in kinds[kept[0] : kept[-1] + 1])):
            for place, (kind, _, data) in enumerate(pieces):
                if kind == "new":
                    after = bool(kept) and place > kept[-1]
                    self.patches.insert(run.node.end if after else run.node.start, self._beside(run, data))
            return
        head = run.node.document.body[run.node.start : run.node.inner]
        properties = run.node.first("rPr")
        head += properties.written if properties is not None else b""
        tail = b"</" + run.node.tag.encode() + b">"
        out = []
        for (kind, change), group in groupby(pieces, key=lambda piece: (piece[0], piece[1])):
            data = b"".join(item for _, _, item in group)
            if kind == "new":
                out.append(self._beside(run, data))
            elif kind == "keep":
                out.append(head + data + tail)
            elif self.tracked:
                out.append(self.element("del", change, head + data + tail))
        self.patches.replace(run.node.start, run.node.end, b"".join(out))

    def _beside(self, run: Run, data: bytes) -> bytes:
        """New XML beside a run; where an earlier tracked insertion is about that, it is closed and opened again."""
        holder = run.holders[-1] if run.holders else None
        if not self.tracked or holder is None or holder.name not in ("ins", "moveTo"):
            return data
        head = holder.document.body[holder.start : holder.inner]
        return b"</" + holder.tag.encode() + b">" + data + head

    def _pieces(
        self, run: Run, own: list[tuple[int, Cell]], edit: Edit, anchors: Anchors
    ) -> Iterator[tuple[str, Correction | None, bytes]]:
        """The run's content in order, as (keep, del or new, the change, XML)."""
        by_child: dict[int, list[tuple[int, Cell]]] = {}
        for place, cell in own:
            parts = cell.thing.parts if cell.thing else [(cell.run, cell.child)]
            for its_run, child in parts:
                if its_run is not None and its_run.node is run.node:
                    by_child.setdefault(child.start, []).append((place, cell))
        last: tuple[str, Correction | None] = ("keep", None)
        for child in run.node.elements():
            if child.name == "rPr":
                continue
            mine = by_child.get(child.start)
            if not mine:
                yield *(("keep", None) if child.name in STEADY else last), self.written(child)
                continue
            states = {self._state(edit, place) for place, _ in mine}
            thing = mine[0][1].thing
            inside = any(place in anchors.before or place in anchors.after for place, _ in mine)
            if thing is not None or (len(states) == 1 and not inside):
                place = mine[0][0]
                last = self._state(edit, place)
                first_part = thing is None or thing.parts[0][1] is child
                last_part = thing is None or thing.parts[-1][1] is child
                if thing is not None and first_part and place in anchors.before:
                    yield "new", None, anchors.before[place]
                yield *last, self._gone(child) if last[0] == "del" else self.written(child)
                if thing is not None and last_part and place in anchors.after:
                    yield "new", None, anchors.after[place]
                continue
            whole = len(mine) == 1 or len(states) == 1
            text = ""
            for number, (place, cell) in enumerate(mine):
                state = self._state(edit, place)
                if text and (state != last or place in anchors.before):
                    yield *last, self._slice(child, text, last[0])
                    text = ""
                if place in anchors.before:
                    yield "new", None, anchors.before[place]
                last, text = state, text + cell.char
                if place in anchors.after:
                    at_end = number == len(mine) - 1 and whole and len(text) == len(mine)
                    yield *last, (self._whole(child, last[0]) if at_end else self._slice(child, text, last[0]))
                    text = ""
                    yield "new", None, anchors.after[place]
            if text:
                full = len(text) == len(mine)
                yield *last, self._whole(child, last[0]) if full else self._slice(child, text, last[0])

    def _state(self, edit: Edit, place: int) -> tuple[str, Correction | None]:
        return ("del", edit.gone[place]) if place in edit.gone else ("keep", None)

    def _whole(self, child: Node, kind: str) -> bytes:
        return self._gone(child) if kind == "del" else self.written(child)

    def _slice(self, child: Node, text: str, kind: str) -> bytes:
        if child.name != "t":
            return self.written(child)
        return self.text(text, "delText" if kind == "del" and self.tracked else "t")

    def _gone(self, child: Node) -> bytes:
        """A child of a run as a deleted run holds it."""
        data = self.written(child)
        new = {"t": b"delText", "instrText": b"delInstrText"}.get(child.name)
        if new is None:
            return data
        old = child.tag.encode()
        renamed = self.prefix + new
        data = b"<" + renamed + data[1 + len(old) :]
        closing = b"</" + old
        place = data.rfind(closing)
        return data if place < 0 else data[:place] + b"</" + renamed + data[place + len(closing) :]


def _runs_of(cell: Cell) -> list[Run]:
    if cell.thing is None:
        return [cell.run] if cell.run else []
    found: dict[int, Run] = {}
    for run, _ in cell.thing.parts:
        if run is not None:
            found.setdefault(run.node.start, run)
    return list(found.values())


class Anchors:
    """Where new XML goes: before or after a cell, beside its run, or at an offset of the part."""

    def __init__(self) -> None:
        self.before: dict[int, bytes] = {}
        self.after: dict[int, bytes] = {}
        self.offsets: list[tuple[int, bytes]] = []


def _anchors(cells: list[Cell], edit: Edit, writer: Writer) -> Anchors:
    made = Anchors()
    for at in sorted(edit.new):
        items = edit.new[at]
        spots = list(_spots(cells, at))
        for item, spot in zip(items, _seats(items, spots), strict=True):
            data = writer.item(item)
            link = item.like.link if isinstance(item, New) and item.like else None
            if link is not None and spot.link is not link:
                data = _in_link(link, data, writer)
            if spot.side == "before":
                _after(made, at - 1, cells, data)
            elif spot.side == "behind":
                _before(made, at, cells, data)
            else:
                made.offsets.append((spot.offset, data))
    return made


class _Spot(NamedTuple):
    """Where new XML can stand between two cells: with the cell before, between their links, or with the one behind."""

    side: str
    link: Link | None
    offset: int = 0


def _spots(cells: list[Cell], at: int) -> Iterator[_Spot]:
    before = cells[at - 1] if at else None
    behind = cells[at] if at < len(cells) else None
    left, right = (_linked(cell) if cell is not None else None for cell in (before, behind))
    if before is not None:
        yield _Spot("before", left)
    if left is not right and left is not None:
        yield _Spot("", None, left.end)
    elif left is not right and right is not None:
        yield _Spot("", None, right.start)
    if behind is not None:
        yield _Spot("behind", right)


def _seats(items: Sequence[New | Remark | Break], spots: list[_Spot]) -> list[_Spot]:
    """A spot for each item, in order: new text in its own link, or in none, where it can be wrapped in its own."""
    best: list[tuple[int, list[_Spot]]] = [(0, []) for _ in spots]
    for item in items:
        fresh: list[tuple[int, list[_Spot]]] = []
        for number, spot in enumerate(spots):
            cost, seats = min(best[: number + 1], key=lambda one: one[0])
            fresh.append((cost + _cost(item, spot), [*seats, spot]))
        best = fresh
    return min(best, key=lambda one: one[0])[1]


def _cost(item: New | Remark | Break, spot: _Spot) -> int:
    if isinstance(item, Remark):
        return 1 if (spot.side == "behind") != item.begins else 0
    link = item.like.link if isinstance(item, New) and item.like else None
    if spot.link is link:
        return 0
    return 10 if spot.link is None else 50


def _linked(cell: Cell) -> Link | None:
    if cell.thing is not None and cell.thing.parts[0][0] is not None:
        return cell.thing.parts[0][0].link
    return cell.link


def _in_link(link: Link, data: bytes, writer: Writer) -> bytes:
    """New text of a link that stands elsewhere: the same link about it."""
    if link.node is None:
        writer.lost_links += 1
        return data
    head = link.node.document.body[link.node.start : link.node.inner]
    return head + data + b"</" + link.node.tag.encode() + b">"


def _after(made: Anchors, place: int, cells: list[Cell], data: bytes) -> None:
    run, node = _end(cells[place], -1)
    if run is None:
        made.offsets.append((node.end, data))
    else:
        made.after[place] = made.after.get(place, b"") + data


def _before(made: Anchors, place: int, cells: list[Cell], data: bytes) -> None:
    run, node = _end(cells[place], 0)
    if run is None:
        made.offsets.append((node.start, data))
    else:
        made.before[place] = made.before.get(place, b"") + data


def _end(cell: Cell, side: int) -> tuple[Run | None, Node]:
    """The first (0) or last (-1) part of a cell; without a run where it is an element of its paragraph."""
    if cell.thing is None:
        return cell.run, cell.child
    return (None, cell.thing.whole) if cell.thing.whole is not None else cell.thing.parts[side]
