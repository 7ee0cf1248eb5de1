"""Which words unknown to the dictionary are worth a flag: no names, no pinyin, nothing that other evidence has."""

from __future__ import annotations

import re

from review.detectors.grammar.engine import known
from review.detectors.inconsistent.similar import distance
from review.model import Segment
from review.text.scripts import RANGES

SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ueng|van|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|ve|er"
    r"|[aoeiuvü]))+"
)
"""Pinyin without tones; what it matches in full may be a Chinese word."""

PARTICLES = frozenset("von van der den de da di du la le el al bin ibn abu ben dos del della facto etc et".split())
"""Small words inside names and set phrases."""

JOINED = frozenset("-‐‑–'’/_.@#&\\")
WORD = re.compile(f"[{RANGES['Latin']}]+")
SHORTEST = 5


def misspelt(segment: Segment, start: int, end: int, guesses: tuple[str, ...], dialect: int | None) -> tuple[str, ...]:
    """What the unknown word at ``[start, end)`` should be, if it is a slip: ``guesses`` that are one letter away.

    A slip stands in small letters (capitals stand for names, which only a termbase can judge), whole, and nowhere in
    the source, the references or the alternatives. A word without such a guess is rare rather than wrong: of those,
    raters marked no more than of any words (.52 against .39). Without a region (``dialect`` None) both American and
    British spellings pass.
    """
    text = segment.text
    word = text[start:end]
    if len(word) < SHORTEST or not word.islower() or not word.isalpha():
        return ()
    after = text[end : end + 2]
    if text[start - 1 : start] in JOINED or (after[:1] in JOINED and after[1:].isalnum()):
        return ()  # a part of “near-sightedness”, of an address, of a file's name
    if word in PARTICLES or SYLLABLES.fullmatch(word):
        return ()
    if dialect is None and known(word, (0, 1)):
        return ()
    near = tuple(
        guess
        for guess in guesses
        if guess.isalpha()
        and guess[0] == word[0]
        and guess[:-1] not in (word, word[:-1])
        and guess != word[:-1]
        and distance(word, guess, 1) == 1
    )  # another last letter is another form: “purviews”, “broadcasted”
    if not near or any(
        word in _words(other) for other in (segment.source or "", *segment.references, *segment.alternatives)
    ):
        return ()
    return near


def _words(text: str) -> set[str]:
    return {match.group().lower() for match in WORD.finditer(text)}
