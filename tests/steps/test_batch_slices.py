"""Slices of a batch: by article, status, length, flags, risk and columns of its file, before and after review."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sacrebleu.metrics import BLEU, CHRF

from review.errors import InputError
from review.formats import Source
from review.model import Article, Correction, Flag, Segment, flag_id
from review.steps import importing, reviewing, scoring
from review.steps.scoring import slices
from review.store import Store, flags, people

OUTPUT = ["The undersecretary visited the plant.", "Double cycle is a pattern.", "It grew.", "No reference here."]
BETTER = ["The deputy secretary visited the plant.", "Dual circulation is a pattern.", "It sank.", "Nor here."]
REFERENCE = ["A deputy secretary visited the factory.", "Dual circulation is a new pattern.", "It grew.", ""]
SOURCE = ["副书记考察了工厂。", "双循环是新格局。", "增长了。", "这里。"]
DOMAINS = ["politics", "economy", "economy", "politics"]


def row(system: str, article: str, number: int, text: str) -> dict[str, Any]:
    return {
        "article": article,
        "segment": str(number + 1),
        "system": system,
        "source": SOURCE[number],
        "hypothesis": text,
        "references": [REFERENCE[number]] if REFERENCE[number] else [],
        "target_language": "en",
        "domain": DOMAINS[number],
        "year": 2023 + number // 2,
        "tags": ["a"],
    }


Imported = tuple[Store, int, list[Article]]
Make = Callable[..., Imported]


@pytest.fixture
def make(store: Store) -> Make:
    """Import a file as a batch; returns the store, the batch's number and its articles."""

    def make(content: str | None = None, name: str = "batch.jsonl") -> Imported:
        if content is None:
            rows = [
                row(system, article, number, text)
                for system, texts in (("mt", OUTPUT), ("better", BETTER))
                for article in ("one", "two")
                for number, text in enumerate(texts)
            ]
            content = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows)
        project, actor = store.write(people.ensure_local)
        source = Source(name, data=content.encode())
        batch = importing.import_batch(store, project, actor, [importing.Input.of(source)], {"batch": "news"})
        return store, batch, scoring.load(store, project, batch)[1]

    return make


def named(found: list[slices.Slice]) -> list[tuple[str, str, int]]:
    return [(one.group.name, one.system, one.segments) for one in found]


def flag(segment: Segment, category: str, detector: str) -> Flag:
    return Flag(
        flag_id(segment.id, detector, 1, "target", segment.text[:3], 0), segment.id, 0, 3, detector, category, "major",
        0.9, "Why.",
    )  # fmt: skip


def test_articles_are_scored_before_and_after_review_as_sacrebleu_does(make: Make) -> None:
    _, _, [one, two, *_] = make()
    edited = Correction("The deputy secretary visited the factory.", "confirmed")
    changed = Segment(one.segments[0].hypothesis, "99", references=one.segments[0].references, correction=edited)
    one = Article("one", (changed, *one.segments[1:]), "mt", target_language="en", id="1")
    found = slices.score_batch(scoring.review_scores([one, two], ["bleu", "chrf"]), "article")
    assert named(found) == [("one", "mt", 3), ("two", "mt", 3)]
    after = [edited.text, *OUTPUT[1:3]]
    assert [score.value for score in found[0].scores] == [
        metric.corpus_score(OUTPUT[:3], [REFERENCE[:3]]).score for metric in (BLEU(), CHRF())
    ]
    assert [score.value for score in found[0].after] == [
        metric.corpus_score(after, [REFERENCE[:3]]).score for metric in (BLEU(), CHRF())
    ]
    assert found[1].scores == tuple(found[1].after)


def test_two_articles_of_one_name_are_two_groups(make: Make) -> None:
    _, _, [one, *_] = make()
    again = Article("one", one.segments[:1], "mt", target_language="en", id="77")
    assert named(slices.score_batch(scoring.review_scores([one, again], ["chrf"]), "article")) == [
        ("one", "mt", 3), ("one", "mt", 1),
    ]  # fmt: skip


def test_confirmed_segments_can_be_grouped_alone_and_status_is_a_kind() -> None:
    segments = [
        Segment(text, str(number), references=(REFERENCE[number],), correction=Correction(text, status))
        for number, (text, status) in enumerate(zip(OUTPUT[:3], ("confirmed", "draft", "approved"), strict=True))
    ]
    found = scoring.review_scores([Article("one", tuple(segments), "mt", target_language="en", id="1")], ["chrf"])
    assert named(slices.score_batch(found, "status")) == [
        ("confirmed", "mt", 1),
        ("draft", "mt", 1),
        ("approved", "mt", 1),
    ]
    [alone] = slices.score_batch(found, "article", confirmed_only=True)
    assert alone.scores[0].value == CHRF().corpus_score(OUTPUT[:3:2], [REFERENCE[:3:2]]).score


def test_lengths_are_of_the_reference_or_of_the_source_in_characters_where_it_is_chinese(make: Make) -> None:
    _, _, articles = make()
    found = scoring.review_scores(articles[:1], ["chrf"])
    by = slices.Buckets((2, 6))
    assert named(slices.score_batch(found, "length", buckets=by)) == [("1-2", "mt", 1), ("3-6", "mt", 2)]
    assert named(slices.score_batch(found, "source-length", buckets=by)) == [("3-6", "mt", 1), ("7+", "mt", 2)]


def test_without_sources_there_is_no_length_of_them() -> None:
    alone = Article("a", (Segment("x", "1", references=("x",)),), "mt", target_language="en", id="1")
    with pytest.raises(InputError, match="No segment has a source"):
        slices.score_batch(scoring.review_scores([alone], ["chrf"]), "source-length")


def test_systems_share_the_bounds_of_their_parts(make: Make) -> None:
    _, _, articles = make()
    found = scoring.review_scores(articles, ["chrf"])
    risks = {
        segment.id: (0.1 if article.system == "mt" else 0.9) for article in articles for segment in article.segments
    }
    marks = slices.Marks({}, {}, risks)
    assert named(slices.score_batch(found, "risk", marks=marks, buckets=slices.Buckets(parts=2))) == [
        ("above 0.1", "better", 6), ("up to 0.1", "mt", 6),
    ]  # fmt: skip
    assert named(slices.score_batch(found, "article"))[:3] == [("one", "mt", 3), ("one", "better", 3), ("two", "mt", 3)]


def test_flags_and_risks_come_from_the_store_and_what_was_not_looked_at_is_in_no_group(make: Make) -> None:
    store, batch, articles = make()
    one = articles[0]
    made = [
        flag(one.segments[0], "terminology", "terms"),
        flag(one.segments[0], "style", "headline"),
        flag(one.segments[1], "terminology", "reference-names"),
        flag(one.segments[2], "style", "headline"),
    ]
    risks = {one.segments[0].id: 0.8, one.segments[1].id: 0.4}
    store.write(lambda connection: flags.save(connection, int(one.id), made, risks=risks))
    dismissed = made[3]
    event = {
        "id": "0b2c3d4e-0000-4000-8000-000000000001",
        "kind": "dismiss",
        "targets": [{"segment": int(dismissed.segment), "base_version": 0}],
        "payload": {"flag": _view(store, int(one.id), dismissed), "scope": "place", "reason": "fine"},
    }
    _, actor = store.write(people.ensure_local)
    assert reviewing.record(store, actor, batch, [event])["refused"] == []
    marks = slices.marks(store, batch)
    assert [sorted(marks.categories[segment.id]) for segment in one.segments] == [
        ["style", "terminology"], ["terminology"], [], [],
    ]  # fmt: skip
    assert articles[1].segments[0].id not in marks.categories
    assert [marks.risks.get(segment.id) for segment in one.segments] == [0.8, 0.4, 0.0, 0.0]
    found = scoring.review_scores(articles, ["chrf"])
    by_flag = slices.score_batch(found, "flags", marks=marks)
    assert named(by_flag) == [
        ("any flag", "mt", 2), ("no flag", "mt", 1), ("terminology", "mt", 2), ("without terminology", "mt", 1),
        ("style", "mt", 1), ("without style", "mt", 2),
    ]  # fmt: skip
    assert by_flag[2].scores[0].value == CHRF().corpus_score(OUTPUT[:2], [REFERENCE[:2]]).score
    assert [name for name, *_ in named(slices.score_batch(found, "detectors", marks=marks))][2::2] == [
        "headline", "reference-names", "terms",
    ]  # fmt: skip
    by_risk = slices.score_batch(found, "risk", marks=marks, buckets=slices.Buckets((0, 0.5)))
    assert named(by_risk) == [("above 0.5", "mt", 1), ("above 0, up to 0.5", "mt", 1), ("up to 0", "mt", 1)]


def _view(store: Store, article: int, wanted: Flag) -> Any:
    _, actor = store.write(people.ensure_local)
    view = reviewing.view(store, article, actor)
    return next(one for segment in view["segments"] for one in segment["flags"] if one["id"] == wanted.id)


def test_flags_that_nobody_made_yet_are_refused(make: Make) -> None:
    store, batch, articles = make()
    with pytest.raises(InputError, match="not been flagged yet"):
        slices.marks(store, batch)
    with pytest.raises(InputError, match="flag the batch first"):
        slices.score_batch(scoring.review_scores(articles, ["chrf"]), "risk")


def test_any_column_of_json_lines_groups_segments(make: Make) -> None:
    store, batch, articles = make()
    assert slices.column_names(store, batch) == [
        "article", "segment", "system", "source", "hypothesis", "target_language", "domain", "year",
    ]  # fmt: skip
    found = scoring.review_scores(articles[:2], ["bleu"])
    labels = slices.column(store, batch, articles, "domain")
    by_domain = slices.score_batch(found, "domain", labels=labels)
    assert named(by_domain) == [("politics", "mt", 2), ("economy", "mt", 4)]
    assert by_domain[1].scores[0].value == BLEU().corpus_score(OUTPUT[1:3] * 2, [REFERENCE[1:3] * 2]).score
    years = slices.column(store, batch, articles, "year")
    assert named(slices.score_batch(found, "year", labels=years)) == [("2023", "mt", 4), ("2024", "mt", 2)]


def test_any_column_of_a_table_groups_segments(make: Make) -> None:
    store, batch, articles = make(
        'domain,mt,ref\nnews,"One, and\nmore.",One.\n\n"a ""b""",Two.,Two.\n,Three.,Three.\n', "table.csv"
    )
    labels = slices.column(store, batch, articles, "domain")
    assert [labels[segment.id] for segment in articles[0].segments] == ["news", 'a "b"', ""]
    found = scoring.review_scores(articles, ["chrf"])
    assert named(slices.score_batch(found, "domain", labels=labels)) == [
        ("news", "unnamed", 1),
        ('a "b"', "unnamed", 1),
    ]


def test_a_column_that_is_not_there_is_refused_with_those_there_are(make: Make) -> None:
    store, batch, articles = make("domain,mt,ref\nnews,One.,One.\n", "table.csv")
    with pytest.raises(InputError, match="no column 'genre'; the file has domain, mt, ref"):
        slices.column(store, batch, articles, "genre")
    store, batch, articles = make("One.\n", "plain.txt")
    with pytest.raises(InputError, match="the file that it came as has none"):
        slices.column(store, batch, articles, "genre")


def test_an_unknown_kind_is_refused(make: Make) -> None:
    _, _, articles = make()
    with pytest.raises(InputError, match="choose one of article, status, length"):
        slices.score_batch(scoring.review_scores(articles, ["chrf"]), "weather")


def test_segments_where_two_systems_of_a_batch_differ_lead_to_the_review_page(make: Make) -> None:
    _, _, articles = make()
    found = scoring.review_scores(articles, ["bleu", "chrf"])
    listed = slices.batch_differing(found, "better", "mt", "chrf")
    scores = [
        tuple(CHRF().sentence_score(text, [reference]).score for text in pair)
        for *pair, reference in zip(BETTER[:3], OUTPUT[:3], REFERENCE[:3], strict=True)
    ]
    order = sorted(range(3), key=lambda at: -abs(scores[at][0] - scores[at][1]))
    assert [(one.line - 1, one.document) for one in listed] == [(at, name) for at in order for name in ("one", "two")]
    first = listed[0]
    assert first.scores == scores[order[0]]
    assert first.difference == first.scores[0] - first.scores[1]
    assert (first.texts, first.source) == ((BETTER[order[0]], OUTPUT[order[0]]), SOURCE[order[0]])
    sides = [next(one for one in articles if (one.system, one.name) == (name, "one")) for name in ("better", "mt")]
    assert [tuple(place) for place in first.places] == [(side.id, side.segments[order[0]].id) for side in sides]


def test_segments_are_paired_by_article_and_name_whatever_else_stands_between(make: Make) -> None:
    _, _, articles = make()
    one, other = articles[0], articles[2]
    inserted = Segment("New.", "500", "", references=("New.",))
    longer = Article(one.name, (inserted, *one.segments), one.system, target_language="en", id=one.id)
    found = scoring.review_scores([longer, other], ["chrf"])
    listed = slices.batch_differing(found, "mt", "better", "chrf", both_directions=False)
    assert [(one.line, one.texts) for one in listed] == [(4, ("It grew.", "It sank."))]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("mt", "best", "chrf"), "no system 'best' with references; it has: mt, better"),
        (("mt", "mt", "chrf"), "compared with itself"),
        (("mt", "better", "ter"), "TER was not asked for"),
    ],
)
def test_what_a_batch_cannot_compare_is_refused(make: Make, asked: tuple[str, str, str], sentence: str) -> None:
    _, _, articles = make()
    with pytest.raises(InputError, match=sentence):
        slices.batch_differing(scoring.review_scores(articles, ["chrf"]), *asked)


def test_systems_without_a_segment_in_common_are_refused(make: Make) -> None:
    _, _, articles = make()
    with pytest.raises(InputError, match="no segment of one article and name in common"):
        slices.batch_differing(scoring.review_scores([articles[0], articles[3]], ["chrf"]), "mt", "better", "chrf")


def test_histograms_of_a_batch_are_of_both_texts(make: Make) -> None:
    _, _, articles = make()
    found = slices.batch_histograms(scoring.review_scores(articles, ["bleu", "chrf"]))
    assert [(one.system, one.metric, one.text) for one in found] == [
        (system, label, text)
        for system in ("mt", "better")
        for label in ("BLEU", "chrF2")
        for text in ("before", "after")
    ]
    assert {sum(part.size for part in one.bins) for one in found} == {6}
