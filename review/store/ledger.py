"""State built up from events alone, in memory: what the tables must hold if nothing was altered."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from review.errors import InputError
from review.model import Code, Event
from review.store import applying, pieces, texts
from review.store import schema as s
from review.store.piece import Piece, State
from review.store.projection import Decision, Effect, Past
from review.text import codes
from review.text.counting import count_words

Row = dict[str, Any]


class Wide(NamedTuple):
    """A wide act as it was stored, and whether it is undone."""

    event: Event
    undone: bool


class Ledger:
    """A ``World`` that starts from the imported base rows; events are applied to it one by one.

    ``rows`` holds, by table, the rows that must be stored, each under its primary key.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.pieces: dict[int, Piece] = {}
        self.order: dict[int, list[tuple[bytes, int]]] = {}
        self.rows: dict[str, dict[Any, Row]] = {
            name: {}
            for name in ("state", "segment", "verdict", "error_span", "comment", "rating", "assignment", "attachment")
        }
        self._pasts: dict[str, Past] = {}
        self._wide: dict[str, Wide] = {}
        self._bodies: dict[str, str] = {}

    def piece(self, segment: int) -> Piece:
        """A segment, its article read when it is first asked for. Raises InputError."""
        if segment not in self.pieces:
            article = self._connection.scalar(select(s.segment.c.article).where(s.segment.c.id == segment))
            if article is None or article in self.order:
                raise InputError(f"There is no segment {segment}.")
            found = pieces.imported(self._connection, article)
            self.order[article] = [(piece.position, piece.id) for piece in found]
            self.pieces.update((piece.id, piece) for piece in found)
        if segment not in self.pieces:
            raise InputError(f"There is no segment {segment}.")
        return self.pieces[segment]

    def next_position(self, piece: Piece) -> bytes | None:
        order = self.order[piece.article]
        place = bisect_right(order, (piece.position, piece.id))
        return order[place][0] if place < len(order) else None

    def previous_position(self, piece: Piece) -> bytes:
        order = self.order[piece.article]
        place = bisect_left(order, (piece.position, piece.id))
        return order[place - 1][0] if place else b""

    def following(self, piece: Piece) -> int | None:
        order = self.order[piece.article]
        for _, key in order[bisect_right(order, (piece.position, piece.id)) :]:
            if not self.pieces[key].state.retired:
                return key
        return None

    def record(self, thing: str, key: Any) -> Mapping[str, Any] | None:
        if thing in applying.TABLES:
            return self.rows[applying.TABLES[thing].name].get(key)
        return self.rows[thing].get(tuple(key) if isinstance(key, list) else key)

    def past(self, event: str) -> Past | None:
        return self._pasts.get(event)

    def wide(self, event: str) -> Wide | None:
        """An earlier wide act as it stands, or None."""
        return self._wide.get(event)

    def note(self, event: Event) -> None:
        """Take in that a wide act was done; its parts are applied one by one."""
        earlier = self._wide.get(event.payload.get("event", ""))
        if earlier is not None:
            self._wide[earlier.event.id] = Wide(earlier.event, event.kind == "undo")
        else:
            self._wide[event.id] = Wide(event, False)

    def apply(self, event: Event, decision: Decision) -> None:
        """Take in a stored event, or a part of one."""
        self._bodies = {texts.digest(text).hex(): text for text in decision.texts}
        for effect in decision.effects:
            if "segment" in effect:
                self._segment(event, effect)
            else:
                self._other(event, effect)
        if event.id in self._wide or event.payload.get("event") in self._wide:
            return  # its effects are in its parts
        segments = tuple(target.segment for target in event.targets)
        self._pasts[event.id] = Past(event.id, event.kind, event.actor, segments, tuple(decision.effects), False)
        earlier = event.payload.get("event") if event.kind in ("undo", "redo") else None
        if earlier in self._pasts:
            self._pasts[earlier] = replace(self._pasts[earlier], undone=event.kind == "undo")

    def _body(self, key: str) -> str:
        if key not in self._bodies:
            found = texts.get(self._connection, [bytes.fromhex(key)])
            self._bodies[key] = found.get(bytes.fromhex(key), "")
        return self._bodies[key]

    def _segment(self, event: Event, effect: Effect) -> None:
        key, after = effect["segment"], effect["after"]
        for name in ("text", "source"):
            if after.get(name) is not None:
                self._body(after[name])
        if effect["before"] is None:
            piece = self._made(event, key, after)
            insort(self.order[piece.article], (piece.position, key))
            self.rows["segment"][key] = applying.segment_row(event, key, after, piece.hypothesis)
        else:
            piece = self.piece(key)
        state = applying.changed(piece.state, after, self._bodies)
        words = count_words(codes.bare(piece.codes, state.text))
        self.pieces[key] = replace(piece, state=state, words=words)
        self.rows["state"][key] = applying.state_row(event, key, piece.article, state, words)

    def _made(self, event: Event, key: int, after: Mapping[str, Any]) -> Piece:
        source = after["base_source"]
        return Piece(
            id=key,
            article=after["article"],
            position=bytes.fromhex(after["position"]),
            paragraph=after["paragraph"],
            name=after["name"],
            hypothesis=self._body(after["hypothesis"]),
            base_source=None if source is None else self._body(source),
            references=tuple(self._body(item) for item in after["references"]),
            alternatives=tuple((item["system"], self._body(item["hash"])) for item in after["alternatives"]),
            locators=tuple(after["locators"]),
            parents=tuple(after["parents"]),
            origin=event.id,
            state=State(self._body(after["text"])),
            codes=tuple(Code(*item) for item in after.get("codes", ())),
            notes=tuple(self._body(item) for item in after.get("notes", ())),
        )

    def _other(self, event: Event, effect: Effect) -> None:
        thing = next(name for name in effect if name not in ("before", "after"))
        key, after = effect[thing], effect["after"]
        if thing == "attachment":
            self.rows["attachment"][event.seq, key] = applying.attachment_row(event, key, after)
            piece, text = self.pieces[key], self._body(after["hash"])
            if after["side"] == "reference":
                self.pieces[key] = replace(piece, references=(*piece.references, text))
            else:
                self.pieces[key] = replace(piece, alternatives=(*piece.alternatives, (after["system"], text)))
        elif thing == "rating":
            self.rows["rating"][tuple(key)] = applying.rating_row(event, key, after)
        elif thing == "assignment":
            self.rows["assignment"][key] = applying.assignment_row(event, key, after)
        elif effect["before"] is None:
            self.rows[applying.TABLES[thing].name][key] = applying.record_row(event, thing, key, after)
        else:
            self.rows[applying.TABLES[thing].name][key].update(after)
