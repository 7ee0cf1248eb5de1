"""Segments as they are now: base row, state, and texts put together."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, select

from review.model import Code
from review.store import schema as s
from review.store import texts
from review.store.piece import Piece, State, paragraphs
from review.store.texts import Erased

_BASE = s.segment.c
_STATE = s.state.c
_HYPOTHESIS = s.text.alias("hypothesis")
_SOURCE = s.text.alias("source")
_TEXT = s.text.alias("current")
_NEW_SOURCE = s.text.alias("new_source")
_COLUMNS = (
    _BASE.id,
    _BASE.article,
    _BASE.position,
    _BASE.paragraph,
    _BASE.name,
    _BASE.source_hash.label("base_source_hash"),
    _BASE.hypothesis_hash,
    _BASE.reference_hashes,
    _BASE.alternatives,
    _BASE.locators,
    _BASE.parents,
    _BASE.codes,
    _BASE.notes,
    _BASE.origin_event,
    _BASE.words.label("base_words"),
    _HYPOTHESIS.c.body.label("hypothesis"),
    _SOURCE.c.body.label("base_source"),
    _TEXT.c.body.label("text"),
    _NEW_SOURCE.c.body.label("new_source"),
    _STATE.words,
    _STATE.version,
    _STATE.text_hash,
    _STATE.status,
    _STATE.locked,
    _STATE.deleted,
    _STATE.retired,
    _STATE.source_set,
    _STATE.source_hash,
    _STATE.actor,
    _STATE.at,
)
_ALL = select(*_COLUMNS).select_from(
    s.segment.join(_HYPOTHESIS, _HYPOTHESIS.c.hash == _BASE.hypothesis_hash)
    .outerjoin(_SOURCE, _SOURCE.c.hash == _BASE.source_hash)
    .outerjoin(s.state, _STATE.segment == _BASE.id)
    .outerjoin(_TEXT, _TEXT.c.hash == _STATE.text_hash)
    .outerjoin(_NEW_SOURCE, _NEW_SOURCE.c.hash == _STATE.source_hash)
)


_BY_ID = _ALL.where(_BASE.id.in_(bindparam("ids", expanding=True)))


def of_article(connection: Connection, article: int, *, retired: bool = False, bare: bool = False) -> list[Piece]:
    """An article's segments in order; those that a merge or split retired only if asked for.

    ``bare`` leaves references, alternatives and notes out, which is twice as quick.
    """
    wanted: ColumnElement[bool] = _BASE.article == article
    if not retired:
        wanted = and_(wanted, _STATE.retired.is_distinct_from(True))
    return _load(connection, wanted, None if bare else s.attachment.c.article == article)


def ids(connection: Connection, article: int) -> list[int]:
    """The ids of an article's living segments, in order."""
    living = select(_BASE.id).select_from(s.segment.outerjoin(s.state, _STATE.segment == _BASE.id))
    wanted = living.where(_BASE.article == article, _STATE.retired.is_distinct_from(True))
    return list(connection.scalars(wanted.order_by(_BASE.position)))


def shown_paragraphs(connection: Connection, article: int) -> dict[int, int]:
    """The paragraph number of each living segment, as ``paragraphs`` counts them."""
    living = select(_BASE.id, _BASE.paragraph).select_from(s.segment.outerjoin(s.state, _STATE.segment == _BASE.id))
    wanted = living.where(_BASE.article == article, _STATE.retired.is_distinct_from(True))
    rows = list(connection.execute(wanted.order_by(_BASE.position)))
    return dict(zip((row.id for row in rows), paragraphs([row.paragraph for row in rows]), strict=True))


def imported(connection: Connection, article: int) -> list[Piece]:
    """An article's segments as they were imported, in order: no states, no attachments, nothing that events made."""
    wanted = and_(_BASE.article == article, _BASE.origin_event.is_(None))
    return [
        replace(piece, state=State(piece.hypothesis), touched=None)
        for piece in _load(connection, wanted, s.attachment.c.event.is_(None))
    ]


def of_segments(connection: Connection, ids: Iterable[int], *, bare: bool = False) -> dict[int, Piece]:
    """Segments by id; unknown ids are absent. ``bare`` leaves references and alternatives out."""
    wanted = list(ids)
    found: dict[int, Piece] = {}
    for start in range(0, len(wanted), texts.CHUNK):
        part = wanted[start : start + texts.CHUNK]
        rows = list(connection.execute(_BY_ID, {"ids": part}))
        for piece in _put_together(connection, rows, None if bare else s.attachment.c.segment.in_(part)):
            found[piece.id] = piece
    return found


def _load(connection: Connection, wanted: ColumnElement[bool], attached: ColumnElement[bool] | None) -> list[Piece]:
    rows = list(connection.execute(_ALL.where(wanted).order_by(_BASE.article, _BASE.position)))
    return _put_together(connection, rows, attached)


def _put_together(connection: Connection, rows: list[Any], attached: ColumnElement[bool] | None) -> list[Piece]:
    if attached is None:
        return [_piece({}, row, (), (), (), ()) for row in rows]
    extra: dict[int, list[Any]] = {}
    a = s.attachment.c
    query = select(a.segment, a.side, a.system, a.hash).where(attached).order_by(a.event, a.segment)
    for item in connection.execute(query):
        extra.setdefault(item.segment, []).append(item)
    parsed = [
        (
            row,
            _parsed(row.reference_hashes),
            _parsed(row.alternatives),
            extra.get(row.id, ()),
            _parsed(row.notes),
        )
        for row in rows
    ]
    hashes: set[bytes | None] = set()
    for _, references, alternatives, more, notes in parsed:
        hashes.update(bytes.fromhex(item) for item in notes)
        hashes.update(bytes.fromhex(item) for item in references)
        hashes.update(bytes.fromhex(item["hash"]) for item in alternatives)
        hashes.update(item.hash for item in more)
    bodies = texts.get(connection, hashes) if hashes else {}
    return [_piece(bodies, *item) for item in parsed]


def _parsed(column: str) -> Any:
    return json.loads(column) if column != "[]" else ()


def _body(body: str | None, key: bytes) -> str:
    """A joined text, or what stands for one that was erased."""
    return Erased.of(key) if body is None else body


def _source(body: str | None, key: bytes | None) -> str | None:
    return None if key is None else _body(body, key)


def _piece(
    bodies: dict[bytes, str],
    row: Any,
    references: Iterable[str],
    alternatives: Iterable[dict[str, str]],
    more: Iterable[Any],
    notes: Iterable[str],
) -> Piece:
    hypothesis = _body(row.hypothesis, row.hypothesis_hash)
    state = State(hypothesis)
    if row.version is not None:
        state = State(
            _body(row.text, row.text_hash),
            row.version,
            row.status,
            row.locked,
            row.deleted,
            row.retired,
            row.source_set,
            _source(row.new_source, row.source_hash),
        )
    return Piece(
        row.id,
        row.article,
        row.position,
        row.paragraph,
        row.name,
        hypothesis,
        _source(row.base_source, row.base_source_hash),
        tuple(bodies[bytes.fromhex(item)] for item in references)
        + tuple(bodies[item.hash] for item in more if item.side == "reference"),
        tuple((item["system"], bodies[bytes.fromhex(item["hash"])]) for item in alternatives)
        + tuple((item.system, bodies[item.hash]) for item in more if item.side == "alternative"),
        tuple(_parsed(row.locators)),
        tuple(_parsed(row.parents)),
        row.origin_event,
        state,
        row.base_words if row.version is None else row.words,
        None if row.version is None else (row.actor, row.at),
        tuple(Code(*item) for item in _parsed(row.codes)),
        tuple(bodies[bytes.fromhex(item)] for item in notes),
    )
