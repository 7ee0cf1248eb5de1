"""Which writing system text stands in and which way it runs, and the full-width forms of Latin punctuation."""

from __future__ import annotations

import re
from functools import lru_cache

RANGES = {
    "Han": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005\u3007\U00020000-\U0003134f",
    "Hiragana": "\u3041-\u309f",
    "Katakana": "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d",
    "Hangul": "\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f",
    "Cyrillic": "\u0400-\u052f",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Hebrew": "\u0590-\u05ff",
    "Devanagari": "\u0900-\u097f",
    "Bengali": "\u0980-\u09ff",
    "Tamil": "\u0b80-\u0bff",
    "Thai": "\u0e00-\u0e7f",
    "Georgian": "\u10a0-\u10ff",
    "Armenian": "\u0530-\u058f",
    "Latin": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
}
"""Unicode blocks of each script's letters, as the inside of a character class."""

_LANGUAGES = {
    "Han": "zh yue lzh",
    "Han Hiragana Katakana": "ja",
    "Hangul Han": "ko",
    "Cyrillic": "ru uk be bg mk mn kk ky tg",
    "Cyrillic Latin": "sr",
    "Greek": "el",
    "Arabic": "ar fa ur ps ug sd",
    "Hebrew": "he yi",
    "Devanagari": "hi mr ne",
    "Bengali": "bn as",
    "Tamil": "ta",
    "Thai": "th",
    "Georgian": "ka",
    "Armenian": "hy",
}
_SCRIPTS = {language: frozenset(s.split()) for s, languages in _LANGUAGES.items() for language in languages.split()}

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ks nqo ps sd syr ug ur yi".split())
"""Languages usually written from right to left (CLDR)."""
_RIGHT_TO_LEFT_SCRIPTS = frozenset("adlm arab hebr nkoo rohg syrc thaa".split())

FULL_WIDTH = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    "。": ".",
    "、": ",",
    "〈": "‘",
    "〉": "’",
    "《": "“",
    "》": "”",
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
    "【": "[",
    "】": "]",
    "〔": "[",
    "〕": "]",
    "·": "·",
    "\u3000": " ",
}
"""Full-width and CJK punctuation, letters and digits, each with what Latin text has in its place."""


def scripts_of(language: str) -> frozenset[str]:
    """The scripts a BCP 47 language is written in; Latin where nothing else is known, empty for ""."""
    if not language:
        return frozenset()
    return _SCRIPTS.get(language.lower().split("-")[0].split("_")[0], frozenset({"Latin"}))


def direction(language: str) -> str:
    """ "rtl" or "ltr" for a BCP 47 language; a script named in it decides over the language's usual one."""
    name, *parts = language.lower().replace("_", "-").split("-")
    script = next((part for part in parts if len(part) == 4 and part.isalpha()), "")
    return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS or (not script and name in _RIGHT_TO_LEFT) else "ltr"


@lru_cache(maxsize=64)
def letters(scripts: frozenset[str]) -> re.Pattern[str]:
    """A pattern for one letter of any of these scripts (at least one)."""
    return re.compile(f"[{''.join(RANGES[name] for name in sorted(scripts))}]")


def counts(text: str) -> dict[str, int]:
    """How many letters of each script a text has; scripts without letters are left out."""
    found = {name: len(letters(frozenset({name})).findall(text)) for name in RANGES}
    return {name: number for name, number in found.items() if number}


def main_script(text: str) -> str:
    """The script with the most letters in the text, "" without any. A Han letter weighs as three others."""
    found = counts(text)
    if not found:
        return ""
    return max(found, key=lambda name: found[name] * (3 if name == "Han" else 1))
