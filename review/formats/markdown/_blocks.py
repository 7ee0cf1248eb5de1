"""The blocks of a Markdown text and where they stand in it, by markdown-it-py's lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from review.formats import runs
from review.formats.markdown._inline import Line, Parser

HEADING, CELL, PARAGRAPH = "heading", "cell", "paragraph"

_NEWLINE = re.compile(r"\r\n?|\n")
_FRONT = re.compile(
    r"\A(---|\+\+\+)[ \t]*(?:\r\n?|\n)(?:.*?(?:\r\n?|\n))??(?:\1|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)", re.DOTALL
)
_TITLE = re.compile(r"^title[ \t]*[:=][ \t]*(.+)$", re.MULTILINE)
_BLANK = " \t\n"


@dataclass(slots=True)
class Text:
    """Blocks in order. ``lines``: the whole lines of those that have lines of their own, by the block's start."""

    blocks: list[runs.Block] = field(default_factory=list)
    lines: dict[int, tuple[int, int]] = field(default_factory=dict)
    title: str = ""


def text_of(text: str) -> Text:
    """The blocks of a text. Code, HTML blocks, front matter and link definitions have none."""
    made = Text()
    front = _FRONT.match(text)
    body = text
    if front:
        title = _TITLE.search(front[0])
        made.title = title[1].strip().strip("\"'") if title else ""
        body = "\n" * len(_NEWLINE.findall(front[0])) + text[front.end() :]
    starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]
    ends = [*(match.start() for match in _NEWLINE.finditer(text)), len(text)]
    parser = Parser()
    found = parser.blocks(body)
    column = 0
    cells: list[_Signs] = []
    for place, token in enumerate(found):
        if token.type == "tr_open":
            column, cells = -1, []
        if token.type != "inline":
            continue
        column += 1
        if not token.content or not token.map:
            continue
        parent = found[place - 1]
        first, last = token.map
        if parent.type in ("th_open", "td_open"):
            cells = cells or _cells(Line(text[starts[first] : ends[first]], starts[first]))
            placed = _cell(cells, column, token.content)
            kind = CELL
        else:
            rows = [Line(text[starts[row] : ends[row]], starts[row]) for row in range(first, min(last, len(starts)))]
            kind = HEADING if parent.type == "heading_open" else PARAGRAPH
            placed = _placed(rows, token.content, parent.markup if kind == HEADING else "")
        if placed is None:
            continue
        block = runs.block(kind, parser.items(token.content, *placed))
        if block:
            made.blocks.append(block)
            if parent.level == 0 and parent.map:
                made.lines[block.start] = _whole(parent.map, starts, ends, text)
    return made


def _whole(lines: Sequence[int], starts: Sequence[int], ends: Sequence[int], text: str) -> tuple[int, int]:
    """The range of whole lines, with a blank line beside them where both sides have one.

    Where neither has, the last line's end stays: it parts what stands before from what stands after.
    """
    first, last = lines

    def blank(line: int) -> bool:
        return not 0 <= line < len(starts) or not text[starts[line] : ends[line]].strip()

    stop = starts[last] if last < len(starts) else len(text)
    if not blank(first - 1):
        return starts[first], stop if blank(last) else ends[last - 1]
    if blank(last) and last + 1 < len(starts):
        return starts[first], starts[last + 1]
    return starts[max(first - 1, 0)] if blank(last) else starts[first], stop


Placed = tuple[list[int], list[int]]
"""Where each character of a block's content begins and ends in the file."""


def _placed(rows: Sequence[Line], content: str, markup: str) -> Placed | None:
    """The places of a paragraph's or heading's characters; None where its lines are not found as they are."""
    begins: list[int] = []
    stops: list[int] = []
    parts = content.split("\n")
    if len(parts) > len(rows):
        return None
    for number, part in enumerate(parts):
        row = rows[number].text.replace("\0", "\ufffd")
        if markup.startswith("#"):
            at = row.find(part, row.find(markup) + len(markup))
        else:
            at = len(row.rstrip(_BLANK) if number == len(parts) - 1 else row) - len(part)
        if at < 0 or not row.startswith(part, at):
            return None
        start = rows[number].start + at
        if number:
            stops.append(start)  # the line end before, with what begins this line
        begins += range(start, start + len(part))
        stops += range(start + 1, start + len(part) + 1)
        if number + 1 < len(parts):
            begins.append(start + len(part))
    return begins, stops


_Signs = list[tuple[str, int, int]]
"""The characters of a cell, each with where it stands in the file."""


def _cells(row: Line) -> list[_Signs]:
    """The cells of a row: they are parted by ``|`` without a backslash before."""
    cells: list[_Signs] = [[]]
    offset = len(row.text) - len(row.text.lstrip(_BLANK + ">"))
    escaped = False
    for at in range(offset, len(row.text.rstrip(_BLANK))):
        sign = row.text[at].replace("\0", "\ufffd")
        if sign == "|" and not escaped:
            cells.append([])
        elif sign == "|":
            cells[-1][-1] = ("|", row.start + at - 1, row.start + at + 1)
        else:
            cells[-1].append((sign, row.start + at, row.start + at + 1))
        escaped = sign == "\\"
    if cells and not cells[0]:
        cells.pop(0)
    return cells


def _cell(cells: Sequence[_Signs], column: int, content: str) -> Placed | None:
    """The places of a cell's characters."""
    if column >= len(cells):
        return None
    full = [place for place, (sign, *_) in enumerate(cells[column]) if sign not in _BLANK]
    cell = cells[column][full[0] : full[-1] + 1] if full else []
    if "".join(sign for sign, *_ in cell) != content:
        return None
    return [start for _, start, _ in cell], [end for *_, end in cell]
