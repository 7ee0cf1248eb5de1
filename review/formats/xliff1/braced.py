"""Inline codes that Phrase writes as characters of the text: {1> and <1} about something, {2} alone; {b> for bold, {i>
for italics, {u> for underline."""

from __future__ import annotations

import re
from collections.abc import Iterator

TAG = re.compile(r"\{(\d{1,5}|[biu_^]{1,5})>|<(\d{1,5}|[biu_^]{1,5})\}|\{(\d{1,5})\}")


def pieces(text: str) -> Iterator[tuple[str, str, str, int]]:
    """Yield each run of characters with the code behind it: run, code as written, its name, and which of opening (0),
    closing (1) and alone (2) it is. The last run has the code ""."""
    at = 0
    for match in TAG.finditer(text):
        side = next(number for number, name in enumerate(match.groups()) if name)
        yield text[at : match.start()], match[0], match[side + 1], side
        at = match.end()
    yield text[at:], "", "", 0
