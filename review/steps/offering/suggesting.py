"""From one correction to the rules that it suggests: which words were replaced, by which others."""

from __future__ import annotations

import re

from review.model import Rule
from review.text import matching
from review.text.diff import Opcode, opcodes
from review.text.lexemes import FUNCTION_WORDS
from review.text.termbase import primary

WORDS = 6
"""A rule has at most so many words on each side; what is longer was rewritten, not renamed."""

_JOINED = re.compile(r"(?:\w+[-\u2010\u2011'’])+\Z")
_JOINING = re.compile(r"(?:[-\u2010\u2011'’]\w+)+")
_EDGE = re.compile(r"\A[\W_]+|[\W_]+\Z")
_ENDED = re.compile(r"(?:\A|[.!?:…。！？：][\"'”’)\]]*\s*|\n)[\s\"'“‘(\[]*\Z")
_ARTICLE = re.compile(r"(?:an?)\s+(?=\S)", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


def rules_of(before: str, after: str, language: str = "") -> list[Rule]:
    """The rules that a segment's text before and after a correction suggest, in their order in the text.

    Left out are pure insertions and deletions, changed marks and numbers, letter case at a sentence's start,
    words too common to stand for anything, runs of more than WORDS words, and a rule that finds its own result.
    """
    found: list[Rule] = []
    at = 0
    for tag, old, new in _with_moves(opcodes(before, after, language)):
        start, end = at, at + len(old)
        at = end
        if tag == "equal":
            continue
        rule = _rule(
            *_whole(before[:start], old, new, before[end:]), _ENDED.search(before[:start]) is not None, language
        )
        if rule and rule not in found:
            found.append(rule)
    return found


def _with_moves(pieces: list[Opcode]) -> list[Opcode]:
    """Words that changed places make one change of two: "the Group Haier" became "Haier Group"."""
    joined: list[Opcode] = []
    for piece in pieces:
        if len(joined) > 1 and piece[0] != "equal" and joined[-1][0] == "equal" and joined[-2][0] != "equal":
            first, between = joined[-2], joined[-1]
            moved = (_words(first[2]) & _words(piece[1])) | (_words(first[1]) & _words(piece[2]))
            if moved and len(between[1].split()) <= 2:
                parts = (first, between, piece)
                joined[-2:] = [("replace", "".join(one[1] for one in parts), "".join(one[2] for one in parts))]
                continue
        joined.append(piece)
    return joined


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _whole(left: str, old: str, new: str, right: str) -> tuple[str, str]:
    """The replaced words and their replacement, with what a hyphen or an apostrophe joins to them on both sides."""
    if old.strip() and new.strip():
        if old[:1] == old.lstrip()[:1] and (joined := _JOINED.search(left)):
            old, new = joined[0] + old, joined[0] + new
        if old[-1:] == old.rstrip()[-1:] and (joining := _JOINING.match(right)):
            old, new = old + joining[0], new + joining[0]
    return old, new


def _rule(old: str, new: str, opens: bool, language: str) -> Rule | None:
    old, new = _EDGE.sub("", old), _EDGE.sub("", new)
    first, second = _ARTICLE.match(old), _ARTICLE.match(new)
    if first and second and first[0].lower() != second[0].lower():
        old, new = old[first.end() :], new[second.end() :]
    if not _LETTER.search(old) or not _LETTER.search(new) or old == new:
        return None
    words = matching.words_of(old)
    if not words or max(len(words), len(matching.words_of(new))) > WORDS or _common(words, language):
        return None
    cased = old.casefold() == new.casefold()
    if cased and opens and old[1:] == new[1:]:
        return None
    if not cased and re.search(rf"(?<!\w){re.escape(old)}(?!\w)", new, re.IGNORECASE):
        return None
    return Rule(old, new, case=True, keep_case=False) if cased else Rule(old, new)


def _common(words: list[str], language: str) -> bool:
    """Whether the words stand for nothing by themselves: function words alone, or one character."""
    closed = FUNCTION_WORDS.get(primary(language), frozenset())
    if len("".join(words)) < 2:
        return True
    return all(word.casefold() in closed for word in words)
