"""Which encodings bytes may be in, the likeliest first: by how much the text they give looks like a language."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from review.text.encodings import profiles
from review.text.encodings.marks import wide

SAMPLE = 4000
"""Characters beyond ASCII by which a text is judged."""

SHOWN = 300

OFTEN = 12
"""Letters of an alphabet that count in full; the rarer ones count for less."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An encoding in which the bytes can be read.

    ``name`` is fit for ``--encoding``; ``sureness`` 0 to 1, how much the text looks like a language; ``sample`` some
    lines as they would be read, those first that hold other characters than ASCII.
    """

    name: str
    title: str
    sureness: float
    sample: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """An encoding family: names tried in order, and the kinds of text that it is used for."""

    names: tuple[str, ...]
    title: str
    texts: tuple[str, ...]


_ALPHABETS = ("cyrillic", "greek", "hebrew", "arabic", "thai")
_ALL = ("simplified", "traditional", "japanese", "korean", *_ALPHABETS, *profiles.LATIN)

KINDS = (
    _Kind(("utf-16-le",), "Unicode (UTF-16, little endian)", _ALL),
    _Kind(("utf-16-be",), "Unicode (UTF-16, big endian)", _ALL),
    _Kind(("utf-32-le",), "Unicode (UTF-32, little endian)", _ALL),
    _Kind(("utf-32-be",), "Unicode (UTF-32, big endian)", _ALL),
    _Kind(("gb18030",), "Chinese, simplified (GB18030, GBK, GB2312)", ("simplified", "traditional")),
    _Kind(("big5", "cp950", "big5hkscs"), "Chinese, traditional (Big5)", ("traditional",)),
    _Kind(("shift_jis", "cp932"), "Japanese (Shift-JIS)", ("japanese",)),
    _Kind(("euc_jp",), "Japanese (EUC-JP)", ("japanese",)),
    _Kind(("euc_kr", "cp949"), "Korean (EUC-KR)", ("korean",)),
    _Kind(("latin-1",), "Western European (Latin-1)", ("western",)),
    _Kind(("cp1252",), "Western European (Windows-1252)", ("western",)),
    _Kind(("cp1250",), "Central European (Windows-1250)", ("central",)),
    _Kind(("iso8859-2",), "Central European (Latin-2)", ("central",)),
    _Kind(("cp1251",), "Cyrillic (Windows-1251)", ("cyrillic",)),
    _Kind(("koi8-r",), "Cyrillic (KOI8-R)", ("cyrillic",)),
    _Kind(("koi8-u",), "Cyrillic, Ukrainian (KOI8-U)", ("cyrillic",)),
    _Kind(("iso8859-5",), "Cyrillic (ISO 8859-5)", ("cyrillic",)),
    _Kind(("cp866",), "Cyrillic (DOS 866)", ("cyrillic",)),
    _Kind(("cp1253",), "Greek (Windows-1253)", ("greek",)),
    _Kind(("cp1254",), "Turkish (Windows-1254)", ("turkish",)),
    _Kind(("cp1255",), "Hebrew (Windows-1255)", ("hebrew",)),
    _Kind(("cp1256",), "Arabic (Windows-1256)", ("arabic",)),
    _Kind(("cp1257",), "Baltic (Windows-1257)", ("baltic",)),
    _Kind(("cp1258",), "Vietnamese (Windows-1258)", ("vietnamese",)),
    _Kind(("cp874",), "Thai (Windows-874)", ("thai",)),
)

_HAN = (("\u3400", "\u9fff"),)
_KANA = (("\u3041", "\u30ff"), ("\uff66", "\uff9f"))
_HANGUL_RANGE = (("가", "힣"),)
_EAST_MARKS = frozenset("、。「」『』（），：；！？《》〈〉【】“”‘’…—·・～％")
_MARKS = frozenset("“”‘’„‚«»‹›–—…•€£§°©®™№\u00a0¿¡·")
_QUIET = frozenset("“”‘’„‚«»‹›–—…\u00a0·")
"""Marks that may stand between two letters."""


def candidates(head: bytes, *, whole: bool = False) -> list[Candidate]:
    """The encodings in which all of ``head`` can be read, the likeliest first; none for ASCII.

    ``whole``: it is the whole file, so a character that its end cuts off counts against an encoding. Encodings that
    give the same text are told once.
    """
    if head.isascii() and b"\0" not in head:
        return []
    sure = wide(head)
    found: list[Candidate] = []
    seen: set[str] = set()
    for kind in KINDS:
        name, text = _read(head, kind, whole)
        if not name or text in seen:
            continue
        seen.add(text)
        score = 1.0 if name == sure else _likeness(text, kind)
        found.append(Candidate(name, kind.title, round(min(max(score, 0.0), 1.0), 2), _sample(text)))
    return sorted(found, key=lambda item: -item.sureness)


def looks_like(head: bytes) -> str:
    """The name of the encoding that bytes which are not valid UTF-8 are most likely in."""
    found = candidates(head)
    return found[0].name if found else "cp1252"


def _read(head: bytes, kind: _Kind, whole: bool) -> tuple[str, str]:
    """The name under which the bytes can be read, and their text; ("", "") where they cannot."""
    for name in kind.names:
        try:
            text = codecs.getincrementaldecoder(name)("strict").decode(head, whole)
        except UnicodeError:
            continue
        if name == "latin-1" and any("\x80" <= sign < "\xa0" for sign in text):
            continue
        return name, text
    return "", ""


def _sample(text: str) -> str:
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip()]
    telling = [line for line in lines if not line.isascii()]
    return "\n".join((telling or lines)[:4])[:SHOWN]


def _likeness(text: str, kind: _Kind) -> float:
    """How much the text looks like one of the kind's languages: about 0.7 to 1 where it is, below 0.4 where not."""
    unicode = kind.names[0].startswith("utf")
    signs = [place for place, sign in enumerate(text[: SAMPLE * 20]) if unicode or sign > "\x7f"][:SAMPLE]
    if not signs:
        return 0.0
    return max(_score(text, signs, common, letters) for common, letters in _looks(kind.texts))


@lru_cache(maxsize=64)
def _looks(texts: tuple[str, ...]) -> list[tuple[Mapping[str, float], str]]:
    """For each language of these kinds its common characters, and which way its text is judged."""
    east = {
        "simplified": profiles.SIMPLIFIED,
        "traditional": profiles.TRADITIONAL,
        "japanese": profiles.KANJI,
        "korean": profiles.HANGUL,
    }
    alphabets = {
        "cyrillic": profiles.CYRILLIC,
        "greek": profiles.GREEK,
        "hebrew": profiles.HEBREW,
        "arabic": profiles.ARABIC,
        "thai": profiles.THAI,
    }
    found: list[tuple[Mapping[str, float], str]] = []
    for text in texts:
        if text in east:
            found.append((dict.fromkeys(east[text], 1.0), text))
        elif text in alphabets:
            weights = {letter: 1.0 if place < OFTEN else 0.65 for place, letter in enumerate(alphabets[text])}
            found.append((weights, "alphabet"))
        else:
            found += [(dict.fromkeys(letters + letters.upper(), 1.0), "latin") for letters in profiles.LATIN[text]]
    return found


def _score(text: str, signs: list[int], common: Mapping[str, float], way: str) -> float:
    if way == "latin":
        return sum(_latin(text, place, common) for place in signs) / len(signs)
    if way == "alphabet":
        return sum(_letter(text, place, common) for place in signs) / len(signs)
    ranges = {"korean": _HANGUL_RANGE, "japanese": _HAN}.get(way, _HAN)
    return sum(_east(text, place, common, ranges, way == "japanese") for place in signs) / len(signs)


def _east(text: str, place: int, common: Mapping[str, float], ranges: Iterable[tuple[str, str]], kana: bool) -> float:
    """A character within a Latin word speaks against."""
    sign = text[place]
    if sign < "\x80":
        return 1.0 if sign.isprintable() or sign in "\r\n\t" else -1.0
    if _latin_letter(text, place - 1) and _latin_letter(text, place + 1):
        return -0.5
    if sign in common or (kana and _within(sign, _KANA[:1])):
        return 1.0
    if sign in _EAST_MARKS:
        return 0.7
    if _within(sign, ranges):
        return 0.3
    return 0.4 if "０" <= sign <= "ｚ" else -0.5


def _letter(text: str, place: int, common: Mapping[str, float]) -> float:
    """A letter counts by how common it is; a capital after a small letter speaks against."""
    sign = text[place]
    small = sign.lower()
    if sign < "\x80":
        return 0.5
    if small not in common:
        return 0.5 if sign in _MARKS else -0.7
    before = text[place - 1] if place else " "
    if _latin_letter(text, place - 1) or _latin_letter(text, place + 1):
        return -1.0
    if sign != small and before.isalpha() and before == before.lower():
        return -1.0
    if sign != small and before.isalpha():
        return 0.4
    return common[small]


def _latin(text: str, place: int, common: Mapping[str, float]) -> float:
    """Letters beyond ASCII stand alone or in pairs, small ones after small ones, and no sign within a word."""
    sign = text[place]
    if sign < "\x80":
        return 0.5 if sign.isprintable() or sign in "\r\n\t" else -1.0
    before, after = text[place - 1 : place] or " ", text[place + 1 : place + 2] or " "
    if not sign.isalpha() and sign not in common:
        inside = before.isalpha() and after.isalpha() and sign not in _QUIET
        return -1.0 if inside or not sign.isprintable() else 0.8 if sign in _MARKS else 0.2
    if before > "\x7f" and after > "\x7f" and before.isalpha() and after.isalpha():
        return -0.5
    if sign != sign.lower() and before.isalpha() and before == before.lower():
        return -1.0
    return 1.0 if sign in common else 0.1


def _latin_letter(text: str, place: int) -> bool:
    return 0 <= place < len(text) and text[place] < "\x80" and text[place].isalpha()


def _within(sign: str, ranges: Iterable[tuple[str, str]]) -> bool:
    return any(low <= sign <= high for low, high in ranges)
