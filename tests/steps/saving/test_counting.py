"""Corrections counted: one propagation of many segments is one act; what is undone does not count."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from review.model import Correction, ReadingHeader, Rule, Scope, Segment
from review.steps import propagating, reviewing
from review.steps.replaying import replay
from review.steps.saving import Counted, Counts, count
from review.store import Store, batches, corrections
from tests.steps.desk import TEXTS, Desk, article, flag
from tests.store.ageing import age

KAOS = Rule(find="Kaos", replace="COSMOPlat")


@pytest.fixture
def desk(store: Store) -> Desk:
    """Three articles of four sentences: "Kaos" stands in six of them."""
    return Desk(store, [article(name=name) for name in ("one", "two", "three")])


def counted(desk: Desk, batch: int | None = None) -> Counted:
    return count(desk.store, desk.project, batch)


def acts(desk: Desk, batch: int | None = None) -> dict[str, tuple[int, int]]:
    """The ways that were used, as (acts, segments)."""
    ways = counted(desk, batch).ways
    return {way: (one.acts, one.segments) for way, one in ways.items() if one != Counts()}


def edit(desk: Desk, place: int, text: str, origin: str = "typed", actor: int | None = None) -> str:
    return desk.do("edit", [desk.ids()[place]], {"texts": [text], "origin": origin}, actor)


def spread(desk: Desk, rule: Rule = KAOS) -> str:
    done = propagating.propagate(desk.store, desk.actor, desk.batch, Scope(desk.project), rule, key=str(uuid4()))
    return done.event


def later(desk: Desk, seconds: int) -> None:
    """As if all that was counted so far had been done earlier by so much."""
    statement = f"UPDATE correction_act SET at = at - {seconds * 1_000_000}"
    desk.store.write(lambda c: c.exec_driver_sql(statement).rowcount)


def test_nothing_done_is_nothing_counted(desk: Desk) -> None:
    found = counted(desk)
    assert (acts(desk), found.total, found.saved, found.days, found.people) == ({}, Counts(), 0, [], {})


def test_a_propagation_is_one_act_of_all_its_segments(desk: Desk) -> None:
    edit(desk, 0, "COSMOPlat helps small firms.")
    spread(desk)
    assert acts(desk) == {"hand": (1, 1), "propagation": (1, 5)}
    assert counted(desk).saved == 4
    assert counted(desk).total == Counts(2, 6)


def test_undo_and_redo_are_followed(desk: Desk) -> None:
    event = spread(desk)
    assert acts(desk) == {"propagation": (1, 6)}
    propagating.turn(desk.store, desk.actor, event, key=str(uuid4()))
    assert acts(desk) == {}
    propagating.turn(desk.store, desk.actor, event, key=str(uuid4()), redo=True)
    assert acts(desk) == {"propagation": (1, 6)}
    first = desk.ids()[3]
    typed = edit(desk, 3, "The very last sentence.")
    desk.do("undo", [first], {"event": typed})
    assert acts(desk) == {"propagation": (1, 6)}
    desk.do("redo", [first], {"event": typed})
    assert acts(desk) == {"propagation": (1, 6), "hand": (1, 1)}
    assert replay(desk.store).differences == []


def test_what_an_undo_leaves_because_it_was_changed_since_still_counts(desk: Desk) -> None:
    event = spread(desk)
    edit(desk, 0, "COSMOPlat helps.")
    propagating.turn(desk.store, desk.actor, event, key=str(uuid4()))
    assert acts(desk) == {"propagation": (1, 1), "hand": (1, 1)}
    with desk.store.read() as connection:
        found = corrections.of_articles(connection, desk.project)
    assert found[desk.articles[0]] == {"propagation": 1, "hand": 1}
    assert found[desk.articles[1]] == {}
    propagating.turn(desk.store, desk.actor, event, key=str(uuid4()), redo=True)
    assert acts(desk) == {"propagation": (1, 6), "hand": (1, 1)}
    assert acts(desk, desk.batch) == acts(desk)
    assert replay(desk.store).differences == []


def test_typing_that_is_stored_at_each_pause_is_one_act(desk: Desk) -> None:
    edit(desk, 3, "The last")
    edit(desk, 3, "The last of all")
    pause = edit(desk, 3, "The last of all sentences.", "paste")
    assert acts(desk) == {"hand": (1, 1)}
    desk.do("undo", [desk.ids()[3]], {"event": pause})
    assert acts(desk) == {"hand": (1, 1)}, "what was typed before the pause is still there"
    edit(desk, 2, "A dual circulation is planned.")
    edit(desk, 3, "The last one.")
    assert acts(desk) == {"hand": (3, 3)}, "who comes back corrects again"
    assert replay(desk.store).differences == []


def test_the_same_sentence_much_later_is_a_new_act(desk: Desk) -> None:
    edit(desk, 3, "The last")
    later(desk, 301)
    edit(desk, 3, "The last of all")
    assert acts(desk) == {"hand": (2, 2)}


def test_another_persons_edit_is_theirs(desk: Desk) -> None:
    ann = desk.colleague("Ann")
    edit(desk, 3, "The last")
    edit(desk, 3, "The last of all", actor=ann)
    edit(desk, 0, "COSMOPlat helps.", actor=ann)
    found = counted(desk).people
    assert {name: ways["hand"] for name, ways in found.items()} == {"Ann": Counts(2, 2), "Local user": Counts(1, 1)}


def test_a_suggestion_accepted_everywhere_is_one_act(desk: Desk) -> None:
    first, second = desk.ids()[:2]
    made = [flag(first, TEXTS[0], "Kaos", "COSMOPlat"), flag(second, TEXTS[1], "Kaos", "COSMOPlat")]
    desk.save(*made)
    shown = [one for segment in desk.segments() for one in segment["flags"]]
    texts = ["COSMOPlat helps small firms.", "COSMOPlat and Kaos again."]
    desk.do("accept", [first, second], {"texts": texts, "flags": shown, "suggestion": "COSMOPlat"})
    assert acts(desk) == {"suggestion": (1, 2)}
    assert counted(desk).saved == 1


def test_one_key_press_of_two_events_is_one_act(desk: Desk) -> None:
    first, second = desk.ids()[:2]
    desk.save(flag(first, TEXTS[0], "Kaos", "COSMOPlat"), flag(second, TEXTS[1], "Kaos and Kaos again.", ""))
    one, two = (next(iter(segment["flags"])) for segment in desk.segments()[:2])
    payload = {"texts": ["COSMOPlat helps."], "flags": [one], "suggestion": "COSMOPlat", "group": "g"}
    desk.do("accept", [first], payload)
    desk.do("delete", [second], {"flags": [two], "group": "g"})
    assert acts(desk) == {"suggestion": (1, 2)}
    assert replay(desk.store).differences == []


def test_memory_is_a_way_of_its_own_and_imports_stand_apart(desk: Desk) -> None:
    edit(desk, 0, "COSMOPlat helps small firms.", "memory")
    brought = article(name="brought")
    corrected = Segment("A.", correction=Correction("B.", "confirmed"))
    given = type(brought)("brought", (corrected,), target_language="en")
    (number,) = batches.add_articles(desk.store, other := staged(desk), [given])
    reviewing.record_corrections(desk.store, desk.actor, other, [(number, given)])
    desk.store.write(lambda c: batches.publish(c, other))
    assert acts(desk) == {"memory": (1, 1), "import": (1, 1)}
    assert counted(desk).total == Counts(1, 1), "who imports a file has corrected nothing"


def staged(desk: Desk) -> int:
    return desk.store.write(lambda c: batches.create(c, desk.project, desk.actor, "other", ReadingHeader("lines")))


def test_what_changes_no_word_and_what_puts_the_machines_words_back_are_no_corrections(desk: Desk) -> None:
    edit(desk, 3, TEXTS[3])
    desk.do("status", [desk.ids()[0]], {"status": "confirmed"})
    desk.do("delete", [desk.ids()[1]], {})
    edit(desk, 2, "A dual circulation.")
    edit(desk, 2, TEXTS[2], "original")
    assert acts(desk) == {"hand": (1, 1)}


def test_a_merge_is_no_correction_and_what_is_typed_in_the_merged_segment_is(desk: Desk) -> None:
    edit(desk, 0, "COSMOPlat helps.")
    first, second = desk.ids()[:2]
    desk.do("merge", [first, second], {"new": desk.new()})
    assert acts(desk) == {"hand": (1, 1)}
    edit(desk, 0, "COSMOPlat helps again.")
    assert acts(desk) == {"hand": (2, 2)}
    assert replay(desk.store).differences == []


def test_an_act_counts_where_it_was_begun_and_its_segments_where_they_lie(desk: Desk) -> None:
    other = staged(desk)
    batches.add_articles(desk.store, other, [article(name="far"), article(name="farther")])
    desk.store.write(lambda c: batches.publish(c, other))
    spread(desk)
    assert acts(desk) == {"propagation": (1, 10)}
    assert acts(desk, desk.batch) == {"propagation": (1, 6)}
    assert acts(desk, other) == {"propagation": (0, 4)}
    assert counted(desk, other).saved == 4
    with desk.store.read() as connection:
        by_article = corrections.of_articles(connection, desk.project, other)
        everywhere = corrections.of_articles(connection, desk.project)
    assert list(by_article.values()) == [{"propagation": 2}] * 2
    assert len(everywhere) == 5


def test_days_are_told_apart(desk: Desk) -> None:
    edit(desk, 0, "COSMOPlat helps.")
    later(desk, 86_400)
    edit(desk, 2, "A dual circulation.")
    first, second = counted(desk).days
    assert (second.day - first.day).days == 1
    assert [day.ways["hand"] for day in (first, second)] == [Counts(1, 1), Counts(1, 1)]


def test_counts_that_were_tampered_with_are_found(desk: Desk) -> None:
    edit(desk, 0, "COSMOPlat helps.")
    desk.store.write(lambda c: c.exec_driver_sql("UPDATE correction_act SET segments = 9").rowcount)
    assert any("it is counted as ('hand', 1, 9, True)" in line for line in replay(desk.store).differences)


def test_acts_of_before_are_counted_when_the_database_is_migrated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    with Store.open(url) as store:
        desk = Desk(store, [article(name=name) for name in ("one", "two")])
        first, second = desk.ids()[:2]
        desk.save(flag(first, TEXTS[0], "Kaos", "COSMOPlat"), flag(second, TEXTS[1], "Kaos and Kaos again.", ""))
        one, two = (next(iter(segment["flags"])) for segment in desk.segments()[:2])
        desk.do("accept", [first], {"texts": ["C."], "flags": [one], "suggestion": "C", "group": "g"})
        desk.do("delete", [second], {"flags": [two], "group": "g"})
        edit(desk, 3, "The last")
        edit(desk, 3, "The last of all")
        undone = edit(desk, 2, "A dual circulation.")
        desk.do("undo", [desk.ids()[2]], {"event": undone})
        edit(desk, 3, "The very last")
        before = acts(desk)
        assert before == {"suggestion": (1, 2), "hand": (1, 1)}
        store.write(lambda c: age(c, "0009"))
    with Store.open(url) as desk.store:
        assert acts(desk) == before
        assert replay(desk.store).differences == []
