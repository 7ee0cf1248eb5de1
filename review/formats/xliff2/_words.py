"""A text with codes as the content of a target: the codes found, their halves matched, and the bytes of it all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from review.formats.xliff2._inline import ALONE, CLOSE, OPEN, Item, Items, token
from review.formats.xliff2._values import allowed_in_xml
from review.formats.xml import escaped
from review.text.codes import TOKEN

if TYPE_CHECKING:
    from review.formats.xliff2._units import Part, Unit


def found_in(
    text: str, numbers: Mapping[str, int], unit: Unit, part: Part, tokens: frozenset[str]
) -> tuple[Items, bool]:
    """A text's pieces, and whether codes of another unit were left out.

    A code is the element that the segment's target has for it, else its source, else another segment of the unit. What
    only looks like one is text; ``tokens`` are codes wherever they came from.
    """
    if "<" not in text or not (numbers or tokens):
        return [text] if text else [], False
    known: dict[str, Item] = {}
    own = [content for content in (part.target, part.source) if content is not None]
    others = [other.target for other in unit.parts if other.target is not None] + [other.source for other in unit.parts]
    for content_ in (*own, *others):
        for item in content_:
            if not isinstance(item, str):
                known.setdefault(token(item, numbers[item.key]), item)
    found: Items = []
    end, strange = 0, False
    for match in TOKEN.finditer(text):
        item_ = known.get(match[0])
        if item_ or match[0] in tokens:
            if match.start() > end:
                found.append(text[end : match.start()])
            end = match.end()
            if item_:
                found.append(item_)
            else:
                strange = True
    if end < len(text):
        found.append(text[end:])
    return found, strange


def balanced(contents: list[Items], whole: bool) -> list[set[int]]:
    """For each content, the places of codes that must go: halves of pc and mrk without the other in the same content or
    crossing another, halves of what is apart without the other in any of them (where these are the ``whole`` unit: the
    other half may come with a translation that is not there yet), and what stands there twice.
    """
    lone: list[set[int]] = [set() for _ in contents]
    starts: dict[str, tuple[int, int]] = {}
    ends: dict[str, tuple[int, int]] = {}
    seen: set[tuple[str, str]] = set()
    for number, content_ in enumerate(contents):
        stack: list[int] = []
        for place, item in enumerate(content_):
            if isinstance(item, str):
                continue
            if item.form == ALONE or item.node.name not in ("pc", "mrk"):
                key = (item.key, item.form)
                if key in seen and item.node.name != "cp":
                    lone[number].add(place)
                elif item.form == OPEN:
                    starts[item.key] = (number, place)
                elif item.form == CLOSE:
                    ends[item.key] = (number, place)
                seen.add(key)
            elif item.form == OPEN:
                if (item.key, OPEN) in seen:
                    lone[number].add(place)
                else:
                    seen.add((item.key, OPEN))
                    stack.append(place)
            else:
                opened = [where for where in stack if content_[where].key == item.key]  # type: ignore[union-attr]
                if not opened:
                    lone[number].add(place)
                    continue
                while (top := stack.pop()) != opened[-1]:
                    lone[number].add(top)
        lone[number].update(stack)
    for name in starts.keys() ^ ends.keys() if whole else ():
        number, place = starts.get(name) or ends[name]
        lone[number].add(place)
    return lone


def content(items: Items, prefix: bytes) -> tuple[bytes, bool]:
    """The bytes of some content, and whether it has characters that had to be written as <cp>.

    ``prefix`` is what the file writes before the names of XLIFF's elements, with its colon.
    """
    parts, strange = [], False
    for item in items:
        if isinstance(item, str):
            data, odd = text_bytes(item, prefix)
            parts.append(data)
            strange = strange or odd
        else:
            parts.append(_code(item))
    return b"".join(parts), strange


def _code(item: Item) -> bytes:
    node = item.node
    if node.name not in ("pc", "mrk"):
        return node.written
    tag = node.tag.encode("utf-8")
    if item.form == CLOSE:
        return b"</" + tag + b">"
    opening = node.document.body[node.start : node.inner]
    return opening.removesuffix(b"/>") + b">" if opening.endswith(b"/>") else opening


def text_bytes(text: str, prefix: bytes = b"") -> tuple[bytes, bool]:
    """Text escaped; a character that XML cannot hold is written as <cp>, which is what it is there for."""
    if all(allowed_in_xml(ord(sign)) for sign in text):
        return escaped(text), False
    parts = []
    for sign in text:
        number = ord(sign)
        code = b"<" + prefix + f'cp hex="{number:04X}"/>'.encode()
        parts.append(escaped(sign) if allowed_in_xml(number) else code)
    return b"".join(parts), True
