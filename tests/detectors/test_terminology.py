"""The terminology detector: when a rendering counts as wrong, how sure it is, and what it proposes."""

from __future__ import annotations

from functools import lru_cache

import pytest

from review.detectors import Context, Example
from review.detectors.terminology import DETECTOR
from review.model import Article, Concept, Condition, Correction, Flag, Segment, Term
from review.steps.terms import load_csv
from review.text.termbase import TermIndex
from tests.test_termbases import SHIPPED

SMALL = """
id    / source   / preferred / deprecated / forbidden / condition / note
dual  / 双循环   / dual circulation / double cycle / / near: economy|pattern /
deputy/ 副书记   / deputy secretary / undersecretary ! / deputy clerk / not near: of State / a post in the Party
city  / 市委副书记 / deputy secretary of the city committee / city undersecretary / / /
plan  / 部署     / arrangements / deployment ??|work deployment ? / / not source: 军 /
brand / 卡奥斯   / COSMOPlat / Kaos / / strict; article: Haier /
visit / 调研     / inspection / to join the survey => to join the inspection / / category: accuracy /
poll  / 调查     / survey / / / /
own   /          / happy end / good ending ! / / /
"""


def table(text: str, evidence: str = "") -> bytes:
    """A termbase as CSV, from cells parted by slashes."""
    rows = [[cell.strip() for cell in line.split("/")] for line in text.strip().split("\n")]
    lines = [",".join([*row, evidence if number else "evidence_user"]) for number, row in enumerate(rows)]
    return "\n".join(lines).encode()


INDEX = TermIndex(load_csv(table(SMALL, "Example Agency")))


def flags(
    target: str, source: str | None = None, *, more: tuple[str, ...] = (), index: TermIndex = INDEX
) -> list[Flag]:
    segments = [Segment(hypothesis=target, source=source, id="1")]
    segments += [Segment(hypothesis=text, id=str(number)) for number, text in enumerate(more, 2)]
    article = Article("a", tuple(segments), source_language="zh", target_language="en")
    return [flag for flag in DETECTOR.detect(article, Context(terms=index)) if flag.segment == "1"]


def surfaces(target: str, source: str | None = None, **rest: tuple[str, ...]) -> list[str]:
    return [target[flag.start : flag.end] for flag in flags(target, source, **rest)]


@lru_cache(maxsize=1)
def shipped() -> TermIndex:
    return TermIndex(load_csv(SHIPPED))


@pytest.mark.parametrize("example", DETECTOR.examples, ids=lambda example: example.targets[0][:30])
def test_the_examples_beside_the_detector_hold_with_the_shipped_terms(example: Example) -> None:
    source = example.sources[0] if example.sources else None
    found = flags(example.targets[0], source, index=shipped())
    assert tuple(example.targets[0][flag.start : flag.end] for flag in found) == example.flags


def test_with_a_source_a_rendering_is_wrong_only_where_the_source_term_stands() -> None:
    assert surfaces("A double cycle begins.", "双循环开始。") == ["double cycle"]
    assert surfaces("A double cycle of the economy begins.", "两圈开始。") == []
    (flag,) = flags("A double cycle begins.", "双循环开始。")
    assert flag.confidence >= 0.9
    assert flag.suggestions == ("dual circulation",)
    assert flag.evidence == "Example Agency"
    assert "双循环" in flag.message
    assert (flag.category, flag.subcategory) == ("terminology", "wrong term")


def test_only_the_longest_source_term_counts() -> None:
    assert surfaces("The city undersecretary came.", "市委副书记来了。") == ["city undersecretary"]
    assert surfaces("The undersecretary came.", "市委副书记来了。") == []
    assert surfaces("The undersecretary came.", "副书记来了。") == ["undersecretary"]


def test_without_a_source_the_message_says_what_cannot_be_known() -> None:
    (flag,) = flags("The undersecretary came.")
    assert flag.confidence >= 0.9
    assert "without the source" in flag.message
    assert "a post in the Party" in flag.message


def test_the_evidence_carries_the_address_where_one_is_known() -> None:
    text = "preferred,deprecated,evidence_user,evidence_url\nx,bad word !,Office,https://example.org/terms\n"
    (flag,) = flags("A bad word.", index=TermIndex(load_csv(text.encode())))
    assert flag.evidence == "Office (https://example.org/terms)"


def test_without_a_source_the_context_decides() -> None:
    assert flags("The double cycle of the economy turns.")[0].confidence >= 0.9
    assert surfaces("The double cycle of the machine turns.") == []
    assert flags("Kaos serves plants.", more=("Haier owns it.",))[0].confidence >= 0.9
    assert surfaces("Kaos serves plants.", more=("Nobody owns it.",)) == []


def test_in_an_article_on_the_termbase_s_subjects_a_phrase_that_depends_is_sure() -> None:
    text = "The city undersecretary came."
    assert flags(text)[0].confidence < 0.9
    others = ("Dual circulation helps.", "COSMOPlat grows.", "The deputy secretary left.")
    assert flags(text, more=others)[0].confidence >= 0.9
    assert flags(text, more=("A survey of arrangements.", "An inspection.", "A survey."))[0].confidence < 0.9


def test_a_rendering_that_tells_nothing_by_itself_waits_for_the_source() -> None:
    assert surfaces("The work deployment is ready.") == []
    assert surfaces("The work deployment is ready.", "工作部署好了。") == ["work deployment"]
    (flag,) = flags("The deployment is ready.", "部署好了。")
    assert flag.confidence < 0.9


def test_conditions_on_the_source_and_the_target_take_a_flag_away() -> None:
    assert surfaces("The deployment is ready.", "军队部署好了。") == []
    assert surfaces("The undersecretary of State came.", "副书记来了。") == []


def test_where_the_right_rendering_stands_too_the_flag_is_unsure() -> None:
    (flag,) = flags("The dual circulation is a double cycle.", "双循环是什么?")
    assert flag.confidence < 0.9
    assert surfaces("The double cycle and the double cycle.", "双循环和双循环") == ["double cycle", "double cycle"]


def test_a_longer_right_rendering_shields_the_words_in_it() -> None:
    index = TermIndex(load_csv("id,source,preferred,deprecated\na,甲,team survey,\nb,乙,inspection,survey\n".encode()))
    assert flags("The team survey ended.", "甲乙", index=index) == []
    assert len(flags("The team survey ended.", "乙", index=index)) == 1


def test_a_place_gets_one_flag_though_several_concepts_match() -> None:
    index = TermIndex(load_csv("id,source,preferred,deprecated\na,甲,one,bad word\nb,乙,two,bad word !\n".encode()))
    (flag,) = flags("A bad word.", "甲乙", index=index)
    assert flag.suggestions == ("two",)


def test_a_strict_concept_is_missed_on_the_source_side() -> None:
    (flag,) = flags("The platform serves plants.", "卡奥斯服务工厂。")
    assert (flag.side, flag.start, flag.end) == ("source", 0, 3)
    assert flag.confidence < 0.9
    assert flags("COSMOPlat serves plants.", "卡奥斯服务工厂。") == []


def test_a_concept_without_a_source_term_is_looked_for_in_every_target() -> None:
    assert surfaces("A good ending.") == ["good ending"]
    assert surfaces("A good ending.", "圆满。") == ["good ending"]


def test_another_category_comes_from_the_termbase() -> None:
    (flag,) = flags("He joined the survey.", "他参加调研。")
    assert (flag.category, flag.subcategory) == ("accuracy", "")
    assert flag.suggestions == ("joined the inspection",)


def test_a_forbidden_rendering_weighs_more() -> None:
    assert flags("The deputy clerk came.", "副书记来了。")[0].severity == "major"
    assert flags("The undersecretary came.", "副书记来了。")[0].severity == "minor"


def test_deleted_segments_and_articles_without_terms_are_passed_over() -> None:
    segment = Segment(hypothesis="The undersecretary came.", id="1", correction=Correction("x", deleted=True))
    assert list(DETECTOR.detect(Article("a", (segment,)), Context(terms=INDEX))) == []
    assert list(DETECTOR.detect(Article("a", (Segment("The undersecretary came.", id="1"),)), Context())) == []
    assert list(DETECTOR.detect(Article("a", (Segment("x", id="1"),)), Context(terms=TermIndex([])))) == []


def test_the_corrected_text_is_what_is_read() -> None:
    segment = Segment(hypothesis="Nothing.", id="1", correction=Correction("The undersecretary came."))
    assert len(list(DETECTOR.detect(Article("a", (segment,), target_language="en"), Context(terms=INDEX)))) == 1


COMMITTEE = "deputy secretary of the CPC {} committee"
VARIANTS = [
    ("The undersecretary of the county party committee spoke.", COMMITTEE.format("county")),
    ("Wang Li, Undersecretary of the Provincial Party Committee, spoke.", COMMITTEE.format("provincial")),
    ("Two undersecretaries of the district party committee met.", "deputy secretaries of the CPC district committee"),
    ("UNDERSECRETARY OF THE CITY PARTY COMMITTEE", "DEPUTY SECRETARY OF THE CPC MUNICIPAL COMMITTEE"),
    ("Under-Secretary of the City CPC Committee", "Deputy Secretary of the CPC Municipal Committee"),
    (
        "He met the undersecretary of the Yantai Municipal Party Committee.",
        "deputy secretary of the CPC Yantai municipal committee",
    ),
    ("the deputy clerk of the provincial committee's driver", COMMITTEE.format("provincial")),
    ("Under the new “double cycles”, the economy grows.", "dual circulation"),
    ("Double-cycle growth of the market goes on.", "Dual circulation"),
    ("It serves physical enterprises in manufacturing.", "real-economy enterprises"),
    ("A physical company's loans help industry.", "real-economy enterprise"),
    ("Kaos's platform joins factories to the internet.", "COSMOPlat"),
    ("The internet industrial center of the country is here.", "national center of the industrial internet"),
    ("an Internet industrial city", "city of the industrial internet"),
    ("Dragon-head enterprises grew.", "Leading enterprises"),
    ("A party secretary took part in the survey.", "joined the inspection"),
    ("The conversions of old and new kinetic energy go on.", "replacement of old growth drivers with new ones"),
    ("Firms solved the “stuck neck” problem.", "bottleneck"),
    ("The undersecretary-general of the county government spoke.", "deputy secretary-general"),
    ("The works ran out of new acceleration.", "picked up new speed"),
]


@pytest.mark.parametrize(("target", "suggestion"), VARIANTS, ids=[target[:40] for target, _ in VARIANTS])
def test_the_shipped_rules_hold_for_other_names_places_and_endings(target: str, suggestion: str) -> None:
    found = [flag for flag in flags(target, index=shipped()) if flag.confidence >= 0.9]
    assert [flag.suggestions[0] for flag in found] == [suggestion]


PLAIN = [
    "The Under Secretary of State for Defence resigned.",
    "The bicycle clutch has a double cycle.",
    "Physical education helps pupils.",
    "The company employs people who have a physical disability.",
    "Residents participated in the survey, the municipal party secretary said.",
    "Over 5,000 people took part in the poll, and 20 major cities were named.",
    "The army announced the deployment of troops and missiles.",
    "The internet has changed industrial design.",
    "The group chairman led the talks.",
    "Five insurance companies joined the inner circle of the fair.",
    "The property firm owns a cluster of shops and a grid of streets.",
    "Her first clerk became a patrolman in the city.",
    "He saw the first-hand account and fell off a chair.",
    "The last kilometer of the race was hard.",
    "A power supplier and an electricity supplier merged.",
]


@pytest.mark.parametrize("target", PLAIN, ids=[target[:40] for target in PLAIN])
def test_plain_english_gets_no_sure_flag(target: str) -> None:
    assert [f for f in flags(target, index=shipped()) if f.confidence >= 0.9] == []


@pytest.mark.parametrize(
    ("part_of_speech", "status", "category", "severity"),
    [
        ("name", "deprecated", "terminology", "major"),
        ("noun", "forbidden", "terminology", "major"),
        ("noun", "deprecated", "accuracy", "major"),
        ("noun", "deprecated", "terminology", "minor"),
    ],
)
def test_what_tells_the_reader_something_else_is_major(
    part_of_speech: str, status: str, category: str, severity: str
) -> None:
    term = Term("Kaos", "en", status, part_of_speech, condition=Condition(telling="alone"))
    concept = Concept("c", (Term("卡奥斯", "zh"), Term("COSMOPlat", "en"), term), category=category)
    article = Article("a", (Segment("Kaos grew.", source="卡奥斯成长了。"),), "", "zh", "en")
    (flag,) = DETECTOR.detect(article, Context(terms=TermIndex([concept])))
    assert flag.severity == severity


def test_what_a_pattern_finds_gets_the_preferred_rendering() -> None:
    text = 'source,preferred,deprecated,matching\n卡奥斯,COSMOPlat,"ka ?ao ?si|kaos+ !",pattern\n'
    (flag,) = flags("The Ka Aosi platform.", "卡奥斯平台。", index=TermIndex(load_csv(text.encode())))
    assert flag.suggestions == ("COSMOPlat",)
    assert "Ka Aosi" in flag.message
