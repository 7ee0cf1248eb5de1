"""A document walked: files, groups and units in order, each checked as it comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from review.errors import FormatError
from review.formats.xliff2 import _units
from review.formats.xliff2._fragments import Places
from review.formats.xliff2._modules import module, unique
from review.formats.xliff2._names import CORE, LANG, LETTERS, SPACE
from review.formats.xliff2._structure import Checker
from review.formats.xml import Document, Node, scan

WHOLE = frozenset(
    {
        "unit",
        "notes",
        "metadata",
        "glossary",
        "resourceData",
        "profiles",
        "data",
        "validation",
        "matches",
        "changeTrack",
    }
)
_NOT_XLIFF = "Choose an XLIFF file of version 2.0, 2.1 or 2.2."


_ID = rb"[A-Za-z0-9_.:-]{1,200}"
_PLAIN = re.compile(
    rb'<unit id="(%s)">\s*<segment(?: id="(%s)")?(?: state="(initial|translated|reviewed|final)")?>\s*'
    rb"<source>([^<&\r]*)</source>\s*(?:<target>([^<&\r]*)</target>\s*)?</segment>\s*</unit>" % (_ID, _ID)
)
"""A unit of one segment and without codes, written in the usual way: nothing in it can break a constraint, but for its
id, and for its languages and its state, which are looked at. Most units of most files are so, and it is six times as
quick to know them by this.
"""


class Plain(NamedTuple):
    """What a plain unit says: its ids, state and texts; there is no target where it is None."""

    id: str
    segment: str
    state: str
    source: str
    target: str | None


class Given(NamedTuple):
    """A unit as it comes: its element, the file that it stands in, whether it is to be translated, notes from above it,
    and what it says, if it is plain; ``Walk.whole`` gives all of it.
    """

    node: Node
    file: Node
    translate: bool
    notes: tuple[str, ...]
    outside: _units.Outside
    unit: _units.Unit | None
    plain: Plain | None


class Root(NamedTuple):
    """What the document says of itself."""

    node: Node
    source_language: str
    target_language: str


class _Frame:
    """An open element outside units."""

    __slots__ = (
        *("children", "end", "extensions", "groups", "language", "node"),
        *("notes", "outside", "places", "shape", "space", "translate", "units"),
    )

    def __init__(self, node: Node, above: _Frame | None) -> None:
        self.node, self.shape, self.children = node, list[str](), list[Node]()
        self.end = -1
        self.notes: list[str] = []
        self.places: list[str] = []
        self.extensions: set[tuple[str, str]] = set()
        self.language: str = node.attributes.get(LANG, above.language if above else "")
        self.space: str = node.attributes.get(SPACE, above.space if above else "default")
        self.outside: _units.Outside | None = None
        self.translate: str = node.attributes.get("translate", above.translate if above else "yes")
        inherits = above is not None and node.name == "group"
        self.units: set[str] = above.units if above and inherits else set()
        self.groups: set[str] = above.groups if above and inherits else set()


class Walk:
    """One reading of a document. ``root`` is there once the first unit is; ``warnings`` when all are read."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.root: Root | None = None
        self.checker: Checker | None = None
        self.places = Places()
        self.file: Node | None = None
        self._files: set[str] = set()
        self._stack: list[_Frame] = []
        self._foreign = 0

    def units(self) -> Iterator[Given]:
        """Every unit of the document, checked. Raises FormatError."""
        for event, node in scan(self.document, WHOLE):
            if self._foreign or (self.checker and node.space != self.checker.space):
                self._other(event, node)
            elif event == "start":
                self._start(node)
            elif event == "end":
                self._end()
            elif node.name == "unit":
                yield self._unit(node)
                _take_apart(node)
            else:
                self._notes(node)
        assert self.checker is not None
        self.places.finish(self.checker)

    def warnings(self) -> list[str]:
        return self.checker.warnings() if self.checker else []

    def _other(self, event: str, node: Node) -> None:
        """An element of a module or an extension between files, groups and units."""
        if event != "end":
            if not self._foreign:
                self._child(node, "o" if node.space else "?")
            assert self.checker is not None
            frame = self._stack[-1]
            for inner in (node, *node.all()):
                _units.extension(self.checker, frame.node, inner, frame.extensions)
                frame.places += [f"x={inner.get('id')}"] * bool(inner.get("id"))
        if event == "start":
            self._foreign += 1
        elif event == "end":
            self._foreign -= 1
            if not self._foreign:
                self._stack[-1].end = node.end
        elif not self._foreign:
            self._stack[-1].end = node.end
            assert self.checker is not None
            module(self.checker, node, self._stack[-1].node)

    def _child(self, node: Node, letter: str) -> None:
        frame, checker = self._stack[-1], self.checker
        assert checker is not None
        if frame.node.name == "skeleton":
            if letter != "o":
                checker.refuse(node, f"<{node.tag}> may not stand in <skeleton>")
            return
        if frame.end < 0:
            frame.end = frame.node.inner
        checker.between(frame.node, frame.end, node.start)
        frame.shape.append(letter)
        if letter not in "ug":
            frame.children.append(node)

    def _start(self, node: Node) -> None:
        if self.checker is None:
            self._root(node)
            return
        checker = self.checker
        name = node.name
        if name not in ("file", "group", "skeleton"):
            rules = checker.rules.get(self._stack[-1].node.name)
            holds = f", which holds {rules.says}" if rules else ""
            checker.refuse(node, f"<{node.tag}> may not stand in <{self._stack[-1].node.name}>{holds}")
        self._child(node, LETTERS[name])
        checker.node(node)
        above = self._stack[-1]
        frame = _Frame(node, above)
        if name == "file":
            self._named(node, self._files, "document")
            self.file = node
            self.places.found[(node.get("id"), "", "")] = ()
        elif name == "group":
            self._named(node, above.groups, "file")
        frame.notes = list(above.notes)
        above.notes = []
        self._stack.append(frame)

    def _named(self, node: Node, seen: set[str], scope: str) -> None:
        assert self.checker is not None
        name = node.get("id")
        if name in seen:
            self.checker.refuse(node, f"the id “{name[:60]}” of <{node.name}> is used twice in the {scope}")
        seen.add(name)

    def _root(self, node: Node) -> None:
        name, version = self.document.name, node.get("version")
        if node.name != "xliff":
            raise FormatError(name, node.line, "this is no XLIFF 2 document", _NOT_XLIFF)
        if node.space not in CORE:
            what = f"the namespace of <xliff> is “{node.space}”, which is none of XLIFF 2"
            raise FormatError(name, node.line, what, _NOT_XLIFF)
        if not version:
            raise FormatError(name, node.line, "<xliff> has no attribute version, which is required", _NOT_XLIFF)
        if version not in CORE[node.space]:
            what = f"version “{version[:20]}” of XLIFF is unknown in the namespace {node.space}"
            raise FormatError(name, node.line, what, _NOT_XLIFF)
        self.checker = Checker(self.document, node.space, version)
        self.checker.node(node)
        self.root = Root(node, node.get("srcLang"), node.get("trgLang"))
        self._stack.append(_Frame(node, None))

    def _end(self) -> None:
        frame, checker = self._stack.pop(), self.checker
        assert checker is not None
        node = frame.node
        if node.name == "skeleton":
            if ("href" in node.attributes) == bool(node.content):
                checker.refuse(node, "<skeleton> must have either href or content, and not both")
        else:
            start = frame.end if frame.end >= 0 else node.inner
            checker.between(node, start, max(start, node.close))
            checker.top(node, frame.shape, frame.children)
        if node.name in ("file", "group"):
            kind = ("", "") if node.name == "file" else ("g", node.get("id"))
            file = self.file.get("id") if self.file is not None else ""
            self.places.found[(file, *kind)] = tuple(frame.places)
        if self._stack:
            self._stack[-1].end = node.end

    def _notes(self, node: Node) -> None:
        checker = self.checker
        assert checker is not None
        if node.name != "notes" or not self._stack or self._stack[-1].node.name == "skeleton":
            checker.refuse(node, f"<{node.tag}> may not stand in <{self._stack[-1].node.name}>")
        self._child(node, "n")
        checker.tree(node)
        unique(checker, (note for note in node.elements() if note.get("id")), "<notes>")
        frame = self._stack[-1]
        frame.places += [f"n={note.get('id')}" for note in node.elements() if note.get("id")]
        frame.notes += [text for note in node.elements() if (text := note.text.strip())]
        frame.end = node.end

    def _unit(self, node: Node) -> Given:
        checker, root = self.checker, self.root
        if checker is None or root is None or not self._stack:
            raise FormatError(self.document.name, node.line, "this is no XLIFF 2 document", _NOT_XLIFF)
        frame = self._stack[-1]
        self._child(node, "u")
        if self.file is None or frame.node.name not in ("file", "group"):
            checker.refuse(node, f"<unit> may not stand in <{frame.node.name}>")
        outside = frame.outside
        if outside is None:
            languages = (root.source_language, root.target_language)
            outside = frame.outside = _units.Outside(*languages, self.file.get("id"), frame.language, frame.space)
        unit = None
        match = None if frame.language else _PLAIN.match(self.document.body, node.start)
        plain = self._plain(match, outside) if match else None
        if match and plain:
            frame.end = match.end()
            self.places.found[(outside.file, "u", plain.id)] = (plain.segment,) if plain.segment else ()
        else:
            unit = _units.unit(checker, node, outside, self.places)
            frame.end = node.end
        self._named(node, frame.units, "file")
        notes: tuple[str, ...] = ()
        if frame.notes:
            notes, frame.notes = tuple(frame.notes), []
        translate = node.attributes.get("translate", frame.translate) == "yes"
        return Given(node, self.file, translate, notes, outside, unit, plain)

    def _plain(self, match: re.Match[bytes], outside: _units.Outside) -> Plain | None:
        name, segment, state, source, target = match.groups(b"")
        if match[5] is None:
            if state not in (b"", b"initial"):
                return None
            return Plain(name.decode(), segment.decode(), "", source.decode(), None)
        if not outside.target_language:
            return None
        return Plain(name.decode(), segment.decode(), state.decode(), source.decode(), target.decode())

    def whole(self, given: Given) -> _units.Unit:
        """All of a unit, while it is the last that came."""
        assert self.checker is not None
        return given.unit or _units.unit(self.checker, given.node, given.outside, self.places)


def _take_apart(node: Node) -> None:
    """Undo the circles of parents and children, so that nodes go when they are no longer needed."""
    for child in node.children:
        if not isinstance(child, str):
            _take_apart(child)
    node.children.clear()
