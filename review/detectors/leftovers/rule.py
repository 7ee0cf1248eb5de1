"""What a leftover is written as: a pattern, a name for the message, and how sure it is."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """``what`` completes "… is <what>". The group ``x``, where there is one, is the part to delete."""

    pattern: re.Pattern[str]
    what: str
    confidence: float = 0.9
    severity: str = "minor"


def rule(what: str, *patterns: str, confidence: float = 0.9, severity: str = "minor", case: bool = False) -> Rule:
    """A rule of several alternative patterns, letter case ignored unless ``case``."""
    flags = re.VERBOSE if case else re.VERBOSE | re.IGNORECASE
    return Rule(re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags), what, confidence, severity)
