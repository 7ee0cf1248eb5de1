"""How a replacement is written: with the ending, the letter case and the article that its place asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from review.text import inflection, matching
from review.text.rules import wordings

_SMALL = inflection.PREPOSITIONS | {"the", "a", "an", "and", "or", "as", "but"}
_ARTICLE = re.compile(r"(?<![^\W_])(an?)([ \u00a0\u202f]+)\Z", re.IGNORECASE)
_DETERMINERS = frozenset("a an the this that these those its their his her our your my".split())


class Place(Protocol):
    """What surrounds the words replaced: they open a sentence, or stand in a headline with capitals, or in capitals."""

    @property
    def opens(self) -> bool: ...

    @property
    def titled(self) -> bool: ...

    @property
    def capitals(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of place."""

    opens: bool = False
    titled: bool = False
    capitals: bool = False


PLACES: tuple[Place, ...] = (Kind(), Kind(opens=True), Kind(titled=True), Kind(capitals=True))
"""Every kind that makes a difference."""


class At:
    """The place at ``start`` (code points) of a text; it is looked at only as far as it is asked."""

    __slots__ = ("_start", "_text")

    def __init__(self, text: str, start: int) -> None:
        self._text, self._start = text, start

    @property
    def opens(self) -> bool:
        return matching.opens_sentence(self._text, self._start)

    @property
    def titled(self) -> bool:
        return matching.titled(self._text)

    @property
    def capitals(self) -> bool:
        return self._text.upper() == self._text and _several(self._text)


def inflected(words: str, ending: str, verb: bool) -> str:
    """``words`` with the ending ("", "s", "ed", "ing") on their verb or the head of their noun phrase."""
    parts = words.split(" ")
    if parts[0].lower() == "to" and verb and len(parts) > 1:
        parts = parts[1:]
    if not ending or not words.strip():
        return " ".join(parts)
    if ending in ("ed", "ing") or verb or wordings.verbal(words):
        if not _own(parts[0]) and parts[0].isalpha():
            parts[0] = inflection.conjugate(parts[0], ending)
        return " ".join(parts)
    place = inflection.head(parts)
    countless = "," in words or _own(parts[place]) or not parts[place][-1:].isalpha()
    if not countless and not matching.has_cjk(parts[place]) and not {"a", "an"} & {part.lower() for part in parts}:
        parts[place] = inflection.plural(parts[place])
    return " ".join(parts)


def cased(words: str, find: str, surface: str, place: Place) -> str:
    """``words`` in the letter case of ``surface``, which stands where ``find`` was looked for.

    Capitals within a word of the replacement (COSMOPlat) stay, but in a text all in capitals.
    """
    letters = [letter for letter in surface if letter.lower() != letter.upper()]
    if not letters or not words:
        return words
    shouted = [letter for letter in find if letter.lower() != letter.upper()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters) and not all(map(str.isupper, shouted)):
        own = any(_own(word) for word in words.split())
        return words.upper() if place.capitals or not own else words
    if surface.startswith(find[: len(surface)]) and surface[:1] == find[:1]:
        return _opened(words) if place.opens and surface[:1].isupper() else words
    if _title(surface) and not _title(find):
        return _titled(words)
    if letters[0].isupper() and surface[:1] == letters[0] and not find[:1].isupper():
        return _titled(words) if place.titled else _opened(words)
    if surface[:1].islower() and _sentence(find) and _sentence(words):
        return words[:1].lower() + words[1:]
    return words


def with_article(text: str, start: int, surface: str, words: str) -> tuple[int, str]:
    """Where the change begins and what it writes, so that "a" or "an" before the words replaced is right.

    Returns ``(start, words)`` where there is no article before them, or it may stay.
    """
    match = _ARTICLE.search(text[max(0, start - 8) : start])
    if not match or not words[:1].isalnum():
        return start, words
    begin = start - len(match.group())
    there, gap = match.groups()
    if begin and text[begin - 1] in "-–'’.&/":
        return start, words
    first = re.split(r"[\s\-]", words, maxsplit=1)[0]
    if first.lower() in _DETERMINERS:
        return begin, words[:1].upper() + words[1:] if there[:1].isupper() else words
    wanted = inflection.article_for(words)
    uncertain = first.isupper() and len(first) > 1  # an MBA, a NATO member
    if uncertain or inflection.article_for(surface) == wanted or there.lower() == wanted:
        return start, words
    if there[:1].isupper():
        wanted = wanted.upper() if len(there) > 1 and there.isupper() else wanted.capitalize()
    return begin, wanted + gap + words


def tidied(text: str, start: int, end: int) -> tuple[int, int]:
    """The span that goes where words are deleted: a space of those around them goes with them."""
    if start and text[start - 1] in " \u00a0" and (end == len(text) or text[end] in " \u00a0.,;:!?)]”’"):
        return start - 1, end
    if end < len(text) and text[end] in " \u00a0" and (start == 0 or text[start - 1] in "([“‘\n"):
        return start, end + 1
    return start, end


def expanded(template: Sequence[str | int], parts: Sequence[str]) -> str:
    """A pattern's replacement with its groups filled in."""
    return "".join(part if isinstance(part, str) else parts[part] for part in template)


def template(text: str) -> list[str | int]:
    r"""A replacement's literal pieces and group numbers: ``\0`` to ``\99``, and ``\\`` for a backslash."""
    found: list[str | int] = []
    for piece in re.split(r"(\\\\|\\[0-9]{1,2})", text):
        if re.fullmatch(r"\\[0-9]{1,2}", piece):
            found.append(int(piece[1:]))
        elif piece:
            found.append("\\" if piece == "\\\\" else piece)
    return found


def _own(word: str) -> bool:
    """Whether a word has capitals of its own: COSMOPlat, iPhone, GDP."""
    return any(letter.isupper() for letter in word[1:])


def _several(text: str) -> bool:
    words = [token.text for token in matching.tokenize(text) if len(token.text) > 1 and token.text[0].isalpha()]
    return len(words) > 1


def _title(words: str) -> bool:
    parts = [part for part in re.split(r"[\s\-]+", words) if part.lower() not in _SMALL and part[:1].isalpha()]
    return len(parts) > 1 and all(part[0].isupper() for part in parts)


def _sentence(words: str) -> bool:
    parts = words.split()
    return len(parts) > 1 and parts[0][:1].isupper() and words[1:] == words[1:].lower()


def _opened(words: str) -> str:
    first = next(iter(words.split()), "")
    return words if _own(first) else words[:1].upper() + words[1:]


def _titled(words: str) -> str:
    parts = words.split(" ")
    small = [place > 0 and part in _SMALL for place, part in enumerate(parts)]
    return " ".join(
        part if quiet or _own(part) else part[:1].upper() + part[1:] for part, quiet in zip(parts, small, strict=True)
    )
