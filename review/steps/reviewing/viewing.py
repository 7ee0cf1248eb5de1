"""An article as the review page shows it: one JSON object, a handful of queries."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from review.errors import AccessError
from review.model import Comment
from review.steps.flagging import read_first
from review.store import Connection, Store, articles, batches, history, marks, people, pieces, siblings
from review.store import flags as stored_flags
from review.store.flags import FlagRow
from review.store.piece import Piece, paragraphs
from review.text.scripts import direction


def view(store: Store, article: int, actor: int) -> dict[str, Any]:
    """The article, its segments with flags, comments and marks, and what ``actor`` can undo and redo.

    Segments that have them also have ``codes``, [token, shown, fixed] each, and ``notes``.

    Raises MissingError for an unknown article, AccessError where the actor is no member of its project.
    """
    with store.read() as connection:
        row = articles.get(connection, article)
        role = people.role(connection, batches.project_of(connection, row.batch), actor)
        if role is None:
            raise AccessError("You are no member of this project; ask its owner.")
        found = pieces.of_article(connection, article)
        undo, redo = history.steps(connection, article, actor)
        # One's own ratings alone: whoever sees another's is swayed by it.
        rated = {item.segment: item.value for item in marks.ratings(connection, article) if item.rater == str(actor)}
        segments = _segments(connection, article, found)
        living = [segment for segment in segments if not segment["deleted"]]
        risky = read_first([segment["risk"] for segment in living], [segment["text"] for segment in living])
        for at, segment in enumerate(living):
            segment["risky"] = at in risky
        beside = siblings.of(connection, article, found)
        for segment in segments:
            segment["rating"] = rated.get(str(segment["id"]))
            segment["alternatives"] += [
                {"system": system, "text": text} for system, text in beside.get(segment["id"], ())
            ]
        return {
            "id": row.id,
            "name": row.name,
            "system": row.system,
            "sourceLanguage": row.source_language,
            "targetLanguage": row.target_language,
            "sourceDir": direction(row.source_language),
            "targetDir": direction(row.target_language),
            "hasSource": row.has_source,
            "hasReference": row.has_reference,
            "revision": row.revision,
            "segments": segments,
            "undo": [_step(step) for step in undo],
            "redo": [_step(step) for step in redo],
            "memberships": role,
        }


def flags(connection: Connection, article: int) -> dict[str, list[dict[str, Any]]]:
    """The flags of an article by segment id, as the page shows them; every living segment is there."""
    found = {piece.id: piece for piece in pieces.of_article(connection, article, bare=True)}
    shown: dict[str, list[dict[str, Any]]] = {str(key): [] for key in found}
    for row in stored_flags.of(connection, article, found):
        shown[row.flag.segment].append(flag_view(row))
    return shown


def current(connection: Connection, segment: int, batch: int) -> dict[str, Any] | None:
    """One segment as it is now; None where it is gone or in another batch."""
    piece = pieces.of_segments(connection, [segment]).get(segment)
    if piece is None or piece.state.retired or not articles.inside(connection, batch, {piece.article}):
        return None
    shown = _segments(connection, piece.article, [piece])[0]
    return {**shown, "paragraph": pieces.shown_paragraphs(connection, piece.article)[segment]}


def flag_view(row: FlagRow) -> dict[str, Any]:
    """A flag as the page shows it, with what became of it."""
    flag = row.flag
    return {
        "id": flag.id,
        "segment": int(flag.segment),
        "side": flag.side,
        "start": flag.start,
        "end": flag.end,
        "detector": flag.detector,
        "title": _titles().get(flag.detector, flag.detector.replace("_", " ")),
        "category": flag.category,
        "subcategory": flag.subcategory,
        "severity": flag.severity,
        "confidence": flag.confidence,
        "message": flag.message,
        "suggestions": list(flag.suggestions),
        "evidence": flag.evidence,
        "version": flag.version,
        "state": row.state,
        "event": row.event_id,
        "reason": row.reason,
        **({"surface": row.surface, "given": row.given} if row.state == "accepted" else {}),
        **_demoted(row),
    }


def _demoted(row: FlagRow) -> dict[str, Any]:
    """Of a demoted detector's flag: why, and what its own severity and confidence are, for the events to carry."""
    if row.made is None:
        return {}
    return {"demoted": row.demoted, "made": {"severity": row.made.severity, "confidence": row.made.confidence}}


@lru_cache(maxsize=1)
def _titles() -> dict[str, str]:
    from review.detectors import detectors, judges

    return {found.name: found.title for found in (*detectors().values(), *judges().values())}


def _segments(connection: Connection, article: int, found: list[Piece]) -> list[dict[str, Any]]:
    by_id = {piece.id: piece for piece in found}
    flagged: dict[int, list[dict[str, Any]]] = {}
    for row in stored_flags.of(connection, article, by_id):
        flagged.setdefault(int(row.flag.segment), []).append(flag_view(row))
    names = people.names(connection, article)
    comments = history.comments(connection, article, found, history.descent(connection, article, found), names)
    marked = marks.of(connection, article)
    risks = stored_flags.risks(connection, article)
    return [
        {
            "id": piece.id,
            "name": piece.name,
            "paragraph": paragraph,
            "source": piece.source,
            "hypothesis": piece.hypothesis,
            "text": piece.state.text,
            "references": list(piece.references),
            "alternatives": [{"system": system, "text": text} for system, text in piece.alternatives],
            "version": piece.state.version,
            "status": piece.state.status,
            "locked": piece.state.locked,
            "deleted": piece.state.deleted,
            "inserted": piece.inserted,
            "words": piece.words,
            "risk": risks.get(piece.id, 0.0),
            "flags": flagged.get(piece.id, []),
            "comments": [_comment(comment) for comment in comments.get(piece.id, ())],
            "marks": [_mark(mark, names) for mark in marked.get(piece.id, ())],
            **({"codes": [[code.token, code.shown, code.fixed] for code in piece.codes]} if piece.codes else {}),
            **({"notes": list(piece.notes)} if piece.notes else {}),
        }
        for piece, paragraph in zip(found, paragraphs([piece.paragraph for piece in found]), strict=True)
    ]


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "text": comment.text,
        "author": comment.actor,
        "at": comment.at,
        "start": comment.start,
        "end": comment.end,
    }


def _mark(mark: marks.MarkRow, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": mark.span.id,
        "side": mark.span.side,
        "start": mark.span.start,
        "end": mark.span.end,
        "category": mark.span.category,
        "subcategory": mark.span.subcategory,
        "severity": mark.span.severity,
        "note": mark.span.note,
        "missing": mark.span.missing,
        "rater": names.get(int(mark.span.rater), ""),
        "text": mark.text,
    }


def _step(step: history.Step) -> dict[str, Any]:
    return {
        "event": step.event,
        "kind": step.kind,
        "label": step.label,
        "segments": list(step.segments),
        "group": step.group,
    }
