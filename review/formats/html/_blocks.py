"""The blocks of a page: headings, paragraphs, list items, table cells, captions, its title and description.

Inline tags become codes. ``pre``, scripts, styles, forms' fields, pictures drawn in the page are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from html.entities import html5
from itertools import islice

from review.formats import runs
from review.formats.html import _tokens as markup
from review.formats.html._tokens import Token, attributes, tokens

BLOCKS = frozenset(
    """address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li link
    listing main menu meta nav noscript ol optgroup option p param search section source summary table tbody td template
    tfoot th thead title tr track ul""".split()
)
OPAQUE = frozenset("pre svg math select object video audio canvas map button datalist".split())
"""Elements that are left alone with all that is in them; where text stands around them they are one code."""

APART = frozenset("pre object video audio canvas select map datalist".split())
APART |= markup.RAW_ELEMENTS - {"script", "style"}
"""Those of them that part the text before from the text after."""

VOID = frozenset("area br embed img input keygen wbr".split())
LEVEL = frozenset("p li dt dd tr td th option optgroup meta link hr base basefont col param source track frame".split())
"""Elements that have no end tag, or need none: they say nothing about how deep others stand."""

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 title description".split())
CAPTIONS = frozenset(("figcaption", "caption"))

MOST = 1_000_000
"""So many tags, comments and runs of text between them a page may have."""

_TEXT = re.compile(
    r"(?P<space>[ \t\n\r\f]+)|(?P<entity>&(?:#[0-9a-fA-FxX]{1,12};?|[a-zA-Z][a-zA-Z0-9]{1,31};?))"
    r"|(?P<gone>\0+)|(?P<plain>[^ \t\n\r\f&\0]+(?: [^ \t\n\r\f&\0]+)*)|(?P<sign>&)"
)


@dataclass(frozen=True, slots=True)
class Page:
    """Blocks in the page's order, and what the page says of itself.

    ``depth``: how deep its elements stand. ``whole``: False where it has too many tags to go through.
    ``framed``: it is a page with a head or a body, not a part of one.
    """

    blocks: tuple[runs.Block, ...]
    language: str = ""
    depth: int = 0
    whole: bool = True
    framed: bool = False


def page_of(page: str) -> Page:
    """The blocks of a page. Whatever the page is, this takes time in proportion to its length."""
    found = list(islice(tokens(page), MOST + 1))
    if len(found) > MOST:
        return Page((), whole=False)
    reader = _Reader(page)
    reader.all(found)
    framed = any(token.name in ("html", "head", "body") for token in found)
    return Page(tuple(reader.blocks), reader.language, reader.depth, framed=framed)


class _Reader:
    """Goes through the tokens once; ``items`` are those of the block that is being read."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.blocks: list[runs.Block] = []
        self.items: list[runs.Item] = []
        self.kind = ""
        self.captions = 0
        self.language = ""
        self.depth = self.level = 0

    def all(self, found: list[Token]) -> None:
        ends = _ends(found)
        until = -1
        for place, token in enumerate(found):
            if place <= until:
                continue
            until = self._token(found, place, token, ends)
        self._flush()

    def _token(self, found: list[Token], place: int, token: Token, ends: dict[int, int]) -> int:
        """Take one token, or an element that is left alone as a whole; returns the last token taken."""
        if token.kind == markup.TEXT:
            self.items += texts(self.page, token.start, token.end)
        elif token.kind in (markup.COMMENT, markup.RAW):
            self._add(runs.KEPT, token)
        elif token.kind == markup.OPEN and place in ends:
            return self._whole(found, place, ends[place])
        elif token.name in BLOCKS or token.name in APART:
            self._flush()
            self._block(token)
        elif token.name == "br":
            self._break(token)
        elif token.name in VOID or token.name in markup.RAW_ELEMENTS or token.name in OPAQUE:
            self._add(runs.KEPT if token.name in ("script", "style", "wbr") else runs.ALONE, token)
        else:
            self._nest(token)
            self._add(runs.OPEN if token.kind == markup.OPEN else runs.CLOSE, token)
        return place

    def _whole(self, found: list[Token], place: int, last: int) -> int:
        """An element that is left alone."""
        token = found[place]
        if token.name in APART:
            self._flush()
        else:
            kind = runs.KEPT if token.name in ("script", "style") else runs.ALONE
            self._add(kind, token._replace(end=found[last].end))
        return last

    def _add(self, kind: str, token: Token) -> None:
        if kind == runs.KEPT and not self.items:
            return
        shown = self.page[token.start : min(token.end, token.start + 200)]
        self.items.append(runs.Item(kind, shown, token.start, token.end, token.name))

    def _break(self, token: Token) -> None:
        """A line break; two of them part paragraphs."""
        for place in range(len(self.items) - 1, -1, -1):
            item = self.items[place]
            if item.kind == runs.ALONE and item.name == "br":
                self.items = self.items[:place]
                self._flush(keep=True)
                return
            if item.kind not in (runs.SPACE, runs.KEPT):
                break
        self._add(runs.ALONE, token)

    def _block(self, token: Token) -> None:
        opens = token.kind == markup.OPEN
        self._nest(token)
        self.kind = token.name if opens else ""
        if token.name in CAPTIONS:
            self.captions = max(self.captions + (1 if opens else -1), 0)
        elif token.name in ("figure", "table") and not opens:
            self.captions = 0
        if token.name == "html" and opens and not self.language:
            named = attributes(self.page, token)
            value = named.get("lang") or named.get("xml:lang")
            self.language = self.page[value.start : value.end].strip() if value else ""
        if token.name == "meta" and opens:
            self._description(token)

    def _nest(self, token: Token) -> None:
        if token.name not in LEVEL:
            self.level = max(self.level + (1 if token.kind == markup.OPEN else -1), 0)
            self.depth = max(self.depth, self.level)

    def _description(self, token: Token) -> None:
        named = attributes(self.page, token)
        name, content = named.get("name"), named.get("content")
        if name and content and content.quote and self.page[name.start : name.end].strip().lower() == "description":
            self.items = list(texts(self.page, content.start, content.end))
            self.kind = "description"
            self._flush()

    def _flush(self, keep: bool = False) -> None:
        kind = "caption" if self.captions else self.kind
        made = runs.block(kind, self.items) if self.items else None
        if made:
            self.blocks.append(made)
        self.items = []
        self.kind = self.kind if keep else ""


def _ends(found: list[Token]) -> dict[int, int]:
    """The closing token of each element that is left alone, by its opening one; the outermost of those in others."""
    waiting: dict[str, list[int]] = {}
    ends: dict[int, int] = {}
    for place, token in enumerate(found):
        if token.name in OPAQUE or token.name in markup.RAW_ELEMENTS:
            if token.kind == markup.OPEN and not (token.closed and token.name in ("svg", "math")):
                waiting.setdefault(token.name, []).append(place)
            elif token.kind == markup.CLOSE and waiting.get(token.name):
                ends[waiting[token.name].pop()] = place
    return ends


def texts(page: str, start: int, end: int) -> Iterable[runs.Item]:
    """Text between tags as items: characters decoded, white space as it is read."""
    place = start
    while place < end:
        found = _TEXT.match(page, place, end)
        assert found
        kind, stop = found.lastgroup, found.end()
        if kind == "space":
            piece = page[place:stop]
            name = runs.LINE if "\n" in piece or "\r" in piece else ""
            yield runs.Item(runs.SPACE, " ", place, stop, name)
        elif kind == "gone":
            yield runs.Item(runs.KEPT, "", place, stop)
        elif kind == "entity":
            text, stop = _decoded(page, place, stop)
            if text.strip(" \t\n\r\f"):
                yield runs.Item(runs.TEXT, text, place, stop)
            else:
                yield runs.Item(runs.SPACE if text else runs.KEPT, " " if text else "", place, stop)
        else:
            yield runs.Item(runs.TEXT, found[0], place, stop)
        place = stop


def _decoded(page: str, start: int, stop: int) -> tuple[str, int]:
    """What a character reference stands for, and where it ends (13.2.5.73: the longest known name)."""
    raw = page[start:stop]
    if raw[1] == "#":
        number = re.match(r"&#(?:[xX][0-9a-fA-F]+|[0-9]+);?", raw)
        return (unescape(number[0]), start + number.end()) if number else ("&", start + 1)
    name = raw[1:]
    for length in range(len(name), 1, -1):
        if name[:length] in html5:
            return html5[name[:length]], start + 1 + length
    return "&", start + 1
