"""German numbers: 1.234,5 with Million, Milliarde (10⁹) and Billion (10¹²), number words, ordinals, months."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from review.text.numbers.quantity import Quantity, plain, ranges
from review.text.numbers.reading import Reader

_ONES = {
    word: n
    for n, word in enumerate(
        "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
        "siebzehn achtzehn neunzehn".split()
    )
}
_TENS = {w: n * 10 for n, w in enumerate("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(), 2)}
_SMALL = _ONES | _TENS | {"ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "dreissig": 30}
_BIG = {"tausend": 10**3, "million": 10**6, "milliarde": 10**9, "billion": 10**12, "billiarde": 10**15}
_SHORT = {"tsd": 10**3, "mio": 10**6, "mrd": 10**9, "bio": 10**12}
_MONTHS = "januar februar märz april mai juni juli august september oktober november dezember".split()
_SHORT_MONTHS = "jan feb mär apr jun jul aug sept sep okt nov dez".split()
_PARTS = {"hälfte": 2, "halb": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "achtel": 8, "zehntel": 10}
_MULTIPLES = {"doppelt": 2, "verdoppel": 2, "verdreifach": 3, "vervierfach": 4, "verfünffach": 5, "zweimal": 2}
_MULTIPLES |= {"dreimal": 3, "einmal": 1, "dutzend": 12, "dreifach": 3, "vierfach": 4, "fünffach": 5, "zehnfach": 10}

_SCALE = r"(?:tausend|tsd\.?|million(?:en)?|mio\.?|milliarden?|mrd\.?|billion(?:en)?|bio\.?|billiarden?)(?!\w)"
_PERCENT = r"(?:\s?%|\s?prozent(?:punkten?|ig\w*)?(?!\w)|\s?‰|\s?promille(?!\w))"
_DIGITS = re.compile(
    r"(?P<foreign>\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?(?!\d)|\d{1,3}(?:,\d{3})+\.\d+|(?<![\d.])\d+\.\d{1,2}(?![\d.]))?"
    r"(?(foreign)|(?P<digits>\d{1,3}(?:[.\u00a0\u202f ’'](?=\d{3})\d{3})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?))"
    r"(?:\s?(?P<vulgar>½|¼|¾))?"
    rf"(?:[\s\u00a0\u202f-]?(?P<scale>{_SCALE}))?(?P<percent>{_PERCENT})?(?P<ordinal>(?:er|ern|fach)(?!\w))?",
    re.I,
)
_UNIT = "|".join(sorted({*_ONES, "ein"}, key=len, reverse=True))
_TEN = "|".join([*_TENS, "dreissig"])
_PIECE = re.compile(
    rf"(?P<and>(?:{_UNIT})und(?:{_TEN}))|(?P<tens>{_TEN})|(?P<unit>{_UNIT})|(?P<big>hundert|tausend)|und"
)
_WORDS = re.compile(
    rf"(?<!\w)(?P<word>(?:eineinhalb|anderthalb|zweieinhalb|(?:(?:{_UNIT}|{_TEN}|hundert|tausend|und)+)))"
    rf"(?P<ordinal>(?:s?te[rnsm]?))?(?!\w)(?:\s(?P<scale>{_SCALE}))?(?P<percent>{_PERCENT})?"
    rf"|(?<!\w)(?P<article>eine|einer|einem|einen)\s(?P<one>{_SCALE})"
    r"|(?<!\w)(?P<quarter>viertel|halbe )(?P<whole>million|milliarde|billion)(?!\w)"
    rf"|(?<!\w)(?P<bare>{_SCALE})"
    rf"|(?<!\w)(?P<month>jänner|feber|{'|'.join(_MONTHS)}|(?:{'|'.join(_SHORT_MONTHS)})(?=\.))(?:s|e)?(?!\w)"
    rf"|(?<!\w)(?P<part>(?:(?:{_UNIT})\s?)?(?:hälfte|halb\w*|drittel|viertel|fünftel|sechstel|achtel|zehntel)\w*)"
    rf"|(?<!\w)(?P<multiple>(?:{'|'.join(_MULTIPLES)})\w*)"
    r"|(?<!\w)(?P<nth>erste|zweite|dritte|vierte|fünfte|sechste|siebte|achte|neunte|zehnte|elfte|zwölfte)[rnsm]?(?!\w)",
    re.I,
)
_NTH = "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte".split()


def german(text: str) -> list[Quantity]:
    """The quantities of a German text, in order."""
    found = [quantity for match in _DIGITS.finditer(text) if (quantity := _digits(text, match)) is not None]
    taken = bytearray(len(text))
    for quantity in found:
        taken[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
    for match in _WORDS.finditer(text):
        words = None if any(taken[match.start() : match.end()]) else _words(match)
        if words is not None:
            found.append(words)
    return ranges(text, sorted(found, key=lambda q: q.start))


def _digits(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    digits = match["foreign"] or match["digits"]
    if len(digits) > 40:
        return None
    if match["foreign"]:  # written as in English; how it is written is another detector's matter
        value = Fraction(digits.replace(",", ""))
    else:
        value = Fraction(re.sub(r"[.\u00a0\u202f ’']", "", digits).replace(",", "."))
    if match["vulgar"]:
        value += {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}[match["vulgar"]]
    kind, working = "number", ""
    also: set[Fraction] = (
        {Fraction(part) for part in digits.split(".")} if match["foreign"] and "," not in digits else set()
    )
    if text[start - 1 : start] in ("[", "(") and re.fullmatch(r"\d+,\d+", digits):
        also |= {Fraction(part) for part in digits.split(",")}  # a pair: [1,1]
    if match["scale"]:
        scale = _scale(match["scale"])
        working = f"{digits} {match['scale']} is {plain(value * scale)}"
        value *= scale
    if match["percent"]:
        kind = "percent"
        also.add(value / 100)
    elif (match["ordinal"] or "").lower().startswith("er"):
        kind = "date"
        also |= {value % 100} if value >= 1000 else {1900 + value, 2000 + value}
    elif (match["ordinal"] or "").lower() == "fach":
        kind = "multiple"
    elif value.denominator == 1 and value < 100 and re.match(r"\.\s\w", text[end:]):
        kind = "ordinal"
        also |= {(value - 1) * 100}
    if re.match(r"\s?Uhr\b", text[end:]) and value <= 24:
        kind = "time"
        also |= {value - 12, value + 12}
    if text[start - 1 : start].isalpha() or (text[end : end + 1].isalpha() and not match["ordinal"]):
        kind = "digits"
    return Quantity(start, end, text[start:end], value, kind, frozenset(also), True, working)


def _scale(word: str) -> int:
    word = word.lower().rstrip(".")
    short = _SHORT.get(word)
    return short if short else next(size for name, size in _BIG.items() if word.startswith(name))


def _words(match: re.Match[str]) -> Quantity | None:
    span, text = match.span(), match.group()
    if match["month"]:
        name = match["month"].lower()[:3].replace("jän", "jan")
        month = next(n for n, full in enumerate(_MONTHS, 1) if full.startswith(name))
        return Quantity(*span, text, Fraction(month), "date", firm=False)
    if match["article"]:
        return Quantity(*span, text, Fraction(_scale(match["one"])), firm=True)
    if match["quarter"]:
        over = 4 if match["quarter"].lower() == "viertel" else 2
        size = _scale(match["whole"])
        return Quantity(*span, text, Fraction(size, over), also=frozenset({Fraction(size), Fraction(1, over)}))
    if match["bare"]:  # “Milliarden Jahre”, “pro Million”
        return Quantity(*span, text, Fraction(_scale(match["bare"])), firm=False)
    if match["part"]:
        name = next(n for n in _PARTS if n in match["part"].lower())
        head = match["part"].lower().split(name)[0].strip()
        over, share = _PARTS[name], _SMALL.get(head, 1)
        also = {Fraction(over), Fraction(100 * share, over), Fraction(60 * share, over), Fraction(share)}
        return Quantity(*span, text, Fraction(share, over), also=frozenset(also), firm=False)
    if match["multiple"]:
        name = next(n for n in _MULTIPLES if match["multiple"].lower().startswith(n))
        return Quantity(*span, text, Fraction(_MULTIPLES[name]), "multiple", firm=False)
    if match["nth"]:
        return Quantity(*span, text, Fraction(_NTH.index(match["nth"].lower()) + 1), "ordinal", firm=False)
    word = match["word"].lower()
    value = {"eineinhalb": Fraction(3, 2), "anderthalb": Fraction(3, 2), "zweieinhalb": Fraction(5, 2)}.get(word)
    value = _numeral(word) if value is None else value
    if value is None:
        return None
    working = ""
    if match["scale"]:
        working = f"{match['word']} {match['scale']} is {plain(value * _scale(match['scale']))}"
        value *= _scale(match["scale"])
    kind = "percent" if match["percent"] else "ordinal" if match["ordinal"] else "number"
    return Quantity(
        *span,
        text,
        value,
        kind,
        firm=value >= 13 and not match["ordinal"] and word not in ("hundert", "tausend"),
        working=working,
    )


@lru_cache(maxsize=4096)
def _numeral(word: str) -> Fraction | None:
    """“dreihundertfünfundzwanzig” as 325; None for words like “und” that only look so."""
    total, section, seen = 0, 0, False
    for piece in _PIECE.finditer(word):
        if piece["and"]:
            unit, ten = re.split("und", piece["and"], maxsplit=1)
            section += _SMALL[unit] + _SMALL[ten]
        elif piece["tens"] or piece["unit"]:
            section += _SMALL[piece["tens"] or piece["unit"]]
        elif piece["big"] == "hundert":
            section = (section or 1) * 100
        elif piece["big"]:
            total, section = total + (section or 1) * 1000, 0
        else:
            continue
        seen = True
    return Fraction(total + section) if seen else None


def write(value: Fraction) -> str:
    """35.000, 1,2 Millionen, 3,45 Milliarden."""
    for scale, one, many in (
        (10**12, "Billion", "Billionen"),
        (10**9, "Milliarde", "Milliarden"),
        (10**6, "Million", "Millionen"),
    ):
        share = value / scale
        if share >= 1 and (share * 1000).denominator == 1:
            return f"{_german(plain(share))} {one if share == 1 else many}"
    return _german(plain(value))


def _german(digits: str) -> str:
    return digits.translate(str.maketrans(",.", ".,"))


READER = Reader(languages=("de", "gsw"), read=german, write=write, percent=" Prozent")
