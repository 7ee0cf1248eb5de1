"""XLIFF 2 read: an article for each file, a paragraph for each unit, a segment for each segment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from review.errors import FormatError
from review.formats.base import Options, Source
from review.formats.xliff2._documents import Given, Plain, Root, Walk
from review.formats.xliff2._inline import Items, codes, items, numbered, spelled
from review.formats.xliff2._units import Part, Unit
from review.formats.xml import Node, open_document, uncollected
from review.model import Article, Correction, Reading, Segment

STATUSES = {"reviewed": "confirmed", "final": "approved"}
"""What a state says of the review that went before; initial and translated say nothing."""


@dataclass(slots=True)
class _File:
    node: Node
    segments: list[Segment] = field(default_factory=list)
    paragraph: int = -1


def read(source: Source, options: Options) -> Reading:
    """Read a document; all of it is checked before the first article comes.

    Segments come in the order of their targets. Units that are not to be translated are left out, and so is what
    stands in ignorables. Raises FormatError, naming the line, the unit and the constraint that does not hold.
    """
    document = open_document(source, options.encoding)
    walk = Walk(document)
    files: list[_File] = []
    with uncollected():
        for given in walk.units():
            if not files or files[-1].node is not given.file:
                files.append(_File(given.file))
            if not given.translate:
                continue
            if given.plain is not None:
                _plain(files[-1], given, given.plain)
            else:
                _add(files[-1], given, walk.whole(given))
    root = walk.root
    assert root is not None
    files = [file for file in files if file.segments]
    if not files:
        what = "the file holds nothing that is to be translated"
        raise FormatError(source.name, None, what, "Choose a file with units whose translate is yes.")
    count = sum(len(file.segments) for file in files)
    header = document.header("xliff2", count=count)
    return Reading(header, _articles(files, root, source, options), tuple(walk.warnings()))


def _articles(files: list[_File], root: Root, source: Source, options: Options) -> Iterator[Article]:
    taken: set[str] = set()
    for file in files:
        original = file.node.get("original").replace("\\", "/").rstrip("/").rpartition("/")[2]
        name = original or (source.stem if len(files) == 1 else f"{source.stem} {file.node.get('id')}")
        if options.name:
            name = options.name if len(files) == 1 else f"{options.name} {file.node.get('id')}"
        if name in taken:
            name = f"{name} ({file.node.get('id')})"
        taken.add(name)
        yield Article(
            name,
            tuple(file.segments),
            options.system,
            root.source_language or options.source_language,
            root.target_language or options.target_language,
        )


def locator(file: str, unit: str, number: int) -> str:
    """Where a segment stands: its file, its unit, and its place among the unit's segments and ignorables, from 1."""
    return f"f={file}/u={unit}#{number}"


def _plain(file: _File, given: Given, plain: Plain) -> None:
    """Add the segment of a plain unit to its file's article."""
    file.paragraph += 1
    text = plain.target or ""
    status = STATUSES.get(plain.state) if text else None
    file.segments.append(
        Segment(
            text,
            "",
            plain.id,
            plain.source,
            order=len(file.segments),
            paragraph=file.paragraph,
            locators=(f"f={given.outside.file}/u={plain.id}#1",),
            correction=Correction(text, status) if status else None,
            notes=given.notes,
        )
    )


def _add(file: _File, given: Given, unit: Unit) -> None:
    """Add the segments of a unit to its file's article."""
    file.paragraph += 1
    parts = [part for part in unit.parts if part.is_segment]
    several = len(parts) > 1
    if len(unit.parts) > 1:
        parts.sort(key=lambda part: part.order)
    numbers = numbered(unit.contents())
    referred = unit.referred() if numbers else set()
    others = _matches(unit, numbers) if unit.matches else {}
    notes = (*given.notes, *unit.notes)
    identity = file.node.get("id")
    for part in parts:
        text = spelled(part.target, numbers) if part.target is not None else ""
        name = unit.id
        if several:
            name = f"{unit.id} {part.node.get('id') or part.number}"
        state = part.node.attributes.get("state", "")
        shown = [part.source] if part.target is None else [part.source, part.target]
        file.segments.append(
            Segment(
                hypothesis=text,
                name=name,
                source=spelled(part.source, numbers),
                alternatives=tuple(others.get(part.number, ())),
                order=len(file.segments),
                paragraph=file.paragraph,
                locators=(locator(identity, unit.id, part.number),),
                correction=Correction(text, STATUSES[state]) if state in STATUSES and text else None,
                codes=codes(shown, numbers, unit.data, referred) if numbers else (),
                notes=notes,
            )
        )
        notes = tuple(unit.notes)


def _matches(unit: Unit, numbers: dict[str, int]) -> dict[int, list[str]]:
    """The unit's translation candidates by the segment that each is for; those in other languages are left out."""
    found: dict[int, dict[str, None]] = {}
    spans = _spans(unit)
    own: dict[int, set[str]] = {}
    for match in unit.matches:
        part = spans.get(match.get("ref").rpartition("/")[2].lstrip("#").removeprefix("t="))
        target = match.first("target")
        if part is None or target is None or match.get("reference") == "yes":
            continue
        if part.number not in own:
            sides = (part.source, part.target or [])
            own[part.number] = {item.key for side in sides for item in side if not isinstance(item, str)}
        text = spelled(_known(items(target, Counter(), []), own[part.number]), numbers)
        if text:
            found.setdefault(part.number, {})[text] = None
    return {number: list(texts) for number, texts in found.items()}


def _known(content: Items, own: set[str]) -> Items:
    """Content with only those codes that the segment has too."""
    return [item for item in content if isinstance(item, str) or item.key in own]


def _spans(unit: Unit) -> dict[str, Part]:
    """The segment that a candidate is for, by what it refers to: the segment's id, or that of a span in it."""
    found: dict[str, Part] = {}
    for part in unit.parts:
        if part.is_segment:
            inside = [node for side in (part.source_node, part.target_node) if side is not None for node in side.all()]
            for node in (part.node, *inside):
                if name := node.get("id"):
                    found.setdefault(name, part)
    return found
