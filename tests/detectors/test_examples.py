"""Every detector does on its own examples what it says beside them."""

from __future__ import annotations

import pytest

from review.detectors import Context, Detector, Example, detectors
from review.model import CATEGORIES, SEVERITIES, Article, Code, Segment
from review.text import embedding


def article(example: Example) -> Article:
    """The article that an example describes, its segments numbered from 0."""
    sources = example.sources or (None,) * len(example.targets)
    references = example.references or ((),) * len(example.targets)
    alternatives = example.alternatives or ((),) * len(example.targets)
    for side in (sources, references, alternatives):
        assert len(side) == len(example.targets), "an example needs as many of each side as targets, or none"
    return Article(
        name="example",
        segments=tuple(
            Segment(
                target,
                str(number),
                source=source,
                references=given,
                alternatives=others,
                order=number,
                codes=tuple(map(Code, example.codes)),
            )
            for number, (target, source, given, others) in enumerate(
                zip(example.targets, sources, references, alternatives, strict=True)
            )
        ),
        source_language=example.source_language,
        target_language=example.target_language,
    )


def context(detector: Detector, subject: Article) -> Context:
    """What a detector needs: a model of sentences, or, where it surveys batches, the article as a batch of its own."""
    if "embed" in detector.needs:
        if not embedding.available()[0]:
            pytest.skip(embedding.available()[1])
        return Context(embed=embedding.load())
    if "survey" not in detector.needs:
        return Context()
    return Context(statistics={detector.name: detector.merge(None, detector.survey(subject))})


CASES = [
    pytest.param(detector, example, id=f"{name}-{number}")
    for name, detector in detectors().items()
    if name != "terminology"  # its examples need the termbase; see test_terminology.py
    for number, example in enumerate(detector.examples)
]


@pytest.mark.parametrize(("detector", "example"), CASES)
def test_an_example_is_flagged_as_it_says(detector: Detector, example: Example) -> None:
    subject = article(example)
    texts = {segment.id: segment for segment in subject.segments}
    flags = list(detector.detect(subject, context(detector, subject)))
    surfaces = []
    for flag in sorted(flags, key=lambda f: (int(f.segment), f.start, f.end)):
        text = texts[flag.segment].text if flag.side == "target" else texts[flag.segment].source or ""
        assert 0 <= flag.start <= flag.end <= len(text)
        surfaces.append(text[flag.start : flag.end])
        assert flag.category in CATEGORIES
        assert flag.subcategory in ("", *CATEGORIES[flag.category])
        assert flag.severity in SEVERITIES
        assert 0 < flag.confidence <= 1
        assert flag.message.endswith((".", "?"))
        assert "\n" not in flag.message
        assert flag.side == "source" or surfaces[-1] not in flag.suggestions, "a suggestion must change something"
    assert tuple(surfaces) == example.flags


@pytest.mark.parametrize("detector", detectors().values(), ids=list(detectors()))
def test_a_detector_says_what_it_is(detector: Detector) -> None:
    assert detectors()[detector.name] is detector
    assert detector.title
    assert detector.advice.endswith(".")
    assert detector.category in CATEGORIES
    assert detector.needs <= {"source", "references", "alternatives", "terms", "survey", "embed"}


@pytest.mark.parametrize("detector", detectors().values(), ids=list(detectors()))
def test_a_detector_shows_ten_cases_and_as_many_sides(detector: Detector) -> None:
    flagged = [example for example in detector.examples if example.flags]
    clean = [example for example in detector.examples if not example.flags]
    assert len(flagged) >= 10 or detector.name == "terminology"
    assert len(clean) >= 4 or detector.name == "terminology"


STRANGE = (
    "",
    " ",
    "\n",
    "\x00",
    "💥",
    "的",
    "a",
    "((((",
    "\u202eoverride\u202c",
    "e\u0301e\u0301 e\u0301e\u0301",
    "的 the the ，，１２３ & amp; <b>[ad_1]</b> 1,2,3 41 million 💥💥",
    "\ufeff\u200b\u2028\u0085",
)

CLEAN = (
    "The port of Rizhao lies on the Yellow Sea.",
    "\u201cWe don\u2019t know yet,\u201d she said; nobody did.",
    "He wrote \\d+ and (a|b)* on the board.",
    "Ann\u2019s family name is O\u2019Neil\u2013Søren; naïve readers mispronounce it.",
)
"""Good English with signs that trip careless patterns; nothing may be flagged."""


@pytest.mark.parametrize("text", STRANGE)
@pytest.mark.parametrize("detector", detectors().values(), ids=list(detectors()))
def test_flags_on_strange_text_lie_within_it_and_are_told_apart(detector: Detector, text: str) -> None:
    sides = {"target": text, "source": text}
    subject = Article("x", (Segment(text, "1", source=text),), source_language="zh", target_language="en")
    flags = list(detector.detect(subject, context(detector, subject)))
    assert len({flag.id for flag in flags}) == len(flags)
    for flag in flags:
        assert (flag.segment, flag.detector, flag.version) == ("1", detector.name, detector.version)
        assert 0 <= flag.start <= flag.end <= len(sides[flag.side])


@pytest.mark.parametrize("text", CLEAN)
@pytest.mark.parametrize("detector", detectors().values(), ids=list(detectors()))
def test_good_text_is_not_flagged(detector: Detector, text: str) -> None:
    subject = Article("x", (Segment(text, "1"),), source_language="zh", target_language="en")
    assert list(detector.detect(subject, Context())) == []
