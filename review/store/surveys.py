"""What detectors counted over a batch, kept until other detectors count anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from review.store.schema import survey
from review.store.texts import canonical


def made_by(connection: Connection, batch: int) -> str | None:
    """Which detectors, in which versions, surveyed the batch last; None before the first time."""
    found: str | None = connection.scalar(select(survey.c.made_by).where(survey.c.batch == batch))
    return found


def save(connection: Connection, batch: int, made: str, counts: Mapping[str, Any]) -> None:
    """Keep a batch's counts (JSON) in place of those it had."""
    connection.execute(delete(survey).where(survey.c.batch == batch))
    connection.execute(insert(survey).values(batch=batch, made_by=made, counts=canonical(dict(counts))))


def counts(connection: Connection, batch: int, made: str) -> dict[str, Any]:
    """The batch's counts by detector, {} where there are none or others than ``made`` counted. Not to be changed."""
    if made_by(connection, batch) != made:
        return {}
    return _read(str(connection.scalar(select(survey.c.counts).where(survey.c.batch == batch))))


@lru_cache(maxsize=2)
def _read(body: str) -> dict[str, Any]:
    """Read once for all articles of a batch."""
    found: dict[str, Any] = json.loads(body)
    return found
