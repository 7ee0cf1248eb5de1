"""Inline elements of a segment: their native codes are part of the text, where they stood is kept beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from review.errors import InputError
from review.formats.elements import local

ELEMENTS = frozenset(("bpt", "ept", "it", "ph", "hi", "ut", "sub"))
WITHIN = {
    "seg": ELEMENTS - {"sub"},
    "sub": ELEMENTS - {"sub"},
    "hi": ELEMENTS - {"sub"},
    **dict.fromkeys(("bpt", "ept", "it", "ph", "ut"), frozenset({"sub"})),
}
"""What TMX allows in which element."""

ATTRIBUTES = {
    "bpt": ("i", "x", "type"),
    "ept": ("i",),
    "it": ("pos", "x", "type"),
    "ph": ("assoc", "x", "type"),
    "hi": ("x", "type"),
    "ut": ("x",),
    "sub": ("datatype", "type"),
}
_CHOICES = {"pos": ("begin", "end"), "assoc": ("p", "f", "b")}

Code = list[Any]
"""[depth, start, end, element, attributes]."""


def flat(segment: Any) -> tuple[str, list[Code]]:
    """A <seg>'s text with all codes in it, and its inline elements in document order.

    Raises InputError for an entity that nothing declares.
    """
    parts: list[str] = []
    codes: list[Code] = []
    _walk(segment, parts, codes, 0, 0)
    text = "".join(parts)
    if not codes and text[:1] in "\r\n" and text.strip():
        text = text.strip()  # a file that was laid out for reading
    return text, codes


def _walk(element: Any, parts: list[str], codes: list[Code], at: int, depth: int) -> int:
    """Add what is in an element; returns where its text ends."""
    from lxml import etree

    def add(text: str | None) -> int:
        if text:
            parts.append(text)
        return len(text or "")

    at += add(element.text)
    for child in element:
        if isinstance(child, etree._Entity):
            raise InputError(f"The entity “{child.name}” is declared nowhere; write the character itself.")
        name = local(child)
        known = name in ELEMENTS
        code = [depth, at, at, name, {key: value for key, value in child.attrib.items() if "}" not in key}]
        if known:
            codes.append(code)
        at = _walk(child, parts, codes, at, depth + known)
        code[2] = at
        at += add(child.tail)
    return at


def build(segment: Any, text: str, codes: Sequence[Code]) -> None:
    """Fill a <seg> with a text and the inline elements that ``flat`` took out of it; those that do not fit the text
    any more, or that TMX 1.4 does not allow where they stand, are left out, and their text stays.
    """
    from lxml import etree

    at = 0
    stack: list[tuple[Any, int, int]] = [(segment, -1, len(text))]

    def put(until: int) -> None:
        nonlocal at
        piece, parent = text[at:until], stack[-1][0]
        at = until
        if not piece:
            return
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + piece
        else:
            parent.text = (parent.text or "") + piece

    for depth, start, end, name, attributes in codes:
        while len(stack) > 1 and stack[-1][1] >= depth:
            put(stack[-1][2])
            stack.pop()
        written, said = _allowed(name, attributes)
        parent, _, limit = stack[-1]
        if not at <= start <= end <= limit or written not in WITHIN[local(parent)]:
            continue
        put(start)
        element = etree.SubElement(parent, written)
        for key, value in said.items():
            element.set(key, value)
        stack.append((element, depth, end))
    while len(stack) > 1:
        put(stack[-1][2])
        stack.pop()
    put(len(text))


def _allowed(name: str, attributes: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The element as TMX 1.4 has it: a half of a pair that lost its number stands alone."""
    if name in ("bpt", "ept") and not attributes.get("i"):
        kept = {"pos": "begin" if name == "bpt" else "end"}
        return "it", kept | {key: attributes[key] for key in ("x", "type") if key in attributes}
    said = {key: attributes[key] for key in ATTRIBUTES.get(name, ()) if key in attributes}
    said = {key: value for key, value in said.items() if key not in _CHOICES or value in _CHOICES[key]}
    if name == "it" and "pos" not in said:
        said["pos"] = "begin"
    return name, said
