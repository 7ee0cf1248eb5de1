"""One name or term rendered in two ways within an article."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from review.detectors._article import closed, english
from review.detectors._similar import close, renderings, same_letters, shared_source
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag
from review.text.tokens import Token, words

SMALL = frozenset(
    "a an the of to in on at by for with from and or but as is are was were be been it its this that these "
    "those he she they we "
    "i his her their our you not no has have had will would can could than then so if when while which who "
    "what how all more most should must may might do does did shall".split()
)
JOINING = frozenset(
    {
        "and",
        "or",
        "as",
        "to",
        "than",
        "by",
        "from",
        "between",
        "not",
        "for",
        "is",
        "are",
        "was",
        "were",
        "with",
        "on",
        "in",
    }
)
LONGEST, SHORTEST = 8, 3
NAME = re.compile(r"[A-Z][a-zé]+(?:[-’'][A-Za-z][a-z]+)?(?:\s[A-Z][a-zé]+(?:[-’'][A-Za-z][a-z]+)?){1,2}")
NOT_NAMES = frozenset(
    "the this that in on at for with from and or but as it he she they we his her their our a an of to by mr "
    "mrs ms dr new north "
    "south east west northern southern eastern western january february march april may june july august "
    "september october november "
    "december monday tuesday wednesday thursday friday saturday sunday first second third".split()
)


@dataclass(frozen=True, slots=True)
class Place:
    """Words ``[first, last]`` of a segment: where a phrase stands."""

    segment: int
    start: int
    end: int
    surface: str


class Inconsistent(Detector):
    name = "inconsistent"
    title = "Inconsistent rendering"
    advice = "One thing keeps one name throughout an article; readers take two names for two things."
    source = "MQM Core typology, terminology/inconsistent use of terminology"
    category = "terminology"
    subcategory = "inconsistent use of terminology"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article):
            return
        texts = [words(segment.text) for segment in article.segments]
        yield from self._scrambled(article, texts)
        yield from self._names(article)
        yield from self._capitals(article, texts)

    def _scrambled(self, article: Article, texts: list[list[Token]]) -> Iterator[Flag]:
        """The same words in another order: “cloud data platform”, “data cloud platform”."""
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
                    yield self.flag(
                        article.segments[place.segment],
                        place.start,
                        place.end,
                        f"The same words stand in another order elsewhere in this article: “{kept}”.",
                        confidence=0.75 if len(order) > SHORTEST else 0.6,
                        suggestions=(kept,),
                    )

    def _names(self, article: Article) -> Iterator[Flag]:
        """Two spellings of one name: “Li Xiaoming”, “Li Xiao Ming”, “Li Xiaomin”."""
        found: dict[str, list[Place]] = defaultdict(list)
        for number, segment in enumerate(article.segments):
            for match in NAME.finditer(segment.text):
                start, surface = match.start(), match.group()
                parts = surface.split()
                while parts and parts[0].lower() in NOT_NAMES:
                    start += len(parts[0]) + 1
                    parts = parts[1:]
                if len(parts) >= 2:
                    surface = segment.text[start : match.end()]
                    found[surface].append(Place(number, start, match.end(), surface))
                if len(parts) == 3 and _opens(segment.text, start):  # "Then Li Ming": the first word may be no name
                    start += len(parts[0]) + 1
                    surface = segment.text[start : match.end()]
                    found[surface].append(Place(number, start, match.end(), surface))
        yield from self._people(article, found)
        names = sorted(found, key=lambda name: (-len(found[name]), found[name][0].segment, found[name][0].start))
        for kept, other in _alike(names):
            same, near = same_letters(kept, other), close(kept, other)
            if _both(found[kept], found[other], near and not same):
                continue
            shared = shared_source(
                article.segments, [p.segment for p in found[kept]], [p.segment for p in found[other]]
            )
            if near and not same and shared is None:
                continue
            for place in found[other]:
                because = f", which the source writes “{shared}” both times" if shared else ""
                yield self.flag(
                    article.segments[place.segment],
                    place.start,
                    place.end,
                    f"“{other}” is spelt “{kept}” elsewhere in this article{because}.",
                    confidence=0.85 if (same and not _only_case(kept, other)) or shared else 0.6 if same else 0.55,
                    suggestions=(kept,),
                )

    def _people(self, article: Article, found: dict[str, list[Place]]) -> Iterator[Flag]:
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
                yield self.flag(
                    article.segments[number],
                    place.start,
                    place.end,
                    f"The source's “{person}” is “{surface}” here and “{kept}” elsewhere in this article.",
                    severity="major",
                    confidence=0.8,
                    suggestions=(kept,),
                )

    def _capitals(self, article: Article, texts: list[list[Token]]) -> Iterator[Flag]:
        """One term with and without capitals: “Digital Economy”, “digital economy”."""
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
                if _opens(text, left.start) or _longer_name(text, tokens, at):
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
                    yield self.flag(
                        article.segments[place.segment],
                        place.start,
                        place.end,
                        f"“{form}” is written “{ranked[0]}” {len(variants[ranked[0]])} times in this article.",
                        confidence=0.5,
                        suggestions=(ranked[0],),
                    )

    examples = (
        Example(
            ("A smart city brain project began.", "The city smart brain project is new."), ("city smart brain project",)
        ),
        Example(
            (
                "They want the green energy hub of the north.",
                "It is the energy green hub of the north. Green energy pays.",
            ),
            ("energy green hub of the north",),
        ),
        Example(
            (
                "The national grain reserve system is old.",
                "Reform of the grain national reserve system, a national grain task, is due.",
            ),
            ("grain national reserve system",),
        ),
        Example(("Wang Xiaoming spoke. Wang Xiaoming left.", "Wang Xiao Ming came back."), ("Wang Xiao Ming",)),
        Example(("Liu Hai-yan won. Later Liu Haiyan thanked all; Liu Haiyan wept.",), ("Liu Hai-yan",)),
        Example(
            ("Zhang Weiguo spoke.", "Zhang Weiguo came back.", "Then Zhang Weigo sat down."),
            ("Zhang Weigo",),
            ("张卫国讲话。", "张卫国回来了。", "随后张卫国坐下。"),
        ),
        Example(
            ("The digital economy grew. The digital economy leads.", "They back the Digital Economy in cities."),
            ("Digital Economy",),
        ),
        Example(
            (
                "We need rural roads. Rural roads pay, and rural roads last.",
                "The plan names Rural Roads first; rural roads again.",
            ),
            ("Rural Roads",),
        ),
        Example(
            ("Chen Meiling sang.", "Later Chen Meilin danced."),
            ("Chen Meilin",),
            ("陈美玲唱歌。", "后来陈美玲跳舞。"),
        ),
        Example(
            ("Sun Guodong is chair.", "Sun Guo-dong resigned.", "Sun Guodong returned."),
            ("Sun Guo-dong",),
        ),
        Example(
            ("The high speed rail network grew.", "The speed high rail network is long, as high speed trains show."),
            ("speed high rail network",),
        ),
        Example(
            ("Xu Jianguo spoke.", "The guests met Xu Jianjun.", "Xu Jianguo thanked them."),
            ("Xu Jianjun",),
            ("许建国讲话。", "来宾会见了许建国。", "许建国表示感谢。"),
        ),
        Example(
            ("Ma Ying spoke.", "The guests met Ma Hong."),
            (),
            ("马英讲话。", "来宾会见了马红。"),
        ),
        Example(("China and Japan met. Japan and China agreed.",)),
        Example(("The growth of trade and the trade of growth stocks differ.",)),
        Example(("Li Ming met Li Ning.", "Li Ning left with Li Ming.")),
        Example(("Prime Minister Modi spoke.", "The prime minister left, and the prime minister slept.")),
        Example(("Economic development matters.", "We want economic development.")),
        Example(
            ("Zhang Wei spoke first.", "Then Zhang Mei spoke."),
            (),
            ("张伟先讲话。", "然后张梅讲话。"),
        ),
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
    return end - start == 2 and not any(word in JOINING or word in SMALL for word in best[start:end])


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


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip(" “\"'(‘")
    return not before or before[-1] in ".!?:;"


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


DETECTOR = Inconsistent()
