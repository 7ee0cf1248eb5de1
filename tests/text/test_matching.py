"""Phrases are found whole, with their endings and spelling variants, in scripts with and without spaces."""

from __future__ import annotations

import pytest

from review.model import Concept, Term
from review.text import matching
from review.text.termbase import TermIndex


def found(term: Term, text: str) -> list[str]:
    hits = TermIndex([Concept("x", (term,))]).find(text, term.language)
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("the double cycle of growth", "double cycle"),
        ("the Double Cycle of growth", "Double Cycle"),
        ("DOUBLE CYCLE", "DOUBLE CYCLE"),
        ("two double cycles", "double cycles"),
        ("a double-cycle economy", "double-cycle"),
        ("a double\u2011cycle economy", "double\u2011cycle"),
        ("a double\u00a0cycle economy", "double\u00a0cycle"),
        ("a double  cycle economy", "double  cycle"),
        ("“double cycle”", "double cycle"),
        ("the double cycle's end", "double cycle"),
        ("新的double cycle格局", "double cycle"),
    ],
)
def test_a_noun_phrase_is_found_in_all_its_forms(text: str, surface: str) -> None:
    assert found(Term("double cycle", "en"), text) == [surface]


@pytest.mark.parametrize(
    "text",
    [
        "redouble cycle",
        "double cyclery",
        "double, cycle",
        "double. Cycle",
        "double the cycle",
        "a cycle",
        "doublecycle",
    ],
)
def test_what_only_looks_like_it_is_not_found(text: str) -> None:
    assert found(Term("double cycle", "en"), text) == []


@pytest.mark.parametrize(
    "text",
    ["take part in", "takes part in", "took part in", "taking part in", "taken part in", "Took part in"],
)
def test_a_verb_is_found_in_all_its_tenses(text: str) -> None:
    assert found(Term("to take part in", "en"), text) == [text]


def test_a_name_takes_no_plural_and_an_exact_term_no_other_case() -> None:
    assert found(Term("Kaos", "en", part_of_speech="name"), "Kaos and kaos") == ["Kaos", "kaos"]
    assert found(Term("wave", "en", part_of_speech="name"), "waves") == []
    assert found(Term("Kaos", "en", matching="exact"), "kaos, Kaos") == ["Kaos"]
    assert found(Term("Wave", "en", matching="case"), "the wave, the Wave, two Waves") == ["Wave", "Waves"]


def test_words_written_apart_or_with_a_hyphen_are_found_where_the_term_joins_them() -> None:
    term = Term("undersecretary", "en")
    assert found(term, "Under-Secretaries met an under secretary") == ["Under-Secretaries", "under secretary"]


@pytest.mark.parametrize(("british", "american"), [("data centre", "data center"), ("organisation", "organization")])
def test_british_and_american_spellings_meet(british: str, american: str) -> None:
    assert found(Term(american, "en"), f"a {british}") == [british]
    assert found(Term(british, "en"), f"{american}s") == [f"{american}s"]


def test_a_comma_counts_where_the_term_has_one() -> None:
    assert found(Term("small yard, high fence", "en"), "a small yard, high fence") == ["small yard, high fence"]
    assert found(Term("small yard, high fence", "en"), "a small yard high fence") == []


def test_chinese_needs_no_spaces_and_is_found_inside_longer_text() -> None:
    term = Term("副书记", "zh")
    assert found(term, "青岛市委副书记、市长赵某") == ["副书记"]
    assert found(term, "副 书记") == ["副 书记"]
    assert found(term, "副，书记") == []


def test_latin_letters_in_chinese_are_found_whole() -> None:
    term = Term("卡奥斯COSMOPlat", "zh")
    assert found(term, "海尔卡奥斯COSMOPlat平台") == ["卡奥斯COSMOPlat"]
    assert found(term, "海尔卡奥斯ＣＯＳＭＯＰｌａｔ平台") == ["卡奥斯ＣＯＳＭＯＰｌａｔ"]
    assert found(term, "海尔卡奥斯COSMOPlatform") == []


def test_a_name_slot_takes_up_to_three_capitalised_words_and_no_title() -> None:
    term = Term("the Group {name}", "en")
    assert found(term, "led the Group Hisense forward") == ["the Group Hisense"]
    assert found(term, "the Group Chairman spoke in the Group stage") == []
    assert "the Group Haier Smart Home" in found(term, "the Group Haier Smart Home plant")


@pytest.mark.parametrize(
    ("text", "start", "opens"),
    [
        ("Kaos grows.", 0, True),
        ("“Kaos” grows.", 1, True),
        ("It ends. Kaos grows.", 9, True),
        ("He said: “It ends.” Kaos grows.", 20, True),
        ("The Kaos platform", 4, False),
        ("Growth, Kaos says", 8, False),
        ("Line\nKaos", 5, True),
    ],
)
def test_the_place_where_a_sentence_opens_is_known(text: str, start: int, opens: bool) -> None:
    assert matching.opens_sentence(text, start) is opens


def test_a_headline_is_told_by_its_capitals() -> None:
    assert matching.titled("Double Cycle Drives Foreign Trade of Qingdao")
    assert not matching.titled("Double cycle drives foreign trade of Qingdao")
    assert not matching.titled("Haier Group")


def test_nothing_is_found_in_no_text() -> None:
    for text in ("", " ", "\n", "的", "💥", "\x00"):
        assert found(Term("double cycle", "en"), text) == []
