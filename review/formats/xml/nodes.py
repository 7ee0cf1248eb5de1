"""An element of an XML file, and where it stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.formats.xml.document import Document

XML = "{http://www.w3.org/XML/1998/namespace}"
"""What the names of xml:space, xml:lang and xml:id begin with among attributes."""

COMMENT, INSTRUCTION = "#comment", "#pi"

_TAG = re.compile(rb"""<[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>""")

_NAME = re.compile(rb"<([^\s/>]+)")


class Node:
    """An element, a comment (``#comment``) or a processing instruction (``#pi``).

    ``name`` is local, ``space`` its namespace or "". Attributes are by local name, or ``{namespace}local`` where they
    have a prefix. ``start`` and ``close`` are where its opening and its closing tag begin (bytes of the document's
    body); ``close`` is behind it where it is one empty tag.
    """

    __slots__ = ("attributes", "children", "close", "document", "name", "parent", "space", "start")

    def __init__(
        self, document: Document, space: str, name: str, attributes: dict[str, str], parent: Node | None, start: int
    ) -> None:
        self.document = document
        self.space = space
        self.name = name
        self.attributes = attributes
        self.parent = parent
        self.start = self.close = start
        self.children: list[Node | str] = []

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value."""
        return self.attributes.get(name, default)

    @property
    def line(self) -> int:
        """The line it begins on, from 1. Counts from the file's beginning: for messages."""
        return self.document.line(self.start)

    @property
    def inner(self) -> int:
        """The offset behind its opening tag."""
        found = _TAG.match(self.document.body, self.start)
        return found.end() if found else self.start

    @property
    def end(self) -> int:
        """The offset behind it, its closing tag included."""
        body = self.document.body
        if self.name == COMMENT:
            return body.index(b"-->", self.start) + 3
        if self.name == INSTRUCTION:
            return body.index(b"?>", self.start) + 2
        return self.inner if self.empty else body.index(b">", self.close) + 1

    @property
    def empty(self) -> bool:
        """True for <x/>, false for <x></x>."""
        inner = self.inner
        return self.document.body[inner - 2 : inner] == b"/>"

    @property
    def written(self) -> bytes:
        """The element as it stands in the file."""
        return self.document.body[self.start : self.end]

    @property
    def content(self) -> bytes:
        """What stands between its tags."""
        return b"" if self.empty else self.document.body[self.inner : self.close]

    @property
    def tag(self) -> str:
        """Its name as written, with its prefix."""
        found = _NAME.match(self.document.body, self.start)
        return found.group(1).decode("utf-8", "replace") if found else self.name

    @property
    def text(self) -> str:
        """All text inside; comments and instructions are none."""
        parts: list[str] = []
        for child in self.children:
            if isinstance(child, str):
                parts.append(child)
            elif child.name[0] != "#":
                parts.append(child.text)
        return "".join(parts)

    def elements(self, name: str = "") -> Iterator[Node]:
        """Its child elements, of one name if given."""
        for child in self.children:
            if not isinstance(child, str) and child.name[0] != "#" and (not name or child.name == name):
                yield child

    def first(self, name: str) -> Node | None:
        """Its first child element of a name."""
        return next(self.elements(name), None)

    def all(self, name: str = "") -> Iterator[Node]:
        """Every element inside, in document order."""
        stack = list(self.elements())[::-1]
        while stack:
            node = stack.pop()
            if not name or node.name == name:
                yield node
            stack += list(node.elements())[::-1]
