"""Where a rule's words stand, in UTF-8: the same for one text and for a block of many, parted by a byte 0xff."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from review.text import matching, patterns
from review.text.rules import wordings
from review.text.rules.writing import PLACES, At, Place

PART = b"\xff"
"""Stands between texts of a block, and in no UTF-8."""

_WORD = bytearray(256)
for _code in range(128):
    _WORD[_code] = chr(_code).isalnum()
for _code in range(128, 255):
    _WORD[_code] = 2
"""For each byte: 0 it ends a word, 1 it is of a word, 2 the character must be looked at."""
_EVENED = bytes.maketrans(b"-\t\n\r\v\f", b"      ")
_REMEMBERED = 50_000
_SPACES = re.compile(r"[\s\-\u2010-\u2013]+")

Written = Callable[[str, str, Place], str]
"""What is written for a surface with its ending at a place."""


@dataclass(slots=True)
class _Verdict:
    """What is known of a surface. ``same``: whether its replacement is what stands there already, where ``None``
    it depends on the place; ``around``: what, before and after it, says that it reads right already."""

    ending: str
    same: bool | None
    around: tuple[tuple[str, str], ...]


class Scanner:
    """Finds words, as ``kind`` says. With ``written`` those that a replacement would leave as they are, or that are
    part of the replacement already ("platform" in "cloud platform"), are no hits.

    Raises InputError for a pattern that is refused.
    """

    def __init__(self, find: str, kind: str, inflected: bool, case: bool, written: Written | None = None) -> None:
        self.whole = kind == "words"
        self.edged = kind == "pattern" and patterns.edged(find)
        """Whether texts must be scanned one by one."""
        self.verb = False
        self._written = written
        self._wording: wordings.Wording | None = None
        if kind == "words":
            self._wording = wordings.wording(find, inflected, case)
            self.pattern, self.verb = self._wording.pattern, self._wording.verb
        elif kind == "literal":
            self.pattern = wordings.exactly(find) if case else wordings.literal(find)
        else:
            self.pattern = patterns.compiled(find, case)
        self._known: dict[bytes, _Verdict | None] = {}

    def spans(self, block: bytes) -> Iterator[tuple[int, int]]:
        """The hits in a block from left to right, without overlap: bytes, end-exclusive."""
        begin: int | None = 0
        while begin is not None:
            again, begin = begin, None
            for start, end in self.pattern.found(block, again):
                if self._is_hit(block, start, end):
                    yield start, end
                elif self.whole:
                    begin = start + 1  # a shorter or later reading may begin within
                    break

    def ending(self, surface: bytes) -> str:
        """The ending that a hit's words carry."""
        verdict = self._known.get(surface) or self._judge(surface)
        return verdict.ending if verdict else ""

    def _is_hit(self, block: bytes, start: int, end: int) -> bool:
        surface = block[start:end]
        if self.whole and not _parted(block, start, end):
            return False
        try:
            verdict = self._known[surface]
        except KeyError:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            verdict = self._known[surface] = self._judge(surface)
        if verdict is None or verdict.same:
            return False
        if verdict.same is None:
            text, at = _text(block, start)
            shown = surface.decode()
            if self._written is not None and self._written(shown, verdict.ending, At(text, at)) == shown:
                return False
        return not (verdict.around and _reads_right(block, start, end, verdict.around))

    def _judge(self, raw: bytes) -> _Verdict | None:
        surface = raw.decode("utf-8", "replace")
        ending = "" if self._wording is None else self._wording.ending(surface)
        if ending is None:
            return None
        if self._written is None:
            return _Verdict(ending, False, ())
        made = [self._written(surface, ending, place) for place in PLACES]
        same = [one == surface for one in made]
        around = _around(surface, made[0])
        return _Verdict(ending, same[0] if len(set(same)) == 1 else None, around)


def _around(surface: str, written: str) -> tuple[tuple[str, str], ...]:
    """Each (before, after) that a text has round the surface where the replacement stands there already."""
    low, inner = _even(written), _even(surface)
    found = []
    at = low.find(inner)
    while at >= 0:
        before, after = low[:at], low[at + len(inner) :]
        if before or after:
            found.append((before, after))
        at = low.find(inner, at + 1)
    return tuple(found)


def _reads_right(block: bytes, start: int, end: int, around: tuple[tuple[str, str], ...]) -> bool:
    for before, after in around:
        left, right = before.encode(), after.encode()
        quick = _same(block[max(0, start - len(left)) : start], left)
        if quick and right:
            quick = _same(block[end : end + len(right)], right)
        if quick is None:
            quick = _slowly(block, start, end, before, after)
        if quick:
            return True
    return False


def _same(raw: bytes, even: bytes) -> bool | None:
    """Whether bytes read as evened ones do; None where it takes a closer look."""
    low = raw.lower().translate(_EVENED)
    if low == even:
        return True
    return None if b"  " in low or not low.isascii() or not even.isascii() else False


def _slowly(block: bytes, start: int, end: int, before: str, after: str) -> bool:
    left = block[max(0, start - 6 * len(before) - 16) : start].rpartition(PART)[2].decode("utf-8", "ignore")
    right = block[end : end + 6 * len(after) + 16].partition(PART)[0].decode("utf-8", "ignore")
    return _even(left).endswith(before) and _even(right).startswith(after)


def _even(text: str) -> str:
    """Letter case aside, and every run of spaces and hyphens as one space."""
    return _SPACES.sub(" ", text).casefold()


def _parted(block: bytes, start: int, end: int) -> bool:
    """Whether no word goes on at either edge; a Chinese, Japanese or Korean character is a word of its own."""
    if start and _WORD[block[start - 1]] and _WORD[block[start]]:
        before = block[max(0, start - 4) : start].rpartition(PART)[2].decode("utf-8", "ignore")[-1:]
        if _joins(before, block[start : start + 4].decode("utf-8", "ignore")[:1]):
            return False
    if end < len(block) and _WORD[block[end]] and _WORD[block[end - 1]]:
        after = block[end : end + 4].partition(PART)[0].decode("utf-8", "ignore")[:1]
        if _joins(block[max(0, end - 4) : end].decode("utf-8", "ignore")[-1:], after):
            return False
    return True


def _joins(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum() and not matching.has_cjk(left) and not matching.has_cjk(right)


def _text(block: bytes, at: int) -> tuple[str, int]:
    """The text that a byte stands in, and its place there in code points."""
    begin = block.rfind(PART, 0, at) + 1
    end = block.find(PART, at)
    return block[begin : None if end < 0 else end].decode(), len(block[begin:at].decode())
