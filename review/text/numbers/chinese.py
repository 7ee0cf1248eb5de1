"""Chinese numbers: digits, numerals and their mixtures, with the scales 万 and 亿, shares, dates and units."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from review.text.numbers.quantity import READ, Quantity, plain, ranges
from review.text.numbers.reading import Reader

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

_NUMERAL = "零〇○一二两三四五六七八九十百千万亿萬億兆壹贰叁肆伍陆柒捌玖拾佰仟"
_ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PREFIXED = "千(?![米克瓦卡帕伏赫])|兆(?![瓦赫字帕比欧焦])"  # kilo and mega before a unit
_SIGN = rf"(?:[{re.sub('[千兆]', '', _NUMERAL)}]|{_PREFIXED})"
_SCALE = rf"(?:[十百万亿萬億拾佰仟]|{_PREFIXED})"
_NOT_DIGIT = rf"[{_NUMERAL}点]"
_CHINESE = re.compile(
    rf"(?P<share>百分之|千分之|万分之)?"
    rf"(?P<number>(?:{_ARABIC}|{_SIGN})(?:\s?[多余来几]?(?:\s(?=[万亿]))?{_SCALE}"
    rf"|(?<={_NOT_DIGIT}){_SIGN}|(?<=[十百千万亿]){_ARABIC}"
    r"|(?<=[零〇一二两三四五六七八九十])点(?=[零〇一二三四五六七八九](?![十\d]*分)))*)(?P<half>半)?"
    r"(?P<after>\s?(?:%|％|‰|个百分点|百分点)|分之(?P<over>[\d零〇一二两三四五六七八九十百千万]+))?"
)
_NARROW = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_NEIGHBOURS = "一两|一二|二三|两三|三四|三五|四五|五六|六七|七八|八九"
_ABOUT = re.compile(rf"(?<![零〇○一二两三四五六七八九])(?=(?:{_NEIGHBOURS})(?:[十百千万亿]|$))(.)(.)")
WEEK = frozenset("周期拜")
"""周三, 星期三, 礼拜三: the numeral after these names a day."""

_NEXT = re.compile(
    r"\s?(?:[多余来几]\s?)?(平方公里|公里|公斤|市斤|公顷|华里|斤|亩|吨|克|两|尺|寸|折|成(?![立为功员果就长熟效都交])|倍|年代|年|月份|个月|月|日|天|小时|季度|星期|号|点|时|后|世纪|岁|周年|周|届|大)"
)


def chinese(text: str) -> list[Quantity]:
    """The quantities of a Chinese text, in order."""
    return list(_read(text))


@lru_cache(maxsize=READ)
def _read(text: str) -> tuple[Quantity, ...]:
    found: list[Quantity] = []
    text = text.translate(_NARROW)
    for match in _CHINESE.finditer(text):
        quantity = _chinese_one(text, match)
        if quantity is not None:
            found.append(quantity)
    return tuple(ranges(text, found))


def _chinese_one(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    body = re.sub(r"[\s多余来几]", "", match["number"]).replace("，", ",")
    value = numeral(body)
    if value is None or (text[max(0, start - 1) : start] in WEEK and len(body) == 1):
        return None
    literal, value = value, _short(body, value)
    follow = _NEXT.match(text, end)
    unit = follow.group(1) if follow else ""
    also = _other_writings(body, value) | ({literal} if literal != value else set())
    firm = _firm(body) and not text.startswith("进制", end)
    kind, working = "number", _working(body, value)
    if match["share"]:
        whole = {"百": 100, "千": 1000, "万": 10000}[match["share"][0]]
        working = f"{match['share']}{body} is {plain(value)} in {whole:,}"
        kind, firm, also, value = "percent", True, {value / whole}, value * 100 / whole
    elif match["over"]:
        over = numeral(match["over"])
        if not over or not value:
            return None
        working = f"{match.group()} is {plain(over)}/{plain(value)}"
        also, value = {value, over, over * 100 / value}, over / value
    elif match["after"]:
        kind = "percent"
        also |= {value / 100} | ({value / 10} if "‰" in match["after"] else set())
        if value > 100:
            also |= {value / 100 + 1, value / 100 - 1}
    elif unit in ("成", "折") and value < 10:
        kind, working = "percent", f"{body}{unit} is {plain(value * 10)} percent"
        also, value, firm = {100 - value * 10}, value * 10, True
    elif match["half"]:
        also |= {value, value * 12 + 6}
        value += Fraction(1, 2)
    elif text.startswith("个半", end):
        also |= {value + Fraction(1, 2), value * 60 + 30, value * 12 + 6}
    else:
        kind, readings = _by_unit(unit, value, "ordinal" if text[:start].endswith(("第", "初")) else "number")
        also |= readings
        decade = re.match(rf"\s?世纪\s?(\d0|[{_NUMERAL}]{{1,3}})\s?年代", text[end:])
        if decade:
            also.add((value - 1) * 100 + (numeral(decade[1]) or 0))
        firm = firm and (unit != "倍" or body[0].isascii())
    return Quantity(start, end, match.group(), value, kind, frozenset(also), firm, working)


def _firm(body: str) -> bool:
    """Whether a number is written so that it must be rendered as one: with digits, or compound."""
    if any(sign.isascii() for sign in body):
        return True
    if body[0] in "百千万亿" or _ABOUT.search(body):
        return False  # 万一, 千万 are words; 七八 is a guess
    if all(sign in DIGITS for sign in body):
        return len(body) > 2  # 三一 may be the end of one word and the beginning of another; 九二 may be 1992
    return len(body) > 1 and any(sign in DIGITS or sign in FORMAL for sign in body)


def _other_writings(body: str, value: Fraction) -> set[Fraction]:
    """What else a numeral may stand for: 七八 is seven or eight, 九二 is 1992."""
    also: set[Fraction] = set()
    if len(body) == 2 and all(sign in DIGITS for sign in body):
        also |= {1900 + value, 2000 + value}
    pair = _ABOUT.search(body)
    if pair:
        guesses = [numeral(body[: pair.start()] + digit + body[pair.end() :]) for digit in pair.groups()]
        also |= {guess for guess in guesses if guess is not None}
    return also


def _short(body: str, value: Fraction) -> Fraction:
    """The value where a last digit lacks its scale: 两万五 and 2万5 are 25,000, 一百五 is 150."""
    short = re.search(r"([百千万亿])([一二三四五六七八九1-9])$", body)
    if short is None:
        return value
    scale, last = SCALES.get(short[1]) or MYRIADS[short[1]], numeral(short[2]) or Fraction(0)
    return value - last + last * scale / 10


def _by_unit(unit: str, value: Fraction, kind: str) -> tuple[str, set[Fraction]]:
    """The kind of a number before a unit, and what a translator may make of it."""
    also = {value * factor for factor in (*UNITS.get(unit, ()), *PERIODS.get(unit, ()))}
    if unit == "倍":
        kind = "multiple"
        also |= {value + 1, value - 1, value * 100, (value - 1) * 100} | ({1 / value} if value else set())
    elif unit in ("届", "世纪", "大", "周年"):
        kind = "ordinal"
        also |= {(value - 1) * 100, value * 100} if unit == "世纪" else set()
    elif unit == "年代":
        also |= {1900 + value, 1800 + value, 2000 + value}
    elif unit == "后" and value < 100:
        also |= {1900 + value, 2000 + value}
    elif unit == "年" and value < 100:
        also |= {2000 + value, 1900 + value, value / 10}
    elif unit in ("月", "月份", "日", "号") or (unit == "年" and 1000 <= value <= 2100):
        kind = "date"
    elif unit in ("点", "时") and value <= 24:
        kind = "time"
        also |= {value - 12, value + 12}
    return kind, also


def numeral(text: str) -> Fraction | None:
    """The value of a Chinese numeral or of digits with Chinese scales: “3亿2000万”, “二〇二三”, “一百零五”.

    None where the signs make no number.
    """
    text = text.replace(",", "")
    if len(text) > 40:
        return None
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
                section = total if total else Fraction(1)
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


def write(value: Fraction) -> str:
    """3.5万, 1.2亿, 1.5万亿; below ten thousand the digits alone."""
    for scale, sign in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        share = value / scale
        if share >= 1 and (share * 10000).denominator == 1:
            return f"{plain(share).replace(',', '')}{sign}"
    return plain(value).replace(",", "")


READER = Reader(languages=("zh", "yue", "lzh", "cmn"), read=chinese, write=write, percent="%")
