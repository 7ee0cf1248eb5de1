"""What a correction offers beyond its segment."""

from __future__ import annotations

import pytest

from review.model import Article, Concept, Condition, ReadingHeader, Rule, Segment, Term
from review.steps import offering
from review.store import Store, articles, batches, people
from review.text.termbase import TermIndex
from tests.steps.desk import Desk, article


def told(before: str, after: str, language: str = "en") -> list[tuple[str, str]]:
    return [(rule.find, rule.replace) for rule in offering.rules_of(before, after, language)]


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        ("The Kaos platform grew.", "The COSMOPlat platform grew.", [("Kaos", "COSMOPlat")]),
        ("Kaos, then more.", "COSMOPlat; then more.", [("Kaos", "COSMOPlat")]),
        ("He went to the Group Haier.", "He went to Haier Group.", [("the Group Haier", "Haier Group")]),
        ("on a Kaos platform", "on an industrial platform", [("Kaos", "industrial")]),
        ("a Kaos-based plan", "a COSMOPlat-based plan", [("Kaos-based", "COSMOPlat-based")]),
        ("the “double cycle” grew", "the “dual circulation” grew", [("double cycle", "dual circulation")]),
        ("the internet grew", "the Internet grew", [("internet", "Internet")]),
        (
            "Kaos grew in the double cycle.",
            "COSMOPlat grew in the dual circulation.",
            [("Kaos", "COSMOPlat"), ("double cycle", "dual circulation")],
        ),
    ],
)
def test_replaced_words_are_a_rule(before: str, after: str, rules: list[tuple[str, str]]) -> None:
    assert told(before, after) == rules


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The port grew.", "The port grew."),
        ("The port grew.", "The old port grew."),
        ("The old port grew.", "The port grew."),
        ("The port grew, fast.", "The port grew; fast."),
        ("shows promise.", "Shows promise."),
        ("The end. it grew", "The end. It grew"),
        ("the city of ports", "the city for ports"),
        ("It makes 8,000 tons.", "It makes 80,000 tons."),
        ("a port", "an port"),
        ("one two three four five six seven", "eins zwei drei vier fuenf sechs sieben"),
        ("The platform grew", "The COSMOPlat platform grew"),
    ],
)
def test_what_is_no_rule(before: str, after: str) -> None:
    assert told(before, after) == []


def test_a_rule_of_letter_case_alone_counts_letter_case() -> None:
    assert offering.rules_of("the internet grew", "the Internet grew", "en") == [
        Rule("internet", "Internet", case=True, keep_case=False)
    ]


def terms(condition: Condition | None) -> TermIndex:
    return TermIndex(
        [
            Concept(
                "survey",
                (
                    Term("调研", "zh"),
                    Term("inspection", "en"),
                    Term("survey", "en", status="deprecated", condition=condition),
                ),
            )
        ]
    )


@pytest.mark.parametrize(
    ("condition", "source", "asked"),
    [
        (None, "他参加了调研。", ""),
        (Condition(telling="alone"), "他参加了调研。", ""),
        (Condition(source=("调研",)), "他参加了调研。", "调研"),
        (Condition(telling="source"), "他参加了调研。", "调研"),
        (Condition(telling="source"), "", ""),
        (Condition(source=("调查",)), "他参加了调研。", ""),
    ],
)
def test_the_source_term_is_a_condition_only_where_the_termbase_says_so(
    condition: Condition | None, source: str, asked: str
) -> None:
    (rule,) = offering.rules_of("He joined the survey.", "He joined the inspection.", "en")
    made = offering.conditioned(rule, "He joined the survey.", source, terms(condition), "zh", "en")
    assert made.source == asked


@pytest.fixture
def placed(store: Store) -> tuple[int, list[int]]:
    """A batch of three articles with "Kaos" in four places, of which the first was corrected."""
    project, actor = store.write(people.ensure_local)
    batch = store.write(lambda c: batches.create(c, project, actor, "news", ReadingHeader("article")))
    texts = [
        ("The COSMOPlat platform grew.", "Nothing here."),
        ("Kaos helps. Kaos again.", "And the Kaos platform."),
        ("Kaos once.", "A double cycle."),
    ]
    made = [
        Article(f"a{at}", tuple(Segment(text, order=order) for order, text in enumerate(two)), target_language="en")
        for at, two in enumerate(texts)
    ]
    batches.add_articles(store, batch, made)
    store.write(lambda c: batches.publish(c, batch))
    with store.read() as connection:
        return batch, articles.ids(connection, batch)


def test_offers_count_what_stands_elsewhere_the_most_first(store: Store, placed: tuple[int, list[int]]) -> None:
    batch, (first, *_) = placed
    before = "The Kaos platform grew in the double cycle of all big zebras."
    after = "The COSMOPlat platform grew in the dual circulation of all big horses."
    found = offering.offers(store, batch, first, 1, before, after)
    assert [(offer.rule.find, offer.segments, offer.articles, offer.hits) for offer in found] == [
        ("Kaos", 3, 2, 4),
        ("double cycle", 1, 1, 1),
    ]


def test_a_correction_that_stands_nowhere_else_offers_nothing(store: Store, placed: tuple[int, list[int]]) -> None:
    batch, (first, *_) = placed
    assert offering.offers(store, batch, first, 1, "The zebra grew.", "The horse grew.") == []


def test_a_segment_of_another_article_lends_no_source(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(store, [article(name="a"), article(name="b")])
    theirs = desk.ids()[0]
    sources: list[str] = []

    def noted(rule: Rule, before: str, source: str, *rest: object) -> Rule:
        sources.append(source)
        return rule

    monkeypatch.setattr(offering, "conditioned", noted)
    for number in desk.articles:
        offering.offers(store, desk.batch, number, theirs, "The Kaos platform grew.", "The COSMOPlat platform grew.")
    assert [bool(source) for source in sources] == [True, False]
