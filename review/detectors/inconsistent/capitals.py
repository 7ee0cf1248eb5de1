"""One term with and without capitals: “Digital Economy”, “digital economy”."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from review.detectors._article import closed
from review.detectors.inconsistent.finding import Finding, Place, opens
from review.detectors.inconsistent.orders import SMALL
from review.model import Article
from review.text.tokens import Token


def capitals(article: Article, texts: list[list[Token]]) -> Iterator[Finding]:
    """Terms of two words that most of the article writes otherwise; ``texts`` are the words of each segment."""
    forms: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for number, tokens in enumerate(texts):
        text = article.segments[number].text
        if not closed(text) or _titled(tokens):
            continue
        for at in range(len(tokens) - 1):
            left, right = tokens[at], tokens[at + 1]
            if text[left.end : right.start] != " " or not (left.text.isalpha() and right.text.isalpha()):
                continue
            if left.lower in SMALL or right.lower in SMALL or len(left.text) < 4 or len(right.text) < 4:
                continue
            if opens(text, left.start) or _longer_name(text, tokens, at):
                continue
            surface = text[left.start : right.end]
            if not surface.isupper():
                forms[surface.lower()][surface].append(Place(number, left.start, right.end, surface))
    for variants in forms.values():
        if len(variants) < 2 or sum(len(places) for places in variants.values()) < 3:
            continue
        ranked = sorted(variants, key=lambda form: (-len(variants[form]), variants[form][0].segment))
        if len(variants[ranked[0]]) <= len(variants[ranked[1]]):
            continue
        for form in ranked[1:]:
            for place in variants[form]:
                yield Finding(
                    place,
                    f"“{form}” is written “{ranked[0]}” {len(variants[ranked[0]])} times in this article.",
                    0.5,
                    ranked[0],
                )


def _longer_name(text: str, tokens: list[Token], at: int) -> bool:
    """Whether a capitalised word stands beside the two, so that they may be part of a longer name."""
    if not tokens[at].text[0].isupper() and not tokens[at + 1].text[0].isupper():
        return False
    if at + 2 < len(tokens) and tokens[at + 2].text[0].isdigit():
        return True
    if at > 1 and tokens[at - 1].lower in SMALL and tokens[at - 2].text[0].isupper():
        return True
    if at + 3 < len(tokens) and tokens[at + 2].lower in SMALL and tokens[at + 3].text[0].isupper():
        return True
    before = at > 0 and tokens[at - 1].text[0].isupper() and text[tokens[at - 1].end : tokens[at].start] == " "
    after = (
        at + 2 < len(tokens)
        and tokens[at + 2].text[0].isupper()
        and text[tokens[at + 1].end : tokens[at + 2].start] == " "
    )
    quoted = text[tokens[at].start - 1 : tokens[at].start] in ("“", '"', "‘", "'", "《")
    mixed = tokens[at].text[0].isupper() != tokens[at + 1].text[0].isupper()
    return before or after or quoted or mixed


def _titled(tokens: list[Token]) -> bool:
    long = [token for token in tokens if len(token.text) > 3]
    return sum(token.text[0].isupper() for token in long) > 0.6 * len(long)
