"""A batch's scores follow its reviewers: what they are after each act is what scoring anew would give."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from review.errors import MissingError
from review.metrics import Metric
from review.model import Job
from review.steps import jobs as work
from review.steps import scoring
from review.steps.scoring import jobs
from review.steps.scoring.sheets import Scope, Sheet
from review.store import Store, articles, batches, schema
from review.store import jobs as queue
from tests.steps.desk import Desk, article

ALL = ("bleu", "chrf", "chrf++", "ter")


def anew(desk: Desk) -> scoring.BatchScores:
    _, loaded = scoring.load(desk.store, desk.project, desk.batch)
    return scoring.review_scores(loaded, ALL)


def same(followed: scoring.BatchScores, fresh: scoring.BatchScores) -> None:
    assert followed.systems == fresh.systems
    assert followed.articles == fresh.articles
    assert followed.segments == fresh.segments


@pytest.fixture
def desk(store: Store) -> Desk:
    second = replace(article(name="two"), system="other")
    return Desk(store, [article(), second, article(name="three")])


def test_edits_statuses_and_deletions_are_followed(desk: Desk) -> None:
    followed = scoring.Followed(desk.store, desk.project, desk.batch, ALL)
    same(followed.scores(), anew(desk))
    first, second, third, _ = desk.ids()
    for kind, segment, payload in (
        ("edit", first, {"texts": ["COSMOPlat helps small firms."]}),
        ("status", first, {"status": "confirmed"}),
        ("edit", second, {"texts": ["Reference 1."]}),
        ("edit", first, {"texts": ["COSMOPlat helps small companies."]}),
        ("delete", third, {"flags": []}),
        ("edit", second, {"texts": ["Reference"]}),
    ):
        desk.do(kind, [segment], payload)
        same(followed.scores(), anew(desk))


def test_only_the_corrected_segment_is_measured_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    followed = scoring.Followed(desk.store, desk.project, desk.batch, ("chrf",))
    followed.scores()
    calls: list[tuple[str, int]] = []
    original = Metric.measure

    def counted(self: Metric, texts: list[str], *rest: Any, **extra: Any) -> Any:
        calls.append((self.name, len(texts)))
        return original(self, texts, *rest, **extra)

    monkeypatch.setattr(Metric, "measure", counted)
    desk.do("edit", desk.ids()[:1], {"texts": ["COSMOPlat helps."]})
    followed.scores()
    assert sorted(calls) == [("chrf", 1), ("ter", 1)]
    assert followed.changed == 2


def test_where_nothing_happened_nothing_changes(desk: Desk) -> None:
    followed = scoring.Followed(desk.store, desk.project, desk.batch, ("chrf",))
    assert not followed.scored
    found = followed.scores()
    assert followed.scores() is found
    assert followed.scored
    assert followed.changed == 1


def test_merged_and_inserted_segments_are_scored_anew(desk: Desk) -> None:
    followed = scoring.Followed(desk.store, desk.project, desk.batch, ALL)
    followed.scores()
    first, second, *_ = desk.ids()
    desk.do("merge", [first, second], {"new": desk.new()})
    same(followed.scores(), anew(desk))
    assert len(followed.scores().segments) == 11


def test_a_page_that_is_drawn_while_another_session_exchanges_leaves_no_old_scores_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed = scoring.Followed(desk.store, desk.project, desk.batch, ALL)
    found = followed.scores()
    desk.do("edit", desk.ids()[:1], {"texts": ["Reference 0."]})
    others: list[threading.Thread] = []
    original = Sheet._made

    def made(self: Sheet, confirmed_only: bool, key: str) -> Scope:
        scope = original(self, confirmed_only, key)
        if not others:
            others.append(threading.Thread(target=followed.scores))
            others[0].start()
            # It comes to its end here, or waits until this scope is done.
            others[0].join(0.2)
        return scope

    monkeypatch.setattr(Sheet, "_made", made)
    assert len(found.systems) == 2
    others[0].join()
    same(found, anew(desk))


def test_a_batch_that_was_removed_is_missed(desk: Desk) -> None:
    followed = scoring.Followed(desk.store, desk.project, desk.batch, ALL)
    followed.scores()
    desk.store.write(lambda connection: batches.discard(connection, desk.batch))
    with pytest.raises(MissingError):
        followed.scores()


def test_a_batch_that_is_called_by_the_number_of_another_is_not_taken_for_it(desk: Desk) -> None:
    other = Desk(desk.store, [article(name="four")])
    renamed = update(schema.batch).where(schema.batch.c.id == other.batch).values(name=str(desk.batch))
    desk.store.write(lambda connection: connection.execute(renamed))
    name, found = scoring.load(desk.store, desk.project, desk.batch)
    assert name == "batch"
    assert [one.name for one in found] == ["one", "two", "three"]
    assert scoring.load(desk.store, desk.project, str(desk.batch))[0] == str(desk.batch)
    with pytest.raises(MissingError):
        scoring.load(desk.store, desk.project + 1, desk.batch)


def test_a_correction_that_could_not_be_measured_is_measured_the_next_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed = scoring.Followed(desk.store, desk.project, desk.batch, ALL)
    followed.scores()
    desk.do("edit", desk.ids()[:1], {"texts": ["Reference 0."]})

    def fails(*_: Any, **__: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(Metric, "measure", fails)
        with pytest.raises(MemoryError):
            followed.scores()
    same(followed.scores(), anew(desk))


def test_a_job_scores_a_batch_and_says_what_came_out(desk: Desk) -> None:
    number = work.start(desk.store, desk.project, desk.actor, "score", jobs.of_batch(desk.batch, ["chrf"]))
    work.work(desk.store, threading.Event())
    with desk.store.read() as connection:
        job: Job = queue.get(connection, number)
        assert len(articles.ids(connection, desk.batch)) == 3
    assert job.state == "done"
    before = {scope.system: scope.before[0].value for scope in anew(desk).systems if not scope.confirmed_only}
    chrf = {one["name"]: one["before"]["chrF2"] for one in (job.result or {})["systems"]}
    assert set(chrf) == set(before) == {"mt", "other"}
