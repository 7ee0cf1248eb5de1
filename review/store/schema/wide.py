"""Acts over many articles while they are made ready: nobody sees these rows; they go once the act is taken."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text

from review.store.schema.base import Number, metadata, need

staged = Table(
    "staged",
    metadata,
    # What a segment will be; ``event`` is the id that the act will have.
    Column("event", Text, primary_key=True),
    Column("segment", Number, primary_key=True, autoincrement=False),
    Column("article", Number, nullable=False),
    need("ordinal", BigInteger),
    need("base_version", BigInteger),
    need("version", BigInteger),
    need("text_hash", LargeBinary),
    need("words", BigInteger),
    need("status"),
    # How the article's counters move.
    need("more_words", BigInteger),
    need("more_done", BigInteger),
    need("more_changed", BigInteger),
    Index(None, "event", "ordinal"),
)
staged_part = Table(
    "staged_part",
    metadata,
    Column("event", Text, primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    need("hash", LargeBinary),
    need("count", BigInteger),
    need("at", BigInteger),
    Index(None, "at"),
)
