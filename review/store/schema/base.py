"""What all tables share: one ``metadata``, how constraints are named, and short words for columns."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, Text

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)

Number = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the type is exactly INTEGER."""


def key() -> Column[int]:
    """A number of its own for each row."""
    return Column("id", Number, primary_key=True)


def to(name: str, table: str, *, null: bool = False, key: bool = False) -> Column[int]:
    """A column that holds another table's ``id``."""
    return Column(name, Number, ForeignKey(f"{table}.id"), nullable=null, primary_key=key)


def need(name: str, kind: object = Text, default: str | None = None) -> Column[object]:
    """A column that is never NULL."""
    return Column(name, kind, nullable=False, server_default=default)  # type: ignore[arg-type]
