"""What a cell shows, as text: strings, numbers by their format, booleans; and what only a spreadsheet can tell.

ECMA-376 part 1, 18.3.1.4 (cells), 18.8.30 (number formats), 22.9.2.19 (characters written ``_xHHHH_``).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]")
_PLAIN = re.compile(r"(#,##)?(0+)(?:\.(0+))?(%)?")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")

COLUMNS, ROWS = 16_384, 1_048_576
"""The most that a sheet has."""
LONGEST = 32_767
"""UTF-16 units of a cell."""


def decoded(text: str) -> str:
    """A string of the file with its ``_xHHHH_`` read; halves of a surrogate pair stay as they are written."""

    def sign(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        return match[0] if 0xD800 <= code < 0xE000 else chr(code)

    return _ESCAPE.sub(sign, text) if "_x" in text else text


def encoded(text: str) -> tuple[str, list[str]]:
    """The text as ``decoded`` reads it back, and the names of the control characters that it holds."""
    if "_x" in text:
        text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    found = sorted(set(_UNFIT.findall(text)) - {"\r"})
    text = _UNFIT.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return text, [f"U+{ord(sign):04X}" for sign in found]


def number(raw: str, code: str) -> str | None:
    """A number as its format shows it, None where only a spreadsheet can tell."""
    try:
        value = Decimal(raw.strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or (value and abs(value.adjusted()) > 20) or len(raw) > 60:
        return None
    if code.lower() in ("general", "@", ""):
        if not re.fullmatch(r"-?\d+", raw):
            value = Decimal(repr(float(value)))
        return f"{value:f}".removesuffix(".0")
    match = _PLAIN.fullmatch(code)
    if match is None or (match[1] and len(match[2]) > 1):
        return None
    places = len(match[3] or "")
    try:
        value = (value * 100 if match[4] else value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except InvalidOperation:
        return None
    digits = f"{abs(value):{',' if match[1] else ''}.{places}f}"
    whole, dot, rest = digits.partition(".")
    return ("-" if value < 0 else "") + whole.zfill(len(match[2])) + dot + rest + (match[4] or "")


def day(raw: str, since_1904: bool) -> str:
    """A date's number as an ISO date, with its time where it has one; the number itself where it is none."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

    try:
        found = from_excel(float(raw), CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900)
    except (ValueError, OverflowError, TypeError):
        return raw
    return found.isoformat().removesuffix("T00:00:00") if hasattr(found, "isoformat") else str(found)


def place(reference: str) -> tuple[int, int] | None:
    """``"C7"`` as (row, column), from 1; None for what is no cell."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    row, column = int(match[2]), index(match[1])
    return (row, column) if row <= ROWS and column <= COLUMNS else None


def index(letters: str) -> int:
    """``"C"`` as 3."""
    found = 0
    for letter in letters.upper():
        found = found * 26 + ord(letter) - 64
    return found


def letters(column: int) -> str:
    """3 as ``"C"``."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
