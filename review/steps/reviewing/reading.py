"""Read a posted event: every field checked, nothing else kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from review.errors import InputError
from review.model import CATEGORIES, KINDS, SEVERITIES, STATUSES, Event, Target
from review.steps.reviewing import checking as check

ORIGINS = ("typed", "original", "paragraph", "paste", "memory", "import")
SCOPES = ("place", "text", "article", "batch", "project")
FIRST_NEW = 2**40
"""New segments get ids from here up, so that they never meet an imported one's."""

TARGETS = {
    "dismiss": (1, 1),
    "mark": (1, 1),
    "unmark": (1, 1),
    "comment": (1, 1),
    "split": (1, 1),
    "insert": (1, 1),
    "merge": (2, 100),
    "rate": (0, 1),
    "assign": (0, 0),
}
"""How many targets a kind has, from and to; 1 and more where nothing is said."""

Payload = dict[str, Any]


def read_event(posted: Any) -> Event:
    """A posted event, checked by itself: the texts it refers to are not looked at.

    Raises InputError with one sentence for whatever does not fit.
    """
    event = check.mapping(posted, "The event")
    key = check.uuid(event.get("id"), "The event's id")
    kind = check.choice(event.get("kind"), "The event's kind", [kind for kind in KINDS if kind in PAYLOADS])
    least, most = TARGETS.get(kind, (1, 100_000))
    targets = [
        _target(item) for item in check.listing(event.get("targets"), "The event's targets", least=least, most=most)
    ]
    if len({target.segment for target in targets}) != len(targets):
        raise InputError("The event names a segment twice.")
    posted_payload = check.mapping(event.get("payload"), "The event's payload")
    payload = PAYLOADS[kind](posted_payload, len(targets))
    if posted_payload.get("group") is not None:
        payload["group"] = check.name(posted_payload["group"], "group")
    return Event(id=key, kind=kind, targets=tuple(targets), payload=payload)


def event_id(posted: Any) -> str | None:
    """The id of a posted event if it has one, however wrong the rest is."""
    found = posted.get("id") if isinstance(posted, dict) else None
    try:
        return check.uuid(found, "id")
    except InputError:
        return None


def _target(item: Any) -> Target:
    target = check.mapping(item, "A target")
    version = target.get("base_version")
    return Target(
        check.whole(target.get("segment"), "A target's segment", least=1),
        None if version is None else check.whole(version, "A target's base_version"),
    )


def _texts(payload: Payload, count: int) -> list[str]:
    texts = check.listing(payload.get("texts"), "texts")
    if len(texts) != count:
        raise InputError("There must be one text for each target.")
    return [check.text(item, "The text") for item in texts]


def _edit(payload: Payload, count: int) -> Payload:
    return {
        "texts": _texts(payload, count),
        "origin": check.choice(payload.get("origin", "typed"), "origin", ORIGINS),
    }


def _accept(payload: Payload, count: int) -> Payload:
    flags = check.listing(payload.get("flags"), "flags", least=1)
    return {
        "texts": _texts(payload, count),
        "flags": [_flag(item) for item in flags],
        "suggestion": check.text(payload.get("suggestion"), "The suggestion"),
    }


def _flag(item: Any) -> Payload:
    """A whole flag; which segment it belongs to may be left out where that is plain.

    ``surface`` holds the words that the reviewer saw flagged; where it is there, they must stand there still.
    """
    flag = check.mapping(item, "A flag")
    category = check.choice(flag.get("category"), "A flag's category", list(CATEGORIES))
    suggestions = check.listing(flag.get("suggestions", []), "A flag's suggestions", most=100)
    start, end = check.span(flag.get("start"), flag.get("end"), check.TEXT_BYTES, "A flag")
    read = {
        "id": check.name(flag.get("id"), "A flag's id"),
        "side": check.choice(flag.get("side", "target"), "A flag's side", ("target", "source")),
        "start": start,
        "end": end,
        "detector": check.name(flag.get("detector"), "A flag's detector"),
        "category": category,
        "subcategory": check.text(flag.get("subcategory", ""), "A flag's subcategory", most=100),
        "severity": check.choice(flag.get("severity"), "A flag's severity", SEVERITIES),
        "confidence": check.number(flag.get("confidence"), "A flag's confidence", 0, 1),
        "message": check.text(flag.get("message"), "A flag's message", most=check.NOTE_LENGTH),
        "suggestions": [check.text(value, "A flag's suggestion") for value in suggestions],
        "evidence": check.text(flag.get("evidence") or "", "A flag's evidence", most=check.NOTE_LENGTH),
        "version": check.whole(flag.get("version", 1), "A flag's version"),
    }
    if flag.get("surface") is not None:
        read["surface"] = check.text(flag["surface"], "A flag's surface")
    segment = flag.get("segment")
    if isinstance(segment, str) and segment.isascii() and segment.isdigit():
        segment = int(segment[:17])
    if segment is not None:
        read["segment"] = check.whole(segment, "A flag's segment", least=1)
    return read


def _dismiss(payload: Payload, count: int) -> Payload:
    return {
        "flag": _flag(payload.get("flag")),
        "scope": check.choice(payload.get("scope", "place"), "scope", SCOPES),
        "reason": check.text(payload.get("reason", ""), "The reason", most=check.NOTE_LENGTH),
    }


def _restore(payload: Payload, count: int) -> Payload:
    if payload.get("segment") is True and payload.get("dismissal") is None:
        return {"segment": True}
    return {"dismissal": check.uuid(payload.get("dismissal"), "The dismissal")}


def _mark(payload: Payload, count: int) -> Payload:
    span = check.mapping(payload.get("span"), "span")
    text = check.text(span.get("text"), "The marked text")
    start, end = check.span(span.get("start"), span.get("end"), len(text), "The mark")
    category = check.choice(span.get("category"), "The mark's category", list(CATEGORIES))
    return {
        "span": {
            "id": check.name(span.get("id"), "The mark's id"),
            "side": check.choice(span.get("side", "target"), "The mark's side", ("target", "source")),
            "start": start,
            "end": end,
            "category": category,
            "subcategory": check.choice(
                span.get("subcategory") or "", "The mark's subcategory", ("", *CATEGORIES[category])
            ),
            "severity": check.choice(span.get("severity"), "The mark's severity", SEVERITIES),
            "note": check.text(span.get("note") or "", "The mark's note", most=check.NOTE_LENGTH),
            "missing": check.flag(span.get("missing", False), "The mark's missing"),
            "text": text,
        }
    }


def _unmark(payload: Payload, count: int) -> Payload:
    return {"span": check.name(payload.get("span"), "span")}


def _rate(payload: Payload, count: int) -> Payload:
    read: Payload = {"value": check.number(payload.get("value"), "The rating", 0, 100)}
    if not count:
        read["article"] = check.whole(payload.get("article"), "article", least=1)
    return read


def _comment(payload: Payload, count: int) -> Payload:
    if payload.get("remove") is not None:
        return {"remove": check.name(payload["remove"], "remove")}
    comment = check.mapping(payload.get("comment"), "comment")
    text = check.text(comment.get("text"), "The comment", most=check.NOTE_LENGTH)
    if not text.strip():
        raise InputError("The comment is empty; write something.")
    start, end = comment.get("start"), comment.get("end")
    if start is not None or end is not None:
        start, end = check.span(start, end, check.TEXT_BYTES, "The comment")
    return {
        "comment": {"id": check.name(comment.get("id"), "The comment's id"), "text": text, "start": start, "end": end}
    }


def _status(payload: Payload, count: int) -> Payload:
    read: Payload = {}
    if payload.get("status") is not None:
        read["status"] = check.choice(payload["status"], "status", STATUSES)
    if payload.get("locked") is not None:
        read["locked"] = check.flag(payload["locked"], "locked")
    if not read:
        raise InputError("Say which status, or whether the segment is locked.")
    return read


def _new(value: Any) -> int:
    return check.whole(value, "A new segment's id", least=FIRST_NEW)


def _merge(payload: Payload, count: int) -> Payload:
    return {"new": _new(payload.get("new"))}


def _split(payload: Payload, count: int) -> Payload:
    new = [_new(item) for item in check.listing(payload.get("new"), "new", least=2, most=2)]
    if new[0] == new[1]:
        raise InputError("The two new segments need different ids.")
    source_at = payload.get("source_at")
    return {
        "new": new,
        "at": check.whole(payload.get("at"), "at"),
        "source_at": None if source_at is None else check.whole(source_at, "source_at"),
    }


def _repair(payload: Payload, count: int) -> Payload:
    sources = check.listing(payload.get("sources"), "sources")
    if len(sources) != count:
        raise InputError("There must be one source for each target.")
    return {"sources": [None if item is None else check.text(item, "The source") for item in sources]}


def _insert(payload: Payload, count: int) -> Payload:
    return {
        "new": _new(payload.get("new")),
        "text": check.text(payload.get("text", ""), "The text"),
        "before": check.flag(payload.get("before", False), "before"),
        "new_paragraph": check.flag(payload.get("new_paragraph", False), "new_paragraph"),
    }


def _delete(payload: Payload, count: int) -> Payload:
    flags = check.listing(payload.get("flags") or [], "flags")
    return {"flags": [_flag(item) for item in flags]} if flags else {}


def _assign(payload: Payload, count: int) -> Payload:
    actor = payload.get("actor")
    return {
        "article": check.whole(payload.get("article"), "article", least=1),
        "actor": None if actor is None else check.whole(actor, "actor", least=1),
    }


def _earlier(payload: Payload, count: int) -> Payload:
    return {"event": check.uuid(payload.get("event"), "event")}


PAYLOADS: dict[str, Callable[[Payload, int], Payload]] = {
    "edit": _edit,
    "accept": _accept,
    "dismiss": _dismiss,
    "restore": _restore,
    "mark": _mark,
    "unmark": _unmark,
    "rate": _rate,
    "comment": _comment,
    "status": _status,
    "assign": _assign,
    "merge": _merge,
    "split": _split,
    "repair": _repair,
    "insert": _insert,
    "delete": _delete,
    "undo": _earlier,
    "redo": _earlier,
}
