"""What corrections took: acts counted as they are made, flags as reviewing begins, and what people chose to measure."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table

from review.store.schema.base import Number, metadata, need, to

correction_act = Table(
    "correction_act",
    metadata,
    # One row for each event that corrected text; undo and redo switch ``active``, those of a propagation are rows
    # of their own, since they may leave segments as they are.
    Column("event", Number, ForeignKey("event.seq"), primary_key=True, autoincrement=False),
    to("project", "project"),
    to("batch", "batch"),  # where it was begun
    to("article", "article", null=True),  # NULL: of several articles, or of any batch's; see ``correction_place``
    to("actor", "actor"),
    need("at", BigInteger),
    need("way"),
    Column("head", Number),  # the event that this one goes on with; NULL where it is an act of its own
    need("acts", Integer),  # 1, or 0 where it goes on with another; -1 where it takes one back
    need("segments", BigInteger),
    need("active", Boolean),
    need("placed", Boolean),
    Index(None, "project", "actor", "event"),
    Index(None, "batch"),
    Index(None, "project", "placed"),
)
correction_place = Table(
    "correction_place",
    metadata,
    # How many segments of an article an act of several articles corrected; counted when somebody looks.
    Column("event", Number, ForeignKey("event.seq"), primary_key=True, autoincrement=False),
    to("article", "article", key=True),
    need("segments", BigInteger),
    Index(None, "article"),
)
beginning = Table(
    "beginning",
    metadata,
    # An article's open flags and words when it was first flagged, when reviewing began and when all was confirmed.
    to("article", "article", key=True),
    need("first_at", BigInteger),
    need("first_flags", BigInteger),
    need("first_words", BigInteger),
    need("first_terms", BigInteger),  # the version of the project's terms then
    Column("begun_at", BigInteger),
    Column("begun_flags", BigInteger),
    Column("begun_words", BigInteger),
    Column("done_at", BigInteger),
    Column("done_flags", BigInteger),
    Column("done_words", BigInteger),
)
effort = Table(
    "effort",
    metadata,
    # Only of people who switched it on for themselves; gone when they say so.
    to("actor", "actor", key=True),
    Column("segment", Number, ForeignKey("segment.id"), primary_key=True, autoincrement=False),
    to("article", "article"),
    need("time", BigInteger),  # milliseconds, idle time cut
    need("keystrokes", BigInteger),  # how many keys were pressed, never which
    need("at", BigInteger),
    Index(None, "article"),
)
