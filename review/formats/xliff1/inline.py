"""The text of a <source> or <target>: runs of characters and the marks between them, each mark an inline code.

A mark is half of a pair (g, mrk, bx and ex, bpt and ept) or stands alone (x, ph, it, comments, instructions, elements
of other namespaces). A code's key is the same in source and target, so that both spell it with the same token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from review.formats.xliff1.braced import pieces
from review.formats.xliff1.checker import Checker
from review.formats.xliff1.rules import HOLLOW, NATIVE
from review.formats.xml import XML, Node, escaped
from review.text.codes import TOKEN

SPACE = XML + "space"

OPEN, CLOSE, ALONE = 0, 1, 2

Key = tuple[str, ...]

DELETED = "x-sdl-deleted"
"""A tracked deletion of Trados: what is in it is no longer part of the text."""

_WRAP = re.compile(r"(?<![ \t\r\n])[ \t\r\n]*[\r\n][ \t\r\n]*")
_DISPLAYED = re.compile(r'displaytext="([^"]{1,60})"')
_HIGHEST = 99_999
"""Of what a token can number."""


class Mark(NamedTuple):
    """An inline code in a text, or half of one. ``literal``: it is these characters of the text of ``node``."""

    key: Key
    side: int
    node: Node
    literal: str = ""

    @property
    def paired(self) -> bool:
        """True for halves of one element: they must enclose what stands between them."""
        return self.side != ALONE and not self.literal and self.node.name in ("g", "mrk")

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the file: bytes, end-exclusive. Not known of a literal one."""
        node = self.node
        if self.paired and not node.empty:
            return (node.start, node.inner) if self.side == OPEN else (node.close, node.end)
        if self.paired and self.side == CLOSE:
            return node.end, node.end
        return node.start, node.end

    @property
    def written(self) -> bytes:
        """How the file writes it; <g/> is written as its two halves."""
        node, body = self.node, self.node.document.body
        if self.literal:
            return escaped(self.literal)
        if self.paired and node.empty:
            if self.side == CLOSE:
                return b"</" + node.tag.encode("utf-8") + b">"
            return body[node.start : node.inner - 2].rstrip() + b">"
        start, end = self.span
        return body[start:end]

    @property
    def shown(self) -> str:
        """What it is, in few characters."""
        node = self.node
        if self.literal:
            return self.literal
        if node.name in NATIVE:
            text = node.text
            displayed = _DISPLAYED.search(text)
            text = " ".join((displayed[1] if displayed else text).split())
        elif node.name[0] == "#":
            text = "<!--" + node.text.strip() + "-->" if node.name == "#comment" else f"<?{node.text}?>"
        else:
            text = node.get("equiv-text")
        if not text:
            named = node.get("ctype") or node.get("mtype") or f"{node.name} {node.get('id')}".strip()
            text = ("/" if self.side == CLOSE else "") + named.removeprefix("x-")
        return text if len(text) <= 40 else text[:39] + "…"


class Content:
    """A text of the file: ``runs`` of characters, and between each two of them one of ``marks``, each spelled by one of
    ``tokens`` once the unit's codes are numbered."""

    __slots__ = ("marks", "node", "runs", "tokens")

    def __init__(self, node: Node, text: str = "") -> None:
        self.node = node
        self.runs = [text]
        self.marks: list[Mark] = []
        self.tokens: list[str] = []

    def add(self, mark: Mark) -> None:
        self.marks.append(mark)
        self.runs.append("")

    def keeps(self, preserve: bool) -> bool:
        """Whether its white space counts: a segment may say so itself."""
        if self.node.name == "mrk" and SPACE in self.node.attributes:
            return self.node.attributes[SPACE] == "preserve"
        return preserve

    def shown(self, preserve: bool) -> list[str]:
        """The runs as a reviewer reads them: where white space may be changed, a line end and the blanks about it are a
        blank, and nothing at the edges."""
        if not self.keeps(preserve):
            for run in self.runs:
                if "\n" in run or "\r" in run:
                    return wrapped(self.runs)
        return self.runs

    def spelled(self, preserve: bool) -> str:
        """The text with its tokens."""
        runs = self.shown(preserve)
        if not self.marks:
            return runs[0]
        parts = [runs[0]]
        for token, run in zip(self.tokens, runs[1:], strict=True):
            parts += [token, run]
        return "".join(parts)

    @property
    def blank(self) -> bool:
        """True where nothing is in it but white space."""
        return not self.marks and not self.runs[0].strip()


def wrapped(runs: list[str]) -> list[str]:
    """Runs of one text with their line ends read as blanks."""
    found = [_WRAP.sub(" ", run) for run in runs]
    first = _WRAP.match(runs[0])
    if first:
        found[0] = _WRAP.sub(" ", runs[0][first.end() :])
    for last in _WRAP.finditer(runs[-1]):
        if last.end() == len(runs[-1]) and found[-1].endswith(" "):
            found[-1] = found[-1][:-1]
    return found


def number(texts: Sequence[Content]) -> None:
    """Spell the codes of a unit's texts by tokens, numbered in the order in which they are met.

    Text that looks like a token stays text: the numbers begin above it, or take what it leaves free.
    """
    taken = {int(found[2]) for text in texts for run in text.runs if "<" in run for found in TOKEN.finditer(run)}
    numbers: Iterator[int] = count(max(taken, default=0) + 1)
    if taken and max(taken) > _HIGHEST // 2:
        numbers = (free for free in range(1, _HIGHEST) if free not in taken)
    known: dict[Key, int] = {}
    for text in texts:
        if text.tokens:
            continue
        for key, side, *_ in text.marks:
            found = known.get(key)
            if found is None:
                found = known[key] = next(numbers, 0)
            text.tokens.append(f"<{found}>" if side == OPEN else f"</{found}>" if side == CLOSE else f"<{found}/>")


class Walk:
    """A <source>, <seg-source> or <target> read: its text, and its segments by mid where it has any."""

    def __init__(self, checker: Checker, node: Node, segmented: bool = False, beside: Walk | None = None) -> None:
        """``beside``: the <seg-source> of a <target>, whose segments it may still lack."""
        self.checker, self.side = checker, node.name
        self.whole = Content(node)
        self.segments: dict[str, Content] = {}
        self._segmented, self._halves, self._beside = segmented, False, beside
        self._into: Content | None = None
        self._ids: dict[tuple[str, str], Node] = {}
        self._counts: dict[Key, int] = {}
        children = node.children
        if not children:
            return
        if len(children) == 1 and isinstance(children[0], str) and not checker.braced:
            self.whole.runs[0] = children[0]
            return
        self._inside(node)
        if self._halves:
            self._pairs()

    def _inside(self, parent: Node) -> None:
        for child in parent.children:
            if not isinstance(child, str):
                self._node(child, parent)
            elif self.checker.braced:
                self._braced(child, parent)
            else:
                self._characters(child)

    def _characters(self, text: str) -> None:
        self.whole.runs[-1] += text
        if self._into is not None:
            self._into.runs[-1] += text

    def _braced(self, text: str, node: Node) -> None:
        for run, code, name, side in pieces(text):
            self._characters(run)
            if code:
                self._add(Mark(("braced", name), side, node, code))

    def _add(self, mark: Mark) -> None:
        self.whole.add(mark)
        if self._into is not None:
            self._into.add(mark)

    def _node(self, node: Node, parent: Node) -> None:
        name, checker = node.name, self.checker
        if name[0] == "#":
            self._add(Mark((name, node.text), ALONE, node))
            return
        if not checker.ours(node):
            checker.broken("foreign inline", node, found=name)
            self._add(Mark((name, str(node.written)), ALONE, node))
            return
        checker.child(node, parent)
        checker.attributes(node)
        if name == "mrk":
            if node.get("mtype") == "seg":
                self._segment(node)
            elif node.get("mtype") == DELETED:
                self._add(Mark((DELETED, str(node.written)), ALONE, node))
            else:
                self._enclosed(node, self._numbered(("mrk", node.get("mtype"), node.get("mid"))))
            return
        identifier = node.get("id")
        self._unique(node, identifier)
        if "xid" in node.attributes:
            checker.references.append(node)
        if name == "g":
            self._enclosed(node, ("g", identifier))
        elif name == "x" and not node.children:
            self._add(Mark(("x", identifier, ""), ALONE, node))
        elif name in ("bx", "bpt", "ex", "ept"):
            self._native(node)
            self._halves = True
            kind = "bx" if name in ("bx", "ex") else "bpt"
            side = OPEN if name == kind else CLOSE
            self._add(Mark((kind, node.get("rid") or identifier), side, node))
        else:
            self._native(node)
            self._add(Mark((name, identifier, node.get("pos")), ALONE, node))

    def _numbered(self, key: Key) -> Key:
        count = self._counts[key] = self._counts.get(key, 0) + 1
        return (*key, str(count))

    def _enclosed(self, node: Node, key: Key) -> None:
        self._add(Mark(key, OPEN, node))
        self._inside(node)
        self._add(Mark(key, CLOSE, node))

    def _segment(self, node: Node) -> None:
        if not self._segmented:
            self._inside(node)
            return
        checker, mid = self.checker, node.get("mid")
        if not mid:
            checker.refuse("no mid", node, side=self.side)
        if self._into is not None:
            checker.refuse("nested segment", node, found=mid)
        if mid in self.segments:
            checker.refuse("duplicate mid", node, found=mid, side=self.side)
        self._into = self.segments[mid] = Content(node)
        self._inside(node)
        self._into = None

    def _native(self, node: Node) -> None:
        """What may stand inside of a code that is not shown."""
        checker = self.checker
        if node.name in HOLLOW:
            if any(not isinstance(child, str) or child.strip() for child in node.children):
                checker.refuse("hollow", node, found=node.name)
            return
        for inner in node.all():
            if checker.ours(inner) and inner.parent is not None:
                checker.child(inner, inner.parent)
                checker.attributes(inner)
                if inner.name == "sub":
                    checker.broken("sub", inner)

    def _unique(self, node: Node, identifier: str) -> None:
        """An id stands once for each kind of element in a text; a target may hold clones."""
        known = self._ids.setdefault((node.name + node.get("pos"), identifier), node)
        if known is node or (self.side == "target" and node.get("clone", "yes") != "no"):
            return
        if known.written != node.written or node.name not in ("x", "ph"):
            element = {"element": node.name, "found": identifier, "side": self.side}
            self.checker.refuse("duplicate inline", node, **element)
        self.checker.broken("repeated inline", node, element=node.name, found=identifier, side=self.side)

    def _pairs(self) -> None:
        """bx is followed by its ex, and bpt by its ept; no ex or ept without them."""
        waiting: dict[Key, list[Mark]] = {}
        met: set[Key] = set()
        for mark in self.whole.marks:
            if mark.key[0] not in ("bx", "bpt"):
                continue
            if mark.side == OPEN:
                if mark.key in met and self.side != "target":
                    found = {"found": mark.key[1], "element": mark.node.name, "side": self.side}
                    self.checker.refuse("duplicate rid", mark.node, **found)
                met.add(mark.key)
                waiting.setdefault(mark.key, []).append(mark)
            elif waiting.get(mark.key):
                waiting[mark.key].pop()
            else:
                self._lonely("no start", mark, "bx" if mark.key[0] == "bx" else "bpt")
        for marks in waiting.values():
            for mark in marks:
                self._lonely("no end", mark, "ex" if mark.key[0] == "bx" else "ept")

    def _lonely(self, rule: str, mark: Mark, other: str) -> None:
        """Refuse half of a pair, unless its other half may come with a segment that is not translated yet."""
        said = {"element": mark.node.name, "found": mark.key[1], "other": other, "side": self.side}
        if self._partial and all(one.side == mark.side for one in self.whole.marks if one.key == mark.key):
            self.checker.broken("half", mark.node, **said)
        else:
            self.checker.refuse(rule, mark.node, **said)

    @property
    def _partial(self) -> bool:
        """True for a target that lacks some segment."""
        if self._beside is None or not self.segments:
            return False
        return any(
            not text.blank and (mid not in self.segments or self.segments[mid].blank)
            for mid, text in self._beside.segments.items()
        )
