"""Time and keystrokes: nothing while it is off, the person's alone while it is not shared, gone when they say so."""

from __future__ import annotations

from typing import Any

import pytest

from review.errors import AccessError, InputError, MissingError, RefusedError
from review.steps.saving import Choice, Own, choose, forget, measure, own, settings_of, shared
from review.store import Store, batches, efforts
from tests.steps.desk import Desk


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def spent(segment: int, time: Any = 1500, keystrokes: Any = 7) -> dict[str, Any]:
    return {"segment": segment, "time": time, "keystrokes": keystrokes}


def send(desk: Desk, *given: dict[str, Any], actor: int | None = None) -> int:
    return measure(desk.store, actor or desk.actor, desk.batch, desk.article, list(given))


def stored(desk: Desk) -> int:
    with desk.store.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM effort").scalar() or 0)


def test_it_is_off_until_a_person_switches_it_on_and_then_nothing_is_taken(desk: Desk) -> None:
    assert settings_of(desk.store, desk.actor) == Choice(on=False, shared=False)
    with pytest.raises(RefusedError, match="switched off"):
        send(desk, spent(desk.ids()[0]))
    assert stored(desk) == 0


def test_what_is_measured_adds_up(desk: Desk) -> None:
    first, second = desk.ids()[:2]
    choose(desk.store, desk.actor, on=True)
    assert send(desk, spent(first), spent(second, 500, 0)) == 2
    assert send(desk, spent(first, 1000, 3)) == 1
    found = own(desk.store, desk.actor, desk.project)
    assert found == Own("Local user", {desk.article: (2, 3.0, 10)})
    assert (found.segments, found.seconds, found.keystrokes) == (2, 3.0, 10)
    with desk.store.read() as connection:
        assert efforts.of_segments(connection, desk.actor, desk.article) == [(first, 2500, 10), (second, 500, 0)]
    assert own(desk.store, desk.actor, desk.project, desk.batch + 1).articles == {}


def test_switched_off_again_nothing_more_is_taken_and_what_was_stays(desk: Desk) -> None:
    choose(desk.store, desk.actor, on=True)
    send(desk, spent(desk.ids()[0]))
    choose(desk.store, desk.actor, on=False)
    with pytest.raises(RefusedError):
        send(desk, spent(desk.ids()[0]))
    assert own(desk.store, desk.actor, desk.project).seconds == 1.5


def test_everything_of_mine_is_deleted_and_nothing_of_others(desk: Desk) -> None:
    ann = desk.colleague("Ann")
    for actor in (desk.actor, ann):
        choose(desk.store, actor, on=True)
        send(desk, spent(desk.ids()[0]), actor=actor)
    assert forget(desk.store, desk.actor) == 1
    assert own(desk.store, desk.actor, desk.project).articles == {}
    assert own(desk.store, ann, desk.project).seconds == 1.5


def test_a_lead_sees_only_what_people_share(desk: Desk) -> None:
    ann, ben = desk.colleague("Ann"), desk.colleague("Ben")
    for actor in (ann, ben):
        choose(desk.store, actor, on=True)
        send(desk, spent(desk.ids()[0]), actor=actor)
    assert shared(desk.store, desk.actor, desk.project) == []
    choose(desk.store, ben, shared=True)
    assert [one.name for one in shared(desk.store, desk.actor, desk.project)] == ["Ben"]
    with pytest.raises(AccessError, match="Only a lead"):
        shared(desk.store, ann, desk.project)
    choose(desk.store, ben, shared=False)
    assert shared(desk.store, desk.actor, desk.project) == []


@pytest.mark.parametrize(
    "bad",
    [
        "no list",
        [1],
        [{"segment": 0, "time": 1, "keystrokes": 1}],
        [{"segment": 1, "time": -1, "keystrokes": 1}],
        [{"segment": 1, "time": 1.5, "keystrokes": 1}],
        [{"segment": 1, "time": 10**9, "keystrokes": 1}],
        [{"segment": 1, "time": 1, "keystrokes": "many"}],
        [{"segment": 1, "time": 1, "keystrokes": 1}] * 2,
    ],
)
def test_what_no_browser_measures_is_refused(desk: Desk, bad: Any) -> None:
    choose(desk.store, desk.actor, on=True)
    with pytest.raises(InputError):
        measure(desk.store, desk.actor, desk.batch, desk.article, bad)
    assert stored(desk) == 0


def test_segments_of_other_articles_are_left_out_and_strangers_are_refused(desk: Desk) -> None:
    choose(desk.store, desk.actor, on=True)
    assert send(desk, spent(999_999)) == 0
    with pytest.raises(MissingError):
        measure(desk.store, desk.actor, desk.batch, desk.article + 99, [])
    stranger = desk.colleague("Eve", "viewer")
    desk.store.write(lambda c: c.exec_driver_sql(f"DELETE FROM membership WHERE actor = {stranger}").rowcount)
    with pytest.raises(AccessError):
        send(desk, spent(desk.ids()[0]), actor=stranger)


def test_a_discarded_batch_goes_with_what_was_measured(desk: Desk) -> None:
    choose(desk.store, desk.actor, on=True)
    send(desk, spent(desk.ids()[0]))
    desk.store.write(lambda c: batches.discard(c, desk.batch))
    assert batches.sweep(desk.store) == 1
    assert stored(desk) == 0
