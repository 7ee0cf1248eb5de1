"""What the events add up to: written with the event, proved by replay."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text

from review.store.schema.base import Number, metadata, need, to

state = Table(
    "state",
    metadata,
    Column("segment", Number, ForeignKey("segment.id"), primary_key=True, autoincrement=False),
    to("article", "article"),
    need("version", BigInteger),
    need("text_hash", LargeBinary),
    need("words", BigInteger),
    need("status"),
    need("locked", Boolean),
    need("deleted", Boolean),
    need("retired", Boolean),
    need("source_set", Boolean),
    Column("source_hash", LargeBinary),
    to("actor", "actor"),
    need("at", BigInteger),
    Column("event", Number, ForeignKey("event.seq"), nullable=False),
    Index(None, "article"),
)
verdict = Table(
    "verdict",
    metadata,
    Column("id", Text, primary_key=True),  # the event's id, ":" and the flag's number in it
    need("event"),
    to("project", "project"),
    to("batch", "batch"),
    to("article", "article"),
    to("segment", "segment"),
    to("actor", "actor"),
    need("at", BigInteger),
    need("kind"),
    need("scope"),
    need("detector"),
    need("rule", Integer),
    need("side"),
    need("surface_hash", LargeBinary),
    need("text_hash", LargeBinary),
    Column("source_hash", LargeBinary),
    need("flag_id"),
    need("flag"),
    need("suggestion", Text, ""),
    need("reason", Text, ""),
    need("active", Boolean),
    Index(None, "project", "scope", "active"),
    Index(None, "article", "active"),
)
error_span = Table(
    "error_span",
    metadata,
    Column("id", Text, primary_key=True),
    to("article", "article"),
    to("segment", "segment"),
    to("rater", "actor"),
    need("at", BigInteger),
    need("side"),
    need("start", BigInteger),
    need("end", BigInteger),
    need("category"),
    need("subcategory"),
    need("severity"),
    need("note"),
    need("missing", Boolean),
    need("text_hash", LargeBinary),
    need("active", Boolean),
    Index(None, "article"),
)
comment = Table(
    "comment",
    metadata,
    Column("id", Text, primary_key=True),
    to("article", "article"),
    to("segment", "segment"),
    to("author", "actor"),
    need("at", BigInteger),
    need("text_hash", LargeBinary),
    Column("start", BigInteger),
    Column("end", BigInteger),
    Column("on_hash", LargeBinary),  # the segment's text that start and end are in; NULL with them
    need("active", Boolean),
    Index(None, "article"),
)
rating = Table(
    "rating",
    metadata,
    to("article", "article", key=True),
    Column("segment", Number, primary_key=True, autoincrement=False),  # 0: the whole article
    to("rater", "actor", key=True),
    Column("value", Float),
    need("at", BigInteger),
)
assignment = Table(
    "assignment",
    metadata,
    to("article", "article", key=True),
    Column("actor", Number, ForeignKey("actor.id")),
    to("by", "actor"),
    need("at", BigInteger),
    Index(None, "actor"),
)
attachment = Table(
    "attachment",
    metadata,
    Column("event", Number, ForeignKey("event.seq"), primary_key=True),
    Column("segment", Number, ForeignKey("segment.id"), primary_key=True),
    to("article", "article"),
    need("side"),
    need("system"),
    need("hash", LargeBinary),
    Index(None, "article"),
)
