"""Measures: numbers with their units, Chinese and English, brought to one size so that conversions can be told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from review.text.numbers.quantity import Quantity

_F = Fraction
_MU = _F(2000, 3)

CHINESE: dict[str, tuple[str, Fraction]] = {
    "千米": ("length", _F(1000)),
    "公里": ("length", _F(1000)),
    "华里": ("length", _F(500)),
    "里": ("length", _F(500)),
    "海里": ("length", _F(1852)),
    "英里": ("length", _F(1609344, 1000)),
    "英尺": ("length", _F(3048, 10000)),
    "英寸": ("length", _F(254, 10000)),
    "米": ("length", _F(1)),
    "厘米": ("length", _F(1, 100)),
    "毫米": ("length", _F(1, 1000)),
    "平方公里": ("area", _F(10**6)),
    "平方千米": ("area", _F(10**6)),
    "平方米": ("area", _F(1)),
    "公顷": ("area", _F(10**4)),
    "亩": ("area", _MU),
    "英亩": ("area", _F(40468564224, 10**7)),
    "立方米": ("volume", _F(1)),
    "毫升": ("volume", _F(1, 10**6)),
    "升": ("volume", _F(1, 1000)),
    "吨": ("mass", _F(1000)),
    "公斤": ("mass", _F(1)),
    "千克": ("mass", _F(1)),
    "市斤": ("mass", _F(1, 2)),
    "斤": ("mass", _F(1, 2)),
    "克": ("mass", _F(1, 1000)),
    "毫克": ("mass", _F(1, 10**6)),
    "磅": ("mass", _F(45359237, 10**8)),
    "千瓦时": ("energy", _F(1)),
    "兆瓦时": ("energy", _F(1000)),
    "度电": ("energy", _F(1)),
    "千瓦": ("power", _F(1)),
    "兆瓦": ("power", _F(1000)),
    "吉瓦": ("power", _F(10**6)),
    "摄氏度": ("temperature", _F(1)),
    "℃": ("temperature", _F(1)),
    "°C": ("temperature", _F(1)),
    "华氏度": ("temperature", _F(0)),
}
"""Unit: dimension and size in metres, square metres, cubic metres, kilograms, kilowatt hours, kilowatts, degrees
Celsius (0: Fahrenheit, which is no multiple). Sizes: BIPM, The International System of Units, 9th edition, and for
亩, 斤 and 里 the Chinese market system of 1959."""

ENGLISH: dict[str, tuple[str, Fraction]] = {
    r"kilomet(?:er|re)s?|kms?": ("length", _F(1000)),
    r"(?:nautical|sea) miles?": ("length", _F(1852)),
    r"miles?": ("length", _F(1609344, 1000)),
    r"(?:chinese )?li": ("length", _F(500)),
    r"met(?:er|re)s?|m": ("length", _F(1)),
    r"centimet(?:er|re)s?|cm": ("length", _F(1, 100)),
    r"millimet(?:er|re)s?|mm": ("length", _F(1, 1000)),
    r"foot|feet|ft": ("length", _F(3048, 10000)),
    r"inch(?:es)?": ("length", _F(254, 10000)),
    r"yards?": ("length", _F(9144, 10000)),
    r"(?:square kilomet(?:er|re)s?|sq\.? ?km|km²|km2)": ("area", _F(10**6)),
    r"(?:square met(?:er|re)s?|sq\.? ?m|m²|m2|sqm|㎡)": ("area", _F(1)),
    r"(?:square miles?)": ("area", _F(2589988110336, 10**6)),
    r"(?:square f(?:oot|eet)|sq\.? ?ft)": ("area", _F(9290304, 10**8)),
    r"hectares?|ha": ("area", _F(10**4)),
    r"(?:chinese )?mus?": ("area", _MU),
    r"acres?": ("area", _F(40468564224, 10**7)),
    r"(?:cubic met(?:er|re)s?|m³|m3)": ("volume", _F(1)),
    r"millilit(?:er|re)s?|ml": ("volume", _F(1, 10**6)),
    r"lit(?:er|re)s?": ("volume", _F(1, 1000)),
    r"(?:metric )?(?:tons?|tonnes?)": ("mass", _F(1000)),
    r"kilograms?|kilos?|kgs?": ("mass", _F(1)),
    r"grams?|g": ("mass", _F(1, 1000)),
    r"milligrams?|mg": ("mass", _F(1, 10**6)),
    r"(?:chinese )?(?:jin|catty|catties)": ("mass", _F(1, 2)),
    r"pounds?|lbs?": ("mass", _F(45359237, 10**8)),
    r"(?:kilowatt[- ]?hours?|kWh|kwh)": ("energy", _F(1)),
    r"(?:megawatt[- ]?hours?|MWh)": ("energy", _F(1000)),
    r"(?:gigawatt[- ]?hours?|GWh)": ("energy", _F(10**6)),
    r"(?:terawatt[- ]?hours?|TWh)": ("energy", _F(10**9)),
    r"kilowatts?|kW|kw": ("power", _F(1)),
    r"megawatts?|MW": ("power", _F(1000)),
    r"gigawatts?|GW": ("power", _F(10**6)),
    r"(?:degrees?|°|º)? ?(?:celsius|centigrade|c)|℃": ("temperature", _F(1)),
    r"(?:degrees?|°|º)? ?(?:fahrenheit|f)|℉": ("temperature", _F(0)),
}

_ZH_UNIT = re.compile(
    r"\s?(?:[多余来几]\s?)?(?P<unit>" + "|".join(map(re.escape, sorted(CHINESE, key=len, reverse=True))) + ")"
    r"(?![程弄突蚊纳斯粒饭拉兰])"
)
_WARM = re.compile(r"\s?度(?![电角数假过量])")
_SUPERSCRIPT = {
    "㎡": "平方米",
    "km²": "平方公里",
    "km": "公里",
    "kg": "公斤",
    "m²": "平方米",
    "cm": "厘米",
    "mm": "毫米",
}
_ZH_LETTERS = re.compile(r"\s?(?P<unit>" + "|".join(map(re.escape, _SUPERSCRIPT)) + r")(?![a-zA-Z/²])")
_EN_UNIT = re.compile(
    r"(?:\s|-|\+)?(?:odd |plus )?(?P<unit>"
    + "|".join(f"(?P<u{n}>{pattern})" for n, pattern in enumerate(ENGLISH))
    + r")(?![\w²³/])",
    re.I,
)
_EN_SIZES = list(ENGLISH.values())
_CASED = {"m", "g", "kw", "mw", "gw", "c", "f", "ha", "li", "mu"}
"""Short units: only as written, and not as the first letters of a name ("3 M" is no length)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity with a unit at ``[start, end)`` (the unit's own place: ``[unit_start, end)``).

    ``size`` is the value in the dimension's base unit (degrees Celsius for temperatures).
    """

    quantity: Quantity
    unit: str
    dimension: str
    size: Fraction
    unit_start: int
    end: int

    @property
    def start(self) -> int:
        return self.quantity.start

    def same(self, other: Measure) -> bool:
        """Whether both measure the same; in different units, within 6 percent (what is converted is rounded)."""
        if self.dimension != other.dimension:
            return False
        if self.size * other.quantity.value == other.size * self.quantity.value:  # the same unit
            return self.quantity.value == other.quantity.value
        if self.dimension == "temperature":
            return abs(self.size - other.size) <= 1
        return abs(self.size - other.size) * 100 <= 6 * max(abs(self.size), abs(other.size))


def chinese_measures(text: str, quantities: Iterable[Quantity]) -> list[Measure]:
    """Those of a Chinese text's quantities that a unit follows."""
    found = []
    for quantity in quantities:
        match = _ZH_UNIT.match(text, quantity.end) or _ZH_LETTERS.match(text, quantity.end)
        degrees = None if match else _WARM.match(text, quantity.end)
        if degrees and re.search("温|零下|热浪|寒潮", text):
            found.append(_measure(quantity, "度", "temperature", _F(1), degrees.end() - 1, degrees.end()))
        if match is None or quantity.kind in ("percent", "multiple"):
            continue
        unit = match["unit"]
        dimension, size = CHINESE[_SUPERSCRIPT.get(unit, unit)]
        if unit == "里" and re.match(r"[\u4e00-\u9fff]", text[match.end() :]):
            continue  # 三里屯
        found.append(_measure(quantity, unit, dimension, size, match.start("unit"), match.end()))
    return found


def english_measures(text: str, quantities: Iterable[Quantity]) -> list[Measure]:
    """Those of an English text's quantities that a unit follows."""
    found = []
    for quantity in quantities:
        match = _EN_UNIT.match(text, quantity.end)
        if match is None or quantity.kind in ("percent", "multiple", "ordinal"):
            continue
        unit = match["unit"]
        if unit.lower() in _CASED and unit not in ("m", "g", "kW", "MW", "GW", "C", "F", "ha", "li", "mu"):
            continue
        number = next(n for n in range(len(_EN_SIZES)) if match[f"u{n}"])
        dimension, size = _EN_SIZES[number]
        found.append(_measure(quantity, unit, dimension, size, match.start("unit"), match.end()))
    return found


def unconverted(
    source: str,
    theirs: list[Quantity],
    missing: list[Quantity],
    target: str,
    ours: list[Quantity],
    extra: list[Quantity],
) -> tuple[list[Quantity], list[Quantity]]:
    """``missing`` and ``extra`` without the measures that the other side has in another unit (1万千瓦, 10 MW)."""
    if not missing and not extra:
        return missing, extra
    there, here = chinese_measures(source, theirs), english_measures(target, ours)
    same = [(one, other) for one in there for other in here if one.same(other)]
    told = {id(one.quantity) for one, _ in same}, {id(other.quantity) for _, other in same}
    return [q for q in missing if id(q) not in told[0]], [q for q in extra if id(q) not in told[1]]


def _measure(quantity: Quantity, unit: str, dimension: str, factor: Fraction, start: int, end: int) -> Measure:
    size = quantity.value * factor if factor else (quantity.value - 32) * 5 / 9
    return Measure(quantity, unit, dimension, size, start, end)
