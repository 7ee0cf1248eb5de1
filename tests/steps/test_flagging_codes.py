"""Flags on texts with inline codes: about words, on their places, and about codes only where those are wrong."""

from __future__ import annotations

from review.model import Article, Code, Segment
from review.steps import flagging

CODES = tuple(map(Code, ("<1>", "</1>", "<2/>")))


def judged(text: str, source: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    article = Article("a", (Segment(text, "0", source=source, codes=CODES),), "", "zh", "en")
    found = flagging.judge(article, flagging.context(article))
    assert not found.failures
    return [
        (flag.detector, flag.side, (text if flag.side == "target" else source)[flag.start : flag.end], flag.suggestions)
        for flag in found.flags
        if flag.detector != "doubt"
    ]


def test_words_are_flagged_where_they_stand_among_the_codes() -> None:
    found = judged("The the <1>double cycle</1> is planned<2/>.", "规划<1>双循环</1><2/>。")
    assert ("terminology", "target", "double cycle") in [one[:3] for one in found]
    assert "codes" not in [one[0] for one in found]
    (doubled,) = (one for one in found if one[0] == "doubled")
    assert doubled[2] == "The the"


def test_codes_are_no_numbers_no_markup_and_no_leftovers() -> None:
    plain = judged("The port has 12 berths now.", "港口现有12个泊位。")
    coded = judged("The <1>port</1> has 12 <2/> berths now.", "<1>港口</1>现有12<2/>个泊位。")
    assert coded == plain


def test_a_code_that_the_machine_lost_is_flagged_and_raises_the_risk() -> None:
    found = judged("The port opens.", "<1>港口</1>开放<2/>")
    assert [one for one in found if one[0] == "codes"] == [
        ("codes", "target", "", ("<1>",)),
        ("codes", "target", "", ("<2/>",)),
        ("codes", "source", "</1>", ()),
    ]
    article = Article("a", (Segment("The port opens.", "0", source="<1>港口</1>", codes=CODES),), "", "zh", "en")
    assert flagging.judge(article).risks["0"] > 0.4
