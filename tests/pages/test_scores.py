"""The scores page: every state of it, and its numbers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sacrebleu.metrics import BLEU, CHRF, TER
from streamlit.testing.v1 import AppTest

from review.model import Article, Correction, ReadingHeader, Score, Segment
from review.pages.scores import tables
from review.settings import settings
from review.steps import jobs as work
from review.steps import opening, reviewing, scoring
from review.steps.scoring import slices
from review.store import Store, articles, batches, people, runs
from tests.steps.desk import mark

OUTPUT = ["The undersecretary visited the plant.", "Double cycle is a pattern.", "The Kaos platform grew."]
REFERENCE = ["A deputy secretary visited the factory.", "Dual circulation is a new pattern.", "COSMOPlat grew."]
EDITED = ["The deputy secretary visited the plant.", *OUTPUT[1:]]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the page opens, empty."""
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'pages.sqlite3'}")
    settings.cache_clear()
    yield opening.shared()
    opening.close()
    settings.cache_clear()


def article(system: str = "mt", references: bool = True, repeat: int = 1) -> Article:
    segments = tuple(
        Segment(text, references=(reference,) if references else ())
        for text, reference in zip(OUTPUT * repeat, REFERENCE * repeat, strict=True)
    )
    return Article("news", segments, system=system, target_language="en")


def add(store: Store, name: str, *articles: Article, reviewed: bool = False) -> int:
    """Put a batch into the store; ``reviewed`` edits and confirms the first segment of each article."""
    project, actor = store.write(people.ensure_local)
    batch = store.write(lambda c: batches.create(c, project, actor, name, ReadingHeader("jsonl")))
    numbers = batches.add_articles(store, batch, articles)
    store.write(lambda c: batches.publish(c, batch))
    if reviewed:
        done = Correction(EDITED[0], "confirmed")
        read = [
            replace(one, segments=(replace(one.segments[0], correction=done), *one.segments[1:])) for one in articles
        ]
        reviewing.record_corrections(store, actor, batch, zip(numbers, read, strict=True))
    return batch


def show(**query: str) -> AppTest:
    def script() -> None:
        from review.pages.scores import scores

        scores()

    test = AppTest.from_function(script, default_timeout=60)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def table(test: AppTest, *columns: str) -> Any:
    """The first table that has the columns."""
    return next(element.value for element in test.dataframe if set(columns) <= set(element.value.columns))


def charts(test: AppTest) -> list[Any]:
    return list(test.get("vega_lite_chart"))


def said(elements: Any) -> str:
    return "\n".join(element.value for element in elements)


def test_an_empty_store_leads_to_the_import(store: Store) -> None:
    test = show()
    assert not test.exception
    assert "nothing to score" in said(test.markdown)


def test_systems_are_scored_before_and_after_review(store: Store) -> None:
    add(store, "news-1", article("a"), article("b"), reviewed=True)
    test = show()
    assert not test.exception
    references, work = table(test, "BLEU after"), table(test, "HTER")
    assert list(references["System"]) == ["a", "b"]
    row = references.iloc[0]
    assert row["BLEU ↑"] == BLEU().corpus_score(OUTPUT, [REFERENCE]).score
    assert row["BLEU after"] == BLEU().corpus_score(EDITED, [REFERENCE]).score
    assert row["Δ chrF2"] == pytest.approx(
        CHRF().corpus_score(EDITED, [REFERENCE]).score - CHRF().corpus_score(OUTPUT, [REFERENCE]).score
    )
    assert work.iloc[0]["HTER"] == TER().corpus_score(OUTPUT, [EDITED]).score
    assert work.iloc[0]["Changed"] == pytest.approx(100 / 3)
    assert "BLEU: nrefs:1|case:mixed|eff:no|tok:13a" in said(test.caption)
    assert "HTER: nrefs:1" in said(test.caption)
    assert "ranks nothing" in said(test.caption)


def test_several_systems_are_ranked_with_intervals_and_every_pair_is_tested(store: Store) -> None:
    better = replace(article("better", repeat=9), segments=tuple(
        replace(one, hypothesis=one.references[0]) for one in article(repeat=9).segments
    ))  # fmt: skip
    add(store, "news-1", article("worse", repeat=9), better)
    test = show()
    assert not test.exception
    ranks = table(test, "Rank")
    assert list(ranks["System"]) == ["better", "worse"]
    assert list(ranks["Rank"]) == ["1", "2"]
    assert list(ranks["Cluster"]) == [1, 2]
    assert ranks["BLEU ↑"][0] == pytest.approx(100)
    low, high = (float(end) for end in ranks["95% interval"][1].split(" – "))
    assert low < ranks["chrF2 ↑"][1] < high
    assert "p-values of every pair of systems by chrF2" in [one.proto.alt for one in charts(test)]
    test.selectbox(key="scores-test").select("randomization").run()
    assert "ar:10000" in said(test.caption)
    assert "95% interval" not in table(test, "Rank").columns


def test_one_system_is_not_ranked(store: Store) -> None:
    add(store, "news-1", article())
    assert not any("Rank" in element.value.columns for element in show().dataframe)


@pytest.mark.parametrize(
    ("kind", "groups"),
    [("length", ["1-10"]), ("status", ["confirmed", "new"])],
)
def test_scores_are_told_by_parts_of_the_text(store: Store, kind: str, groups: list[str]) -> None:
    add(store, "news-1", article(), reviewed=True)
    test = show()
    test.button_group(key="scores-parts").set_value(kind).run()
    assert not test.exception
    found = table(test, "Segments of")
    assert list(found["Segments of"]) == groups
    assert list(found["Note"]) == ["few"] * len(groups)
    assert found["Segments"].sum() == 3


def test_parts_by_flags_say_what_to_do_where_nothing_is_flagged(store: Store) -> None:
    add(store, "news-1", article())
    test = show()
    test.button_group(key="scores-parts").set_value("flags").run()
    assert not test.exception
    assert "has not been flagged yet" in said(test.info)


def test_where_two_systems_differ_most_leads_to_the_place(store: Store) -> None:
    other = article("other")
    right = replace(other, segments=(replace(other.segments[0], hypothesis=REFERENCE[0]), *other.segments[1:]))
    named = [
        replace(one, segments=tuple(replace(segment, name=str(at)) for at, segment in enumerate(one.segments, 1)))
        for one in (article("mt"), right)
    ]
    batch = add(store, "news-1", *named)
    test = show()
    test.button_group(key="scores-parts").set_value("differ").run()
    found = table(test, "Δ chrF2", "Reference")
    assert len(found) == 1
    assert found["No."][0] == 1
    assert found["Open"][0].startswith(f"/?batch={batch}&article=")
    assert found["Δ chrF2"][0] < 0


def test_segments_can_be_listed_with_the_lowest_score_first(store: Store) -> None:
    add(store, "news-1", article())
    test = show()
    test.selectbox(key="scores-order").select(scoring.ORDERS[1]).run()
    scores = list(test.dataframe[-1].value["chrF2 ↑"])
    assert scores == sorted(scores)


def test_scores_are_kept_and_listed_over_time(store: Store) -> None:
    batch = add(store, "news-1", article(), reviewed=True)
    test = show()
    assert "No scores of this batch are kept yet" in said(test.caption)
    test.text_input(key="scores-run-label").input("model 2").run()
    test.button(key="scores-run-keep").click().run()
    assert not test.exception
    found = table(test, "Kept")
    assert list(found["Label"]) == ["model 2"]
    assert found["mt"][0] == CHRF().corpus_score(EDITED, [REFERENCE]).score
    assert "chrF2 of kept runs over time" in [one.proto.alt for one in charts(test)]
    project, _ = store.write(people.ensure_local)
    with store.read() as connection:
        [run] = runs.history(connection, project, "news-1")
    assert run.batch == batch
    assert {(one.metric, one.text) for one in run.scores} >= {("BLEU", "machine output"), ("BLEU", "after review")}


def test_marked_errors_stand_beside_the_scores(store: Store) -> None:
    batch = add(store, "news-1", article())
    assert not any("MQM ↓" in element.value.columns for element in show().dataframe)
    with store.read() as connection:
        [number] = articles.ids(connection, batch)
        first = articles.load(connection, number).segments[0]
    _, actor = store.write(people.ensure_local)
    event = {
        "id": "5f0f6a64-56a6-4b39-8f0e-5c1f5b6c2d11",
        "kind": "mark",
        "targets": [{"segment": int(first.id), "base_version": 0}],
        "payload": mark(first.hypothesis),
    }
    assert reviewing.record(store, actor, batch, [event])["refused"] == []
    found = table(show(), "MQM ↓")
    assert found["Errors"][0] == 1
    assert found["Major"][0] == 1
    assert found["MQM ↓"][0] == pytest.approx(5 / 3)
    assert found["chrF2 ↑"][0] == CHRF().corpus_score(OUTPUT, [REFERENCE]).score


def test_what_is_scored_against_its_own_post_edit_stands_in_no_table_of_references(store: Store) -> None:
    add(store, "news-1", article())
    references = table(show(), "BLEU after")
    assert not any("HTER" in column or "edits" in column for column in references.columns)


def test_the_confirmed_segments_can_be_read_alone(store: Store) -> None:
    add(store, "news-1", article(), reviewed=True)
    test = show()
    test.button_group(key="scores-scope").set_value("confirmed").run()
    assert table(test, "BLEU after").iloc[0]["Segments"] == 1
    assert "1 of 1 confirmed segments have a reference." in said(test.caption)


def test_without_references_the_page_says_what_can_be_measured(store: Store) -> None:
    add(store, "seed", article(references=False))
    test = show()
    assert not test.exception
    assert "None of these 3 segments has a reference" in said(test.info)
    assert "What the editor did is measured below" in said(test.info)
    assert "HTER" in test.dataframe[0].value.columns


def test_every_segment_leads_to_its_place_on_the_review_page(store: Store) -> None:
    batch = add(store, "news-1", article())
    segments = show().dataframe[-1].value
    assert len(segments) == 3
    link = segments.iloc[1]["Open"]
    with store.read() as connection:
        from review.store import articles

        stored = articles.load(connection, articles.ids(connection, batch)[0])
    assert link == f"/?batch={batch}&article={stored.id}&segment={stored.segments[1].id}"


def test_only_changed_segments_are_listed_on_request(store: Store) -> None:
    add(store, "news-1", article(), reviewed=True)
    test = show()
    test.checkbox(key="scores-changed").check().run()
    assert list(test.dataframe[-1].value["After review"]) == [EDITED[0]]


def test_the_address_says_which_batch_is_shown(store: Store) -> None:
    first = add(store, "older", article())
    second = add(store, "newer", article())
    assert show(batch=str(first)).selectbox(key="scores-batch").value == first
    test = show(batch="99999")
    assert test.selectbox(key="scores-batch").value == second
    assert test.query_params["batch"] in (str(second), [str(second)])


def test_a_large_batch_is_scored_by_a_job_that_a_button_starts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review.pages.scores.page._AT_ONCE", 0.0)
    add(store, "large", article())
    test = show()
    assert not test.dataframe
    assert test.button[0].label == "Score 3 segments"
    test.button[0].click().run()
    assert "Cancel" in [button.label for button in test.button]
    assert not test.dataframe
    work.work(store, threading.Event())
    test.run()
    assert not test.exception
    assert len(test.dataframe) == 4


def test_a_correction_made_meanwhile_changes_the_numbers_and_nothing_is_scored_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = add(store, "news-1", article())
    calls: list[int] = []
    score = scoring.review_scores
    monkeypatch.setattr(
        "review.steps.scoring.following.review_scores", lambda *a, **k: (calls.append(1), score(*a, **k))[1]
    )
    test = show()
    test.run()
    before = table(test, "BLEU after").iloc[0]
    assert before["BLEU after"] == before["BLEU ↑"]
    with store.read() as connection:
        [number] = articles.ids(connection, batch)
        [first, *_] = articles.load(connection, number).segments
    _, actor = store.write(people.ensure_local)
    event = {
        "id": "0b9be8ab-8dd7-4d31-a9e6-0f4b33d1ad17",
        "kind": "edit",
        "targets": [{"segment": int(first.id), "base_version": 0}],
        "payload": {"texts": [EDITED[0]]},
    }
    assert reviewing.record(store, actor, batch, [event])["refused"] == []
    after = table(test.run(), "BLEU after").iloc[0]
    assert after["BLEU after"] == BLEU().corpus_score(EDITED, [REFERENCE]).score
    assert after["BLEU ↑"] == before["BLEU ↑"]
    assert calls == [1]


def test_what_another_session_found_while_the_page_was_drawn_is_drawn_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, "news-1", article())
    seen: list[tuple[int, int]] = []

    def drawn(followed: scoring.Followed, *_: Any) -> None:
        followed.changed += 1

    monkeypatch.setattr("review.pages.scores.page._show", drawn)
    monkeypatch.setattr("review.pages.scores.page._follow", lambda followed, at: seen.append((at, followed.changed)))
    assert not show().exception
    assert seen == [(1, 2)]


def test_a_large_comparison_waits_for_a_button_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review.pages.scores.leaderboard._AT_ONCE", 0)
    add(store, "news-1", article("a"), article("b"))

    def waiting(test: AppTest) -> bool:
        return "Compare the systems" in [button.label for button in test.button]

    test = show()
    assert waiting(test)
    next(button for button in test.button if button.label == "Compare the systems").click().run()
    assert not waiting(test)
    assert not waiting(test.run())
    assert "Cluster" in table(test, "Rank").columns


def test_where_the_batch_is_removed_meanwhile_another_is_shown(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, "news-1", article())
    gone = add(store, "news-2", article())

    def removed(followed: scoring.Followed, batch: batches.BatchRow, *_: Any) -> None:
        if batch.id == gone:
            store.write(lambda c: batches.discard(c, gone))

    monkeypatch.setattr("review.pages.scores.page._show", removed)
    test = show(batch=str(gone))
    assert not test.exception
    assert not test.error
    assert test.selectbox(key="scores-batch").options == ["news-1"]


def test_other_metrics_can_be_chosen_and_none_is_said_to_be_too_few(store: Store) -> None:
    add(store, "news-1", article())
    test = show()
    test.button_group(key="scores-metrics").set_value(["ter"]).run()
    assert "TER ↓" in test.dataframe[0].value.columns
    test.button_group(key="scores-metrics").set_value([]).run()
    assert "Choose at least one metric" in said(test.info)
    assert not test.exception


def test_a_warning_names_the_tokenizer_that_suits(store: Store) -> None:
    add(store, "chinese", replace(article(), target_language="zh"))
    test = show()
    test.selectbox(key="scores-tokenizer").select("13a").run()
    assert "--tokenize zh" in said(test.warning)


def test_an_error_is_one_sentence(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, "news-1", article())

    def fail(*args: Any, **extra: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("review.steps.scoring.following.review_scores", fail)
    test = show()
    assert not test.exception
    assert "could not be shown" in said(test.error)


@pytest.mark.parametrize(("label", "shown"), [("BLEU", "BLEU ↑"), ("TER", "TER ↓"), ("chrF2++", "chrF2++ ↑")])
def test_each_metric_says_which_way_is_better(label: str, shown: str) -> None:
    assert tables.arrow(label) == shown


def test_parts_without_a_flag_keep_their_name_and_few_segments_are_not_drawn(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups = [
        slices.Group("style", np.arange(25)),
        slices.Group("without style", np.arange(25, 50), without=True),
        slices.Group("terminology", np.arange(2)),
    ]
    score = (Score("chrF2", 50.0, "signature"),)
    scored = [slices.Slice("flags", group, "mt", score, score) for group in groups]
    monkeypatch.setattr(slices, "marks", lambda *_: None)
    monkeypatch.setattr(slices, "score_batch", lambda *_, **__: scored)
    add(store, "news-1", article())
    test = show()
    test.button_group(key="scores-parts").set_value("flags").run()
    assert list(table(test, "Segments of")["Segments of"]) == ["style", "without style", "terminology"]
    assert list(table(test, "Segments of")["Note"]) == ["", "", "few"]
    drawn = next(one.proto for one in charts(test) if one.proto.alt == "chrF2 by flag")
    assert '"sort": ["style", "without style"]' in drawn.spec
    assert "and are not drawn" in said(test.caption)


def test_of_many_articles_the_order_says_which_are_listed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review.pages.scores.places._LISTED", 1)
    good = article()
    good = replace(
        good, name="good", segments=tuple(replace(one, hypothesis=one.references[0]) for one in good.segments)
    )
    add(store, "news-1", good, article())
    test = show()
    assert list(table(test, "Article", "Edits per word")["Article"]) == ["good"]
    assert "The first 1 of 2" in said(test.caption)
    test.selectbox(key="scores-articles").select(scoring.ORDERS[1]).run()
    assert list(table(test, "Article", "Edits per word")["Article"]) == ["news"]


def test_the_best_system_stands_first_by_the_metric_that_ranks(store: Store) -> None:
    right = tuple(replace(one, hypothesis=one.references[0]) for one in article().segments)
    add(store, "news-1", article("first"), replace(article("second"), segments=right))
    assert list(table(show(), "BLEU after")["System"]) == ["second", "first"]
