"""Arabic numbers: digits of either kind, with ألف, مليون, مليار; number words, duals, shares, months."""

from __future__ import annotations

import re
from fractions import Fraction

from review.text.numbers.quantity import Quantity, plain, ranges
from review.text.numbers.reading import Reader

TO_LATIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬٪", "01234567890123456789.,%")
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670\u200e\u200f\u061c]")
_SIMPLE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ئ": "ي"})
"""Spellings that writers leave open are made one before a word is looked up."""

_UNITS = "واحد اثن ثلاث اربع خمس ست سبع ثمان تسع عشر".split()
_WORDS = {word: n for n, root in enumerate(_UNITS, 1) for word in (root, root + "ة")}
_WORDS |= {"ثمانية": 8, "ثماني": 8, "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2, "اثنا": 2, "اثنتا": 2, "احدي": 1}
_WORDS |= {"احد": 1, "واحدة": 1, "اثني": 2, "صفر": 0}
_TENS = {"عشر": 20, "ثلاث": 30, "اربع": 40, "خمس": 50, "ست": 60, "سبع": 70, "ثمان": 80, "تسع": 90}
_WORDS |= {root + ending: n for root, n in _TENS.items() for ending in ("ون", "ين")}
_DECADES = {root.removesuffix("ة"): n for root, n in _TENS.items()} | {"عشر": 20}
_DECADE = re.compile(rf"(?:ال)?({'|'.join(_DECADES)})ين(?:ي)?ات")
_HUNDREDS = {"ميتان": 200, "ميتين": 200, "مايتان": 200, "مايتين": 200, "ميتا": 200, "ميتي": 200}
for _n, _root in enumerate(("ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), 3):
    _HUNDREDS |= {_root + "مية": _n * 100, _root + "ماية": _n * 100}
_HUNDREDS |= {"ثمانيمية": 800, "ثمانيماية": 800}
_SCALES = dict.fromkeys("الف الاف الفا".split(), 10**3)
_SCALES |= dict.fromkeys("مليون ملايين مليونا".split(), 10**6)
_SCALES |= dict.fromkeys("مليار مليارات مليارا بليون بلايين".split(), 10**9)
_SCALES |= dict.fromkeys("تريليون تريليونات تريليونا ترليون".split(), 10**12)
_DUALS = {"الفان": 2000, "الفين": 2000, "الفي": 2000, "مليونان": 2 * 10**6, "مليونين": 2 * 10**6, "مليوني": 2 * 10**6}
_DUALS |= {"ملياران": 2 * 10**9, "مليارين": 2 * 10**9, "ملياري": 2 * 10**9}
_PARTS = {"نصف": 2, "ثلث": 3, "ربع": 4, "خمس": 5, "ثلثا": 3, "ثلثي": 3}
_MONTHS = (
    "يناير|كانون الثاني|جانفي فبراير|شباط|فيفري مارس|اذار ابريل|نيسان|افريل مايو|ايار|ماي يونيو|حزيران|جوان "
    "يوليو|تموز|جويلية اغسطس|اب|اوت|غشت سبتمبر|ايلول|شتنبر اكتوبر|تشرين الاول نوفمبر|تشرين الثاني|نونبر "
    "ديسمبر|كانون الاول|دجنبر"
)
_ORDINALS = "اول ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر".split()

_NUMBER = re.compile(r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[\u0621-\u065f\u0670-\u06d3]+")
_PERCENT = re.compile(r"\s?(?:%|(?:في|ب)\s?(?:ال)?(?:مية|ماية)(?!\w)|نقاط ميوية|نقطة ميوية)")


def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    names = re.split(r"\s(?!الثاني|الاول)", _MONTHS)
    for number, group in enumerate(names, 1):
        found |= dict.fromkeys(group.split("|"), number)
    return found


MONTHS = _months()
"""Month names of Egypt and the Gulf, of the Levant, and of the Maghreb, in the simple spelling."""

_MONTH = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?!\w)")


def arabic(text: str) -> list[Quantity]:
    """The quantities of an Arabic text, in order."""
    plain_text = _same_length(text)
    found: list[Quantity] = []
    taken = bytearray(len(text))
    for month in _MONTH.finditer(plain_text):
        if month.group() != "اب" and month.group() != "ماي":
            taken[month.start() : month.end()] = b"\1" * len(month.group())
            found.append(_quantity(text, month.span(), Fraction(MONTHS[month.group()]), "date", firm=False))
    for match in _NUMBER.finditer(plain_text):
        if len(match.group()) <= 40:
            found.append(_digits(text, plain_text, match))
            taken[match.start() : found[-1].end] = b"\1" * (found[-1].end - match.start())
    words = [m for m in _WORD.finditer(plain_text) if not any(taken[m.start() : m.end()])]
    at = 0
    while at < len(words):
        size, quantity = _words(text, plain_text, words, at)
        if quantity is not None:
            found.append(quantity)
        at += max(1, size)
    return ranges(text, sorted(found, key=lambda q: q.start))


def _same_length(text: str) -> str:
    """The text in one spelling and with Latin digits, code point for code point."""
    return _MARKS.sub("\u0640", text.translate(TO_LATIN).translate(_SIMPLE))


def _quantity(
    text: str,
    span: tuple[int, int],
    value: Fraction,
    kind: str = "number",
    also: set[Fraction] | None = None,
    *,
    firm: bool = True,
    working: str = "",
) -> Quantity:
    return Quantity(*span, text[span[0] : span[1]], value, kind, frozenset(also or ()), firm, working)


def _digits(text: str, simple: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    digits = match.group()
    if re.fullmatch(r"\d+,\d{1,2}|\d+,\d{4,}", digits):  # a decimal comma, as the Maghreb has it
        digits = digits.replace(",", ".")
    value = Fraction(re.sub(r"[,\u00a0\u202f]", "", digits))
    kind, also, working = "number", set(), ""
    scale = _WORD.match(simple, end + 1) if simple[end : end + 1] in (" ", "\u00a0") else None
    word = _bare(scale.group(), simple) if scale else ""
    size = _SCALES.get(word, 0)
    while scale and size:
        value, end = value * size, scale.end()
        scale = _WORD.match(simple, end + 1) if simple[end : end + 1] == " " else None  # “3 آلاف مليار”
        size = _SCALES.get(scale.group(), 0) if scale else 0
    if end > match.end():
        working = f"{text[start:end]} is {plain(value)}"
    percent = _PERCENT.match(simple, end)
    if percent or simple[start - 1 : start] == "%":
        kind, end = "percent", percent.end() if percent else end
        also.add(value / 100)
    elif value <= 24 and re.search(r"الساعة\s$", simple[:start]):
        kind = "time"
        also |= {value + 12, value - 12}
    if text[start - 1 : start].isalpha() and text[start - 1 : start].isascii():
        kind = "digits"
    return _quantity(text, (start, end), value, kind, also, working=working)


def _words(text: str, simple: str, words: list[re.Match[str]], at: int) -> tuple[int, Quantity | None]:
    """A number in words that begins at ``words[at]``: how many words it takes, and what it amounts to."""
    first = _bare(words[at].group(), simple)
    decade = _DECADE.fullmatch(first)
    if decade:  # “التسعينيات”, the nineties
        value = Fraction(_DECADES[decade[1]])
        return 1, _quantity(text, words[at].span(), value, "date", {value + 1900, value + 1800}, firm=False)
    if first in _PARTS and first != "خمس":
        over = _PARTS[first]
        share = 2 if first in ("ثلثا", "ثلثي") else 1
        also = {Fraction(over), Fraction(100 * share, over), Fraction(60 * share, over)}
        return 1, _quantity(text, words[at].span(), Fraction(share, over), also=also, firm=False)
    if first in _ORDINALS:
        return 1, _quantity(text, words[at].span(), Fraction(_ORDINALS.index(first) + 1), "ordinal", firm=False)
    total, section, size, compound = Fraction(0), Fraction(0), 0, False
    for match in words[at:]:
        if size and simple[words[at + size - 1].end() : match.start()] != " ":
            break
        word = _bare(match.group(), simple, joined=size > 0)
        if word in _SCALES:
            total, section = total + (section or 1) * _SCALES[word], Fraction(0)
        elif word in _DUALS:
            total += _DUALS[word]
        elif word in _HUNDREDS or word in ("مية", "ماية"):
            section += _HUNDREDS.get(word, 100)
        elif word == "عشر" and section:
            section += 10
        elif word in _WORDS and (not size or match.group().startswith("و") or words[at + size - 1].group() in _WORDS):
            section += _WORDS[word]
        else:
            break
        size += 1
    if not size:
        return 1, None
    value = total + section
    end = words[at + size - 1].end()
    percent = _PERCENT.match(simple, end)
    end = percent.end() if percent else end
    compound = size > 1 or value >= 13
    kind = "percent" if percent else "number"
    span = (words[at].start(), end)
    working = f"{text[span[0] : span[1]]} is {plain(value)}" if value >= 1000 else ""
    return size, _quantity(text, span, value, kind, firm=compound and value >= 13, working=working)


def _bare(word: str, _: str, joined: bool = False) -> str:
    """A word without the small words written onto it: and, in, for, the."""
    word = word.replace("\u0640", "")
    known = (_WORDS, _SCALES, _DUALS, _HUNDREDS, _PARTS)
    if any(word in table for table in known) or word in ("مية", "ماية", *_ORDINALS):
        return word
    for prefix in ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ف"):
        rest = word.removeprefix(prefix)
        if rest != word and (any(rest in table for table in known) or rest in ("مية", "ماية", *_ORDINALS)):
            return rest
    return word


def write(value: Fraction) -> str:
    """35,000 in digits that all Arabic readers know; millions and more with their word."""
    for scale, word in ((10**12, "تريليون"), (10**9, "مليار"), (10**6, "مليون")):
        share = value / scale
        if share >= 1 and (share * 1000).denominator == 1:
            return f"{plain(share)} {word}"
    return plain(value)


READER = Reader(languages=("ar",), read=arabic, write=write, percent="%")
