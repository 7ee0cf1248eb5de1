"""What each person has set: key map, single letters, theme."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, insert, select, update

from review.store.schema import setting
from review.store.texts import canonical


def get(connection: Connection, actor: int, name: str, default: Any = None) -> Any:
    """The value that ``actor`` has set under ``name``, else ``default``."""
    here = (setting.c.actor == actor) & (setting.c.name == name)
    found = connection.scalar(select(setting.c.value).where(here))
    return default if found is None else json.loads(found)


def put(connection: Connection, actor: int, name: str, value: Any) -> None:
    """Remember a JSON value under ``name``."""
    here = (setting.c.actor == actor) & (setting.c.name == name)
    if connection.execute(update(setting).where(here).values(value=canonical(value))).rowcount == 0:
        connection.execute(insert(setting).values(actor=actor, name=name, value=canonical(value)))
