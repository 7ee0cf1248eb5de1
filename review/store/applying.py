"""Write what an event does: states, new segments, verdicts, marks, comments, and the counters they move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from review.model import Code, Event
from review.model.status import DONE
from review.store import beginnings, covering, tallies, texts
from review.store import schema as s
from review.store.piece import Piece, State
from review.store.projection import Decision, Effect
from review.store.texts import canonical, digest
from review.store.world import TABLES
from review.text import codes
from review.text.counting import count_words

SHOWN = ("text", "source", "deleted", "retired")
"""State whose change makes an article's flags out of date."""


def apply(connection: Connection, event: Event, decision: Decision, pieces: Mapping[int, Piece]) -> None:
    """Write a stored event's effects; ``pieces`` are the segments before it."""
    effects = decision.effects
    segments = [effect for effect in effects if "segment" in effect]
    counts = {article: Counts() for article in _places(event, pieces)}
    bodies = bodies_of(connection, decision) if segments else {}
    if segments:
        _segments(connection, event, segments, bodies, pieces, counts)
    marks = [effect for effect in effects if "mark" in effect and effect["before"] is None]
    if marks:
        rows = [record_row(event, "mark", effect["mark"], effect["after"]) for effect in marks]
        connection.execute(insert(s.error_span), rows)
    for effect in effects:
        if "segment" not in effect and not ("mark" in effect and effect["before"] is None):
            _other(connection, event, effect, counts)
    for article, count in counts.items():
        count.write(connection, article)
    beginnings.done(connection, [article for article, count in counts.items() if count.moved[2] > 0])
    recount = [article for article, count in counts.items() if count.hidden]
    tallies.after(connection, event, effects, pieces, bodies)
    covering.after(connection, event, effects, recount)


def _places(event: Event, pieces: Mapping[int, Piece]) -> set[int]:
    """The articles that an event is in: the revision of each goes up, whatever else does."""
    if not event.targets and "article" in event.payload:
        return {event.payload["article"]}
    return {pieces[target.segment].article for target in event.targets}


class Counts:
    """How an article's counters move."""

    def __init__(self) -> None:
        self.moved = [0, 0, 0, 0]
        self.stale = False
        self.hidden = False
        self.has_source = False
        self.has_reference = False

    def add(self, counted: tuple[int, int, int, int], sign: int) -> None:
        self.moved = [old + sign * new for old, new in zip(self.moved, counted, strict=True)]

    def write(self, connection: Connection, article: int) -> None:
        a = s.article.c
        names = ("segments", "words", "done_words", "changed")
        values: dict[str, Any] = {"revision": a.revision + 1}
        values |= {name: a[name] + number for name, number in zip(names, self.moved, strict=True) if number}
        if self.stale:
            values["text_revision"] = a.text_revision + 1
        if self.has_source:
            values["has_source"] = True
        if self.has_reference:
            values["has_reference"] = True
        connection.execute(update(s.article).where(a.id == article).values(values))


def counted(state: State, hypothesis: str, words: int) -> tuple[int, int, int, int]:
    """What a segment adds to its article's counters: segments, words, done words, changed."""
    if state.retired:
        return 0, 0, 0, 0
    if state.deleted:
        return 1, 0, 0, 1
    return 1, words, words if state.status in DONE else 0, int(digest(state.text) != digest(hypothesis))


def _segments(
    connection: Connection,
    event: Event,
    effects: Sequence[Effect],
    bodies: Mapping[str, str],
    pieces: Mapping[int, Piece],
    counts: dict[int, Counts],
) -> None:
    made, states = [], []
    for effect in effects:
        key, after = effect["segment"], effect["after"]
        if effect["before"] is None:
            article, hypothesis = after["article"], bodies[after["hypothesis"]]
            made.append(segment_row(event, key, after, hypothesis))
            count = counts.setdefault(article, Counts())
            old: State | None = None
            state = State(bodies[after["text"]])
            known = _codes(after)
        else:
            piece = pieces[key]
            article, hypothesis, state, known = piece.article, piece.hypothesis, piece.state, piece.codes
            count = counts.setdefault(article, Counts())
            count.add(counted(state, hypothesis, piece.words), -1)
            old = state
        state = changed(state, after, bodies)
        words = count_words(codes.bare(known, state.text)) if old is None or "text" in after else pieces[key].words
        count.add(counted(state, hypothesis, words), 1)
        count.stale = count.stale or old is None or any(name in after for name in SHOWN)
        count.hidden = count.hidden or old is None or "deleted" in after or "retired" in after
        count.has_source = count.has_source or after.get("source") is not None
        states.append(state_row(event, key, article, state, words))
    if made:
        connection.execute(insert(s.segment), made)
    upsert(connection, s.state, ("segment",), states)


def changed(state: State, after: Mapping[str, Any], bodies: Mapping[str, str]) -> State:
    """A state with an effect's fields put in; ``bodies`` maps hex hashes to texts."""
    names = ("version", "status", "locked", "deleted", "retired", "source_set")
    values: dict[str, Any] = {name: after[name] for name in names if name in after}
    if "text" in after:
        values["text"] = bodies[after["text"]]
    if "source" in after:
        values["source"] = None if after["source"] is None else bodies[after["source"]]
    return replace(state, **values)


def segment_row(event: Event, key: int, after: Mapping[str, Any], hypothesis: str) -> dict[str, Any]:
    """The base row of a segment that an event makes."""
    source = after["base_source"]
    return {
        "id": key,
        "article": after["article"],
        "position": bytes.fromhex(after["position"]),
        "paragraph": after["paragraph"],
        "name": after["name"],
        "source_hash": None if source is None else bytes.fromhex(source),
        "hypothesis_hash": bytes.fromhex(after["hypothesis"]),
        "reference_hashes": canonical(after["references"]),
        "alternatives": canonical(after["alternatives"]),
        "locators": canonical(after["locators"]),
        "parents": canonical(after["parents"]),
        "codes": canonical(after.get("codes", [])),
        "notes": canonical(after.get("notes", [])),
        "origin_event": event.id,
        "words": count_words(codes.bare(_codes(after), hypothesis)),
    }


def _codes(after: Mapping[str, Any]) -> tuple[Code, ...]:
    """The inline codes of a segment that an event makes."""
    return tuple(Code(*item) for item in after.get("codes", ()))


def state_row(event: Event, key: int, article: int, state: State, words: int) -> dict[str, Any]:
    """The row of a segment's state after an event."""
    return {
        "segment": key,
        "article": article,
        "version": state.version,
        "text_hash": digest(state.text),
        "words": words,
        "status": state.status,
        "locked": state.locked,
        "deleted": state.deleted,
        "retired": state.retired,
        "source_set": state.source_set,
        "source_hash": None if state.source is None else digest(state.source),
        "actor": event.actor,
        "at": event.at,
        "event": event.seq,
    }


def _other(connection: Connection, event: Event, effect: Effect, counts: dict[int, Counts]) -> None:
    thing = next(name for name in effect if name not in ("before", "after"))
    key, after = effect[thing], effect["after"]
    if thing == "attachment":
        connection.execute(insert(s.attachment).values(attachment_row(event, key, after)))
        count = counts.setdefault(after["article"], Counts())
        count.stale = True
        count.has_reference = count.has_reference or after["side"] == "reference"
    elif thing == "rating":
        upsert(connection, s.rating, ("article", "segment", "rater"), [rating_row(event, key, after)])
    elif thing == "assignment":
        upsert(connection, s.assignment, ("article",), [assignment_row(event, key, after)])
    elif effect["before"] is None:
        connection.execute(insert(TABLES[thing]).values(record_row(event, thing, key, after)))
    else:
        table = TABLES[thing]
        connection.execute(update(table).where(table.c.id == key).values(after))


def attachment_row(event: Event, key: int, after: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a text attached to a segment."""
    return {**_decoded(after), "event": event.seq, "segment": key}


def rating_row(event: Event, key: Sequence[int], after: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a rating."""
    return {"article": key[0], "segment": key[1], "rater": key[2], "value": after["value"], "at": event.at}


def assignment_row(event: Event, key: int, after: Mapping[str, Any]) -> dict[str, Any]:
    """The row of an assignment."""
    return {"article": key, "actor": after["actor"], "by": event.actor, "at": event.at}


def record_row(event: Event, thing: str, key: str, after: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a verdict, mark or comment that an event makes."""
    row = {**_decoded(after), "id": key, "at": event.at}
    if thing == "verdict":
        row |= {"event": event.id, "project": event.project, "batch": event.batch, "actor": event.actor}
    return row


def _decoded(after: Mapping[str, Any]) -> dict[str, Any]:
    """An effect's fields as columns hold them: hashes as bytes, objects as JSON."""
    row: dict[str, Any] = {}
    for name, value in after.items():
        if name.endswith("hash") and value is not None:
            value = bytes.fromhex(value)
        elif isinstance(value, dict):
            value = canonical(value)
        row[name] = value
    return row


def bodies_of(connection: Connection, decision: Decision) -> dict[str, str]:
    """The texts that effects name, by the hex of their hashes."""
    found = {digest(body).hex(): body for body in decision.texts}
    wanted = {effect["after"].get(name) for effect in decision.effects for name in ("text", "source", "hypothesis")}
    missing = [bytes.fromhex(key) for key in wanted if key and key not in found]
    if missing:
        found.update((key.hex(), body) for key, body in texts.get(connection, missing).items())
    return found


def upsert(connection: Connection, table: Table, keys: tuple[str, ...], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, or put their values in place of those with the same keys."""
    connection.execute(_upsert(connection.dialect.name, table, keys, tuple(rows[0])), list(rows))


@lru_cache(maxsize=64)
def _upsert(dialect: str, table: Table, keys: tuple[str, ...], names: tuple[str, ...]) -> Any:
    statement = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    values = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=values)
