"""What was done."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from review.store.schema.base import Number, metadata, need, to

event = Table(
    "event",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    need("kind"),
    to("project", "project"),
    to("batch", "batch"),
    to("article", "article", null=True),
    to("actor", "actor"),
    need("at", BigInteger),
    need("payload_hash", LargeBinary),
    need("previous_hash"),
    need("hash"),
    Column("refers", Text),  # the event undone or restored, or the mark or comment that it is about
    Column("group", Text),  # acts of one group are undone together
    Index(None, "refers", "seq"),
    Index(None, "project", "seq"),
    Index(None, "article", "actor", "seq"),
    Index(None, "batch", "seq"),
)
event_target = Table(
    "event_target",
    metadata,
    Column("seq", Number, ForeignKey("event.seq"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("segment", Number, nullable=False),
    Column("base_version", BigInteger),
    Index(None, "segment", "seq"),
)
