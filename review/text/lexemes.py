"""The words of a text as evidence compares them: by stem, with what kind of word each is. Any language."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from review.text.matching import CJK
from review.text.termbase import primary

_LEXEME = re.compile(rf"[{CJK}]|[^\W_{CJK}]+(?:[’'\-‐‑.][^\W_{CJK}]+)*")

_LATIN = re.compile(r"[A-Za-z0-9]+(?:[’'\-‐‑.][A-Za-z0-9]+)*")

_ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""The Snowball stemmer of each language that has one; words of other languages stand for themselves."""

_FUNCTION = {
    "en": """a an the of and or but if then in on at by for with from to into as is are was were be been being has have
had do does did will would shall should can could may might must that this these those it its they them their he she
his her him we us our you your i my me which who whom whose what when where how why not no nor than so such also there
here up out over under about after before during between through against""",
    "de": """der die das den dem des ein eine einen einem einer eines und oder aber wenn dann in im an am auf bei
für mit von vom zu zum zur als wie ist sind war waren sein gewesen wird werden wurde wurden hat
haben hatte hatten kann können muss müssen soll sollen dass dies diese dieser dieses es sie er ihr
ihre ihren sein seine seinen wir uns unser ich mich mir du dich dir nicht kein keine auch so nach
vor während zwischen durch gegen über unter um aus sich man nur noch""",
    "ar": """في من على إلى عن مع أن إن ما لا لم لن هو هي هم هذا هذه ذلك تلك التي الذي الذين كان كانت قد كل بعد قبل
بين أو ثم و""",
    "zh": "的 了 在 是 和 与 及 或 也 都 就 而 为 以 对 从 到 被 把 让 将 这 那 其 之 于 等 并 但 他 她 它 们 我 你",
}
FUNCTION_WORDS = {language: frozenset(words.split()) for language, words in _FUNCTION.items()}
"""Words that carry grammar more than meaning, for the languages that have a list here."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word, or one CJK character, at ``[start, end)`` (code points); ``stem`` is what it is compared by."""

    start: int
    end: int
    text: str
    stem: str
    function: bool


@lru_cache(maxsize=2_000)
def lexemes(text: str, language: str = "en") -> tuple[Lexeme, ...]:
    """The words of a text in order, without punctuation. ``language`` is BCP 47; "" is read as English."""
    language = primary(language) or "en"
    closed = FUNCTION_WORDS.get(language, frozenset())
    return tuple(
        Lexeme(m.start(), m.end(), m.group(), stem(m.group(), language), m.group().lower() in closed)
        for m in _LEXEME.finditer(text)
    )


def length(text: str) -> int:
    """How many words (or CJK characters) a text has."""
    return sum(1 for _ in _LEXEME.finditer(text))


def latin(text: str) -> frozenset[str]:
    """The words of a text in Latin letters or digits, as they are written."""
    return frozenset(_LATIN.findall(text))


@lru_cache(maxsize=50_000)
def stem(word: str, language: str = "en") -> str:
    """The word in lower case without its endings (Snowball), or the whole word where its language has no stemmer."""
    lower = word.lower().replace("’", "'").removesuffix("'s")
    stemmer = _stemmer(primary(language) or "en")
    return str(stemmer.stemWord(lower)) if stemmer and lower else lower


_OWN = threading.local()


def _stemmer(language: str) -> Any:
    """This thread's stemmer: one holds the word it works on, so threads must not share it."""
    if language not in _ALGORITHMS:
        return None
    mine: dict[str, Any] = _OWN.__dict__
    if language not in mine:
        import Stemmer

        mine[language] = Stemmer.Stemmer(_ALGORITHMS[language])
    return mine[language]
