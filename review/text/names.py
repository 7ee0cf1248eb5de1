"""Names of people, places and bodies in English text, told by their capitals; whole names, several words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import Indel

_WORD = r"(?:[A-Z][\w’'&.-]*[\w&]|[A-Z]\b|\b[a-z][A-Z]\w+)"
_NAME = re.compile(
    rf"(?<![\w’'-]){_WORD}(?:\s(?:(?:of|de|van|von|der|den|bin|al|the|and|for)\s){{0,2}}(?=[A-Z]){_WORD})*"
)
_LINK = re.compile(r"\s(?:and|for|(?<!of\s)the)\s|[’']s\s(?=[A-Z])")
_BEFORE = " \t“\"'‘(《[—–-"

DATES = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday am pm".split()
)
FUNCTION = frozenset(
    "a an the this that these those it he she they we you i his her its their our my your in on at by for from "
    "to of with and or but as if when while where after before during since until over under about into through "
    "between among there here what who why how not no yes also however therefore moreover furthermore meanwhile "
    "then thus so although though because despite according both each every some any all many most more less "
    "few other another such only even just still yet now today yesterday tomorrow recently currently first "
    "second third fourth fifth finally next last one two three four five six seven eight nine ten mr mrs ms dr "
    "is are was were be been being has have had do does did will would can could may might must should shall "
    "let please thank thanks".split()
)
"""Words that open a sentence and are no names."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name at ``[start, end)`` (code points). ``opens``: it begins a sentence, so its first word may be no name."""

    start: int
    end: int
    text: str
    opens: bool

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, folded: lower case, without accents, possessives and the little words between."""
        return tuple(word for word in folded(self.text) if word not in FUNCTION)


def names(text: str) -> list[Name]:
    """The names of an English text, in order, without dates, lone letters and the words that open sentences.

    A text of which most longer words are capitalised (a headline) has none that could be told.
    """
    return list(_read(text))


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[Name, ...]:
    """The names, remembered: several detectors ask for those of one article in turn."""
    if titled(text):
        return ()
    found = []
    for match in _NAME.finditer(text):
        for start, end in _parts(match):
            name = _trimmed(text, start, end)
            if name is not None:
                found.append(name)
    return tuple(found)


def titled(text: str) -> bool:
    """Whether the longer words of a text are capitalised as in a headline: most of them, and no stop at the end."""
    longer = re.findall(r"(?<=\W)[A-Za-z]{4,}", text)
    share = sum(word[0].isupper() for word in longer) / len(longer) if len(longer) >= 3 else 0.0
    return share >= (0.95 if re.search(r"[.!?][\"”’)]*\s*$", text) else 0.7)


def folded(text: str) -> list[str]:
    """The words of a text for comparing: lower case, no accents, no possessive, hyphens and dots parting them."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"'s\b|(?<=s)'(?!\w)", "", plain)
    return re.findall(r"[^\W_]+", re.sub(r"(?<=\w)['.](?=\w)", "", plain))


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """All folded words of the texts, two neighbours written as one (Xiao Ming, Xiaoming), and their stems."""
    return _vocabulary(tuple(texts))


@lru_cache(maxsize=256)
def _vocabulary(texts: tuple[str, ...]) -> frozenset[str]:
    found: set[str] = set()
    for text in texts:
        words = folded(text)
        found.update(words)
        found.update(a + b for a, b in pairwise(words))
        found.update(f"~{_stem(word)}" for word in words)
    return frozenset(found)


def known(word: str, words: frozenset[str]) -> bool:
    """Whether a folded word stands in a vocabulary, its plural or adjective ending aside (Syria, Syrian)."""
    stem = _stem(word)
    return word in words or stem in words or f"~{word}" in words or f"~{stem}" in words


def _stem(word: str) -> str:
    """A place's name without the endings of place and people: Syria, Syrian and Syrians are “syr”."""
    stem = re.sub(r"(?:ians?|eans?|ans?|ese|ish|ia|a|s)$", "", word)
    return stem if len(stem) >= 3 else word


def similarity(one: str, other: str) -> float:
    """How like two names are, 0 to 1: twice the letters they share in order, over the letters of both (Indel)."""
    return float(Indel.normalized_similarity(one.casefold(), other.casefold()))


def _parts(match: re.Match[str]) -> list[tuple[int, int]]:
    """The match, parted where “and”, “for” or “the” may join two names."""
    parts, start = [], match.start()
    for link in _LINK.finditer(match.group()):
        parts.append((start, match.start() + link.start()))
        start = match.start() + link.end()
    return [*parts, (start, match.end())]


def _trimmed(text: str, start: int, end: int) -> Name | None:
    """The name in ``[start, end)`` without a leading or trailing word that is none."""
    opens = _opens(text, start)
    while True:
        first = re.match(r"[\w’'&.-]+\s*", text[start:end])
        if first is None:
            return None
        word = first.group().strip().strip(".").casefold()
        surname = first.group().strip() == "He" and text[start + first.end() : end][:1].isupper()  # He Lifeng
        if (word in FUNCTION and not surname) or word in DATES:
            start += first.end()
            opens = False
            continue
        break
    surface = text[start:end]
    surface = re.sub(r"[’']s?$|[.’'-]+$", "", surface)
    surface = re.sub(r"\s(?:of|de|van|von|bin|al)$", "", surface)
    if len(surface) < 2 or surface.casefold() in DATES:
        return None
    return Name(start, start + len(surface), surface, opens)


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip(_BEFORE)
    return not before or before[-1] in ".!?:;。！？：；…\n"
