"""Inline codes: tags, placeholders, entities and addresses that stand in a text and must come out as they went in."""

from __future__ import annotations

import re
from collections import Counter

_CODE = re.compile(
    r"""
      </?[A-Za-z][^<>\n]{0,500}>|<!--.{0,500}?-->|</?\d{1,4}/?>     # tags, numbered ones too
    | \{\{[^{}\n]{1,100}\}\}|\$?\{[\w.,:+\-/ ]{0,60}\}|\{\d{1,4}>|<\d{1,4}\}    # {name} ${name} {0} {1> <1}
    | (?<![\w%])%(?:\d{1,2}\$)?[-+\#0]{0,3}\d{0,3}(?:\.\d{1,2})?(?:ll|[hlL])?[sdifuxXeEgGc@](?![A-Za-z])    # %s %1$s
    | %\(\w{1,40}\)[sdifr]|%%\w{1,40}%%
    | &(?:[A-Za-z][A-Za-z0-9]{1,31}|\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6});
    | (?:https?|ftp)://[^\s<>"'\u3000-\u303f\uff00-\uffef]+|\bwww\.[\w.\-/]+|[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63})+
    """,
    re.VERBOSE,
)
_SIGNS = ("<", "{", "%", "&", "://", "www.", "@")


def spans(text: str) -> list[tuple[int, int]]:
    """Where codes stand in a text, in order: code points, end-exclusive."""
    if not any(sign in text for sign in _SIGNS):
        return []
    return [match.span() for match in _CODE.finditer(text)]


def broken(before: str, after: str) -> str:
    """The first code of ``before`` that ``after`` lacks or has less often, "" where there is none."""
    found = [before[start:end] for start, end in spans(before)]
    if not found:
        return ""
    left = Counter(after[start:end] for start, end in spans(after))
    for code in found:
        left[code] -= 1
        if left[code] < 0:
            return code
    return ""
