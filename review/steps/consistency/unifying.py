"""One rendering for all: the rule that writes it in the place of the others."""

from __future__ import annotations

import re
from collections.abc import Collection

from review.errors import InputError
from review.model import Rule
from review.steps.consistency.looking import Rendered
from review.text.likeness import likeness
from review.text.termbase import WRONG

ALIKE = 0.45
"""Renderings at least this much alike (Indel similarity of their letters) are taken for the same thing at first."""

_SIGNS = re.compile(r"([\\.+*?()|\[\]{}^$])")


def unifying(found: Rendered, keep: str, others: Collection[str] | None = None) -> Rule:
    """A rule that writes ``keep`` in the place of the other renderings found (or of those named ``others``), where the
    source has the term.

    Raises InputError where there is nothing to keep, or nothing else to replace, or too much for one pattern.
    """
    keep = " ".join(keep.split())
    if not keep:
        raise InputError("Choose the rendering to keep, or write one.")
    chosen = [one for one in found.renderings if one.text != keep and (others is None or one.text in others)]
    wanted = [surface for rendering in chosen for surface in rendering.surfaces if surface != keep]
    if not wanted:
        raise InputError(f"There is no other rendering than {keep!r}; nothing is to be unified.")
    if len(wanted) == 1 and "{" not in wanted[0]:
        return Rule(wanted[0], keep, inflected=False, keep_case=_adapts(keep), source=found.term)
    single = [one for rendering in chosen for one in _singular(rendering.surfaces) if one != keep]
    plural = len(single) < len(wanted)
    # What is kept stands first where another rendering is part of it, so that it is found whole and left alone.
    parts = {*single, *([keep] if any(_inside(one, keep) for one in single) else [])}
    ending = plural and not keep.lower().endswith("s")
    ordered = sorted(parts, key=lambda one: (-len(one), one))
    alternatives = "|".join(_bounded(one, open_=ending) for one in ordered)
    find = f"(?:{alternatives})" + (r"(s?)\b" if ending else "")
    if len(find) > 1000:
        raise InputError("These renderings are too many for one pattern; replace some of them first.")
    replace = keep.replace("\\", "\\\\") + (r"\1" if ending else "")
    return Rule(
        find, replace, kind="pattern", inflected=False, keep_case=_adapts(keep), source=found.term, source_kind="words"
    )


def likely(found: Rendered, keep: str) -> list[str]:
    """The renderings that ``keep`` most likely stands for, to begin with: wrong by the termbase, or much alike.

    What merely goes with the term ("developing countries" with 中国) is left for a person to add.
    """
    return [
        one.text
        for one in found.renderings
        if one.text != keep and (one.status in WRONG or likeness(one.text, keep) >= ALIKE)
    ]


def _singular(surfaces: Collection[str]) -> list[str]:
    """One rendering's wordings without those that are another's plural."""
    low = {surface.lower() for surface in surfaces}
    return [one for one in surfaces if not (one.lower().endswith("s") and one.lower()[:-1] in low)]


def _adapts(keep: str) -> bool:
    """A rendering without capitals takes the letter case of its place; a name is written as it is."""
    return keep == keep.lower()


def _inside(part: str, whole: str) -> bool:
    return part.lower() != whole.lower() and f" {part.lower()} " in f" {whole.lower()} "


def _bounded(words: str, *, open_: bool) -> str:
    """The words as a pattern: whole words, as far as RE2 tells, or ``open_`` to an ending."""
    before = r"\b" if words[0].isascii() and words[0].isalnum() else ""
    after = r"\b" if not open_ and words[-1].isascii() and words[-1].isalnum() else ""
    return before + _SIGNS.sub(r"\\\1", words) + after
