"""What a spreadsheet would run: text that begins as a formula does gets an apostrophe, and loses it on reading."""

from __future__ import annotations

import re

SIGNS = "=+\\-@\t\r\n＝＋－＠"
_FORMULA = re.compile(f"[{SIGNS}]")
_SHIELDED = re.compile(f"'*[{SIGNS}]")


def dangerous(value: str) -> bool:
    """True where a spreadsheet may take the value for a formula."""
    return bool(_FORMULA.match(value))


def safe(value: str) -> str:
    """The value as text to a spreadsheet. ``bare`` undoes it, so text that looks as if done already is done again."""
    return "'" + value if _SHIELDED.match(value) else value


def bare(value: str) -> str:
    """What ``safe`` was given."""
    return value[1:] if value.startswith("'") and _SHIELDED.match(value) else value
