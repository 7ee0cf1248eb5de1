"""Raters' words in a file: stored as acts of theirs with the batch or not at all, counted, and given back."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from review import formats
from review.errors import AccessError, InputError
from review.formats import Source
from review.metrics.mqm_weights import find_weights
from review.model import Article, ErrorSpan, Rating, ReadingHeader
from review.steps import exporting, importing, reviewing
from review.steps.evaluating import recorded
from review.steps.importing import Input
from review.steps.replaying import replay
from review.steps.scoring import mqm
from review.store import Store, articles, batches, people
from review.store import schema as s
from tests.formats.helpers import written
from tests.formats.judged import TEXTS, told
from tests.formats.judged import articles as drawn
from tests.formats.test_mqm import HEADER, row
from tests.steps.desk import Desk, article
from tests.steps.test_exporting import act

ROWS = (
    row("The <v>port</v> is big.", rater="r1"),
    row("The port is <v>big</v>.", rater="r1", category="Fluency/Punctuation", severity="Minor", comment="hm"),
    row("The port is big.", rater="r2", category="No-error", severity="No-error"),
    row("It grew <v>fast</v>.", rater="r1", segment="8", source="发展<v>很</v>快。"),
    row("Port big.", rater="r2", system="B", category="Other", severity="Critical"),
)
ID = "00000000-0000-4000-8000-000000000001"
TABLE = ("\n".join((HEADER, *ROWS)) + "\n").encode()


def desk_of(store: Store, data: bytes = TABLE, name: str = "marks.tsv") -> Desk:
    """Import a file, and sit down at its first article."""
    project, actor = store.write(people.ensure_local)
    desk = object.__new__(Desk)
    Desk.__init__(desk, store)
    desk.batch = importing.import_batch(store, project, actor, [Input.of(data, name)])
    with store.read() as connection:
        desk.articles = articles.ids(connection, desk.batch)
    desk.article = desk.articles[0]
    return desk


def scores(scored: mqm.Scored) -> list[tuple[str, object]]:
    return [(tally.system, tally.score) for tally in scored.ratings.tallies("system")]


def counted(store: Store, table: Any) -> int:
    with store.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def test_marks_of_a_file_are_shown_with_their_raters_and_come_out_again(store: Store) -> None:
    desk = desk_of(store)
    first, second = desk.segments()
    assert [(one["rater"], one["severity"], one["category"], one["start"], one["end"]) for one in first["marks"]] == [
        ("r1", "major", "accuracy", 4, 8), ("r1", "minor", "linguistic conventions", 12, 15),
    ]  # fmt: skip
    assert [one["side"] for one in second["marks"]] == ["target", "source"]
    assert second["rating"] is None
    assert exporting.download(store, desk.batch, "original").data == TABLE


def test_the_store_counts_errors_as_the_file_does(store: Store) -> None:
    desk = desk_of(store)
    weights = find_weights("wmt")
    project, _ = store.write(people.ensure_local)
    own = mqm.of_batch(store, project, desk.batch, weights)
    file = mqm.of_file(Source("marks.tsv", data=TABLE), weights)
    assert scores(own) == scores(file)
    assert [one.errors for one in own.ratings.tallies("system")] == [
        one.errors for one in file.ratings.tallies("system")
    ]
    # r2 looked at the first segment alone, so the second has one rater.
    (rated, _) = recorded.recorded(store, project, desk.batch).rated
    assert sorted(map(len, rated.raters.values())) == [1, 2]


def test_replay_proves_what_raters_of_a_file_said(store: Store) -> None:
    desk_of(store)
    proof = replay(store)
    assert (proof.differences, counted(store, s.error_span), counted(store, s.rating)) == ([], 5, 1)
    with store.read() as connection:
        span = connection.execute(select(s.error_span)).first()
    change = s.error_span.update().where(s.error_span.c.id == span.id).values(severity="critical")
    store.write(lambda connection: connection.execute(change).rowcount)
    assert replay(store).differences


def test_raters_of_a_file_are_nobody_who_may_do_anything(store: Store) -> None:
    project, actor = store.write(people.ensure_local)
    desk = desk_of(store, TABLE.replace(b"r1", b"Local user"))
    with store.read() as connection:
        members = people.members(connection, project)
        found = people.from_file(connection, range(1, 20))
        assert [one.actor.id for one in members] == [actor]
        assert len(found) == 2
        assert not found & {actor}
        assert all(people.role(connection, project, one) is None for one in found)
    stranger = min(found)
    targets = [{"segment": desk.ids()[0]}]
    event = {"id": ID, "kind": "rate", "targets": targets, "payload": {"value": 5}}
    refused = reviewing.record(store, stranger, desk.batch, [event])["refused"]
    assert [one["code"] for one in refused] == ["forbidden"]
    with pytest.raises(AccessError):
        reviewing.view(store, desk.article, stranger)


def test_a_posted_act_cannot_speak_for_many_or_say_that_it_came_with_a_file(store: Store) -> None:
    desk = desk_of(store)
    key = desk.ids()[0]
    for kind, payload in (("mark", {"spans": []}), ("rate", {"values": [5]}), ("rate", {"value": None})):
        event = {"id": ID, "kind": kind, "targets": [{"segment": key}], "payload": payload}
        assert [one["code"] for one in desk.post(event)["refused"]] == ["invalid"]


def test_raters_of_two_batches_are_two_people_and_a_reviewer_of_the_same_name_a_third(store: Store) -> None:
    desk = desk_of(store, TABLE.replace(b"r1", b"Local user"))
    again = desk_of(store, TABLE.replace(b"r1", b"Local user"))
    span = {"id": "m1", "side": "target", "start": 0, "end": 2, "category": "style", "severity": "minor"}
    act(again, "mark", [1], {"span": {**span, "text": "It grew fast."}})
    data = exporting.download(store, again.batch, "mqm").data.decode()
    assert "\tLocal user\t" in data
    assert "\tLocal user (1)\t" in data
    assert exporting.download(store, desk.batch, "original").data == TABLE.replace(b"r1", b"Local user")
    assert counted(store, s.actor) == 5


def test_edits_merges_and_splits_do_not_move_what_was_judged(store: Store) -> None:
    desk = desk_of(store)
    act(desk, "edit", [0], {"texts": ["A big harbour. It is new."]})
    act(desk, "split", [0], {"new": [2**41, 2**41 + 1], "at": 15, "source_at": None})
    act(desk, "merge", [1, 2], {"new": 2**41 + 2})
    warnings: list[str] = []
    assert exporting.download(store, desk.batch, "original", warnings=warnings).data == TABLE
    assert any("corrected segments are as imported" in warning for warning in warnings)
    assert not replay(store).differences


def test_a_reviewer_who_marked_something_found_no_error_elsewhere_in_the_article(store: Store) -> None:
    desk = Desk(store, [article()])
    span = {"id": "m1", "side": "target", "start": 0, "end": 4, "category": "terminology", "severity": "major"}
    act(desk, "mark", [0], {"span": {**span, "text": desk.texts()[0]}})
    out = io.BytesIO()
    exporting.export(store, desk.batch, "mqm", out)
    lines = out.getvalue().decode().splitlines()[1:]
    assert [line.split("\t")[8] for line in lines] == ["Major", "No-error", "No-error", "No-error"]
    assert lines[0].split("\t")[6] == "<v>Kaos</v> helps small firms."
    weights = find_weights("wmt")
    project, _ = store.write(people.ensure_local)
    own = mqm.of_batch(store, project, desk.batch, weights)
    assert scores(own) == scores(mqm.of_file(Source("out.tsv", data=out.getvalue()), weights))


def test_marks_on_corrected_text_are_left_out_and_counted(store: Store) -> None:
    desk = desk_of(store)
    act(desk, "edit", [0], {"texts": ["A harbour."]})
    span = {"id": "m1", "side": "target", "start": 0, "end": 1, "category": "style", "severity": "minor"}
    act(desk, "mark", [0], {"span": {**span, "text": "A harbour."}})
    warnings: list[str] = []
    assert exporting.download(store, desk.batch, "mqm", warnings=warnings).data == TABLE
    assert "1 marks and ratings are left out: they are on what reviewers made of the text." in warnings


def bad(**changes: Any) -> Article:
    """An article with one mark that is wrong in something."""
    return replace(article(), spans=(replace(ErrorSpan("0", "0", 0, 4, "style", "minor", "r"), **changes),))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (bad(end=999), "does not lie within its text"),
        (bad(category="nonsense"), "the category must be one of"),
        (bad(severity="awful"), "the severity must be one of"),
        (bad(segment="9"), "there is no segment '9'"),
        (bad(rater=" "), "has no rater"),
        (bad(rater="r" * 300), "a rater's name must be at most 200"),
        (bad(side="middle"), "the side must be one of"),
        (replace(article(), ratings=(Rating("r", 101, "0"),)), "must be from 0 to 100"),
    ],
)
def test_a_mark_that_cannot_be_leaves_nothing_of_the_batch(
    store: Store, monkeypatch: pytest.MonkeyPatch, given: Article, why: str
) -> None:
    from review.model import Reading
    from review.steps.importing.inputs import Plan

    monkeypatch.setattr(Plan, "read", lambda self: [Reading(ReadingHeader("lines"), iter([article(), given]))])
    project, actor = store.write(people.ensure_local)
    with pytest.raises(InputError, match=why):
        importing.import_batch(store, project, actor, [Input.of(b"x\n", "x.txt")])
    with store.read() as connection:
        assert batches.rows(connection, project) == []
    batches.sweep(store)
    assert (counted(store, s.error_span), counted(store, s.rating), counted(store, s.segment)) == (0, 0, 0)
    assert not replay(store).differences


def test_who_may_not_write_brings_no_marks_in(store: Store) -> None:
    project, actor = store.write(people.ensure_local)
    desk = Desk(store, [article()])
    viewer = store.write(lambda c: people.ensure_actor(c, "local", "viewer", "Viewer"))
    store.write(lambda c: people.grant(c, project, viewer, "viewer"))
    with pytest.raises(AccessError):
        reviewing.record_judgements(store, viewer, desk.batch, [(desk.article, bad())])
    assert actor != viewer


def test_importing_marks_is_no_beginning_of_a_review(store: Store) -> None:
    desk = desk_of(store)
    with store.read() as connection:
        (one, *_) = articles.rows(connection, 1, desk.batch)
    assert (one.changed, one.done_words) == (0, 0)
    assert counted(store, s.correction_act) == 0
    assert desk.view()["undo"] == []


@pytest.mark.parametrize(("format", "texts"), [("mqm", TEXTS), ("pearmut", None), ("appraise-csv", None)])
@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_goes_through_the_store_comes_out_the_same(
    store: Store, format: str, texts: st.SearchStrategy[str] | None, data: st.DataObject
) -> None:
    given = data.draw(drawn(texts, numbers=False) if texts is not None else drawn())
    made, _ = written(ReadingHeader(format), given)
    project, actor = store.write(people.ensure_local)
    batch = importing.import_batch(store, project, actor, [Input.of(made, "study")], {"format": format})
    again = exporting.download(store, batch, "original").data
    both = [list(formats.read(one, format).articles) for one in (made, again)]
    assert told(both[0]) == told(both[1])


@pytest.mark.real_data
def test_the_spans_of_wmt_are_counted_alike_in_the_store_and_in_its_export(store: Store, shared_data: Path) -> None:
    path = shared_data / "mqm-ted-en-de.tsv.gz"
    desk = desk_of(store, path.read_bytes(), path.name)
    weights = find_weights("wmt")
    project, _ = store.write(people.ensure_local)
    own, file = mqm.of_batch(store, project, desk.batch, weights), mqm.of_file(Source.of(path), weights)
    again = exporting.download(store, desk.batch, "original").data
    assert scores(own) == scores(file) == scores(mqm.of_file(Source("again.tsv", data=again), weights))
    assert not replay(store).differences
