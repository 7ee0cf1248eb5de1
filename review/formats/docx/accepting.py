"""Tracked changes that a document came with, accepted: for a clean document."""

from __future__ import annotations

from bisect import bisect_right

from review.formats.docx.patches import Patches
from review.formats.docx.stories import Story
from review.formats.xml import Node

_CHANGES = ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange", "numberingChange")
_RANGES = tuple(f"{kind}Range{end}" for kind in ("moveFrom", "moveTo") for end in ("Start", "End"))


def accept(story: Story, patches: Patches) -> None:
    """Take away what tracked changes deleted and what they say of the rest, in every paragraph."""
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
