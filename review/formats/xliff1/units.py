"""One <trans-unit> read: its segments, each with source, target, alternatives and how far it is.

A unit is one segment, or one for each <mrk mtype="seg"> of its <seg-source> (XLIFF 1.2, <seg-source>).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from review.errors import FormatError
from review.formats.xliff1.checker import Checker
from review.formats.xliff1.dialects import PLAIN, SDL, Dialect
from review.formats.xliff1.inline import SPACE, Content, Mark, Walk, number, wrapped
from review.formats.xml import XML, Node
from review.model import Code

LANG = XML + "lang"


@dataclass(slots=True)
class Part:
    """One segment of a unit. ``source`` and ``target`` are texts of the file; there may be no target yet."""

    mid: str
    source: Content
    target: Content | None
    alternatives: list[Content] = field(default_factory=list)
    references: list[Content] = field(default_factory=list)


@dataclass(slots=True)
class Unit:
    """A unit read: its elements and its segments. ``target`` is None where it has none; ``coded``: a text has codes.

    ``seg_source`` is there where the unit is segmented, and its target is segmented too or has nothing in it.
    """

    node: Node
    source: Node
    target: Node | None
    seg_source: Node | None
    parts: list[Part]
    keep_space: bool
    keep_target: bool
    coded: bool
    notes: tuple[str, ...]
    confs: dict[str, Node]

    def source_text(self, part: Part) -> str:
        return part.source.spelled(self.keep_space)

    def target_text(self, part: Part) -> str:
        return part.target.spelled(self.keep_target) if part.target is not None else ""

    def marks(self, part: Part) -> dict[str, list[Mark]]:
        """How the file writes each token that a segment may hold: in its target, else in its source or elsewhere."""
        found: dict[str, list[Mark]] = {}
        for text in _texts(part):
            new: dict[str, list[Mark]] = {}
            for token, mark in zip(text.tokens, text.marks, strict=True):
                if token not in found:
                    new.setdefault(token, []).append(mark)
            found.update(new)
        return found

    def codes(self, part: Part) -> tuple[Code, ...]:
        """The codes that a segment's texts may hold."""
        found: dict[str, Mark] = {}
        for text in _texts(part):
            for token, mark in zip(text.tokens, text.marks, strict=True):
                found.setdefault(token, mark)
        return tuple([Code(token, mark.shown) for token, mark in found.items()])

    def status(self, part: Part, dialect: Dialect) -> str:
        """How far the file says that a segment is: confirmed, approved, rejected or ""."""
        conf = self.confs.get(part.mid) if self.confs else None
        if conf is not None:
            return dialect.read(conf.get("conf"))
        if dialect.attribute:
            return dialect.read(self.node.get(dialect.attribute))
        if self.node.attributes.get("approved") == "yes":
            return "approved"
        return PLAIN.read(self.target.attributes.get("state", "")) if self.target is not None else ""


def read_unit(
    node: Node, checker: Checker, preserve: bool, language: str, comments: dict[str, str], alternatives: bool = True
) -> Unit:
    """Read a unit. ``preserve``: its white space counts, as far as the elements around it say.

    Raises FormatError where it breaks a rule.
    """
    source = seg_source = target = None
    alts: list[Node] = []
    notes: list[str] = []
    confs: dict[str, Node] = {}
    space = checker.space
    for child in node.children:
        if isinstance(child, str):
            if not child.isspace():
                checker.refuse("stray text", node, parent=node.name, found=child.strip())
            continue
        name = child.name
        if name[0] == "#":
            continue
        if child.space != space:
            _foreign(child, confs, notes)
            continue
        if name == "source":
            if source is not None:
                checker.refuse("twice", child, parent=node.name, found=name)
            if seg_source is not None or target is not None:
                checker.refuse("order", child, found=name, other="target" if target is not None else "seg-source")
            source = child
        elif name == "target":
            if target is not None:
                checker.refuse("twice", child, parent=node.name, found=name)
            target = child
            if child.attributes:
                checker.attributes(child)
        elif name == "seg-source":
            if seg_source is not None:
                checker.refuse("twice", child, parent=node.name, found=name)
            if target is not None:
                checker.refuse("order", child, found=name, other="target")
            seg_source = child
        elif name == "note":
            notes.append(_note(child))
        elif name == "alt-trans":
            alts.append(child)
        else:
            checker.child(child, node)
        if source is None and name not in ("source", "seg-source", "target"):
            checker.broken("late source", child, found=name)
    if source is None:
        checker.refuse("no source", node)
    unit = Unit(node, source, target, None, [], preserve, preserve, False, (), confs)
    unit.keep_space = _space(source, preserve)
    unit.keep_target = _space(target, unit.keep_space) if target is not None else unit.keep_space
    whole = Walk(checker, source)
    seg = Walk(checker, seg_source, segmented=True) if seg_source is not None else None
    aim = Walk(checker, target, segmented=True, beside=seg) if target is not None else None
    if aim is not None and aim.segments:
        for mid, text in aim.segments.items():
            if seg is None or mid not in seg.segments:
                checker.refuse("unknown mid", text.node, found=mid)
    flat = aim is not None and not aim.segments and not aim.whole.blank
    if seg is not None and seg.segments and (not flat or len(seg.segments) == 1):
        unit.seg_source = None if flat else seg_source
        for mid, text in seg.segments.items():
            own = aim.whole if flat and aim is not None else aim.segments.get(mid) if aim is not None else None
            unit.parts.append(Part(mid, text, own))
    else:
        unit.parts.append(Part("", whole.whole, aim.whole if aim is not None else None))
    if alts and alternatives:
        _alternatives(unit, alts, seg, checker, language)
    texts = [whole.whole, *(text for part in unit.parts for text in _texts(part))]
    unit.coded = any(text.marks for text in texts)
    if unit.coded:
        number(texts)
    if comments:
        notes += _comments(unit, comments)
    unit.notes = tuple(note for note in dict.fromkeys(notes) if note)
    return unit


def plain(node: Node, checker: Checker, preserve: bool) -> tuple[str, str, str] | None:
    """Source, target and state of a unit of characters alone, as most are; None where there is more in it."""
    source = target = None
    for child in node.children:
        if isinstance(child, str):
            if not child.isspace():
                return None
        elif source is None:
            source = child
        elif target is None:
            target = child
        else:
            return None
    if source is None or target is None or source.name != "source" or target.name != "target" or source.attributes:
        return None
    if source.space != checker.space or target.space != checker.space:
        return None
    if len(source.children) != 1 or len(target.children) != 1 or SPACE in target.attributes:
        return None
    first, second = source.children[0], target.children[0]
    if not isinstance(first, str) or not isinstance(second, str):
        return None
    if not preserve:
        first, second = (wrapped([text])[0] if "\n" in text or "\r" in text else text for text in (first, second))
    if not target.attributes:
        return first, second, ""
    checker.attributes(target)
    return first, second, target.attributes.get("state", "")


def status_of(texts: tuple[str, str, str], node: Node) -> str:
    """How far XLIFF 1.2 says that a unit is of which ``plain`` knows all there is."""
    if node.attributes.get("approved") == "yes":
        return "approved"
    return PLAIN.read(texts[2]) if texts[2] else ""


def _texts(part: Part) -> list[Content]:
    """All texts of a segment, its own before those that are offered."""
    own = [part.source] if part.target is None else [part.target, part.source]
    return [*own, *part.alternatives, *part.references]


def _space(node: Node, preserve: bool) -> bool:
    given = node.attributes.get(SPACE) if node.attributes else None
    return preserve if given is None else given == "preserve"


def _note(node: Node) -> str:
    said = " ".join(node.text.split())
    who = node.get("from")
    return f"{who}: {said}" if who and said else said


def _foreign(node: Node, confs: dict[str, Node], notes: list[str]) -> None:
    """What tools add to a unit: Trados a word for each segment, memoQ comments."""
    if node.name == "seg-defs" and node.space == SDL:
        for seg in node.elements("seg"):
            confs.setdefault(seg.get("id"), seg)
        return
    for inner in (node, *node.all()):
        if inner.name.lower() == "comment" and inner.first("comment") is None:
            notes.append(_note(inner))


def _comments(unit: Unit, comments: dict[str, str]) -> list[str]:
    """The comments of Trados, which stand at the file's head, that the unit's texts name."""
    found = []
    for part in unit.parts:
        for mark in [mark for text in _texts(part) for mark in text.marks]:
            name = mark.node.get(f"{{{SDL}}}cid") if mark.node.name == "mrk" else ""
            if name in comments:
                found.append(comments[name])
    return found


def _alternatives(unit: Unit, alts: list[Node], seg: Walk | None, checker: Checker, language: str) -> None:
    named = {part.mid: part for part in unit.parts}
    for alt in alts:
        checker.attributes(alt)
        for child in alt.elements():
            if checker.ours(child):
                checker.child(child, alt)
        mid = alt.get("mid")
        if mid and (seg is None or mid not in seg.segments):
            checker.refuse("alternative mid", alt, found=mid)
        targets = [target for target in alt.elements("target") if checker.ours(target)]
        if not targets:
            checker.broken("no alternative", alt)
        for target in targets:
            checker.attributes(target)
            said = target.get(LANG) or alt.get(LANG)
            if alt.get("alttranstype") != "rejected" and not (said and language and not _alike(said, language)):
                _alternative(unit, named, alt, target, checker)


def _alternative(unit: Unit, named: dict[str, Part], alt: Node, target: Node, checker: Checker) -> None:
    """Offer one text of an <alt-trans> to the segments that it is for."""
    mid = alt.get("mid")
    try:
        walk = Walk(checker, target, segmented=True)
    except FormatError as error:
        checker.broken("alternative", alt, found=error.what)
        return
    reference = alt.get("alttranstype") == "reference"
    parts = unit.parts
    if len(parts) > 1:
        parts = [named[name] for name in dict.fromkeys((*walk.segments, mid)) if name in named]
    for part in parts:
        whole = part.mid == mid or len(unit.parts) == 1
        text = walk.segments.get(part.mid) or (walk.whole if whole else None)
        if text is not None and not text.blank:
            (part.references if reference else part.alternatives).append(text)
    if not mid and not walk.segments and len(unit.parts) > 1:
        checker.broken("whole alternative", alt)


def _alike(one: str, other: str) -> bool:
    """True where neither language says something else than the other."""
    first, second = (name.replace("_", "-").lower() for name in (one, other))
    return first.startswith(second) or second.startswith(first)
