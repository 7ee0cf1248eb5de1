"""What was brought in."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from review.store.schema.base import key, metadata, need, to

blob = Table("blob", metadata, Column("sha256", LargeBinary, primary_key=True), need("size", BigInteger))
blob_part = Table(
    "blob_part",
    metadata,
    # No foreign key: the parts come first, so that a blob is there only when it is whole.
    Column("sha256", LargeBinary, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    need("bytes", LargeBinary),
)
text = Table(
    "text",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("body", Text),  # NULL once erased: the hash stays, so the chain still verifies
)
batch = Table(
    "batch",
    metadata,
    key(),
    to("project", "project"),
    need("name"),
    need("state"),
    need("header"),
    Column("original", LargeBinary, ForeignKey("blob.sha256")),
    to("created_by", "actor"),
    need("created_at", BigInteger),
    Column("published_at", BigInteger),
    # Who is filling it, and until when that is believed without a sign of life.
    need("owner", Text, ""),
    need("lease_until", BigInteger, "0"),
    Index(None, "project", "state"),
)
article = Table(
    "article",
    metadata,
    key(),
    to("batch", "batch"),
    need("position", BigInteger),
    need("name"),
    need("system"),
    need("source_language"),
    need("target_language"),
    need("has_source", Boolean),
    need("has_reference", Boolean),
    # Counters, kept up to date by whoever changes what they count.
    need("segments", BigInteger),
    need("words", BigInteger),
    need("done_words", BigInteger, "0"),
    need("changed", BigInteger, "0"),
    need("open_flags", BigInteger, "0"),
    need("worst", Integer, "0"),
    need("risk", Float, "0"),
    # Goes up with each event in the article.
    need("revision", BigInteger, "0"),
    # Goes up where what detectors read changes; the flags were made for the text, terms and rules below.
    need("text_revision", BigInteger, "0"),
    need("flagged_revision", BigInteger, "-1"),
    need("flagged_terms", BigInteger, "-1"),
    need("flagged_rules", Text, ""),
    Index(None, "batch", "position"),
    Index(None, "batch", "risk"),
)
segment = Table(
    "segment",
    metadata,
    key(),
    to("article", "article"),
    need("position", LargeBinary),
    need("paragraph", BigInteger),
    need("name"),
    Column("source_hash", LargeBinary),
    need("hypothesis_hash", LargeBinary),
    need("reference_hashes", Text, "[]"),
    need("alternatives", Text, "[]"),
    need("locators", Text, "[]"),
    need("parents", Text, "[]"),
    # Inline codes as [token, shown, fixed], and hashes of the file's remarks.
    need("codes", Text, "[]"),
    need("notes", Text, "[]"),
    Column("origin_event", Text),  # NULL where the segment came with the import
    need("words", BigInteger),
    UniqueConstraint("article", "position"),
)
