"""Where paragraphs and sentences stand in a text, as code point ranges that leave the white space outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

Range = tuple[int, int]

LINE_END = re.compile(r"\r\n|\n|\r")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_TERMINAL = tuple(".!?:;…。！？：；”\"'’)）]」』؟۔»")
_SPACE = re.compile(r"[^\S ]")
_WIDE = re.compile(r"[　-〿぀-ヿ㐀-鿿豈-﫿＀-￯]")
_END = re.compile(r"[.!?。！？…]+[”\"'’)）\]」』»]*\s+|[。！？][”\"’）」』]*")
LONGEST = 10_000
_HEADLINE_LENGTH = 200
_WRAP_WIDTH = 120


def split(text: str, language: str = "", mode: str = "auto") -> list[list[Range]]:
    """The paragraphs of an article, each as the ranges of its sentences.

    ``language`` is BCP 47, or "" to go by script. ``mode`` is "lines" (each line is a paragraph), "blank"
    (blank lines part them, single line ends do not) or "auto", which sees whether lines were wrapped. A short
    first paragraph that does not end like a sentence is a headline, and one segment.
    """
    found = []
    blocks = paragraphs(text, mode)
    for number, (start, end) in enumerate(blocks):
        headline = (
            number == 0 < len(blocks) - 1 and end - start <= _HEADLINE_LENGTH and not text[:end].endswith(_TERMINAL)
        )
        ranges = (
            [(start, end)]
            if headline
            else [(start + first, start + last) for first, last in sentences(text[start:end], language)]
        )
        found.append(ranges)
    return found


def paragraphs(text: str, mode: str = "auto") -> list[Range]:
    """The ranges of the paragraphs, without the white space around them; blank ones are left out."""
    lines = [_trim(text, match.start(), match.end()) for match in _LINE.finditer(text)]
    if mode == "auto":
        mode = "blank" if _wrapped(text, lines) else "lines"
    found: list[Range] = []
    after_blank = True
    for start, end in lines:
        if start == end:
            after_blank = True
            continue
        if mode == "blank" and not after_blank:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        after_blank = False
    return found


def _wrapped(text: str, lines: list[Range]) -> bool:
    """True where most lines that another follows at once break off in the middle of a sentence at one width."""
    if any(end - start > _WRAP_WIDTH for start, end in lines):
        return False
    followed = [(start, end) for (start, end), (after, last) in pairwise(lines) if end > start and last > after]
    if len(followed) < 3:
        return False
    lengths = sorted(end - start for start, end in followed)
    open_ended = sum(not text[start:end].endswith(_TERMINAL) for start, end in followed)
    median = lengths[len(lengths) // 2]
    return median >= 30 and lengths[len(lengths) // 4] > 0.7 * median and open_ended > 0.6 * len(followed)


def sentences(text: str, language: str = "") -> list[Range]:
    """The ranges of the sentences of one paragraph, by the sentencex library; none for blank text."""
    import sentencex

    # Other white space than the blank makes the library slice inside a character; code points stay in place.
    plain = _SPACE.sub(" ", text)
    try:
        pieces = [
            item["text"]
            for part in _parts(plain)
            for item in sentencex.get_sentence_boundaries(_code(text, language), part)
        ]
    except BaseException as error:  # a panic of the library is no Exception
        if type(error).__name__ != "PanicException":
            raise
        pieces = [plain]
    if "".join(pieces) != plain:
        pieces = [plain]
    found: list[Range] = []
    place = 0
    for piece in pieces:
        start, end = _trim(text, place, place + len(piece))
        place += len(piece)
        if start == end:
            continue
        if found and not any(character.isalnum() for character in text[start:end]):
            found[-1] = (found[-1][0], end)  # a closing quote or bracket that was left behind
        else:
            found.append((start, end))
    return found


def _parts(text: str) -> Iterator[str]:
    """A paragraph in pieces of some LONGEST characters, cut behind marks: the library's time grows with the square."""
    start = 0
    while len(text) - start > LONGEST:
        cut = _END.search(text, start + LONGEST)
        if cut is None:
            break
        yield text[start : cut.end()]
        start = cut.end()
    yield text[start:]


def unwrap(text: str) -> str:
    """The text of a sentence with its line ends read as blanks, or as nothing between CJK characters."""
    if not LINE_END.search(text):
        return text
    return join(part for part in (line.strip() for line in LINE_END.split(text)) if part)


def join(texts: Iterable[str]) -> str:
    """Join sentences or parts of one: a blank between them, none between CJK characters. Empty ones vanish."""
    whole = ""
    for text in texts:
        whole += separator(whole, text) + text
    return whole


def separator(before: str, after: str) -> str:
    """What ``join`` puts between two texts: a blank, or nothing between CJK characters or beside no text."""
    if not before or not after or (_WIDE.match(before[-1]) and _WIDE.match(after[0])):
        return ""
    return " "


def guess_language(text: str) -> str:
    """The language that a text's script, its letters or its small words speak for, or "" if unsure.

    Scripts tell zh, ja, ko, ru, uk, ar and fa; small words en, de, fr, es, it, pt and nl.
    """
    sample = text[:4000]
    letters = sum(character.isalpha() for character in sample) or 1
    counts = {name: len(pattern.findall(sample)) / letters for name, pattern in _SCRIPTS.items()}
    if counts["kana"] > 0.1:
        return "ja"
    for script, language in (("han", "zh"), ("hangul", "ko"), ("cyrillic", "ru"), ("arabic", "ar")):
        if counts[script] > 0.3:
            other, own = _OWN_LETTERS.get(language, ("", re.compile(r"(?!)")))
            return other if len(own.findall(sample)) / letters > 0.02 else language
    words = re.findall(r"[a-zà-ÿ]+", sample.lower())
    shares = {language: sum(word in small for word in words) for language, small in _SMALL_WORDS.items()}
    best = max(shares, key=lambda language: shares[language])  # of equals the first, English
    enough = shares[best] >= (1 if best == "en" else 2) and shares[best] > 0.08 * len(words)
    return best if enough else ""


_SMALL_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in a is for on that",
        "de": "der die das und in den von zu ist mit auf für",
        "fr": "le la les des et du une est dans que pour sur",
        "es": "el la los las de y en que una por con del",
        "it": "il la di che e del della per una gli nel con",
        "pt": "o a os de e do da em que uma para com",
        "nl": "de het een en van in is op dat te voor met",
    }.items()
}
_OWN_LETTERS = {"ar": ("fa", re.compile("[پچژگ]")), "ru": ("uk", re.compile("[іїєґ]"))}
"""Letters that tell another language of the same script."""

_SCRIPTS = {
    "han": re.compile(r"[㐀-鿿]"),
    "kana": re.compile(r"[぀-ヿ]"),
    "hangul": re.compile(r"[가-힣]"),
    "cyrillic": re.compile(r"[Ѐ-ӿ]"),
    "arabic": re.compile(r"[؀-ۿ]"),
}


def _code(text: str, language: str) -> str:
    return language.split("-")[0].lower() or guess_language(text) or "en"


def _trim(text: str, start: int, end: int) -> Range:
    """The range without the white space at either end; empty at ``start`` where it is all white space."""
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return start, start
    begin = start + len(piece) - len(piece.lstrip())
    return begin, begin + len(stripped)
