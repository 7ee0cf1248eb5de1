"""Databases as an earlier version of the program left them."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, inspect

from review.store.engine import sqlite_module


def age(connection: Connection, version: str) -> None:
    """Take out of a database every table and column that came after ``version``; what else it holds stays."""
    engine = create_engine("sqlite://", module=sqlite_module())
    config = Config()
    config.set_main_option("script_location", "review.store:migrations")
    with engine.begin() as old:
        config.attributes["connection"] = old
        command.upgrade(config, version)
        known = {
            table: {column["name"] for column in inspect(old).get_columns(table)}
            for table in inspect(old).get_table_names()
        }
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for table in reversed(inspect(connection).get_table_names()):
        if table not in known:
            connection.exec_driver_sql(f'DROP TABLE "{table}"')
            continue
        for column in inspect(connection).get_columns(table):
            if column["name"] not in known[table]:
                connection.exec_driver_sql(f'ALTER TABLE "{table}" DROP COLUMN "{column["name"]}"')
    connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")
