"""Terms."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from review.store.schema.base import key, metadata, need, to

termbase = Table(
    "termbase",
    metadata,
    # Only those of which something was said: the others stand where ``steps.terms`` puts them, switched on.
    to("project", "project", key=True),
    Column("name", Text, primary_key=True),
    need("priority", Integer),  # the lowest number comes first
    need("enabled", Boolean),
)
concept = Table(
    "concept",
    metadata,
    key(),
    to("project", "project"),
    need("termbase"),
    need("name"),
    need("subject"),
    need("body"),  # the concept without its terms, as JSON
    to("created_by", "actor"),
    need("created_at", BigInteger),
    UniqueConstraint("project", "termbase", "name"),
)
term = Table(
    "term",
    metadata,
    to("concept", "concept", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    need("text"),
    need("language"),
    need("status"),
    need("accepted", Boolean),
    need("body"),  # the whole term, as JSON
    Index(None, "language", "text"),
)
