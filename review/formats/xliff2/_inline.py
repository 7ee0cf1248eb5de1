"""The content of <source> and <target> as text and codes in a row, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import count
from typing import NamedTuple

from review.formats.xliff2._values import allowed_in_xml
from review.formats.xml import Node
from review.model import Code
from review.text.codes import TOKEN

OPEN, CLOSE, ALONE = "open", "close", "alone"
_HIGHEST = 99_999


class Item(NamedTuple):
    """A code: how it stands there, what it is called (the same in source and target), and the element it is of."""

    form: str
    key: str
    node: Node


Items = list[str | Item]


def items(node: Node, seen: Counter[str], nodes: list[Node]) -> Items:
    """The content of an element; ``nodes`` gets its inline elements, all but <cp>, in document order.

    ``seen`` counts the characters written as <cp>, over all sources or all targets.
    """
    found: Items = []
    _gather(node, found, seen, nodes)
    return found


def _gather(node: Node, found: Items, seen: Counter[str], nodes: list[Node]) -> None:
    for child in node.children:
        if isinstance(child, str):
            _text(found, child)
            continue
        name = child.name
        if name == "cp":
            number = int(child.get("hex"), 16)
            if allowed_in_xml(number):
                _text(found, chr(number))
            else:
                seen[str(number)] += 1
                found.append(Item(ALONE, f"cp {number:04X} {seen[str(number)]}", child))
            continue
        if name[0] == "#":
            continue
        nodes.append(child)
        if name in ("pc", "mrk"):
            key = child.attributes["id"]
            found.append(Item(OPEN, key, child))
            _gather(child, found, seen, nodes)
            found.append(Item(CLOSE, key, child))
        elif name == "ph":
            found.append(Item(ALONE, child.attributes["id"], child))
        elif name in ("ec", "em"):
            reference = child.get("startRef")
            found.append(Item(CLOSE, reference, child) if reference else Item(ALONE, child.get("id"), child))
        else:
            form = ALONE if child.get("isolated") == "yes" else OPEN
            found.append(Item(form, child.attributes["id"], child))


def _text(found: Items, text: str) -> None:
    """Add text; a run of it is one string, however many pieces the parser hands it out in."""
    if found and isinstance(last := found[-1], str):
        found[-1] = last + text
    else:
        found.append(text)


def token(item: Item, number: int) -> str:
    """How a text spells a code."""
    return f"<{number}>" if item.form == OPEN else f"</{number}>" if item.form == CLOSE else f"<{number}/>"


def spelled(content: Iterable[str | Item], numbers: Mapping[str, int]) -> str:
    """The content as text. Codes that have no number are left out."""
    parts = []
    for item in content:
        if isinstance(item, str):
            parts.append(item)
        elif item.key in numbers:
            parts.append(token(item, numbers[item.key]))
    return "".join(parts)


def numbered(contents: Iterable[Items]) -> dict[str, int]:
    """A number for each code: from 1, or from above what looks like a code in the text itself."""
    keys: dict[str, None] = {}
    taken: set[int] = set()
    for content in contents:
        for item in content:
            if not isinstance(item, str):
                keys.setdefault(item.key)
            elif "<" in item:
                taken.update(int(match[2]) for match in TOKEN.finditer(item))
    first = max(taken, default=0) + 1
    if first + len(keys) > _HIGHEST:
        first = 1
    free = (number for number in count(first) if number not in taken)
    return {key: next(free) for key in keys}


def codes(
    contents: Iterable[Items], numbers: Mapping[str, int], data: Mapping[str, str], referred: set[str]
) -> tuple[Code, ...]:
    """The codes in some content, each spelling once.

    ``data`` is the unit's original data by id. Codes that are ``referred`` to may not be left out.
    """
    found: dict[str, Code] = {}
    for content in contents:
        for item in content:
            if not isinstance(item, str):
                spelling = token(item, numbers[item.key])
                if spelling not in found:
                    fixed = item.node.get("canDelete") == "no" or item.key in referred
                    found[spelling] = Code(spelling, _shown(item, data), fixed)
    return tuple(found.values())


def _shown(item: Item, data: Mapping[str, str]) -> str:
    """What a code is, shortened: its original data, or how it says to be shown, or its type."""
    node = item.node
    if len(node.attributes) == 1:
        return "U+" + item.key.split()[1] if node.name == "cp" else ""
    side = ("End" if item.form == CLOSE else "Start") if node.name == "pc" else ""
    for key in ("disp", "equiv"):
        if shown := node.get(key + side):
            return shown[:40]
    if (reference := node.get("dataRef" + side)) in data and reference:
        return data[reference].strip()[:40]
    shown = node.get("subType").rpartition(":")[2] or node.get("type") or node.get("value")
    return (("/" + shown) if shown and item.form == CLOSE else shown)[:40]
