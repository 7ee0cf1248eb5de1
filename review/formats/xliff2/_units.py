"""One <unit>: its segments with their content, held against the constraints that go beyond the schema.

The constraints are those of XLIFF 2.1, sections 4.2 (elements), 4.3 (attributes) and 4.7 (inline content), and the
rules K and F of its core Schematron schema.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from review.formats.xliff2 import _hints, _pairs
from review.formats.xliff2._fragments import Places, Scope
from review.formats.xliff2._inline import Items, items
from review.formats.xliff2._modules import module, unique
from review.formats.xliff2._names import LANG, MATCHES, SPACE, is_module
from review.formats.xliff2._structure import Checker
from review.formats.xml import Node


@dataclass(slots=True)
class Part:
    """A <segment> or an <ignorable>. ``number`` is its place in the unit, ``order`` that of its target, from 1.

    ``source_codes`` and ``target_codes`` are the inline elements in document order, all but <cp>.
    """

    node: Node
    number: int
    order: int
    source_node: Node
    target_node: Node | None
    source: Items
    target: Items | None
    source_codes: list[Node]
    target_codes: list[Node]

    @property
    def is_segment(self) -> bool:
        return self.node.name == "segment"


@dataclass(slots=True)
class Unit:
    """A unit read. ``data`` is its original data as text, ``matches`` its translation candidates.

    ``modules``: there are elements of modules or extensions in it.
    """

    id: str
    node: Node
    parts: list[Part] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)
    matches: list[Node] = field(default_factory=list)
    modules: bool = False

    def contents(self) -> Iterator[Items]:
        """All sources and targets."""
        for part in self.parts:
            yield part.source
            if part.target is not None:
                yield part.target

    def codes(self) -> list[Node]:
        """All inline elements but <cp>."""
        return [node for part in self.parts for node in (*part.source_codes, *part.target_codes)]

    def referred(self) -> set[str]:
        """The ids of codes of the targets that something in the unit refers to."""
        found = set()
        inside = self.node.all() if self.modules else self.codes()
        for node in inside:
            if "copyOf" in node.attributes:
                found.add(node.attributes["copyOf"])
            elif "t=" in (reference := node.attributes.get("ref", "")):
                found.add(reference.rpartition("t=")[2].removeprefix("#"))
        return found


@dataclass(slots=True)
class Outside:
    """What a unit inherits: the document's languages, and where it stands."""

    source_language: str
    target_language: str
    file: str
    language: str
    space: str


def unit(checker: Checker, node: Node, outside: Outside, places: Places) -> Unit:
    """Check a unit and take it apart. Raises FormatError, naming the constraint that does not hold."""
    checker.tree(node)
    found = Unit(node.get("id"), node)
    parts = []
    extras: list[Node] = []
    for child in node.children:
        if isinstance(child, str):
            continue
        if child.name in ("segment", "ignorable") and child.space == checker.space:
            parts.append(child)
        elif child.name[0] != "#":
            extras.append(child)
    notes, here = _extras(checker, node, extras, found) if extras else (set(), set())
    source_seen: Counter[str] = Counter()
    target_seen: Counter[str] = Counter()
    language = node.attributes.get(LANG, outside.language)
    space = node.attributes.get(SPACE, outside.space)
    for number, child in enumerate(parts, 1):
        source = target = None
        for inner in child.children:
            if not isinstance(inner, str):
                if inner.name == "source":
                    source = inner
                elif inner.name == "target":
                    target = inner
        assert source is not None
        codes: list[Node] = []
        part = Part(child, number, number, source, target, items(source, source_seen, codes), None, codes, [])
        if target is not None:
            part.target = items(target, target_seen, part.target_codes)
            part.order = int(target.attributes.get("order", number))
        _languages(checker, part, outside, language, space)
        _state(checker, part)
        found.parts.append(part)
    _orders(checker, found)
    coded = any(part.source_codes or part.target_codes for part in found.parts)
    if coded or any("id" in part.node.attributes for part in found.parts):
        here |= _ids(checker, found)
    scope: Scope = (outside.file, "u", found.id)
    places.found[scope] = tuple(here)
    if coded:
        _codes(checker, found, notes, here, scope, places)
    if found.matches:
        _matches(checker, found, here, scope, places)
    return found


def _extras(checker: Checker, node: Node, extras: list[Node], found: Unit) -> tuple[set[str], set[str]]:
    """Notes, original data, modules and extensions of a unit; returns the notes' ids, and its places so far."""
    notes: set[str] = set()
    here: set[str] = set()
    seen: set[tuple[str, str]] = set()
    for child in extras:
        if child.space != checker.space:
            found.modules = True
            module(checker, child, node)
            if child.space == MATCHES and child.name == "matches":
                found.matches += child.elements("match")
            for inner in (child, *child.all()):
                extension(checker, node, inner, seen)
                if name := inner.get("id"):
                    here.add(f"x={name}")
        elif child.name == "notes":
            unique(checker, (note for note in child.elements() if note.get("id")), "<notes>")
            notes = {note.get("id") for note in child.elements()}
            found.notes = [text for note in child.elements() if (text := note.text.strip())]
        elif child.name == "originalData":
            unique(checker, child.elements(), "<originalData>")
            found.data = {data.get("id"): data.text for data in child.elements()}
    here |= {f"n={name}" for name in notes} | {f"d={name}" for name in found.data}
    return notes, here


def extension(checker: Checker, parent: Node, node: Node, seen: set[tuple[str, str]]) -> None:
    """Ids of extension elements are unique in the file, group or unit that holds them (section 2.2)."""
    key = (node.space, node.get("id"))
    if key[1] and not is_module(node.space) and node.space != checker.space:
        if key in seen:
            checker.refuse(node, f"the id “{key[1][:60]}” of <{node.tag}> is used twice in <{parent.name}>")
        seen.add(key)


def _languages(checker: Checker, part: Part, outside: Outside, language: str, space: str) -> None:
    source, target = part.source_node, part.target_node
    said = source.attributes.get(LANG, language)
    if said and said.lower() != outside.source_language.lower():
        checker.refuse(source, f"xml:lang of <source> is {said}, but srcLang is {outside.source_language}")
    if target is None:
        return
    if not outside.target_language:
        checker.refuse(target, "there is a <target>, but <xliff> has no trgLang")
    said = target.attributes.get(LANG, language)
    if said and said.lower() != outside.target_language.lower():
        checker.refuse(target, f"xml:lang of <target> is {said}, but trgLang is {outside.target_language}")
    if source.attributes.get(SPACE, space) != target.attributes.get(SPACE, space):
        checker.refuse(target, "xml:space of <target> is not that of <source>")


def _state(checker: Checker, part: Part) -> None:
    attributes = part.node.attributes
    if "subState" in attributes and "state" not in attributes:
        checker.refuse(part.node, "<segment> has subState without state")
    if part.target_node is None and attributes.get("state", "initial") != "initial":
        if checker.version != "2.0":
            checker.refuse(part.node, f"<segment> has the state {attributes['state']}, but no <target>")
        checker.warn("a state beyond initial, but no target", part.node)


def _orders(checker: Checker, found: Unit) -> None:
    seen: set[int] = set()
    for part in found.parts:
        if part.target_node is None:
            continue
        if part.order > len(found.parts):
            most = f"{len(found.parts)}, the number of its segments and ignorables"
            checker.refuse(part.target_node, f"order of <target> is {part.order}; it can be at most {most}")
        if part.order in seen:
            checker.refuse(part.target_node, f"two targets have the order {part.order} in the unit")
        seen.add(part.order)


_KINDS = {"ph": "ph", "pc": "pair", "sc": "pair", "ec": "pair", "mrk": "mark", "sm": "mark"}


def _ids(checker: Checker, found: Unit, own: bool = True) -> set[str]:
    """Ids are unique in a unit, but for a code of the target that has that of its source; returns the places.

    ``own``: the ids of segments and ignorables belong to them.
    """
    sources: dict[str, Node] = {}
    targets: set[str] = set()

    def add(node: Node) -> None:
        if name := node.get("id"):
            if name in sources:
                checker.refuse(node, f"the id “{name[:60]}” of <{node.name}> is used twice in the unit")
            sources[name] = node

    for part in found.parts:
        if own:
            add(part.node)
        for node in part.source_codes:
            add(node)
    for part in found.parts:
        for node in part.target_codes:
            if not (name := node.get("id")):
                continue
            if name in targets:
                checker.refuse(node, f"the id “{name[:60]}” of <{node.name}> is used twice in the targets of the unit")
            if name in sources and _KINDS.get(sources[name].name) != _KINDS.get(node.name):
                other = f"that <{sources[name].name}> in the unit has"
                checker.refuse(node, f"<{node.name}> in the target has the id “{name[:60]}” {other}")
            targets.add(name)
    return sources.keys() | {f"t={name}" for name in targets}


def _codes(checker: Checker, found: Unit, notes: set[str], here: set[str], scope: Scope, places: Places) -> None:
    """What holds for inline codes and annotations."""
    codes = found.codes()
    _pairs.attributes(checker, codes, set(found.data), places, scope[0])
    _pairs.copies(checker, codes)
    for node in codes:
        if node.name not in ("mrk", "sm"):
            continue
        reference = places.refer(checker, node, node.get("ref"), scope, here) if node.get("ref") else None
        if node.get("type") == "comment":
            if ("value" in node.attributes) == ("ref" in node.attributes):
                checker.refuse(node, "a comment annotation must have either value or ref, and not both")
            if "ref" in node.attributes:
                own = reference and reference.file in ("", scope[0]) and reference.container in ("", found.id)
                in_unit = own and (reference.kind == "u" or not reference.file) if reference else False
                if not reference or not in_unit or reference.leaf.removeprefix("n=") not in notes:
                    checker.refuse(node, "ref of a comment annotation must lead to a note of the same unit")
            elif text := node.get("value").strip():
                found.notes.append(text)
    if any(node.name in ("sc", "ec", "sm", "em") for node in codes):
        _pairs.pairs(checker, found.parts)
    if any("canDelete" in node.attributes or "canReorder" in node.attributes for node in codes):
        _hints.sequences(checker, found.parts)
        _hints.hints(checker, found.parts)


def _matches(checker: Checker, found: Unit, here: set[str], scope: Scope, places: Places) -> None:
    """Translation candidates: their own codes and data, and the span of this unit that each is for (section 5.1)."""
    for match in found.matches:
        value = match.get("ref")
        if not value.startswith("#") and not (checker.version == "2.1" and value in here):
            checker.refuse(match, f"ref of <{match.tag}> must lead to a span of the unit, as in #id")
        if value.startswith("#"):
            fragment = places.refer(checker, match, value, scope, here)
            spans = fragment and fragment.leaf and not fragment.leaf.startswith(("n=", "d=", "x="))
            if not spans or (fragment and (fragment.kind == "g" or fragment.container not in ("", found.id))):
                checker.refuse(match, f"ref of <{match.tag}> must lead to a span of the unit")
        source, target = match.first("source"), match.first("target")
        assert source is not None
        assert target is not None
        codes: list[Node] = []
        part = Part(match, 1, 1, source, target, items(source, Counter(), codes), None, codes, [])
        part.target = items(target, Counter(), part.target_codes)
        data = match.first("originalData")
        names = [item.get("id") for item in data.elements()] if data is not None else []
        if data is not None:
            unique(checker, data.elements(), "<originalData>")
        _ids(checker, Unit(found.id, match, [part]), own=False)
        _pairs.attributes(checker, [*part.source_codes, *part.target_codes], set(names), places, scope[0])
        _pairs.pairs(checker, [part])
