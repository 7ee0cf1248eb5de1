"""Flagging runs every detector, survives those that fail, and says one thing once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from review.detectors import Context, detectors
from review.detectors.base import Detector, Example
from review.model import SEVERITIES, Article, Correction, Flag, Segment, Standing, Standings
from review.steps import flagging


def article(*texts: str, **fields: str) -> Article:
    return Article(name="a", segments=tuple(Segment(hypothesis=text) for text in texts), target_language="en", **fields)


def flag(start: int, end: int, **fields: object) -> Flag:
    values: dict[str, object] = {
        "id": f"{start}-{end}",
        "segment": "0",
        "start": start,
        "end": end,
        "detector": "x",
        "category": "style",
        "severity": "minor",
        "confidence": 0.5,
        "message": "A reason.",
    }
    return Flag(**{**values, **fields})  # type: ignore[arg-type]


def test_flags_come_in_reading_order_from_several_detectors() -> None:
    found, failures = flagging.detect(article("The the port opened.", "[ad_1]", "It cost 5million yuan , they said."))
    assert failures == []
    assert [(f.segment, f.detector) for f in found] == [
        ("0", "doubled"),
        ("1", "leftovers"),
        ("2", "punctuation"),
        ("2", "punctuation"),
    ]


def test_segments_without_ids_are_numbered_and_those_with_ids_keep_them() -> None:
    assert [s.id for s in flagging.identified(article("a", "b")).segments] == ["0", "1"]
    named = Article(name="a", segments=(Segment("x", id="9"), Segment("y", id="7")))
    assert flagging.identified(named) is named
    twice = Article(name="a", segments=(Segment("x", id="9"), Segment("y", id="9")))
    assert [s.id for s in flagging.identified(twice).segments] == ["0", "1"]


class Broken(Detector):
    name = "broken"
    title = advice = source = ""
    category = "style"
    examples: tuple[Example, ...] = ()

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        yield self.flag(article.segments[0], 0, 1, "Said before it fails.")
        raise ValueError("no such thing")


def test_a_detector_that_fails_is_named_and_the_others_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {"broken": Broken(), "doubled": detectors()["doubled"]}
    monkeypatch.setattr(flagging, "detectors", lambda: both)
    found, failures = flagging.detect(article("The the port opened."))
    assert [f.detector for f in found] == ["doubled"]
    assert failures == ["The detector broken failed in the article 'a': ValueError: no such thing"]


def test_only_the_detectors_asked_for_run() -> None:
    found, _ = flagging.detect(article("The the port opened , at last."), only=["punctuation"])
    assert {f.detector for f in found} == {"punctuation"}


def test_a_detector_that_needs_a_source_is_silent_without_one() -> None:
    without = article("It sold 3.5 million cars.", source_language="zh")
    assert not flagging.served(detectors()["numbers"], without, Context())
    segments = (replace(without.segments[0], source="售出3.5万辆。"),)
    assert flagging.served(detectors()["numbers"], replace(without, segments=segments), Context())


def test_a_hopeless_segment_gets_a_hundred_flags_of_one_kind_at_most() -> None:
    found, _ = flagging.detect(article("Well ,then " * 500, "A ,b"), only=["punctuation"])
    counts = [len(group) for group in flagging.by_segment(article("x", "y"), found)]
    assert counts == [flagging.MOST, 1]


def test_a_deleted_segment_is_passed_over() -> None:
    gone = Segment(hypothesis="The the port.", correction=Correction("The the port.", deleted=True))
    found, _ = flagging.detect(Article(name="a", segments=(gone, Segment("A a port opened.")), target_language="en"))
    assert {f.segment for f in found} <= {"1"}


def test_nothing_is_said_of_words_that_are_to_be_deleted() -> None:
    text = article("Source: Port Daily ,  Port Net")
    outer = flag(0, 30, suggestions=("",), confidence=0.9)
    inner = flag(18, 20, suggestions=(",",))
    assert flagging.settle(flagging.identified(text), [inner, outer]) == [outer]


def test_a_doubtful_deletion_hides_nothing() -> None:
    text = flagging.identified(article("Source: Port Daily ,  Port Net"))
    outer = flag(0, 30, suggestions=("",), confidence=0.5)
    inner = flag(18, 20, suggestions=(",",))
    assert flagging.settle(text, [inner, outer]) == [outer, inner]


def test_the_same_advice_on_the_same_words_stands_once() -> None:
    text = flagging.identified(article("a port of call"))
    weak, strong = flag(2, 6, suggestions=("harbour",)), flag(2, 6, suggestions=("harbour",), confidence=0.8, id="s")
    assert flagging.settle(text, [weak, strong]) == [strong]


def test_a_remark_on_style_gives_way_to_a_term() -> None:
    text = flagging.identified(article("they exchanged speeches there"))
    style = flag(5, 23, suggestions=("spoke",))
    term = flag(5, 23, category="terminology", suggestions=("spoke in turn",), id="t")
    assert flagging.settle(text, [style, term]) == [term]


def test_risk_is_between_nothing_and_one() -> None:
    assert flagging.risk([]) == 0
    assert 0 < flagging.risk([flag(0, 1)]) < 1
    assert flagging.risk([flag(0, 1, severity="critical", confidence=1.0)] * 20) <= 1


def test_risk_rises_with_number_severity_and_confidence() -> None:
    one = flagging.risk([flag(0, 1)])
    assert flagging.risk([flag(0, 1), flag(2, 3)]) > one
    assert flagging.risk([flag(0, 1, confidence=0.9)]) > one
    by_severity = [flagging.risk([flag(0, 1, severity=severity)]) for severity in SEVERITIES]
    assert by_severity == sorted(by_severity)
    assert len(set(by_severity)) == len(SEVERITIES)


def test_a_deleted_segment_has_no_risk() -> None:
    gone = Segment(hypothesis="x", correction=Correction("x", deleted=True))
    assert flagging.risk([flag(0, 1)], gone) == 0


def test_a_demoted_detectors_flags_are_given_as_made_but_weigh_as_shown() -> None:
    subject = article("The the port.", "Fine.")
    version = detectors()["doubled"].version
    held = Standings({"doubled": Standing("doubled", "demoted", version, 20, 20, 0)})
    before, after = flagging.judge(subject), flagging.judge(subject, held=held)
    assert after.flags == before.flags
    assert 0 < after.risks["0"] < before.risks["0"] / 10
    assert after.risks["1"] == 0


def test_judges_flags_raise_a_risk_that_was_known_before() -> None:
    subject = flagging.identified(article("The port.", "Fine."))
    heard = [flag(0, 3, detector="llm", category="accuracy", severity="major")]
    found, risks = flagging.with_judges(subject, [], {"0": 0.4, "1": 0.2}, heard)
    assert found == heard
    assert risks == {"0": pytest.approx(1 - 0.6 * 0.75), "1": 0.2}
    assert flagging.with_judges(subject, [], {"0": 0.4}, []) == ([], {"0": 0.4})


def test_flags_are_grouped_by_segment_in_the_articles_order() -> None:
    subject = article("The the port.", "Fine.", "A a port opened.")
    found, _ = flagging.detect(subject, only=["doubled"])
    assert [len(group) for group in flagging.by_segment(subject, found)] == [1, 0, 1]


def test_a_flag_keeps_its_identity_when_made_again() -> None:
    subject = article("The the port opened to to guests.")
    first, _ = flagging.detect(subject)
    second, _ = flagging.detect(subject)
    assert [f.id for f in first] == [f.id for f in second]
    assert len({f.id for f in first}) == len(first)


def test_two_opinions_on_the_same_words_become_one_flag_with_the_suggestions_of_both() -> None:
    one = flagging.identified(article("The Kaos grew."))
    sure = flag(4, 8, message="Sure.", category="terminology", confidence=0.9, suggestions=("COSMOPlat",))
    unsure = flag(4, 8, id="b", message="Unsure.", category="terminology", suggestions=("Chaos", "COSMOPlat"))
    (kept,) = flagging.settle(one, [unsure, sure])
    assert (kept.message, kept.suggestions) == ("Sure.", ("COSMOPlat", "Chaos"))


def test_what_is_read_first_is_the_riskiest_text_up_to_a_fifth_of_the_article() -> None:
    texts = ["x" * 10, "x" * 100, "x" * 30, "x" * 60]
    assert flagging.read_first([0.5, 0.9, 0.9, 0.1], texts) == {0, 2}
    assert flagging.read_first([0.0, 0.9, 0.0, 0.0], texts) == {1}, "one at least"
    assert flagging.read_first([0.0] * 4, texts) == set()
