"""Tracked changes that a document came with, accepted: for a clean document."""

from __future__ import annotations

from bisect import bisect_right

from review.formats.docx.patches import Patches
from review.formats.docx.stories import Paragraph, Story
from review.formats.xml import Node

_CHANGES = ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange", "numberingChange")
_RANGES = tuple(f"{kind}Range{end}" for kind in ("moveFrom", "moveTo") for end in ("Start", "End"))


def accept(story: Story, patches: Patches) -> int:
    """Take away what tracked changes deleted and what they say of the rest, in every paragraph.

    A paragraph of which nothing is left goes where its end was deleted too (ISO/IEC 29500-1, 17.13.5.15). Returns how
    many others stay apart from the next although their end was deleted.
    """
    ended = [paragraph for paragraph in story.paragraphs if _ends_gone(paragraph)]
    empty = [paragraph for paragraph in ended if not paragraph.read.cells]
    for paragraph in empty:
        patches.replace(paragraph.node.start, paragraph.node.end, b"")
    nodes = [node for paragraph in story.paragraphs for node in _own(paragraph.node)]
    rewritten = patches.ranges()
    starts = [start for start, _ in rewritten]
    for node in sorted(nodes, key=lambda node: (node.end - node.start, node.start)):
        at = bisect_right(starts, node.start) - 1
        if at >= 0 and node.end <= rewritten[at][1]:
            continue
        if node.name in ("ins", "moveTo") and not _of_mark(node) and not node.empty:
            patches.replace(node.start, node.inner, b"")
            patches.replace(node.close, node.end, b"")
        else:
            patches.replace(node.start, node.end, b"")
    return len(ended) - len(empty)


def _ends_gone(paragraph: Paragraph) -> bool:
    """True where a tracked change joins a paragraph to the next, and nothing unseen in an empty one is in the way."""
    properties = paragraph.node.first("pPr")
    marks = properties.first("rPr") if properties is not None else None
    if properties is None or marks is None or paragraph.after is None or properties.first("sectPr") is not None:
        return False
    kept = paragraph.node.first("bookmarkStart") or paragraph.node.first("bookmarkEnd") or paragraph.read.marks
    gone = marks.first("del") is not None or marks.first("moveFrom") is not None
    return gone and bool(paragraph.read.cells or not kept)


def _own(paragraph: Node) -> list[Node]:
    """The elements of tracked changes in a paragraph, those of text boxes in it left out."""
    found = []
    stack = list(paragraph.elements())
    while stack:
        node = stack.pop()
        if node.name == "p" and node.space == paragraph.space:
            continue
        if node.space == paragraph.space and node.name in ("ins", "del", "moveFrom", "moveTo", *_CHANGES, *_RANGES):
            found.append(node)
        stack += list(node.elements())
    return found


def _of_mark(node: Node) -> bool:
    return node.parent is not None and node.parent.name in ("rPr", "trPr")
