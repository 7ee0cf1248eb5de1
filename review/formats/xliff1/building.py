"""XLIFF 1.2 from scratch: any batch, an article a <file>, a segment a <trans-unit>."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from review.formats import states
from review.formats.xliff1.dialects import PLAIN
from review.formats.xml import escaped, quoted, visible
from review.model import Article, Code, ReadingHeader, Segment
from review.text.codes import places

_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
UNKNOWN = "und"
"""BCP 47's word for a language that is not known: <file> must name one."""


def build(header: ReadingHeader, articles: Iterable[Article], out: BinaryIO) -> list[str]:
    """Write one file; return warnings."""
    writer = _Writer(out)
    out.write(_HEAD)
    for article in articles:
        writer.article(article)
    if not writer.files:
        writer.article(Article(header.name or "empty", ()))
    out.write(b"</xliff>\n")
    return writer.warnings()


class _Writer:
    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.files = 0
        self._unheld: set[str] = set()
        self._unknown: list[str] = []
        self._deleted: list[str] = []
        self._systems: set[str] = set()

    def article(self, article: Article) -> None:
        self.files += 1
        if not article.source_language:
            self._unknown.append(article.name)
        if article.system:
            self._systems.add(article.system)
        given = [("original", article.name), ("source-language", article.source_language or UNKNOWN)]
        given += [("target-language", article.target_language)] if article.target_language else []
        self.out.write(b"<file" + self._attributes([*given, ("datatype", "plaintext")]) + b">\n<body>\n")
        for number, segment in enumerate(article.segments, 1):
            if segment.deleted:
                self._deleted.append(segment.name or str(number))
            self.out.write(self._unit(segment, number))
        self.out.write(b"</body>\n</file>\n")

    def _unit(self, segment: Segment, number: int) -> bytes:
        status = states.written(segment)
        status = "draft" if status == states.DELETED else status
        given = [("id", str(number))]
        given += [("resname", segment.name)] if segment.name else []
        given += [("approved", "yes")] if status == "approved" else []
        given += [("xml:space", "preserve")]
        lines = [
            b"<trans-unit" + self._attributes(given) + b">",
            b"<source>" + self._text(segment, segment.source or "") + b"</source>",
        ]
        state = self._attributes([("state", PLAIN.write(status))]) if status != "new" else b""
        now = "" if segment.deleted else segment.text
        lines.append(b"<target" + state + b">" + self._text(segment, now) + b"</target>")
        if now != segment.hypothesis and segment.hypothesis:
            lines.append(self._alternative(segment, segment.hypothesis, "previous-version"))
        lines += [self._alternative(segment, text, "proposal") for text in segment.alternatives if text]
        lines += [self._alternative(segment, text, "reference") for text in segment.references if text]
        lines += [b"<note>" + self._escaped(note) + b"</note>" for note in segment.notes]
        for comment in segment.correction.comments if segment.correction else ():
            named = self._attributes([("from", comment.actor)]) if comment.actor else b""
            lines.append(b"<note" + named + b' annotates="target">' + self._escaped(comment.text) + b"</note>")
        return b"\n".join((*lines, b"</trans-unit>\n"))

    def _alternative(self, segment: Segment, text: str, kind: str) -> bytes:
        given = self._attributes([("alttranstype", kind)])
        return b"<alt-trans" + given + b"><target>" + self._text(segment, text) + b"</target></alt-trans>"

    def _text(self, segment: Segment, text: str) -> bytes:
        """A text with its codes as elements: <g> about something where pairs lie inside each other, else <bx/>, <ex/>
        or <it>, and <x/> alone."""
        found = places(segment.codes, text) if segment.codes else []
        if not found:
            return self._escaped(text)
        kinds = _kinds([code.token for *_, code in found])
        parts, at = [], 0
        for (start, end, code), kind in zip(found, kinds, strict=True):
            parts += [self._escaped(text[at:start]), self._code(code, kind)]
            at = end
        return b"".join((*parts, self._escaped(text[at:])))

    def _code(self, code: Code, kind: str) -> bytes:
        number = code.token.strip("</>")
        if kind == "/g":
            return b"</g>"
        given = [("id", number)]
        if kind in ("bx", "ex"):
            given.append(("rid", number))
        if kind == "it":
            given.append(("pos", "close" if code.token.startswith("</") else "open"))
            return b"<it" + self._attributes(given) + b">" + self._escaped(code.shown) + b"</it>"
        given += [("equiv-text", code.shown)] if code.shown else []
        return b"<" + kind.encode() + self._attributes(given) + (b">" if kind == "g" else b"/>")

    def _escaped(self, text: str) -> bytes:
        shown, strange = visible(text)
        self._unheld.update(strange)
        return escaped(shown)

    def _attributes(self, given: Sequence[tuple[str, str]]) -> bytes:
        parts = []
        for name, value in given:
            shown, strange = visible(value)
            self._unheld.update(strange)
            parts.append(b" " + name.encode() + b'="' + quoted(shown) + b'"')
        return b"".join(parts)

    def warnings(self) -> list[str]:
        found = []
        if self._unheld:
            found.append(f"XML cannot hold {', '.join(sorted(self._unheld))}; signs stand in their place.")
        if self._unknown:
            found.append(f"No source language is known, so “{UNKNOWN}” is written: {_shown(self._unknown)}.")
        if self._deleted:
            found.append(f"Deleted, so the target is empty: unit {_shown(self._deleted)}.")
        if len(self._systems) > 1:
            found.append("XLIFF has no place for the system that a translation is by.")
        return found


def _shown(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + (", ..." if len(names) > 10 else "")


def _kinds(tokens: Sequence[str]) -> list[str]:
    """The element for each token: g and /g, x, bx and ex, or it."""
    kinds = ["x" if token.endswith("/>") else "it" for token in tokens]
    partner: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        if token.startswith("</"):
            opened = waiting.get("<" + token[2:])
            if opened:
                start = opened.pop()
                partner[start], partner[place] = place, start
        elif not token.endswith("/>"):
            waiting.setdefault(token, []).append(place)
    open_now: list[int] = []
    crossed: set[int] = set()
    for place in sorted(partner):
        start = partner[place]
        if start > place:
            open_now.append(place)
            continue
        at = len(open_now) - 1 if open_now[-1] == start else open_now.index(start)
        crossed.update(open_now[at + 1 :])
        if at < len(open_now) - 1:
            crossed.add(start)
        del open_now[at]
        kinds[start], kinds[place] = ("bx", "ex") if start in crossed else ("g", "/g")
    return kinds
