"""English numbers: digits with scales and percent signs, number words, ordinals, months, Roman numerals."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from review.text.numbers.imperial import converted
from review.text.numbers.quantity import READ, Quantity, plain, ranges
from review.text.numbers.reading import Reader

_ONES = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {w: (n + 2) * 10 for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_BIG = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_SHORT = {"bn": 10**9, "mn": 10**6, "tn": 10**12, "k": 1000, "m": 10**6, "b": 10**9, "mln": 10**6, "bln": 10**9}
_ORDINALS = {
    w: n
    for n, w in enumerate(
        "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
        "fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth".split()
    )
} | {w[:-1] + "ieth": n for w, n in _TENS.items()}
_FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_MONTHS = "january february march april may june july august september october november december".split()
_MULTIPLES = {"once": 1, "twice": 2, "double": 2, "doubled": 2, "doubling": 2, "triple": 3, "tripled": 3, "thrice": 3}
_MULTIPLES |= {"quadrupled": 4, "quadruple": 4, "twofold": 2, "threefold": 3, "tenfold": 10, "fivefold": 5}

LONGEST = 40
"""Digits beyond which a run is no number that anyone would translate."""

_ENGLISH = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:\s?(?P<vulgar>½|¼|¾)|(?P<of>/\d+)(?![\d/]))?"
    r"(?P<ordinal>(?:st|nd|rd|th|[’']?s)(?![A-Za-z\d]))?"
    r"(?:[\s-]?(?P<scale>(?:(?:hundred|thousand|million|billion|trillion|dozen)s?(?:\s(?=million|billion|trillion))?)+"
    r"|bn|mn|tn|mln|bln|[kKmMbB](?![\w]))(?!\w))?"
    r"(?P<percent>\s?(?:%|percent(?:age\spoints?)?|per\scent|‰|pct\b|pp\b))?",
    re.I,
)
_WORD = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|trillion"
    "|dozen"
)
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_WORDS = re.compile(
    rf"\b(?:(?:a|an)\s(?=hundred|thousand|million|billion|dozen))?(?:{_WORD})"
    rf"(?:(?:\sand\s|[\s-])(?:{_WORD}))*(?:[\s-](?P<ordinal>{_ORDINAL})s?)?\b"
    rf"(?:\spoint\s(?P<point>(?:zero|one|two|three|four|five|six|seven|eight|nine)))?"
    r"(?P<half>\sand\sa\shalf)?(?P<percent>\s?(?:percent|per\scent|%))?"
    rf"|\b(?P<alone>{_ORDINAL}|half|halves|quarters?|{'|'.join(_MULTIPLES)})\b"
    rf"|\b(?P<month>{'|'.join(_MONTHS)}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?=\.|\s\d))\b",
    re.I,
)
_ROMAN = re.compile(r"\b(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})\b")


def english(text: str) -> list[Quantity]:
    """The quantities of an English text, in order: digits with scales, number words, months, ordinals."""
    return list(_read(text))


@lru_cache(maxsize=READ)
def _read(text: str) -> tuple[Quantity, ...]:
    found: list[Quantity] = []
    for match in _ENGLISH.finditer(text):
        if len(match["digits"]) > LONGEST:
            continue
        found.append(_english_digits(text, match))
    taken = bytearray(len(text))
    for quantity in found:
        taken[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
    for match in _WORDS.finditer(text):
        words = None if any(taken[match.start() : match.end()]) else _english_words(match)
        if words is not None:
            found.append(words)
    for match in _ROMAN.finditer(text):
        if match.group() and match.group() != "I":
            value = Fraction(_roman(match.group()))
            found.append(Quantity(*match.span(), match.group(), value, "ordinal", firm=False))
    found.sort(key=lambda q: q.start)
    return tuple(sorted([*ranges(text, found), *_shares(text, found)], key=lambda q: q.start))


def _shares(text: str, found: list[Quantity]) -> list[Quantity]:
    """“three in ten”, “15 out of 100”: the share they make, which no translator need write otherwise."""
    shares = []
    for left, right in pairwise(found):
        if right.value in (10, 100, 1000) and re.fullmatch(
            r"\s(?:in|out\sof)\s(?:every\s)?", text[left.end : right.start]
        ):
            span = (left.start, right.end)
            shares.append(Quantity(*span, text[slice(*span)], left.value * 100 / right.value, "percent", firm=False))
    return shares


def _english_digits(text: str, match: re.Match[str]) -> Quantity:
    start, end = match.start("digits"), match.end()
    value = Fraction(match["digits"].replace(",", ""))
    also: set[Fraction] = set()
    kind = "number"
    scale = 1
    for word in (match["scale"] or "").lower().split():
        scale *= _BIG.get(word.rstrip("s")) or _SHORT.get(word) or 1
    if match["vulgar"]:
        value += {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}[match["vulgar"]]
    if match["of"] and int(match["of"][1:]):
        also |= {value, Fraction(int(match["of"][1:]))}
        value = value / int(match["of"][1:])
    working = ""
    if scale > 1:
        working = f"{match['digits']} {match['scale'].strip()} is {plain(value * scale)}"
        value *= scale
    if match["percent"]:
        kind = "percent"
        also.add(value / 100)
    elif match["ordinal"]:
        kind = "date" if match["ordinal"].lower().endswith("s") and value >= 1000 else "ordinal"
        if match["ordinal"].lower() in ("s", "’s", "'s"):
            also |= {value % 100} if value >= 1000 else {1900 + value, 2000 + value}
        elif value > 2:
            also |= {(value - 1) * 100}
    tail = text[end : end + 6].lower()
    if tail.lstrip().startswith(("p.m", "pm")) and value <= 12:
        also.add(value + 12)
        kind = "time"
    also |= converted(value, text[end : end + 14])
    before = text[max(0, start - 1) : start]
    firm = True
    if before == ":" and match["digits"] == "00":
        firm = False  # six o'clock sharp
    if before.isalpha() or (before == "-" and text[max(0, start - 2) : start - 1].isalpha()):
        kind = "digits"
    if end < len(text) and text[end].isalpha() and not match["ordinal"]:
        kind = "digits"
    return Quantity(start, end, text[start:end], value, kind, frozenset(also), firm, working)


def _english_words(match: re.Match[str]) -> Quantity | None:
    text = match.group()
    span = match.span()
    if match["month"]:
        month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["month"].lower()[:3]))
        return Quantity(*span, text, Fraction(month), "date", firm=False)
    if match["alone"]:
        word = match["alone"].lower()
        if word in _MULTIPLES:
            return Quantity(*span, text, Fraction(_MULTIPLES[word]), "multiple", firm=False)
        if word in ("half", "halves"):
            return Quantity(
                *span, text, Fraction(1, 2), firm=False, also=frozenset({Fraction(50), Fraction(2), Fraction(6)})
            )
        if word.startswith("quarter"):
            return Quantity(
                *span, text, Fraction(1, 4), firm=False, also=frozenset({Fraction(4), Fraction(25), Fraction(15)})
            )
        return Quantity(*span, text, Fraction(_ORDINALS[word]), "ordinal", firm=False)
    total, section, also = Fraction(0), Fraction(0), set()
    parts = [p for p in re.split(r"[\s-]+", text.lower()) if p]
    for part in parts:
        if part in _ONES:
            section += _ONES[part]
        elif part in _TENS:
            section += _TENS[part]
        elif part in ("hundred", "dozen"):
            section = (section or Fraction(1)) * _BIG[part]
        elif part in _BIG:
            total += (section or 1) * _BIG[part]
            section = Fraction(0)
        elif part.rstrip("s") in _FRACTIONS and section and part != "second":
            also |= {section / _FRACTIONS[part.rstrip("s")], section + _ORDINALS.get(part.rstrip("s"), 0)}
        elif part in _ORDINALS:
            section += _ORDINALS[part]
        elif part in ("percent", "point"):
            continue
    value = total + section
    if match["point"]:
        value = Fraction(f"{value}.{_ONES[match['point'].lower()]}")
    if match["half"]:
        also |= {value + Fraction(1, 2)}
    firm = value >= 13 and not match["ordinal"]
    return Quantity(*span, text, value, "percent" if match["percent"] else "number", frozenset(also), firm)


def _roman(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10}
    numbers = [values[c] for c in text]
    return sum(-n if n < max(numbers[i:]) else n for i, n in enumerate(numbers))


READER = Reader(languages=("en", "eng"), read=english)
