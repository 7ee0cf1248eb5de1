"""The document again with the corrected text: tracked on its own runs and styles, or clean.

Only paragraphs that somebody worked on are written anew, by splices in the bytes of their part; every other part of the
archive stays as it is. Whole paragraphs come and go by their marks (ISO/IEC 29500-1, 17.13.5.15 and 17.13.5.20).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO

from review.formats.docx import accepting
from review.formats.docx.cells import Cell
from review.formats.docx.editing import Break, New, Remark, edit
from review.formats.docx.emitting import Writer
from review.formats.docx.package import Package
from review.formats.docx.patches import Patches
from review.formats.docx.placing import Entry, Placed, place
from review.formats.docx.remarks import Remarks
from review.formats.docx.stories import Paragraph, Story, stories
from review.formats.xml import Node
from review.model import Article, Correction, ReadingHeader
from review.text.sentences import separator

_ID = re.compile(rb'[A-Za-z]+:id="(\d{1,9})"')


def rewrite(header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Copy the original with the corrections as tracked changes and reviewers' comments; return warnings."""
    return _Rewriting(header, original, tracked=True).write(articles, out)


def rewrite_clean(header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Copy the original with the corrected text, and all tracked changes accepted."""
    return _Rewriting(header, original, tracked=False).write(articles, out)


class _Rewriting:
    def __init__(self, header: ReadingHeader, original: BinaryIO, tracked: bool) -> None:
        self.original = original
        self.tracked = tracked
        self.package = Package(header.name, original)
        self.stories = stories(self.package)
        self.language = ""
        self.warnings: list[str] = []
        self.next_id = 0
        self.marked: set[tuple[int, str]] = set()
        body = self.stories[0]
        self.remarks = Remarks(self.package, body.root.space, body.prefix)

    def write(self, articles: Iterable[Article], out: BinaryIO) -> list[str]:
        found = list(articles)
        segments = [segment for article in found for segment in article.segments]
        self.language = found[0].target_language if found else ""
        paragraphs = [paragraph for story in self.stories for paragraph in story.paragraphs]
        placed = [item for item in place(self.package.name, segments, paragraphs) if item.touched]
        numbers = (_ID.finditer(story.document.body) for story in self.stories)
        self.next_id = max((int(match[1]) for item in numbers for match in item), default=0)
        changed: dict[str, bytes] = {}
        apart = 0
        for story in self.stories:
            mine = [item for item in placed if item.paragraph.part == story.part]
            patches = Patches(story.document)
            self._story(story, patches, mine)
            if not self.tracked:
                apart += accepting.accept(story, patches)
            if len(patches):
                changed[story.part] = patches.write()
        if apart:
            self.warnings.append(
                f"Paragraphs that a tracked change of the document joins to the next stay apart: {apart}; "
                "join them in Word."
            )
        changed |= self.remarks.parts()
        if changed:
            self.package.copy(changed, out)
        else:
            self.original.seek(0)
            out.write(self.original.read())
        return self.warnings

    def _number(self) -> int:
        self.next_id += 1
        return self.next_id

    def _story(self, story: Story, patches: Patches, placed: list[Placed]) -> None:
        body = story is self.stories[0]
        self.marked.clear()
        held = self.tracked and body
        writer = Writer(patches, story.prefix, self.tracked, self._number, self.remarks.mark if held else None)
        for item in sorted(placed, key=lambda item: -item.paragraph.node.start):
            self._paragraph(writer, item)
        if self.tracked and not body:
            left_out = sum(len(entry.comments) for item in placed for entry in item.entries)
            if left_out:
                self.warnings.append(f"{left_out} comments on text in {story.part} are left out: it cannot hold any.")
        if writer.lost_links:
            self.warnings.append(f"{writer.lost_links} moved links are plain text now; set them again in Word.")
        if writer.made_visible:
            self.warnings.append(f"Characters that XML cannot hold were replaced: {', '.join(writer.made_visible)}.")
        copies = sum(_has_copy(item.paragraph.node) for item in placed)
        if copies:
            self.warnings.append(
                f"{copies} changed paragraphs stand in text boxes, whose copy for old versions of Word stays as it was."
            )

    def _paragraph(self, writer: Writer, placed: Placed) -> None:
        paragraph, cells = placed.paragraph, placed.paragraph.read.cells
        self._part(writer, placed)
        made = edit(cells, placed.entries, self.language)
        going = self._going(placed)
        if not going or self.tracked or not _may_go(paragraph):
            writer.paragraph(paragraph, made)
        if going:
            self._take_away(writer, placed)
        like = _like(cells)
        for group in placed.ahead:
            self._new_before(writer, paragraph, group, like)
        self._new_behind(writer, placed, like)

    def _part(self, writer: Writer, placed: Placed) -> None:
        """Make ready for new paragraphs inside this one; where it cannot be parted there they come behind it."""
        node, cells = placed.paragraph.node, placed.paragraph.read.cells
        breaks = [entry for entry in placed.entries if entry.fresh or entry.parted]
        if not breaks:
            return
        places = {entry.start for entry in breaks if entry.fresh}
        if _section(node) or not all(_outside(cells, place) for place in places):
            inside = [entry for entry in placed.entries if entry.inserted and not entry.spelled]
            for entry in inside:
                if entry.fresh or not placed.behind:
                    placed.behind.append([])
                placed.behind[-1].append(entry)
            placed.entries = [entry for entry in placed.entries if entry not in inside]
            for entry in placed.entries:
                entry.parted = False
            self.warnings.append(
                "A new paragraph in the middle of another stands behind it, which cannot be parted there."
            )
            return
        left = len(breaks)
        tail = bool(placed.behind) and placed.paragraph.after is None
        p = writer.prefix

        def between(item: Break) -> bytes:
            nonlocal left
            left -= 1
            return b"</" + p + b"p><" + p + b"p>" + self._properties(writer, node, item.change, left > 0 or tail)

        writer.between = between
        if self.tracked:
            self._mark(writer, node, "ins", breaks[0].change)

    def _going(self, placed: Placed) -> bool:
        """True where all text of a paragraph goes, and nothing else stands in it."""
        if any(entry.text is not None for entry in placed.entries):
            return False
        covered = {at for entry in placed.entries for at in range(entry.start, entry.end)}
        rest = (cell for at, cell in enumerate(placed.paragraph.read.cells) if at not in covered)
        return all(cell.thing is None or cell.thing.gap for cell in rest) and not _section(placed.paragraph.node)

    def _take_away(self, writer: Writer, placed: Placed) -> None:
        """The paragraph's end goes with its text; where nothing follows it, that of the paragraph before it.

        Of what stands alone in a cell, a note or before a table an empty paragraph stays.
        """
        paragraph = placed.paragraph
        change = placed.entries[0].change
        if not self.tracked:
            if _may_go(paragraph):
                writer.patches.replace(paragraph.node.start, paragraph.node.end, b"")
            return
        before = paragraph.before
        if paragraph.after is not None:
            self._mark(writer, paragraph.node, "del", change)
        elif before is not None and not _section(before.node) and _same_style(before.node, paragraph.node):
            self._mark(writer, before.node, "del", change)

    def _mark(self, writer: Writer, node: Node, kind: str, change: Correction | None) -> None:
        """Track a paragraph's end as inserted or deleted, once."""
        if (node.start, kind) in self.marked:
            return
        self.marked.add((node.start, kind))
        p = writer.prefix
        made = writer.element(kind, change)
        properties = node.first("pPr")
        if properties is None or properties.empty:
            whole = b"<" + p + b"pPr><" + p + b"rPr>" + made + b"</" + p + b"rPr></" + p + b"pPr>"
            if properties is not None:
                writer.patches.replace(properties.start, properties.end, whole)
            else:
                writer.patches.insert(node.inner, whole)
            return
        own = properties.first("rPr")
        if own is None:
            last = next((item for item in properties.elements() if item.name in ("sectPr", "pPrChange")), None)
            at = last.start if last is not None else properties.close
            writer.patches.insert(at, b"<" + p + b"rPr>" + made + b"</" + p + b"rPr>")
        elif own.first(kind) is None:
            if own.empty:
                writer.patches.replace(own.start, own.end, b"<" + p + b"rPr>" + made + b"</" + p + b"rPr>")
            else:
                other = own.first("ins") if kind == "del" else None
                writer.patches.insert(other.end if other is not None else own.inner, made)

    def _new_before(self, writer: Writer, paragraph: Paragraph, group: list[Entry], like: Cell | None) -> None:
        writer.patches.insert(paragraph.node.start, self._new(writer, paragraph.node, group, like, marked=True))

    def _new_behind(self, writer: Writer, placed: Placed, like: Cell | None) -> None:
        """New paragraphs: before the one that follows, or where none does, behind this one, whose end is new then."""
        if not placed.behind:
            return
        paragraph = placed.paragraph
        follows = paragraph.after is not None and not _section(paragraph.node)
        made = [
            self._new(writer, paragraph.node, group, like, marked=follows or number < len(placed.behind) - 1)
            for number, group in enumerate(placed.behind)
        ]
        if not follows and self.tracked:
            self._mark(writer, paragraph.node, "ins", placed.behind[0][0].change)
        writer.patches.insert(paragraph.node.end, b"".join(made))

    def _properties(self, writer: Writer, node: Node, change: Correction | None, marked: bool) -> bytes:
        """The properties of a new paragraph like another; ``marked``: its end is new."""
        p = writer.prefix
        properties = node.first("pPr")
        kept, marks = b"", b""
        for item in properties.elements() if properties is not None else ():
            if item.name == "rPr":
                drop = ("ins", "del", "moveFrom", "moveTo", "rPrChange")
                marks = b"".join(part.written for part in item.elements() if part.name not in drop)
            elif item.name not in ("sectPr", "pPrChange"):
                kept += item.written
        if marked and self.tracked:
            marks = writer.element("ins", change) + marks
        if marks:
            kept += b"<" + p + b"rPr>" + marks + b"</" + p + b"rPr>"
        return b"<" + p + b"pPr>" + kept + b"</" + p + b"pPr>" if kept else b""

    def _new(self, writer: Writer, node: Node, group: list[Entry], like: Cell | None, marked: bool) -> bytes:
        """A new paragraph in the style of another."""
        p = writer.prefix
        content = self._properties(writer, node, group[0].change, marked)
        shown = ""
        for entry in group:
            text = entry.text or ""
            content += b"".join(writer.item(Remark(comment, True)) for comment in entry.comments)
            content += writer.new(New(separator(shown, text) + text, like, entry.change))
            content += b"".join(writer.item(Remark(comment, False)) for comment in entry.comments)
            shown = text
        return b"<" + p + b"p>" + content + b"</" + p + b"p>"


def _like(cells: list[Cell]) -> Cell | None:
    return next((cell for cell in reversed(cells) if cell.thing is None and cell.link is None), None)


def _outside(cells: list[Cell], place: int) -> bool:
    """True where a paragraph can be parted: in no link and no other element about runs."""
    runs = [cells[at].run for at in (place - 1, place) if 0 <= at < len(cells)]
    return all(run is not None and not run.holders for run in runs)


def _section(node: Node) -> bool:
    properties = node.first("pPr")
    return properties is not None and properties.first("sectPr") is not None


def _may_go(paragraph: Paragraph) -> bool:
    """True where a cell or a note keeps another paragraph at its end."""
    return paragraph.after is not None or (paragraph.before is not None and paragraph.node.parent is not None
        and paragraph.node.parent.name == "body")  # fmt: skip


def _same_style(one: Node, other: Node) -> bool:
    first, second = one.first("pPr"), other.first("pPr")
    return (first.content if first is not None else b"") == (second.content if second is not None else b"")


def _has_copy(node: Node) -> bool:
    """True for a paragraph of a text box that stands in the file a second time."""
    above = node.parent
    while above is not None:
        if above.name == "Choice":
            return True
        above = above.parent
    return False
