"""Chinese: 3.5万, 1.2亿; 2024年10月12日; full-width marks; “…” or, in Taiwan, Hong Kong, Macau, 「…」."""

from __future__ import annotations

from review.text.locales.locale import Locale

_CORNERS = {"quotes": (("「", "」"), ("『", "』"))}

LOCALE = Locale(
    languages=("zh", "cmn", "yue"),
    name="Chinese",
    months=tuple(f"{month}月" for month in range(1, 13)),
    date="{year}年{month}{day}日",
    quotes=(("“", "”"), ("‘", "’")),
    straight=False,
    marks={",": "，", ".": "。", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"},
    unspaced=True,
    calques=("百万", "十万", "十亿", "百亿"),
    regions=dict.fromkeys(("tw", "hk", "mo", "hant"), _CORNERS),
)
