"""A paragraph of a Word document as cells: one for each character that is read and for each thing that is no text.

Existing tracked changes are read as if accepted: what is in ``w:del`` has no cells. What is seen by nobody (bookmarks,
proofing marks, ranges of comments) has none either, and stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from review.formats.docx.looks import Look, look_of
from review.formats.docx.package import attribute
from review.formats.xml import XML, Node

THROUGH = frozenset("ins moveTo smartTag customXml dir bdo".split())
"""Elements about runs that are looked through."""
CHANGES = frozenset("ins del moveFrom moveTo".split())
SIGNS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
PICTURES = frozenset("drawing pict object AlternateContent contentPart".split())
NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_STEADY = {
    "oMath": "formula",
    "oMathPara": "formula",
    "AlternateContent": "image",
    "subDoc": "document",
    "ruby": "ruby",
}


@dataclass(slots=True)
class Link:
    """A hyperlink: an element, or a field (then ``node`` is None). It stands at the bytes ``[start, end)``."""

    start: int
    end: int
    node: Node | None
    shown: str


@dataclass(slots=True)
class Run:
    """A ``w:r``, its look, the link that it is in, and the elements between it and its paragraph, outermost first."""

    node: Node
    look: Look
    link: Link | None
    holders: tuple[Node, ...] = ()


@dataclass(slots=True)
class Thing:
    """What is no text: a picture, a field, a note's mark, a break. ``parts`` are its elements with their runs.

    ``gap`` is what cuts sentences there: a line end, a tab, or nothing. ``whole`` is an element about all of it.
    """

    shown: str
    parts: list[tuple[Run | None, Node]]
    gap: str = ""
    kind: str = ""
    whole: Node | None = None


@dataclass(slots=True)
class Cell:
    """A character or a thing. ``child`` is the element in the run that it stands in."""

    char: str
    run: Run | None
    child: Node
    look: Look
    thing: Thing | None = None

    @property
    def link(self) -> Link | None:
        return self.run.link if self.run else None

    @property
    def state(self) -> tuple[object, ...]:
        """Equal for cells that need no code between them."""
        link = self.link
        return (self.look.key, link.start if link else -1)


class Mark(NamedTuple):
    """Where a comment begins, ends or is referred to: before the cell ``at``."""

    kind: str
    id: str
    at: int


@dataclass(slots=True)
class _Field:
    parts: list[tuple[Run | None, Node]]
    code: str = ""
    depth: int = 1
    shown_from: int = -1
    link: Link | None = None


@dataclass(slots=True)
class Cells:
    """What is read of a paragraph. ``changes`` counts the tracked changes in it."""

    cells: list[Cell] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    changes: int = 0


def cells_of(paragraph: Node, links: dict[str, str]) -> Cells:
    """The cells of a ``w:p``. ``links`` are the targets of hyperlinks by relationship id."""
    reader = _Reader(links)
    reader.walk(paragraph, (), None)
    reader.finish()
    _even(reader.made.cells)
    return reader.made


def _even(cells: list[Cell]) -> None:
    """Blanks whose look nobody sees take that of the text beside them, where it is another on both sides."""
    texts = [cell for cell in cells if cell.thing is None]
    place = 0
    while place < len(texts):
        end = place
        while end < len(texts) and texts[end].char.isspace() and not texts[end].look.lined:
            end += 1
        beside = [texts[at] for at in (place - 1, end) if 0 <= at < len(texts)]
        keys = [cell.look.key for cell in beside if not cell.look.lined]
        for cell in texts[place:end]:
            near = [other for other in beside if other.link is cell.link and not other.look.lined]
            if near and (cell.look.key not in keys or len(set(keys)) == 1):
                cell.look = near[0].look
        place = end + 1


class _Reader:
    def __init__(self, links: dict[str, str]) -> None:
        self.links = links
        self.made = Cells()
        self.fields: list[_Field] = []
        self.last = 0

    def walk(self, node: Node, holders: tuple[Node, ...], link: Link | None) -> None:
        for child in node.elements():
            name = child.name
            if name in CHANGES:
                self.made.changes += 1
            if name == "r":
                self.run(child, holders, link)
            elif name in THROUGH:
                self.walk(child, (*holders, child), link)
            elif name == "hyperlink":
                target = next((value for key, value in child.attributes.items() if key.endswith("}id")), "")
                shown = "link " + (self.links.get(target) or attribute(child, "anchor"))
                self.walk(child, (*holders, child), Link(child.start, child.end, child, shown.strip()[:80]))
            elif name == "sdt":
                content = child.first("sdtContent")
                if content is not None:
                    self.walk(content, (*holders, child, content), link)
            elif name == "fldSimple":
                self._simple(child, holders, link)
            elif name in _STEADY:
                self.thing(Thing(_STEADY[name], [(None, child)]))
            elif name in ("commentRangeStart", "commentRangeEnd"):
                self.made.marks.append(Mark(name[12:].lower(), attribute(child, "id"), len(self.made.cells)))

    def _simple(self, node: Node, holders: tuple[Node, ...], link: Link | None) -> None:
        parts: list[tuple[Run | None, Node]] = []
        for run in _living(node):
            made = Run(run, look_of(run.first("rPr")), link, (*holders, node))
            parts += [(made, child) for child in run.elements() if child.name != "rPr"]
        if parts:
            self.thing(Thing(_field_name(attribute(node, "instr"), parts), parts, kind="field", whole=node))

    def run(self, node: Node, holders: tuple[Node, ...], link: Link | None) -> None:
        self.last = node.end
        look = look_of(node.first("rPr"))
        for child in node.elements():
            top = self.fields[-1] if self.fields else None
            run = Run(node, look, (top.link if top else None) or link, holders)
            if child.name == "fldChar":
                self._field(run, child)
            elif top is not None and top.link is None:
                top.parts.append((run, child))
                if child.name == "instrText" and top.depth == 1:
                    top.code += child.text
            else:
                self.child(run, child)

    def _field(self, run: Run, node: Node) -> None:
        kind = attribute(node, "fldCharType")
        top = self.fields[-1] if self.fields else None
        if kind == "begin":
            if top is None or top.link is not None:
                self.fields.append(_Field([(run, node)]))
            else:
                top.depth += 1
                top.parts.append((run, node))
        elif top is None:
            return
        elif kind == "separate":
            if top.link is None and top.depth == 1 and top.code.split()[:1] == ["HYPERLINK"]:
                first = top.parts[0][0]
                shown = "link " + " ".join(part.strip('"') for part in top.code.split()[1:2])
                top.link = Link(first.node.start if first else 0, 0, None, shown[:80])
            elif top.link is None:
                top.parts.append((run, node))
                if top.depth == 1:
                    top.shown_from = len(top.parts)
        elif top.link is not None:
            top.link.end = run.node.end
            self.fields.pop()
        else:
            top.depth -= 1
            top.parts.append((run, node))
            if not top.depth:
                self.fields.pop()
                result = top.parts[top.shown_from :] if top.shown_from >= 0 else []
                self.thing(Thing(_field_name(top.code, result), top.parts, kind="field"))

    def finish(self) -> None:
        """Fields that go on in another paragraph (a table of contents): what they show is text, the rest is unseen."""
        for item in self.fields:
            if item.link is not None:
                item.link.end = self.last
            elif item.shown_from >= 0:
                for run, child in item.parts[item.shown_from :]:
                    if run is not None and child.name not in ("fldChar", "instrText"):
                        self.child(run, child)

    def child(self, run: Run, node: Node) -> None:
        """A child of a run, as cells."""
        name = node.name
        if name == "t":
            text = node.text
            if node.get(f"{XML}space") != "preserve":
                text = text.strip(" \t\r\n")
            self.made.cells += [Cell(" " if char in "\t\r\n" else char, run, node, run.look) for char in text]
        elif name in SIGNS:
            self.made.cells.append(Cell(SIGNS[name], run, node, run.look))
        elif name in ("br", "cr"):
            kind = attribute(node, "type")
            shown = f"{kind} break" if kind in ("page", "column") else "line break"
            self.thing(Thing(shown, [(run, node)], "\n", "space"))
        elif name in ("tab", "ptab"):
            self.thing(Thing("tab", [(run, node)], "\t", "space"))
        elif name in NOTES:
            self.thing(Thing(f"{NOTES[name]} {attribute(node, 'id')}", [(run, node)], kind="note"))
        elif name in PICTURES:
            described = next((item.get("descr") or item.get("name") for item in node.all("docPr")), "")
            self.thing(Thing(f"image {described}".strip()[:60], [(run, node)], kind="image"))
        elif name == "sym":
            self.thing(Thing("symbol", [(run, node)], kind="field"))
        elif name == "ruby":
            self.thing(Thing(f"ruby {node.text}"[:60], [(run, node)], kind="field"))
        elif name == "commentReference":
            self.made.marks.append(Mark("reference", attribute(node, "id"), len(self.made.cells)))

    def thing(self, made: Thing) -> None:
        if self.fields and self.fields[-1].link is None:
            self.fields[-1].parts += made.parts
            return
        run, child = made.parts[0]
        self.made.cells.append(Cell("", run, child, run.look if run else Look(), made))


def _living(node: Node) -> Iterator[Node]:
    """The runs in an element, those left out that a tracked change deletes."""
    for child in node.elements():
        if child.name == "r":
            yield child
        elif child.name not in ("del", "moveFrom"):
            yield from _living(child)


def _field_name(code: str, parts: list[tuple[Run | None, Node]]) -> str:
    words = code.split()
    shown = "".join(child.text for _, child in parts if child.name == "t")
    name = f"field {words[0]}" if words else "field"
    return (f"{name}: {shown}" if shown else name)[:60]
