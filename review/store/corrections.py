"""How text came to be corrected: each act counted with its event, never summed from all events.

The ways are by hand, by propagation, by accepted suggestion, by a match from memory, and imported with the file.
The editor stores what is typed at each pause, so edits by hand that a person makes one after another in the same
segments are one act. What was undone does not count; a redo counts again. To put the machine's text back, to delete
by hand, and to merge, split or insert are no corrections here; leftovers deleted with their flags are suggestions
accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, case, func, insert, literal, select, update

from review.model import Event
from review.store import schema as s
from review.store.parts import is_wide

WAYS = ("hand", "propagation", "suggestion", "memory", "import")

ORIGINS = {"typed": "hand", "paste": "hand", "paragraph": "hand", "memory": "memory", "import": "import"}
"""Ways of an edit by its origin; what is not here is no correction."""

TOGETHER = 300_000_000
"""Microseconds after which edits of the same segments are a new act."""

DAY = 86_400_000_000

_C, _P = s.correction_act.c, s.correction_place.c
_LAST = (
    select(_C.event, _C.head, _C.at, _C.way, s.event.c.group)
    .join(s.event, s.event.c.seq == _C.event)
    .where(_C.project == bindparam("project"), _C.actor == bindparam("actor"), _C.active)
    .order_by(_C.event.desc())
    .limit(1)
)
_TARGETS = select(s.event_target.c.segment).where(s.event_target.c.seq == bindparam("of")).limit(1000)
_INSERT = insert(s.correction_act)


class Sum(NamedTuple):
    """Acts and corrected segments of one day (days since 1970, UTC), person and way."""

    day: int
    actor: int
    way: str
    acts: int
    segments: int


def way(kind: str, payload: Mapping[str, Any]) -> str | None:
    """How an event corrects; None where it does not."""
    if kind == "edit":
        return ORIGINS.get(str(payload.get("origin")))
    if kind == "delete":
        return "suggestion" if payload.get("flags") else None
    return {"accept": "suggestion", "propagate": "propagation"}.get(kind)


def corrected(event: Event) -> int:
    """How many segments an event changed: of a propagation, all that its parts name."""
    if is_wide(event.payload):
        return sum(count for _, _, count in event.payload["parts"])
    effects = event.payload.get("effects", ())
    name = "deleted" if event.kind == "delete" else "text"
    return sum("segment" in one and one["before"] is not None and name in one["after"] for one in effects)


def record(connection: Connection, event: Event, article: int | None) -> None:
    """Count an event that was just stored, or count out or in again the one that it undoes or redoes."""
    if event.kind in ("undo", "redo"):
        if is_wide(event.payload):
            _turned(connection, event)
            return
        earlier = select(s.event.c.seq).where(s.event.c.id == event.payload["event"]).scalar_subquery()
        connection.execute(update(s.correction_act).where(_C.event == earlier).values(active=event.kind == "redo"))
        return
    how = way(event.kind, event.payload)
    segments = corrected(event) if how else 0
    if how is None or not segments:
        return
    head, acts = None, 1
    group = event.payload.get("group")
    if how == "hand" or group:
        found = connection.execute(_LAST, {"project": event.project, "actor": event.actor}).first()
        last = None if found is None else Last(found.head or found.event, found.at, found.way, found.group)
        if last and _goes_on(event, how, last, lambda seq: _targets(connection, seq)):
            head, acts = last.head, 0
            segments = 0 if how == "hand" else segments
    placed = article is not None and event.kind != "propagate"
    row = {
        "event": event.seq, "project": event.project, "batch": event.batch, "article": article if placed else None,
        "actor": event.actor, "at": event.at, "way": how, "head": head, "acts": acts, "segments": segments,
        "active": True, "placed": placed,
    }  # fmt: skip
    connection.execute(_INSERT, row)


def _turned(connection: Connection, event: Event) -> None:
    """Count out the segments that were taken back of a wide act, or in again: some may have stayed as they were.

    They count on the day of the act itself, which is no act any more when nothing of it is left.
    """
    earlier = select(s.event.c.seq).where(s.event.c.id == event.payload["event"]).scalar_subquery()
    act = connection.execute(select(s.correction_act).where(_C.event == earlier)).mappings().first()
    if act is None:
        return
    mine = (_C.project == act["project"]) & (_C.actor == act["actor"]) & (_C.event >= act["event"])
    family = mine & ((_C.event == act["event"]) | (_C.head == act["event"]))
    acts, segments = _turn(event, int(connection.scalar(select(func.sum(_C.segments)).where(family)) or 0))
    row = {**act, "event": event.seq, "head": act["event"], "acts": acts, "segments": segments, "placed": False}
    connection.execute(_INSERT, row)


def _turn(event: Event, before: int) -> tuple[int, int]:
    """How acts and segments move where a wide act that stands in ``before`` segments is taken back or done again."""
    if event.kind == "undo":
        segments = -corrected(event)
        return (-1 if before + segments == 0 else 0), segments
    return (1 if before == 0 else 0), corrected(event)


class Last(NamedTuple):
    """The last act of a person that counts: the event that it began with, when, how, and its group."""

    head: int
    at: int
    way: str
    group: str | None


def _goes_on(event: Event, how: str, last: Last, targets: Callable[[int], set[int]]) -> bool:
    """Whether an event is part of the act before it: one key press of two events, or typing after a pause."""
    group = event.payload.get("group")
    if group and last.group == group:
        return True
    if how != "hand" or last.way != "hand" or event.at - last.at > TOGETHER:
        return False
    return {target.segment for target in event.targets} <= targets(last.head)


def _targets(connection: Connection, seq: int) -> set[int]:
    return set(connection.scalars(_TARGETS, {"of": seq}))


def unplaced(connection: Connection, project: int) -> list[int]:
    """The acts of several articles whose segments were not counted by article yet."""
    return list(connection.scalars(select(_C.event).where(_C.project == project, ~_C.placed).order_by(_C.event)))


def by_article(connection: Connection, event: int) -> dict[int, int]:
    """How many segments of each article an event corrected; below 0 where it took corrections back."""
    sign = -1 if (connection.scalar(select(_C.segments).where(_C.event == event)) or 0) < 0 else 1
    t, c = s.event_target.c, s.segment.c
    query = select(c.article, func.count()).select_from(s.event_target.join(s.segment, c.id == t.segment))
    rows = connection.execute(query.where(t.seq == event).group_by(c.article))
    return {int(row[0]): sign * int(row[1]) for row in rows}


def put_places(connection: Connection, event: int, found: Iterable[tuple[int, int]]) -> None:
    """Keep some of an event's (article, segments); told again they are put once."""
    rows = list(found)
    known = set(
        connection.scalars(select(_P.article).where(_P.event == event, _P.article.in_([row[0] for row in rows])))
    )
    new = [{"event": event, "article": key, "segments": number} for key, number in rows if key not in known]
    if new:
        connection.execute(insert(s.correction_place), new)


def set_placed(connection: Connection, event: int) -> None:
    """Say that an event's places are all kept."""
    connection.execute(update(s.correction_act).where(_C.event == event).values(placed=True))


def sums(connection: Connection, project: int, batch: int | None = None) -> list[Sum]:
    """What counts, by day, person and way, in a project or in one batch.

    An act belongs to the batch in which it was begun, its segments to those in which they lie.
    """
    day = (_C.at // DAY).label("day")
    if batch is None:
        query = select(day, _C.actor, _C.way, func.sum(_C.acts), func.sum(_C.segments))
        query = query.where(_C.project == project, _C.active).group_by("day", _C.actor, _C.way)
        return [Sum(*(row[:3]), int(row[3]), int(row[4])) for row in connection.execute(query)]
    found: dict[tuple[int, int, str], list[int]] = {}
    here = func.sum(case((_C.article.is_not(None), _C.segments), else_=0))
    begun = select(day, _C.actor, _C.way, func.sum(_C.acts), here).where(_C.batch == batch, _C.active)
    far = select(day, _C.actor, _C.way, literal(0), func.sum(_P.segments)).select_from(
        s.correction_place.join(s.correction_act, _C.event == _P.event).join(s.article, s.article.c.id == _P.article)
    )
    far = far.where(s.article.c.batch == batch, _C.active)
    for query in (begun, far):
        for row in connection.execute(query.group_by("day", _C.actor, _C.way)):
            held = found.setdefault((row[0], row[1], row[2]), [0, 0])
            held[0] += int(row[3])
            held[1] += int(row[4])
    return [Sum(*key, *held) for key, held in sorted(found.items())]


def of_articles(connection: Connection, project: int, batch: int | None = None) -> dict[int, dict[str, int]]:
    """Corrected segments by article and way."""
    found: dict[int, dict[str, int]] = {}
    near = select(_C.article, _C.way, func.sum(_C.segments)).where(_C.project == project, _C.active)
    near = near.where(_C.article.is_not(None)).group_by(_C.article, _C.way)
    far = select(_P.article, _C.way, func.sum(_P.segments)).select_from(
        s.correction_place.join(s.correction_act, _C.event == _P.event)
    )
    far = far.where(_C.project == project, _C.active).group_by(_P.article, _C.way)
    if batch is not None:
        near = near.where(_C.batch == batch)
        far = far.join(s.article, and_(s.article.c.id == _P.article, s.article.c.batch == batch))
    for query in (near, far):
        for article, how, number in connection.execute(query):
            held = found.setdefault(article, {})
            held[how] = held.get(how, 0) + int(number)
    return {article: {how: number for how, number in held.items() if number} for article, held in found.items()}


class Recount:
    """The same counts made again from a project's events, one after another, for the proof."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[str, int, int, bool]] = {}
        self._numbers: dict[str, int] = {}
        self._targets: dict[int, set[int]] = {}
        self._acts: dict[int, list[tuple[int, Last]]] = {}
        self._standing: dict[int, int] = {}
        self._erased = False

    def add(self, event: Event) -> None:
        """Take in the next event, its payload whole; an erased one ends the comparison."""
        if not event.payload:
            self._erased = True
        elif event.kind in ("undo", "redo"):
            seq = self._numbers.get(event.payload["event"], 0)
            if seq in self._rows and is_wide(event.payload):
                self._turned(event, seq)
            elif seq in self._rows:
                self._rows[seq] = (*self._rows[seq][:3], event.kind == "redo")
        else:
            how = way(event.kind, event.payload)
            segments = corrected(event) if how else 0
            if how and segments:
                self._add(event, how, segments)

    def _turned(self, event: Event, seq: int) -> None:
        acts, segments = _turn(event, self._standing[seq])
        self._standing[seq] += segments
        self._rows[event.seq] = (self._rows[seq][0], acts, segments, True)
        last = next(last for number, last in self._acts[event.actor] if number == seq)
        self._acts[event.actor].append((event.seq, last._replace(head=seq)))

    def _add(self, event: Event, how: str, segments: int) -> None:
        seq, group = event.seq, event.payload.get("group")
        mine = self._acts.setdefault(event.actor, [])
        last = next((last for number, last in reversed(mine) if self._rows[number][3]), None)
        head, acts = seq, 1
        self._numbers[event.id] = seq
        self._targets[seq] = {target.segment for target in event.targets}
        if last and _goes_on(event, how, last, lambda number: self._targets[number]):
            head, acts = last.head, 0
            segments = 0 if how == "hand" else segments
        mine.append((seq, Last(head, event.at, how, group)))
        self._rows[seq] = (how, acts, segments, True)
        self._standing[seq] = segments

    def differences(self, connection: Connection, project: int) -> list[str]:
        """Where what is stored is not what the events add up to."""
        if self._erased:
            return []
        columns = (_C.event, _C.way, _C.acts, _C.segments, _C.active)
        stored = {row[0]: tuple(row[1:]) for row in connection.execute(select(*columns).where(_C.project == project))}
        return [
            f"event {seq}: it is counted as {stored.get(seq)}, the events say {self._rows.get(seq)} "
            "(way, acts, segments, whether it holds)"
            for seq in sorted(stored.keys() | self._rows.keys())
            if stored.get(seq) != self._rows.get(seq)
        ]
