"""Small checks of values that come from outside. Each raises InputError with one sentence."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from review.errors import InputError

TEXT_BYTES = 1024 * 1024
NOTE_LENGTH = 10_000
MOST = 2**53

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


def mapping(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{what} must be an object.")
    return value


def listing(value: Any, what: str, *, least: int = 0, most: int = 100_000) -> list[Any]:
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise InputError(f"{what} must be a list of {least} to {most:,}.")
    return value


def uuid(value: Any, what: str) -> str:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise InputError(f"{what} must be a UUID.")
    return value


def name(value: Any, what: str) -> str:
    """An identifier that a client made: 1 to 64 letters, digits and ``_ . : -``."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise InputError(f"{what} must be 1 to 64 letters, digits, dots, colons, dashes or underscores.")
    return value


def text(value: Any, what: str, *, most: int | None = None) -> str:
    """A text that can be stored: no NUL, no half of a surrogate pair, at most 1 MB, or ``most`` characters."""
    if not isinstance(value, str):
        raise InputError(f"{what} must be a text.")
    if most is not None and len(value) > most:
        raise InputError(f"{what} must be at most {most:,} characters.")
    if "\x00" in value:
        raise InputError(f"{what} holds a NUL character; remove it.")
    try:
        size = len(value.encode("utf-8"))
    except UnicodeEncodeError:
        raise InputError(f"{what} holds half of a surrogate pair; remove it.") from None
    if size > TEXT_BYTES:
        raise InputError(f"{what} is longer than 1 MB; split it.")
    return value


def whole(value: Any, what: str, *, least: int = 0, most: int = MOST - 1) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise InputError(f"{what} must be a whole number from {least} to {most}.")
    return value


def number(value: Any, what: str, least: float, most: float) -> float:
    """A finite number in a range."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"{what} must be a number.")
    if (isinstance(value, float) and not math.isfinite(value)) or not least <= value <= most:
        raise InputError(f"{what} must be from {least:g} to {most:g}.")
    return value


def flag(value: Any, what: str) -> bool:
    if not isinstance(value, bool):
        raise InputError(f"{what} must be true or false.")
    return value


def choice(value: Any, what: str, among: Sequence[str]) -> str:
    if not isinstance(value, str) or value not in among:
        raise InputError(f"{what} must be one of: {', '.join(item or 'empty' for item in among)}.")
    return value


def span(start: Any, end: Any, length: int, what: str) -> tuple[int, int]:
    """Code points, end-exclusive, within a text of ``length``."""
    first, last = whole(start, f"{what}: start"), whole(end, f"{what}: end")
    if not first <= last <= length:
        raise InputError(f"{what} does not lie within its text.")
    return first, last
