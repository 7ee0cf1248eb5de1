"""XLIFF 2 written over the original: text of targets and states of segments, and not a byte besides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO

from review.formats import states
from review.formats.folding import fold
from review.formats.xliff2._documents import Given, Plain, Walk
from review.formats.xliff2._hints import broken, mended
from review.formats.xliff2._inline import Items, numbered, spelled
from review.formats.xliff2._names import LANG, SPACE
from review.formats.xliff2._reading import locator
from review.formats.xliff2._units import Part, Unit
from review.formats.xliff2._words import balanced, content, elsewhere, found_in
from review.formats.xml import Node, Splices, original_document, uncollected
from review.model import Article, ReadingHeader, Segment
from review.text.sentences import join

STATES = {"draft": "translated", "confirmed": "reviewed", "approved": "final", "rejected": "initial"}

_NAMESPACE = re.compile(rb"""\sxmlns(?::[^\s=]+)?\s*=\s*(?:"[^"]*"|'[^']*')""")


@dataclass(slots=True)
class Wanted:
    """What a segment of the file shall hold: its text, and its status ("new" keeps the state)."""

    text: str
    status: str = "new"
    tokens: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Warnings:
    """What is told at the end, each with the segments concerned."""

    found: dict[str, list[str]] = field(default_factory=dict)

    def add(self, what: str, place: str) -> None:
        self.found.setdefault(what, []).append(place)

    def sentences(self) -> list[str]:
        shown = []
        for what, places in self.found.items():
            unique = list(dict.fromkeys(places))
            shown.append(f"{what}: {', '.join(unique[:10])}{', ...' if len(unique) > 10 else ''}.")
        return shown


EMPTIED = "Deleted or merged into another segment, so left with an empty target"
INSERTED = "Inserted sentences stand at the end of the segment before them"
CODES = "Inline codes that had lost their other half, or belong to another unit, were left out"
ORDER = "Codes that may not change places were put back in the order of the source"
REFERRED = "Codes that something refers to stand empty at the end of the target"
FINAL = "Approved, but said to be reviewed only, because codes that the target must have are missing or moved"
COMMENTS = "Comments inside the target were left out"
CHARACTERS = "Characters that XML cannot hold were written as <cp>"
LANGUAGE = "The file has no trgLang and the target language is unknown, so it says “und”"


def rewrite(header: ReadingHeader, original: BinaryIO, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Copy the original with the text and the states of the segments that were worked on."""
    warnings = _Warnings()
    language = ""
    wanted: dict[str, Wanted] = {}
    for article in articles:
        language = language or article.target_language
        _collect(article.segments, wanted, warnings)
    document = original_document(original, header)
    splices = Splices(document)
    walk = Walk(document)
    added = False
    with uncollected():
        for given in walk.units():
            if given.plain is not None and _as_it_is(given, given.plain, wanted):
                continue
            unit, identity = walk.whole(given), given.outside.file
            mine = {
                part.number: want
                for part in unit.parts
                if (want := wanted.get(locator(identity, unit.id, part.number))) is not None
            }
            if mine and walk.root is not None:
                added |= _unit(splices, unit, mine, walk.root.target_language or language, warnings)
    if added and walk.root is not None and not walk.root.target_language:
        if not language:
            warnings.add(LANGUAGE, header.name)
        splices.attribute(walk.root.node, "trgLang", language or "und")
    splices.write(out)
    return warnings.sentences()


def _collect(segments: Iterable[Segment], wanted: dict[str, Wanted], warnings: _Warnings) -> None:
    """What the segments of one article want of the file, by locator."""
    last, waiting = "", ""
    for unit in fold(segments):
        places = unit.locators
        if not places:
            if unit.text:
                warnings.add(INSERTED, _said(last) if last else "the first segment")
                if last:
                    before = wanted[last]
                    wanted[last] = Wanted(join((before.text, unit.text)), "draft", before.tokens)
                else:
                    waiting = join((waiting, unit.text))
            continue
        last = places[0]
        status = "draft" if waiting else states.together(unit.segments)
        tokens = frozenset(code.token for segment in unit.segments for code in segment.codes)
        wanted[last] = Wanted(join((waiting, unit.text)), status, tokens)
        waiting = ""
        for place in places[1:]:
            wanted[place] = Wanted("", states.DELETED)
            warnings.add(EMPTIED, _said(place))
        if unit.deleted:
            warnings.add(EMPTIED, _said(last))


def _said(place: str) -> str:
    return place.partition("/u=")[2] or place


@dataclass(slots=True)
class _Change:
    """A target to be written: the segment, its new content, and its state ("" keeps it)."""

    part: Part
    items: Items
    state: str
    changed: bool


def _as_it_is(given: Given, plain: Plain, wanted: dict[str, Wanted]) -> bool:
    """True for a plain unit that nothing is wanted of, but what it has."""
    want = wanted.get(locator(given.outside.file, plain.id, 1))
    return want is None or (want.text == (plain.target or "") and want.status in ("new", "draft"))


def _unit(splices: Splices, unit: Unit, wanted: dict[int, Wanted], language: str, warnings: _Warnings) -> bool:
    """Gather what changes in one unit; returns True where a target was added."""
    numbers = numbered(unit.contents())
    others = elsewhere(numbers, unit) if numbers else {}
    changes = []
    for part in unit.parts:
        want = wanted.get(part.number)
        was = spelled(part.target, numbers) if part.target is not None else ""
        if want is None or not part.is_segment:
            changes.append(_Change(part, part.target or [], "", False))
            continue
        changed = want.text != was
        status = "draft" if want.status == states.DELETED else want.status
        state = STATES.get(status, "") if changed or status != "draft" else ""
        if not changed:
            new = part.target is None and state not in ("", "initial")
            changes.append(_Change(part, list(part.target or []), state, new))
            continue
        made, strange = found_in(want.text, numbers, others, part, want.tokens)
        if strange:
            warnings.add(CODES, f"{unit.id}#{part.number}")
        changes.append(_Change(part, made, state, True))
    if numbers and any(change.changed for change in changes):
        _balance(unit, changes, warnings)
    added = [_write(splices, unit, change, language, warnings) for change in changes]
    return any(added)


def _balance(unit: Unit, changes: list[_Change], warnings: _Warnings) -> None:
    """Take out codes whose other half is gone, from the segments that were not edited too; keep sequences in order, and
    what something refers to.
    """
    whole = all(change.changed or change.part.target is not None for change in changes)
    lone = balanced([change.items for change in changes], [change.part.order for change in changes], whole)
    for number, change in enumerate(changes):
        if lone[number]:
            change.items = [item for place, item in enumerate(change.items) if place not in lone[number]]
            change.changed = True
            warnings.add(CODES, f"{unit.id}#{change.part.number}")
        if change.changed and (fixed := mended(change.part.source, change.items)) != change.items:
            change.items = fixed
            warnings.add(ORDER, f"{unit.id}#{change.part.number}")
    there = {item.key for change in changes for item in change.items if not isinstance(item, str)}
    for key in unit.referred() - there:
        for change in changes:
            if kept := [item for item in change.part.target or [] if not isinstance(item, str) and item.key == key]:
                change.items, change.changed = [*change.items, *kept], True
                warnings.add(REFERRED, f"{unit.id}#{change.part.number}")


def _write(splices: Splices, unit: Unit, change: _Change, language: str, warnings: _Warnings) -> bool:
    part, place = change.part, f"{unit.id}#{change.part.number}"
    target = part.target_node
    added = False
    if change.changed:
        data, strange = content(change.items, part.source_node.tag.encode("utf-8").removesuffix(b"source"))
        if strange:
            warnings.add(CHARACTERS, place)
        if target is not None:
            if any(node.name[0] == "#" for node in _inside(target)):
                warnings.add(COMMENTS, place)
            splices.content(target, data)
        else:
            splices.after(part.source_node, _target(unit, part, data, language))
            added = True
    state = change.state
    if state == "final" and broken(part.source, change.items)[0]:
        state = "reviewed"
        warnings.add(FINAL, place)
    if state and part.node.get("state", "initial") != state:
        splices.attribute(part.node, "state", state)
        if "subState" in part.node.attributes:
            splices.attribute(part.node, "subState", None)
    return added


def _inside(node: Node) -> Iterable[Node]:
    for child in node.children:
        if not isinstance(child, str):
            yield child
            yield from _inside(child)


def _target(unit: Unit, part: Part, data: bytes, language: str) -> bytes:
    """A new <target>, on a line of its own where <source> is, with what it may not inherit."""
    source = part.source_node
    document = source.document
    name = source.tag.encode("utf-8").removesuffix(b"source") + b"target"
    opening = document.body[source.start : source.inner]
    tag = name + b"".join(match[0] for match in _NAMESPACE.finditer(opening))
    if SPACE in source.attributes:
        tag += b' xml:space="' + source.attributes[SPACE].encode("utf-8") + b'"'
    if language and _inherited(part.node) not in ("", language.lower()):
        tag += b' xml:lang="' + language.encode("utf-8") + b'"'
    before = document.body[max(0, source.start - 200) : source.start]
    indent = re.search(rb"[\r\n][\r\n\t ]*$", before)
    start = before.rfind(b"\r\n") if b"\r\n" in (indent[0] if indent else b"") else -1
    space = (b"\r\n" if start >= 0 else b"") + indent[0].lstrip(b"\r\n") if indent and start >= 0 else b""
    if indent and start < 0:
        space = indent[0][:1] + indent[0].lstrip(b"\r\n")
    return space + b"<" + tag + b">" + data + b"</" + name + b">"


def _inherited(node: Node | None) -> str:
    """The xml:lang that a new element in this one would have, in lower case."""
    while node is not None:
        if LANG in node.attributes:
            return node.attributes[LANG].lower()
        node = node.parent
    return ""
