"""The same words in another order: “cloud data platform”, “data cloud platform”."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator

from review.detectors.inconsistent.finding import Finding, Place
from review.model import Article
from review.text.tokens import Token, words

SMALL = frozenset(
    "a an the of to in on at by for with from and or but as is are was were be been it its this that these those he "
    "she they we i his her their our you not no has have had will would can could than then so if when while which "
    "who what how all more most should must may might do does did shall between".split()
)
"""Words that no phrase begins or ends with, and whose neighbours may change places."""

LONGEST, SHORTEST = 8, 3


def scrambled(article: Article, texts: list[list[Token]]) -> Iterator[Finding]:
    """Phrases whose words stand in another order elsewhere; ``texts`` are the words of each segment."""
    pairs = Counter((a.lower, b.lower) for tokens in texts for a, b in itertools.pairwise(tokens))
    orders: dict[tuple[str, ...], dict[tuple[str, ...], list[Place]]] = defaultdict(lambda: defaultdict(list))
    for number, tokens in enumerate(texts):
        text = article.segments[number].text
        for size in range(SHORTEST, LONGEST + 1):
            for at in range(len(tokens) - size + 1):
                window = tokens[at : at + size]
                lower = tuple(token.lower for token in window)
                if not _phrase(lower, text[window[0].start : window[-1].end]):
                    continue
                place = Place(number, window[0].start, window[-1].end, text[window[0].start : window[-1].end])
                orders[tuple(sorted(lower))][lower].append(place)
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    clashes = [variants for variants in orders.values() if len(variants) > 1]
    for variants in sorted(clashes, key=lambda v: -len(next(iter(v)))):
        ranked = sorted(
            variants,
            key=lambda order: (
                -_weight(order, pairs, variants),
                variants[order][0].segment,
                variants[order][0].start,
            ),
        )
        best = ranked[0]
        for order in ranked[1:]:
            if not _scrambles(best, order):
                continue
            for place in (_from_difference(p, best, order) for p in variants[order]):
                if any(place.start < b and a < place.end for a, b in taken[place.segment]):
                    continue
                taken[place.segment].append((place.start, place.end))
                kept = _from_difference(variants[best][0], best, order).surface
                yield Finding(
                    place,
                    f"The same words stand in another order elsewhere in this article: “{kept}”.",
                    0.75 if len(order) > SHORTEST else 0.6,
                    kept,
                )


def _phrase(lower: tuple[str, ...], text: str) -> bool:
    if lower[0] in SMALL or lower[-1] in SMALL or any(mark in text for mark in ',;:.()“”"—!?'):
        return False
    content = [word for word in lower if word not in SMALL]
    return (len(content) >= SHORTEST and len(set(lower)) == len(lower)) or (
        len(content) >= 4 and len(set(content)) == len(content)
    )


def _scrambles(best: tuple[str, ...], order: tuple[str, ...]) -> bool:
    """Whether two orders differ in two neighbours alone, and neither is a word that joins."""
    start = next(i for i, (a, b) in enumerate(zip(best, order, strict=True)) if a != b)
    end = len(best) - next(i for i, (a, b) in enumerate(zip(best[::-1], order[::-1], strict=True)) if a != b)
    return end - start == 2 and not any(word in SMALL for word in best[start:end])


def _from_difference(place: Place, best: tuple[str, ...], order: tuple[str, ...]) -> Place:
    """The place from the first word on that the two orders do not share."""
    shared = next(i for i, (a, b) in enumerate(zip(best, order, strict=True)) if a != b)
    start = words(place.surface)[shared].start
    return Place(place.segment, place.start + start, place.end, place.surface[start:])


def _weight(
    order: tuple[str, ...], pairs: Counter[tuple[str, str]], variants: dict[tuple[str, ...], list[Place]]
) -> float:
    """How much the rest of the article speaks for an order: its places, and its neighbours seen elsewhere."""
    own = len(variants[order])
    around = sum(
        pairs[pair] - own for pair in itertools.pairwise(order) if pair[0] not in SMALL and pair[1] not in SMALL
    )
    return 2 * own + around
