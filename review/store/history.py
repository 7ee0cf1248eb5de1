"""The way to the present state, read from the events: changes and comments, and what can be undone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, or_, select

from review.model import Change, Comment, Event
from review.store import events, pieces, texts
from review.store import schema as s
from review.store.cutting import moved
from review.store.piece import Piece

UNDO_DEPTH = 100
"""How many of a person's acts in an article are offered for undoing."""

LABELS = {
    "edit": "edit",
    "accept": "accepted suggestion",
    "propagate": "propagation",
    "dismiss": "dismissal",
    "restore": "restored segment",
    "mark": "marked error",
    "comment": "comment",
    "status": "status",
    "merge": "merge",
    "split": "split",
    "repair": "source pairing",
    "insert": "inserted sentence",
    "delete": "deletion",
}


@dataclass(frozen=True, slots=True)
class Step:
    """An act that a person can undo or redo."""

    event: str
    kind: str
    label: str
    segments: tuple[int, ...]
    group: str | None


def trail(
    connection: Connection, article: int, found: Sequence[Piece]
) -> tuple[dict[int, list[Change]], dict[int, list[Comment]], dict[int, str]]:
    """By segment, the changes of its text and its comments, oldest first; and actors' names by id.

    What happened to the parents of a merged or split segment belongs to the segment.
    """
    if not any(piece.touched or piece.origin for piece in found) and not has_comments(connection, article):
        return {}, {}, {}
    names = {row.id: row.name for row in connection.execute(select(s.actor.c.id, s.actor.c.name))}
    heirs = descent(connection, article, found)
    log = events.history(connection, article=article)
    changed = list(_changes(log, _first_texts(connection, article, found)))
    bodies = texts.get(connection, (bytes.fromhex(key) for _, _, *ends in changed for key in ends if key))
    by_id = {event.id: event for event in log}
    own: dict[int, list[Change]] = {}
    for event, segment, before, after in changed:
        change = Change(
            kind=event.kind,
            before=bodies[bytes.fromhex(before)] if before else "",
            after=bodies[bytes.fromhex(after)] if after else "",
            actor=names.get(event.actor, ""),
            at=event.at,
            reason=str(event.payload.get("reason", "")),
            flag=_advice(by_id.get(event.payload.get("event", ""), event), segment),
        )
        for heir in heirs.get(segment, ()):
            own.setdefault(heir, []).append(change)
    return own, comments(connection, article, found, heirs, names), names


def _first_texts(connection: Connection, article: int, found: Sequence[Piece]) -> dict[int, str]:
    """The hash of each imported segment's text, by segment; those that were merged or split among them."""
    if any(piece.parents for piece in found):
        found = pieces.of_article(connection, article, retired=True, bare=True)
    return {piece.id: texts.digest(piece.hypothesis).hex() for piece in found if piece.origin is None}


def _changes(log: Iterable[Event], now: dict[int, str]) -> Iterator[tuple[Event, int, str, str]]:
    """Each change of what a segment reads: event, segment, hashes before and after; "" where it is deleted."""
    gone: set[int] = set()
    for event in log:
        for effect in event.payload.get("effects", ()):
            if "segment" not in effect:
                continue
            segment, after = effect["segment"], effect["after"]
            before = "" if segment in gone else now.get(segment, "")
            now[segment] = after.get("text", now.get(segment, ""))
            if after.get("deleted") is True:
                gone.add(segment)
            elif after.get("deleted") is False:
                gone.discard(segment)
            reads = "" if segment in gone else now[segment]
            if effect["before"] is not None and reads != before:
                yield event, segment, before, reads


def _advice(event: Event, segment: int) -> Mapping[str, Any] | None:
    """The flag that an act followed in a segment, if it followed one."""
    flags = [flag for flag in event.payload.get("flags", ()) if flag.get("segment") == segment]
    return flags[0] if flags else None


def descent(connection: Connection, article: int, found: Sequence[Piece]) -> dict[int, list[int]]:
    """For each segment, living or retired, which living ones it lives on in (itself, or after a merge or split)."""
    heirs: dict[int, list[int]] = {piece.id: [piece.id] for piece in found}
    if all(not piece.parents for piece in found):
        return heirs
    c = s.segment.c
    rows = connection.execute(select(c.id, c.parents).where(c.article == article, c.parents != "[]"))
    parents = {row.id: json.loads(row.parents) for row in rows}
    for piece in found:
        waiting = list(piece.parents)
        while waiting:
            parent = waiting.pop()
            heirs.setdefault(parent, [])
            if piece.id not in heirs[parent]:
                heirs[parent].append(piece.id)
            waiting.extend(parents.get(parent, ()))
    return heirs


def has_comments(connection: Connection, article: int) -> bool:
    """Whether an article has a comment."""
    c = s.comment.c
    return connection.scalar(select(c.id).where(c.article == article, c.active).limit(1)) is not None


def comments(
    connection: Connection,
    article: int,
    found: Sequence[Piece],
    heirs: Mapping[int, Sequence[int]],
    names: Mapping[int, str],
) -> dict[int, list[Comment]]:
    """The comments on the segments ``found``, oldest first, each where its words stand now.

    Where they are gone it is on the whole segment (of a split one, on the first half).
    """
    now = {piece.id: piece.state.text for piece in found}
    c = s.comment.c
    rows = list(connection.execute(select(s.comment).where(c.article == article, c.active).order_by(c.at, c.id)))
    bodies = texts.get(connection, (key for row in rows for key in (row.text_hash, row.on_hash)))
    shown: dict[int, list[Comment]] = {}
    for row in rows:
        if at := heirs.get(row.segment, ()):
            places = [(heir, _span(row, bodies.get(row.on_hash, ""), now[heir])) for heir in at]
            heir, span = next((place for place in places if place[1] is not None), (at[0], None))
            comment = Comment(row.id, bodies[row.text_hash], names.get(row.author, ""), row.at, *(span or (None, None)))
            shown.setdefault(heir, []).append(comment)
    return shown


def _span(row: Any, before: str, now: str) -> tuple[int, int] | None:
    """Where the words that a comment is on stand now; None where they are gone or it is on no words."""
    if row.start is None or row.end > len(before):
        return None
    return moved(row.start, row.end, before, now)


def steps(connection: Connection, article: int, actor: int) -> tuple[list[Step], list[Step]]:
    """What a person can undo in an article and what they can redo, oldest first; the next one is the last."""
    e = s.event.c
    columns = (e.seq, e.id, e.kind, e.refers, e.group)
    here = or_(e.article == article, events.wide_in(article))
    query = select(*columns).where(here, e.actor == actor).order_by(e.seq.desc()).limit(3 * UNDO_DEPTH)
    log = list(connection.execute(query))[::-1]
    gone = _gone(log)
    done: list[Any] = []
    undone: list[Any] = []
    for event in log:
        if event.kind in ("undo", "redo"):
            source, to = (done, undone) if event.kind == "undo" else (undone, done)
            at = next((item for item in reversed(source) if item.id == event.refers), None)
            if at is not None:
                source.remove(at)
                to.append(at)
        elif event.kind in LABELS and event.id not in gone and not _takes_away(event):
            done.append(event)
            undone.clear()
    done, undone = done[-UNDO_DEPTH:], undone[-UNDO_DEPTH:]
    segments = _segments(connection, article, [event.seq for event in (*done, *undone)])
    sizes = _sizes(connection, [event.seq for event in (*done, *undone) if event.kind == "propagate"])
    return [_step(event, segments, sizes) for event in done], [_step(event, segments, sizes) for event in undone]


def _takes_away(event: Any) -> bool:
    """True for the opposite of an act, which is undone by doing the act again."""
    return event.kind == "restore" and event.refers is not None


def _gone(log: Iterable[Any]) -> set[str]:
    """The acts whose dismissal, mark or comment was taken away by its opposite, and the removals of comments."""
    gone: set[str] = set()
    made: dict[str, str] = {}
    for event in log:
        if event.kind == "restore" and event.refers is not None:
            gone.add(event.refers)
        elif event.kind == "unmark":
            gone.add(made.get(event.refers, ""))
        elif event.kind in ("mark", "comment"):
            if event.refers in made:
                gone |= {made[event.refers], event.id}
            made.setdefault(event.refers, event.id)
    return gone


def _segments(connection: Connection, article: int, numbers: Sequence[int]) -> dict[int, list[int]]:
    """The targets of events, those in the article alone."""
    t = s.event_target.c
    found: dict[int, list[int]] = {}
    query = select(t.seq, t.segment).join(s.segment, s.segment.c.id == t.segment)
    query = query.where(t.seq.in_(numbers), s.segment.c.article == article).order_by(t.seq, t.ordinal)
    for row in connection.execute(query):
        found.setdefault(row.seq, []).append(row.segment)
    return found


def _sizes(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many segments of how many articles each of these acts reached."""
    t, c = s.event_target.c, s.segment.c
    query = select(t.seq, func.count(), func.count(c.article.distinct())).join(s.segment, c.id == t.segment)
    rows = connection.execute(query.where(t.seq.in_(numbers)).group_by(t.seq))
    return {seq: (segments, articles) for seq, segments, articles in rows}


def _step(event: Any, targets: Mapping[int, Sequence[int]], sizes: Mapping[int, tuple[int, int]]) -> Step:
    segments = tuple(targets.get(event.seq, ()))
    label = LABELS[event.kind]
    if event.seq in sizes:
        many, articles = sizes[event.seq]
        label = f"{label} ({_count(many, 'segment')} in {_count(articles, 'article')})"
    elif len(segments) > 1 and event.kind != "merge":
        label = f"{label} ({len(segments)} segments)"
    return Step(event.id, event.kind, label, segments, event.group)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
