"""Numbers as values: what “3万5千”, “百分之五”, “三成” and “35 thousand”, “5 percent” amount to.

A Quantity has one exact value and may have other readings that a translator is free to choose (a year without its
century, an hour after noon as one to twelve, a weight in another unit). Offsets are code points, end-exclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0, "俩": 2, "廿": 20}
FORMAL = dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True))
SCALES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8, "兆": 10**12}
UNITS = {
    "公斤": (),
    "市斤": (Fraction(1, 2), 500),
    "斤": (Fraction(1, 2), 500),
    "公里": (1000,),
    "华里": (Fraction(1, 2), 500),
    "亩": (Fraction(1, 15), Fraction(10000, 15)),
    "平方公里": (100,),
    "公顷": (Fraction(1, 100), 15),
    "吨": (1000,),
    "克": (Fraction(1, 1000),),
    "两": (50,),
    "尺": (Fraction(1, 3),),
    "寸": (Fraction(10, 3),),
    "折": (10,),
    "成": (10,),
}
"""What a number before this unit may turn into when the translator converts it."""


PERIODS = {
    "个月": (30, 4),
    "周": (7,),
    "星期": (7,),
    "天": (24,),
    "日": (24,),
    "年": (12, 365),
    "小时": (60,),
    "季度": (3,),
}
"""A span of time told in the next smaller one."""


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


_NUMERAL = "零〇○一二两三四五六七八九十百千万亿萬億兆壹贰叁肆伍陆柒捌玖拾佰仟"
_ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SIGN = rf"(?:[{_NUMERAL.replace('千', '')}]|千(?![米克瓦卡帕伏赫]))"
_SCALE = r"(?:[十百万亿萬億兆拾佰仟]|千(?![米克瓦卡帕伏赫]))"
_NOT_DIGIT = rf"[{_NUMERAL}点]"
_CHINESE = re.compile(
    rf"(?P<share>百分之|千分之|万分之)?"
    rf"(?P<number>(?:{_ARABIC}|{_SIGN})(?:\s?[多余来几]?(?:\s(?=[万亿]))?{_SCALE}|(?<={_NOT_DIGIT}){_SIGN}|(?<=[十百千万亿]){_ARABIC}"
    r"|(?<=[零〇一二两三四五六七八九十])点(?=[零〇一二三四五六七八九](?![十\d]*分)))*)(?P<half>半)?"
    r"(?P<after>\s?(?:%|％|‰|个百分点|百分点)|分之(?P<over>[\d零〇一二两三四五六七八九十百千万]+))?"
)
_NARROW = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_BETWEEN = re.compile(r"\s?(?:[-–—~～至到]|to|and|or|、)\s?[$€£¥]?", re.I)
_PAIR = re.compile(r"([一二两三四五六七八九])([一二两三四五六七八九])(?=[十百千万亿]|$)")
WEEK = frozenset("周期拜")
"""周三, 星期三, 礼拜三: the numeral after these names a day."""

_NEXT = re.compile(
    r"\s?(?:[多余来几]\s?)?(平方公里|公里|公斤|市斤|公顷|华里|斤|亩|吨|克|两|尺|寸|折|成|倍|年代|年|月份|个月|月|日|天|小时|季度|星期|号|点|时|后|世纪|岁|周年|周|届|大)"
)


def chinese(text: str) -> list[Quantity]:
    """The quantities of a Chinese text, in order."""
    found: list[Quantity] = []
    text = text.translate(_NARROW)
    for match in _CHINESE.finditer(text):
        quantity = _chinese_one(text, match)
        if quantity is not None:
            found.append(quantity)
    return _ranges(text, found)


def _chinese_one(text: str, match: re.Match[str]) -> Quantity | None:
    raw = match["number"]
    body = re.sub(r"[\s多余来几]", "", raw).replace("，", ",")
    value = numeral(body)
    start, end = match.span()
    if value is None or (text[max(0, start - 1) : start] in WEEK and len(body) == 1):
        return None
    arabic = any("0" <= c <= "9" for c in body)
    compound = arabic or (len(body) > 1 and any(c in DIGITS or c in FORMAL for c in body))
    if not arabic and all(c in DIGITS for c in body) and len(body) < 3:
        compound = False  # 三一 may be the end of one word and the beginning of another; 九二 may be 1992
    also: set[Fraction] = set()
    kind, working = "number", _working(body, value)
    if len(body) == 2 and all(c in DIGITS for c in body):
        also |= {1900 + value, 2000 + value}
    if body[0] in "百千万亿" or text.startswith("进制", end):
        compound = False  # 万一, 千万: words rather than numbers
    before = text[max(0, start - 3) : start]
    follow = _NEXT.match(text, end)
    unit = follow.group(1) if follow else ""
    if match["share"]:
        share = {"百": 100, "千": 1000, "万": 10000}[match["share"][0]]
        kind, working = "percent", f"{match['share']}{body} is {plain(value)} in {share:,}"
        also.add(value / share)
        compound = True
        value = value * 100 / share
    elif match["over"]:
        over = numeral(match["over"])
        if not over or not value:
            return None
        kind, value, working = "number", over / value, f"{match.group()} is {plain(over)}/{plain(value)}"
        also |= {value * 100, over, over / value, 1 / value}
    elif match["after"]:
        kind = "percent"
        also |= {value / 100, value / 10} if "‰" in match["after"] else {value / 100}
        if value > 100:
            also |= {value / 100 + 1, value / 100 - 1}
    elif unit in ("成", "折") and value < 10:
        also |= {value * 10, 100 - value * 10, value}
        if unit == "折" or not arabic:
            working = f"{body}{unit} is {plain(value * 10)} percent"
        kind, value = "percent", value * 10
    elif unit == "倍":
        kind = "multiple"
        also |= {value + 1, value - 1, value * 100, (value - 1) * 100, 1 / value if value else value}
        compound = compound and arabic
    elif before.endswith(("第", "初")) or unit in ("届", "世纪", "大", "周年"):
        kind = "ordinal"
    pair = _PAIR.search(body)
    if (
        pair
        and not re.search(r"[零〇○]|[一二两三四五六七八九]{3}", body)
        and DIGITS[pair[2]] - DIGITS[pair[1]] in (1, 2)
    ):
        for digit in pair.groups():
            one = numeral(body[: pair.start()] + digit + body[pair.end() :])
            also |= {one} if one is not None else set()
        compound = False
    short = re.search(r"([百千万亿])([一二三四五六七八九])$", body)
    if short:  # 两万五 is 25,000
        scale = SCALES.get(short[1]) or MYRIADS[short[1]]
        also.add(value - DIGITS[short[2]] + Fraction(DIGITS[short[2]] * scale, 10))
    if match["half"]:
        also |= {value, value * 12 + 6}
        value += Fraction(1, 2)
    if unit == "年代":
        also |= {1900 + value, 1800 + value, 2000 + value}
    elif unit == "后" and arabic and value < 100:
        also |= {1900 + value, 2000 + value}
    elif unit == "年" and value < 100:
        also |= {2000 + value, 1900 + value, value * 12, value / 10}
        kind = "number"
    elif unit in ("月", "月份", "日", "号") or (unit == "年" and 1000 <= value <= 2100):
        kind = "date"
    elif unit in ("点", "时") and value <= 24:
        kind = "time"
        also |= {value - 12, value + 12, 12 * (value == 0) + value}
    also |= {value * Fraction(factor) for factor in UNITS.get(unit, ())}
    also |= {value * factor for factor in PERIODS.get(unit, ())}
    if unit in ("世纪",):
        also |= {(value - 1) * 100, value * 100}
    return Quantity(start, end, match.group(), value, kind, frozenset(also), compound, working)


def numeral(text: str) -> Fraction | None:
    """The value of a Chinese numeral or of digits with Chinese scales: “3亿2000万”, “二〇二三”, “一百零五”.

    None where the signs make no number.
    """
    text = text.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Fraction(text)
    point = re.fullmatch(rf"([{_NUMERAL}]+)点([零〇一二三四五六七八九]+)([十百千万亿]*)", text)
    if point:
        whole = numeral(point[1])
        if whole is None:
            return None
        part = Fraction(int("".join(str(DIGITS[c]) for c in point[2])), 10 ** len(point[2]))
        return (whole + part) * _product(point[3])
    if len(text) > 1 and all(c in DIGITS for c in text):
        return Fraction(int("".join(str(DIGITS[c]) for c in text)))
    total, section, current, seen = Fraction(0), Fraction(0), None, False
    for piece in re.findall(r"\d+(?:\.\d+)?|.", text):
        if piece[0].isascii():
            if not piece[0].isdigit() or current is not None:
                return None
            current = Fraction(piece)
        elif piece in DIGITS or piece in FORMAL:
            current = Fraction(DIGITS.get(piece, FORMAL.get(piece, 0)))
        elif piece in SCALES:
            section += (1 if current is None else current) * SCALES[piece]
            current = None
        elif piece in MYRIADS:
            section += current or 0
            if not section:
                section = Fraction(1) if not total else total
                total = Fraction(0) if section == total else total
            if piece in "亿億兆" and total:
                section, total = section + total, Fraction(0)
            total += section * MYRIADS[piece]
            section, current = Fraction(0), None
        else:
            return None
        seen = True
    return total + section + (current or 0) if seen else None


def _product(scales: str) -> int:
    product = 1
    for c in scales:
        product *= SCALES.get(c) or MYRIADS.get(c) or 1
    return product


def _working(body: str, value: Fraction) -> str:
    match = re.fullmatch(r"([\d.,]+)([十百千万亿]+)", body)
    if match is None:
        return f"{body} is {plain(value)}" if not body.isascii() else ""
    return f"{body} is {match[1]} × {_product(match[2]):,} = {plain(value)}"


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
        "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth".split()
    )
} | {w[:-1] + "ieth": n for w, n in _TENS.items()}
_FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_MONTHS = "january february march april may june july august september october november december".split()
_MULTIPLES = {"once": 1, "twice": 2, "double": 2, "doubled": 2, "doubling": 2, "triple": 3, "tripled": 3, "thrice": 3}
_MULTIPLES |= {"quadrupled": 4, "quadruple": 4, "twofold": 2, "threefold": 3, "tenfold": 10, "fivefold": 5}

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
_CLOCK = re.compile(r"\b(\d{1,2})(?::(\d{2}))?\s?(a|p)\.?m\b", re.I)
_ROMAN = re.compile(r"\b(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})\b")


def english(text: str) -> list[Quantity]:
    """The quantities of an English text, in order: digits with scales, number words, months, ordinals."""
    found: list[Quantity] = []
    for match in _ENGLISH.finditer(text):
        found.append(_english_digits(text, match))
    taken = [(q.start, q.end) for q in found]
    for match in _WORDS.finditer(text):
        if any(match.start() < b and a < match.end() for a, b in taken):
            continue
        quantity = _english_words(match)
        if quantity is not None:
            found.append(quantity)
    for match in _ROMAN.finditer(text):
        if match.group() and match.group() != "I":
            value = Fraction(_roman(match.group()))
            found.append(Quantity(*match.span(), match.group(), value, "ordinal", firm=False))
    return _ranges(text, sorted(found, key=lambda q: q.start))


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """“5-6 million”, “3至5万”, “10 to 15 percent”: the first number shares the scale or the unit of the second."""
    for at in range(len(found) - 1):
        left, right = found[at], found[at + 1]
        if not _BETWEEN.fullmatch(text[left.end : right.start]) or not left.text[-1:].isdigit():
            continue
        for scale in (10**3, 10**4, 10**6, 10**8, 10**9, 10**12, 10**13):
            if right.value >= scale > left.value and left.value * scale < 10 * right.value + scale:
                left = replace(left, also=left.also | {left.value * scale})
        if right.kind == "percent" or right.kind == "multiple":
            left = replace(left, kind=right.kind)
        found[at] = left
    return found


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
    before = text[max(0, start - 1) : start]
    firm = True
    if before == ":" and match["digits"] == "00":
        firm = False  # six o'clock sharp
    if before.isalpha() or before == "-" and text[max(0, start - 2) : start - 1].isalpha():
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


def plain(value: Fraction) -> str:
    """A value in digits: thousands parted by commas, at most four decimals."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    shown = f"{float(value):,.4f}".rstrip("0").rstrip(".")
    return shown


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
