"""Near texts among many: signatures to find candidates by, and the score of a fuzzy match.

A text is read as items: each letter of a script without spaces (Chinese, Japanese, Thai) and each mark is one; a word
or number is two, how it reads in lower case and how it is written. The score is what translators call a fuzzy match,

    100 * (1 - d / max(n, m)), rounded down,

where n and m are the two texts' numbers of items and d is the Levenshtein distance between the items in order. So in
Chinese it counts characters; elsewhere words, a change of letter case or of a mark weighing half a word. 100 is kept
for texts that are the same, code point for code point; white space alone makes 99.

Candidates are found by signatures of 512 bits: each word (in lower case) and each pair of neighbouring letters of a
script without spaces sets one bit in either half (a Bloom filter with two hashes). A text that shares most words
with another shares most bits with it, and a text that holds a phrase has all the phrase's bits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from review.text.likeness import opcodes

WORDS = 8
"""64-bit words of a signature."""
HALF = 256
LEAST = 70
"""The lowest score that is a match."""
LOOKED_AT = 300
"""How many candidates are scored, at most."""
LONGEST = 65_535
"""Items of a text that are counted; longer texts count as that long."""

SHARE = 0.3
"""A candidate shares at least this part of the words or pairs of letters that a match of the least score would, were
all its changes in one place. Scattered changes break two pairs each: at 0.5, 3% of such matches in Chinese are lost."""

_STRIPE = 1 << 15
_TOGETHER = 256
"""How many texts are measured at once, so that what is at hand fits into the processor's cache."""
_MARK, _WORD, _LETTER, _SPACE = 0, 1, 2, 3
_UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3041, 0x30FF),
    (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9D),
)  # fmt: skip
"""Thai and Lao, Myanmar, Khmer, Japanese kana, Han: letters that stand without spaces between words."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Of texts in order: ``signatures``, shape (WORDS, texts), uint64; ``sizes`` in items, uint16."""

    signatures: np.ndarray
    sizes: np.ndarray


@dataclass(frozen=True, slots=True)
class _Tokens:
    """All tokens of several texts in order. ``start`` and ``end`` are code points from the first text's beginning;
    ``text`` says whose a token is; ``lower`` and ``exact`` are hashes; ``begins`` is where each text begins."""

    start: np.ndarray
    end: np.ndarray
    text: np.ndarray
    kind: np.ndarray
    lower: np.ndarray
    exact: np.ndarray
    begins: np.ndarray


def measure(texts: Sequence[str]) -> Measures:
    """Signatures and sizes of texts. Quickest for hundreds at once."""
    parts = [_measure(texts[at : at + _TOGETHER]) for at in range(0, len(texts), _TOGETHER)]
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Measures(np.empty((WORDS, 0), np.uint64), np.empty(0, np.uint16))
    return Measures(
        np.concatenate([part.signatures for part in parts], axis=1), np.concatenate([part.sizes for part in parts])
    )


def _measure(texts: Sequence[str]) -> Measures:
    tokens = _tokens(texts)
    counts = np.bincount(tokens.text, weights=1 + (tokens.kind == _WORD), minlength=len(texts))
    pair = (tokens.kind[1:] == _LETTER) & (tokens.kind[:-1] == _LETTER) & (tokens.text[1:] == tokens.text[:-1])
    pair &= tokens.start[1:] == tokens.end[:-1]
    word = tokens.kind == _WORD
    hashes = np.concatenate([tokens.lower[word], _mixed(tokens.lower[:-1][pair] * _ODD[2] + tokens.lower[1:][pair])])
    owners = np.concatenate([tokens.text[word], tokens.text[:-1][pair]])
    bits = np.zeros((len(texts), 2 * HALF), dtype=bool)
    bits[owners, (hashes & np.uint64(HALF - 1)).astype(np.intp)] = True
    bits[owners, ((hashes >> np.uint64(32)) & np.uint64(HALF - 1)).astype(np.intp) + HALF] = True
    packed = np.packbits(bits, axis=1, bitorder="little").view("<u8")
    return Measures(np.ascontiguousarray(packed.T), np.minimum(counts, LONGEST).astype(np.uint16))


def candidates(
    signatures: np.ndarray,
    sizes: np.ndarray,
    query: Measures,
    *,
    least: int = LEAST,
    limit: int = LOOKED_AT,
    among: np.ndarray | None = None,
    begin: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """Which texts may score ``least`` or more against the one text of ``query``: places (from ``begin`` on), and how
    alike each looks, the most alike first.

    ``signatures`` and ``sizes`` are of a ``Measures``, or slices of one, in memory or mapped from disk; ``among``
    (bool) says which texts count.
    """
    low, high = _bounds(int(query.sizes[0]), least)
    wanted = query.signatures[:, 0]
    mine = int(np.bitwise_count(wanted).sum())
    if not mine:
        return np.empty(0, np.intp), np.empty(0, np.float32)
    floor = np.float32(SHARE * least / 100)
    places, likes, count = [], [], 0
    for at in range(0, len(sizes), _STRIPE):
        part = sizes[at : at + _STRIPE]
        fits = (part >= low) & (part <= high)
        if among is not None:
            fits &= among[at : at + _STRIPE]
        if not fits.any():
            continue
        stripe = signatures[:, at : at + _STRIPE]
        shared = np.zeros(len(part), np.uint16)
        theirs = np.zeros(len(part), np.uint16)
        for row, word in zip(stripe, wanted, strict=True):
            shared += np.bitwise_count(row & word)
        # Only what shares enough for the floor whatever its own size is looked at more closely.
        chosen = np.flatnonzero(fits & (shared >= floor * mine))
        if not len(chosen):
            continue
        theirs = np.bitwise_count(stripe[:, chosen]).sum(axis=0, dtype=np.float32)
        chance = theirs * np.float32(mine / (2 * HALF))
        like = (shared[chosen] - chance) / np.maximum(np.maximum(theirs, mine) - chance, 1)
        kept = like >= floor
        places.append(chosen[kept] + (at + begin))
        likes.append(like[kept])
        count += int(kept.sum())
        if count > 4 * limit:
            # Only what is as good as the best so far can still be among the best.
            found = best(np.concatenate(places), np.concatenate(likes), limit)
            places, likes, count = [found[0]], [found[1]], limit
            floor = max(floor, found[1][-1])
    if not places:
        return np.empty(0, np.intp), np.empty(0, np.float32)
    return best(np.concatenate(places), np.concatenate(likes), limit)


def best(places: np.ndarray, likes: np.ndarray, limit: int) -> tuple[np.ndarray, np.ndarray]:
    """The ``limit`` places that are most alike, the most alike first; the later of two that are equally so."""
    if len(places) > limit:
        bar = np.partition(likes, len(likes) - limit)[len(likes) - limit]
        over = np.flatnonzero(likes > bar)
        level = np.flatnonzero(likes == bar)
        chosen = np.concatenate([over, level[len(level) - (limit - len(over)) :]])
        places, likes = places[chosen], likes[chosen]
    order = np.lexsort((-places, -likes))
    return places[order], likes[order]


def scores(query: str, texts: Sequence[str], least: int = LEAST) -> list[int]:
    """The score of each text against ``query``; 0 where it is below ``least``."""
    if not texts:
        return []
    sequences = _sequences([query, *texts])
    found = process.cdist(
        sequences[:1], sequences[1:], scorer=Levenshtein.normalized_similarity, score_cutoff=max(least - 1, 0) / 100
    )[0]
    return [_score(float(like), query == text, least) for like, text in zip(found, texts, strict=True)]


def score(one: str, other: str) -> int:
    """How alike two texts are, 0 to 100, as this file's head says."""
    return scores(one, [other], 0)[0]


def differences(query: str, match: str) -> list[tuple[str, str, str]]:
    """How ``query`` departs from ``match``: (equal, replace, insert or delete; the part of query; the part of match).

    Parts are whole words, or letters of a script without spaces; put together they are the two texts again.
    "insert" is in the match alone, "delete" in the query alone.
    """
    mine, theirs = _cut(query), _cut(match)
    found = []
    for tag, start, end, other, until in opcodes([part.rstrip() for part in mine], [part.rstrip() for part in theirs]):
        found.append((tag, "".join(mine[start:end]), "".join(theirs[other:until])))
    return found


def holds(signatures: np.ndarray, phrase: np.ndarray) -> np.ndarray:
    """Which texts may hold a phrase, given its signature, shape (WORDS,): bool, true for all that do.

    A phrase's signature has no pair of letters that a text with the phrase lacks; its words must be whole words there.
    """
    found = np.ones(signatures.shape[1], dtype=bool)
    for row, word in zip(signatures, phrase, strict=True):
        if word:
            found &= (row & word) == word
    return found


def _score(like: float, same: bool, least: int) -> int:
    found = 100 if same else min(int(100 * like + 1e-4), 99)
    return found if found >= least else 0


def _bounds(size: int, least: int) -> tuple[int, int]:
    """The sizes of texts that may score ``least``: what the longer has more is at least the distance."""
    if least <= 0:
        return 0, LONGEST
    return -(-size * least // 100), min(size * 100 // least, LONGEST)


def _cut(text: str) -> list[str]:
    """A text cut before each of its tokens but the first."""
    starts = [int(start) for start in _tokens([text]).start[1:]]
    edges = [0, *starts, len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


def _sequences(texts: Sequence[str]) -> list[str]:
    """Each text's items as letters, one an item: the first text's items each have their own, all others share one."""
    tokens = _tokens(texts)
    word = tokens.kind == _WORD
    times = 1 + word
    items = np.repeat(tokens.exact, times)
    last = np.cumsum(times) - 1
    items[last[word] - 1] = tokens.lower[word] ^ _ODD[3]
    owner = np.repeat(tokens.text, times)
    known = np.unique(items[owner == 0])
    place = np.searchsorted(known, items)
    if len(known):
        place = np.where(known[np.minimum(place, len(known) - 1)] == items, place + 1, 0)
    # From here up there are no surrogates for 0x30000 items; what is longer is cut, as its size is.
    letters = (np.minimum(place, LONGEST) + 0x10000).astype("<u4")
    ends = np.searchsorted(owner, np.arange(len(texts)), side="right")
    starts = np.searchsorted(owner, np.arange(len(texts)), side="left")
    return [
        letters[start : min(end, start + LONGEST)].tobytes().decode("utf-32-le")
        for start, end in zip(starts, ends, strict=True)
    ]


_ODD = np.array(
    [0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F], np.uint64
)
"""Odd constants of known mixing functions (splitmix64, wyhash)."""


def _mixed(values: np.ndarray) -> np.ndarray:
    """splitmix64's finaliser: every bit of the result depends on every bit of the value."""
    values = (values ^ (values >> np.uint64(30))) * _ODD[1]
    values = (values ^ (values >> np.uint64(27))) * _ODD[2]
    return np.asarray(values ^ (values >> np.uint64(31)))


@lru_cache(maxsize=1)
def _tables() -> tuple[np.ndarray, np.ndarray]:
    """For each code point of the first plane: what it is, and its lower case (itself where that is several)."""
    kinds = np.zeros(1 << 16, np.uint8)
    lower = np.arange(1 << 16, dtype=np.uint32)
    for code in range(1 << 16):
        letter = chr(code)
        category = unicodedata.category(letter)
        if category[0] in "LNM":
            kinds[code] = _WORD
        elif category[0] in "ZC":
            kinds[code] = _SPACE
        small = letter.lower()
        if len(small) == 1:
            lower[code] = ord(small)
    for first, last in _UNSPACED:
        kinds[first : last + 1] = np.where(kinds[first : last + 1] == _WORD, _LETTER, kinds[first : last + 1])
    return kinds, lower


def _tokens(texts: Sequence[str]) -> _Tokens:
    kinds, lowers = _tables()
    # A line end between the texts keeps the last word of one and the first of the next apart.
    codes = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), "<u4")
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    ends = np.cumsum(lengths)
    plane = np.minimum(codes, 0xFFFF)
    kind = np.where(codes < 0x10000, kinds[plane], np.where((codes >= 0x20000) & (codes < 0x40000), _LETTER, _MARK))
    is_word = kind == _WORD
    begins = kind != _SPACE
    begins[1:] &= ~(is_word[1:] & is_word[:-1])
    start = np.flatnonzero(begins)
    if not len(start):
        none = np.empty(0, np.uint64)
        return _Tokens(start, start, start, np.empty(0, np.uint8), none, none, ends - lengths)
    inside = kind != _SPACE
    # Each code point's place within its token makes "ab" and "ba" differ; spaces add nothing to the sums.
    owner = np.cumsum(begins) - 1
    place = (np.arange(len(codes)) - start[np.maximum(owner, 0)]).astype(np.uint64)
    low = np.where(codes < 0x10000, lowers[plane], codes).astype(np.uint64)
    salt = place * _ODD[4]
    exact = _mixed(np.add.reduceat(np.where(inside, _mixed(codes * _ODD[0] + salt), np.uint64(0)), start))
    lower = _mixed(np.add.reduceat(np.where(inside, _mixed(low * _ODD[0] + salt), np.uint64(0)), start))
    size = np.add.reduceat(inside.astype(np.int64), start)
    text = np.searchsorted(ends, start, side="right")
    return _Tokens(start, start + size, text, kind[start].astype(np.uint8), lower, exact, ends - lengths)
