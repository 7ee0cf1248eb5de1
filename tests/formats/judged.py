"""Articles with what raters said of them, drawn at random: what every evaluation format must give back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from review.formats.base import Options
from review.formats.study import Study
from review.model import CATEGORIES, SEVERITIES, Article, ErrorSpan, Segment

WORDS = (
    "Haier",
    "grew",
    "in",
    "Qingdao",
    "卡奥斯",
    "😀",
    "𠮷",
    "«so»",
    "a,b",
    '"q"',
    "<v",
    "&amp;",
    "'=x",
    "=1",
    "\u2028",
)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
LOOSE = st.builds("{}{}{}".format, st.sampled_from(["", " "]), TEXTS, st.sampled_from(["", " ", "\nand more"]))
NAMES = st.sampled_from(["rater1", "Ann, B.", "r 2", "评审"])
KINDS = st.sampled_from(
    [
        ("", ""),
        ("", "Other"),
        ("accuracy", "Omission (Translation 2)"),
        ("style", "unnatural or awkward"),
        *((main, sub) for main, subs in CATEGORIES.items() for sub in ("", *subs)),
    ]
)


@st.composite
def articles(draw: st.DrawFn, texts: st.SearchStrategy[str] = LOOSE, *, numbers: bool = True) -> list[Article]:
    """One to three articles, as the readers make them. ``numbers``: with ratings, else only who found no error."""
    study = Study(Options(source_language="zh", target_language="en"))
    keys = draw(
        st.lists(st.tuples(st.sampled_from(["port", "news.1", "a b"]), NAMES), min_size=1, max_size=3, unique=True)
    )
    for document, system in keys:
        for number in range(1, draw(st.integers(1, 3)) + 1):
            segment = Segment(draw(texts), name=f"{number}:{number + 3}", source=draw(texts))
            seat = study.put(document, system, segment.name, segment)
            for rater in draw(st.lists(NAMES, max_size=3, unique=True)):
                spans = draw(st.integers(0, 2))
                if numbers:
                    seat.rate(rater, draw(st.none() | st.integers(0, 100).map(float) | st.just(33.5)))
                elif not spans:
                    seat.rate(rater, None)
                for _ in range(spans):
                    seat.mark(first := draw(span(segment, rater)))
                    if first.end and draw(st.integers(0, 3)) == 3:
                        seat.mark(other(first), 1)
    return list(study.made())


@st.composite
def span(draw: st.DrawFn, segment: Segment, rater: str) -> ErrorSpan:
    side = draw(st.sampled_from(["target", "target", "source"]))
    text = segment.hypothesis if side == "target" else segment.source or ""
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    category, subcategory = draw(KINDS)
    severity, note = draw(st.sampled_from(SEVERITIES)), draw(st.sampled_from(["", "too weak", "看"]))
    kind = draw(st.sampled_from(["span", "span", "span", "whole", "missing"]))
    if kind != "span":
        side, start, end = "target", 0, 0
    return ErrorSpan("", "", start, end, category, severity, rater, side, subcategory, note, missing=kind == "missing")


def other(before: ErrorSpan) -> ErrorSpan:
    """One more place of the same error, on the other side."""
    side = "source" if before.side == "target" else "target"
    return replace(before, side=side, start=0, end=1)


def bare(found: list[Article]) -> list[Article]:
    """Articles without where their segments stood in a file, for comparing; ratings in one order."""
    return [
        replace(
            article,
            segments=tuple(replace(segment, locators=()) for segment in article.segments),
            spans=tuple(sorted(article.spans, key=lambda one: (int(one.segment), one.rater))),
            ratings=tuple(sorted(article.ratings, key=lambda one: (int(one.segment), one.rater))),
        )
        for article in found
    ]


def told(found: list[Article]) -> list[object]:
    """What was said, whatever the numbers of errors are: spans of one error together, in the file's order."""
    made: list[object] = []
    for article in bare(found):
        errors: dict[tuple[str, str], list[ErrorSpan]] = {}
        for one in article.spans:
            errors.setdefault((one.segment, one.error), []).append(replace(one, id=""))
        made.append((replace(article, spans=()), [sorted(parts, key=str) for parts in errors.values()]))
    return made
