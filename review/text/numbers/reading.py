"""How a language's numbers are read and written: one Reader a language, found by looking into this folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from review.registry import find
from review.text.numbers.quantity import Quantity, readable

_ARABIC_INDIC = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")


@dataclass(frozen=True, slots=True)
class Reader:
    """``read`` finds the quantities of a text in order; ``write`` puts a value as the language has it.

    ``languages`` are primary subtags of BCP 47; ``percent`` is what stands after a share in hundredths.
    """

    languages: tuple[str, ...]
    read: Callable[[str], list[Quantity]]
    write: Callable[[Fraction], str] = readable
    percent: str = " percent"

    def write_like(self, value: Fraction, surface: str) -> str:
        """The value as the language has it, in Arabic-Indic digits where ``surface`` has them."""
        written = self.write(value)
        return written.translate(_ARABIC_INDIC) if any(sign in "٠١٢٣٤٥٦٧٨٩" for sign in surface) else written


def reader(language: str) -> Reader | None:
    """The reader of a BCP 47 language, or None where no file of this folder offers one."""
    return _by_language().get(language.lower().replace("_", "-").split("-")[0])


@lru_cache(maxsize=1)
def _by_language() -> dict[str, Reader]:
    found = find(sys.modules[__name__.rpartition(".")[0]], "READER")
    return {language: each for each in found.values() for language in each.languages}
