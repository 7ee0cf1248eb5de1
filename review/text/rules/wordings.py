"""The wordings that a rule's words stand for: as a pattern that finds every candidate, and a reader that judges one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from review.text import inflection, matching, patterns

_SPACES = r"\s\x{85}\x{a0}\x{1680}\x{2000}-\x{200b}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
_GAP = rf"(?:['’]s?)?[{_SPACES}\-\x{{2010}}-\x{{2013}}]*"
"""What may stand between two words, at most: see ``matching``."""
_CUT = r"[\-\x{2010}\x{2011} ]?"
_PLAIN = re.compile(r"[\w\s&+%,，、'’\-\u2010-\u2013\u200b]+")
_VERBAL = frozenset("a an the its their his her our your this that these those out up on off down in into to".split())
"""Words that, right after the first of several, say that the first is a verb: hold a meeting, carry out."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words to find: every place is a match of ``pattern``, and a match is one where ``ending`` says so.

    ``verb``: the first word takes the endings, not the head of a noun phrase.
    """

    pattern: patterns.Pattern
    matcher: matching.Matcher | None
    verb: bool = False

    def ending(self, surface: str) -> str | None:
        """The ending that the words carry in a surface ("", "s", "ed", "ing"); None where they are not these words."""
        if self.matcher is None:
            return ""
        for match in self.matcher.find(surface):
            if match.start == 0 and match.end == len(surface):
                return match.ending
        return None


@lru_cache(maxsize=256)
def wording(find: str, inflected: bool, case: bool) -> Wording:
    """Whole words: with ``inflected`` their endings too; spelling variants and hyphens always.

    Words with signs that no word has ("U.S.", "{name}") are found as they are written, as whole words.
    """
    words = matching.words_of(find)
    if not words or not _PLAIN.fullmatch(find) or words[-1] in "'’":
        return Wording(literal(find) if not case else patterns.compiled(_literal(find), True), None)
    if words[0].lower() == "to" and len(words) > 1 and inflected:
        words = words[1:]
        verb = True
    else:
        verb = len(words) > 1 and words[1].lower() in _VERBAL
    head = 0 if verb else inflection.head(words)
    allowed = tuple(_endings(words, place, head, verb) if inflected else "" for place in range(len(words)))
    phrase = matching.Phrase(tuple(words), 0, allowed, head, (), case)
    pattern = _GAP.join(_word(word, endings) for word, endings in zip(words, allowed, strict=True))
    return Wording(patterns.longest(pattern), matching.Matcher([phrase]), verb)


@lru_cache(maxsize=256)
def literal(find: str) -> patterns.Pattern:
    """These characters, within words too, whatever their letter case; a space stands for any run of white space."""
    return patterns.longest(_literal(find))


def exactly(find: str) -> patterns.Pattern:
    """The same in this letter case."""
    return patterns.compiled(_literal(find), True)


def verbal(words: str) -> bool:
    """Whether several words look like a verb with what belongs to it."""
    parts = words.split()
    return len(parts) > 1 and (parts[0].lower() == "to" or parts[1].lower() in _VERBAL)


def _literal(find: str) -> str:
    return f"[{_SPACES}]+".join(patterns.escaped(part) for part in re.split(r"\s+", find))


def _endings(words: list[str], place: int, head: int, verb: bool) -> str:
    """The endings that a word may carry: all where it may be a verb, -s where it is a noun or a name."""
    word = words[place]
    if place != head or not word.isalpha() or word.lower() in inflection.PREPOSITIONS:
        return ""
    if verb:
        return "s ed ing"
    return "s ed ing" if len(words) == 1 and word.islower() else "s"


def _word(word: str, endings: str) -> str:
    if word in (",", "，", "、"):
        return "[,，、]"
    if not word[0].isalnum() or matching.has_cjk(word):
        return patterns.escaped(word)
    key = inflection.fold(word)
    parted = len(key) > 5 and key.isascii()
    found = []
    for surface in sorted(inflection.surfaces(word, endings)):
        cuts = range(3, len(key) - 2) if parted else ()
        pieces = [patterns.escaped(surface[at]) + (_CUT if at + 1 in cuts else "") for at in range(len(surface))]
        found.append("".join(pieces))
    return f"(?:{'|'.join(found)})"
