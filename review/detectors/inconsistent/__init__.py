"""One name or term rendered in two ways within an article."""

from __future__ import annotations

from collections.abc import Iterator

from review.detectors._article import english
from review.detectors.base import Context, Detector
from review.detectors.inconsistent.capitals import capitals
from review.detectors.inconsistent.examples import EXAMPLES
from review.detectors.inconsistent.names import misspelt
from review.detectors.inconsistent.orders import scrambled
from review.model import Article, Flag
from review.text.tokens import words


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
        taken: dict[int, set[int]] = {}
        for finding in (*scrambled(article, texts), *misspelt(article), *capitals(article, texts)):
            place = finding.place
            covered = taken.setdefault(place.segment, set())
            if not covered.isdisjoint(range(place.start, place.end)):
                continue
            covered.update(range(place.start, place.end))
            yield self.flag(
                article.segments[place.segment],
                place.start,
                place.end,
                finding.message,
                severity=finding.severity,
                confidence=finding.confidence,
                suggestions=(finding.kept,),
            )

    examples = EXAMPLES


DETECTOR = Inconsistent()
