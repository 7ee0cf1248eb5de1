"""How languages write numbers, dates, marks and quotations: one small file a language, found by looking.

``locale("de-CH")`` is the file's LOCALE with what its region changes; None where no file covers the language. To add
a language is to add a file.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import lru_cache

from review.registry import find
from review.text.locales.locale import Locale

__all__ = ["Locale", "locale"]


@lru_cache(maxsize=64)
def locale(language: str) -> Locale | None:
    """The conventions of a BCP 47 language and its region, or None."""
    name, *parts = language.lower().replace("_", "-").split("-")
    found: Locale | None = next(
        (each for each in find(sys.modules[__name__], "LOCALE").values() if name in each.languages), None
    )
    if found is None:
        return None
    for part in parts:
        if part in found.regions:
            found = replace(found, **found.regions[part])
    return found
