"""Inline elements of a <seg> as inline codes of a segment: tokens in the text, and the bytes that each stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from review.errors import FormatError, InputError
from review.formats.xml import Node, escaped, visible
from review.model import Code
from review.text.codes import HIGHEST, TOKEN, free

SHOWN = 40
"""Characters of what a code is in the file that are shown."""

_LONE = frozenset(("ph", "it", "ut", "#comment", "#pi"))
_PADDING = re.compile(r"\s*\n\s*")


@dataclass(slots=True)
class Codes:
    """The codes of one unit: token to code, and to the bytes that write it, by side."""

    codes: dict[str, Code] = field(default_factory=dict)
    written: dict[str, dict[str, bytes]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: free(()))
    _known: dict[tuple[str, ...], list[int]] = field(default_factory=dict)

    def above(self, texts: Iterable[str]) -> None:
        """Number codes from above what looks like one in the literal texts."""
        self._numbers = free(texts)

    def text(self, segment: Node, side: str) -> str:
        """A segment's text with tokens for its inline elements. ``side`` tells source from translation: the same
        element in both is the same code."""
        if all(isinstance(child, str) for child in segment.children):
            return segment.text
        known = {key: list(numbers) for key, numbers in self._known.items()}
        paired = _paired(segment)
        pairs: dict[Node, int] = {}
        parts: list[str] = []

        def number(key: tuple[str, ...]) -> int:
            if known.get(key):
                return known[key].pop(0)
            made = next(self._numbers, 0)
            if not made:
                raise FormatError("tmx", None, f"a unit has more than {HIGHEST:,} inline elements", "Split it.")
            self._known.setdefault(key, []).append(made)
            return made

        def add(token: str, shown: str, data: bytes) -> None:
            self.codes.setdefault(token, Code(token, shown))
            self.written.setdefault(token, {})[side] = data
            parts.append(token)

        def walk(node: Node) -> None:
            for child in node.children:
                if isinstance(child, str):
                    parts.append(child)
                    continue
                name = child.name
                if child in paired and name == "bpt":
                    pairs[child] = number(("pair", child.get("x"), child.get("type"), child.text))
                    add(f"<{pairs[child]}>", _shown(child), child.written)
                elif child in paired:
                    add(f"</{pairs[paired[child]]}>", _shown(child), child.written)
                elif name in _LONE or name in ("bpt", "ept") or child.empty:
                    key = number((name, child.get("pos"), child.get("x"), child.get("type"), child.text))
                    add(f"<{key}/>", _shown(child), child.written)
                else:
                    body, key = child.document.body, number((name, child.get("x"), child.get("type")))
                    add(f"<{key}>", _shown(child), body[child.start : child.inner])
                    walk(child)
                    add(f"</{key}>", f"/{_shown(child)}", body[child.close : child.end])

        walk(segment)
        return "".join(parts)


def _paired(segment: Node) -> dict[Node, Node]:
    """Each <bpt> and <ept> that have each other, in this order and with one number, to its other half."""
    opened: dict[str, Node] = {}
    found: dict[Node, Node] = {}
    for node in segment.all():
        if node.name == "bpt" and node.get("i") and not _inside_code(node, segment):
            opened[node.get("i")] = node
        elif node.name == "ept" and node.get("i") in opened and not _inside_code(node, segment):
            other = opened.pop(node.get("i"))
            found |= {node: other, other: node}
    return found


def _inside_code(node: Node, segment: Node) -> bool:
    parent = node.parent
    while parent is not None and parent is not segment:
        if parent.name in _LONE or parent.name in ("bpt", "ept"):
            return True
        parent = parent.parent
    return False


def _shown(node: Node) -> str:
    """What an inline element is, in short: its native code, else its type or name."""
    text = " ".join(node.text.split()) if node.name != "hi" else ""
    return (text or node.get("type") or node.name.lstrip("#"))[:SHOWN]


def padding(text: str) -> tuple[str, str]:
    """Line ends and indents around a text that a file was laid out with."""
    before = _PADDING.match(text)
    if not before or not text.strip():
        return "", ""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def content(text: str, written: Mapping[str, Mapping[str, bytes]], order: tuple[str, str]) -> tuple[bytes, list[str]]:
    """A text as the content of a <seg>, and the characters that were made visible. ``order``: whose bytes go first.

    Raises InputError where codes stand so that elements would not close.
    """
    parts: list[bytes] = []
    signs: list[str] = []
    at = 0
    for match in [*TOKEN.finditer(text), None]:
        if match is not None and match[0] not in written:
            continue
        fit, found = visible(text[at : match.start() if match else len(text)])
        signs += found
        parts.append(escaped(fit))
        if match is not None:
            sides = written[match[0]]
            parts.append(next(sides[side] for side in order if side in sides))
            at = match.end()
    data = b"".join(parts)
    if any(sides for token, sides in written.items() if not token.endswith("/>")):
        try:
            expat.ParserCreate("utf-8").Parse(b"<seg>" + data + b"</seg>", True)
        except expat.ExpatError as error:
            raise InputError("The inline codes are out of order; put each pair around its text.") from error
    return data, signs
