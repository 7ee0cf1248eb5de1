"""Entries of a memory as arrays: what is searched, in memory or mapped from disk."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from review.text import nearness

SIDES = ("source", "target")


class Entry(NamedTuple):
    """What is put in. ``key`` is a segment's or a unit's id; ``batch`` is 0 for a unit; ``pair`` is the languages."""

    key: int
    batch: int
    pair: tuple[str, str]
    source: str | None
    target: str
    at: int


class Texts(Protocol):
    """The texts of one side by place."""

    def __getitem__(self, place: int, /) -> str: ...


@dataclass(frozen=True, slots=True)
class Side:
    """One side of all entries: signatures (WORDS, entries), sizes in items, the first 64 bits of each text's SHA-256
    (0 where there is no text), and the texts themselves."""

    signatures: np.ndarray
    sizes: np.ndarray
    hashes: np.ndarray
    texts: Texts


@dataclass(frozen=True, slots=True)
class Rows:
    """Entries in ascending order of their keys. ``memory`` is the memory that they are units of, 0 for the work;
    ``pairs`` are numbers in ``languages``; ``touched`` are the keys of which older rows say nothing any more, whether
    they have an entry here or not."""

    memory: int
    keys: np.ndarray
    batches: np.ndarray
    pairs: np.ndarray
    at: np.ndarray
    source: Side
    target: Side
    languages: list[tuple[str, str]]
    touched: np.ndarray

    def side(self, name: str) -> Side:
        return self.source if name == "source" else self.target


def primary(language: str) -> str:
    """A language tag's first subtag in lower case: zh of zh-Hans-CN."""
    return language.replace("_", "-").partition("-")[0].lower()


def brief(text: str | None) -> int:
    """The first 64 bits of a text's SHA-256; 0 for no text."""
    if text is None:
        return 0
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "little")


def made(entries: Sequence[Entry], languages: list[tuple[str, str]], touched: Sequence[int], memory: int = 0) -> Rows:
    """Rows of entries in ascending order of their keys. ``languages`` grows by the pairs that it lacks."""
    numbers = {pair: number for number, pair in enumerate(languages)}
    pairs = np.empty(len(entries), np.uint16)
    for place, entry in enumerate(entries):
        if entry.pair not in numbers:
            numbers[entry.pair] = len(languages)
            languages.append(entry.pair)
        pairs[place] = numbers[entry.pair]
    return Rows(
        memory=memory,
        keys=np.array([entry.key for entry in entries], np.int64),
        batches=np.array([entry.batch for entry in entries], np.int64),
        pairs=pairs,
        at=np.array([entry.at for entry in entries], np.int64),
        source=_side([entry.source for entry in entries]),
        target=_side([entry.target for entry in entries]),
        languages=languages,
        touched=np.array(sorted(touched), np.int64),
    )


def joined(old: Rows, new: Rows) -> Rows:
    """``old`` without what ``new`` touches, and ``new``; both have the same list of languages."""
    kept = ~np.isin(old.keys, new.touched)
    keys = np.concatenate([old.keys[kept], new.keys])
    order = np.argsort(keys, kind="stable")

    def both(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        return np.concatenate([one[..., kept], other], axis=-1)[..., order]

    def sides(one: Side, other: Side) -> Side:
        texts = [one.texts[int(place)] for place in np.flatnonzero(kept)]
        texts += [other.texts[place] for place in range(len(new.keys))]
        return Side(
            both(one.signatures, other.signatures),
            both(one.sizes, other.sizes),
            both(one.hashes, other.hashes),
            [texts[place] for place in order],
        )

    return Rows(
        memory=old.memory,
        keys=keys[order],
        batches=both(old.batches, new.batches),
        pairs=both(old.pairs, new.pairs),
        at=both(old.at, new.at),
        source=sides(old.source, new.source),
        target=sides(old.target, new.target),
        languages=new.languages,
        touched=np.union1d(old.touched, new.touched),
    )


def without(keys: np.ndarray, touched: np.ndarray, alive: np.ndarray | None) -> np.ndarray | None:
    """Which of ``keys`` (ascending) still count once ``touched`` do not; None where all do."""
    if not len(keys) or not len(touched):
        return alive
    at = np.minimum(np.searchsorted(keys, touched), len(keys) - 1)
    gone = at[keys[at] == touched]
    if not len(gone):
        return alive
    found = np.ones(len(keys), dtype=bool) if alive is None else alive.copy()
    found[gone] = False
    return found


def _side(texts: Sequence[str | None]) -> Side:
    measures = nearness.measure([text or "" for text in texts])
    hashes = np.array([brief(text) for text in texts], np.uint64)
    return Side(measures.signatures, measures.sizes, hashes, [text or "" for text in texts])
