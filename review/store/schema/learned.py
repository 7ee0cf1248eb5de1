"""What corrections teach: the words that they replaced, and the term entries that are proposed from them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from review.store.schema.base import Number, key, metadata, need, to

lesson = Table(
    "lesson",
    metadata,
    # Made anew for a segment whenever an event changes its text. No foreign key to what a discarded import takes away.
    Column("segment", Number, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    to("project", "project"),
    need("article", Number),
    need("wrong"),
    need("right"),
    need("wrong_key"),  # stems: lessons of the same keys are the same, endings and case aside
    need("right_key"),
    need("matching"),
    need("kind"),  # of the event: edit, accept, propagate; import for a post-edit that a file brought
    need("event"),
    to("actor", "actor"),
    need("at", BigInteger),
    Index(None, "project", "wrong_key"),
)
proposal = Table(
    "proposal",
    metadata,
    key(),
    to("project", "project"),
    need("wrong_key"),
    need("right_key"),
    need("state"),  # open, accepted, declined; faint where the evidence is too thin to be shown
    need("source"),  # "" where none was found
    need("source_language"),
    need("target_language"),
    need("deprecated"),
    need("preferred"),
    need("matching"),
    need("times", BigInteger),  # segments corrected so
    need("kept", BigInteger),  # segments that a person dealt with, where the words stand still beside the source term
    need("body"),  # evidence and the rest, as JSON
    need("made_at", BigInteger),
    Column("decided_by", Number, ForeignKey("actor.id")),
    Column("decided_at", BigInteger),
    need("reason", Text, ""),
    need("concept", Text, ""),  # of the termbase, where it was accepted
    UniqueConstraint("project", "wrong_key", "right_key"),
    Index(None, "project", "state"),
)
learned = Table(
    "learned",
    metadata,
    # How far a project's events have been learned from, and with which batches.
    to("project", "project", key=True),
    need("seq", BigInteger),
    need("batches"),
)
