"""What is markup and what is text within a block, as markdown-it-py decides it, with the offsets that it does not keep.

Each of its inline rules is watched: where it began, where it ended, and which tokens it made of that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from review.formats import runs

_FOOTNOTE = re.compile(r"\[\^[^\]\s\[]{1,100}\]")
_DEFINED = re.compile(r"\[\^[^\]\s\[]{1,100}\]:[ \t]?")
_TASK = re.compile(r"\[[ xX]\](?=[ \t])")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_LITERAL = re.compile(r"[ \t\n]+|[^ \t\n]+(?: [^ \t\n]+)*")


class Line(NamedTuple):
    """A line of the file without its end, and where it begins."""

    text: str
    start: int


class _Mark(NamedTuple):
    """Markup in a block's content: ``[start, end)`` of it."""

    start: int
    end: int
    kind: str
    name: str = ""
    text: str = ""


class Parser:
    """markdown-it-py with its inline rules watched."""

    def __init__(self) -> None:
        from markdown_it import MarkdownIt

        self.md: Any = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        self.md.core.ruler.enableOnly(["normalize", "block"])
        self.md.inline.ruler2.disable("fragments_join")
        self.env: dict[str, Any] = {}
        self.state: Any = None
        self.seen: list[tuple[str, int, int, list[Any]]] = []
        self.md.inline.ruler.before("link", "footnote", _footnote)
        for rule in list(self.md.inline.ruler.__rules__):
            self.md.inline.ruler.at(rule.name, self._watched(rule.name, rule.fn))
        for other in list(self.md.block.ruler.__rules__):
            if other.name == "reference":
                self.md.block.ruler.at(other.name, _reference(other.fn), {"alt": list(other.alt)})

    def blocks(self, text: str) -> list[Any]:
        """The block tokens of a text."""
        return list(self.md.parse(text, self.env))

    def _watched(self, name: str, rule: Callable[[Any, bool], bool]) -> Callable[[Any, bool], bool]:
        def watched(state: Any, silent: bool) -> bool:
            start, count = state.pos, len(state.tokens)
            matched = rule(state, silent)
            if matched and not silent and state is self.state:
                self.seen.append((name, start, state.pos, state.tokens[count:]))
            return matched

        return watched

    def items(self, content: str, begins: list[int], stops: list[int]) -> list[runs.Item]:
        """The items of a block. ``begins`` and ``stops``: where in the file each character of the content stands."""
        from markdown_it.rules_inline import StateInline

        self.state, self.seen = StateInline(content, self.md, self.env, []), []
        self.md.inline.tokenize(self.state)
        for last in self.md.inline.ruler2.getRules(""):
            last(self.state)
        marks = sorted(mark for seen in self.seen for mark in self._marks(content, *seen))
        found: list[runs.Item] = []
        place = 0
        for mark in marks:
            if mark.start < place:
                continue
            found += _literal(content, place, mark.start, begins, stops)
            shown = mark.text if mark.kind in (runs.TEXT, runs.SPACE) else content[mark.start : mark.end]
            found.append(runs.Item(mark.kind, shown, begins[mark.start], stops[mark.end - 1], mark.name))
            place = mark.end
        return found + _literal(content, place, len(content), begins, stops)

    def _marks(self, content: str, name: str, start: int, end: int, tokens: list[Any]) -> Iterator[_Mark]:
        """What a rule found; nothing for text, and for signs that turned out to be text."""
        if name in ("emphasis", "strikethrough"):
            yield from _delimiters(start, end, tokens)
        elif name == "link":
            close = self.md.helpers.parseLinkLabel(self.state, start, True)
            yield _Mark(start, start + 1, runs.OPEN, f"link {start}")
            yield _Mark(close, end, runs.CLOSE, f"link {start}")
        elif name in ("image", "autolink", "footnote") or (name == "backticks" and _made(tokens, "code_inline")):
            yield _Mark(start, end, runs.ALONE, name)
        elif name == "html_inline":
            yield _html(content, start, end)
        elif name in ("newline", "escape") and _made(tokens, "hardbreak"):
            while start and content[start - 1] == " ":
                start -= 1
            yield _Mark(start, end, runs.ALONE, "br")
        elif name == "newline":
            yield _Mark(start, end, runs.SPACE, runs.LINE, " ")
        elif name in ("escape", "entity"):
            text = next(token.content for token in tokens if token.type == "text_special")
            kind = runs.TEXT if text.strip(" \t\r\n") else runs.SPACE
            yield _Mark(start, end, kind, "", text if kind == runs.TEXT else " ")


def _made(tokens: list[Any], kind: str) -> bool:
    return any(token.type == kind for token in tokens)


def _delimiters(start: int, end: int, tokens: list[Any]) -> Iterator[_Mark]:
    """The signs of a run of ``*``, ``_`` or ``~`` that open or close something."""
    for token in reversed(tokens):
        if end <= start:
            return
        size = 2 if token.type.startswith("s_") or token.content == "~~" else 1
        first, end = end - size, end - size
        kind = runs.OPEN if token.type.endswith("_open") else runs.CLOSE
        if token.type == "strong_open":  # two signs are two tokens, of which the outer one was emptied
            yield _Mark(first - 1, first + 1, kind, "strong")
        elif token.type == "strong_close":
            yield _Mark(first, first + 2, kind, "strong")
        elif token.type != "text":
            yield _Mark(first, first + size, kind, token.tag)


def _html(content: str, start: int, end: int) -> _Mark:
    tag = _TAG.match(content, start)
    if not tag:
        return _Mark(start, end, runs.KEPT)
    if tag[2].lower() in _VOID or content.endswith("/>", start, end):
        return _Mark(start, end, runs.ALONE, tag[2].lower())
    return _Mark(start, end, runs.CLOSE if tag[1] else runs.OPEN, f"tag {tag[2].lower()}")


def _literal(content: str, start: int, end: int, begins: list[int], stops: list[int]) -> list[runs.Item]:
    """Text that is no markup, cut where the file has something between two characters."""
    found = []
    edges = [start, *(at for at in range(start + 1, end) if _broken(at, begins, stops)), end]
    for one, two in pairwise(edges):
        for match in _LITERAL.finditer(content, one, two):
            first, last = match.span()
            kind, text = (runs.SPACE, " ") if match[0].isspace() and match[0][0] in " \t\n" else (runs.TEXT, match[0])
            found.append(runs.Item(kind, text, begins[first], stops[last - 1]))
    return found


def _broken(at: int, begins: list[int], stops: list[int]) -> bool:
    return stops[at - 1] != begins[at] or stops[at] - begins[at] != 1 or stops[at - 1] - begins[at - 1] != 1


def _footnote(state: Any, silent: bool) -> bool:
    """``[^1]``, and at the front of a block ``[^1]:`` and ``[ ]`` of a task."""
    if state.src[state.pos] != "[":
        return False
    found = None
    if state.pos == 0:
        found = _DEFINED.match(state.src) or _TASK.match(state.src)
    found = found or _FOOTNOTE.match(state.src, state.pos)
    if not found or found.end() > state.posMax:
        return False
    if not silent:
        state.push("footnote", "", 0)
    state.pos = found.end()
    return True


def _reference(rule: Callable[..., bool]) -> Callable[..., bool]:
    """Link definitions, but for footnotes."""

    def reference(state: Any, first: int, last: int, silent: bool) -> bool:
        place = state.bMarks[first] + state.tShift[first]
        return not state.src.startswith("[^", place) and rule(state, first, last, silent)

    return reference
