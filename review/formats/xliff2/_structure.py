"""An element held against its table: what it carries, what it holds, in which order (the core schemas)."""

from __future__ import annotations

import re
from typing import NoReturn

from review.errors import FormatError
from review.formats.xliff2._modules import module_attributes
from review.formats.xliff2._names import INLINE, LETTERS, METADATA, NEWER, RULES, SPACE, Rule, is_module
from review.formats.xml import XML, Document, Node

_SHAPES = 2000
"""How many sequences of children a rule remembers as right."""

_BESIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>|\s+", re.DOTALL)


class Checker:
    """Holds elements of one document against the constraints of its version; raises FormatError where they break."""

    def __init__(self, document: Document, space: str, version: str) -> None:
        self.document, self.space, self.version = document, space, version
        self.rules = NEWER if space.endswith("2.2") else RULES
        self._warned: dict[str, list[str]] = {}

    def refuse(self, node: Node, what: str, remedy: str = "Correct it, or export the file again.") -> NoReturn:
        """Raises FormatError with the line, and the unit that the element stands in."""
        raise FormatError(self.document.name, node.line, where(node) + what, remedy)

    def warn(self, what: str, node: Node) -> None:
        """Note something that the specification only warns of."""
        self._warned.setdefault(what, []).append(where(node).removesuffix(": "))

    def warnings(self) -> list[str]:
        """One sentence for each kind of thing that was noted, with the first units."""
        found = []
        for what, places in self._warned.items():
            units = list(dict.fromkeys(places))
            shown = ", ".join(units[:5]) + (", ..." if len(units) > 5 else "")
            found.append(f"{len(places)} segment{'s have' if len(places) > 1 else ' has'} {what}: {shown}.")
        return found

    def tree(self, node: Node) -> None:
        """Check an element and everything in it."""
        rule = self.node(node)
        shape = ""
        for child in node.children:
            if isinstance(child, str):
                if not rule.text and not child.isspace():
                    self.stray(node, child)
            elif child.name[0] != "#":
                if child.space == self.space:
                    shape += LETTERS.get(child.name, "?")
                    self.tree(child)
                else:
                    shape += "o" if child.space else "?"
        if shape not in rule.known:
            self.content(node, rule, shape)

    def node(self, node: Node) -> Rule:
        """Check an element's name and attributes."""
        rule = self.rules.get(node.name)
        if rule is None:
            self.refuse(node, f"XLIFF {self.version} has no element <{node.name}>")
        attributes = node.attributes
        for key, value in attributes.items():
            test = rule.attributes.get(key)
            if test is None:
                self._foreign(node, rule, key, value)
            elif wrong := test(value):
                self.refuse(node, f'{_said(key)}="{value[:60]}" of <{node.name}> must be {wrong}')
        if not rule.required <= attributes.keys():
            lacks = min(rule.required - attributes.keys())
            self.refuse(node, f"<{node.name}> has no attribute {lacks}, which is required")
        return rule

    def content(self, node: Node, rule: Rule, shape: str) -> None:
        """Check the sequence of an element's children, a letter each."""
        if not rule.content.fullmatch(shape):
            self.misplaced(node, rule)
        if len(rule.known) < _SHAPES and len(shape) < 200:
            rule.known.add(shape)

    def misplaced(self, node: Node, rule: Rule) -> NoReturn:
        """Raises FormatError for an element whose children are wrong, naming the first that may be to blame."""
        for child in node.elements():
            unknown = child.space == self.space and child.name not in self.rules
            inline_here = child.name in INLINE and "[cp]" not in rule.content.pattern
            if (
                unknown
                or not child.space
                or (child.space == self.space and inline_here and rule.content.pattern != "c*")
            ):
                self.refuse(child, f"<{child.tag}> may not stand in <{node.name}>, which holds {rule.says}")
        self.refuse(node, f"<{node.name}> must hold {rule.says}")

    def stray(self, node: Node, text: str) -> NoReturn:
        self.refuse(node, f"text stands in <{node.name}>, where none may be: “{text.strip()[:40]}”")

    def between(self, parent: Node, start: int, end: int) -> None:
        """Check that bytes between two elements hold no text."""
        part = self.document.body[start:end]
        if part and not part.isspace() and (text := _BESIDE.sub(b"", part)):
            self.stray(parent, text.decode("utf-8", "replace"))

    def _foreign(self, node: Node, rule: Rule, key: str, value: str) -> None:
        space, _, name = key[1:].rpartition("}") if key[0] == "{" else ("", "", key)
        plural = space.endswith(":pgs:1.0") and node.name == "segment"
        if not space or (space == XML[1:-1] and (key == SPACE or rule.foreign != "any")):
            self.refuse(node, f"<{node.name}> has no attribute {_said(key)} in XLIFF {self.version}")
        if plural or (rule.foreign == "any" and not is_module(space)):
            return
        if rule.foreign == "none" or not is_module(space):
            self.refuse(node, f"<{node.name}> may not carry attributes of another namespace, here {name}")
        module_attributes(self, node, space, name, value)

    def top(self, node: Node, shape: list[str], children: list[Node]) -> None:
        """Check the sequence of children of an element whose children came one by one."""
        rule = self.rules[node.name]
        if not rule.content.fullmatch("".join(shape)):
            self.misplaced(node, rule)
        if node.name == "xliff":
            for child in children:
                if child.space not in (self.space, METADATA):
                    self.refuse(child, f"<{child.tag}> may not stand in <xliff>, which holds {rule.says}")


def where(node: Node) -> str:
    """The unit, or else the group or file, that an element stands in, for a message."""
    at: Node | None = node
    while at is not None:
        if at.name in ("unit", "group", "file") and at.get("id"):
            return f"{at.name} “{at.get('id')[:60]}”: "
        at = at.parent
    return ""


def _said(key: str) -> str:
    return key.replace(XML, "xml:") if key[0] == "{" else key
