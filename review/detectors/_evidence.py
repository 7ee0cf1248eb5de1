"""What the detectors that compare with the source, a reference or other outputs share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from review.detectors._article import english
from review.model import Article, Segment
from review.text.matching import has_cjk
from review.text.names import Name, folded, known, names, similarity
from review.text.numbers import Quantity, plain, rounds
from review.text.numbers import english as english_quantities

MANY = 100
"""Names or values of one segment that are compared with as many others: more are no prose."""

LIKE = 0.6
"""How like two names must be (0 to 1) for one to be offered in place of the other."""


def from_chinese(article: Article) -> bool:
    """Whether the source is Chinese, said or told by its characters."""
    if article.source_language:
        return article.source_language.lower().replace("_", "-").split("-")[0] in ("zh", "yue", "zho", "cmn")
    return any(has_cjk(segment.source or "") for segment in article.segments[:50])


def sourced(article: Article) -> Iterator[tuple[Segment, str]]:
    """Each segment that is put from Chinese into English, with its source; nothing for other pairs."""
    if english(article) and from_chinese(article):
        for segment in article.segments:
            if segment.source and segment.text.strip():
                yield segment, segment.source


WORD = re.compile(r"[\w’'.&-]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name of a segment's translation that may be checked against other texts."""

    segment: Segment
    name: Name

    def odd(self, *texts: frozenset[str]) -> list[str]:
        """Its folded words that stand in none of the vocabularies."""
        words = self.name.words
        joined = {word for a, b in pairwise(words) if any(a + b in text for text in texts) for word in (a, b)}
        return [word for word in words if word not in joined and not any(known(word, text) for text in texts)]

    def part(self, odd: Iterable[str]) -> tuple[int, int]:
        """Where in the text the odd words stand, from the first to the last."""
        wanted = set(odd)
        places = [m.span() for m in WORD.finditer(self.name.text) if wanted & set(folded(m.group()))]
        return self.name.start + places[0][0], self.name.start + places[-1][1]


def candidates(article: Article) -> Iterator[Candidate]:
    """The names of the translation, but for single words that open a sentence and stand nowhere else with a capital."""
    found = [(segment, names(segment.text)) for segment in article.segments]
    within = {word for _, listed in found for name in listed if not name.opens for word in name.words}
    for segment, listed in found:
        for name in listed[:MANY]:
            words = name.words
            if words and not (name.opens and len(words) == 1 and words[0] not in within):
                yield Candidate(segment, name)


def counterpart(name: Name, texts: Iterable[str], besides: frozenset[str]) -> str:
    """The name in ``texts`` most like this one that the translation (its words: ``besides``) lacks, or ""."""
    best, found = LIKE, ""
    for text in texts:
        for other in names(text)[:MANY]:
            if all(known(word, besides) for word in other.words):
                continue
            likeness = similarity(" ".join(name.words), " ".join(other.words))
            if likeness > best:
                best, found = likeness, other.text
    return found if found != name.text else ""


@dataclass(frozen=True, slots=True)
class OddNumber:
    """A number of the translation that no other text has, and the number that stands there in its place."""

    here: Quantity
    there: Quantity


def odd_numbers(text: str, others: Iterable[str]) -> list[OddNumber]:
    """Numbers of ``text`` that none of ``others`` has, each with the unmatched number of another that it replaces.

    Values are compared, and every reading of a number. A number that nothing replaces is left out.
    """
    ours = english_quantities(text)
    theirs = [english_quantities(other) for other in others]
    readings = {value for listed in theirs for q in listed for value in q.readings}
    mine = {value for q in ours for value in q.readings}
    odd = [q for q in ours if q.firm and not q.readings & readings][: 2 * MANY]
    near = sorted(readings)[: 4 * MANY]
    odd = [q for q in odd if not any(rounds(v, q.value) for v in near)]
    spare = [q for listed in theirs for q in listed if q.firm and not q.readings & mine][:MANY]
    found, used = [], set[Fraction]()
    for quantity in odd[:MANY]:
        lost = [q for q in spare if q.value not in used and _comparable(q, quantity)]
        if lost:
            there = max(lost, key=lambda q: digits_shared(q.value, quantity.value))
            used.add(there.value)
            found.append(OddNumber(quantity, there))
    return found


def agreed_numbers(texts: Iterable[str]) -> set[Fraction]:
    """The values that every one of the texts has."""
    sets = [{value for q in english_quantities(text) for value in q.readings} for text in texts]
    return set.intersection(*sets) if sets else set()


def digits_shared(one: Fraction, other: Fraction) -> float:
    """How like two values are in their digits, 0 to 1, noughts at the ends aside."""
    return similarity(*(plain(value).replace(",", "").replace(".", "").strip("0") for value in (one, other)))


def _comparable(one: Quantity, other: Quantity) -> bool:
    return (one.kind == "percent") == (other.kind == "percent") and (one.kind == "digits") == (other.kind == "digits")


def tens_apart(one: Fraction, other: Fraction) -> str:
    """The power of ten between two values, in digits, or ""."""
    if not one or not other:
        return ""
    ratio = max(one, other) / min(one, other)
    power = 1
    while power < ratio:
        power *= 10
    return f"{power:,}" if power == ratio and power > 1 else ""
