"""Money: quantities with the currency they are in, Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from review.text.numbers.quantity import Quantity

CHINESE = {
    "人民币": "CNY",
    "元": "CNY",
    "块钱": "CNY",
    "块": "CNY",
    "美元": "USD",
    "美金": "USD",
    "欧元": "EUR",
    "日元": "JPY",
    "日圆": "JPY",
    "港元": "HKD",
    "港币": "HKD",
    "英镑": "GBP",
    "韩元": "KRW",
    "卢布": "RUB",
    "卢比": "INR",
    "新元": "SGD",
    "新加坡元": "SGD",
    "坡币": "SGD",
    "澳元": "AUD",
    "加元": "CAD",
    "新台币": "TWD",
    "瑞士法郎": "CHF",
    "泰铢": "THB",
    "越南盾": "VND",
    "令吉": "MYR",
    "林吉特": "MYR",
    "雷亚尔": "BRL",
    "里拉": "TRY",
}
"""ISO 4217 codes of what Chinese news writes after a sum."""

NAMES = {
    "CNY": "yuan",
    "USD": "US dollars",
    "EUR": "euros",
    "JPY": "yen",
    "HKD": "Hong Kong dollars",
    "GBP": "pounds",
    "KRW": "won",
    "RUB": "rubles",
    "INR": "rupees",
    "SGD": "Singapore dollars",
    "AUD": "Australian dollars",
    "CAD": "Canadian dollars",
    "TWD": "New Taiwan dollars",
    "CHF": "Swiss francs",
    "THB": "baht",
    "VND": "dong",
    "MYR": "ringgit",
    "BRL": "reais",
    "TRY": "lira",
}

DOLLARS = frozenset({"USD", "HKD", "SGD", "AUD", "CAD", "TWD"})
_AFTER = (
    (r"(?:chinese )?(?:yuan|rmb|cny|renminbi)", {"CNY"}),
    (r"(?:us|u\.s\.|american) ?dollars?|usd", {"USD"}),
    (r"(?:hong kong|hk) dollars?|hkd", {"HKD"}),
    (r"(?:singapore(?:an)?) dollars?|sgd", {"SGD"}),
    (r"(?:australian|aussie) dollars?|aud", {"AUD"}),
    (r"canadian dollars?|cad", {"CAD"}),
    (r"(?:new )?taiwan(?:ese)? dollars?|twd|ntd", {"TWD"}),
    (r"dollars?", DOLLARS),
    (r"euros?|eur|€", {"EUR"}),
    (r"(?:japanese )?yen|jpy", {"JPY"}),
    (r"(?:british )?pounds?(?: sterling)?|gbp", {"GBP"}),
    (r"(?:south )?(?:korean )?won|krw", {"KRW"}),
    (r"(?:russian )?roubles?|(?:russian )?rubles?|rub", {"RUB"}),
    (r"(?:\w+ )?rupees?|inr", {"INR"}),
    (r"swiss francs?|chf", {"CHF"}),
    (r"(?:thai )?baht|thb", {"THB"}),
    (r"(?:vietnamese )?dong|vnd", {"VND"}),
    (r"(?:malaysian )?ringgits?|myr", {"MYR"}),
    (r"(?:brazilian )?reais|(?:brazilian )?reals?|brl", {"BRL"}),
    (r"(?:turkish )?liras?", {"TRY"}),
)
_BEFORE = (
    (r"rmb|cny|renminbi", {"CNY"}),
    (r"us ?\$|u\.s\. ?\$|usd ?\$?", {"USD"}),
    (r"hk ?\$|hkd ?\$?", {"HKD"}),
    (r"(?-i:S) ?\$|sgd ?\$?", {"SGD"}),
    (r"(?-i:A|AU)\$|aud ?\$?", {"AUD"}),
    (r"(?-i:C|CA)\$|cad ?\$?", {"CAD"}),
    (r"nt ?\$|ntd ?\$?|twd", {"TWD"}),
    (r"\$", DOLLARS),
    (r"€|eur", {"EUR"}),
    (r"£|gbp", {"GBP"}),
    (r"¥|￥", {"CNY", "JPY"}),
    (r"₩|krw", {"KRW"}),
    (r"₽|rub", {"RUB"}),
    (r"₹|(?-i:Rs)\.?|inr", {"INR"}),
    (r"chf", {"CHF"}),
    (r"(?-i:RM)|myr", {"MYR"}),
    (r"(?-i:R)\$", {"BRL"}),
)
_ZH_AFTER = re.compile(r"\s?(?:[多余来几]\s?)?(?P<name>" + "|".join(sorted(CHINESE, key=len, reverse=True)) + ")")
_ZH_BEFORE = re.compile(r"(?:人民币|(?P<dollar>[$＄])|(?P<yuan>[¥￥])|(?P<code>USD|EUR|RMB|CNY))\s?$")
_EN_AFTER = re.compile(
    r"(?:\s|-)?(?:odd |plus )?(?P<name>" + "|".join(f"(?P<a{n}>{p})" for n, (p, _) in enumerate(_AFTER)) + r")(?!\w)",
    re.I,
)
_EN_BEFORE = re.compile(
    r"(?<![A-Za-z])(?P<name>" + "|".join(f"(?P<b{n}>{p})" for n, (p, _) in enumerate(_BEFORE)) + r")\s?$", re.I
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum: its quantity, the ISO 4217 codes that its currency may be, and the currency's own place."""

    quantity: Quantity
    codes: frozenset[str]
    start: int
    end: int


def chinese_money(text: str, quantities: Iterable[Quantity]) -> list[Money]:
    """The sums of a Chinese text. A bare 元 is the yuan unless another yuan-like coin is named before the sum."""
    found = []
    for quantity in quantities:
        after = _ZH_AFTER.match(text, quantity.end)
        before = _ZH_BEFORE.search(text, max(0, quantity.start - 5), quantity.start)
        if quantity.kind in ("percent", "multiple", "ordinal"):
            continue
        if after:
            if after["name"] == "块" and not re.match(r"[，。！？,、；的]|$", text[after.end() :]):
                continue  # pieces
            if text.startswith(("元旦", "元宵", "元素", "元老", "元首", "元年"), after.start("name")):
                continue
            found.append(Money(quantity, frozenset({CHINESE[after["name"]]}), *after.span("name")))
        elif before:
            name = before.group().strip()
            codes = (
                DOLLARS if before["dollar"] else {before["code"].replace("RMB", "CNY")} if before["code"] else {"CNY"}
            )
            found.append(Money(quantity, frozenset(codes), before.start(), before.start() + len(name)))
    return found


def english_money(text: str, quantities: Iterable[Quantity]) -> list[Money]:
    """The sums of an English text, their currency before or after the number."""
    found = []
    for quantity in quantities:
        if quantity.kind in ("percent", "multiple", "ordinal"):
            continue
        before = _EN_BEFORE.search(text, max(0, quantity.start - 10), quantity.start)
        after = _EN_AFTER.match(text, quantity.end)
        codes: frozenset[str] | None = None
        span = (0, 0)
        if after:
            number = next(n for n in range(len(_AFTER)) if after[f"a{n}"])
            codes, span = frozenset(_AFTER[number][1]), after.span("name")
        elif before:
            number = next(n for n in range(len(_BEFORE)) if before[f"b{n}"])
            codes, span = frozenset(_BEFORE[number][1]), before.span("name")
        if codes is not None:
            found.append(Money(quantity, codes, *span))
    return found
