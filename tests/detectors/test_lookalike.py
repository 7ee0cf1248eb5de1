"""A name that spells out characters is a notice, and none where the termbase knows the characters."""

from __future__ import annotations

from review.detectors import Context
from review.detectors.lookalike import DETECTOR
from review.model import Article, Concept, Segment, Term
from review.text.termbase import TermIndex

ARTICLE = Article(
    "a",
    (
        Segment("The platform Kaos helps firms.", "1", source="卡奥斯工业互联网平台助力企业。"),
        Segment("The platform Kaos grew.", "2", source="卡奥斯平台壮大。"),
    ),
    source_language="zh",
    target_language="en",
)


def test_a_lookalike_is_told_once_an_article_and_as_a_notice() -> None:
    (flag,) = DETECTOR.detect(ARTICLE, Context())
    assert (flag.segment, flag.severity, flag.confidence < 0.5) == ("1", "neutral", True)
    assert "check the official name" in flag.message


def test_the_termbase_silences_it() -> None:
    concept = Concept("1", terms=(Term("卡奥斯", "zh"), Term("COSMOPlat", "en")))
    assert list(DETECTOR.detect(ARTICLE, Context(terms=TermIndex([concept])))) == []
