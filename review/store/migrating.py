"""Bring a database to this program's schema, in the one transaction that the caller holds."""

from __future__ import annotations

from sqlalchemy import Connection, inspect

from review.errors import StoreError

HEAD = "0011"
"""The newest migration. It stands here so that opening a database that has it need not load Alembic."""


def version(connection: Connection) -> str | None:
    """The migration that the database is at; None for an empty one. Raises StoreError for a stranger's."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return None if found is None else str(found)
    if tables:
        raise StoreError("The database belongs to another program; name another one in REVIEW_DATABASE_URL.")
    return None


def migrate(connection: Connection) -> None:
    """Make or update the tables. Raises StoreError for a database that is newer than this program."""
    found = version(connection)
    if found == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "review.store:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise StoreError(
            f"The database is at version {found}, which this program does not know; update the program."
        ) from None
