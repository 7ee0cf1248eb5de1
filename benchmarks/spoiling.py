"""Values made wrong in a good translation: currencies, units, months, weekdays, percent signs."""

from __future__ import annotations

import random
import re

_SUM = r"(?:(?<=\d )|(?<=lion ))"
KINDS = {
    "currency": (
        rf"{_SUM}(?:yuan\b|(?:U\.?S\.? )?dollars|euros)|US\$(?=\d)|\$(?=\d)",
        {"yuan": "euros", "euros": "yuan", "US$": "€", "$": "€"},
        "yuan",
    ),
    "unit": (
        r"(?<=\d)[ -](?:kilomet(?:er|re)s?|square met(?:er|re)s|met(?:er|re)s|hectares|mu|tons|kilograms|kg|km)\b",
        {" kilometers": " miles", "-kilometer": "-mile", " km": " miles", " meters": " feet", " mu": " acres"},
        " miles",
    ),
    "month": (
        r"\b(?:January|February|June|July|August|September|October|November|December)\b",
        {"January": "June", "June": "July", "July": "June"},
        "January",
    ),
    "weekday": (r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", {"Monday": "Sunday"}, "Monday"),
    "percent dropped": (r"(?<=\d)(?:%| percent| per cent)", {}, ""),
}
"""What can be made wrong: where it stands, what becomes of some, and what of the rest."""


def changed(text: str, rng: random.Random) -> list[tuple[str, str]]:
    """The text with one currency, unit, month, weekday or percent sign made wrong, named."""
    found = []
    for kind, (pattern, table, rest) in KINDS.items():
        places = list(re.finditer(pattern, text))
        if places:
            place = rng.choice(places)
            new = table.get(place.group(), rest)
            found.append((kind, text[: place.start()] + new + text[place.end() :]))
    return found
