"""Terms."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from review.store.schema.base import Number, key, metadata, need, to

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
    need("version", Integer, "1"),  # goes up with each change of the concept
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
concept_change = Table(
    "concept_change",
    metadata,
    # Every change of a concept since it came, the oldest first; what was brought in whole is not listed.
    key(),
    to("project", "project"),
    need("termbase"),
    need("name"),
    need("version", Integer),  # the concept's after the change
    need("act"),
    to("actor", "actor"),
    need("at", BigInteger),
    Column("before", Text),  # the whole concept as JSON; NULL where there was none
    Column("after", Text),  # NULL where there is none any more
    need("note", Text, ""),
    Column("together", Number),  # the first change of the act; NULL in that one itself
    Index(None, "project", "termbase", "name", "id"),
    Index(None, "together"),
)
concept_off = Table(
    "concept_off",
    metadata,
    # Concepts of termbases that a project only looks at (shipped, or shared by another), and does not want.
    to("project", "project", key=True),
    Column("termbase", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    need("instead"),  # the id of the project's own concept that goes before it, or ""
    to("actor", "actor"),
    need("at", BigInteger),
)
shared_termbase = Table(
    "shared_termbase",
    metadata,
    to("project", "project", key=True),  # whose it is
    Column("name", Text, primary_key=True),
    to("actor", "actor"),
    need("at", BigInteger),
)
