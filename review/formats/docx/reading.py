"""A Word document as one article: its body with tables cell by cell, then text of notes, headers and footers.

A locator is PART:PARAGRAPH#START:END:FIRST (see ``spelling``): paragraphs count as they begin in the part, those in
text boxes too, and START and END are cells of the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator

from review.errors import FormatError
from review.formats.base import Options, Source
from review.formats.docx.package import Package, looks_like
from review.formats.docx.spelling import first_number, flat, locator, spell, stretched
from review.formats.docx.stories import Paragraph, comments, stories
from review.model import Article, Reading, ReadingHeader, Segment
from review.text.codes import HIGHEST, TOKEN
from review.text.sentences import guess_language, split

CHARACTERS = 2_000_000
"""More than this is no article."""


def read(source: Source, options: Options) -> Reading:
    """Read one article. Comments are notes of the segments that they stand on; tracked changes are read as accepted.

    Raises FormatError for what is no Word document, is damaged, encrypted or too large, or holds no text.
    """
    with source.open() as file:
        package = Package(source.name, file)
        parts = stories(package)
        remarks = comments(package)[1]
    paragraphs = [paragraph for story in parts for paragraph in story.paragraphs]
    texts = [flat(paragraph.read.cells) for paragraph in paragraphs]
    size = sum(len(text) for text, _ in texts)
    if size > CHARACTERS:
        what = f"more than {CHARACTERS // 1_000_000} million characters are too many for one article"
        raise FormatError(source.name, None, what, "Split the document.")
    whole = "\n".join(text for text, _ in texts)
    language = options.target_language or guess_language(whole)
    found = list(_segments(paragraphs, texts, _lines(whole, language), _noted(paragraphs, remarks)))
    if not found:
        raise FormatError(source.name, None, "the document holds no text", "Choose a document with text in it.")
    if any(not TOKEN.fullmatch(code.token) for segment in found for code in segment.codes[-1:]):
        what = f"a paragraph has more than {HIGHEST:,} changes of style, notes and fields"
        raise FormatError(source.name, None, what, "Split the paragraph.")
    article = Article(
        options.name or source.stem, tuple(found), options.system, options.source_language, language
    )  # fmt: skip
    changes = sum(paragraph.read.changes for paragraph in paragraphs)
    warnings = []
    if changes:
        told = "1 tracked change was" if changes == 1 else f"{changes:,} tracked changes were"
        warnings.append(f"{told} in the document already and read as if accepted.")
    header = ReadingHeader("docx", source.name, extra={"count": len(found)})
    return Reading(header, iter((article,)), tuple(warnings))


def _lines(whole: str, language: str) -> list[tuple[int, int]]:
    return [item for ranges in split(whole, language, "lines") for item in ranges]


Notes = list[tuple[int, int, str]]
"""The ranges of cells that comments stand on."""


def _segments(
    paragraphs: list[Paragraph], texts: list[tuple[str, list[int]]], found: list[tuple[int, int]], notes: list[Notes]
) -> Iterator[Segment]:
    at, place, number, order = 0, 0, -1, 0
    for paragraph, (text, places), noted in zip(paragraphs, texts, notes, strict=True):
        cells = paragraph.read.cells
        first, end = first_number(text, len(cells)), at + len(text)
        fresh = True
        last = 0
        while place < len(found) and found[place][0] < end:
            start, stop = (item - at for item in found[place])
            place += 1
            begins, ends = stretched(cells, places[start], places[stop - 1] + 1)
            begins = max(begins, last)
            last = ends
            made = spell(cells, begins, ends, first)
            number += fresh
            fresh = False
            yield Segment(
                hypothesis=made.text,
                name=str(order + 1),
                order=order,
                paragraph=number,
                locators=(locator(paragraph.part, paragraph.number, begins, ends, first),),
                codes=made.codes,
                notes=tuple(dict.fromkeys(text for a, b, text in noted if a < ends and b > begins)),
            )
            first += len(made.pairs) + len(made.things)
            order += 1
        at = end + 1


def _noted(paragraphs: list[Paragraph], remarks: dict[str, str]) -> list[Notes]:
    """For each paragraph the ranges of its cells that comments stand on, with the comments."""
    found: list[Notes] = []
    open_now: dict[str, int] = {}
    ranged: set[str] = set()
    for paragraph in paragraphs:
        mine: Notes = []
        open_now = dict.fromkeys(open_now, 0)
        for mark in paragraph.read.marks:
            if mark.id not in remarks:
                continue
            if mark.kind == "start":
                open_now[mark.id] = mark.at
                ranged.add(mark.id)
            elif mark.kind == "end" and mark.id in open_now:
                start = open_now.pop(mark.id)
                mine.append((start, max(mark.at, start + 1), remarks[mark.id]))
            elif mark.kind == "reference" and mark.id not in ranged:
                mine.append((max(mark.at - 1, 0), max(mark.at, 1), remarks[mark.id]))
        size = len(paragraph.read.cells)
        mine += [(start, size, remarks[key]) for key, start in open_now.items() if size]
        found.append(mine)
    return found


def sniff(source: Source, options: Options) -> float:
    """Sure of an archive with a folder ``word``; takes other archives of its suffix to say what is wrong with them."""
    return looks_like(source) if source.head(2) in (b"PK", b"\xd0\xcf") else 0.0
