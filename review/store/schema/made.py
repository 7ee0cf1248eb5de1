"""What machines made, and can make again."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text

from review.store.schema.base import Number, key, metadata, need, to

flag = Table(
    "flag",
    metadata,
    Column("segment", Number, ForeignKey("segment.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    to("article", "article"),
    need("start", BigInteger),
    need("end", BigInteger),
    need("side"),
    need("detector"),
    need("rule", Integer),
    need("category"),
    need("subcategory"),
    need("severity", Integer),
    need("confidence", Float),
    need("message"),
    need("suggestions"),
    need("evidence"),
    need("surface_hash", LargeBinary),
    Column("verdict", Text, ForeignKey("verdict.id")),  # the dismissal that covers it; NULL while open
    Index(None, "article"),
    Index(None, "detector", "surface_hash"),
)
risk = Table(
    "risk",
    metadata,
    Column("segment", Number, ForeignKey("segment.id"), primary_key=True),
    to("article", "article"),
    need("value", Float),
    Index(None, "article"),
)
survey = Table(
    "survey",
    metadata,
    to("batch", "batch", key=True),
    need("made_by"),  # the detectors that counted, with their versions
    need("counts"),
)
run = Table(
    "run",
    metadata,
    # Scores that somebody chose to keep. Never changed; only a batch that is removed takes its number away.
    key(),
    to("project", "project"),
    need("name"),
    to("batch", "batch", null=True),
    to("actor", "actor"),
    need("at", BigInteger),
    need("label"),
    need("segments", BigInteger),
    need("texts"),  # digests of what was scored, as JSON
    need("options"),
    need("scores"),  # with their signatures, as JSON
    Index(None, "project", "name", "id"),
    Index(None, "batch"),
)
answer = Table(
    "answer",
    metadata,
    Column("key", Text, primary_key=True),  # the judge's name, ":" and a hash of what it was asked
    need("judge"),
    need("value"),
    need("at", BigInteger),
)
judgement = Table(
    "judgement",
    metadata,
    Column("segment", Number, ForeignKey("segment.id"), primary_key=True),
    Column("judge", Text, primary_key=True),
    to("article", "article"),
    need("text_hash", LargeBinary),  # of text and source as the judge read them
    need("checked", Boolean),
    Column("score", Float),
    need("scale"),
    need("reason"),
    need("flags"),  # whole, as JSON
    need("at", BigInteger),
    Index(None, "article"),
)
job = Table(
    "job",
    metadata,
    key(),
    need("kind"),
    to("project", "project"),
    to("actor", "actor"),
    need("payload"),
    need("state"),
    need("progress", BigInteger, "0"),
    need("total", BigInteger, "0"),
    need("note", Text, ""),
    need("error", Text, ""),
    need("cancel_requested", Boolean, "0"),
    need("owner", Text, ""),
    need("lease_until", BigInteger, "0"),
    need("attempts", Integer, "0"),
    Column("result", Text),
    need("created_at", BigInteger),
    Column("finished_at", BigInteger),
    Index(None, "state", "id"),
)
