"""A page cut into tags, text and what is neither, as the HTML standard's tokenizer does (section 13.2.5), by offsets.

Nothing is refused: what never ends goes to the end of the page, a ``<`` that begins no tag is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

TEXT, OPEN, CLOSE, COMMENT, RAW = "text", "open", "close", "comment", "raw"

RAW_ELEMENTS = frozenset("script style xmp iframe noembed noframes textarea plaintext".split())
"""Elements whose content is no markup, and nothing to be read. ``title`` has no markup either, but is text."""


class Token(NamedTuple):
    """``[start, end)`` of the page. ``name``: of a tag, in lower case. ``closed``: it ends in ``/>``."""

    kind: str
    start: int
    end: int
    name: str = ""
    closed: bool = False


class Attribute(NamedTuple):
    """A quoted attribute value: ``[start, end)`` of the page, without its quotation marks."""

    start: int
    end: int
    quote: str


_NAME = re.compile(r"[a-zA-Z][^\s/>\0]*")
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTE = re.compile(r"[\s/]*(?:(?P<end>>)|(?P<name>[^\s/>][^\s/>=]*)(?:\s*=\s*(?P<value>\"|'|[^\s>\"'][^\s>]*)?)?)")


def tokens(page: str) -> Iterator[Token]:
    """The page's tokens, in order, without gaps."""
    place = text = 0
    length = len(page)
    closings: dict[str, list[int]] = {}
    while place < length:
        start = page.find("<", place)
        if start < 0:
            break
        token = _markup(page, start)
        if token is None:
            place = start + 1
            continue
        if text < start:
            yield Token(TEXT, text, start)
        yield token
        place = text = token.end
        if token.kind == OPEN and (token.name in RAW_ELEMENTS or token.name == "title"):
            end = _closing(page, token.name, place, closings)
            if place < end:
                yield Token(TEXT if token.name == "title" else RAW, place, end)
            place = text = end
    if text < length:
        yield Token(TEXT, text, length)


def _markup(page: str, start: int) -> Token | None:
    """The tag or comment at a ``<``, None where it is text."""
    following = page[start + 1 : start + 2]
    if following.isascii() and following.isalpha():
        return _tag(page, start, start + 1, OPEN)
    if following == "/":
        after = page[start + 2 : start + 3]
        if after.isascii() and after.isalpha():
            return _tag(page, start, start + 2, CLOSE)
        return _to(page, start, ">", start + 2) if after else None
    if page.startswith("<!--", start):
        for short in (">", "->"):
            if page.startswith(short, start + 4):
                return Token(COMMENT, start, start + 4 + len(short))
        found = _COMMENT_END.search(page, start + 4)
        return Token(COMMENT, start, found.end() if found else len(page))
    if following in ("!", "?"):
        return _to(page, start, ">", start + 2)
    return None


def _to(page: str, start: int, sign: str, place: int) -> Token:
    end = page.find(sign, place)
    return Token(COMMENT, start, end + 1 if end >= 0 else len(page))


def _tag(page: str, start: int, place: int, kind: str) -> Token:
    """A tag whose name begins at ``place``; one that never ends is nothing to be read."""
    name = _NAME.match(page, place)
    assert name
    place = name.end()
    while found := _ATTRIBUTE.match(page, place):
        place = found.end()
        if found["end"]:
            return Token(kind, start, place, name[0].lower(), page[place - 2] == "/")
        value = found["value"]
        if value in ('"', "'"):
            place = page.find(value, place) + 1
            if not place:
                break
    return Token(COMMENT, start, len(page))


def attributes(page: str, token: Token) -> dict[str, Attribute]:
    """The quoted attributes of a tag, by name in lower case; the first of each counts."""
    place = token.start + 1 + len(token.name)
    made: dict[str, Attribute] = {}
    while (found := _ATTRIBUTE.match(page, place)) and not found["end"] and found.end() < token.end:
        place = found.end()
        name, value = found["name"].lower(), found["value"] or ""
        if value in ('"', "'") and value:
            end = page.find(value, place)
            made.setdefault(name, Attribute(place, end, value))
            place = end + 1
        else:
            made.setdefault(name, Attribute(place - len(value), place, ""))
    return made


def _closing(page: str, name: str, place: int, known: dict[str, list[int]]) -> int:
    """Where the end tag of an element without markup begins; the end of the page where there is none."""
    if name == "plaintext":
        return len(page)
    if name not in known:  # all of a name at once: each is looked for from its own place otherwise
        found = re.finditer(rf"</{name}(?=[\s/>])", page, re.IGNORECASE)
        known[name] = [match.start() for match in found][::-1]
    ends = known[name]
    while ends and ends[-1] < place:
        ends.pop()
    return ends[-1] if ends else len(page)
