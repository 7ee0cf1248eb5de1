"""A rule followed over many articles: one act, all of it or nothing, one undo."""

from __future__ import annotations

import threading
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from review.errors import AccessError, ConflictError, InputError, MissingError, RefusedError
from review.model import Article, Choice, Rule, Scope, Segment
from review.steps import jobs, propagating
from review.steps.propagating import making
from review.steps.propagating.jobs import run
from review.steps.replaying import replay
from review.store import Connection, Store, articles, people, schema
from review.store import jobs as queue
from tests.steps.desk import Desk, article

RULE = Rule("Kaos", "COSMOPlat")
KEY = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def desk(store: Store) -> Desk:
    """Three articles with two segments each that have the words."""
    return Desk(store, [article(name=name) for name in ("a", "b", "c")])


def scope(desk: Desk) -> Scope:
    return Scope(desk.project, desk.batch)


def do(desk: Desk, rule: Rule = RULE, choice: Choice = propagating.ALL, key: str = KEY) -> propagating.Outcome:
    return propagating.propagate(desk.store, desk.actor, desk.batch, scope(desk), rule, choice, key=key)


def back(desk: Desk, *, redo: bool = False, actor: int | None = None) -> propagating.Outcome:
    return propagating.turn(desk.store, actor or desk.actor, KEY, key=str(uuid4()), redo=redo)


def texts(desk: Desk) -> list[str]:
    """The current texts of all articles."""
    with desk.store.read() as connection:
        return [segment.text for number in desk.articles for segment in articles.load(connection, number).segments]


def proved(desk: Desk) -> None:
    assert replay(desk.store).differences == []


def staged(desk: Desk) -> int:
    with desk.store.read() as connection:
        return len(connection.execute(select(schema.staged.c.segment)).all())


def test_all_articles_are_changed_by_one_event_that_names_its_targets(desk: Desk) -> None:
    before = texts(desk)
    assert do(desk) == propagating.Outcome(KEY, 6, 3)
    assert texts(desk) == [text.replace("Kaos", "COSMOPlat") for text in before]
    with desk.store.read() as connection:
        assert connection.execute(select(schema.event.c.kind)).scalars().all() == ["propagate"]
        assert len(connection.execute(select(schema.event_target.c.segment)).all()) == 6
        rows = [articles.get(connection, number) for number in desk.articles]
    assert [row.changed for row in rows] == [2, 2, 2]
    assert staged(desk) == 0
    proved(desk)


def test_one_undo_takes_all_of_it_back_and_one_redo_does_it_again(desk: Desk) -> None:
    before = texts(desk)
    do(desk)
    after = texts(desk)
    assert back(desk).segments == 6
    assert texts(desk) == before
    assert back(desk, redo=True).segments == 6
    assert texts(desk) == after
    proved(desk)


def test_every_article_offers_the_undo_and_tells_of_the_change(desk: Desk) -> None:
    do(desk)
    for number in desk.articles:
        desk.article = number
        view = desk.view()
        assert [(step["kind"], step["label"]) for step in view["undo"]] == [
            ("propagate", "propagation (6 segments in 3 articles)")
        ]
        assert view["undo"][0]["segments"] == [segment["id"] for segment in view["segments"][:2]]
        with desk.store.read() as connection:
            first = articles.load(connection, number).segments[0]
        assert first.correction is not None
        assert [change.kind for change in first.correction.changes] == ["propagate"]
        assert first.correction.author == "Local user"
    back(desk)
    assert [step["kind"] for step in desk.view()["redo"]] == ["propagate"]
    assert desk.view()["undo"] == []


def test_the_same_act_told_twice_is_done_once(desk: Desk) -> None:
    assert do(desk) == do(desk)
    with desk.store.read() as connection:
        assert len(connection.execute(select(schema.event.c.id)).all()) == 1


def test_another_acts_id_is_no_act_of_this_kind(desk: Desk) -> None:
    edited = desk.do("edit", [desk.ids()[2]], {"texts": ["Other."], "origin": "typed"})
    with pytest.raises(InputError, match="this id"):
        do(desk, key=edited)


def test_a_segment_changed_since_stays_when_the_act_is_taken_back(desk: Desk) -> None:
    before = texts(desk)
    do(desk)
    desk.do("edit", [desk.ids()[0]], {"texts": ["Quite another sentence."], "origin": "typed"})
    done = back(desk)
    assert (done.segments, [one.reason for one in done.skipped]) == (5, ["it was changed since"])
    assert texts(desk) == ["Quite another sentence.", *before[1:]]
    assert back(desk, redo=True).segments == 5
    assert texts(desk)[0] == "Quite another sentence."
    proved(desk)


def test_a_locked_segment_is_left_alone_and_told_of(desk: Desk) -> None:
    desk.do("status", [desk.ids()[0]], {"locked": True})
    done = do(desk)
    assert (done.segments, [(one.segment, one.reason) for one in done.skipped]) == (
        5,
        [(desk.ids()[0], "it is locked")],
    )
    assert desk.texts()[0] == "Kaos helps small firms."
    proved(desk)


def test_confirmed_text_is_changed_only_where_it_was_ticked(desk: Desk) -> None:
    first, second = desk.ids()[:2]
    desk.do("status", [first, second], {"status": "confirmed"})
    assert do(desk, choice=Choice(including=frozenset({second}))).segments == 5
    assert desk.texts()[:2] == ["Kaos helps small firms.", "COSMOPlat and COSMOPlat again."]
    assert desk.segments()[0]["status"] == "confirmed"
    assert desk.segments()[1]["status"] == "draft"
    proved(desk)


def test_what_was_unticked_stays_and_own_words_stand_as_they_are(desk: Desk) -> None:
    first, second, third = desk.ids()[:3]
    do(desk, choice=Choice(without=frozenset({first}), own={second: "Mine.", third: "Mine too."}))
    assert desk.texts()[:3] == ["Kaos helps small firms.", "Mine.", "Mine too."]


def test_nothing_to_do_is_no_event(desk: Desk) -> None:
    assert do(desk, Rule("nowhere", "here")) == propagating.Outcome()
    with desk.store.read() as connection:
        assert connection.execute(select(schema.event.c.id)).all() == []


def test_somebody_elses_propagation_cannot_be_taken_back(desk: Desk) -> None:
    do(desk)

    def other(connection: Connection) -> int:
        number = people.ensure_actor(connection, "local", "other", "Other")
        people.grant(connection, desk.project, number, "reviewer")
        return number

    actor = desk.store.write(other)
    with pytest.raises(RefusedError, match="somebody else's"):
        back(desk, actor=actor)


def test_undo_and_redo_are_refused_where_they_make_no_sense(desk: Desk) -> None:
    do(desk)
    with pytest.raises(RefusedError, match="not undone"):
        back(desk, redo=True)
    back(desk)
    with pytest.raises(RefusedError, match="undone already"):
        back(desk)
    with pytest.raises(RefusedError, match="no such propagation"):
        propagating.turn(desk.store, desk.actor, str(uuid4()), key=str(uuid4()))


def test_a_viewer_and_a_stranger_change_nothing(desk: Desk) -> None:
    def join(connection: Connection) -> tuple[int, int]:
        viewer = people.ensure_actor(connection, "local", "viewer", "Viewer")
        people.grant(connection, desk.project, viewer, "viewer")
        return viewer, people.ensure_actor(connection, "local", "stranger", "Stranger")

    before = texts(desk)
    for actor in desk.store.write(join):
        with pytest.raises(AccessError):
            propagating.propagate(desk.store, actor, desk.batch, scope(desk), RULE, key=KEY)
    assert texts(desk) == before


def test_another_projects_batch_is_not_there(desk: Desk) -> None:
    other = desk.store.write(lambda connection: people.ensure_project(connection, "other"))
    with pytest.raises(MissingError):
        propagating.propagate(desk.store, desk.actor, desk.batch, Scope(other, desk.batch), RULE, key=KEY)


def test_the_page_cannot_take_a_part_of_the_act_back(desk: Desk) -> None:
    do(desk)
    refusal = desk.refused("undo", desk.ids()[:2], {"event": KEY})
    assert "as a whole" in refusal["reason"]


def test_a_segment_changed_while_the_act_was_made_ready_is_left_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    taking = making._take
    tries = []

    def late(connection: Connection, event: Any, made: Any) -> Any:
        tries.append(event.id)
        return taking(connection, event, made)

    prepare = making._prepare

    def slow(*given: Any) -> None:
        prepare(*given)
        if not tries:
            desk.do("edit", [desk.ids()[0]], {"texts": ["Kaos, typed meanwhile."], "origin": "typed"})

    monkeypatch.setattr(making, "_take", late)
    monkeypatch.setattr(making, "_prepare", slow)
    done = do(desk)
    assert len(tries) == 2
    assert (done.segments, [one.reason for one in done.skipped]) == (5, ["it was changed meanwhile"])
    assert desk.texts()[0] == "Kaos, typed meanwhile."
    proved(desk)


def test_an_act_that_breaks_down_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = texts(desk)

    def broken(connection: Connection, event: Any, made: Any) -> Any:
        raise RuntimeError("gone")

    monkeypatch.setattr(making, "_take", broken)
    with pytest.raises(RuntimeError):
        do(desk)
    assert texts(desk) == before
    assert staged(desk) == 0
    proved(desk)


@pytest.mark.parametrize(
    "payload", [{}, {"find": "a"}, {"find": "a", "replace": 1}, {"find": "a", "replace": "b", "x": 1}]
)
def test_a_rule_that_is_none_is_refused_in_a_sentence(payload: Any) -> None:
    with pytest.raises(InputError, match=r"\.$"):
        propagating.rule_of(payload)


class TestLarge:
    """More segments than a part: a job."""

    @pytest.fixture
    def large(self, store: Store) -> Desk:
        many = [
            Article(f"n{n}", tuple(Segment(f"Kaos {n} {m}", source="卡奥斯") for m in range(100)), "mt", "zh", "en")
            for n in range(9)
        ]
        return Desk(store, many)

    def work(self, desk: Desk, number: int | None) -> Any:
        assert number is not None
        while jobs.work_one(desk.store, "worker@test:1:1", threading.Event(), {"propagate": run}) is not None:
            pass
        with desk.store.read() as connection:
            return queue.get(connection, number)

    def test_it_becomes_a_job_and_so_does_its_undo(self, large: Desk) -> None:
        before = texts(large)
        done = do(large)
        assert done.event == ""
        assert do(large).job == done.job
        assert texts(large) == before
        job = self.work(large, done.job)
        assert (job.state, job.result) == (
            "done",
            {"event": KEY, "segments": 900, "articles": 9, "skipped": [], "left": 0},
        )
        assert texts(large) == [text.replace("Kaos", "COSMOPlat") for text in before]
        proved(large)
        job = self.work(large, back(large).job)
        assert job.result["segments"] == 900
        assert texts(large) == before
        proved(large)
        assert staged(large) == 0

    def test_a_job_that_is_cancelled_midway_changes_nothing(self, large: Desk) -> None:
        before = texts(large)
        number = do(large).job
        with large.store.read() as connection:
            job = queue.get(connection, number or 0)

        def stop(done: int, total: int) -> None:
            if done > 400:
                raise jobs.Ended("cancelled")

        with pytest.raises(jobs.Ended):
            run(large.store, job, stop)
        assert texts(large) == before
        assert staged(large) == 0
        proved(large)

    def test_a_job_begun_again_does_not_do_it_twice(self, large: Desk) -> None:
        number = do(large).job
        with large.store.read() as connection:
            job = queue.get(connection, number or 0)
        first = run(large.store, job, lambda done, total: None)
        assert run(large.store, job, lambda done, total: None)["segments"] == first["segments"] == 900
        proved(large)

    def test_what_a_killed_job_left_is_taken_up_anew(self, large: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        number = do(large).job
        with large.store.read() as connection:
            job = queue.get(connection, number or 0)

        def killed(done: int, total: int) -> None:
            if done > 400:
                raise KeyboardInterrupt

        monkeypatch.setattr(making.wide, "abandon", lambda store, event: None)
        with pytest.raises(KeyboardInterrupt):
            run(large.store, job, killed)
        assert staged(large) > 0
        monkeypatch.undo()
        assert run(large.store, job, lambda done, total: None)["segments"] == 900
        assert staged(large) == 0
        proved(large)


def test_an_act_begun_twice_at_once_is_never_taken_by_halves(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before, prepare = texts(desk), making._prepare

    def disturbed(*given: Any) -> None:
        prepare(*given)
        if given[3] == 0:
            making.wide.abandon(desk.store, KEY)  # what the other one does as it begins

    monkeypatch.setattr(making, "SIZE", 2)
    monkeypatch.setattr(making, "_prepare", disturbed)
    with pytest.raises(ConflictError, match="begun twice at once"):
        do(desk)
    assert (texts(desk), staged(desk)) == (before, 0)
    monkeypatch.setattr(making, "_prepare", prepare)
    assert do(desk) == propagating.Outcome(KEY, 6, 3)
    proved(desk)


def test_a_segment_left_alone_is_told_of_once_though_its_part_is_made_ready_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(desk)
    first, second = desk.ids()[:2]
    desk.do("edit", [first], {"texts": ["Changed since."], "origin": "typed"})
    prepare = making._prepare

    def disturbed(*given: Any) -> None:
        prepare(*given)
        monkeypatch.setattr(making, "_prepare", prepare)
        desk.do("edit", [second], {"texts": ["Changed meanwhile."], "origin": "typed"})

    monkeypatch.setattr(making, "_prepare", disturbed)
    outcome = back(desk)
    assert sorted(one.segment for one in outcome.skipped) == sorted([first, second])
