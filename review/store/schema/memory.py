"""Translation memories that were brought in. What is remembered of the work itself is read from its states."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, Text

from review.store.schema.base import key, metadata, need, to

memory = Table(
    "memory",
    metadata,
    key(),
    to("project", "project"),
    need("name"),
    need("state"),  # staged while it comes in, then visible; discarded until its units are gone
    need("header"),  # what the file said of itself, as JSON
    need("languages"),  # pairs of languages with how many units each has, as JSON
    need("units", BigInteger, "0"),
    to("created_by", "actor"),
    need("created_at", BigInteger),
    # Who is filling it, and until when that is believed without a sign of life.
    need("owner", Text, ""),
    need("lease_until", BigInteger, "0"),
    Index(None, "project", "state"),
)
unit = Table(
    "unit",
    metadata,
    key(),
    to("memory", "memory"),
    need("number", BigInteger),  # the unit's place in the file; several translations of one share it
    need("source_hash", LargeBinary),
    need("target_hash", LargeBinary),
    need("source_language"),
    need("target_language"),
    need("by"),
    Column("at", BigInteger),
    need("note"),
    need("props"),
    Index(None, "memory", "id"),
)
