"""Where a phrase stands, and what is found wrong with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Words ``[first, last]`` of a segment: where a phrase stands."""

    segment: int
    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A place, what to say of it, how sure that is, and the rendering to keep to."""

    place: Place
    message: str
    confidence: float
    kept: str
    severity: str = "minor"


def opens(text: str, start: int) -> bool:
    """Whether a sentence, or a quotation, begins at ``start``."""
    before = text[:start].rstrip(" “\"'(‘")
    return not before or before[-1] in ".!?:;"
