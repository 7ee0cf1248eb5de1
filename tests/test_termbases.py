"""The shipped termbases: large enough, whole, and true to their own examples."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from review.detectors import Context
from review.detectors.terminology import DETECTOR
from review.model import Article, Concept, Segment
from review.steps.terms import dump_csv, load_csv
from review.text import rendering
from review.text.termbase import WRONG, TermIndex

FOLDER = Path(__file__).parents[1] / "corpora" / "termbases"
SHIPPED, PHRASES = FOLDER / "zh-en-news.csv", FOLDER / "zh-en-calques.csv"
TERMS = load_csv(SHIPPED)
CALQUES = load_csv(PHRASES)
CONCEPTS = [*TERMS, *CALQUES]


@lru_cache(maxsize=1)
def index() -> TermIndex:
    return TermIndex(CONCEPTS)


def wrong(concept: Concept) -> list[str]:
    return [term.text for term in concept.terms if term.status in WRONG]


def wordings(concept: Concept, *, bad: bool) -> set[str]:
    texts = [term.text for term in concept.terms if term.language == "en" and (term.status in WRONG) is bad]
    return {words.lower() for text in texts for words, _ in rendering.parse(text).wordings()}


def five_grams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def test_there_are_concepts_enough_and_most_show_an_awkward_rendering() -> None:
    assert len(TERMS) >= 450
    assert sum(bool(wrong(concept)) for concept in TERMS) >= 0.65 * len(TERMS)
    assert len({concept.subject for concept in TERMS}) >= 8
    assert all(concept.subject and concept.definition for concept in CONCEPTS)


def test_each_calque_says_which_chinese_words_lead_to_it_what_to_write_and_why() -> None:
    assert len(CALQUES) >= 120
    for concept in CALQUES:
        assert concept.category == "style", concept.id
        assert any(term.language == "zh" for term in concept.terms), concept.id
        assert all(term.note for term in concept.terms if term.status in WRONG), concept.id
        assert {term.condition.telling for term in concept.terms if term.condition} == {"doubtful"}, concept.id


def test_no_source_term_stands_for_two_concepts() -> None:
    count = Counter(term.text for concept in CONCEPTS for term in concept.terms if term.language == "zh")
    assert [text for text, times in count.items() if times > 1] == []
    assert [name for name, times in Counter(concept.id for concept in CONCEPTS).items() if times > 1] == []


def test_no_calque_s_source_holds_a_term_that_it_would_hide() -> None:
    terms = [term.text for concept in TERMS for term in concept.terms if term.language == "zh"]
    calques = [term.text for concept in CALQUES for term in concept.terms if term.language == "zh"]
    assert [(one, other) for one in calques for other in terms if other in one] == []


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.id)
def test_a_concept_fires_on_its_own_example(concept: Concept) -> None:
    article = Article(
        "example",
        (Segment(hypothesis=concept.example, source=concept.example_source, id="1"),),
        source_language="zh",
        target_language="en",
    )
    own = {(hit.start, hit.end) for hit in index().find(concept.example, "en") if hit.concept.id == concept.id}
    assert any(hit.concept.id == concept.id for hit in index().find(concept.example_source, "zh"))
    flagged = {(flag.start, flag.end) for flag in DETECTOR.detect(article, Context(terms=index()))}
    assert own & flagged if wrong(concept) else own


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.id)
def test_no_rendering_is_right_and_wrong_at_once(concept: Concept) -> None:
    assert wordings(concept, bad=True) & wordings(concept, bad=False) == set()


def test_evidence_is_named_or_left_empty_and_an_address_never_stands_alone() -> None:
    for concept in CONCEPTS:
        for term in concept.terms:
            assert not (term.evidence.url and not term.evidence.user), concept.id
            assert term.evidence.user == term.evidence.user.strip()


def test_the_file_is_written_again_as_it_is() -> None:
    assert dump_csv(TERMS) == SHIPPED.read_bytes()
    assert dump_csv(CALQUES) == PHRASES.read_bytes()


def test_no_entry_repeats_five_words_of_the_first_article(shared_data: Path) -> None:
    seed = five_grams((shared_data / "seed" / "qingdao-haier.en.txt").read_text("utf-8"))
    for concept in CONCEPTS:
        for text in [concept.example, *(term.text for term in concept.terms)]:
            assert five_grams(text) & seed == set(), concept.id


def test_the_rows_expected_of_the_first_article_are_flagged(shared_data: Path) -> None:
    text = (shared_data / "seed" / "qingdao-haier.en.txt").read_text("utf-8")
    segments = tuple(
        Segment(hypothesis=line, id=str(number)) for number, line in enumerate(text.split("\n")) if line.strip()
    )
    article = Article("seed", segments, target_language="en")
    made = Counter(
        (article_text[flag.start : flag.end], flag.suggestions[0])
        for flag in DETECTOR.detect(article, Context(terms=index()))
        for article_text in [next(s.text for s in segments if s.id == flag.segment)]
        if flag.confidence >= 0.9 or flag.category != "terminology"
    )
    for row in (shared_data / "seed" / "expected.tsv").read_text("utf-8").split("\n")[1:]:
        surface, times, preferred, category, *_ = [*row.split("\t"), "", "", "", ""]
        if category == "terminology":
            assert made[surface, preferred] == int(times), surface
    assert made["participated in the survey", "joined the inspection"] == 1


@pytest.mark.parametrize("with_source", [True, False])
def test_human_references_get_hardly_any_sure_flag(shared_data: Path, with_source: bool) -> None:
    folder = shared_data / "wmt23-zh-en"
    targets = (folder / "reference.refA.en").read_text("utf-8").split("\n")[:-1]
    sources = (folder / "source.zh").read_text("utf-8").split("\n")[:-1]
    segments = tuple(
        Segment(hypothesis=target, source=source if with_source else None, id=str(number))
        for number, (target, source) in enumerate(zip(targets, sources, strict=True))
    )
    article = Article("references", segments, source_language="zh", target_language="en")
    flags = list(DETECTOR.detect(article, Context(terms=index())))
    sure = {flag.segment for flag in flags if flag.confidence >= 0.9}
    assert len(sure) <= (0.005 if with_source else 0.01) * len(segments)
    if with_source:
        assert 0 < len({flag.segment for flag in flags}) <= 0.005 * len(segments)
