"""A document written again with some of its bytes replaced, in the encoding it came in."""

from __future__ import annotations

import re
from typing import BinaryIO

from review.formats.xml.document import Document
from review.formats.xml.nodes import Node
from review.formats.xml.words import quoted
from review.text import encodings

_ATTRIBUTE = re.compile(rb"""\s+([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*')""")


class Splices:
    """Replacements gathered, and written at once; what lies between them stays byte for byte.

    All bytes given are UTF-8. Replacements may touch but not overlap; several at one place keep their order.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._found: list[tuple[int, int, bytes]] = []

    def __len__(self) -> int:
        return len(self._found)

    def replace(self, start: int, end: int, data: bytes) -> None:
        """Write ``data`` instead of the bytes ``[start, end)`` of the body."""
        if self.document.body[start:end] != data:
            self._found.append((start, end, data))

    def content(self, node: Node, data: bytes) -> None:
        """Write ``data`` between a node's tags; <x/> becomes <x>data</x>."""
        if not node.empty:
            self.replace(node.inner, node.close, data)
        elif data:
            self._found.append((node.inner - 2, node.inner, b">" + data + b"</" + node.tag.encode("utf-8") + b">"))

    def attribute(self, node: Node, name: str, value: str | None) -> None:
        """Set an attribute, named as the file writes it, prefix included; None takes it away."""
        after_name = node.start + 1 + len(node.tag.encode("utf-8"))
        tag = self.document.body[after_name : node.inner]
        for match in _ATTRIBUTE.finditer(tag):
            if match[1].decode("utf-8", "replace") == name:
                start, end = (after_name + place for place in match.span())
                if value is None:
                    self.replace(start, end, b"")
                else:
                    start += match.start(2) - match.start()
                    self.replace(start, end, b'"' + quoted(value) + b'"')
                return
        if value is not None:
            self.replace(after_name, after_name, b" " + name.encode("utf-8") + b'="' + quoted(value) + b'"')

    def before(self, node: Node, data: bytes) -> None:
        """Write ``data`` in front of a node."""
        self.replace(node.start, node.start, data)

    def after(self, node: Node, data: bytes) -> None:
        """Write ``data`` behind a node."""
        self.replace(node.end, node.end, data)

    def append(self, node: Node, data: bytes) -> None:
        """Write ``data`` at the end of what is in a node."""
        if node.empty:
            self.content(node, data)
        else:
            self.replace(node.close, node.close, data)

    def write(self, out: BinaryIO) -> None:
        """Write the document: its mark, its encoding; what that lacks becomes &#...;."""
        document = self.document
        found = sorted(self._found, key=lambda item: item[:2])
        if document.bom:
            out.write(encodings.mark_of(document.encoding))
        places = [place for start, end, _ in found for place in (start, end)]
        copied = self._copies([0, *places, len(document.body)])
        for number, (_, _, data) in enumerate(found):
            out.write(copied[number])
            if document.encoding != "utf-8":
                data = data.decode("utf-8").encode(document.encoding, "xmlcharrefreplace")
            out.write(data)
        out.write(copied[-1])

    def _copies(self, cuts: list[int]) -> list[bytes]:
        """The original's bytes between the first cut and the second, the third and the fourth, ..."""
        document = self.document
        pairs = list(zip(cuts[::2], cuts[1::2], strict=True))
        assert all(start <= end for start, end in pairs), "replacements overlap"
        if document.encoding == "utf-8":
            return [document.body[start:end] for start, end in pairs]
        if document.data is None:
            return [document.body[start:end].decode("utf-8").encode(document.encoding) for start, end in pairs]
        at, places = 0, []
        for before, cut in zip([0, *cuts], cuts, strict=False):
            at += len(document.body[before:cut].decode("utf-8"))
            places.append(at)
        distinct = sorted(set(places))
        offsets = encodings.byte_offsets(document.data, document.encoding, distinct)
        where = dict(zip(distinct, offsets, strict=True))
        own = [where[place] for place in places]
        return [document.data[start:end] for start, end in zip(own[::2], own[1::2], strict=True)]
