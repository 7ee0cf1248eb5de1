"""Rules kept: what breaks one stops the reading with a sentence, or is counted for the warnings."""

from __future__ import annotations

from typing import NoReturn

from review.errors import FormatError
from review.formats.xliff1.rules import CHILDREN, IDENTIFIED, METADATA, REQUIRED, RULES, VALUES
from review.formats.xml import Document, Node


class Checker:
    """Holds a document's elements against the tables. ``space`` is the namespace of its root."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.space = ""
        self.braced = False
        """Whether {1> and the like in a text are inline codes."""
        self.unit: Node | None = None
        self.references: list[Node] = []
        """Inline codes that name another unit of their <file> (xid)."""
        self._warned: dict[str, tuple[int, str]] = {}

    def refuse(self, rule: str, node: Node | None, **values: str) -> NoReturn:
        """Raise FormatError with the rule's sentence, the line of the element and the unit that it is in."""
        given = RULES[rule]
        raise FormatError(self.document.name, node.line if node else None, self._what(rule, **values), given.remedy)

    def broken(self, rule: str, node: Node, **values: str) -> None:
        """Refuse, or warn where the rule has no remedy."""
        if RULES[rule].remedy:
            self.refuse(rule, node, **values)
        sentence = self._what(rule, **values)
        count, first = self._warned.get(rule, (0, ""))
        self._warned[rule] = (count + 1, first or f"Line {node.line}: {sentence}")

    def warnings(self) -> list[str]:
        """One sentence a rule: the first place, and how many more there are."""
        return [
            f"{first}." if count == 1 else f"{first} ({count - 1:,} more like it)."
            for count, first in self._warned.values()
        ]

    def _what(self, rule: str, **values: str) -> str:
        short = {key: value if len(value) < 80 else value[:77] + "..." for key, value in values.items()}
        what = RULES[rule].what.format(**short)
        return f"{named(self.unit)}: {what}" if self.unit is not None else what

    def ours(self, node: Node) -> bool:
        """True for an element of XLIFF, not of a tool's own namespace."""
        return node.space == self.space

    def element(self, node: Node) -> None:
        """An element outside of units: it may stand where it stands, and has what it needs."""
        parent = node.parent
        if node.space != self.space or (parent is not None and parent.space != self.space):
            return
        if parent is not None:
            self.child(node, parent)
        self.attributes(node)

    def child(self, node: Node, parent: Node) -> None:
        """Refuse an element of XLIFF that may not stand in its parent."""
        if node.name not in CHILDREN.get(parent.name, ()):
            if node.name not in CHILDREN and node.name != "sub":
                self.refuse("unknown", node, found=node.name)
            self.refuse("misplaced", node, found=node.name, parent=parent.name)

    def attributes(self, node: Node) -> None:
        """An element of XLIFF has the attributes that it must have, with values that they may have."""
        given = node.attributes
        if "id" in given and node.name in IDENTIFIED:
            return
        for name in REQUIRED.get(node.name, ()):
            if name not in given:
                rule = "metadata attribute" if node.name in METADATA else "attribute"
                self.broken(rule, node, found=node.name, attribute=name)
        for key, allowed in VALUES.get(node.name, _NO_VALUES).items():
            value = given.get(key)
            if value is None or value in allowed:
                continue
            if value.startswith("x-") and key in ("state", "alttranstype"):
                continue
            if key == "pos":
                self.refuse("pos", node, value=value)
            self.broken("value", node, found=node.name, attribute=key, value=value)


_NO_VALUES: dict[str, frozenset[str]] = {}


def named(unit: Node | None) -> str:
    """A unit as messages call it."""
    identifier = unit.get("id") if unit is not None else ""
    return f"unit “{identifier}”" if identifier else "a unit"
