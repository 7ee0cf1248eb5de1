"""Many segments in two languages, with the word runs of their translations counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from review.text.lexemes import Lexeme, lexemes, stem

LONGEST = 5
"""Words of the longest run."""

_HYPHEN = re.compile(r"[\-‐‑]")
_CLOSE = re.compile(r"[ \t\u00a0\-‐-–'’&/·]*\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """Words ``[start, end)`` of a translation (code points)."""

    start: int
    end: int
    text: str


class Bitext:
    """Segments, each a source and a translation, named by their place in ``pairs``.

    ``runs`` holds the keys of each translation's word runs, ``spread`` beside how many different sources each stands:
    what several systems make of one source is one piece of evidence. A key is the words' stems, so that endings and
    the capital of a sentence's beginning make no difference; capitals within a word do.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], language: str = "en") -> None:
        self.pairs = list(pairs)
        self.language = language or "en"
        self.runs = [frozenset(key for key, _ in runs(target, self.language)) for _, target in self.pairs]
        numbers: dict[str, int] = {}
        self.kin = [numbers.setdefault(source, len(numbers)) for source, _ in self.pairs]
        self.sources = len(numbers)
        self.spread = self.counted(range(len(self.pairs)))

    def __len__(self) -> int:
        return len(self.pairs)

    def counted(self, numbers: Iterable[int]) -> Counter[str]:
        """For each run, beside how many different sources of these segments it stands."""
        together: dict[int, set[str]] = {}
        for number in numbers:
            together.setdefault(self.kin[number], set()).update(self.runs[number])
        return Counter(key for found in together.values() for key in found)

    def different(self, numbers: Iterable[int]) -> int:
        """How many different sources these segments have."""
        return len({self.kin[number] for number in numbers})

    def having(self, term: str) -> list[int]:
        """The segments whose source has these characters, letter case aside."""
        wanted = term.lower()
        return [number for number, (source, _) in enumerate(self.pairs) if wanted in source.lower()]

    def places(self, number: int, keys: Sequence[str]) -> dict[str, list[Place]]:
        """Where the runs of these keys stand in a translation, without overlap; the keys first named go first."""
        target = self.pairs[number][1]
        wanted = {key: rank for rank, key in enumerate(keys) if key in self.runs[number]}
        found: dict[str, list[Place]] = {}
        taken: list[Place] = []
        if wanted:
            hits = [(wanted[key], place) for key, place in runs(target, self.language) if key in wanted]
            for rank, place in sorted(hits, key=lambda hit: (hit[0], hit[1].start)):
                if all(place.end <= one.start or place.start >= one.end for one in taken):
                    taken.append(place)
                    found.setdefault(keys[rank], []).append(place)
        return found


@lru_cache(maxsize=4_000)
def runs(text: str, language: str) -> tuple[tuple[str, Place], ...]:
    """The runs of up to LONGEST words that begin and end with a word of substance, each with its key."""
    words = [part for one in lexemes(text, language) for part in _parts(one, language)]
    bare = [
        (one.function and not _acronym(one.text)) or (len(one.text) < 2 and one.text.isascii()) or one.text.isdigit()
        for one in words
    ]
    gaps = [not _CLOSE.match(text[a.end : b.start]) for a, b in pairwise(words)]
    keys = [_key(one) for one in words]
    found = []
    for start in range(len(words)):
        if bare[start]:
            continue
        for end in range(start, min(start + LONGEST, len(words))):
            if end > start and gaps[end - 1]:
                break
            if not bare[end]:
                first, last = words[start].start, words[end].end
                last += "." in words[end].text and text[last : last + 1] == "."  # U.S.
                last -= 2 if text[first:last].endswith(("'s", "’s")) else 0
                found.append((" ".join(keys[start : end + 1]), Place(first, last, text[first:last])))
    return tuple(found)


def key_of(words: str, language: str) -> str:
    """The key under which words would be found."""
    language = language or "en"
    return " ".join(_key(part) for one in lexemes(words, language) for part in _parts(one, language))


def _parts(word: Lexeme, language: str) -> list[Lexeme]:
    """The words that hyphens join: Chinese-style is two."""
    if not _HYPHEN.search(word.text):
        return [word]
    return [
        Lexeme(word.start + part.start(), word.start + part.end(), part.group(), stem(part.group(), language), False)
        for part in re.finditer(r"[^\-‐‑]+", word.text)
    ]


def _key(word: Lexeme) -> str:
    """The stem; a word with capitals inside (COSMOPlat, US) stands for itself, for its letter case is a spelling."""
    text = word.text.removesuffix("'s").removesuffix("’s")
    inner = any(sign.isupper() for sign in text[1:]) and not text.isupper()
    return text if inner or _acronym(text) else word.stem


def _acronym(text: str) -> bool:
    return 2 <= len(text) <= 4 and text.isupper() and text.isascii()
