"""What a tokenizer asks of a character, for every code point in one table; each bit is one question."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

SPACE = 1
"""``str.split`` cuts there, and ``str.strip`` takes it off. Whatever else it is too, it is no word."""

ALONE = 2
"""Always a word of its own."""

STOP = 4
"""A word of its own unless it stands between digits."""

DIGIT = 8

DASH = 16
"""A word of its own after a digit."""

EVERY = 0x110000
"""How many code points there are."""

_Ranges = tuple[tuple[int, int], ...]

_SPACES: _Ranges = ((0x9, 0xD), (0x1C, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A))
_SPACES += ((0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000))

# The symbols of mteval-v13a: ASCII without letters, digits and ' , - . but with the space.
_SYMBOLS: _Ranges = ((0x20, 0x26), (0x28, 0x2B), (0x2F, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E))

_CHINESE: _Ranges = (
    (0x2E80, 0x2EFF),
    (0x2F00, 0x2FDF),
    (0x2FF0, 0x303F),
    (0x3100, 0x312F),
    (0x31A0, 0x31BF),
    (0x31C0, 0x31EF),
)
_CHINESE += ((0x3200, 0x33FF), (0x3400, 0x4DB5), (0x4E00, 0x9FBB), (0xF900, 0xFA2D), (0xFA30, 0xFA6A))
_CHINESE += ((0xFA70, 0xFAD9), (0xFE10, 0xFE1F), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))
# sacrebleu means U+20000 to U+2A6D6 and U+2F800 to U+2FA1D, but compares with strings of two characters, U+2000 and
# "0", up to U+2A6D and "6": everything from just above U+2000 up to U+2A6D.
_CHINESE += ((0x2001, 0x2A6D), (0x2F81, 0x2FA1))


_BITS = {"space": SPACE, "alone": ALONE, "stop": STOP, "digit": DIGIT, "dash": DASH}


def _table(**ranges: Iterable[tuple[int, int]]) -> np.ndarray:
    table = np.zeros(EVERY, dtype=np.uint8)
    for name, pairs in {"space": _SPACES, **ranges}.items():
        for first, last in pairs:
            table[first : last + 1] |= _BITS[name]
    return table


@lru_cache(maxsize=8)
def table(tokenizer: str) -> np.ndarray:
    """The kinds of every code point for a tokenizer (one of ``tokens.MODES``): shape (EVERY,), uint8."""
    if tokenizer == "intl":
        return _international()
    if tokenizer == "char":
        return _table(alone=[(0, EVERY - 1)])
    if tokenizer in ("none", "chrf"):
        return _table()
    alone = _SYMBOLS + _CHINESE if tokenizer == "zh" else _SYMBOLS
    return _table(alone=alone, stop=[(0x2C, 0x2C), (0x2E, 0x2E)], digit=[(0x30, 0x39)], dash=[(0x2D, 0x2D)])


def _international() -> np.ndarray:
    r"""For ``intl``, digits are \p{N}, stops \p{P} and symbols \p{S}, as the library that it uses knows them."""
    import regex  # type: ignore[import-untyped]

    every = "".join(map(chr, range(EVERY)))
    found = {
        name: [(one.start(), one.end() - 1) for one in regex.finditer(rf"\p{{{group}}}+", every)]
        for name, group in (("alone", "S"), ("stop", "P"), ("digit", "N"))
    }
    return _table(**found)
