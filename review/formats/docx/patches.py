"""Replacements in a part, gathered from the inside out: text boxes before the paragraphs that they stand in."""

from __future__ import annotations

import io
from bisect import bisect_left

from review.formats.xml import Document, Splices


class Patches:
    """Replacements of a document's bytes. ``now`` gives a range as it is by now."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._found: list[tuple[int, int, int, bytes]] = []
        self._count = 0

    def replace(self, start: int, end: int, data: bytes) -> None:
        """Write ``data`` instead of ``[start, end)``; what was replaced inside is forgotten (see ``now``)."""
        self._taken(start, end)
        self._add(start, end, data)

    def insert(self, at: int, data: bytes) -> None:
        """Write ``data`` at a place, behind what was written there before."""
        if data:
            self._add(at, at, data)

    def now(self, start: int, end: int) -> bytes:
        """The bytes ``[start, end)`` with what was replaced inside them."""
        body, parts, at = self.document.body, [], start
        for first, last, _, data in self._inside(start, end):
            parts += [body[at:first], data]
            at = last
        return b"".join([*parts, body[at:end]])

    def ranges(self) -> list[tuple[int, int]]:
        """The ranges that are replaced, in order."""
        return [(first, last) for first, last, _, _ in self._found if first < last]

    def _add(self, start: int, end: int, data: bytes) -> None:
        self._count += 1
        item = (start, end, self._count, data)
        self._found.insert(bisect_left(self._found, item), item)

    def _inside(self, start: int, end: int) -> list[tuple[int, int, int, bytes]]:
        """What lies inside a range, zero-wide replacements at its ends left out."""
        first = bisect_left(self._found, (start, -1))
        found = []
        for item in self._found[first:]:
            if item[0] >= end:
                break
            if item[1] <= end and (item[0] > start or item[1] > start):
                found.append(item)
        return found

    def _taken(self, start: int, end: int) -> None:
        gone = {item[2] for item in self._inside(start, end)}
        if gone:
            self._found = [item for item in self._found if item[2] not in gone]

    def write(self) -> bytes:
        """The document with everything replaced."""
        splices = Splices(self.document)
        for start, end, _, data in self._found:
            splices.replace(start, end, data)
        out = io.BytesIO()
        splices.write(out)
        return out.getvalue()

    def __len__(self) -> int:
        return len(self._found)
