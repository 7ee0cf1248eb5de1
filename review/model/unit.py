"""Translation units: what a translation memory holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Unit:
    """A text and its translation. Languages are BCP 47; ``at`` is UTC microseconds, None where it is not known.

    ``number`` is the unit's place in its file, from 1: what came from one unit with several translations shares it.
    ``props`` is what a format keeps besides, as JSON (see ``formats.tmx``).
    """

    source: str
    target: str
    source_language: str
    target_language: str
    by: str = ""
    at: int | None = None
    note: str = ""
    number: int = 0
    props: Mapping[str, Any] = field(default_factory=dict)
