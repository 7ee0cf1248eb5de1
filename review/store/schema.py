"""Every table. Base rows never change; what changes is derived from events or can be made again.

Texts are referred to by SHA-256 (32 bytes) and kept once, in ``text``. Times are UTC microseconds. JSON columns
are text. Ids are integers below 2**53, so that a browser can hold them.
"""

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
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)

Number = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the type is exactly INTEGER."""


def _key() -> Column[int]:
    return Column("id", Number, primary_key=True)


def _to(name: str, table: str, *, null: bool = False, key: bool = False) -> Column[int]:
    return Column(name, Number, ForeignKey(f"{table}.id"), nullable=null, primary_key=key)


def _need(name: str, kind: object = Text, default: str | None = None) -> Column[object]:
    return Column(name, kind, nullable=False, server_default=default)  # type: ignore[arg-type]


# Who and where

project = Table(
    "project",
    metadata,
    _key(),
    Column("name", Text, nullable=False, unique=True),
    _need("created_at", BigInteger),
    # The end of the project's hash chain: events stored, and the last one's hash ("" before the first).
    _need("events", BigInteger, "0"),
    _need("head", Text, ""),
    _need("terms_version", BigInteger, "0"),
)
actor = Table(
    "actor",
    metadata,
    _key(),
    _need("issuer"),
    _need("subject"),
    _need("name"),
    _need("created_at", BigInteger),
    UniqueConstraint("issuer", "subject"),
)
membership = Table(
    "membership",
    metadata,
    _to("project", "project", key=True),
    _to("actor", "actor", key=True),
    _need("role"),
)
setting = Table(
    "setting",
    metadata,
    _to("actor", "actor", key=True),
    Column("name", Text, primary_key=True),
    _need("value"),
)
counter = Table("counter", metadata, Column("name", Text, primary_key=True), _need("next", BigInteger))

# What was brought in

blob = Table("blob", metadata, Column("sha256", LargeBinary, primary_key=True), _need("size", BigInteger))
blob_part = Table(
    "blob_part",
    metadata,
    # No foreign key: the parts come first, so that a blob is there only when it is whole.
    Column("sha256", LargeBinary, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _need("bytes", LargeBinary),
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
    _key(),
    _to("project", "project"),
    _need("name"),
    _need("state"),
    _need("header"),
    Column("original", LargeBinary, ForeignKey("blob.sha256")),
    _to("created_by", "actor"),
    _need("created_at", BigInteger),
    Column("published_at", BigInteger),
    # Who is filling it, and until when that is believed without a sign of life.
    _need("owner", Text, ""),
    _need("lease_until", BigInteger, "0"),
    Index(None, "project", "state"),
)
article = Table(
    "article",
    metadata,
    _key(),
    _to("batch", "batch"),
    _need("position", BigInteger),
    _need("name"),
    _need("system"),
    _need("source_language"),
    _need("target_language"),
    _need("has_source", Boolean),
    _need("has_reference", Boolean),
    # Counters, kept up to date by whoever changes what they count.
    _need("segments", BigInteger),
    _need("words", BigInteger),
    _need("done_words", BigInteger, "0"),
    _need("changed", BigInteger, "0"),
    _need("open_flags", BigInteger, "0"),
    _need("worst", Integer, "0"),
    _need("risk", Float, "0"),
    # Goes up with each event in the article.
    _need("revision", BigInteger, "0"),
    # Goes up where what detectors read changes; the flags were made for the text, terms and rules below.
    _need("text_revision", BigInteger, "0"),
    _need("flagged_revision", BigInteger, "-1"),
    _need("flagged_terms", BigInteger, "-1"),
    _need("flagged_rules", Text, ""),
    Index(None, "batch", "position"),
    Index(None, "batch", "risk"),
)
segment = Table(
    "segment",
    metadata,
    _key(),
    _to("article", "article"),
    _need("position", LargeBinary),
    _need("paragraph", BigInteger),
    _need("name"),
    Column("source_hash", LargeBinary),
    _need("hypothesis_hash", LargeBinary),
    _need("reference_hashes", Text, "[]"),
    _need("alternatives", Text, "[]"),
    _need("locators", Text, "[]"),
    _need("parents", Text, "[]"),
    Column("origin_event", Text),  # NULL where the segment came with the import
    _need("words", BigInteger),
    UniqueConstraint("article", "position"),
)

# What was done

event = Table(
    "event",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    _need("kind"),
    _to("project", "project"),
    _to("batch", "batch"),
    _to("article", "article", null=True),
    _to("actor", "actor"),
    _need("at", BigInteger),
    _need("payload_hash", LargeBinary),
    _need("previous_hash"),
    _need("hash"),
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

# What the events add up to: written with the event, proved by replay

state = Table(
    "state",
    metadata,
    Column("segment", Number, ForeignKey("segment.id"), primary_key=True, autoincrement=False),
    _to("article", "article"),
    _need("version", BigInteger),
    _need("text_hash", LargeBinary),
    _need("words", BigInteger),
    _need("status"),
    _need("locked", Boolean),
    _need("deleted", Boolean),
    _need("retired", Boolean),
    _need("source_set", Boolean),
    Column("source_hash", LargeBinary),
    _to("actor", "actor"),
    _need("at", BigInteger),
    Column("event", Number, ForeignKey("event.seq"), nullable=False),
    Index(None, "article"),
)
verdict = Table(
    "verdict",
    metadata,
    Column("id", Text, primary_key=True),  # the event's id, ":" and the flag's number in it
    _need("event"),
    _to("project", "project"),
    _to("batch", "batch"),
    _to("article", "article"),
    _to("segment", "segment"),
    _to("actor", "actor"),
    _need("at", BigInteger),
    _need("kind"),
    _need("scope"),
    _need("detector"),
    _need("rule", Integer),
    _need("side"),
    _need("surface_hash", LargeBinary),
    _need("text_hash", LargeBinary),
    Column("source_hash", LargeBinary),
    _need("flag_id"),
    _need("flag"),
    _need("suggestion", Text, ""),
    _need("reason", Text, ""),
    _need("active", Boolean),
    Index(None, "project", "scope", "active"),
    Index(None, "article", "active"),
)
error_span = Table(
    "error_span",
    metadata,
    Column("id", Text, primary_key=True),
    _to("article", "article"),
    _to("segment", "segment"),
    _to("rater", "actor"),
    _need("at", BigInteger),
    _need("side"),
    _need("start", BigInteger),
    _need("end", BigInteger),
    _need("category"),
    _need("subcategory"),
    _need("severity"),
    _need("note"),
    _need("missing", Boolean),
    _need("text_hash", LargeBinary),
    _need("active", Boolean),
    Index(None, "article"),
)
comment = Table(
    "comment",
    metadata,
    Column("id", Text, primary_key=True),
    _to("article", "article"),
    _to("segment", "segment"),
    _to("author", "actor"),
    _need("at", BigInteger),
    _need("text_hash", LargeBinary),
    Column("start", BigInteger),
    Column("end", BigInteger),
    Column("on_hash", LargeBinary),  # the segment's text that start and end are in; NULL with them
    _need("active", Boolean),
    Index(None, "article"),
)
rating = Table(
    "rating",
    metadata,
    _to("article", "article", key=True),
    Column("segment", Number, primary_key=True, autoincrement=False),  # 0: the whole article
    _to("rater", "actor", key=True),
    Column("value", Float),
    _need("at", BigInteger),
)
assignment = Table(
    "assignment",
    metadata,
    _to("article", "article", key=True),
    Column("actor", Number, ForeignKey("actor.id")),
    _to("by", "actor"),
    _need("at", BigInteger),
    Index(None, "actor"),
)
attachment = Table(
    "attachment",
    metadata,
    Column("event", Number, ForeignKey("event.seq"), primary_key=True),
    Column("segment", Number, ForeignKey("segment.id"), primary_key=True),
    _to("article", "article"),
    _need("side"),
    _need("system"),
    _need("hash", LargeBinary),
    Index(None, "article"),
)

# What machines made, and can make again

flag = Table(
    "flag",
    metadata,
    Column("segment", Number, ForeignKey("segment.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    _to("article", "article"),
    _need("start", BigInteger),
    _need("end", BigInteger),
    _need("side"),
    _need("detector"),
    _need("rule", Integer),
    _need("category"),
    _need("subcategory"),
    _need("severity", Integer),
    _need("confidence", Float),
    _need("message"),
    _need("suggestions"),
    _need("evidence"),
    _need("surface_hash", LargeBinary),
    Column("verdict", Text, ForeignKey("verdict.id")),  # the dismissal that covers it; NULL while open
    Index(None, "article"),
    Index(None, "detector", "surface_hash"),
)
risk = Table(
    "risk",
    metadata,
    Column("segment", Number, ForeignKey("segment.id"), primary_key=True),
    _to("article", "article"),
    _need("value", Float),
    Index(None, "article"),
)
survey = Table(
    "survey",
    metadata,
    _to("batch", "batch", key=True),
    _need("made_by"),  # the detectors that counted, with their versions
    _need("counts"),
)
job = Table(
    "job",
    metadata,
    _key(),
    _need("kind"),
    _to("project", "project"),
    _to("actor", "actor"),
    _need("payload"),
    _need("state"),
    _need("progress", BigInteger, "0"),
    _need("total", BigInteger, "0"),
    _need("note", Text, ""),
    _need("error", Text, ""),
    _need("cancel_requested", Boolean, "0"),
    _need("owner", Text, ""),
    _need("lease_until", BigInteger, "0"),
    _need("attempts", Integer, "0"),
    Column("result", Text),
    _need("created_at", BigInteger),
    Column("finished_at", BigInteger),
    Index(None, "state", "id"),
)

# Terms

termbase = Table(
    "termbase",
    metadata,
    # Only those of which something was said: the others stand where ``steps.terms`` puts them, switched on.
    _to("project", "project", key=True),
    Column("name", Text, primary_key=True),
    _need("priority", Integer),  # the lowest number comes first
    _need("enabled", Boolean),
)
concept = Table(
    "concept",
    metadata,
    _key(),
    _to("project", "project"),
    _need("termbase"),
    _need("name"),
    _need("subject"),
    _need("body"),  # the concept without its terms, as JSON
    _to("created_by", "actor"),
    _need("created_at", BigInteger),
    UniqueConstraint("project", "termbase", "name"),
)
term = Table(
    "term",
    metadata,
    _to("concept", "concept", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _need("text"),
    _need("language"),
    _need("status"),
    _need("accepted", Boolean),
    _need("body"),  # the whole term, as JSON
    Index(None, "language", "text"),
)
