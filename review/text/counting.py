"""How many words a text has: one rule for progress, for penalties per thousand words, for any language."""

from __future__ import annotations

import re

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORDS = re.compile(rf"[{_CJK}]|(?:(?![{_CJK}])[^\W_])+(?:['’\-.,](?:(?![{_CJK}])[^\W_])+)*")

RULE = "a Chinese or Japanese character is a word; elsewhere letters and digits in a row, with inner ' - . ,"
"""The rule in words, for whoever reads a number that rests on it."""


def count_words(text: str) -> int:
    """Words as progress counts them: a Chinese or Japanese character is one, "COSMOPlat" is one, "3.5" is one."""
    return len(_WORDS.findall(text))
