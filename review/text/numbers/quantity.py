"""A number with its value, how it is shown, and when two values are one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

READ = 1024
"""Texts whose quantities are remembered, for several detectors ask for those of one article in turn."""

BETWEEN = re.compile(r"\s?(?:[-–—~～至到]|to|and|or|bis|und|oder|إلى|حتى|و|、)\s?[$€£¥]?", re.I)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at ``[start, end)``.

    ``kind``: number, percent, ordinal, date, time, multiple, digits (part of a name or code). ``also`` holds other
    values that render it rightly. ``firm``: written so that it must be rendered (digits, or a compound numeral).
    ``working`` is the arithmetic from the writing to the value, "" where there is none.
    """

    start: int
    end: int
    text: str
    value: Fraction
    kind: str = "number"
    also: frozenset[Fraction] = frozenset()
    firm: bool = True
    working: str = ""

    @property
    def readings(self) -> frozenset[Fraction]:
        return self.also | {self.value}


def ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """“5-6 million”, “3至5万”, “10 to 15 percent”: the first number shares the scale or the unit of the second."""
    for at in range(len(found) - 1):
        left, right = found[at], found[at + 1]
        if not BETWEEN.fullmatch(text[left.end : right.start]) or not left.text[-1:].isdigit():
            continue
        for scale in (10**3, 10**4, 10**6, 10**8, 10**9, 10**12, 10**13):
            if right.value >= scale > left.value and left.value * scale < 10 * right.value + scale:
                left = replace(left, also=left.also | {left.value * scale})
        if right.kind == "percent" or right.kind == "multiple":
            left = replace(left, kind=right.kind)
        found[at] = left
    return found


def plain(value: Fraction) -> str:
    """A value in digits: thousands parted by commas, at most four decimals."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{float(value):,.4f}".rstrip("0").rstrip(".")


def readable(value: Fraction) -> str:
    """A value as English text has it: 35,000, 1.2 million, 3.45 billion."""
    for scale, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if value >= scale:
            share = value / scale
            if (share * 1000).denominator == 1:
                return f"{plain(share)} {word}"
            break
    return plain(value)


def rounds(exact: Fraction, shown: Fraction) -> bool:
    """Whether ``shown`` is ``exact`` rounded to fewer digits, of which at least two are left."""
    if not exact or not shown or exact == shown:
        return exact == shown
    digits = (
        re.sub(r"0+$", "", str(shown.numerator))
        if shown.denominator == 1
        else str(float(shown)).replace(".", "").strip("0")
    )
    if len(digits) < 2 or len(digits) > 6:
        return False
    size = len(str(int(exact))) if exact >= 1 else 0
    step = Fraction(10) ** (size - len(digits))
    return abs(exact - shown) < step
