"""The texts of a Word document: its body, notes, headers and footers, each a part with paragraphs; and its comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from review.formats.docx.cells import Cells, cells_of
from review.formats.docx.package import Package, Relation, attribute
from review.formats.xml import Document, Node, scan

SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
KINDS = ("footnotes", "endnotes", "header", "footer")
"""Relationships from the document to other parts with text, in the order in which they are read."""


@dataclass(slots=True)
class Paragraph:
    """A ``w:p``: its number in its part, its cells, and the elements before and after it ("" for none)."""

    part: str
    number: int
    node: Node
    read: Cells
    before: Paragraph | None = None
    after: Paragraph | None = None
    """The paragraphs that stand next to it with nothing between, in the same cell, note or body."""


@dataclass(slots=True)
class Story:
    """A part with text. ``prefix`` is how it writes WordprocessingML's names, with its colon."""

    part: str
    document: Document
    prefix: str
    root: Node
    paragraphs: list[Paragraph] = field(default_factory=list)


def stories(package: Package) -> list[Story]:
    """The parts with text, the body first. Raises FormatError where one is no WordprocessingML."""
    relations = package.relations(package.main)
    parts = [package.main]
    for kind in KINDS:
        parts += sorted(item.target for item in relations.values() if item.kind == kind and not item.external)
    return [_story(package, part) for part in dict.fromkeys(parts) if part in package.members]


def _story(package: Package, part: str) -> Story:
    document = package.xml(part)
    links = {key: item.target for key, item in package.relations(part).items() if item.kind == "hyperlink"}
    made: Story | None = None
    last: dict[int, Paragraph | None] = {}
    for event, node in scan(document, frozenset({"p"})):
        if made is None:
            prefix, colon, _ = node.tag.rpartition(":")
            if node.space not in SPACES or not colon or node.name == "p":
                raise package.error(f"{part} is no text of Word's as this program knows it")
            made = Story(part, document, prefix + colon, node)
        if event == "end" or _aside(node):
            continue
        key = id(node.parent)
        if event == "start":
            if node.name in ("tbl", "sdt", "altChunk", "sectPr", "customXml"):
                last[key] = None
            continue
        if node.space not in SPACES:
            continue
        found = [node, *(inner for inner in node.all("p") if inner.space in SPACES and not _aside(inner))]
        for paragraph in found:
            above = last.get(id(paragraph.parent))
            new = Paragraph(part, len(made.paragraphs), paragraph, cells_of(paragraph, links), above)
            if above is not None:
                above.after = new
            last[id(paragraph.parent)] = new
            made.paragraphs.append(new)
    if made is None:
        raise package.error(f"{part} is empty")
    return made


def _aside(node: Node) -> bool:
    """True for what stands for older programs only, or marks where notes are parted from the text."""
    above: Node | None = node
    while above is not None:
        if above.name == "Fallback" or (
            above.name in ("footnote", "endnote") and attribute(above, "type") not in ("", "normal")
        ):
            return True
        above = above.parent
    return False


def comments(package: Package) -> tuple[str, dict[str, str]]:
    """The part that holds the comments ("" for none), and each comment by id, as "author: text"."""
    relation = comments_part(package.relations(package.main))
    if relation is None or relation.target not in package.members:
        return "", {}
    found = {}
    for event, node in scan(package.xml(relation.target), frozenset({"comment"})):
        if event == "whole":
            paragraphs = ("".join(_texts(paragraph)) for paragraph in node.elements("p"))
            text = "\n".join(paragraphs).strip()
            author = attribute(node, "author")
            found[attribute(node, "id")] = f"{author}: {text}" if author else text
    return relation.target, found


def comments_part(relations: dict[str, Relation]) -> Relation | None:
    """The relationship that leads to the comments."""
    return next((item for item in relations.values() if item.kind == "comments" and not item.external), None)


def _texts(paragraph: Node) -> Iterator[str]:
    for node in paragraph.all():
        if node.name == "t":
            yield node.text
        elif node.name in ("tab", "br", "cr"):
            yield " "
