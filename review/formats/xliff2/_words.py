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


def elsewhere(numbers: Mapping[str, int], unit: Unit) -> dict[str, Item]:
    """The element for each token of a unit: that of a target, else of a source."""
    return _elements([part.target or [] for part in unit.parts] + [part.source for part in unit.parts], numbers)


def _elements(contents: list[Items], numbers: Mapping[str, int]) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for content_ in contents:
        for item in content_:
            if not isinstance(item, str):
                found.setdefault(token(item, numbers[item.key]), item)
    return found


def found_in(
    text: str, numbers: Mapping[str, int], others: Mapping[str, Item], part: Part, tokens: frozenset[str]
) -> tuple[Items, bool]:
    """A text's pieces, and whether codes of another unit were left out.

    A code is the element that the segment's target has for it, else its source, else another segment of the unit (see
    ``elsewhere``). What only looks like one is text; ``tokens`` are codes wherever they came from.
    """
    if "<" not in text or not (numbers or tokens):
        return [text] if text else [], False
    known = _elements([part.target or [], part.source], numbers)
    found: Items = []
    end, strange = 0, False
    for match in TOKEN.finditer(text):
        item_ = known.get(match[0]) or others.get(match[0])
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


def balanced(contents: list[Items], orders: list[int], whole: bool) -> list[set[int]]:
    """For each content, the places of codes that must go: halves of pc and mrk without the other in the same content or
    crossing another, halves of what is apart without the other, in this order, in any of them, and what stands there
    twice. Where these are not the ``whole`` unit the other half may come with a translation that is not there yet.

    ``orders`` are the places of the targets in the unit: starts and ends may follow each other there or as written.
    """
    plain = _lone(contents, whole)
    if not any(plain):
        return plain
    places = sorted(range(len(contents)), key=lambda number: orders[number])
    found = _lone([contents[number] for number in places], whole)
    ordered = [found[places.index(number)] for number in range(len(contents))]
    return min(plain, ordered, key=lambda lone: sum(map(len, lone)))


def _lone(contents: list[Items], whole: bool) -> list[set[int]]:
    lone: list[set[int]] = [set() for _ in contents]
    starts: dict[str, tuple[int, int]] = {}
    ends: dict[str, tuple[int, int]] = {}
    for number, content_ in enumerate(contents):
        lone[number] = _crossing(content_)
        for place, item in enumerate(content_):
            if isinstance(item, str) or item.form == ALONE or item.node.name in ("pc", "mrk"):
                continue
            side = starts if item.form == OPEN else ends
            if item.key in side:
                lone[number].add(place)
            else:
                side[item.key] = (number, place)
    for name in starts.keys() | ends.keys():
        start, end = starts.get(name), ends.get(name)
        if (whole and (start is None or end is None)) or (start and end and start > end):
            for number, place in (half for half in (start, end) if half):
                lone[number].add(place)
    seen: set[str] = set()
    for number, content_ in enumerate(contents):
        for place, item in enumerate(content_):
            if not isinstance(item, str) and item.node.name != "cp" and item.form in (ALONE, OPEN):
                if item.key in seen and place not in lone[number]:
                    lone[number] |= {place} | _ends_of(content_, place)
                seen.add(item.key)
    return lone


def _crossing(content_: Items) -> set[int]:
    """Halves of pc and mrk that are alone, or cross another pair."""
    lone: set[int] = set()
    stack: list[int] = []
    for place, item in enumerate(content_):
        if isinstance(item, str) or item.node.name not in ("pc", "mrk"):
            continue
        if item.form == OPEN:
            stack.append(place)
            continue
        opened = [where for where in stack if content_[where].key == item.key]  # type: ignore[union-attr]
        if not opened:
            lone.add(place)
            continue
        while (top := stack.pop()) != opened[-1]:
            lone.add(top)
    return lone | set(stack)


def _ends_of(content_: Items, start: int) -> set[int]:
    """The end of a pair that encloses its text, for its start."""
    first = content_[start]
    if isinstance(first, str) or first.node.name not in ("pc", "mrk"):
        return set()
    depth = 0
    for place in range(start, len(content_)):
        item = content_[place]
        if not isinstance(item, str) and item.key == first.key:
            depth += 1 if item.form == OPEN else -1
            if not depth:
                return {place}
    return set()


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
