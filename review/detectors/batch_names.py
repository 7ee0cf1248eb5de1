"""A name of the source that the batch renders in one way, and this segment in another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from review.detectors._article import english
from review.detectors._evidence import MANY, from_chinese
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.names import Name, folded, known, names, similarity, vocabulary
from review.text.pinyin import reading_of, spelt
from review.text.source_names import chinese_names

LEAST = 2
"""Segments of the batch in which the majority's rendering must stand."""

SHARE = 0.6
"""Part of the source name's segments that must have it."""

OWN = 0.8
"""Part of the rendering's own segments in which the source name must stand, where it does not read like it."""

LIKE = 0.55
"""How like the usual rendering, or the source name's pinyin, another name must be to be taken for it, 0 to 1."""


def _example(source: str, renderings: tuple[str, ...], flags: tuple[str, ...] = ()) -> Example:
    """A batch in which one Chinese name is rendered so."""
    targets = tuple(f"Then the mayor met {name} in the hall." for name in renderings)
    return Example(targets, flags, tuple(f"市长随后会见了{source}。" for _ in renderings))


class BatchNames(Detector):
    name = "batch_names"
    title = "Name rendered otherwise in this batch"
    advice = "One person, place or firm keeps one name in all articles that are published together."
    source = "MQM Core typology, terminology/inconsistent use of terminology"
    category = "terminology"
    subcategory = "inconsistent use of terminology"
    needs = frozenset({"source", "survey"})

    def survey(self, article: Article) -> Any:
        """Segments by source name ("seen"), by English name ("names"), and by the two parted by a tab ("with")."""
        seen: dict[str, int] = {}
        shown: dict[str, int] = {}
        beside: dict[str, int] = {}
        if english(article) and from_chinese(article):
            for segment in article.segments:
                found = names(segment.hypothesis)[:MANY]
                for text in {name.text for name in found}:
                    shown[text] = shown.get(text, 0) + 1
                for source in _sources(segment, found):
                    seen[source] = seen.get(source, 0) + 1
                    for text in {name.text for name in found}:
                        key = f"{source}\t{text}"
                        beside[key] = beside.get(key, 0) + 1
        return {"seen": seen, "names": shown, "with": beside}

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        counts = context.statistics.get(self.name)
        if not counts or not english(article):
            return
        usual = _usual(counts)
        for segment in article.segments:
            if segment.source and segment.text.strip():
                yield from self._segment(segment, segment.source, usual)

    def _segment(self, segment: Segment, source: str, usual: dict[str, tuple[str, int]]) -> Iterator[Flag]:
        found = names(segment.text)[:MANY]
        words = vocabulary([segment.text])
        here = {term for term in usual if term in source}
        here -= {term for term in here if any(term != other and term in other for other in here)}
        spoken_for = {word for term in here for word in folded(usual[term][0])}
        for term in sorted(here):
            kept, times = usual[term]
            parts = set(folded(kept))
            if all(known(word, words) for word in parts):
                continue
            rivals = [
                (_likeness(name, kept, term), name)
                for name in found
                if not (spoken_for - parts) & set(name.words) and not parts >= set(name.words)
            ]
            likeness, name = max(rivals, key=lambda rival: rival[0], default=(0.0, None))
            if name is None or likeness < LIKE:
                continue
            yield self.flag(
                segment,
                name.start,
                name.end,
                f"{term} is “{kept}” in {times} segments of this batch, and “{name.text}” here.",
                severity="minor",
                confidence=0.75,
                suggestions=(kept,),
                evidence=f"{term}: {kept} ({times})",
            )

    examples = (
        _example("夏立言", ("Xia Liyan", "Xia Liyan", "Hsia Liyan"), ("Hsia Liyan",)),
        _example("赵春山", ("Zhao Chunshan", "Chiu Chun-shan", "Zhao Chunshan"), ("Chiu Chun-shan",)),
        _example("芳芳", ("Fang Fang", "Fang Fang", "Fangfang"), ("Fangfang",)),
        _example("李小明", ("Li Xiaoming", "Li Xiaoming", "Li Xiaomin"), ("Li Xiaomin",)),
        _example("王建国", ("Wang Chienkuo", "Wang Jianguo", "Wang Jianguo"), ("Wang Chienkuo",)),
        _example("杉杉", ("Shanshan", "Shanshan", "Sansan"), ("Sansan",)),
        _example("卡奥斯", ("Kaaosi", "Kaaosi", "Kaosi"), ("Kaosi",)),
        _example("卡尔扎伊", ("Karzai", "Karzai", "Kalzay"), ("Kalzay",)),
        _example("日照港", ("Rizhaogang", "Rizhaogang", "Rizhou Gang"), ("Rizhou Gang",)),
        _example("陈伟", ("Chen Wei", "Chen Wei", "Chen Way"), ("Chen Way",)),
        _example("夏立言", ("Xia Liyan", "Xia Liyan", "Xia")),
        _example("夏立言", ("Xia Liyan", "Xia Liyan", "Chairman Xia Liyan")),
        _example("夏立言", ("Xia Liyan", "Xia Liyan", "Barack Obama")),
        _example("叙利亚", ("Syria", "Syria", "Syrian")),
        _example("夏立言", ("Xia Liyan", "Hsia Liyan")),
    )


def _sources(segment: Segment, found: list[Name]) -> set[str]:
    """The names of a segment's source: told by their characters, or by an English name that reads as they do."""
    source = segment.source or ""
    read = {reading.text for name in found if (reading := reading_of(name.text, source, 0.85))}
    return set(sorted(text for text in chinese_names(source) | read if len(text) >= 2)[:MANY])


def _usual(counts: Any) -> dict[str, tuple[str, int]]:
    """Each source name's rendering in most of its segments, with their number; names without one are left out."""
    best: dict[str, tuple[int, float, str]] = {}
    for key, times in counts["with"].items():
        source, _, text = key.partition("\t")
        if times < LEAST or times < SHARE * counts["seen"].get(source, times):
            continue
        likeness = similarity("".join(folded(text)), spelt(source))
        if likeness < LIKE and times < OWN * counts["names"].get(text, times):
            continue  # it stands with other names as often
        best[source] = max(best.get(source, (0, 0.0, "")), (times, likeness, text))
    return {source: (text, times) for source, (times, _, text) in best.items()}


def _likeness(name: Name, kept: str, term: str) -> float:
    """How like a name is to the usual rendering or to the source name's pinyin, 0 to 1; 0 for an abbreviation."""
    if name.text.isupper() or kept.isupper():
        return 0.0
    said, reading = "".join(name.words), spelt(term)
    near = max(similarity(said, "".join(folded(kept))), similarity(said, reading))
    return near if said[0] in (folded(kept)[0][0], reading[0]) or near >= 0.75 else 0.0


DETECTOR = BatchNames()
