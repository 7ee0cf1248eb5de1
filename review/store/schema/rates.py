"""What reviewers make of the detectors."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, Table, Text

from review.store.schema.base import Number, key, metadata, need, to

flag_count = Table(
    "flag_count",
    metadata,
    # An article's flags now: open, and hidden by dismissals.
    to("article", "article", key=True),
    Column("detector", Text, primary_key=True),
    Column("category", Text, primary_key=True),
    need("open", BigInteger),
    need("hidden", BigInteger),
)
decision_count = Table(
    "decision_count",
    metadata,
    # Acts in force. In this order of the key a detector's counts in a project stand together.
    to("project", "project", key=True),
    Column("detector", Text, primary_key=True),
    Column("rule", Integer, primary_key=True, autoincrement=False),
    Column("category", Text, primary_key=True),
    to("batch", "batch", key=True),
    need("accepted", BigInteger, "0"),
    need("corrected", BigInteger, "0"),
    need("dismissed", BigInteger, "0"),
    need("confidence", Float, "0"),  # the sum of what the flags decided on said
    Index(None, "batch"),
)
overtaken = Table(
    "overtaken",
    metadata,
    # A flag whose words somebody changed by hand; gone again once the flag is made again.
    Column("segment", Number, ForeignKey("segment.id"), primary_key=True),
    Column("flag", Text, primary_key=True),
    to("article", "article"),
    need("detector"),
    need("rule", Integer),
    need("category"),
    need("confidence", Float),
    need("event"),
    Index(None, "article"),
)
standing = Table(
    "standing",
    metadata,
    # Never changed: the last row of a detector says how it stands, those before how it came to that.
    key(),
    to("project", "project"),
    need("detector"),
    need("rule", Integer),
    need("state"),
    need("decided", BigInteger),
    need("dismissed", BigInteger),
    Column("actor", Number, ForeignKey("actor.id")),  # NULL: the program
    need("at", BigInteger),
    Index(None, "project", "detector", "id"),
)
