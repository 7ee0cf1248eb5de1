"""Editing hints: what may not be deleted or moved (XLIFF 2.1, section 4.7.2.6).

Where a target breaks them, the specification asks for an error in a segment that is final, and a warning elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from review.formats.xliff2._inline import ALONE
from review.formats.xliff2._pairs import starts
from review.formats.xliff2._structure import Checker
from review.formats.xml import Node

if TYPE_CHECKING:
    from review.formats.xliff2._inline import Item, Items
    from review.formats.xliff2._units import Part


def sequences(checker: Checker, parts: list[Part]) -> None:
    """A code with canReorder no follows one with firstNo or no."""
    if wrong := _unled([item for part in parts for item in starts(part.source)]):
        checker.refuse(*wrong)
    there = [part for part in parts if part.target is not None]
    plain = [item for part in there for item in starts(part.target or [])]
    ordered = [item for part in sorted(there, key=lambda part: part.order) for item in starts(part.target or [])]
    if len(there) == len(parts) and (wrong := _unled(plain)) and _unled(ordered):
        checker.refuse(*wrong)
    if len(there) < len(parts):
        for part in there:
            if wrong := _unled(starts(part.target or []), led=True):
                checker.refuse(*wrong)


def _unled(items: list[Item], led: bool = False) -> tuple[Node, str] | None:
    """The first code with canReorder no that nothing leads; ``led``: what leads the first may be elsewhere."""
    for item in items:
        hint = item.node.get("canReorder", "yes")
        if hint == "no" and not led:
            return item.node, f"<{item.node.name}> with canReorder no does not follow one with firstNo or no"
        led = hint in ("no", "firstNo")
    return None


def hints(checker: Checker, parts: list[Part]) -> None:
    """Codes that may not be deleted are in the target; sequences that may not be reordered are as in the source."""
    for part in parts:
        if part.target is None:
            continue
        said, short = broken(part.source, part.target)
        if said and part.node.get("state") == "final":
            checker.refuse(part.target_node or part.node, said)
        if said:
            checker.warn(short, part.node)


def broken(source: Items, target: Items) -> tuple[str, str]:
    """What hint of the source's codes a target breaks: in words for a refusal and for a warning; "" where none."""
    there = {(item.key, item.form) for item in target if not isinstance(item, str)}
    for item in source:
        if not isinstance(item, str) and item.node.get("canDelete") == "no" and (item.key, item.form) not in there:
            said = f"the target lacks the code “{item.key[:60]}”, which may not be deleted (canDelete no)"
            return said, "a target without a code that may not be deleted"
    sequences = _sequences(source)
    if sequences:
        was, now = _Order(source), _Order(target)
        if not all(_kept(sequence, was, now) for sequence in sequences):
            said = "the codes of a sequence stand in another order in the target (canReorder no)"
            return said, "a target with codes in another order that may not be moved"
    return "", ""


def mended(source: Items, target: Items) -> Items:
    """A target whose sequences of codes are as in the source. Where all are there they change places; else the whole
    sequence stands where the first of it stood.
    """
    made = list(target)
    sequences = _sequences(source)
    if not sequences:
        return made
    was, now = _Order(source), _Order(made)
    for sequence in sequences:
        if _kept(sequence, was, now):
            continue
        starting = set(sequence)
        own = {(item.key, item.form): item for item in made if not isinstance(item, str)}
        places = [n for n, item in enumerate(made) if not isinstance(item, str) and (item.key, item.form) in starting]
        if all(key in own and key[1] == ALONE for key in sequence):
            for place, key in zip(places, sequence, strict=False):
                made[place] = own[key]
        if not _kept(sequence, was, _Order(made)):
            keys = {key for key, _ in sequence}
            events = [item for item in source if not isinstance(item, str) and item.key in keys]
            events = [own.get((item.key, item.form), item) for item in events]
            rest = [item for item in made if isinstance(item, str) or item.key not in keys]
            first = sum(isinstance(item, str) or item.key not in keys for item in made[: places[0]])
            made = [*rest[:first], *events, *rest[first:]]
        now = _Order(made)
    return made


def _sequences(content: Items) -> list[list[tuple[str, str]]]:
    """The sequences of codes that begin with firstNo, as (key, form)."""
    found: list[list[tuple[str, str]]] = []
    led = False
    for item in starts(content):
        hint = item.node.get("canReorder", "yes")
        if hint == "firstNo":
            found.append([])
        led = hint == "firstNo" or (hint == "no" and led)
        if led:
            found[-1].append((item.key, item.form))
    return [sequence for sequence in found if len(sequence) > 1]


class _Order:
    """The codes of some content: in order of their starts, and where each start, and each half of a key, stands."""

    def __init__(self, content: Items) -> None:
        self.starts = [(item.key, item.form) for item in starts(content)]
        self.places: dict[tuple[str, str], list[int]] = {}
        for place, start in enumerate(self.starts):
            self.places.setdefault(start, []).append(place)
        self.halves: dict[str, list[tuple[int, str]]] = {}
        for place, item in enumerate(content):
            if not isinstance(item, str):
                self.halves.setdefault(item.key, []).append((place, item.form))

    def of(self, keys: set[str]) -> list[tuple[str, str]]:
        """The halves of some keys, in order."""
        found = sorted((place, key, form) for key in keys for place, form in self.halves.get(key, ()))
        return [(key, form) for _, key, form in found]


def _kept(sequence: list[tuple[str, str]], source: _Order, target: _Order) -> bool:
    """True where a target has a sequence whole, unbroken and nested as in the source, or nothing of it."""
    places = sorted(place for item in set(sequence) for place in target.places.get(item, ()))
    if not places:
        return True
    if target.starts[places[0] : places[0] + len(sequence)] != sequence or len(places) != len(sequence):
        return False
    keys = {key for key, _ in sequence}
    return source.of(keys) == target.of(keys)
