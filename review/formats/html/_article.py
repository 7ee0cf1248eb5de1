"""Which blocks of a page are its article's: those whose text trafilatura finds, without menus, advertisements, footers.

It says which text; where that stands in the page is told by comparing letters and digits.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from review.formats.html._blocks import Page
from review.formats.runs import Block

DEEPEST = 400
"""Elements that stand deeper are not looked through; browsers stop at 512."""

LARGEST = 4 << 20
"""Nor are pages of more characters."""

_SMALL = 24
"""A block of fewer letters must be a whole one of the article's to be its; a longer one may be a part."""

_SHORT = 250
"""Of pages of fewer letters trafilatura makes too little; so it does of fragments."""

_MANY, _OFTEN = 4000, 30
"""Of more blocks, and of a block that stands on the page more often, the order is not looked at."""

_SIGNS = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """A text's letters and digits, by which it is known again."""
    return _SIGNS.sub("", text).casefold()


def article(page: str, found: Page) -> list[Block]:
    """The article's blocks in the page's order, its heading among them; none where there is none to be found."""
    if found.depth > DEEPEST or len(page) > LARGEST:
        return []
    body = [block for block in found.blocks if block.kind not in ("title", "description")]
    keys = [letters(block.bare) for block in body]
    if not found.framed or sum(map(len, keys)) < _SHORT:
        return []
    extracted = _extracted(page)
    chosen = _matched(keys, extracted)
    if not chosen:
        return []
    first, last = min(chosen), max(chosen)
    known = set(extracted)
    chosen |= {place for place in range(first, last) if keys[place] in known}  # said twice, extracted once
    # Trafilatura leaves out captions, and the heading where it stands above what it takes for the article.
    chosen |= {place for place in range(first, last) if body[place].kind == "caption"}
    heading = _heading(found.blocks, body, keys, first)
    chosen |= {heading} if heading is not None else set()
    return [body[place] for place in sorted(chosen)]


def _matched(keys: Sequence[str], extracted: Sequence[str]) -> set[int]:
    """The places of the blocks whose text was extracted: runs in the same order first, then parts of longer texts."""
    chosen: set[int] = set()
    known, often = set(extracted), Counter(keys)
    if len(keys) > _MANY:
        chosen = {place for place, key in enumerate(keys) if key in known}
    else:
        rare = [key if often[key] <= _OFTEN else f"{key} {place}" for place, key in enumerate(keys)]
        for first, _, size in SequenceMatcher(None, rare, extracted, autojunk=False).get_matching_blocks():
            chosen |= set(range(first, first + size))
    whole = "".join(extracted)
    chosen |= {place for place, key in enumerate(keys) if len(key) >= _SMALL and key in whole}
    if not chosen:
        return chosen
    # What is known by a few letters only is the article's where others of it stand around.
    firm = sorted(place for place in chosen if len(keys[place]) >= _SMALL)
    return {place for place in chosen if not firm or len(keys[place]) >= _SMALL or _near(firm, place)}


def _near(firm: Sequence[int], place: int) -> bool:
    at = bisect_left(firm, place)
    return any(abs(other - place) <= 12 for other in firm[max(at - 1, 0) : at + 1])


def _heading(blocks: Sequence[Block], body: Sequence[Block], keys: Sequence[str], first: int) -> int | None:
    """The heading before the article: the last first-rank one, best one that the page's title begins with."""
    title = letters(next((block.bare for block in blocks if block.kind == "title"), ""))
    before = [place for place in range(first) if body[place].kind in ("h1", "h2")]
    named = [place for place in before if keys[place] and keys[place] in title]
    ranked = [place for place in before if body[place].kind == "h1"]
    return named[-1] if named else ranked[-1] if ranked else None


def _extracted(page: str) -> list[str]:
    """The texts that trafilatura takes for the article's, in order, as letters; none where it gives up."""
    import trafilatura

    quiet = logging.getLogger("trafilatura")
    level = quiet.level
    quiet.setLevel(logging.CRITICAL)
    try:
        made = trafilatura.bare_extraction(
            page, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
        )
    except Exception:  # noqa: BLE001  whatever a page does to it: then nothing was found
        return []
    finally:
        quiet.setLevel(level)
    body = getattr(made, "body", None)
    if body is None:
        return []
    found: list[str] = []
    for element in body.iter():
        if isinstance(element.tag, str) and element.tag not in ("hi", "ref", "del", "lb", "graphic"):
            parts = [element.text or ""]
            for child in element:
                inline = child.tag in ("hi", "ref", "del", "lb", "graphic")
                parts += ["".join(child.itertext())] if inline else ["\n"]
                parts.append(child.tail or "")
            found += [key for key in map(letters, "".join(parts).split("\n")) if key]
    return found
