"""What a locale is: data about how a language writes, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LATIN_DIGITS = "0123456789"
ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"


@dataclass(frozen=True, slots=True)
class Locale:
    """The conventions of a language.

    ``languages`` are primary subtags. ``decimal`` and ``groups`` are the signs in numbers of ``digits`` (the first of
    ``groups`` is the usual one); a language with two kinds of digits may have other signs with the other kind, in
    ``other_digits``: ``{digits: (decimal, groups)}``. ``before_percent`` is what stands before the sign %; None where
    both ways are right. ``marks`` gives the language's own sign for a Latin one. ``quotes`` are pairs of quotation
    marks, outer first; ``straight`` says whether " and ' may stand for them. ``months`` are twelve names; ``date`` is
    written with ``day``, ``month`` (a name) and ``year``. ``unspaced``: no space between words. ``calques`` are
    scales that no one counts in (“2.4百万”). ``counted`` are words before a number with a point that is no decimal
    number (“Version 2.0”). ``regions`` change fields by the lower-case region or script subtag.
    """

    languages: tuple[str, ...]
    name: str
    months: tuple[str, ...]
    date: str
    quotes: tuple[tuple[str, str], ...]
    straight: bool = True
    decimal: str = "."
    groups: str = ","
    digits: str = LATIN_DIGITS
    other_digits: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    before_percent: str | None = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    unspaced: bool = False
    calques: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    regions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def write_date(self, day: int, month: int, year: int) -> str:
        return self.date.format(day=day, month=self.months[month - 1], year=year)
