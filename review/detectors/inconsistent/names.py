"""Two spellings of one name: “Li Xiaoming”, “Li Xiao Ming”, “Li Xiaomin”."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from review.detectors.inconsistent.finding import Finding, Place, opens
from review.detectors.inconsistent.similar import close, renderings, same_letters, shared_source
from review.model import Article

NAME = re.compile(r"[A-Z][a-zé]+(?:[-’'][A-Za-z][a-z]+)?(?:\s[A-Z][a-zé]+(?:[-’'][A-Za-z][a-z]+)?){1,3}")
SINGLE = re.compile(r"(?<![\w'’-])[A-Z][A-Za-z]{5,}(?![\w'’-])")
NOT_NAMES = frozenset(
    "the this that in on at for with from and or but as it he she they we his her their our a an of to by mr mrs ms dr "
    "new north south east west northern southern eastern western january february march april may june july august "
    "september october november december monday tuesday wednesday thursday friday saturday sunday first second "
    "third".split()
)


def misspelt(article: Article) -> Iterator[Finding]:
    """Names that are spelt otherwise elsewhere in the article."""
    found = _found_names(article)
    yield from people_in_two_ways(article, found)
    names = sorted(found, key=lambda name: (-len(found[name]), found[name][0].segment, found[name][0].start))
    for kept, other in _alike(names):
        same, near = same_letters(kept, other), close(kept, other)
        if _both(found[kept], found[other], near and not same):
            continue
        shared = shared_source(article.segments, [p.segment for p in found[kept]], [p.segment for p in found[other]])
        if (near and not same and shared is None) or (kept.isupper() != other.isupper()):
            continue  # what stands in capitals all through is a matter of type
        for place in found[other]:
            because = f", which the source writes “{shared}” both times" if shared else ""
            yield Finding(
                place,
                f"“{other}” is spelt “{kept}” elsewhere in this article{because}.",
                0.85 if (same and not _only_case(kept, other)) or shared else 0.6 if same else 0.55,
                kept,
            )


def people_in_two_ways(article: Article, found: dict[str, list[Place]]) -> Iterator[Finding]:
    """One Chinese person whose given name comes out in two ways, told by the source."""
    if not any(segment.source for segment in article.segments):
        return
    places: dict[int, list[Place]] = defaultdict(list)
    for listed in found.values():
        for place in listed:
            places[place.segment].append(place)
    people = renderings(article.segments, {n: [p.surface for p in listed] for n, listed in places.items()})
    for person, by_segment in people.items():
        ranked = Counter(by_segment.values()).most_common()
        kept = ranked[0][0]
        for number, surface in by_segment.items():
            if surface == kept or close(kept, surface) or same_letters(kept, surface):
                continue
            place = next(p for p in places[number] if p.surface == surface)
            yield Finding(
                place,
                f"The source's “{person}” is “{surface}” here and “{kept}” elsewhere in this article.",
                0.8,
                kept,
                "major",
            )


def _found_names(article: Article) -> dict[str, list[Place]]:
    """Names of two or three words, and single ones that no sentence's beginning explains, with their places."""
    found: dict[str, list[Place]] = defaultdict(list)
    for number, segment in enumerate(article.segments):
        text = segment.text

        def add(start: int, end: int, number: int = number, text: str = text) -> None:
            found[text[start:end]].append(Place(number, start, end, text[start:end]))

        for match in NAME.finditer(text):
            start = match.start()
            parts = match.group().split()
            while parts and parts[0].lower() in NOT_NAMES:
                start += len(parts[0]) + 1
                parts = parts[1:]
            if len(parts) >= 2:
                add(start, match.end())
            if len(parts) == 3 and opens(text, start):  # "Then Li Ming": the first word may be no name
                add(start + len(parts[0]) + 1, match.end())
        for match in SINGLE.finditer(text):
            if not opens(text, match.start()) or not match.group()[1:].islower():
                add(*match.span())
    return found


def _alike(names: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of different names with the same first letter, which variants of a name share; earlier ones first."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for earlier in by_letter[name[0].lower()]:
            if same_letters(earlier, name) or close(earlier, name):
                yield earlier, name
        by_letter[name[0].lower()].append(name)


def _both(kept: list[Place], other: list[Place], strict: bool) -> bool:
    """Whether two near names stand in one segment, and so are more likely two people."""
    return strict and bool({place.segment for place in kept} & {place.segment for place in other})


def _only_case(kept: str, other: str) -> bool:
    return kept.lower() == other.lower()
