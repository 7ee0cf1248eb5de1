"""The index over a termbase: what it finds, in which language, and which of overlapping terms stays."""

from __future__ import annotations

import pytest

from review.errors import InputError
from review.model import Concept, Term
from review.text.termbase import TermIndex, longest, primary

PARTY = Concept("city", (Term("市委副书记", "zh"), Term("deputy secretary of the municipal committee", "en")))
DEPUTY = Concept(
    "deputy", (Term("副书记", "zh"), Term("deputy secretary", "en"), Term("undersecretary", "en", "forbidden"))
)
INDEX = TermIndex([PARTY, DEPUTY])


def test_of_overlapping_terms_the_longest_stays() -> None:
    hits = INDEX.find("青岛市委副书记", "zh")
    assert [hit.term.text for hit in hits] == ["市委副书记", "副书记"]
    assert [hit.term.text for hit in longest(hits)] == ["市委副书记"]


def test_terms_that_stand_apart_all_stay() -> None:
    hits = longest(INDEX.find("市委副书记和县里的副书记", "zh"))
    assert [hit.term.text for hit in hits] == ["市委副书记", "副书记"]


def test_offsets_are_code_points_and_end_exclusive() -> None:
    text = "𠮷 the undersecretary"
    (hit,) = INDEX.find(text, "en")
    assert (hit.start, hit.end) == (6, 20)
    assert text[hit.start : hit.end] == "undersecretary"
    assert hit.wrong


def test_the_language_is_told_by_a_region_subtag_or_by_the_script() -> None:
    assert INDEX.languages == ("en", "zh")
    assert INDEX.find("副书记", "zh-Hans-CN")
    assert INDEX.find("副书记")
    assert INDEX.find("undersecretary")
    assert INDEX.find("副书记", "en") == []
    assert INDEX.find("undersecretary", "de") == []
    assert primary("ZH_hans") == "zh"


def test_a_term_that_is_only_proposed_is_not_found() -> None:
    index = TermIndex([Concept("x", (Term("Kaos", "en", "deprecated", accepted=False),))])
    assert index.find("Kaos", "en") == []


def test_an_empty_index_finds_nothing() -> None:
    index = TermIndex([])
    assert len(index) == 0
    assert index.find("Kaos", "en") == []


def test_words_are_looked_for_with_their_endings() -> None:
    assert INDEX.mentions("The parties met.", ("party", "mayor"))
    assert not INDEX.mentions("The partisans met.", ("party", "mayor"))


def test_a_pattern_is_found_beside_words_and_only_in_its_language() -> None:
    pattern = Term(r"ka(os|ossi)\b", "en", "forbidden", matching="pattern")
    index = TermIndex([Concept("k", (Term("卡奥斯", "zh"), Term("COSMOPlat", "en"), pattern))])
    text = "𠮷 COSMOPlat is no Kaos"
    assert [(hit.term.text, text[hit.start : hit.end]) for hit in index.find(text, "en-US")] == [
        ("COSMOPlat", "COSMOPlat"),
        (pattern.text, "Kaos"),
    ]
    assert index.find("Kaos", "de") == []
    assert index.find("Kaos")[0].wrong


def test_an_index_with_a_refused_pattern_is_not_made() -> None:
    with pytest.raises(InputError, match=r"\(\?<x\)"):
        TermIndex([Concept("k", (Term("(?<x)", "en", "forbidden", matching="pattern"),))])
