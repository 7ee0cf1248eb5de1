"""Events are stored or refused, each by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.errors import AccessError, MissingError, StoreError
from review.model import Correction, ReadingHeader
from review.steps import reviewing
from review.steps.replaying import replay
from review.store import Store, batches
from tests.steps.desk import TEXTS, Desk, article


def test_an_edit_changes_the_text_and_makes_it_a_draft(desk: Desk) -> None:
    first = desk.ids()[0]
    desk.do("edit", [first], {"texts": ["COSMOPlat helps small firms."], "origin": "typed"})
    segment = desk.segments()[0]
    assert (segment["text"], segment["status"], segment["version"]) == ("COSMOPlat helps small firms.", "draft", 1)
    assert segment["hypothesis"] == TEXTS[0]


def test_a_second_arrival_is_an_acknowledgement_even_where_it_would_conflict_now(desk: Desk) -> None:
    first = desk.ids()[0]
    event = desk.event("edit", [first], {"texts": ["A"]})
    assert desk.post(event)["stored"] == [event["id"]]
    desk.do("edit", [first], {"texts": ["B"]})
    assert desk.post(event) == {"stored": [event["id"]], "refused": []}
    assert desk.texts()[0] == "B"


def test_an_id_twice_in_one_post_is_stored_once(desk: Desk) -> None:
    event = desk.event("edit", [desk.ids()[0]], {"texts": ["A"]})
    assert desk.post(event, event)["stored"] == [event["id"]] * 2
    assert desk.segments()[0]["version"] == 1


def test_an_edit_of_an_older_version_is_refused_with_the_segment_as_it_is(desk: Desk) -> None:
    first = desk.ids()[0]
    late = desk.event("edit", [first], {"texts": ["late"]})
    desk.do("edit", [first], {"texts": ["first"]}, actor=desk.colleague())
    answer = desk.post(late)
    assert answer["stored"] == []
    assert answer["refused"][0]["code"] == "conflict"
    assert answer["refused"][0]["current"]["text"] == "first"
    assert answer["refused"][0]["current"]["version"] == 1


def test_a_row_of_edits_with_foretold_versions_is_stored_in_one_post(desk: Desk) -> None:
    first = desk.ids()[0]
    posted = []
    for version in range(50):
        event = desk.event("edit", [first], {"texts": [f"text {version}"]})
        event["targets"][0]["base_version"] = version
        posted.append(event)
    assert len(desk.post(*posted)["stored"]) == 50
    assert desk.segments()[0]["version"] == 50
    assert desk.texts()[0] == "text 49"


def test_what_follows_a_refused_event_on_the_same_segment_is_refused_too(desk: Desk) -> None:
    first, second = desk.ids()[:2]
    bad = desk.event("edit", [first], {"texts": ["a\x00b"]})
    after = desk.event("edit", [first], {"texts": ["next"]})
    after["targets"][0]["base_version"] = 1
    other = desk.event("edit", [second], {"texts": ["other"]})
    answer = desk.post(bad, after, other)
    assert answer["stored"] == [other["id"]]
    assert [item["code"] for item in answer["refused"]] == ["invalid", "conflict"]


def test_deleted_segments_stay_in_view_and_come_back(desk: Desk) -> None:
    ids = desk.ids()
    event = desk.do("delete", ids[:3], {})
    assert desk.texts() == [TEXTS[3]]
    assert desk.row().words == 3
    assert "restore it first" in desk.refused("edit", [ids[0]], {"texts": ["x"]})["reason"]
    desk.do("restore", [ids[0]], {"segment": True})
    assert desk.texts() == [TEXTS[0], TEXTS[3]]
    assert desk.refused("undo", ids[:3], {"event": event})["code"] == "conflict"


def test_progress_counts_confirmed_words(desk: Desk) -> None:
    ids = desk.ids()
    desk.do("status", ids[:2], {"status": "confirmed"})
    row = desk.row()
    assert (row.words, row.done_words, row.changed) == (16, 8, 0)
    desk.do("edit", [ids[0]], {"texts": ["Two words"]})
    row = desk.row()
    assert (row.words, row.done_words, row.changed) == (14, 4, 1)


def test_a_locked_segment_is_not_changed_until_it_is_unlocked(desk: Desk) -> None:
    first = desk.ids()[0]
    lock = desk.do("status", [first], {"locked": True})
    for kind, payload in (("edit", {"texts": ["x"]}), ("delete", {}), ("repair", {"sources": ["x"]})):
        assert "locked" in desk.refused(kind, [first], payload)["reason"]
    desk.do("undo", [first], {"event": lock})
    desk.do("edit", [first], {"texts": ["x"]})


def test_viewers_and_strangers_may_not_write(desk: Desk) -> None:
    first = desk.ids()[0]
    viewer = desk.colleague("Viewer", "viewer")
    refusal = desk.refused("edit", [first], {"texts": ["x"]}, actor=viewer)
    assert (refusal["code"], refusal["current"]) == ("forbidden", None)
    assert desk.view(viewer)["memberships"] == "viewer"
    assert desk.refused("edit", [first], {"texts": ["x"]}, actor=999)["code"] == "forbidden"
    with pytest.raises(AccessError):
        desk.view(999)
    with pytest.raises(AccessError):
        reviewing.check_place(desk.store, 999, desk.batch, desk.article)
    with pytest.raises(MissingError):
        reviewing.check_place(desk.store, desk.actor, desk.batch + 1, desk.article)


def test_events_that_reach_into_another_batch_are_refused(desk: Desk) -> None:
    other = Desk(desk.store)
    event = other.event("edit", [other.ids()[0]], {"texts": ["x"]})
    answer = desk.post(event)
    assert answer["refused"][0]["code"] == "invalid"
    assert answer["refused"][0]["current"] is None
    assert other.texts() == list(TEXTS)


def test_an_id_of_another_persons_event_is_refused(desk: Desk) -> None:
    event = desk.event("edit", [desk.ids()[0]], {"texts": ["x"]})
    desk.post(event)
    assert desk.post(event, actor=desk.colleague())["refused"][0]["code"] == "invalid"


def test_an_attached_source_keeps_all_work(store: Store) -> None:
    desk = Desk(store, [article(sources=None)])
    ids = desk.ids()
    desk.do("edit", [ids[0]], {"texts": ["Edited."]})
    desk.do("merge", ids[2:4], {"new": desk.new()})
    pending = desk.event("edit", [ids[0]], {"texts": ["Edited again."]})
    reviewing.attach(store, desk.actor, desk.article, "source", ["一", "二", None])
    reviewing.attach(store, desk.actor, desk.article, "reference", ["One", "Two", ""])
    reviewing.attach(store, desk.actor, desk.article, "alternative", ["1", "2", "3"], system="other")
    found = desk.view()
    assert found["hasSource"] is True
    assert [segment["source"] for segment in found["segments"]] == ["一", "二", None]
    assert found["segments"][0]["references"] == ["Reference 0.", "One"]
    assert found["segments"][0]["alternatives"] == [{"system": "other", "text": "1"}]
    assert found["segments"][0]["text"] == "Edited."
    assert desk.post(pending)["stored"] == [pending["id"]], "no edit is made stale by a source that arrives"


def test_corrections_that_a_file_brought_are_recorded_before_the_batch_shows(store: Store) -> None:
    read = article()
    given = (
        read.segments[0],
        replace(read.segments[1], correction=Correction("Corrected.", status="confirmed")),
        replace(read.segments[2], correction=Correction(TEXTS[2], status="confirmed")),
        replace(read.segments[3], correction=Correction(TEXTS[3], deleted=True)),
    )
    read = replace(read, segments=given)
    desk = Desk(store)
    batch = store.write(lambda c: batches.create(c, desk.project, desk.actor, "b", ReadingHeader("jsonl")))
    (desk.article,) = batches.add_articles(store, batch, [read])
    assert reviewing.record_corrections(store, desk.actor, batch, [(desk.article, read)]) == 3
    store.write(lambda c: batches.publish(c, batch))
    assert desk.texts() == [TEXTS[0], "Corrected.", TEXTS[2]]
    assert [segment["status"] for segment in desk.segments()] == ["new", "confirmed", "confirmed", "new"]
    assert replay(store).differences == []


def test_an_unknown_batch_and_one_still_coming_in_are_missing(desk: Desk) -> None:
    event = desk.event("edit", [desk.ids()[0]], {"texts": ["x"]})
    header = ReadingHeader("lines")
    staged = desk.store.write(lambda c: batches.create(c, desk.project, desk.actor, "staged", header))
    for batch in (999, staged):
        with pytest.raises(MissingError):
            reviewing.record(desk.store, desk.actor, batch, [event])


def test_a_disk_that_is_full_is_told_as_such_to_the_reviewer(desk: Desk) -> None:
    """SQLite ends the whole transaction then; the failure to roll back within it is not what is told."""
    pages = desk.store.write(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar_one())
    desk.store.write(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}"))
    event = desk.event("edit", desk.ids()[:1], {"texts": ["x" * 1_000_000]})
    with pytest.raises(StoreError, match=r"full.*make room on the disk"):
        desk.post(event)
    desk.store.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1000000"))
    assert desk.post(event)["stored"] == [event["id"]]
