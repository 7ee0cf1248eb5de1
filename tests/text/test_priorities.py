"""Termbases in order: a lower one does not undo what a higher one says of the same source term or rendering."""

from __future__ import annotations

from review.detectors import Context
from review.detectors.terminology import DETECTOR
from review.model import Article, Concept, Condition, Segment, Term
from review.text.priorities import settled
from review.text.termbase import TermIndex

ALONE = Condition(telling="alone")


def concept(name: str, source: str, right: str = "", wrong: str = "", *, instead: str = "") -> Concept:
    """A concept of cells parted by "|"."""
    terms = [Term(text, "zh", matching="exact") for text in source.split("|") if text]
    terms += [Term(text, "en", "admitted" if n else "preferred") for n, text in enumerate(right.split("|")) if text]
    for text in filter(None, wrong.split("|")):
        terms.append(Term(text, "en", "deprecated", condition=ALONE, instead=instead))
    return Concept(name, tuple(terms), termbase=name)


def advice(target: str, source: str, *ranked: list[Concept]) -> list[tuple[str, tuple[str, ...]]]:
    article = Article("a", (Segment(target, source=source, id="1"),), source_language="zh", target_language="en")
    context = Context(terms=TermIndex(settled(ranked)))
    return [(target[flag.start : flag.end], flag.suggestions) for flag in DETECTOR.detect(article, context)]


HIGH = concept("high", "双循环", "dual circulation", "twin circulation")


def test_a_rendering_that_the_higher_forbids_is_not_suggested_by_the_lower() -> None:
    low = concept("low", "双循环", "twin circulation|two circulations", "double cycle")
    assert advice("A double cycle.", "双循环。", [low]) == [("double cycle", ("twin circulation", "two circulations"))]
    assert advice("A double cycle.", "双循环。", [HIGH], [low]) == [
        ("double cycle", ("dual circulation", "two circulations"))
    ]
    assert advice("A twin circulation.", "双循环。", [HIGH], [low]) == [("twin circulation", ("dual circulation",))]


def test_the_order_decides() -> None:
    low = concept("low", "双循环", "twin circulation", "dual circulation")
    assert advice("A dual circulation.", "双循环。", [HIGH], [low]) == []
    assert advice("A dual circulation.", "双循环。", [low], [HIGH]) == [("dual circulation", ("twin circulation",))]


def test_of_two_that_call_the_same_words_wrong_the_higher_speaks() -> None:
    low = concept("low", "双循环", "two-way flow", "twin circulation")
    assert advice("A twin circulation.", "双循环。", [HIGH], [low]) == [("twin circulation", ("dual circulation",))]


def test_another_source_term_is_another_matter() -> None:
    low = concept("low", "双回路", "twin circulation", "double cycle")
    assert settled([[HIGH], [low]]) == [HIGH, low]
    assert advice("A double cycle.", "双回路。", [HIGH], [low]) == [("double cycle", ("twin circulation",))]


def test_a_higher_one_without_source_term_speaks_of_all() -> None:
    high = concept("high", "", "COSMOPlat", "Kaos")
    low = concept("low", "卡奥斯", "Kaos", "Chaos")
    assert advice("Chaos grew.", "卡奥斯成长。", [high], [low]) == [("Chaos", ("COSMOPlat",))]
    sourced = concept("high", "卡奥斯", "COSMOPlat", "Kaos")
    assert settled([[sourced], [concept("low", "", "Kaos", "Chaos")]])[1].terms[0].text == "Kaos"


def test_a_concept_that_shares_some_source_terms_is_parted() -> None:
    low = concept("low", "双循环|双回路", "twin loop", "double cycle")
    parts = settled([[HIGH], [low]])[1:]
    assert [(part.id, [term.text for term in part.terms]) for part in parts] == [
        ("low", ["双循环", "dual circulation", "twin loop", "double cycle"]),
        ("low/2", ["双回路", "twin loop", "double cycle"]),
    ]
    assert advice("A double cycle.", "双回路。", [HIGH], [low]) == [("double cycle", ("twin loop",))]


def test_a_replacement_of_its_own_gives_way_too() -> None:
    low = concept("low", "双循环", "two circulations", "double cycle", instead="twin circulation")
    assert advice("A double cycle.", "双循环。", [HIGH], [low]) == [
        ("double cycle", ("dual circulation", "two circulations"))
    ]


def test_a_pattern_of_the_higher_forbids_what_it_finds() -> None:
    pattern = Term("tw(in|o)", "en", "forbidden", matching="pattern", condition=ALONE)
    high = Concept("high", (Term("双循环", "zh"), Term("dual circulation", "en"), pattern))
    low = concept("low", "双循环", "twin circulation", "double cycle")
    assert advice("A double cycle.", "双循环。", [high], [low]) == [("double cycle", ("dual circulation",))]


def test_one_termbase_alone_is_left_as_it_is_even_where_it_contradicts_itself() -> None:
    both = [HIGH, concept("other", "双循环", "twin circulation")]
    assert settled([both]) == both
    assert settled([]) == []
