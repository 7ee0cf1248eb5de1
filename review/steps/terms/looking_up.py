"""Looking a word up in the dictionary: what the review page shows beside the source."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from review.text import dictionary

MOST = 60
"""Entries that one answer holds."""


def look_up(text: str) -> dict[str, Any]:
    """``{"entries": [...], "more": n, "attribution": str, "missing": str}``.

    An entry has traditional, simplified, pinyin and glosses; ``more`` counts those left out; ``missing`` says what
    to install where there is no dictionary.
    """
    _, missing = dictionary.available()
    found = dictionary.look_up(text.strip())
    return {
        "entries": [asdict(entry) for entry in found[:MOST]],
        "more": max(0, len(found) - MOST),
        "attribution": dictionary.ATTRIBUTION,
        "missing": missing,
    }
