"""An XLIFF 1.2 document gone through from its beginning to its end: its files, and the units in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from review.formats.xliff1.checker import Checker
from review.formats.xliff1.dialects import PLAIN, dialect_of
from review.formats.xliff1.inline import SPACE
from review.formats.xliff1.rules import LANGUAGE, NAMESPACE, VERSIONS
from review.formats.xliff1.units import Unit, read_unit
from review.formats.xml import Document, Node, scan

WHOLE = frozenset(("trans-unit", "cmt-defs"))


class Found(NamedTuple):
    """A unit and its place: numbers of its <file> and of itself in that, both from 1."""

    file: int
    number: int
    unit: Unit

    def locator(self, place: int) -> str:
        """Where segment ``place`` (from 0) stands. What is before "#" may be merged whatever its codes are called."""
        return f"{self.file}:{self.number}" + (f"#{place + 1}" if len(self.unit.parts) > 1 else "")

    def name(self, place: int) -> str:
        """The id of the unit, with the mid of the segment where it has several."""
        name = self.unit.node.attributes["id"]
        return f"{name}#{self.unit.parts[place].mid}" if len(self.unit.parts) > 1 else name


class Walker:
    """A document gone through: yields its files and units, held against the rules."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.checker = Checker(document)
        self.dialect = PLAIN
        self.root: Node | None = None
        self.file: Node | None = None
        self.files = 0
        self.language = ""
        self._comments: dict[str, str] = {}
        self._kept = False
        self._bodies = 0
        self._units: set[str] = set()
        self._groups: set[str] = set()
        self._tools: set[str] = set()
        self._phases: set[str] = set()
        self._around: tuple[Node | None, bool, bool] = (None, False, True)

    def nodes(self) -> Iterator[tuple[int, Node, bool]]:
        """Yield the units to be translated, each with its number in its file and whether its white space counts.

        ``file`` is the one that the unit is in. A unit is emptied when the next is asked for, so that no ring of nodes
        is left, unless ``keep`` was called for it. Raises FormatError.
        """
        number = 0
        checker = self.checker
        for event, node in scan(self.document, WHOLE):
            if event == "whole":
                if node.name == "cmt-defs":
                    self._commented(node)
                    continue
                if self._skipped(node):
                    continue
                preserve, translate = self._inherited(node)
                checker.unit = node
                number += 1
                self._kept = False
                if translate:
                    yield number, node, preserve
                if not self._kept:
                    node.children.clear()
                checker.unit = None
            elif event == "start":
                if node.name == "file" and node.parent is self.root:
                    number = 0
                self._start(node)
            elif node.name == "file" and node.parent is self.root:
                self._ended(node)
        if not self.files:
            checker.refuse("no file", self.root)

    def keep(self) -> None:
        """Leave the unit of this moment as it is."""
        self._kept = True

    def found(self, number: int, node: Node, preserve: bool) -> Found:
        """Read a unit. Raises FormatError."""
        unit = read_unit(node, self.checker, preserve, self.language, self._comments)
        return Found(self.files, number, unit)

    def _start(self, node: Node) -> None:
        checker, name = self.checker, node.name
        if self.root is None:
            self._root(node)
            return
        checker.element(node)
        if not checker.ours(node):
            return
        if name == "file":
            self.file, self.files, self._bodies = node, self.files + 1, 0
            self._units, self._groups, self._tools, self._phases = set(), set(), set(), set()
            for key in ("source-language", "target-language"):
                if key in node.attributes and not LANGUAGE.fullmatch(node.get(key)):
                    checker.broken("language", node, found=node.get(key))
            self.language = node.get("target-language")
        elif name == "body":
            self._bodies += 1
            if self._bodies > 1:
                checker.refuse("twice", node, parent="file", found="body")
        elif name == "header" and self._bodies:
            checker.refuse("order", node, found="header", other="body")
        elif name == "group" and "id" in node.attributes:
            if node.get("id") in self._groups:
                checker.broken("duplicate group", node, found=node.get("id"))
            self._groups.add(node.get("id"))
        elif name == "bin-unit":
            self._identified(node)
        elif name == "tool":
            self._tools.add(node.get("tool-id"))
        elif name == "phase":
            self._phases.add(node.get("phase-name"))

    def _root(self, node: Node) -> None:
        checker = self.checker
        self.root = node
        checker.space = node.space
        if node.name != "xliff":
            checker.refuse("root", node, found=node.name)
        checker.attributes(node)
        version = node.get("version")
        if version.startswith("2"):
            checker.refuse("version 2", node, found=version)
        if version not in VERSIONS:
            checker.refuse("version", node, found=version)
        if not node.space:
            if version == "1.2":
                checker.broken("no namespace", node)
        elif not node.space.startswith(NAMESPACE) or node.space[len(NAMESPACE) :] not in VERSIONS:
            checker.refuse("namespace", node, found=node.space)
        if version != "1.2":
            checker.broken("old version", node, found=version)
        self.dialect = dialect_of(self.document, node)
        checker.braced = self.dialect.name == "mxliff"

    def _skipped(self, node: Node) -> bool:
        """Hold a unit against what is around it; true where it is none of XLIFF's."""
        checker, parent = self.checker, node.parent
        if self.root is None:
            self.root = node
            checker.refuse("root", node, found=node.name)
        if not checker.ours(node):
            return True
        if parent is None or parent.name not in ("body", "group", "bin-unit"):
            checker.unit = node
            checker.refuse("misplaced", node, found=node.name, parent=parent.name if parent else "")
        self._identified(node)
        if len(node.attributes) == 1:
            return False
        checker.attributes(node)
        for key, known, rule in (("tool-id", self._tools, "tool"), ("phase-name", self._phases, "phase")):
            if key in node.attributes and node.get(key) not in known:
                checker.broken(rule, node, found=node.get(key))
        return False

    def _identified(self, node: Node) -> None:
        checker, identifier = self.checker, node.attributes.get("id")
        if identifier is None:
            checker.attributes(node)
            return
        if identifier in self._units:
            checker.refuse("duplicate unit", node, found=identifier)
        self._units.add(identifier)

    def _inherited(self, node: Node) -> tuple[bool, bool]:
        """Whether white space counts in a unit, and whether it is to be translated."""
        parent = node.parent
        if self._around[0] is not parent:
            self._around = (parent, *_around(parent))
        preserve, translate = self._around[1:]
        given = node.attributes
        if SPACE in given:
            preserve = given[SPACE] == "preserve"
        if "translate" in given:
            translate = given["translate"] != "no"
        return preserve, translate

    def _commented(self, node: Node) -> None:
        for definition in node.elements("cmt-def"):
            said = list(definition.all("Comment"))
            texts = [f"{item.get('user')}: {item.text}" if item.get("user") else item.text for item in said]
            self._comments[definition.get("id")] = " / ".join(" ".join(text.split()) for text in texts)

    def _ended(self, node: Node) -> None:
        checker = self.checker
        if not self._bodies:
            checker.refuse("no body", node)
        for code in checker.references:
            if code.get("xid") not in self._units:
                checker.broken("unit reference", code, found=code.get("xid"))
        checker.references.clear()
        if "tool-id" in node.attributes and node.get("tool-id") not in self._tools:
            checker.broken("tool", node, found=node.get("tool-id"))


def _around(node: Node | None) -> tuple[bool, bool]:
    """What the nearest elements around say of white space and translation."""
    preserve = translate = None
    while node is not None:
        if preserve is None and SPACE in node.attributes:
            preserve = node.attributes[SPACE] == "preserve"
        if translate is None and node.name in ("group", "bin-unit") and "translate" in node.attributes:
            translate = node.attributes["translate"] != "no"
        node = node.parent
    return bool(preserve), translate is not False
