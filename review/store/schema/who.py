"""Who and where."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Table, Text, UniqueConstraint

from review.store.schema.base import key, metadata, need, to

project = Table(
    "project",
    metadata,
    key(),
    Column("name", Text, nullable=False, unique=True),
    need("created_at", BigInteger),
    # The end of the project's hash chain: events stored, and the last one's hash ("" before the first).
    need("events", BigInteger, "0"),
    need("head", Text, ""),
    need("terms_version", BigInteger, "0"),
)
actor = Table(
    "actor",
    metadata,
    key(),
    need("issuer"),
    need("subject"),
    need("name"),
    need("created_at", BigInteger),
    UniqueConstraint("issuer", "subject"),
)
membership = Table(
    "membership",
    metadata,
    to("project", "project", key=True),
    to("actor", "actor", key=True),
    need("role"),
)
setting = Table(
    "setting",
    metadata,
    to("actor", "actor", key=True),
    Column("name", Text, primary_key=True),
    need("value"),
)
counter = Table("counter", metadata, Column("name", Text, primary_key=True), need("next", BigInteger))
