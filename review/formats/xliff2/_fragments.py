"""References to places in the document: fragment identifiers (XLIFF 2.1, section 3).

A place is written as it is addressed inside its file, group or unit: "n=1" a note, "d=1" a piece of original data,
"1" a segment, an ignorable or an inline element of the source, "t=1" one of the target, "x=1" an element of a module or
an extension.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from review.formats.xliff2._names import PREFIXES
from review.formats.xliff2._values import token
from review.formats.xml import Node

if TYPE_CHECKING:
    from review.formats.xliff2._structure import Checker

Scope = tuple[str, str, str]
"""A file's id, then "u" or "g" and the id of a unit or a group in it, or two times ""."""

_CORE = {"f", "g", "u", "n", "d", "t"}


class Fragment(NamedTuple):
    """An identifier taken apart; each part is "" where it is not named. ``leaf`` is a place."""

    file: str
    kind: str
    container: str
    leaf: str


class Places:
    """What can be referred to in a document, and the references that were met before what they refer to."""

    def __init__(self) -> None:
        self.found: dict[Scope, tuple[str, ...]] = {}
        self.waiting: list[tuple[Node, str, Scope]] = []
        self.flows: list[tuple[Node, str, str]] = []

    def refer(self, checker: Checker, node: Node, value: str, scope: Scope, here: set[str]) -> Fragment | None:
        """Check a reference that stands in ``scope``, whose own places are ``here``; None where it leads elsewhere."""
        if not value.startswith("#"):
            return None
        fragment = parse(value)
        if isinstance(fragment, str):
            checker.refuse(node, f"the reference “{value[:60]}” is no fragment identifier: {fragment}")
        if fragment.file in ("", scope[0]) and (fragment.kind, fragment.container) in (("", ""), scope[1:]):
            if fragment.leaf and fragment.leaf not in here and not (fragment.file and not fragment.kind):
                checker.refuse(node, f"the reference “{value[:60]}” leads to nothing")
            if fragment.kind or not fragment.file:
                return fragment
        self.waiting.append((node, value, scope))
        return fragment

    def finish(self, checker: Checker) -> None:
        """Check what was waiting, when all files are read."""
        known: dict[Scope, frozenset[str]] = {}
        for node, value, scope in self.waiting:
            fragment = parse(value)
            assert isinstance(fragment, Fragment)
            target = (fragment.file or scope[0], fragment.kind, fragment.container)
            if target in self.found and target not in known:
                known[target] = frozenset(self.found[target])
            if target not in known or (fragment.leaf and fragment.leaf not in known[target]):
                checker.refuse(node, f"the reference “{value[:60]}” leads to nothing")
        for node, name, file in self.flows:
            if (file, "u", name) not in self.found:
                checker.refuse(node, f"subFlows names the unit “{name[:60]}”, which its file does not have")


def parse(value: str) -> Fragment | str:
    """A fragment identifier taken apart, or what is wrong with it."""
    parts = value[1:].removeprefix("/").split("/")
    file = kind = container = leaf = ""
    seen: set[str] = set()
    for part in parts:
        prefix, equals, name = part.rpartition("=")
        if token(name) or (equals and token(prefix)):
            return "it is written as names, or prefixes and names, parted by /"
        if leaf:
            return "what it leads to must come last, and be one"
        if prefix in seen:
            return f"{prefix}= stands there twice"
        seen.add(prefix)
        if prefix == "f":
            if kind:
                return "the file must come before the group or unit"
            file = name
        elif prefix in ("g", "u"):
            if kind:
                return "it names both a group and a unit"
            kind, container = prefix, name
        elif not prefix or prefix in _CORE:
            leaf = f"{prefix}={name}" if prefix else name
        elif prefix in PREFIXES:
            leaf = f"x={name}"
        else:
            return f"the prefix {prefix}= is of no module of XLIFF"
    if re.match("d=|t=", leaf) and (kind == "g" or (file and not kind)):
        return "only a unit has original data and content"
    return Fragment(file, kind, container, leaf)
