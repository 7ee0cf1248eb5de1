"""Inline codes: tags, placeholders, entities and addresses that stand in a text and must come out as they went in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from review.model import Code

_CODE = re.compile(
    r"""
      </?[A-Za-z][^<>\n]{0,500}>|<!--.{0,500}?-->|</?\d{1,5}/?>     # tags, numbered ones too
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


TOKEN = re.compile(r"<(/?)(\d{1,5})(/?)>")
"""How a text spells an inline code of its file: <1> and </1> about something, <2/> alone."""

HIGHEST = 99_999
"""The highest number that a token can have."""


def free(texts: Iterable[str]) -> Iterator[int]:
    """Numbers for the codes beside literal texts: above what looks like a code in them, or what they leave free."""
    taken = {int(match[2]) for text in texts if "<" in text for match in TOKEN.finditer(text)}
    above = max(taken, default=0)
    first = above + 1 if above <= HIGHEST // 2 else 1
    return (number for number in range(first, HIGHEST + 1) if number not in taken)


def places(codes: Sequence[Code], text: str) -> list[tuple[int, int, Code]]:
    """Where inline codes of the file stand in a text, in order: code points, end-exclusive."""
    known = {code.token: code for code in codes}
    return [(*match.span(), known[match[0]]) for match in TOKEN.finditer(text) if match[0] in known] if known else []


def outside(codes: Sequence[Code], text: str, at: int) -> int:
    """The place ``at``, moved off the inside of a code to its end."""
    return next((end for start, end, _ in places(codes, text) if start < at < end), at)


def bare(codes: Sequence[Code], text: str) -> str:
    """The text without the inline codes of its file."""
    known = {code.token for code in codes}
    return TOKEN.sub(lambda match: "" if match[0] in known else match[0], text) if known else text


def lacking(codes: Sequence[Code], before: str, after: str, source: str | None = None) -> str:
    """Why ``after`` may not take the place of ``before``, in one sentence, or "".

    It may hold each code as often as ``before`` did or ``source`` does, may not lose one that ``before`` had unless it
    is not ``fixed``, and must keep pairs in order and inside each other where ``before`` did.
    """
    was, now, given = (
        Counter(code.token for *_, code in places(codes, text)) for text in (before, after, source or "")
    )
    for code in codes:
        token, named = code.token, f"{code.token} ({code.shown})" if code.shown else code.token
        if code.fixed and now[token] < min(was[token], given[token] or was[token]):
            return f"The inline code {named} is missing; put it back where it belongs."
        if now[token] > max(was[token], given[token]):
            again = "stands there too often" if was[token] or given[token] else "has no place in this segment"
            return f"The inline code {named} {again}; take it out."
    wrong = crossing(codes, after)
    if wrong and not crossing(codes, before):
        return f"The inline code {wrong} is out of order; each pair must enclose its text, inside other pairs or apart."
    return ""


def crossing(codes: Sequence[Code], text: str) -> str:
    """The first token that closes what is not open, or not what was opened last, where both its halves are there."""
    found = [code.token for *_, code in places(codes, text)]
    open_now: list[str] = []
    for token in found:
        if token.startswith("</"):
            opening = "<" + token[2:]
            if opening not in found:
                continue
            if not open_now or open_now.pop() != opening:
                return token
        elif not token.endswith("/>") and "</" + token[1:] in found:
            open_now.append(token)
    return ""
