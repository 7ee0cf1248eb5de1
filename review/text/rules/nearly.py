"""Where a text has nearly a rule's words: another ending, a slip of spelling, a word more or less."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import Indel

from review.model import Replacement, Rule
from review.text import matching
from review.text.rules.writing import At, cased, with_article

ALIKE = 0.8
"""How alike a run of words and the rule's words are, at least (Indel similarity, letter case ignored)."""


def nearly(rule: Rule, text: str) -> list[Replacement]:
    """What the rule would change where its words stand nearly, the most alike runs first taken, by place.

    Nothing for a pattern, and nowhere where the replacement stands already.
    """
    count = len(matching.words_of(rule.find))
    if rule.kind == "pattern" or not count or not rule.replace.strip():
        return []
    there = rule.replace.lower()
    right = [(at, at + len(there)) for at in _places(text.lower(), there)]
    taken: list[tuple[int, int]] = []
    for _, start, end in sorted(_runs(rule.find.lower(), text, count), reverse=True):
        if all(end <= first or start >= last for first, last in [*taken, *right]):
            taken.append((start, end))
    found: list[Replacement] = []
    for start, end in sorted(taken):
        surface = text[start:end]
        words = cased(rule.replace, rule.find, surface, At(text, start)) if rule.keep_case else rule.replace
        begin, words = with_article(text, start, surface, words)
        if text[begin:end] != words and (not found or begin >= found[-1].end):
            found.append(Replacement(begin, end, words))
    return found


def _runs(find: str, text: str, count: int) -> Iterator[tuple[float, int, int]]:
    """(likeness, start, end) of every run of words that is alike enough."""
    tokens = matching.tokenize(text)
    for size in {max(1, count - 1), count, count + 1}:
        for at in range(len(tokens) - size + 1):
            start, end = tokens[at].start, tokens[at + size - 1].end
            like = float(Indel.normalized_similarity(find, text[start:end].lower(), score_cutoff=ALIKE))
            if like >= ALIKE:
                yield like, start, end


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
