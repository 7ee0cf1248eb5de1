"""SRT subtitles (SubRip): a number, times, text, a blank line. See ``cues``.

The text of a cue goes on until the next one's number and times: players allow blank lines in it. Nothing can be written
from scratch, for nothing else has the times.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise

from review.errors import FormatError
from review.formats import cues, plain
from review.formats.base import Format, Options, Source
from review.formats.cues import Cue, Kind

_STAMP = r"\d{1,3}:[0-5]\d:[0-5]\d[,.]\d{1,3}"
_TIMES = re.compile(rf"\s*({_STAMP})\s*-->\s*({_STAMP})(?:\s.*)?")
_HALVED = re.compile(r"\s*\d{1,3}:\d\d:\d\d[,.]\d")
_TAG = re.compile(r"</?(?:i|b|u|s|font|c|v|ruby|rt|lang)\b[^<>\n]{0,200}>|\{\\[^{}\n]{1,100}\}", re.IGNORECASE)
_REMEDY = "Write them as 00:00:01,000 --> 00:00:04,000."


def _cues(name: str, text: str, warnings: list[str]) -> list[Cue]:
    rows = list(cues.lines(text))
    heads: list[tuple[int, int, str]] = []  # the line a cue begins on, that of its times, its number
    for place, row in enumerate(rows):
        if "-->" not in row.text:
            continue
        if not _TIMES.fullmatch(row.text):
            raise FormatError(name, row.number, f"these are no times: {row.text.strip()[:60]}", _REMEDY)
        before = rows[place - 1].text.strip() if place and (not heads or heads[-1][1] < place - 1) else ""
        numbered = before.isdecimal() and before.isascii() and len(before) < 10
        heads.append((place - numbered, place, before if numbered else ""))
    if not heads:
        return []
    stray = next((row for row in rows[: heads[0][0]] if row.text.strip()), None)
    if stray:
        raise FormatError(name, stray.number, "the text stands in no cue, for no times come before it", _REMEDY)
    found = []
    for (_, times, number), (following, _, _) in pairwise([*heads, (len(rows), 0, "")]):
        inside = rows[times + 1 : following]
        for blank, row, after in zip(inside, inside[1:], inside[2:], strict=False):
            next_one = bool(number) and row.text.strip() == str(int(number) + 1) and bool(after.text.strip())
            halved = row.text.strip().isdecimal() and bool(_HALVED.match(after.text))
            if (next_one or halved) and not blank.text.strip():
                raise FormatError(name, row.number, f"cue {row.text.strip()} has no times", _REMEDY)
        found.append(Cue(number, rows[times].text.strip(), *cues.span(inside, rows[times])))
    return found


_KIND = Kind("srt", _cues, _TAG, str, str)


def sniff(source: Source, options: Options) -> float:
    """Sure of times on one of the first lines; willing to believe the suffix."""
    head = source.head(4096)
    encoding = plain.encodings.mark(head[:4])[0] or "latin-1"
    first = [line for line in head.decode(encoding, "ignore").lstrip("\ufeffï»¿").splitlines() if line.strip()][:2]
    if any(_TIMES.fullmatch(line) for line in first):
        return 0.9
    return 0.8 if source.suffix == ".srt" else 0.0


FORMAT = Format(
    "srt",
    "SRT, subtitles",
    (".srt",),
    "application/x-subrip",
    sniff,
    partial(cues.read, kind=_KIND),
    partial(cues.rewrite, kind=_KIND),
    holds=frozenset(("codes", "notes")),
    about="the subtitles as they came, every time as it was",
)
