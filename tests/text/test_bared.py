"""Texts without inline codes, and the way back."""

from __future__ import annotations

import pytest

from review.model import Article, Code, Correction, ErrorSpan, Flag, Segment
from review.text.bared import BaredArticle, bare_article, bare_judged, bared

CODES = tuple(map(Code, ("<1>", "</1>", "<2/>", "<3/>")))


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Open <1>it</1> now", "Open it now"),
        ("Click <2/> now", "Click now"),
        ("Click <2/><3/> now", "Click now"),
        ("<2/> Click", "Click"),
        ("Click <2/>", "Click"),
        ("Click <2/>.", "Click ."),
        ("a  b <9/> c", "a  b <9/> c"),
        ("<1></1>", ""),
        ("", ""),
    ],
)
def test_codes_go_and_leave_no_doubled_space(text: str, bare: str) -> None:
    assert bared(CODES, text).text == bare


@pytest.mark.parametrize("text", ["𝒳 <1>it</1> <2/> now<3/>", "<2/> a", "b <2/>", "<1>a</1>"])
def test_each_place_of_the_bare_text_is_that_of_its_sign(text: str) -> None:
    found = bared(CODES, text)
    assert "".join(text[at] for at in found.places[:-1]) == found.text
    assert found.places[-1] == len(text)
    assert found.back(0, len(found.text)) == (found.places[0], found.places[-2] + 1)
    assert found.back(0, 0) == (found.places[0],) * 2


def flag(start: int, end: int, side: str = "target", subcategory: str = "") -> Flag:
    return Flag("f", "0", start, end, "d", "style", "minor", 0.5, "It is.", side=side, subcategory=subcategory)


def placed(text: str, *flags: Flag) -> list[tuple[int, int]]:
    article = Article("a", (Segment(text, "0", source="<1>源</1>", codes=CODES),))
    return [(one.start, one.end) for one in BaredArticle(article).back(flags)]


def test_a_flag_stands_on_its_words_again() -> None:
    assert placed("The <1>Kaos</1> platform", flag(4, 8), flag(4, 17)) == [(7, 11), (7, 24)]
    assert placed("<1>a</1>", flag(0, 1, side="source")) == [(3, 4)]


def test_signs_and_spaces_beside_a_code_are_no_matter() -> None:
    assert placed("Click <2/>.", flag(5, 7), flag(0, 5)) == [(0, 5)]


def test_words_doubled_about_a_code_that_stands_alone_are_not_doubled() -> None:
    doubled = flag(0, 7, subcategory="duplication")
    assert placed("the <2/> the", doubled) == []
    assert placed("the <1>the</1>", doubled) == [(0, 10)]


def test_every_text_of_an_article_is_bared() -> None:
    segment = Segment(
        "<1>h</1>", "0", source="<1>s</1>", references=("<1>r</1>",), alternatives=("<1>o</1>",),
        correction=Correction("<1>c</1>"), codes=CODES,
    )  # fmt: skip
    bare = bare_article(Article("a", (segment,))).segments[0]
    assert (bare.hypothesis, bare.source, bare.references, bare.alternatives, bare.text) == (
        "h", "s", ("r",), ("o",), "c",
    )  # fmt: skip
    assert bare.codes == ()


def test_an_article_without_codes_is_left_as_it_is() -> None:
    article = Article("a", (Segment("<1>a</1>", "0"),))
    assert bare_article(article) is article
    assert BaredArticle(article).back([flag(0, 2)]) == [flag(0, 2)]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(0, 4, "Open"), (5, 13, "it"), (8, 10, "it"), (8, 18, "it now"), (5, 8, "i"), (18, 22, "w"), (0, 0, "")],
)
def test_marks_stand_on_the_same_words_without_codes(start: int, end: int, words: str) -> None:
    mark = ErrorSpan("m", "0", start, end, "accuracy", "major", "r")
    article = Article("a", (Segment("Open <1>it</1> now<2/>", "0", codes=CODES),), spans=(mark,))
    bare = bare_judged(article)
    [found] = bare.spans
    assert bare.segments[0].hypothesis == "Open it now"
    assert "Open it now"[found.start : found.end] == words


def test_a_judged_article_without_codes_is_left_as_it_is() -> None:
    article = Article("a", (Segment("<1>a</1>", "0"),))
    assert bare_judged(article) is article
