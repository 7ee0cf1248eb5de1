"""A document's elements one after another: no entities, no network, no DTD; depth and sizes capped on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from review.errors import FormatError
from review.formats.xml.document import Document
from review.formats.xml.nodes import COMMENT, INSTRUCTION, Node

DEEPEST = 100
"""Elements inside each other."""
LARGEST = 100_000
"""Elements inside one whole one."""
CHUNK = 1 << 16

Event = tuple[str, Node]


def scan(document: Document, whole: frozenset[str], deepest: int = DEEPEST, largest: int = LARGEST) -> Iterator[Event]:
    """Yield ("start", node) and ("end", node) for elements outside, and ("whole", node), with all that is in it, for
    each element whose local name is in ``whole`` and that stands in no other whole one.

    Nodes of the first two kinds have no children, those of the third a ``parent`` chain to the root. Raises FormatError
    where the XML breaks (with the line), declares or names an entity, or passes a cap.
    """
    scanner = _Scanner(document, whole, deepest, largest)
    body, parser = document.body, scanner.parser
    try:
        for start in range(0, len(body), CHUNK):
            parser.Parse(body[start : start + CHUNK], False)
            yield from scanner.taken()
        parser.Parse(b"", True)
        yield from scanner.taken()
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]:
            what = "an entity is named that is declared nowhere"
            raise FormatError(document.name, error.lineno, what, "Write the character itself.") from error
        what = f"the XML breaks here ({why})"
        raise FormatError(document.name, error.lineno, what, "Export the file again, whole.") from error


class _Scanner:
    def __init__(self, document: Document, whole: frozenset[str], deepest: int, largest: int) -> None:
        self.document, self.whole, self.deepest, self.largest = document, whole, deepest, largest
        self.events: list[Event] = []
        self.names: dict[str, tuple[str, str]] = {}
        self.node: Node | None = None
        self.depth = self.inside = self.count = 0
        parser = self.parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.buffer_size = CHUNK
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._skipped

    def taken(self) -> list[Event]:
        found, self.events = self.events, []
        return found

    def _name(self, written: str) -> tuple[str, str]:
        space, _, local = written.rpartition(" ")
        found = self.names[written] = (space, local)
        return found

    def _start(self, written: str, given: dict[str, str]) -> None:
        space, name = self.names.get(written) or self._name(written)
        for key in given:
            if " " in key:
                given = {_clark(key): value for key, value in given.items()}
                break
        node = Node(self.document, space, name, given, self.node, self.parser.CurrentByteIndex)
        self.depth += 1
        if self.depth > self.deepest:
            self._refuse(f"elements stand more than {self.deepest} deep in each other")
        if self.inside:
            assert self.node is not None
            self.inside += 1
            self.count += 1
            if self.count > self.largest:
                self._refuse(f"one <{self.node.name}> holds more than {self.largest:,} elements")
            self.node.children.append(node)
        elif name in self.whole:
            self.inside, self.count = 1, 0
        else:
            self.events.append(("start", node))
        self.node = node

    def _end(self, _: str) -> None:
        node = self.node
        assert node is not None
        node.close = self.parser.CurrentByteIndex
        self.depth -= 1
        self.node = node.parent
        if not self.inside:
            self.events.append(("end", node))
            return
        self.inside -= 1
        if not self.inside:
            self.events.append(("whole", node))

    def _text(self, data: str) -> None:
        if self.inside:
            self.node.children.append(data)  # type: ignore[union-attr]

    def _comment(self, data: str) -> None:
        self._other(COMMENT, data)

    def _instruction(self, target: str, data: str) -> None:
        self._other(INSTRUCTION, f"{target} {data}".strip())

    def _other(self, name: str, data: str) -> None:
        if self.inside and self.node is not None:
            node = Node(self.document, "", name, {}, self.node, self.parser.CurrentByteIndex)
            node.children.append(data)
            self.node.children.append(node)

    def _entity(self, *_: object) -> None:
        self._refuse("the file declares entities, which are not read", "Take the declarations out and save it again.")

    def _skipped(self, name: str, _: bool) -> None:
        self._refuse(f"the entity “{name}” is declared nowhere", "Write the character itself.")

    def _refuse(self, what: str, remedy: str = "Check that the file is what it should be.") -> NoReturn:
        raise FormatError(self.document.name, self.parser.CurrentLineNumber, what, remedy)


def _clark(written: str) -> str:
    space, _, local = written.rpartition(" ")
    return f"{{{space}}}{local}" if space else local
