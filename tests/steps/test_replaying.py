"""The proof that state equals events, and that it fails where anything was altered."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from review.errors import MissingError, RefusedError
from review.model import CATEGORIES, SEVERITIES, Rule, Scope
from review.steps import propagating, reviewing
from review.steps.replaying import replay
from review.store import Store, flags
from tests.steps.desk import TEXTS, Desk, article, flag


@pytest.fixture
def desk(store: Store) -> Desk:
    """An article in which every kind of act was done."""
    desk = Desk(store, [article(), article(name="two")])
    first, second, third, fourth = desk.ids()
    found = flag(first, TEXTS[0], "Kaos", "COSMOPlat")
    desk.store.write(lambda connection: flags.save(connection, desk.article, [found]))
    view = desk.segments()[0]["flags"][0]
    desk.do("accept", [first], {"texts": ["COSMOPlat helps."], "flags": [view], "suggestion": "COSMOPlat"})
    edit = desk.do("edit", [second], {"texts": ["Kaos, again."]})
    desk.do("undo", [second], {"event": edit})
    desk.do("redo", [second], {"event": edit})
    view = {**view, "segment": second, "id": "0123456789abcdef"}
    dismissal = desk.do("dismiss", [second], {"flag": view, "scope": "article", "reason": ""})
    desk.do("restore", [second], {"dismissal": dismissal})
    desk.do("status", [first, second], {"status": "confirmed"})
    desk.do("comment", [first], {"comment": {"id": "c1", "text": "Why?", "start": 0, "end": 3}})
    span = {
        "id": "m1",
        "side": "target",
        "start": 0,
        "end": 4,
        "category": "style",
        "severity": "minor",
        "text": TEXTS[0],
    }
    desk.do("mark", [first], {"span": span})
    desk.do("rate", [first], {"value": 70})
    desk.do("rate", [], {"value": 50.5, "article": desk.article})
    desk.do("assign", [], {"article": desk.article, "actor": desk.actor})
    desk.do("split", [third], {"new": [desk.new(), desk.new()], "at": 9, "source_at": 2})
    desk.do("insert", [fourth], {"new": desk.new(), "text": "New.", "before": True, "new_paragraph": True})
    desk.do("delete", [fourth], {})
    desk.do("restore", [fourth], {"segment": True})
    reviewing.attach(store, desk.actor, desk.article, "reference", [f"R{n}" for n in range(len(desk.ids()))])
    reviewing.attach(store, desk.actor, desk.article, "source", [f"源{n}" for n in range(len(desk.ids()))])
    desk.do("merge", desk.ids()[:2], {"new": desk.new()})
    desk.do("repair", desk.ids()[:2], {"sources": ["换", None]})
    return desk


def test_every_kind_of_act_replays_to_what_is_stored(desk: Desk) -> None:
    proof = replay(desk.store)
    assert proof.differences == []
    assert proof.events == 20
    assert proof.texts > 20


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE state SET status = 'approved' WHERE segment = 1", "status"),
        ("UPDATE state SET version = version + 1 WHERE segment = 2", "version"),
        ("UPDATE state SET text_hash = (SELECT hash FROM text ORDER BY hash LIMIT 1)", "text_hash"),
        ("DELETE FROM state WHERE segment = 1", "not there"),
        ("INSERT INTO state SELECT 5, 2, version, text_hash, words, status, locked, deleted, retired, source_set, "
         "source_hash, actor, at, event FROM state WHERE segment = 1", "no event made it"),
        ("UPDATE segment SET paragraph = 9 WHERE origin_event IS NOT NULL", "paragraph"),
        ("UPDATE segment SET hypothesis_hash = source_hash WHERE id = 3", "could not have been taken"),
        ("UPDATE verdict SET active = 1 - active", "active"),
        ("UPDATE error_span SET severity = 'major'", "severity"),
        ("UPDATE comment SET start = 1", "start"),
        ("UPDATE rating SET value = 99", "value"),
        ("UPDATE assignment SET actor = NULL", "actor"),
        ("DELETE FROM attachment WHERE side = 'reference'", "not there"),
        ("UPDATE article SET done_words = done_words + 1", "counters"),
        ("UPDATE event SET actor = 2 WHERE kind = 'edit'", "altered"),
        ("UPDATE event SET kind = 'propagate' WHERE kind = 'accept'", "altered"),
        ("UPDATE event SET at = at + 1 WHERE seq = 1", "altered"),
        ("UPDATE event_target SET base_version = 7 WHERE seq = 2", "altered"),
        ("DELETE FROM event WHERE seq = 3", "does not follow"),
        ("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)", "last ones are lost"),
        ("UPDATE text SET body = body || ' ' WHERE body = 'Kaos, again.'", "not those that were stored"),
        ("UPDATE text SET body = replace(body, '70', '71') WHERE body LIKE '%\"value\":70%'", "not those"),
        ("UPDATE event SET refers = NULL WHERE kind = 'undo'", "refers"),
        ("UPDATE event SET refers = 'c2' WHERE kind = 'comment'", "refers"),
        ("UPDATE event SET \"group\" = 'g' WHERE seq = 1", "refers"),
        ("DELETE FROM text WHERE hash = (SELECT payload_hash FROM event WHERE kind = 'edit')", "was not erased"),
        ("DELETE FROM text WHERE body = 'Why?'", "is gone"),
        ("DELETE FROM text WHERE body = 'The last sentence.'", "is gone"),
    ],
)  # fmt: skip
def test_whatever_is_altered_is_found(desk: Desk, statement: str, says: str) -> None:
    alter(desk.store, statement)
    proof = replay(desk.store)
    assert any(says in sentence for sentence in proof.differences), proof.differences


def alter(store: Store, statement: str) -> None:
    """Do something to the database that the program would not."""
    with store.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN")
        assert connection.exec_driver_sql(statement).rowcount
        connection.commit()
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DELETE FROM event_target WHERE ordinal = 1", "targets"),
        ("UPDATE event_target SET ordinal = ordinal + 70000 WHERE ordinal = 1", "targets"),
        ("UPDATE event_target SET base_version = 3", "targets"),
        ("UPDATE state SET text_hash = (SELECT hash FROM text ORDER BY hash LIMIT 1) WHERE segment = 1", "text_hash"),
        ("UPDATE article SET changed = changed + 1", "counters"),
        ('DELETE FROM text WHERE body LIKE \'{"effects"%"texts"%\'', "a part of it is gone"),
        ("UPDATE text SET body = replace(body, 'draft', 'approved') WHERE body LIKE '{\"effects\"%'", "not those"),
        ("UPDATE event SET refers = NULL WHERE kind = 'redo'", "refers"),
        ("DELETE FROM event WHERE kind = 'undo'", "does not follow"),
    ],
)
def test_whatever_is_altered_of_an_act_over_many_articles_is_found(store: Store, statement: str, says: str) -> None:
    desk = Desk(store, [article(name="a"), article(name="b")])
    key, undo, redo = (str(uuid4()) for _ in range(3))
    where = Scope(desk.project, desk.batch)
    propagating.propagate(store, desk.actor, desk.batch, where, Rule("Kaos", "COSMOPlat"), key=key)
    propagating.turn(store, desk.actor, key, key=undo)
    propagating.turn(store, desk.actor, key, key=redo, redo=True)
    assert replay(store).differences == []
    alter(store, statement)
    proof = replay(store)
    assert any(says in sentence for sentence in proof.differences), proof.differences


def test_an_erased_part_of_an_act_is_counted_and_no_difference(store: Store) -> None:
    desk = Desk(store)
    where = Scope(desk.project, desk.batch)
    propagating.propagate(store, desk.actor, desk.batch, where, Rule("Kaos", "COSMOPlat"), key=str(uuid4()))
    alter(store, 'UPDATE text SET body = NULL WHERE body LIKE \'{"effects"%"texts"%\'')
    proof = replay(store)
    assert (proof.erased, proof.differences) == (1, [])


def test_an_erased_payload_is_counted_and_no_difference(desk: Desk) -> None:
    """Its row is there without the words, so the chain still verifies."""
    erase = "UPDATE text SET body = NULL WHERE hash = (SELECT payload_hash FROM event WHERE kind = 'mark')"
    desk.store.write(lambda connection: connection.exec_driver_sql(erase))
    proof = replay(desk.store)
    assert proof.erased == 1
    assert not [sentence for sentence in proof.differences if "gone" in sentence or sentence.startswith("event")]


def test_an_unknown_project_is_missing(store: Store) -> None:
    with pytest.raises(MissingError):
        replay(store, "nowhere")


def test_an_empty_store_holds(store: Store) -> None:
    assert replay(store).differences == []


words = st.text(alphabet="ab 双循环。.", min_size=0, max_size=12)


class Reviewers(RuleBasedStateMachine):
    """Two people do whatever they like, undo and redo; a model keeps the texts as they should be."""

    folder: Path
    runs = 0

    @initialize()
    def open(self) -> None:
        Reviewers.runs += 1
        self.store = Store.open(f"sqlite:///{self.folder / f'{Reviewers.runs}.sqlite3'}")
        self.desk = Desk(self.store)
        self.people = [self.desk.actor, self.desk.colleague()]
        self.acts: list[list[tuple[str, list[int]]]] = [[], []]
        self.wide: list[list[str]] = [[], []]

    def teardown(self) -> None:
        if hasattr(self, "store"):
            with self.store:
                assert replay(self.store).differences == []

    def act(self, who: int, kind: str, segments: list[int], payload: dict[str, Any]) -> bool:
        event = self.desk.event(kind, segments, payload)
        answer = self.desk.post(event, actor=self.people[who])
        for refusal in answer["refused"]:
            assert "cannot take this act" not in refusal["reason"], refusal
        if answer["stored"] and kind not in ("undo", "redo"):
            self.acts[who].append((event["id"], segments))
        return bool(answer["stored"])

    def some(self, data: st.DataObject, least: int = 1, most: int = 1) -> list[int]:
        ids = self.desk.ids()
        start = data.draw(st.integers(0, len(ids) - 1))
        return ids[start : start + data.draw(st.integers(least, most))]

    @rule(data=st.data(), who=st.integers(0, 1), text=words)
    def edit(self, data: st.DataObject, who: int, text: str) -> None:
        target = self.some(data)
        if self.act(who, "edit", target, {"texts": [text]}):
            assert self.shown(target[0])["text"] == text

    @rule(data=st.data(), who=st.integers(0, 1))
    def merge(self, data: st.DataObject, who: int) -> None:
        targets = self.some(data, 2, 3)
        if len(targets) > 1:
            self.act(who, "merge", targets, {"new": self.desk.new()})

    @rule(data=st.data(), who=st.integers(0, 1), at=st.integers(0, 30))
    def split(self, data: st.DataObject, who: int, at: int) -> None:
        payload = {"new": [self.desk.new(), self.desk.new()], "at": at, "source_at": None}
        self.act(who, "split", self.some(data), payload)

    @rule(data=st.data(), who=st.integers(0, 1), text=words, before=st.booleans(), alone=st.booleans())
    def insert(self, data: st.DataObject, who: int, text: str, before: bool, alone: bool) -> None:
        payload = {"new": self.desk.new(), "text": text, "before": before, "new_paragraph": alone}
        assert self.act(who, "insert", self.some(data), payload)

    @rule(data=st.data(), who=st.integers(0, 1), back=st.booleans())
    def delete(self, data: st.DataObject, who: int, back: bool) -> None:
        self.act(
            who,
            *(("restore", self.some(data, 1, 3), {"segment": True}) if back else ("delete", self.some(data, 1, 3), {})),
        )

    @rule(data=st.data(), who=st.integers(0, 1), status=st.sampled_from(["draft", "confirmed", "rejected"]))
    def status(self, data: st.DataObject, who: int, status: str) -> None:
        assert self.act(who, "status", self.some(data, 1, 3), {"status": status})

    @rule(data=st.data(), who=st.integers(0, 1), locked=st.booleans())
    def lock(self, data: st.DataObject, who: int, locked: bool) -> None:
        assert self.act(who, "status", self.some(data), {"locked": locked})

    @rule(data=st.data(), who=st.integers(0, 1), scope=st.sampled_from(["place", "text", "article", "project"]))
    def dismiss(self, data: st.DataObject, who: int, scope: str) -> None:
        target = self.shown(self.some(data)[0])
        length = len(target["text"])
        view = {
            "id": "f1",
            "start": data.draw(st.integers(0, length)),
            "end": length,
            "detector": "x",
            "category": data.draw(st.sampled_from(list(CATEGORIES))),
            "severity": data.draw(st.sampled_from(SEVERITIES)),
            "confidence": 0.5,
            "message": "m",
        }
        assert self.act(who, "dismiss", [target["id"]], {"flag": view, "scope": scope, "reason": "r"})

    @rule(data=st.data(), who=st.integers(0, 1))
    def comment(self, data: st.DataObject, who: int) -> None:
        given = {"id": f"c{self.desk.new()}", "text": "t", "start": None, "end": None}
        assert self.act(who, "comment", self.some(data), {"comment": given})

    @rule(data=st.data(), who=st.integers(0, 1), kind=st.sampled_from(["undo", "redo"]))
    @precondition(lambda self: any(self.acts))
    def back_and_forth(self, data: st.DataObject, who: int, kind: str) -> None:
        if self.acts[who]:
            event, segments = data.draw(st.sampled_from(self.acts[who]))
            self.act(who, kind, segments, {"event": event})

    @rule(who=st.integers(0, 1), find=st.sampled_from("ab双.K"), replace=st.sampled_from(["x", "ba", "双"]))
    def propagate(self, who: int, find: str, replace: str) -> None:
        key, actor, where = str(uuid4()), self.people[who], Scope(self.desk.project)
        said = Rule(find, replace, kind="literal")
        if propagating.propagate(self.store, actor, self.desk.batch, where, said, key=key).event:
            self.wide[who].append(key)

    @rule(data=st.data(), who=st.integers(0, 1), redo=st.booleans())
    @precondition(lambda self: any(self.wide))
    def turn(self, data: st.DataObject, who: int, redo: bool) -> None:
        if self.wide[who]:
            key = data.draw(st.sampled_from(self.wide[who]))
            with suppress(RefusedError):
                propagating.turn(self.store, self.people[who], key, key=str(uuid4()), redo=redo)

    @rule(who=st.integers(0, 1), kind=st.sampled_from(["undo", "redo"]))
    def next_step(self, who: int, kind: str) -> None:
        """What the page offers as the next undo is taken, unless the other person changed it since."""
        offered = self.desk.view(self.people[who])[kind]
        if offered:
            self.act(who, kind, offered[-1]["segments"], {"event": offered[-1]["event"]})

    def shown(self, segment: int) -> dict[str, Any]:
        return next(item for item in self.desk.segments() if item["id"] == segment)

    @invariant()
    def state_equals_events(self) -> None:
        """Looked at after every sixth act, and at the end."""
        self.steps = getattr(self, "steps", 0) + 1
        if hasattr(self, "store") and self.steps % 6 == 0:
            assert replay(self.store).differences == []


def test_whatever_two_people_do_state_equals_events(tmp_path: Path) -> None:
    Reviewers.folder = tmp_path
    Reviewers.TestCase.settings = settings(
        max_examples=12,
        stateful_step_count=25,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    Reviewers.TestCase("runTest").runTest()
    assert Reviewers.runs > 0


def test_undoing_all_of_ones_acts_gives_the_article_back(store: Store) -> None:
    """One person does fifty acts and takes back each; the texts, the order and the sources are as they came."""
    desk = Desk(store)
    before = [(item["id"], item["text"], item["source"], item["status"]) for item in desk.segments()]
    choose = random.Random(7)
    for number in range(50):
        ids = desk.ids()
        one = choose.choice(ids)
        kind = choose.choice(["edit", "merge", "split", "insert", "status", "repair", "delete"])
        payload: dict[str, Any] = {
            "edit": {"texts": [f"Text number {number}."]},
            "merge": {"new": desk.new()},
            "split": {"new": [desk.new(), desk.new()], "at": 5, "source_at": None},
            "insert": {"new": desk.new(), "text": f"New {number}.", "before": False, "new_paragraph": False},
            "status": {"status": choose.choice(["confirmed", "rejected"])},
            "repair": {"sources": [f"源{number}"]},
            "delete": {},
        }[kind]
        targets = ids[:2] if kind == "merge" else [one]
        desk.post(desk.event(kind, targets, payload))
    steps = desk.view()["undo"]
    assert len(steps) > 30
    for step in reversed(steps):
        desk.do("undo", step["segments"], {"event": step["event"]})
    assert [(item["id"], item["text"], item["source"], item["status"]) for item in desk.segments()] == before
    assert replay(store).differences == []
