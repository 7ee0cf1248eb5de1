"""Rated articles small enough to count by hand, and an MQM file."""

from __future__ import annotations

from typing import Any

from review.model import Article, ErrorSpan, Flag, Rated, Segment
from review.steps.evaluating import measuring
from review.steps.evaluating.learning import Outcome

WORDS = "aa bb cc dd"


def span(start: int, end: int, rater: str, severity: str = "major", **more: Any) -> ErrorSpan:
    side = more.pop("side", "target")
    key = f"{rater}{start}{side}"
    return ErrorSpan(key, more.pop("segment", "0"), start, end, "accuracy", severity, rater, side, **more)


def flag(start: int, end: int, confidence: float = 0.5, **more: Any) -> Flag:
    values = {"segment": "0", "detector": "numbers", "category": "accuracy", "severity": "major", **more}
    return Flag(f"{start}-{end}", start=start, end=end, confidence=confidence, message="So.", **values)


def rated(*spans: ErrorSpan, document: str = "d", system: str = "A", raters: tuple[str, ...] = ("r1", "r2")) -> Rated:
    segments = (Segment(WORDS, "0", source="甲乙丙丁"), Segment(WORDS, "1", source="甲乙丙丁", order=1))
    article = Article(document, segments, system, "zh", "en")
    return Rated(article, spans, {"0": raters, "1": raters}, document)


def values(figures: dict[str, measuring.Figure]) -> dict[str, float]:
    return {name: figure.value for name, figure in figures.items()}


OUTCOMES = [
    Outcome(
        rated(
            span(3, 5, "r1"),
            span(3, 8, "r2"),
            span(0, 2, "r1", "minor"),
            span(1, 2, "r1", side="source", subcategory="omission"),
            span(1, 3, "r2", side="source", subcategory="omission"),
        ),
        [
            flag(3, 5, 0.95),
            flag(9, 11, 0.4, detector="length", category="style"),
            flag(0, 2, side="source", subcategory="omission"),
            flag(3, 4, side="source", subcategory="mistranslation"),
        ],
        {"0": 0.8, "1": 0.3},
    ),
    Outcome(rated(document="e"), [flag(0, 2, 0.6, segment="1")], {"0": 0.1, "1": 0.6}),
]


MQM = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n" + "".join(
    f"A\td{number}\t1\t{number}\tr{rater}\t港口。\t<v>The the</v> port opened.\tAccuracy/Mistranslation\tMajor\n"
    for number in range(3)
    for rater in (1, 2)
)
