"""Inline codes one by one, and start and end of those that are apart: sc and ec, sm and em."""

from __future__ import annotations

from typing import TYPE_CHECKING

from review.formats.xliff2._fragments import Places
from review.formats.xliff2._inline import Item, Items
from review.formats.xliff2._names import CODES
from review.formats.xliff2._structure import Checker
from review.formats.xml import Node

if TYPE_CHECKING:
    from review.formats.xliff2._units import Part

    Sides = list[tuple[Part, Items]]

_SUBTYPES = {**dict.fromkeys(("xlf:lb", "xlf:pb", "xlf:b", "xlf:i", "xlf:u"), "fmt"), "xlf:var": "ui"}
_SAME = {"canCopy": "yes", "canDelete": "yes", "canOverlap": "yes"}


def attributes(checker: Checker, codes: list[Node], data: set[str], places: Places, file: str) -> None:
    """Check what each code of a unit says of itself."""
    for node in codes:
        if len(node.attributes) > 1 and node.name in CODES:
            _code(checker, node, data)
            for key in ("subFlows", "subFlowsStart", "subFlowsEnd"):
                places.flows += [(node, name, file) for name in node.get(key).split()]
        if node.name == "ec":
            _end(checker, node)


def _code(checker: Checker, node: Node, data: set[str]) -> None:
    for key in ("dataRef", "dataRefStart", "dataRefEnd"):
        if (name := node.get(key)) and name not in data:
            checker.refuse(
                node, f"{key} of <{node.name}> is “{name[:60]}”, which the unit's original data does not have"
            )
        if name and node.get("copyOf"):
            checker.refuse(node, f"<{node.name}> has both copyOf and {key}")
    kind = node.get("subType")
    if kind and not node.get("type"):
        checker.refuse(node, f"<{node.name}> has subType without type")
    if kind.startswith("xlf:") and _SUBTYPES.get(kind) != node.get("type"):
        checker.refuse(node, f"subType {kind[:40]} does not go with the type {node.get('type')}")
    if node.get("canReorder") in ("no", "firstNo") and not node.get("canCopy") == node.get("canDelete") == "no":
        checker.refuse(
            node, f"<{node.name}> with canReorder {node.get('canReorder')} must have canCopy and canDelete no"
        )


def _end(checker: Checker, node: Node) -> None:
    isolated = node.get("isolated") == "yes"
    if isolated and (not node.get("id") or node.get("startRef")):
        checker.refuse(node, "<ec> that is isolated must have id, and no startRef")
    if not isolated and (node.get("id") or not node.get("startRef")):
        checker.refuse(node, "<ec> that is not isolated must have startRef, and no id")
    if not isolated and node.get("dir"):
        checker.refuse(node, "<ec> may have dir only where isolated is yes")


def copies(checker: Checker, codes: list[Node]) -> None:
    """copyOf leads to a code of the unit that may be copied and has no original data (section 4.7.2.4.1)."""
    wanted = [node for node in codes if node.get("copyOf")]
    if not wanted:
        return
    known: dict[str, Node] = {}
    for node in codes:
        if node.get("id"):
            known.setdefault(node.get("id"), node)
    for node in wanted:
        base = known.get(node.get("copyOf"))
        said = f"copyOf of <{node.name}> is “{node.get('copyOf')[:60]}”"
        if base is None:
            checker.refuse(node, f"{said}, but the unit has no such code")
        if base.get("canCopy") == "no":
            checker.refuse(node, f"{said}, a code with canCopy no")
        if any(base.get(key) for key in ("dataRef", "dataRefStart", "dataRefEnd")):
            checker.refuse(node, f"{said}, a code with original data; the copy must name that data instead")


def pairs(checker: Checker, parts: list[Part]) -> None:
    """Each <sc> that is not isolated has one <ec> behind it on its side of the unit, and the other way round; the same
    for <sm> and <em>.
    """
    _side(checker, [(part, part.source) for part in parts], complete=True)
    there = [(part, part.target) for part in parts if part.target is not None]
    complete = len(there) == len(parts)
    ordered = sorted(there, key=lambda pair: pair[0].order)
    for sides in (there, ordered):
        if not _first_wrong(sides, complete):
            return
    _side(checker, ordered, complete)


def _side(checker: Checker, sides: Sides, complete: bool) -> None:
    if wrong := _first_wrong(sides, complete):
        checker.refuse(*wrong)


def _first_wrong(sides: Sides, complete: bool) -> tuple[Node, str] | None:
    """The first start or end without the other. What lacks its other half in a unit that is translated in part only
    (``complete`` is false) may still get it.
    """
    starts: dict[str, Node] = {}
    ended: set[str] = set()
    isolated: set[str] = set()
    for _, content in sides:
        for item in content:
            if isinstance(item, str) or item.node.name not in ("sc", "ec", "sm", "em"):
                continue
            node, key = item.node, item.key
            if node.name in ("sc", "sm"):
                if node.get("isolated") == "yes":
                    isolated.add(key)
                else:
                    starts[key] = node
            elif reference := node.get("startRef"):
                start = starts.get(reference)
                if reference in isolated:
                    return node, f"<sc> “{reference[:60]}” is isolated, but its <ec> is in the same unit"
                if start is None and complete:
                    kind = "sc" if node.name == "ec" else "sm"
                    return (
                        node,
                        f"startRef of <{node.name}> is “{reference[:60]}”, but no such <{kind}> stands before it",
                    )
                if start is not None and (start.name, node.name) not in (("sc", "ec"), ("sm", "em")):
                    return node, f"startRef of <{node.name}> leads to <{start.name}>"
                if reference in ended:
                    return node, f"a second <{node.name}> has the startRef “{reference[:60]}”"
                ended.add(reference)
                if start is not None and node.name == "ec" and (said := _differs(start, node)):
                    return node, said
    for key, node in starts.items():
        if key not in ended and complete:
            if node.name == "sc":
                return node, f"<sc> “{key[:60]}” has no <ec> behind it in the unit, and is not isolated"
            return node, f"<sm> “{key[:60]}” has no <em> behind it in the unit"
    return None


def _differs(start: Node, end: Node) -> str:
    """Which attribute of an <ec> is not that of its <sc>, as a sentence."""
    for key, default in _SAME.items():
        if start.get(key, default) != end.get(key, default):
            return f"{key} of <ec> is not that of its <sc> “{start.get('id')[:60]}”"
    order = start.get("canReorder", "yes")
    if end.get("canReorder", "yes") != ("no" if order == "firstNo" else order):
        return f"canReorder of <ec> does not go with that of its <sc> “{start.get('id')[:60]}”"
    for key in ("type", "subType", "copyOf"):
        if start.get(key) and end.get(key) and start.get(key) != end.get(key):
            return f"{key} of <ec> is not that of its <sc> “{start.get('id')[:60]}”"
    return ""


def starts(content: Items) -> list[Item]:
    """The codes of some content in order, each where it begins (an end that is apart too); no annotations."""
    return [
        item
        for item in content
        if not isinstance(item, str)
        and item.node.name in CODES
        and not (item.form == "close" and item.node.name == "pc")
    ]
