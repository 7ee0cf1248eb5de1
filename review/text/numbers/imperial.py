"""What a number before an English unit comes to in metres, kilograms or degrees Celsius, as translators round it."""

from __future__ import annotations

import re
from fractions import Fraction

_FACTORS = {
    r"feet|foot|ft": ("0.3048", "30.48"),
    r"inch(?:es)?|in\.": ("2.54", "0.0254"),
    r"miles?|mi": ("1.609344",),
    r"yards?|yds?": ("0.9144",),
    r"pounds?|lbs?": ("0.45359237",),
    r"ounces?|oz": ("28.349523",),
    r"gallons?|gal": ("3.785412",),
    r"acres?": ("0.40468564",),
    r"square miles?": ("2.58998811",),
}
"""Exact factors of the international yard and pound (1959) and of the US gallon."""

_UNIT = re.compile(
    "|".join(rf"(?P<u{n}>[\s-]?(?:{names})(?!\w))" for n, names in enumerate(_FACTORS))
    + r"|(?P<heat>\s?(?:degrees\s)?(?:°\s?F|Fahrenheit)(?!\w))",
    re.I,
)


def converted(value: Fraction, after: str) -> set[Fraction]:
    """Other values of the number before ``after``, each rounded to one, two and three leading digits; often none."""
    match = _UNIT.match(after)
    if match is None:
        return set()
    if match["heat"]:
        exact = [(value - 32) * Fraction(5, 9)]
    else:
        factors = next(f for n, f in enumerate(_FACTORS.values()) if match[f"u{n}"])
        exact = [value * Fraction(factor) for factor in factors]
    return {Fraction(f"{float(size):.{digits}g}") for size in exact for digits in (1, 2, 3)}
