"""A string of a PO file as lines in quotes, broken as gettext breaks them: at line ends, and near column 79."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from review.formats.po._parsing import escaped

WIDTH = 79
"""Columns, quotes among them."""

_PIECES = re.compile(r"[^\s\u2e80-\uffef]+\s*|\s+|[\u2e80-\uffef]\s*", re.DOTALL)
_CLOSING = "，。、；：！？）》」』”’…,.;:!?)"


def quoted(text: str, keyword: str, newline: str, wrap: bool = True) -> str:
    """A text in quotes, to stand behind ``keyword`` and a blank; in lines where it holds line ends or is long."""
    lines: list[str] = re.findall(r"[^\n]*\n|[^\n]+", text) or [""]
    if len(lines) == 1 and (not wrap or width(escaped(lines[0])) + len(keyword) + 3 <= WIDTH + 1):
        return f'"{escaped(lines[0])}"'
    broken = [part for line in lines for part in (_broken(line) if wrap else [line])]
    return newline.join(['""', *(f'"{escaped(part)}"' for part in broken)])


def _broken(line: str) -> Iterator[str]:
    part, size = "", 0
    for piece in _PIECES.findall(line):
        more = width(escaped(piece))
        if part and size + more > WIDTH - 2 and piece[0] not in _CLOSING:
            yield part
            part, size = "", 0
        part += piece
        size += more
    if part:
        yield part


def width(text: str) -> int:
    """Columns that a text takes up."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
