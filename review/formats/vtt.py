"""WebVTT subtitles (W3C, "WebVTT: The Web Video Text Tracks Format", section 4). See ``cues``.

Comments (NOTE) stand among the notes of the cue behind them; they, styles and regions are never touched.
"""

from __future__ import annotations

import html
import re
from functools import partial

from review.errors import FormatError
from review.formats import cues, plain
from review.formats.base import Format, Options, Source
from review.formats.cues import Cue, Kind, Line

_STAMP = r"(?:\d{2,4}:)?[0-5]\d:[0-5]\d\.\d{3}"
_TIMES = re.compile(rf"[ \t]*({_STAMP})[ \t]*-->[ \t]*({_STAMP})(?:[ \t].*)?")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>|</>|<\d[\d:.]{0,20}>")
_REFERENCE = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_REMEDY = "Write them as 00:01.000 --> 00:04.000."


def _cues(name: str, text: str, warnings: list[str]) -> list[Cue]:
    blocks = _blocks(text)
    first = blocks[0][0] if blocks else None
    if first is None or first.number > 1 or not re.fullmatch(r"WEBVTT(?:[ \t].*)?", first.text):
        raise FormatError(name, 1, "the file does not begin with WEBVTT", "Add the line WEBVTT and a blank one.")
    _no_times(name, blocks[0])
    found: list[Cue] = []
    notes: list[str] = []
    stray: list[int] = []
    for block in blocks[1:]:
        head = block[0].text
        place = next((n for n, row in enumerate(block[:2]) if "-->" in row.text), None)
        if place is not None:
            times = block[place]
            if not _TIMES.fullmatch(times.text):
                raise FormatError(name, times.number, f"these are no times: {times.text.strip()[:60]}", _REMEDY)
            _no_times(name, block[place + 1 :])
            title = block[0].text.strip() if place else ""
            start, end = cues.span(block[place + 1 :], times)
            found.append(Cue(title, times.text.strip(), start, end, tuple(notes)))
            notes = []
        elif re.match(r"NOTE(?:[ \t]|$)", head):
            notes.append("\n".join([head[4:].strip(), *(row.text for row in block[1:])]).strip())
        elif not re.fullmatch(r"(?:STYLE|REGION)[ \t]*", head):
            stray.append(block[0].number)
    if stray:
        shown = ", ".join(map(str, stray[:10])) + (", ..." if len(stray) > 10 else "")
        warnings.append(f"What stands in no cue was left alone: line {shown}.")
    return found


def _blocks(text: str) -> list[list[Line]]:
    """Lines between blank ones."""
    found: list[list[Line]] = []
    open_now = False
    for row in cues.lines(text):
        if not row.text:
            open_now = False
            continue
        if not open_now:
            found.append([])
        found[-1].append(row)
        open_now = True
    return found


def _no_times(name: str, rows: list[Line]) -> None:
    for row in rows:
        if "-->" in row.text:
            what = "times stand inside the header or the text of a cue"
            raise FormatError(name, row.number, what, "Put a blank line before the cue.")


def _shown(raw: str) -> str:
    return _REFERENCE.sub(lambda match: html.unescape(match[0]), raw)


def _written(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_KIND = Kind("vtt", _cues, _TAG, _shown, _written)


def sniff(source: Source, options: Options) -> float:
    """Sure of the word that such files begin with; willing to believe the suffix."""
    head = source.head(100)
    encoding, mark = plain.encodings.mark(head[:4])
    if re.match(r"WEBVTT(?:\s|$)", head[mark:].decode(encoding or "latin-1", "ignore")):
        return 0.95
    return 0.8 if source.suffix in FORMAT.suffixes else 0.0


FORMAT = Format(
    "vtt",
    "WebVTT, subtitles",
    (".vtt", ".webvtt"),
    "text/vtt",
    sniff,
    partial(cues.read, kind=_KIND),
    partial(cues.rewrite, kind=_KIND),
    holds=frozenset(("codes", "notes")),
    about="the subtitles as they came, every time as it was",
)
